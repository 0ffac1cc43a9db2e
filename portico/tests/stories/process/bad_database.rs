//! Databases that are not ours to use: a clear sentence, exit code 1, and nothing touched.

use std::fs;
use std::process::Command;

use portico::deployment::MIGRATIONS;
use rstest::rstest;
use store::Migration;

use super::{Deployment, postgres};
use crate::support::Engine;

/// Every command that opens a database says the same.
async fn refuse(deployment: &Deployment, told: &[&str]) {
    for command in [&["serve"][..], &["audit", "verify"], &["account", "show", "omar@riverside.example"]] {
        deployment.run(command).await.refuses(1, told);
    }
}

impl Deployment {
    fn with_database(self, url: &str) -> Deployment {
        self.configure(&self.configuration().replace(&self.database_url, url));
        self
    }
}

#[rstest]
#[case::on_sqlite(Engine::Sqlite)]
#[case::on_postgres(Engine::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn the_tables_of_another_program_are_left_alone(#[case] engine: Engine) {
    let deployment = Deployment::empty(engine).await;
    make_foreign(&deployment, engine).await;
    refuse(&deployment, &["The database holds tables of another program and was left as it is."]).await;
    deployment.run(&["migrate"]).await.refuses(1, &["Name an empty database, or the one used before."]);
}

async fn make_foreign(deployment: &Deployment, engine: Engine) {
    const FOREIGN: &str = "CREATE TABLE invoices (id BIGINT)";
    match engine {
        Engine::Sqlite => {
            let options = store::Options {
                clock: portico::platform::clock::Clock::system().as_micros(),
                readers: 1,
                connections: 1,
                observe: None,
            };
            let db = store::Db::open(&deployment.database_url, options).await.unwrap();
            db.write("process.foreign", async |tx: &mut store::Tx| tx.execute(FOREIGN, &[]).await).await.unwrap();
        }
        Engine::Postgres => postgres::run(&deployment.database_url, FOREIGN).await,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_no_database_is_left_as_it_is() {
    let deployment = Deployment::empty(Engine::Sqlite).await;
    let text = "Dear diary, today somebody named me in a configuration.\n".repeat(100);
    fs::write(deployment.path("portico.db"), &text).unwrap();
    refuse(&deployment, &["portico.db is not a SQLite database."]).await;
    assert_eq!(fs::read_to_string(deployment.path("portico.db")).unwrap(), text);
}

#[rstest]
#[case::on_sqlite(Engine::Sqlite)]
#[case::on_postgres(Engine::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_newer_schema_is_left_to_a_newer_version(#[case] engine: Engine) {
    let deployment = Deployment::empty(engine).await;
    let mut newer: Vec<Migration> =
        MIGRATIONS.iter().map(|known| Migration { name: known.name, sql: known.sql }).collect();
    newer.push(Migration { name: "9999_of_the_future", sql: "CREATE TABLE hoverboards (id TEXT PRIMARY KEY);" });
    deployment.app().await.db.migrate(&newer).await.unwrap();
    refuse(&deployment, &["by a newer version of this program (9999_of_the_future)", "Install that version"]).await;
}

#[rstest]
#[case::on_sqlite(Engine::Sqlite)]
#[case::on_postgres(Engine::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_master_key_of_another_database_is_refused(#[case] engine: Engine) {
    let deployment = Deployment::empty(engine).await;
    deployment.start().stop().await;
    fs::write(deployment.path("master.key"), "08".repeat(32)).unwrap();
    refuse(&deployment, &["The master key does not fit this database", "`keys.master_key_file`"]).await;
    fs::write(deployment.path("master.key"), "07".repeat(32)).unwrap();
    deployment.start().stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_command_that_asks_makes_no_database_and_brings_none_up_to_date() {
    let deployment = Deployment::empty(Engine::Sqlite).await;
    let commands = [&["audit", "verify"][..], &["account", "show", "omar@riverside.example"], &["doctor", "omar"]];
    for command in commands {
        deployment.run(command).await.refuses(1, &["There is no database", "portico.db", "`portico migrate`"]);
    }
    assert!(!deployment.path("portico.db").exists());
    fs::write(deployment.path("portico.db"), "").unwrap();
    for command in commands {
        deployment.run(command).await.refuses(1, &["The database is not up to date", "Run `portico migrate` first."]);
    }
    deployment.run(&["migrate"]).await.exits(0);
    deployment.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_that_is_missing_is_told() {
    let deployment = Deployment::empty(Engine::Sqlite).await.with_database("sqlite:/no/such/folder/portico.db");
    refuse(&deployment, &["The folder /no/such/folder does not exist. Create it, or name another one."]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_that_cannot_be_written_is_told() {
    // Nobody can make a file there, not even root, whose tests these may be.
    let deployment = Deployment::empty(Engine::Sqlite).await.with_database("sqlite:/proc/portico.db");
    let told = "The folder /proc and the database in it must be writable for this user.";
    deployment.run(&["serve"]).await.refuses(1, &[told]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_of_somebody_else_is_told() {
    let deployment = Deployment::empty(Engine::Sqlite).await;
    deployment.run(&["migrate"]).await.exits(0);
    let database = deployment.path("portico.db");
    // Root may write anything, unless the file system itself says no.
    if !lock(&database, "+i") {
        eprintln!("skipped: files cannot be made immutable here");
        return;
    }
    let refused = deployment.run(&["serve"]).await;
    lock(&database, "-i");
    refused.refuses(1, &["and the database in it must be writable for this user."]);
}

fn lock(path: &std::path::Path, attribute: &str) -> bool {
    Command::new("chattr").arg(attribute).arg(path).output().is_ok_and(|done| done.status.success())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_server_that_is_away_is_told() {
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let url = format!("postgres://portico:s3cret@{nobody}/portico");
    let deployment = Deployment::empty(Engine::Sqlite).await.with_database(&url);
    let refused = deployment.run(&["serve"]).await;
    refused.refuses(1, &["The database server cannot be reached", "Check that it runs and that the address is right."]);
    assert!(!refused.stderr.contains("s3cret"), "{}", refused.stderr);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_the_server_does_not_have_is_told() {
    let deployment = Deployment::empty(Engine::Sqlite).await.with_database(&postgres::address("portico_of_nobody"));
    refuse(&deployment, &["The database server has no database of that name."]).await;
}
