//! Databases on the PostgreSQL server of this run, empty: the program itself makes the tables.

use std::env;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio_postgres::NoTls;

fn server() -> String {
    env::var("PORTICO_TEST_POSTGRES")
        .expect("PORTICO_TEST_POSTGRES names no PostgreSQL server: run ./test, which starts one")
}

/// Makes an empty database, and answers its name and its address.
pub async fn create() -> (String, String) {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    let name = format!("process_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    drop_database(&name).await;
    run(&server(), &format!("CREATE DATABASE {name}")).await;
    (address(&name), name)
}

pub async fn drop_database(name: &str) {
    run(&server(), &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
}

/// The server's address with another database in its path.
pub fn address(name: &str) -> String {
    let server = server();
    let (base, query) = server.split_once('?').unwrap_or((&server, "application_name=stories"));
    let (base, _) = base.rsplit_once('/').expect("the server's address names a database");
    format!("{base}/{name}?{query}")
}

/// Runs a statement past all features.
pub async fn run(url: &str, sql: &str) {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await.unwrap();
    tokio::spawn(connection);
    client.batch_execute(sql).await.unwrap_or_else(|error| panic!("{sql}: {error:?}"));
}
