//! The database's server dies in the middle of a guess (security.md R3): the guess counts, nobody is let in by it, and the node
//! goes on by itself.

use portico::platform::clock::{Clock, Time};

use super::{Cluster, Deployment, postgres, until};
use crate::support::steps::{LOCKED, WRONG};
use crate::support::{PASSWORD, all_at_once, world};

const OMAR: &str = "omar@riverside.example";

/// With a hash that takes long enough for a server to die meanwhile.
async fn deployment(cluster: &Cluster) -> Deployment {
    let deployment = Deployment::on(cluster.url()).await;
    let slow = deployment.configuration().replace("m_kib = 64, t = 1", "m_kib = 131072, t = 16");
    deployment.configure(&slow);
    world::populate(&deployment.app().await).await;
    deployment
}

async fn under_way(deployment: &Deployment) -> i64 {
    deployment.count("SELECT COUNT(*) FROM attempt_reservations", &[]).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_guess_during_which_the_database_died_counts_and_lets_nobody_in() {
    let cluster = Cluster::start();
    let deployment = deployment(&cluster).await;
    let node = deployment.start();
    let mut own = node.visitor();
    // From now on the hash that is kept takes as long.
    assert!(own.sign_in(OMAR, PASSWORD).await.unwrap().who().is_some());

    let mut strangers = Vec::new();
    for typed in [PASSWORD, WRONG, WRONG] {
        let mut stranger = node.visitor();
        let sign_in = stranger.name(OMAR).await.unwrap();
        strangers.push((stranger, format!("{sign_in}/password"), typed));
    }
    let guesses = tokio::spawn(all_at_once(strangers.into_iter().map(|(mut stranger, form, typed)| async move {
        let answer = stranger.post_and_stay(&form, &[("password", typed)]).await.unwrap();
        (stranger, answer)
    })));
    until("three guesses are under way", async || (under_way(&deployment).await == 3).then_some(())).await;
    // What waits for the disk makes durable what did not.
    postgres::run(&cluster.url(), "CREATE TABLE durable (one BIGINT)").await;
    cluster.die();
    for (stranger, answer) in guesses.await.unwrap() {
        assert!(answer.status == 503 && answer.header("retry-after").is_some(), "{} {}", answer.status, answer.body);
        assert!(!stranger.has_session());
    }

    cluster.start_again();
    until("the node goes on", async || node.visitor().name(OMAR).await.ok().filter(|path| !path.is_empty())).await;
    assert_eq!(under_way(&deployment).await, 3, "a guess that told nobody anything counts all the same");
    let over: Time = Clock::system().now() - std::time::Duration::from_secs(1);
    deployment.execute("UPDATE attempt_reservations SET leased_until = $1", &[&over]).await;
    assert_eq!(node.visitor().sign_in(OMAR, PASSWORD).await.unwrap().problem(), LOCKED);
    assert_eq!(deployment.count("SELECT COUNT(*) FROM sessions", &[]).await, 1, "the owner's own");
    // It is strangers who are locked out.
    assert!(own.sign_in(OMAR, PASSWORD).await.unwrap().who().is_some());
    node.stop().await;
    deployment.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_guess_outlives_a_database_that_dies_and_is_back_before_it_is_settled() {
    let cluster = Cluster::start();
    let deployment = deployment(&cluster).await;
    let node = deployment.start();
    // The first sign-in keeps a hash that takes long.
    assert!(node.visitor().sign_in(OMAR, PASSWORD).await.unwrap().who().is_some());
    let mut stranger = node.visitor();
    let sign_in = stranger.name(OMAR).await.unwrap();
    let wrong = tokio::spawn(async move { stranger.try_password(&sign_in, WRONG).await.unwrap() });
    until("a guess is under way", async || (under_way(&deployment).await == 1).then_some(())).await;
    cluster.die();
    cluster.start_again();
    // Settled on a new connection, or not at all. Where the guess was told wrong, it has been counted, whether or not what was
    // counted before it was verified had reached the disk.
    let told = wrong.await.unwrap();
    let counted = "SELECT COUNT(*) FROM attempt_counters WHERE subject = $1 AND failures = 1";
    match told.answer.status {
        200 => assert_eq!(deployment.count(counted, &[&OMAR]).await, 1),
        status => assert_eq!(status, 503),
    }
    until("the node goes on", async || node.visitor().name(OMAR).await.ok().filter(|path| !path.is_empty())).await;
    node.stop().await;
    deployment.finish().await;
}
