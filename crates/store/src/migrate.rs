//! Bringing a schema up to date: one list of migrations, locked by hash once applied.
//!
//! A migration is written in the portable types and turned into each engine's by [`dialect`]. Each runs in one transaction
//! together with the row that records it, so a crash leaves it either whole or absent, and the next start goes on from
//! there. Expand and contract only: the release before this one may still be running.

mod dialect;

use sha2::{Digest, Sha256};

use crate::{Db, Engine, Error, MigrateError, Tx};

/// A step of the schema: its name never changes, nor does its text once it has been shipped.
#[derive(Debug, Clone, Copy)]
pub struct Migration {
    pub name: &'static str,
    pub sql: &'static str,
}

impl Migration {
    fn hash(&self) -> Vec<u8> {
        Sha256::digest(self.sql.as_bytes()).to_vec()
    }
}

struct Applied {
    name: String,
    hash: Vec<u8>,
}

const LEDGER: &str = "CREATE TABLE IF NOT EXISTS schema_migrations (
    name TEXT PRIMARY KEY,
    sha256 BLOB NOT NULL,
    applied_at BIGINT NOT NULL
);";

pub(crate) async fn apply(db: &Db, migrations: &[Migration]) -> Result<usize, MigrateError> {
    check(migrations, &applied(db).await?)?;
    create_ledger(db).await?;
    let mut count = 0;
    for migration in migrations {
        if apply_one(db, migration).await? {
            tracing::info!(name = migration.name, "migration applied");
            count += 1;
        }
    }
    Ok(count)
}

pub(crate) async fn pending(db: &Db, migrations: &[Migration]) -> Result<usize, MigrateError> {
    let applied = applied(db).await?;
    check(migrations, &applied)?;
    Ok(migrations.len() - applied.len())
}

/// Everything applied must be known and unchanged.
fn check(migrations: &[Migration], applied: &[Applied]) -> Result<(), MigrateError> {
    let known = |row: &&Applied| migrations.iter().any(|known| known.name == row.name);
    let unknown: Vec<&str> = applied.iter().filter(|row| !known(row)).map(|row| row.name.as_str()).collect();
    if !unknown.is_empty() {
        return Err(MigrateError::Newer { names: unknown.join(", ") });
    }
    let changed = |row: &&Applied| migrations.iter().any(|known| known.name == row.name && known.hash() != row.hash);
    match applied.iter().find(changed) {
        Some(row) => Err(MigrateError::Changed { name: row.name.clone() }),
        None => Ok(()),
    }
}

async fn applied(db: &Db) -> Result<Vec<Applied>, MigrateError> {
    let engine = db.engine();
    db.read("store.applied_migrations", async |tx| {
        let tables = tables(tx, engine).await?;
        if tables.iter().any(|name| name == "schema_migrations") {
            Ok(ledger(tx).await?)
        } else if tables.is_empty() {
            Ok(Vec::new())
        } else {
            Err(MigrateError::Foreign)
        }
    })
    .await
}

/// The one question for which the engines have no words in common.
async fn tables(tx: &mut Tx, engine: Engine) -> Result<Vec<String>, Error> {
    let sql = match engine {
        Engine::Sqlite => "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
        Engine::Postgres => "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()",
    };
    let rows = tx.all(sql, &[]).await?;
    rows.iter().map(|row| row.get(0)).collect()
}

async fn ledger(tx: &mut Tx) -> Result<Vec<Applied>, Error> {
    let rows = tx.all("SELECT name, sha256 FROM schema_migrations ORDER BY name", &[]).await?;
    rows.iter().map(|row| Ok(Applied { name: row.get(0)?, hash: row.get(1)? })).collect()
}

async fn create_ledger(db: &Db) -> Result<(), MigrateError> {
    let sql = dialect::translate(db.engine(), LEDGER);
    let created: Result<(), Error> = db.write("store.create_schema_migrations", async |tx| tx.batch(&sql).await).await;
    match created {
        // Another node may have created it at the same moment, which PostgreSQL reports as a duplicate in its catalog.
        Err(Error::Statement { .. }) => applied(db).await.map(drop),
        created => Ok(created?),
    }
}

async fn apply_one(db: &Db, migration: &Migration) -> Result<bool, MigrateError> {
    let engine = db.engine();
    let sql = dialect::translate(engine, migration.sql);
    let hash = migration.hash();
    let done: Result<bool, Error> = db
        .write("store.migrate", async |tx| {
            // Nodes that start together queue here. The lock comes before the first SELECT because that is where
            // PostgreSQL takes the transaction's snapshot; taken earlier, it would not show the other node's work.
            if engine == Engine::Postgres {
                tx.batch("LOCK TABLE schema_migrations IN EXCLUSIVE MODE").await?;
            }
            if ledger(tx).await?.iter().any(|row| row.name == migration.name) {
                return Ok(false);
            }
            tx.batch(&sql).await?;
            let now = tx.now();
            tx.execute(
                "INSERT INTO schema_migrations (name, sha256, applied_at) VALUES ($1, $2, $3)",
                &[&migration.name, &hash, &now],
            )
            .await?;
            Ok(true)
        })
        .await;
    done.map_err(|source| MigrateError::Failed { name: migration.name, source })
}
