//! A fresh database for each test.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};

use store::{Db, Error, Migration, Options};
use tokio_postgres::NoTls;

pub const NOON: i64 = 1_800_000_000_000_000;

pub const COUNTERS: &[Migration] = &[Migration {
    name: "0001_counters",
    sql: "-- What the tests count with.
CREATE TABLE counters (
    name TEXT PRIMARY KEY,
    count BIGINT NOT NULL,
    seal BLOB,
    note TEXT
);
",
}];

pub struct Ground {
    pub url: String,
    pub clock: Arc<AtomicI64>,
    _place: Place,
}

/// What is gone with the test.
struct Place {
    _folder: Option<tempfile::TempDir>,
    database: Option<String>,
}

impl Ground {
    pub async fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("test.db").display());
        Self::new(url, Place { _folder: Some(folder), database: None })
    }

    pub async fn postgres() -> Self {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let server = server();
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("store_{}_{number}", std::process::id());
        let admin = connect(&server).await;
        for sql in [format!("DROP DATABASE IF EXISTS {name}"), format!("CREATE DATABASE {name}")] {
            admin.batch_execute(&sql).await.unwrap();
        }
        Self::new(with_database(&server, &name), Place { _folder: None, database: Some(name) })
    }

    fn new(url: String, place: Place) -> Self {
        Self { url, clock: Arc::new(AtomicI64::new(NOON)), _place: place }
    }

    pub fn options(&self) -> Options {
        let clock = Arc::clone(&self.clock);
        Options { clock: Arc::new(move || clock.load(Ordering::SeqCst)), readers: 4, connections: 16, observe: None }
    }

    /// A handle of its own to the same database, as another node would hold one.
    pub async fn open(&self) -> Db {
        Db::open(&self.url, self.options()).await.unwrap()
    }

    /// A handle, with the table of counters made.
    pub async fn counters(&self) -> Db {
        let db = self.open().await;
        db.migrate(COUNTERS).await.unwrap();
        db
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let Some(name) = &self.database else { return };
        let sql = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
        // On a thread and a runtime of its own: the test's may be ending.
        let drop = || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async { connect(&server()).await.batch_execute(&sql).await.unwrap() });
        };
        std::thread::scope(|scope| scope.spawn(drop).join()).unwrap();
    }
}

fn server() -> String {
    std::env::var("PORTICO_TEST_POSTGRES").expect("PORTICO_TEST_POSTGRES names no server; run ./test, which starts one")
}

pub async fn connect(url: &str) -> tokio_postgres::Client {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await.unwrap();
    tokio::spawn(connection);
    client
}

/// The server's address with another database in its path.
fn with_database(server: &str, name: &str) -> String {
    let (base, query) = server.split_once('?').unwrap_or((server, "application_name=test"));
    let start = base.find("://").unwrap() + 3;
    let end = base[start..].find('/').map_or(base.len(), |at| start + at);
    format!("{}/{name}?{query}", &base[..end])
}

pub async fn set(db: &Db, name: &str, count: i64) {
    let written: Result<u64, Error> = db
        .write("test.set", async |tx| {
            tx.execute(
                "INSERT INTO counters (name, count) VALUES ($1, $2)
                 ON CONFLICT (name) DO UPDATE SET count = excluded.count",
                &[&name, &count],
            )
            .await
        })
        .await;
    assert_eq!(written.unwrap(), 1);
}

pub async fn count(db: &Db, name: &str) -> Option<i64> {
    let read: Result<Option<i64>, Error> = db
        .read("test.count", async |tx| {
            tx.first("SELECT count FROM counters WHERE name = $1", &[&name]).await?.map(|row| row.get(0)).transpose()
        })
        .await;
    read.unwrap()
}
