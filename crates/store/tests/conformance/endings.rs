//! How a transaction ends without a commit: Err, panic, a dropped future. No trace is left and the next one works.

use std::collections::BTreeSet;
use std::future::pending;
use std::sync::Mutex;

use store::{Db, Engine, Error, Tx};
use tokio::sync::Notify;

use crate::support::{Ground, count, set};

on_both_engines!(
    an_error_rolls_back,
    a_panic_rolls_back_and_harms_nobody,
    a_panic_in_a_read_harms_nobody,
    a_dropped_future_rolls_back,
    a_dropped_future_keeps_its_connection,
    a_transaction_without_statements_is_fine,
    the_observer_is_told,
);

async fn insert(tx: &mut Tx, name: &str) -> Result<u64, Error> {
    let sql = "INSERT INTO counters (name, count) VALUES ($1, 1)";
    tx.execute(sql, &[&name]).await
}

#[derive(Debug, PartialEq)]
enum Refused {
    Politely,
    Store(Error),
}

impl From<Error> for Refused {
    fn from(error: Error) -> Self {
        Self::Store(error)
    }
}

async fn an_error_rolls_back(ground: Ground) {
    let db = ground.counters().await;
    let done: Result<(), Refused> = db
        .write("test.refused", async |tx| {
            insert(tx, "a").await?;
            Err(Refused::Politely)
        })
        .await;
    assert_eq!(done, Err(Refused::Politely));
    assert_eq!(count(&db, "a").await, None);
    set(&db, "a", 2).await;
}

async fn panicking(db: Db) {
    let _: Result<(), Error> = db
        .write("test.panic", async |tx| {
            insert(tx, "a").await?;
            panic!("as the test wants it");
        })
        .await;
}

async fn a_panic_rolls_back_and_harms_nobody(ground: Ground) {
    let db = ground.counters().await;
    for _ in 0..20 {
        let (harmed, ()) = tokio::join!(tokio::spawn(panicking(db.clone())), set(&db, "bystander", 1));
        assert!(harmed.unwrap_err().is_panic());
    }
    assert_eq!(count(&db, "a").await, None);
    assert_eq!(count(&db, "bystander").await, Some(1));
}

async fn a_panic_in_a_read_harms_nobody(ground: Ground) {
    let db = ground.counters().await;
    for _ in 0..20 {
        let reader = db.clone();
        let task = tokio::spawn(async move {
            let _: Result<(), Error> = reader
                .read("test.panic", async |tx| {
                    tx.first("SELECT 1", &[]).await?;
                    panic!("as the test wants it");
                })
                .await;
        });
        assert!(task.await.unwrap_err().is_panic());
    }
    set(&db, "a", 2).await;
    assert_eq!(count(&db, "a").await, Some(2));
}

/// On PostgreSQL the future is dropped in the middle of its transaction. SQLite never lets it come to that: a closure
/// that waits is rolled back at once.
async fn a_dropped_future_rolls_back(ground: Ground) {
    let db = ground.counters().await;
    // More often than there are connections: each must come free again.
    for _ in 0..40 {
        let reached = Notify::new();
        let write = db.write("test.dropped", async |tx| {
            insert(tx, "a").await?;
            reached.notify_one();
            pending::<Result<(), Error>>().await
        });
        tokio::select! {
            biased;
            done = write => {
                assert_eq!(db.engine(), Engine::Sqlite);
                assert_eq!(done, Err(Error::Waited));
            }
            () = reached.notified() => assert_eq!(db.engine(), Engine::Postgres),
        }
        assert_eq!(count(&db, "a").await, None);
    }
    set(&db, "a", 2).await;
    assert_eq!(count(&db, "a").await, Some(2));
}

/// People hang up all the time. If each cost a connection, the others would wait for new ones.
async fn a_dropped_future_keeps_its_connection(ground: Ground) {
    let db = ground.counters().await;
    if db.engine() == Engine::Sqlite {
        return;
    }
    let seen = Mutex::new(BTreeSet::new());
    let reached = Notify::new();
    for _ in 0..40 {
        let write = db.write("test.dropped", async |tx| {
            let row = tx.first("SELECT pg_backend_pid()", &[]).await?.unwrap();
            seen.lock().unwrap().insert(row.get::<i64>(0)?);
            reached.notify_one();
            pending::<Result<(), Error>>().await
        });
        tokio::select! {
            biased;
            _ = write => unreachable!("it waits for ever"),
            () = reached.notified() => {}
        }
    }
    let connections = seen.lock().unwrap().len();
    assert!(connections <= ground.options().connections, "{connections} connections were opened");
}

async fn a_transaction_without_statements_is_fine(ground: Ground) {
    let db = ground.counters().await;
    let written: Result<i64, Error> = db.write("test.empty", async |tx| Ok(tx.now())).await;
    let read: Result<i64, Error> = db.read("test.empty", async |tx| Ok(tx.now())).await;
    assert_eq!(written, read);
}

async fn the_observer_is_told(ground: Ground) {
    use std::time::Duration;
    use store::Outcome;

    static SEEN: Mutex<Vec<(&'static str, Outcome)>> = Mutex::new(Vec::new());
    fn observe(name: &'static str, _: Duration, outcome: Outcome) {
        SEEN.lock().unwrap().push((name, outcome));
    }

    ground.counters().await;
    let mut options = ground.options();
    options.observe = Some(observe);
    let db = Db::open(&ground.url, options).await.unwrap();
    let (kept, undone) = match db.engine() {
        Engine::Sqlite => ("sqlite.kept", "sqlite.undone"),
        Engine::Postgres => ("postgres.kept", "postgres.undone"),
    };
    let _: Result<u64, Error> = db.write(kept, async |tx| insert(tx, "a").await).await;
    let _: Result<u64, Error> = db.write(undone, async |tx| insert(tx, "a").await).await;
    let seen = SEEN.lock().unwrap();
    assert!(seen.contains(&(kept, Outcome::Committed)));
    assert!(seen.contains(&(undone, Outcome::RolledBack)));
}
