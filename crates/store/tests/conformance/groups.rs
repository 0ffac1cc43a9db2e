//! SQLite's group commit. A member's closure has the next writer take its place itself, by polling its future once, so that the order
//! is certain and nothing has to sleep. One that needs no sync stands in the queue then; one that needs one is a poll away from it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};

use store::{Db, Error, Migration, Tx};

use crate::support::{Ground, count, set};

type Write<'a> = Pin<Box<dyn Future<Output = Result<u64, Error>> + Send + 'a>>;
type Queue<'a> = Arc<Mutex<Next<'a>>>;

/// The next writer, and whether it has taken its place.
struct Next<'a> {
    write: Write<'a>,
    waits: bool,
}

/// A group that is older may be under way to the disk.
const GROUP_AGE: Duration = Duration::from_millis(5);

const INSERT: &str = "INSERT INTO counters (name, count) VALUES ($1, 1)";

fn insert<'a>(db: &'a Db, name: &'a str) -> Write<'a> {
    Box::pin(async move { db.write("test.member", async |tx| tx.execute(INSERT, &[&name]).await).await })
}

fn insert_unsynced<'a>(db: &'a Db, name: &'a str) -> Write<'a> {
    Box::pin(async move { db.write_unsynced("test.member", async |tx| tx.execute(INSERT, &[&name]).await).await })
}

fn poll(write: &mut Write<'_>) -> Poll<Result<u64, Error>> {
    write.as_mut().poll(&mut Context::from_waker(Waker::noop()))
}

/// A write that has run and left its group open for `next`, which has taken its place and has not run.
async fn open_group<'a>(db: &'a Db, name: &'a str, next: impl Fn() -> Write<'a>) -> (Write<'a>, Write<'a>) {
    open_group_of(first_of_group, db, name, next).await
}

async fn open_group_of<'a>(
    first_of_group: fn(&'a Db, &'a str, Queue<'a>) -> Write<'a>,
    db: &'a Db,
    name: &'a str,
    next: impl Fn() -> Write<'a>,
) -> (Write<'a>, Write<'a>) {
    // On a busy machine a group may be too old to be left open; the next try has the same chance again.
    for _ in 0..1000 {
        let queue = Arc::new(Mutex::new(Next { write: next(), waits: false }));
        let mut first = first_of_group(db, name, Arc::clone(&queue));
        let began = Instant::now();
        let mut left = poll(&mut first);
        // Whoever committed last is answered before the desk is free: then the first has not run yet.
        while left.is_pending() && !queue.lock().unwrap().waits {
            std::thread::yield_now();
            left = poll(&mut first);
        }
        if left.is_pending() && began.elapsed() < GROUP_AGE {
            let next = std::mem::replace(&mut queue.lock().unwrap().write, next());
            return (first, next);
        }
        drop((first, queue));
        remove(db, name).await;
    }
    panic!("no group was ever left open");
}

fn first_of_group<'a>(db: &'a Db, name: &'a str, queue: Queue<'a>) -> Write<'a> {
    Box::pin(async move { db.write("test.first", async |tx| insert_and_queue(tx, name, &queue).await).await })
}

fn first_unsynced_of_group<'a>(db: &'a Db, name: &'a str, queue: Queue<'a>) -> Write<'a> {
    Box::pin(async move { db.write_unsynced("test.first", async |tx| insert_and_queue(tx, name, &queue).await).await })
}

async fn insert_and_queue(tx: &mut Tx, name: &str, queue: &Queue<'_>) -> Result<u64, Error> {
    let touched = tx.execute(INSERT, &[&name]).await?;
    let mut next = queue.lock().unwrap();
    next.waits = poll(&mut next.write).is_pending();
    assert!(next.waits);
    Ok(touched)
}

