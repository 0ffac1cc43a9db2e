//! A folder with all that a node needs.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use portico::app::App;
use portico::config::Config;
use portico::deployment::Kind;
use portico::platform::clock::Clock;
use portico::serve::{Start, build, open_database};
use store::{Param, Tx};
use tempfile::TempDir;

use super::binary::log_of;
use super::{Finished, Mailbox, Node, StandingClock, binary, postgres};
use crate::support::{Engine, all_at_once, world};

/// Not where a node listens: every start takes a free port, and the visitors know which.
pub const PUBLIC_URL: &str = "http://127.0.0.1:8080";

pub struct Deployment {
    folder: TempDir,
    pub mailbox: Mailbox,
    pub database_url: String,
    database: Option<String>,
}

impl Deployment {
    /// With the people of the stories in it.
    pub async fn new(engine: Engine) -> Deployment {
        Deployment::empty(engine).await.populated().await
    }

    /// The same on a disk. The usual folder may lie in memory, where no write ever waits for a sync, and a kill would find
    /// fewer of them under way.
    pub async fn on_disk(engine: Engine) -> Deployment {
        let folder = TempDir::new_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
        Deployment::empty_in(folder, engine).await.populated().await
    }

    async fn populated(self) -> Deployment {
        world::populate(&self.app().await).await;
        self
    }

    /// A configuration and an empty database.
    pub async fn empty(engine: Engine) -> Deployment {
        Deployment::empty_in(TempDir::new().unwrap(), engine).await
    }

    async fn empty_in(folder: TempDir, engine: Engine) -> Deployment {
        let (database_url, database) = match engine {
            Engine::Sqlite => (format!("sqlite:{}", folder.path().join("portico.db").display()), None),
            Engine::Postgres => {
                let (url, name) = postgres::create().await;
                (url, Some(name))
            }
        };
        Deployment::with(folder, database_url, database).await
    }

    /// The same on an empty database that is somebody else's to clear away.
    pub async fn on(database_url: String) -> Deployment {
        Deployment::with(tempfile::tempdir().unwrap(), database_url, None).await
    }

    async fn with(folder: TempDir, database_url: String, database: Option<String>) -> Deployment {
        let deployment = Deployment { folder, mailbox: Mailbox::open().await, database_url, database };
        let key = deployment.path("master.key");
        fs::write(&key, "07".repeat(32)).unwrap();
        fs::set_permissions(&key, fs::Permissions::from_mode(0o600)).unwrap();
        deployment.configure(&deployment.configuration());
        deployment
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The configuration as it is written first.
    pub fn configuration(&self) -> String {
        format!(
            r#"public_url = "{PUBLIC_URL}"
listen = "127.0.0.1:0"
ops.listen = "127.0.0.1:0"
database.url = "{}"
mail.smtp_url = "{}"
mail.from = "Portico <no-reply@portico.example>"
keys.master_key_file = "{}"
policy.preset = "classic"
# As cheap as Argon2 can be: what it costs is tested where it is made.
password.hash = {{ m_kib = 64, t = 1 }}
limits = {{ failures_per_address = 100000, names_per_address = 100000, sign_ins_per_address = 100000, mails_per_address = 100000, mails_per_mailbox = 1000, mails_overall = 100000 }}
log.filter = "warn"
"#,
            self.database_url,
            self.mailbox.url(),
            self.path("master.key").display(),
        )
    }

    pub fn configure(&self, text: &str) {
        fs::write(self.path("portico.toml"), text).unwrap();
    }

    /// The application in this process, for what no page does. No node may be killed meanwhile: this holds the database
    /// open, and opening it after a crash is part of what is tested.
    pub async fn app(&self) -> App {
        let text = fs::read_to_string(self.path("portico.toml")).unwrap();
        let config = Config::read(&text, []).unwrap();
        let clock = Clock::system();
        let db = open_database(&config, &clock).await.unwrap();
        build(Start { config, clock, demo: None }, db, Kind::Production).await.unwrap()
    }

    /// Starts a node and waits until it is ready.
    pub fn start(&self) -> Node {
        self.start_as(&mut binary())
    }

    /// The same of a node to which another clock is the machine's.
    pub fn start_by(&self, clock: &StandingClock) -> Node {
        self.start_as(clock.rule(&mut binary()))
    }

    /// The same of a node that is told of a file that may not grow, and not ended by it.
    pub fn start_deaf_to_limits(&self) -> Node {
        let plain = binary();
        let mut command = Command::new("sh");
        command.args(["-c", "trap '' XFSZ; exec \"$0\" \"$@\""]).arg(plain.get_program());
        command.env_clear().env("PATH", "/usr/bin:/bin").stdin(Stdio::null()).stdout(Stdio::piped());
        self.start_as(&mut command)
    }

    fn start_as(&self, command: &mut Command) -> Node {
        command.args(["serve", "--config"]).arg(self.path("portico.toml"));
        Node::start(command, &log_of(self.folder()), "Portico is ready: ")
    }

    /// Runs a command on this deployment to its end.
    pub async fn run(&self, arguments: &[&str]) -> Finished {
        Finished::of(binary().args(arguments).arg("--config").arg(self.path("portico.toml"))).await
    }

    /// Runs commands to their end, all at once; which ended first is first.
    pub async fn run_at_once(&self, commands: &[Vec<&str>]) -> Vec<Finished> {
        let racers = commands.iter().map(|arguments| {
            let mut command = binary();
            command.args(arguments).arg("--config").arg(self.path("portico.toml"));
            async move { Finished::of(&mut command).await }
        });
        all_at_once(racers).await
    }

    /// Runs one statement past all features.
    pub async fn execute(&self, sql: &'static str, parameters: &[&dyn Param]) -> u64 {
        let app = self.app().await;
        app.db.write("process", async |tx: &mut Tx| tx.execute(sql, parameters).await).await.unwrap()
    }

    /// Asks the tables for one number.
    pub async fn count(&self, sql: &'static str, parameters: &[&dyn Param]) -> i64 {
        let app = self.app().await;
        let row = app.db.read("process", async |tx: &mut Tx| tx.first(sql, parameters).await).await.unwrap();
        row.unwrap().get(0).unwrap()
    }

    /// What every story must leave behind.
    pub async fn finish(self) {
        self.run(&["audit", "verify"]).await.exits(0).says("The audit trail is whole");
        if let Some(name) = &self.database {
            postgres::drop_database(name).await;
        }
    }
}
