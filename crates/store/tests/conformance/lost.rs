//! Connections to PostgreSQL that break: before COMMIT was sent the transaction is run again, after it nobody knows.

use std::sync::atomic::{AtomicUsize, Ordering};

use store::{Db, Error};

use crate::proxy::{Cut, Proxy};
use crate::support::{Ground, connect, count, set};

/// A database behind a proxy, and a handle that goes around it.
struct Line {
    proxy: Proxy,
    db: Db,
    around: Db,
    ground: Ground,
    runs: AtomicUsize,
}

impl Line {
    async fn new() -> Self {
        let ground = Ground::postgres().await;
        let around = ground.counters().await;
        set(&around, "a", 0).await;
        let proxy = Proxy::start(&ground.url).await;
        let db = Db::open(&proxy.url, ground.options()).await.unwrap();
        Self { proxy, db, around, ground, runs: AtomicUsize::new(0) }
    }

    async fn increment(&self) -> Result<u64, Error> {
        self.db
            .write("test.increment", async |tx| {
                self.runs.fetch_add(1, Ordering::SeqCst);
                let sql = "UPDATE counters SET count = count + 1 WHERE name = 'a'";
                let touched = tx.execute(sql, &[]).await?;
                tx.first("SELECT 1 AS halfway", &[]).await?;
                Ok(touched)
            })
            .await
    }

    /// As the server itself sees it.
    async fn truth(&self) -> i64 {
        count(&self.around, "a").await.unwrap()
    }

    fn runs(&self) -> usize {
        self.runs.swap(0, Ordering::SeqCst)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_lost_before_commit_is_run_again() {
    for word in [b"UPDATE".as_slice(), b"BEGIN", b"halfway"] {
        for cut in [Cut::Before(word), Cut::After(word)] {
            let line = Line::new().await;
            line.proxy.cut(&[cut]);
            assert_eq!(line.increment().await, Ok(1));
            assert_eq!(line.runs(), 2);
            assert_eq!(line.truth().await, 1);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_lost_again_and_again_is_given_up() {
    let line = Line::new().await;
    line.proxy.cut(&[Cut::Before(b"halfway"); 3]);
    let error = line.increment().await.unwrap_err();
    assert!(matches!(error, Error::Unavailable(_)), "{error:?}");
    assert_eq!(line.runs(), 3);
    assert_eq!(line.truth().await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_commit_that_never_arrived_has_an_unknown_outcome() {
    let line = Line::new().await;
    line.proxy.cut(&[Cut::Before(b"COMMIT")]);
    assert_eq!(line.increment().await, Err(Error::OutcomeUnknown));
    assert_eq!(line.runs(), 1);
    assert_eq!(line.truth().await, 0);
    assert_eq!(line.increment().await, Ok(1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_commit_whose_answer_was_lost_has_an_unknown_outcome() {
    let line = Line::new().await;
    line.proxy.cut(&[Cut::After(b"COMMIT")]);
    assert_eq!(line.increment().await, Err(Error::OutcomeUnknown));
    assert_eq!(line.runs(), 1);
    assert_eq!(line.truth().await, 1);
    assert_eq!(line.increment().await, Ok(1));
    assert_eq!(line.truth().await, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_read_stands_when_its_commit_is_lost_and_so_does_the_next() {
    for cut in [Cut::Before(b"COMMIT"), Cut::After(b"COMMIT")] {
        let line = Line::new().await;
        line.proxy.cut(&[cut]);
        let read: Result<i64, Error> = line
            .db
            .read("test.read", async |tx| {
                line.runs.fetch_add(1, Ordering::SeqCst);
                tx.first("SELECT count FROM counters", &[]).await?.unwrap().get(0)
            })
            .await;
        assert_eq!((read, line.runs()), (Ok(0), 1));
        // It speaks behind that COMMIT, unless it has heard already that the connection is gone.
        assert_eq!(count(&line.db, "a").await, Some(0));
        assert_eq!(line.proxy.cuts_left(), 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backend_shut_down_in_mid_transaction_is_replaced() {
    let line = Line::new().await;
    let operator = connect(&line.ground.url).await;
    let runs = AtomicUsize::new(0);
    let done: Result<u64, Error> = line
        .db
        .write("test.shutdown", async |tx| {
            let backend: i64 = match tx.first("SELECT pg_backend_pid()", &[]).await? {
                Some(row) => row.get(0)?,
                None => return Ok(0),
            };
            let sql = "UPDATE counters SET count = count + 1 WHERE name = 'a'";
            tx.execute(sql, &[]).await?;
            if runs.fetch_add(1, Ordering::SeqCst) == 0 {
                let backend = i32::try_from(backend).unwrap();
                operator.query("SELECT pg_terminate_backend($1)", &[&backend]).await.unwrap();
            }
            tx.execute(sql, &[]).await
        })
        .await;
    assert_eq!(done, Ok(1));
    assert_eq!(runs.into_inner(), 2);
    assert_eq!(line.truth().await, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_went_away_is_unavailable_and_then_back() {
    let line = Line::new().await;
    line.proxy.cut(&[Cut::Always]);
    for _ in 0..3 {
        let error = line.increment().await.unwrap_err();
        assert!(matches!(error, Error::Unavailable(_)), "{error:?}");
        assert!(line.db.ping().await.is_err());
    }
    line.proxy.cut(&[]);
    assert_eq!(line.increment().await, Ok(1));
    assert_eq!(line.db.ping().await, Ok(()));
    assert_eq!(line.truth().await, 1);
}

/// As after a failover, when the address still leads to the old primary: it answers, but may not write.
#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_became_read_only_is_left_for_a_writable_one() {
    let line = Line::new().await;
    let operator = connect(&line.ground.url).await;
    let name = line.ground.url.rsplit('/').next().unwrap();
    let name = name.split('?').next().unwrap();
    let runs = AtomicUsize::new(0);
    let done: Result<u64, Error> = line
        .db
        .write("test.failover", async |tx| {
            if runs.fetch_add(1, Ordering::SeqCst) == 0 {
                let switch = "SELECT set_config('transaction_read_only', 'on', false)";
                tx.first(switch, &[]).await?;
            }
            let sql = "UPDATE counters SET count = count + 1 WHERE name = 'a'";
            tx.execute(sql, &[]).await
        })
        .await;
    assert_eq!(done, Ok(1));
    assert_eq!(runs.into_inner(), 2);
    assert_eq!(line.truth().await, 1);

    // No new connection either, while there is no server that may write.
    let read_only = async |on: &str| {
        let sql = format!("ALTER DATABASE {name} SET default_transaction_read_only = {on}");
        operator.batch_execute(&sql).await.unwrap();
    };
    operator.batch_execute("SET default_transaction_read_only = off").await.unwrap();
    read_only("on").await;
    assert!(Db::open(&line.proxy.url, line.ground.options()).await.is_err());
    read_only("off").await;
    assert!(Db::open(&line.proxy.url, line.ground.options()).await.is_ok());
}
