//! Questions that are asked together, and reads whose end nobody waits for.

use std::collections::BTreeSet;

use store::{Db, Engine, Error, Tx, both};

use crate::proxy::Proxy;
use crate::support::{Ground, set};

on_both_engines!(
    questions_asked_together_are_answered_each,
    both_see_what_was_told_before,
    one_that_fails_ends_the_transaction_for_both,
    reads_after_each_other_share_a_connection,
);

async fn count_of(tx: &Tx, name: &str) -> Result<Option<i64>, Error> {
    tx.first("SELECT count FROM counters WHERE name = $1", &[&name]).await?.map(|row| row.get(0)).transpose()
}

async fn ask(db: &Db, one: &str, other: &str) -> Result<(Option<i64>, Option<i64>), Error> {
    db.read("test.ask", async |tx| both(count_of(tx, one), count_of(tx, other)).await).await
}

async fn questions_asked_together_are_answered_each(ground: Ground) {
    let db = ground.counters().await;
    set(&db, "a", 1).await;
    set(&db, "b", 2).await;
    assert_eq!(ask(&db, "a", "b").await, Ok((Some(1), Some(2))));
    assert_eq!(ask(&db, "b", "nobody").await, Ok((Some(2), None)));
    assert_eq!(ask(&db, "a", "a").await, Ok((Some(1), Some(1))));
}

async fn both_see_what_was_told_before(ground: Ground) {
    let db = ground.counters().await;
    let seen: Result<_, Error> = db
        .write("test.told", async |tx| {
            for name in ["a", "b"] {
                tx.tell("INSERT INTO counters (name, count) VALUES ($1, 5)", &[&name]).await?;
            }
            let seen = both(count_of(tx, "a"), count_of(tx, "b")).await?;
            tx.execute("UPDATE counters SET count = count + 1", &[]).await?;
            Ok(seen)
        })
        .await;
    assert_eq!(seen, Ok((Some(5), Some(5))));
    assert_eq!(ask(&db, "a", "b").await, Ok((Some(6), Some(6))));
}

async fn one_that_fails_ends_the_transaction_for_both(ground: Ground) {
    let db = ground.counters().await;
    set(&db, "a", 1).await;
    let done: Result<(), Error> = db
        .write("test.fails", async |tx| {
            tx.execute("UPDATE counters SET count = 9", &[]).await?;
            let nonsense = async { tx.first("SELECT nothing FROM nowhere", &[]).await.map(drop) };
            // Swallowed on purpose.
            let _ = both(count_of(tx, "a"), nonsense).await;
            Ok(())
        })
        .await;
    assert!(matches!(done, Err(Error::Statement { .. })), "{done:?}");
    assert_eq!(ask(&db, "a", "a").await, Ok((Some(1), Some(1))));
}

async fn reads_after_each_other_share_a_connection(ground: Ground) {
    let db = ground.counters().await;
    if db.engine() == Engine::Sqlite {
        return;
    }
    let mut backends = BTreeSet::new();
    for _ in 0..40 {
        let backend: Result<i64, Error> =
            db.read("test.backend", async |tx| tx.first("SELECT pg_backend_pid()", &[]).await?.unwrap().get(0)).await;
        backends.insert(backend.unwrap());
    }
    assert_eq!(backends.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn on_postgres_both_are_asked_before_either_is_answered() {
    let ground = Ground::postgres().await;
    let around = ground.counters().await;
    set(&around, "the one", 1).await;
    set(&around, "the other", 2).await;
    let proxy = Proxy::start(&ground.url).await;
    let db = Db::open(&proxy.url, ground.options()).await.unwrap();
    // Once, so that the statement is known to the server.
    assert_eq!(ask(&db, "the one", "the one").await, Ok((Some(1), Some(1))));
    // If the other were asked only when the one is answered, this would hang.
    proxy.answer_nothing_before(&[b"the one", b"the other"]);
    assert_eq!(ask(&db, "the one", "the other").await, Ok((Some(1), Some(2))));
}
