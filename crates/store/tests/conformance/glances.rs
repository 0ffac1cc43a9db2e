//! Quick looks, which may be taken through the connection that writes: they see what is committed, and change nothing.

use std::sync::atomic::{AtomicBool, Ordering};

use store::{Db, Error, Tx};

use crate::support::{Ground, count, set};

on_both_engines!(
    a_glance_sees_what_was_written_last,
    a_glance_cannot_write_and_spoils_nothing,
    a_panic_in_a_glance_harms_nobody,
    a_glance_sees_nothing_that_is_not_committed,
);

async fn glance(db: &Db, name: &str) -> Result<Option<i64>, Error> {
    db.glance("test.glance", async |tx| {
        tx.first("SELECT count FROM counters WHERE name = $1", &[&name]).await?.map(|row| row.get(0)).transpose()
    })
    .await
}

async fn add(tx: &mut Tx) -> Result<u64, Error> {
    tx.execute("UPDATE counters SET count = count + 1", &[]).await
}

async fn a_glance_sees_what_was_written_last(ground: Ground) {
    let (db, other) = (ground.counters().await, ground.open().await);
    for number in 0..20 {
        set(if number % 2 == 0 { &db } else { &other }, "a", number).await;
        assert_eq!(glance(&db, "a").await, Ok(Some(number)));
        assert_eq!(glance(&other, "a").await, Ok(Some(number)));
    }
}

async fn a_glance_cannot_write_and_spoils_nothing(ground: Ground) {
    let db = ground.counters().await;
    set(&db, "a", 1).await;
    for _ in 0..3 {
        let done: Result<u64, Error> = db.glance("test.glance", async |tx| add(tx).await).await;
        assert!(matches!(done, Err(Error::Statement { .. })), "{done:?}");
        assert_eq!(glance(&db, "a").await, Ok(Some(1)));
    }
    set(&db, "a", 2).await;
    assert_eq!(count(&db, "a").await, Some(2));
}

async fn a_panic_in_a_glance_harms_nobody(ground: Ground) {
    let db = ground.counters().await;
    for number in 0..20 {
        let looking = db.clone();
        let task = tokio::spawn(async move {
            let _: Result<(), Error> = looking
                .glance("test.panic", async |tx| {
                    tx.first("SELECT 1", &[]).await?;
                    panic!("as the test wants it");
                })
                .await;
        });
        assert!(task.await.unwrap_err().is_panic());
        set(&db, "a", number).await;
        assert_eq!(glance(&db, "a").await, Ok(Some(number)));
    }
}

/// Two write two rows in step, one writes and takes it back, and two look meanwhile.
async fn a_glance_sees_nothing_that_is_not_committed(ground: Ground) {
    let db = ground.counters().await;
    set(&db, "a", 0).await;
    set(&db, "b", 0).await;
    let over = AtomicBool::new(false);
    let regret = async || {
        while !over.load(Ordering::SeqCst) {
            let undone: Result<(), Error> = db
                .write("test.regret", async |tx| {
                    tx.execute("UPDATE counters SET count = -1 WHERE name = 'a'", &[]).await?;
                    Err(Error::Waited)
                })
                .await;
            assert_eq!(undone, Err(Error::Waited));
        }
    };
    let write = async || {
        for _ in 0..25 {
            let done: Result<u64, Error> = db.write("test.add", async |tx| add(tx).await).await;
            done.unwrap();
        }
    };
    let look = async || {
        while !over.load(Ordering::SeqCst) {
            let rows: Result<_, Error> =
                db.glance("test.glance", async |tx| tx.all("SELECT count FROM counters", &[]).await).await;
            let counts: Vec<i64> = rows.unwrap().iter().map(|row| row.get(0).unwrap()).collect();
            assert!(counts[0] == counts[1] && counts[0] >= 0, "{counts:?}");
            tokio::task::yield_now().await;
        }
    };
    let writers = async {
        tokio::join!(write(), write());
        over.store(true, Ordering::SeqCst);
    };
    tokio::join!(writers, regret(), look(), look());
    assert_eq!((count(&db, "a").await, count(&db, "b").await), (Some(50), Some(50)));
}
