//! `portico demo`, from outside.

use std::path::Path;
use std::sync::atomic::{AtomicU16, Ordering};

use jiff::{SignedDuration, Timestamp};
use tempfile::TempDir;

use super::binary::log_of;
use super::http::{exchange, request};
use super::{Deployment, Finished, Node, Visitor, binary};
use crate::support::steps::{LOCKED, WRONG};
use crate::support::{Engine, PASSWORD};

const OMAR: &str = "omar@riverside.example";

#[tokio::test(flavor = "multi_thread")]
async fn a_demo_that_is_kept_can_be_opened_again_and_is_nothing_for_production() {
    let folder = TempDir::new().unwrap();
    let kept = folder.path().join("kept");
    let node = demo(&kept, folder.path()).await;
    let mut nora = node.visitor();
    nora.sign_in("nora@riverside.example", PASSWORD).await.unwrap();
    nora.post("/access-requests", &[]).await.unwrap();
    node.stop().await;

    let node = demo(&kept, folder.path()).await;
    assert!(node.said.contains("Portico demo is ready: http://127.0.0.1:"), "{}", node.said);
    let seen = Visitor::new(node.address).sign_in("nora@riverside.example", PASSWORD).await.unwrap();
    assert!(seen.text_of(".notice.good").is_some_and(|told| told.contains("Your request was sent.")));
    node.stop().await;

    on(&kept, &["serve"]).await.refuses(1, &["This database belongs to a demo deployment."]);
}

#[tokio::test(flavor = "multi_thread")]
async fn commands_act_on_a_demo_that_is_kept_while_it_serves() {
    let folder = TempDir::new().unwrap();
    let kept = folder.path().join("kept");
    let node = demo(&kept, folder.path()).await;
    on(&kept, &["doctor", OMAR]).await.exits(0).says("can sign in");
    on(&kept, &["account", "disable", OMAR]).await.exits(0);
    let refused = node.visitor().sign_in(OMAR, PASSWORD).await.unwrap();
    assert_eq!(refused.who(), None);
    node.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_demos_buttons_are_pressed_on_its_own_pages_only() {
    let folder = TempDir::new().unwrap();
    let node = demo(&folder.path().join("kept"), folder.path()).await;
    // The products are the same site as the front door: other ports of one machine.
    for site in ["same-site", "cross-site"] {
        for path in ["/demo/access", "/demo/clock"] {
            let headers = [("sec-fetch-site", site), ("content-type", "application/x-www-form-urlencoded")];
            let answer = exchange(node.address, &request("POST", path, &headers, "seconds=60")).await.unwrap();
            assert_eq!(answer.status, 403, "{path}, {site}");
        }
    }
    node.stop().await;
}

/// A command with the configuration that the demo has left in its folder.
async fn on(kept: &Path, arguments: &[&str]) -> Finished {
    Finished::of(binary().args(arguments).arg("--config").arg(kept.join("portico.toml"))).await
}

/// What its own page says.
async fn clock_of(node: &Node) -> Timestamp {
    let page = node.visitor().get("/demo").await.unwrap().answer.body;
    page.split("datetime=\"").nth(1).unwrap().split('"').next().unwrap().parse().unwrap()
}

async fn let_pass(node: &Node, seconds: &str) -> u16 {
    node.visitor().post_and_stay("/demo/clock", &[("seconds", seconds)]).await.unwrap().status
}

#[tokio::test(flavor = "multi_thread")]
async fn clock_of_a_demo_is_put_ahead_and_never_goes_back_not_even_by_a_restart() {
    let folder = TempDir::new().unwrap();
    let kept = folder.path().join("demo");
    let node = demo(&kept, folder.path()).await;
    for _ in 0..3 {
        node.visitor().sign_in(OMAR, WRONG).await.unwrap();
    }
    assert_eq!(node.visitor().sign_in(OMAR, PASSWORD).await.unwrap().problem(), LOCKED);
    let before = clock_of(&node).await;
    assert_eq!(let_pass(&node, "86400").await, 303);
    let day = SignedDuration::from_hours(24);
    assert!(clock_of(&node).await.duration_since(before) >= day);
    // What is no time to pass moves nothing; the last would end the calendar.
    for odd in ["-60", "", "soon", "1.5", "18446744073709551615", "3155760000"] {
        let status = let_pass(&node, odd).await;
        assert!(status == 400 || status == 422, "{odd}: {status}");
    }
    assert!(clock_of(&node).await.duration_since(before) < day + SignedDuration::from_mins(10));
    assert_eq!(node.visitor().sign_in(OMAR, PASSWORD).await.unwrap().who().as_deref(), Some("Omar Haddad"));
    node.stop().await;
    let node = demo(&kept, folder.path()).await;
    assert!(clock_of(&node).await.duration_since(before) >= day);
    node.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_administrators_commands_act_on_a_demo_that_runs_and_in_its_time() {
    let folder = TempDir::new().unwrap();
    let kept = folder.path().join("demo");
    let node = demo(&kept, folder.path()).await;
    let configuration = kept.join("portico.toml");
    assert!(node.said.contains(&format!("portico doctor rosa@riverside.example --config {}", configuration.display())));
    let run = async |words: &[&str]| Finished::of(binary().args(words).arg("--config").arg(&configuration)).await;
    run(&["check-config"]).await.exits(0);
    run(&["serve"]).await.refuses(1, &["This database belongs to a demo deployment."]);
    run(&["doctor", "tess@riverside.example"]).await.exits(0).says("Tracer: has not moved here yet.");
    run(&["doctor", "paul@riverside.example"]).await.exits(1).says("portico account enable paul@riverside.example");
    assert_eq!(let_pass(&node, "86400").await, 303);
    // A day later in the demo's time: what is asked for and what is done then follow each other.
    node.visitor().sign_in(OMAR, PASSWORD).await.unwrap();
    run(&["account", "temporary-password", OMAR]).await.exits(0);
    run(&["account", "show", OMAR]).await.exits(0).says("Registered         no");
    run(&["audit", "verify"]).await.exits(0);
    node.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_production_has_no_clock_that_anybody_could_move() {
    let deployment = Deployment::new(Engine::Sqlite).await;
    let node = deployment.start();
    assert_eq!(let_pass(&node, "60").await, 404);
    node.stop().await;
    deployment.finish().await;
}

async fn demo(kept: &Path, folder: &Path) -> Node {
    demo_on(kept, folder, None).await
}

/// A demo on the first seven free ports in a row, with a database of its own or this one.
pub async fn demo_on(kept: &Path, folder: &Path, database: Option<&str>) -> Node {
    // Two that look at the same moment must not both take what both find free.
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let free = |port| std::net::TcpListener::bind(("127.0.0.1", port)).is_ok();
    let start = 21_000 + u16::try_from(std::process::id() % 1_000).unwrap() * 10;
    let start = start + NEXT.fetch_add(100, Ordering::Relaxed);
    let port = (start..).step_by(10).find(|port| (*port..port + 7).all(free)).unwrap();
    let mut command = binary();
    command.args(["demo", "--listen", &format!("127.0.0.1:{port}"), "--data"]).arg(kept);
    if let Some(url) = database {
        command.args(["--database", url]);
    }
    Node::start(&mut command, &log_of(folder), "Portico demo is ready: ")
}
