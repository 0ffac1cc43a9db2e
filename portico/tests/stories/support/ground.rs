//! A database of its own for each story.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{env, fs};

use store::{Db, Options};
use tempfile::TempDir;
use tokio_postgres::{Client, NoTls};

use portico::platform::clock::Clock;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

/// Where a story's database is, and what has to be cleared away after it.
pub struct Ground {
    pub url: String,
    database: Option<String>,
    _folder: Option<TempDir>,
}

impl Ground {
    pub async fn new(engine: Engine, clock: &Clock) -> Ground {
        match engine {
            Engine::Sqlite => Ground::sqlite(clock).await,
            Engine::Postgres => Ground::postgres(clock).await,
        }
    }

    async fn sqlite(clock: &Clock) -> Ground {
        let folder = tempfile::tempdir().unwrap();
        copy(&migrated(clock).await, folder.path());
        Ground { url: sqlite_in(folder.path()), database: None, _folder: Some(folder) }
    }

    async fn postgres(clock: &Clock) -> Ground {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let server = server();
        let admin = connect(&server).await;
        let template = template(&server, &admin, clock).await;
        let name = format!("story_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        run(&admin, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
        // By files: the other strategy writes every page of every table to the log, too.
        run(&admin, &format!("CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")).await;
        Ground { url: with_database(&server, &name), database: Some(name), _folder: None }
    }

    /// A handle of its own, as another node would hold one.
    pub async fn open(&self, clock: &Clock) -> Db {
        open(&self.url, clock).await
    }

    /// A connection past the store, for a story that plays somebody with access to the tables.
    pub async fn clear_away(&self) {
        if let Some(name) = &self.database {
            run(&connect(&server()).await, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
        }
    }
}

fn server() -> String {
    env::var("PORTICO_TEST_POSTGRES")
        .expect("PORTICO_TEST_POSTGRES names no PostgreSQL server: run ./test, which starts one")
}

async fn open(url: &str, clock: &Clock) -> Db {
    let options = Options { clock: clock.as_micros(), readers: 4, connections: 24, observe: None };
    Db::open(url, options).await.unwrap()
}

/// What the migrated database is called that all others are copies of: it is made once for these migrations.
fn template_name() -> String {
    let mut hasher = DefaultHasher::new();
    portico::deployment::MIGRATIONS.iter().for_each(|migration| (migration.name, migration.sql).hash(&mut hasher));
    format!("stories_{:016x}", hasher.finish())
}

fn sqlite_in(folder: &Path) -> String {
    format!("sqlite:{}", folder.join("story.db").display())
}

/// The folder of a migrated SQLite. Several processes may make one at a time; the first puts it in its place.
async fn migrated(clock: &Clock) -> PathBuf {
    let folder = env::temp_dir().join(template_name());
    if !folder.exists() {
        let draft = tempfile::tempdir().unwrap();
        open(&sqlite_in(draft.path()), clock).await.migrate(portico::deployment::MIGRATIONS).await.unwrap();
        let whole = tempfile::tempdir().unwrap().keep();
        copy(draft.path(), &whole);
        if fs::rename(&whole, &folder).is_err() {
            fs::remove_dir_all(whole).unwrap();
        }
    }
    folder
}

/// What is written and perhaps not in the database yet goes first: it may be put there, and be gone, at any moment.
fn copy(from: &Path, to: &Path) {
    let _ = fs::copy(from.join("story.db-wal"), to.join("story.db-wal"));
    fs::copy(from.join("story.db"), to.join("story.db")).unwrap();
}

/// The PostgreSQL one.
async fn template(server: &str, admin: &Client, clock: &Clock) -> String {
    let name = template_name();
    let exists = format!("SELECT 1 FROM pg_database WHERE datname = '{name}'");
    if !admin.query(&exists, &[]).await.unwrap().is_empty() {
        return name;
    }
    run(admin, "SELECT pg_advisory_lock(2711)").await;
    if admin.query(&exists, &[]).await.unwrap().is_empty() {
        let draft = format!("{name}_draft");
        run(admin, &format!("DROP DATABASE IF EXISTS {draft} WITH (FORCE)")).await;
        run(admin, &format!("CREATE DATABASE {draft}")).await;
        open(&with_database(server, &draft), clock).await.migrate(portico::deployment::MIGRATIONS).await.unwrap();
        // A database somebody is connected to can be neither renamed nor copied.
        let leave = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname =";
        run(admin, &format!("{leave} '{draft}'")).await;
        run(admin, &format!("ALTER DATABASE {draft} RENAME TO {name}")).await;
    }
    run(admin, "SELECT pg_advisory_unlock(2711)").await;
    name
}

async fn connect(url: &str) -> Client {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await.unwrap();
    tokio::spawn(connection);
    client
}

async fn run(client: &Client, sql: &str) {
    client.batch_execute(sql).await.unwrap_or_else(|error| panic!("{sql}: {error:?}"));
}

/// The server's address with another database in its path.
fn with_database(server: &str, name: &str) -> String {
    let (base, query) = server.split_once('?').unwrap_or((server, "application_name=stories"));
    let start = base.find("://").map_or(0, |at| at + 3);
    let end = base[start..].find('/').map_or(base.len(), |at| start + at);
    format!("{}/{name}?{query}", &base[..end])
}
