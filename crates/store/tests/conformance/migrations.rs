//! The schema: applied once, locked by hash, never on a database of somebody else's.

use store::{Error, MigrateError, Migration};

use crate::support::{COUNTERS, Ground, count, set};

on_both_engines!(
    migrations_are_applied_once,
    what_is_pending_is_known_without_touching_anything,
    a_shipped_migration_must_not_change,
    a_database_of_another_program_is_left_alone,
    a_schema_newer_than_the_program_is_refused,
    a_migration_that_fails_is_undone_and_can_be_tried_again,
    nodes_that_start_together_apply_each_migration_once,
    columns_keep_to_their_types,
);

const INDEX: Migration = Migration { name: "0002_index", sql: "CREATE INDEX counters_by_count ON counters (count);" };

fn with(more: &[Migration]) -> Vec<Migration> {
    [COUNTERS, more].concat()
}

async fn migrations_are_applied_once(ground: Ground) {
    let db = ground.open().await;
    assert_eq!(db.migrate(COUNTERS).await.unwrap(), 1);
    set(&db, "a", 1).await;
    assert_eq!(db.migrate(COUNTERS).await.unwrap(), 0);
    assert_eq!(db.migrate(&with(&[INDEX])).await.unwrap(), 1);
    assert_eq!(db.migrate(&with(&[INDEX])).await.unwrap(), 0);
    assert_eq!(count(&db, "a").await, Some(1));
}

async fn what_is_pending_is_known_without_touching_anything(ground: Ground) {
    let db = ground.open().await;
    assert_eq!(db.pending(&with(&[INDEX])).await.unwrap(), 2);
    assert!(db.prepare("SELECT name FROM schema_migrations").await.is_err());
    db.migrate(COUNTERS).await.unwrap();
    assert_eq!(db.pending(&with(&[INDEX])).await.unwrap(), 1);
    assert_eq!(db.pending(COUNTERS).await.unwrap(), 0);
}

async fn a_shipped_migration_must_not_change(ground: Ground) {
    let db = ground.counters().await;
    let changed = [Migration { name: COUNTERS[0].name, sql: "CREATE TABLE counters (name TEXT PRIMARY KEY);" }];
    let error = db.migrate(&changed).await.unwrap_err();
    assert!(error.to_string().contains("0001_counters"), "{error}");
    assert!(matches!(error, MigrateError::Changed { .. }));
    assert!(db.pending(&changed).await.is_err());
}

async fn a_database_of_another_program_is_left_alone(ground: Ground) {
    let db = ground.open().await;
    let made: Result<u64, Error> =
        db.write("test.foreign", async |tx| tx.execute("CREATE TABLE invoices (id TEXT PRIMARY KEY)", &[]).await).await;
    made.unwrap();
    for error in [db.migrate(COUNTERS).await.unwrap_err(), db.pending(COUNTERS).await.unwrap_err()] {
        assert!(matches!(error, MigrateError::Foreign), "{error}");
    }
    assert!(db.prepare("SELECT name FROM schema_migrations").await.is_err());
}

async fn a_schema_newer_than_the_program_is_refused(ground: Ground) {
    let db = ground.open().await;
    db.migrate(&with(&[INDEX])).await.unwrap();
    let error = db.migrate(COUNTERS).await.unwrap_err();
    assert!(matches!(error, MigrateError::Newer { .. }));
    assert!(error.to_string().contains("0002_index"), "{error}");
}

async fn a_migration_that_fails_is_undone_and_can_be_tried_again(ground: Ground) {
    let db = ground.open().await;
    let broken = Migration { name: "0002_index", sql: "CREATE TABLE half (a TEXT);\nCREATE INDEX i ON nowhere (a);" };
    let error = db.migrate(&with(&[broken])).await.unwrap_err();
    assert!(matches!(error, MigrateError::Failed { name: "0002_index", .. }), "{error}");
    assert!(db.prepare("SELECT a FROM half").await.is_err());
    assert_eq!(db.migrate(&with(&[INDEX])).await.unwrap(), 1);
}

async fn nodes_that_start_together_apply_each_migration_once(ground: Ground) {
    let mut nodes = tokio::task::JoinSet::new();
    for _ in 0..6 {
        let db = ground.open().await;
        nodes.spawn(async move { db.migrate(&with(&[INDEX])).await });
    }
    let applied: usize = nodes.join_all().await.into_iter().map(Result::unwrap).sum();
    assert_eq!(applied, 2);
}

async fn columns_keep_to_their_types(ground: Ground) {
    let db = ground.counters().await;
    for column in ["seal", "note"] {
        let sql = match column {
            "seal" => "INSERT INTO counters (name, count, seal) VALUES ('a', 1, $1)",
            _ => "INSERT INTO counters (name, count, note) VALUES ('a', 1, $1)",
        };
        let wrong: Result<u64, Error> = if column == "seal" {
            db.write("test.types", async |tx| tx.execute(sql, &[&"text"]).await).await
        } else {
            db.write("test.types", async |tx| tx.execute(sql, &[&[1_u8]]).await).await
        };
        assert!(matches!(wrong, Err(Error::Statement { .. })), "{column}: {wrong:?}");
    }
}
