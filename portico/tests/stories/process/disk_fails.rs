//! A disk that fails under SQLite (security.md R18): what was not written is not acknowledged, nothing is written behind it, the
//! node says that it is not well, and a restart finds everything that was acknowledged.

use std::net::{SocketAddr, TcpListener};
use std::process::Command;

use super::{Deployment, Node, Visitor};
use crate::support::steps::WRONG;
use crate::support::{Engine, PASSWORD};

const OMAR: &str = "omar@riverside.example";

/// Where it tells machines how it is.
fn ops() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}

/// From here on no file of the node may grow beyond `bytes`: the system answers a write with an error.
fn limit_files_of(node: &Node, bytes: &str) {
    let done = Command::new("prlimit").args(["--pid", &node.id().to_string(), &format!("--fsize={bytes}")]).status();
    assert!(done.unwrap().success());
}

async fn readiness(ops: SocketAddr) -> (u16, String) {
    let answer = Visitor::new(ops).get("/readyz").await.unwrap().answer;
    (answer.status, answer.body)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_node_whose_disk_failed_writes_no_more_until_it_is_started_anew() {
    let (deployment, ops) = (Deployment::new(Engine::Sqlite).await, ops());
    let configuration = deployment.configuration();
    deployment.configure(&configuration.replace("ops.listen = \"127.0.0.1:0\"", &format!("ops.listen = \"{ops}\"")));
    let node = deployment.start_deaf_to_limits();
    let mut own = node.visitor();
    assert!(own.sign_in(OMAR, PASSWORD).await.unwrap().who().is_some());
    assert_eq!(readiness(ops).await.0, 200);
    let before = deployment.count("SELECT COUNT(*) FROM audit", &[]).await;

    limit_files_of(&node, "1:unlimited");
    let failed = node.visitor().post_and_stay("/sign-in", &[("identifier", OMAR)]).await.unwrap();
    assert!(failed.status == 503 && failed.header("retry-after").is_some(), "{} {}", failed.status, failed.body);
    // The disk is well again; what it has lost meanwhile nobody knows.
    limit_files_of(&node, "unlimited:unlimited");
    for _ in 0..2 {
        let refused = node.visitor().post_and_stay("/sign-in", &[("identifier", OMAR)]).await.unwrap();
        assert_eq!(refused.status, 503);
    }
    let (status, why) = readiness(ops).await;
    assert!(status == 503 && why.contains("its disk has failed, and a restart is needed"), "{status} {why}");
    assert_eq!(own.get("/").await.unwrap().who().as_deref(), Some("Omar Haddad"), "reading goes on");
    drop(node);

    let node = deployment.start();
    assert_eq!(readiness(ops).await.0, 200);
    assert!(own.at(node.address).get("/").await.unwrap().who().is_some(), "what was acknowledged is there");
    assert!(node.visitor().sign_in(OMAR, WRONG).await.unwrap().who().is_none());
    assert!(deployment.count("SELECT COUNT(*) FROM audit", &[]).await > before);
    node.stop().await;
    deployment.finish().await;
}