async fn remove(db: &Db, name: &str) {
    let done: Result<u64, Error> =
        db.write("test.remove", async |tx| tx.execute("DELETE FROM counters WHERE name = $1", &[&name]).await).await;
    done.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_answered_and_nothing_is_seen_before_the_commit() {
    let ground = Ground::sqlite().await;
    let (db, elsewhere) = (ground.counters().await, ground.open().await);
    let (mut first, second) = open_group(&db, "a", || insert(&db, "b")).await;

    assert!(poll(&mut first).is_pending());
    assert_eq!(count(&db, "a").await, None);
    assert_eq!(count(&elsewhere, "a").await, None);

    assert_eq!(second.await, Ok(1));
    assert_eq!(count(&elsewhere, "a").await, Some(1));
    assert_eq!(count(&elsewhere, "b").await, Some(1));
    assert_eq!(first.await, Ok(1));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_needs_no_sync_shares_the_sync_of_others() {
    let ground = Ground::sqlite().await;
    let (db, elsewhere) = (ground.counters().await, ground.open().await);
    let (mut first, second) = open_group(&db, "a", || insert_unsynced(&db, "b")).await;
    assert!(poll(&mut first).is_pending());
    assert_eq!(count(&elsewhere, "a").await, None);
    assert_eq!(second.await, Ok(1));
    assert_eq!(count(&elsewhere, "a").await, Some(1));
    assert_eq!(first.await, Ok(1));
}

/// The group without a sync is committed by whoever needs one, before that one runs: its member is seen from elsewhere while
/// the other has not committed yet.
#[tokio::test(flavor = "multi_thread")]
async fn who_needs_a_sync_does_not_join_a_group_without() {
    let ground = Ground::sqlite().await;
    let (db, elsewhere) = (ground.counters().await, ground.open().await);
    let looks = || -> Write<'_> {
        Box::pin(db.write("test.looks", async |tx| {
            let mut look = Box::pin(count(&elsewhere, "a"));
            assert_eq!(look.as_mut().poll(&mut Context::from_waker(Waker::noop())), Poll::Ready(Some(1)));
            tx.execute(INSERT, &[&"b"]).await
        }))
    };
    let (first, second) = open_group_of(first_unsynced_of_group, &db, "a", looks).await;
    assert_eq!(second.await, Ok(1));
    assert_eq!(first.await, Ok(1));
    assert_eq!(count(&elsewhere, "b").await, Some(1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_waiter_that_leaves_the_queue_strands_nobody() {
    let ground = Ground::sqlite().await;
    let db = ground.counters().await;
    let (first, second) = open_group(&db, "a", || insert_unsynced(&db, "b")).await;
    drop(second);
    assert_eq!(first.await, Ok(1));
    assert_eq!(count(&db, "b").await, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_leaves_on_its_way_to_the_queue_strands_nobody() {
    let ground = Ground::sqlite().await;
    let db = ground.counters().await;
    let (first, second) = open_group(&db, "a", || insert(&db, "b")).await;
    drop(second);
    assert_eq!(first.await, Ok(1));
    assert_eq!(count(&db, "b").await, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn those_who_became_ready_together_share_a_sync() {
    let ground = Ground::sqlite().await;
    let (db, elsewhere) = (ground.counters().await, ground.open().await);
    let (mut first, mut second) = (insert(&db, "a"), insert(&db, "b"));
    assert!(poll(&mut first).is_pending());
    assert!(poll(&mut second).is_pending());
    // The first runs now, and not before: it leaves its group open for the other.
    let began = Instant::now();
    assert!(poll(&mut first).is_pending());
    assert!(count(&elsewhere, "a").await.is_none() || began.elapsed() >= GROUP_AGE);
    assert_eq!(second.await, Ok(1));
    assert_eq!(first.await, Ok(1));
    assert_eq!(count(&elsewhere, "a").await, Some(1));
    assert_eq!(count(&elsewhere, "b").await, Some(1));
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_to_be_synced_lets_others_take_their_places_first() {
    let ground = Ground::sqlite().await;
    let db = ground.counters().await;
    let ran = std::sync::atomic::AtomicBool::new(false);
    let mut write: Write<'_> = Box::pin(db.write("test.lets", async |tx| {
        ran.store(true, std::sync::atomic::Ordering::SeqCst);
        tx.execute(INSERT, &[&"a"]).await
    }));
    assert!(poll(&mut write).is_pending());
    assert!(!ran.load(std::sync::atomic::Ordering::SeqCst));
    assert_eq!(write.await, Ok(1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_member_that_no_longer_listens_is_committed_with_the_others() {
    let ground = Ground::sqlite().await;
    let db = ground.counters().await;
    let (first, second) = open_group(&db, "a", || insert(&db, "b")).await;
    drop(first);
    assert_eq!(second.await, Ok(1));
    assert_eq!(count(&db, "a").await, Some(1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_member_that_fails_is_alone_in_that() {
    let ground = Ground::sqlite().await;
    let db = ground.counters().await;
    let same_name = || -> Write<'_> {
        Box::pin(db.write("test.twice", async |tx| {
            tx.execute(INSERT, &[&"b"]).await?;
            tx.execute(INSERT, &[&"a"]).await
        }))
    };
    let (first, second) = open_group(&db, "a", same_name).await;
    assert!(matches!(second.await, Err(Error::Statement { .. })));
    assert_eq!(first.await, Ok(1));
    assert_eq!(count(&db, "a").await, Some(1));
    assert_eq!(count(&db, "b").await, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_member_that_panics_is_alone_in_that() {
    let ground = Ground::sqlite().await;
    let db = ground.counters().await;
    let panics = || -> Write<'_> {
        Box::pin(db.write("test.panic", async |tx| {
            tx.execute(INSERT, &[&"b"]).await?;
            panic!("as the test wants it")
        }))
    };
    let (first, mut second) = open_group(&db, "a", panics).await;
    assert!(catch_unwind(AssertUnwindSafe(|| poll(&mut second))).is_err());
    assert_eq!(first.await, Ok(1));
    assert_eq!(count(&db, "a").await, Some(1));
    assert_eq!(count(&db, "b").await, None);
}

/// A deferred constraint is checked by COMMIT, which makes it the one way to have a COMMIT fail on demand.
#[tokio::test(flavor = "multi_thread")]
async fn a_commit_that_fails_fails_the_whole_group() {
    const CHILDREN: Migration = Migration {
        name: "0002_children",
        sql: "CREATE TABLE children (parent TEXT NOT NULL REFERENCES counters (name));",
    };
    let ground = Ground::sqlite().await;
    let db = ground.counters().await;
    let all = [crate::support::COUNTERS, &[CHILDREN]].concat();
    assert_eq!(db.migrate(&all).await.unwrap(), 1);
    let orphan = || -> Write<'_> {
        Box::pin(db.write("test.orphan", async |tx| {
            tx.execute("PRAGMA defer_foreign_keys = ON", &[]).await?;
            tx.execute("INSERT INTO children (parent) VALUES ('nobody')", &[]).await
        }))
    };
    let (first, second) = open_group(&db, "a", orphan).await;
    assert!(matches!(second.await, Err(Error::Statement { .. })));
    assert!(matches!(first.await, Err(Error::Statement { .. })));
    assert_eq!(count(&db, "a").await, None);
    set(&db, "a", 3).await;
    assert_eq!(count(&db, "a").await, Some(3));
}

#[tokio::test(flavor = "multi_thread")]
async fn more_writers_than_a_group_holds_are_all_answered() {
    let ground = Ground::sqlite().await;
    let db = ground.counters().await;
    let mut tasks = tokio::task::JoinSet::new();
    for number in 0..500 {
        let db = db.clone();
        tasks.spawn(async move {
            let name = format!("n{number}");
            insert(&db, &name).await.unwrap();
            // Answered means committed, for each of them.
            assert_eq!(count(&db, &name).await, Some(1));
        });
    }
    tasks.join_all().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_refuses_cleanly_and_recovers() {
    let ground = Ground::sqlite().await;
    let db = ground.counters().await;
    // A bound on the file stands in for the end of the disk.
    let bound = async |sql: &'static str| {
        let done: Result<u64, Error> = db.write("test.bound", async |tx| tx.execute(sql, &[]).await).await;
        done.unwrap();
    };
    let fill = async |name: String| -> Result<u64, Error> {
        db.write("test.fill", async |tx| {
            let sql = "INSERT INTO counters (name, count, seal) VALUES ($1, 1, $2)";
            tx.execute(sql, &[&name, &[7_u8; 3000]]).await
        })
        .await
    };
    bound("PRAGMA max_page_count = 40").await;
    let mut kept = Vec::new();
    let refused = loop {
        let name = format!("row{}", kept.len());
        match fill(name.clone()).await {
            Ok(_) => kept.push(name),
            Err(error) => break error,
        }
    };
    assert_eq!(refused, Error::Full);
    assert!(refused.is_transient());
    assert_eq!(fill("again".to_owned()).await, Err(Error::Full));
    for name in &kept {
        assert_eq!(count(&db, name).await, Some(1), "reads go on");
    }
    bound("PRAGMA max_page_count = 4000").await;
    assert_eq!(fill("again".to_owned()).await, Ok(1));
    assert_eq!(count(&db, "again").await, Some(1));
}
