//! Many at once: every change counts once, and every race has one winner.

use std::sync::atomic::{AtomicUsize, Ordering};

use store::{Db, Error};
use tokio::sync::Barrier;
use tokio::task::JoinSet;

use crate::support::{Ground, count, set};

on_both_engines!(
    parallel_increments_all_count,
    increments_by_reading_and_writing_back_all_count,
    a_conditional_update_has_one_winner,
    an_insert_that_does_nothing_on_conflict_has_one_winner,
    a_read_sees_one_state_while_others_write,
    a_committed_change_is_seen_by_every_handle,
    a_count_that_many_share_counts_each_and_refuses_nobody,
);

/// Tries until it has won: after `Contended`, nothing was written.
async fn increment(db: &Db, by_hand: bool) {
    loop {
        let done: Result<(), Error> = db
            .write("test.increment", async |tx| {
                if by_hand {
                    let row = tx.first("SELECT count FROM counters WHERE name = 'race'", &[]).await?;
                    let next = row.unwrap().get::<i64>(0)? + 1;
                    let sql = "UPDATE counters SET count = $1 WHERE name = 'race'";
                    tx.execute(sql, &[&next]).await?;
                } else {
                    let sql = "UPDATE counters SET count = count + 1 WHERE name = 'race'";
                    tx.execute(sql, &[]).await?;
                }
                Ok(())
            })
            .await;
        match done {
            Err(Error::Contended) => {}
            done => return done.unwrap(),
        }
    }
}

async fn increments(ground: Ground, by_hand: bool) {
    let handles = [ground.counters().await, ground.open().await];
    set(&handles[0], "race", 0).await;
    let mut tasks = JoinSet::new();
    for task in 0..20 {
        let db = handles[task % 2].clone();
        tasks.spawn(async move {
            for _ in 0..5 {
                increment(&db, by_hand).await;
            }
        });
    }
    while let Some(done) = tasks.join_next().await {
        done.unwrap();
    }
    assert_eq!(count(&handles[0], "race").await, Some(100));
}

async fn a_count_that_many_share_counts_each_and_refuses_nobody(ground: Ground) {
    const COUNT: &str = "INSERT INTO counters (name, count) VALUES ($1, 1)
                         ON CONFLICT (name) DO UPDATE SET count = counters.count + 1 RETURNING count";
    let handles = [ground.counters().await, ground.open().await];
    let mut tasks = JoinSet::new();
    for task in 0..20 {
        let db = handles[task % 2].clone();
        tasks.spawn(async move {
            let mut seen = Vec::new();
            for _ in 0..5 {
                seen.push(db.count("test.count", COUNT, &[&"shared"]).await.unwrap().unwrap().get::<i64>(0).unwrap());
            }
            seen
        });
    }
    let mut seen: Vec<i64> = tasks.join_all().await.concat();
    seen.sort_unstable();
    assert_eq!(seen, (1..=100).collect::<Vec<_>>());
}

async fn parallel_increments_all_count(ground: Ground) {
    increments(ground, false).await;
}

async fn increments_by_reading_and_writing_back_all_count(ground: Ground) {
    increments(ground, true).await;
}

/// How many of 24 racers on two handles touched a row.
async fn winners(ground: &Ground, sql: &'static str) -> u64 {
    let handles = [ground.open().await, ground.open().await];
    let mut tasks = JoinSet::new();
    for racer in 0..24 {
        let db = handles[racer % 2].clone();
        tasks.spawn(async move {
            loop {
                let done: Result<u64, Error> = db.write("test.race", async |tx| tx.execute(sql, &[]).await).await;
                match done {
                    Err(Error::Contended) => {}
                    done => return done.unwrap(),
                }
            }
        });
    }
    tasks.join_all().await.into_iter().sum()
}

async fn a_conditional_update_has_one_winner(ground: Ground) {
    let db = ground.counters().await;
    set(&db, "link", 0).await;
    let sql = "UPDATE counters SET count = 1 WHERE name = 'link' AND count = 0";
    assert_eq!(winners(&ground, sql).await, 1);
}

async fn an_insert_that_does_nothing_on_conflict_has_one_winner(ground: Ground) {
    ground.counters().await;
    let sql = "INSERT INTO counters (name, count) VALUES ('name', 1) ON CONFLICT DO NOTHING";
    assert_eq!(winners(&ground, sql).await, 1);
}

async fn a_read_sees_one_state_while_others_write(ground: Ground) {
    let db = ground.counters().await;
    set(&db, "a", 0).await;
    set(&db, "b", 0).await;
    let writer = tokio::spawn({
        let db = db.clone();
        async move {
            for _ in 0..50 {
                let done: Result<u64, Error> = db
                    .write("test.both", async |tx| {
                        tx.execute("UPDATE counters SET count = count + 1 WHERE name = 'a'", &[]).await?;
                        tx.execute("UPDATE counters SET count = count + 1 WHERE name = 'b'", &[]).await
                    })
                    .await;
                done.unwrap();
            }
        }
    });
    while !writer.is_finished() {
        let seen: Result<(i64, i64), Error> = db
            .read("test.both", async |tx| {
                let mut pair = [0; 2];
                for (at, name) in ["a", "b"].into_iter().enumerate() {
                    let sql = "SELECT count FROM counters WHERE name = $1";
                    pair[at] = tx.first(sql, &[&name]).await?.unwrap().get(0)?;
                }
                Ok((pair[0], pair[1]))
            })
            .await;
        let (a, b) = seen.unwrap();
        assert_eq!(a, b);
    }
    writer.await.unwrap();
    assert_eq!(count(&db, "b").await, Some(50));
}

async fn a_committed_change_is_seen_by_every_handle(ground: Ground) {
    let here = ground.counters().await;
    let there = ground.open().await;
    for turn in 0..20 {
        set(&here, "seen", turn).await;
        assert_eq!(count(&there, "seen").await, Some(turn));
    }
}

/// Each of two doctors may go home if the other stays. Both have looked before either writes, so only a serializable
/// engine keeps one of them there.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn write_skew_is_run_again_on_postgres() {
    let ground = Ground::postgres().await;
    let db = ground.counters().await;
    set(&db, "ann", 1).await;
    set(&db, "bob", 1).await;
    let looked = Barrier::new(2);
    let runs = AtomicUsize::new(0);
    let go_home = async |name: &'static str| -> Result<bool, Error> {
        db.write("test.skew", async |tx| {
            let present = tx.all("SELECT name FROM counters WHERE count = 1", &[]).await?.len();
            if runs.fetch_add(1, Ordering::SeqCst) < 2 {
                looked.wait().await;
            }
            if present < 2 {
                return Ok(false);
            }
            let sql = "UPDATE counters SET count = 0 WHERE name = $1";
            Ok(tx.execute(sql, &[&name]).await? == 1)
        })
        .await
    };
    let (ann, bob) = tokio::join!(go_home("ann"), go_home("bob"));
    assert!(ann.unwrap() ^ bob.unwrap());
    assert!(runs.load(Ordering::SeqCst) > 2);
}
