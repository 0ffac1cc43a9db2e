//! Two nodes on one PostgreSQL database: to the people at the door they are one.

use super::{Deployment, Visitor};
use crate::support::steps::{LOCKED, WRONG, WRONG_PASSWORD};
use crate::support::{Engine, PASSWORD};

const OMAR: &str = "omar@riverside.example";

async fn two() -> Deployment {
    Deployment::new(Engine::Postgres).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_in_begun_on_a_node_that_is_killed_goes_on_at_the_other() {
    let deployment = two().await;
    let (mut one, other) = (deployment.start(), deployment.start());
    let mut visitor = one.visitor();
    let sign_in = visitor.name(OMAR).await.unwrap();
    assert_eq!(visitor.try_password(&sign_in, WRONG).await.unwrap().problem(), WRONG_PASSWORD);
    one.kill();
    let mut visitor = visitor.at(other.address);
    assert_eq!(visitor.get(&sign_in).await.unwrap().heading(), "Enter your password");
    let portal = visitor.try_password(&sign_in, PASSWORD).await.unwrap();
    assert_eq!((portal.path.as_str(), portal.who().as_deref()), ("/", Some("Omar Haddad")));
    drop(other);
    deployment.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_of_one_node_works_on_the_other_and_ends_on_both_at_once() {
    let deployment = two().await;
    let (one, other) = (deployment.start(), deployment.start());
    for _ in 0..20 {
        let mut here = one.visitor();
        here.sign_in(OMAR, PASSWORD).await.unwrap();
        let there = here.at(other.address);
        assert_eq!(there.clone().get("/").await.unwrap().who().as_deref(), Some("Omar Haddad"));
        // The copy keeps its cookie: it is the server that must not know it any longer.
        assert_eq!(there.clone().post("/sign-out", &[]).await.unwrap().path, "/signed-out");
        assert_eq!(here.get("/").await.unwrap().who(), None);
        assert_eq!(there.clone().get("/").await.unwrap().who(), None);
    }
    drop((one, other));
    deployment.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_disabled_account_is_out_on_both_nodes_at_once() {
    let deployment = two().await;
    let (one, other) = (deployment.start(), deployment.start());
    let mut here = one.visitor();
    here.sign_in(OMAR, PASSWORD).await.unwrap();
    let mut there = here.at(other.address);
    deployment.run(&["account", "disable", OMAR]).await.exits(0);
    assert_eq!(here.get("/").await.unwrap().who(), None);
    assert_eq!(there.get("/").await.unwrap().who(), None);
    drop((one, other));
    deployment.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn failures_at_both_nodes_add_up_and_the_lock_holds_at_both() {
    let deployment = two().await;
    let (one, other) = (deployment.start(), deployment.start());
    let told = async |visitor: Visitor, password| visitor.clone().sign_in(OMAR, password).await.unwrap().problem();
    assert_eq!(told(one.visitor(), WRONG).await, WRONG_PASSWORD);
    assert_eq!(told(other.visitor(), WRONG).await, WRONG_PASSWORD);
    assert_eq!(told(one.visitor(), WRONG).await, LOCKED);
    assert_eq!(told(one.visitor(), PASSWORD).await, LOCKED);
    assert_eq!(told(other.visitor(), PASSWORD).await, LOCKED);
    drop((one, other));
    deployment.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn parallel_guesses_at_both_nodes_are_three_at_most() {
    let deployment = two().await;
    let (one, other) = (deployment.start(), deployment.start());
    let guesses = (0..20).map(|number| {
        let mut visitor = if number % 2 == 0 { one.visitor() } else { other.visitor() };
        async move { visitor.sign_in(OMAR, WRONG).await.unwrap().problem() }
    });
    let told = crate::support::all_at_once(guesses).await;
    let told_wrong = told.iter().filter(|problem| *problem == WRONG_PASSWORD).count();
    assert!(told_wrong <= 2, "{told:?}");
    let refused = "SELECT COUNT(*) FROM audit WHERE event = 'password.refused'";
    assert_eq!(deployment.count(refused, &[]).await, 3);
    drop((one, other));
    deployment.finish().await;
}
