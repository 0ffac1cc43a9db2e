//! An operator ends sessions and sets their limits, and both hold on every node.

use std::time::{Duration, Instant};

use rstest::rstest;

use super::Deployment;
use crate::support::{Engine, PASSWORD};

const OMAR: &str = "omar@riverside.example";
const DANA: &str = "dana@riverside.example";
const HARBOR: &str = "harbor-dispatch";
const ROOT: &str = "root@portico.example";

async fn two() -> Deployment {
    Deployment::new(Engine::Postgres).await
}

/// How many rows of the trail say so.
async fn audited(deployment: &Deployment, event: &str, detail: &str) -> i64 {
    let sql = "SELECT COUNT(*) FROM audit WHERE event = $1 AND actor = 'command' AND details LIKE '%' || $2 || '%'";
    deployment.count(sql, &[&event, &detail]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operator_signs_one_person_out_and_is_named_in_the_trail() {
    let deployment = two().await;
    let (one, other) = (deployment.start(), deployment.start());
    let (mut omar, mut dana) = (one.visitor(), one.visitor());
    omar.sign_in(OMAR, PASSWORD).await.unwrap();
    dana.sign_in(DANA, PASSWORD).await.unwrap();
    let end = ["account", "end-sessions", OMAR, "--operator"];
    deployment.run(&[&end[..], &[OMAR]].concat()).await.refuses(1, &["no operator's account"]);
    assert!(omar.get("/").await.unwrap().who().is_some());
    deployment.run(&[&end[..], &[ROOT]].concat()).await.exits(0).says("1 session is ended");
    assert_eq!(omar.at(other.address).get("/").await.unwrap().who(), None);
    assert_eq!(omar.get("/").await.unwrap().who(), None);
    assert!(dana.get("/").await.unwrap().who().is_some());
    assert_eq!(audited(&deployment, "session.ended", "typed_by").await, 1);
    drop((one, other));
    deployment.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operator_signs_an_organizations_people_out_on_both_nodes_at_once_and_then_everybody() {
    let deployment = two().await;
    let (one, other) = (deployment.start(), deployment.start());
    let mut riverside = [one.visitor(), other.visitor()];
    for (visitor, name) in riverside.iter_mut().zip([OMAR, DANA]) {
        visitor.sign_in(name, PASSWORD).await.unwrap();
    }
    let mut harbor = one.visitor();
    harbor.sign_in(HARBOR, PASSWORD).await.unwrap();
    let end = |more: &[&'static str]| [&["organization", "end-sessions"], more].concat();
    deployment.run(&end(&["nowhere", "--reason", "stolen"])).await.refuses(1, &["There is no organization nowhere."]);
    deployment.run(&end(&["riverside"])).await.exits(2);
    deployment.run(&end(&["riverside", "--all", "--reason", "stolen"])).await.exits(2);
    let done = deployment.run(&end(&["riverside", "--reason", "stolen", "--operator", ROOT])).await;
    let ended = Instant::now();
    done.exits(0).says("Riverside Health: 2 sessions are ended.");
    for visitor in &mut riverside {
        for node in [&one, &other] {
            assert_eq!(visitor.at(node.address).get("/").await.unwrap().who(), None);
        }
    }
    assert!(ended.elapsed() < Duration::from_secs(1), "{:?}", ended.elapsed());
    assert!(harbor.get("/").await.unwrap().who().is_some(), "another organization's people go on");
    assert_eq!(audited(&deployment, "sessions.ended", "\"reason\":\"stolen\"").await, 1);
    let all = deployment.run(&end(&["--all", "--reason", "read by others"])).await;
    all.exits(0).says("Harbor County EMS: 1 session is ended.").says("Riverside Health: 0 sessions are ended.");
    assert_eq!(harbor.get("/").await.unwrap().who(), None);
    drop((one, other));
    deployment.finish().await;
}

#[rstest]
#[case::on_sqlite(Engine::Sqlite)]
#[case::on_postgres(Engine::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn an_organizations_limits_are_set_shown_and_taken_back(#[case] engine: Engine) {
    let deployment = Deployment::new(engine).await;
    let node = deployment.start();
    let set = |more: &[&'static str]| [&["policy", "set", "riverside"], more].concat();
    deployment
        .run(&["policy", "show", "riverside"])
        .await
        .exits(0)
        .says("720 minutes")
        .says("168 hours")
        .says("any number");
    for odd in [["--session-idle", "4"], ["--session-idle", "1441"], ["--session-hours", "0"], ["--sessions", "101"]] {
        deployment.run(&set(&odd)).await.exits(2);
    }
    let own = set(&["--session-idle", "15", "--session-hours", "12", "--sessions", "1", "--operator", ROOT, "--json"]);
    let shown = deployment.run(&own).await.exits(0).json();
    let limits = |shown: &serde_json::Value| {
        let session = &shown["session"];
        (session["idle_minutes"].as_i64(), session["hours"].as_i64(), session["at_once"].as_i64())
    };
    assert_eq!(limits(&shown), (Some(15), Some(12), Some(1)), "{shown}");
    assert_eq!(audited(&deployment, "policy.changed", "typed_by").await, 1);
    let (mut first, mut second) = (node.visitor(), node.visitor());
    first.sign_in(OMAR, PASSWORD).await.unwrap();
    second.sign_in(OMAR, PASSWORD).await.unwrap();
    assert!(first.get("/").await.unwrap().who().is_none() && second.get("/").await.unwrap().who().is_some());
    let shown = deployment.run(&set(&["--sessions", "off", "--json"])).await.exits(0).json();
    assert_eq!(limits(&shown), (Some(15), Some(12), None), "what is not named stays: {shown}");
    let preset = set(&["--session-idle", "preset", "--session-hours", "preset", "--json"]);
    let shown = deployment.run(&preset).await.exits(0).json();
    assert_eq!(limits(&shown), (Some(720), Some(168), None), "{shown}");
    node.stop().await;
    deployment.finish().await;
}
