//! SIGTERM: what is under way finishes, and then the node goes, with exit code 0 (security.md R19).

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use tokio::task::JoinSet;

use super::http::{Asked, Lost};
use super::{Crowd, Deployment, Node, Visitor};
use crate::support::{Engine, PASSWORD};

const GONE_WITHIN: Duration = Duration::from_secs(10);

/// Passwords take a moment each here, so that many are under way for sure.
async fn slow() -> Deployment {
    let deployment = Deployment::new(Engine::Sqlite).await;
    let text = deployment.configuration().replace("m_kib = 64, t = 1", "m_kib = 19456, t = 2, threads = 1");
    deployment.configure(&text);
    deployment
}

async fn gone_in_time(node: Node, from: Instant) {
    let status = node.ended().await;
    assert_eq!(status.code(), Some(0), "{status}");
    assert!(from.elapsed() < GONE_WITHIN, "{:?}", from.elapsed());
}

#[tokio::test(flavor = "multi_thread")]
async fn passwords_under_way_are_still_checked() {
    let deployment = slow().await;
    let crowd = Crowd::settle(&deployment).await;
    let node = deployment.start();
    let mut under_way = Vec::new();
    for _ in 0..20 {
        let mut visitor = node.visitor();
        let sign_in = visitor.name(&crowd.comes()).await.unwrap();
        let post = visitor.asks("POST", &format!("{sign_in}/password"), &[("password", PASSWORD)]);
        under_way.push(Asked::ask(node.address, &post).await.unwrap());
    }
    node.ask_to_stop();
    let from = Instant::now();
    for asked in under_way {
        assert_eq!(asked.answer().await.unwrap().status, 303);
    }
    gone_in_time(node, from).await;
    let verified = "SELECT COUNT(*) FROM audit WHERE event = 'password.verified'";
    assert_eq!(deployment.count(verified, &[]).await, 20);
    deployment.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn under_load_nobody_is_cut_off() {
    let deployment = Deployment::new(Engine::Sqlite).await;
    for _ in 0..5 {
        let node = deployment.start();
        let asked_to_stop = Arc::new(AtomicBool::new(false));
        let mut people = JoinSet::new();
        for _ in 0..8 {
            people.spawn(knock(node.visitor(), node.address, Arc::clone(&asked_to_stop)));
        }
        tokio::time::sleep(Duration::from_millis(150)).await;
        asked_to_stop.store(true, Ordering::SeqCst);
        node.ask_to_stop();
        gone_in_time(node, Instant::now()).await;
        let answered: usize = people.join_all().await.into_iter().sum();
        assert!(answered > 20, "there was no load to speak of: {answered}");
    }
    deployment.finish().await;
}

/// Asks for a page again and again until nobody is there. Whoever asked before the stop is answered.
async fn knock(visitor: Visitor, node: std::net::SocketAddr, asked_to_stop: Arc<AtomicBool>) -> usize {
    for answered in 0.. {
        let asked = Asked::ask(node, &visitor.asks("GET", "/sign-in", &[])).await;
        let before = !asked_to_stop.load(Ordering::SeqCst);
        let answer = match asked {
            Ok(asked) => asked.answer().await,
            Err(lost) => Err(lost),
        };
        match answer {
            Ok(answer) => assert_eq!(answer.status, 200),
            Err(Lost::Cut) => assert!(!before, "somebody who had asked before the stop was cut off"),
            Err(Lost::NobodyThere) => return answered,
        }
    }
    0
}

#[tokio::test(flavor = "multi_thread")]
async fn a_silent_connection_does_not_hold_up_the_stop() {
    let deployment = Deployment::new(Engine::Sqlite).await;
    let node = deployment.start();
    let silent = Asked::ask(node.address, b"GET / HTTP/1.1\r\n").await.unwrap();
    node.ask_to_stop();
    gone_in_time(node, Instant::now()).await;
    drop(silent);
    deployment.finish().await;
}
