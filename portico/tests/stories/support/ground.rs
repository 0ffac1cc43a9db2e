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
    database: Option<Database>,
    _folder: Option<TempDir>,
}

/// On the server, and the connection that made it, which is kept: to begin one costs the server more than most statements.
struct Database {
    name: String,
    admin: Client,
}

impl Ground {
    /// Migrated, and filled as `fill` does it: once for all stories of this build, and each gets a copy. `what` names it.
    pub async fn new(engine: Engine, clock: &Clock, what: &str, fill: impl AsyncFnOnce(Ground)) -> Ground {
        let name = template_name(what);
        match engine {
            Engine::Sqlite => {
                let folder = tempfile::tempdir().unwrap();
                fs::copy(filled(&name, clock, fill).await.join(FILE), folder.path().join(FILE)).unwrap();
                Ground { url: sqlite_in(folder.path()), database: None, _folder: Some(folder) }
            }
            Engine::Postgres => Ground::postgres(&name, clock, fill).await,
        }
    }

    async fn postgres(template: &str, clock: &Clock, fill: impl AsyncFnOnce(Ground)) -> Ground {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let server = server();
        let admin = connect(&server).await;
        make_template(&server, &admin, template, clock, fill).await;
        let name = format!("story_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        run(&admin, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
        // By files: the other strategy writes every page of every table to the log, too.
        run(&admin, &format!("CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")).await;
        Ground { url: with_database(&server, &name), database: Some(Database { name, admin }), _folder: None }
    }

    /// The one that others are copies of, before it is one.
    fn draft(url: String) -> Ground {
        Ground { url, database: None, _folder: None }
    }

    /// A handle of its own, as another node would hold one.
    pub async fn open(&self, clock: &Clock) -> Db {
        open(&self.url, clock).await
    }

    pub async fn clear_away(&self) {
        if let Some(Database { name, admin }) = &self.database {
            run(admin, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
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

/// What a database is called that others are copies of. Another build may migrate or fill it otherwise.
fn template_name(what: &str) -> String {
    let mut hasher = DefaultHasher::new();
    let build = fs::metadata(env::current_exe().unwrap()).unwrap();
    (build.modified().unwrap(), build.len()).hash(&mut hasher);
    format!("stories_{what}_{:016x}", hasher.finish())
}

const FILE: &str = "story.db";

fn sqlite_in(folder: &Path) -> String {
    format!("sqlite:{}", folder.join(FILE).display())
}

/// The folder of a filled SQLite. Several processes may make one at a time; the first puts it in its place.
async fn filled(name: &str, clock: &Clock, fill: impl AsyncFnOnce(Ground)) -> PathBuf {
    let folder = env::temp_dir().join(name);
    if !folder.exists() {
        let draft = tempfile::tempdir().unwrap();
        open(&sqlite_in(draft.path()), clock).await.migrate(portico::deployment::MIGRATIONS).await.unwrap();
        fill(Ground::draft(sqlite_in(draft.path()))).await;
        // What is written and perhaps not in the database yet goes first: it may be put there, and be gone, at any moment.
        let quiet = tempfile::tempdir().unwrap();
        let _ = fs::copy(draft.path().join("story.db-wal"), quiet.path().join("story.db-wal"));
        fs::copy(draft.path().join(FILE), quiet.path().join(FILE)).unwrap();
        // Opening it puts everything into the file, and nobody else has this one open.
        let opened = open(&sqlite_in(quiet.path()), clock).await;
        let whole = tempfile::tempdir().unwrap().keep();
        fs::copy(quiet.path().join(FILE), whole.join(FILE)).unwrap();
        drop(opened);
        if fs::rename(&whole, &folder).is_err() {
            fs::remove_dir_all(whole).unwrap();
        }
    }
    folder
}

/// The PostgreSQL one.
async fn make_template(server: &str, admin: &Client, name: &str, clock: &Clock, fill: impl AsyncFnOnce(Ground)) {
    let exists = format!("SELECT 1 FROM pg_database WHERE datname = '{name}'");
    if !admin.query(&exists, &[]).await.unwrap().is_empty() {
        return;
    }
    run(admin, "SELECT pg_advisory_lock(2711)").await;
    if admin.query(&exists, &[]).await.unwrap().is_empty() {
        let draft = format!("{name}_draft");
        run(admin, &format!("DROP DATABASE IF EXISTS {draft} WITH (FORCE)")).await;
        run(admin, &format!("CREATE DATABASE {draft}")).await;
        let url = with_database(server, &draft);
        open(&url, clock).await.migrate(portico::deployment::MIGRATIONS).await.unwrap();
        fill(Ground::draft(url)).await;
        // A database somebody is connected to can be neither renamed nor copied.
        let leave = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname =";
        run(admin, &format!("{leave} '{draft}'")).await;
        run(admin, &format!("ALTER DATABASE {draft} RENAME TO {name}")).await;
    }
    run(admin, "SELECT pg_advisory_unlock(2711)").await;
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
