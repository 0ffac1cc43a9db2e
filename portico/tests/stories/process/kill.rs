//! `kill -9` at random moments under load (security.md R1, R2): acknowledged means durable, used once means once.

use std::sync::Arc;
use std::time::Duration;

use portico::platform::clock::Clock;
use rstest::rstest;
use store::Tx;

use super::load::Load;
use super::{Crowd, Deployment, Dice, Ledger};
use crate::support::steps::{LOCKED, WRONG, WRONG_PASSWORD};
use crate::support::{Engine, PASSWORD};

const OMAR: &str = "omar@riverside.example";
const KILLS: usize = 25;
/// Ready again at the latest, and as a rule.
const READY_AT_MOST: Duration = Duration::from_secs(5);
const READY: Duration = Duration::from_secs(2);

#[rstest]
#[case::on_sqlite(Engine::Sqlite)]
#[case::on_postgres(Engine::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_was_acknowledged_survives_kill_9(#[case] engine: Engine) {
    let mut dice = Dice::new();
    let deployment = Arc::new(Deployment::on_disk(engine).await);
    let crowd = Arc::new(Crowd::settle(&deployment).await);
    let mut ledger = Ledger::default();
    let mut starts = Vec::new();
    let mut node = deployment.start();
    for _ in 0..KILLS {
        let load = Load::begin(node.address, &crowd, &deployment);
        tokio::time::sleep(Duration::from_millis(dice.between(50, 900))).await;
        node.kill();
        let mut news = load.end().await;
        node = deployment.start();
        starts.push(node.took);
        news.check(node.address).await;
        ledger.add(news);
    }
    starts.sort();
    eprintln!("{} acknowledged; ready after {:?} as a rule", ledger.acknowledged(), starts[KILLS / 2]);
    assert!(starts[KILLS - 1] <= READY_AT_MOST && starts[KILLS / 2] <= READY, "{starts:?}");
    assert!(ledger.acknowledged() > 4 * KILLS, "there was no load to speak of: {}", ledger.acknowledged());

    // Nothing of the earlier rounds was undone by a later one.
    ledger.check(node.address).await;
    let started: Vec<_> = ledger.guesses.iter().filter(|guesses| guesses.refused < guesses.asked).collect();
    for guesses in started {
        guesses.exhaust(node.address).await;
    }
    node.stop().await;
    assert_eq!(verified_at_most(&deployment).await, 3, "more than three guesses at one account were verified");
    if engine == Engine::Sqlite {
        assert_eq!(integrity(&deployment).await, "ok");
    }
    Arc::into_inner(deployment).unwrap().finish().await;
}

#[rstest]
#[case::on_sqlite(Engine::Sqlite)]
#[case::on_postgres(Engine::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn guesses_that_died_with_their_node_lock_and_stay_locked(#[case] engine: Engine) {
    let deployment = Deployment::on_disk(engine).await;
    let mut node = deployment.start();
    assert_eq!(node.visitor().sign_in(OMAR, WRONG).await.unwrap().problem(), WRONG_PASSWORD);
    node.kill();
    let over = Clock::system().now() - Duration::from_secs(1);
    let reserved = "INSERT INTO attempt_reservations (id, counter_id, subject, leased_until) VALUES ($1, $2, $4, $3)";
    for id in ["one", "two"] {
        deployment.execute(reserved, &[&id, &format!("{OMAR}/password/-"), &over, &OMAR]).await;
    }
    node = deployment.start();
    // Again and again: whoever is told of the lock first must not have used it up.
    for _ in 0..3 {
        assert_eq!(node.visitor().sign_in(OMAR, PASSWORD).await.unwrap().problem(), LOCKED);
    }
    node.stop().await;
    deployment.finish().await;
}

/// The largest number of guesses at one account that were verified and found wrong.
async fn verified_at_most(deployment: &Deployment) -> i64 {
    let sql = "SELECT MAX(refused) FROM (SELECT COUNT(*) AS refused FROM audit
               WHERE event = 'password.refused' AND account_id LIKE 'guessed-at-%' GROUP BY account_id) AS counted";
    deployment.count(sql, &[]).await
}

async fn integrity(deployment: &Deployment) -> String {
    let app = deployment.app().await;
    let row = app.db.read("process.integrity", async |tx: &mut Tx| tx.first("PRAGMA integrity_check", &[]).await).await;
    row.unwrap().unwrap().get(0).unwrap()
}
