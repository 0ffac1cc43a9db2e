//! One connection, for the length of one transaction.

use std::time::Duration;

use deadpool_postgres::{Object, Pool};
use tokio::runtime::Handle;
use tokio::time::timeout;
use tokio_postgres::Statement;
use tokio_postgres::types::ToSql;

use super::bind::Bound;
use super::error;
use crate::db::{Access, Durability};
use crate::{Error, Param, Row};

/// How long an abandoned transaction may take to end before its connection is closed.
const PATIENCE: Duration = Duration::from_secs(2);

pub(crate) struct Session {
    /// Absent only after it went back to the pool.
    client: Option<Object>,
    access: Access,
    /// From before BEGIN is sent until COMMIT or ROLLBACK was answered.
    open: bool,
}

impl Session {
    pub(super) async fn open(pool: &Pool, access: Access) -> Result<Self, Error> {
        let client = pool.get().await.map_err(error::of_pool)?;
        Ok(Self { client: Some(client), access, open: false })
    }

    pub(crate) async fn execute(&mut self, sql: &'static str, params: &[&dyn Param]) -> Result<u64, Error> {
        let statement = self.prepare(sql, params.len()).await?;
        self.begin().await?;
        let bound = bind(params);
        self.client()?.execute(&statement, &by_reference(&bound)).await.map_err(|e| error::of_statement(&e, sql))
    }

    pub(crate) async fn query(&mut self, sql: &'static str, params: &[&dyn Param]) -> Result<Vec<Row>, Error> {
        let statement = self.prepare(sql, params.len()).await?;
        let bound = bind(params);
        let bound = by_reference(&bound);
        // Only a SELECT may travel in one packet with its BEGIN: should BEGIN fail, whatever follows would stand alone
        // and commit by itself.
        let rows = if !self.open && sql.starts_with("SELECT") {
            self.open = true;
            let begin = self.begin_text();
            let client = self.client()?;
            let (begun, rows) = tokio::join!(
                biased;
                client.batch_execute(begin),
                client.query(&statement, &bound)
            );
            begun.and(rows)
        } else {
            self.begin().await?;
            self.client()?.query(&statement, &bound).await
        };
        let rows = rows.map_err(|e| error::of_statement(&e, sql))?;
        Ok(rows.into_iter().map(Row::postgres).collect())
    }

    /// One statement and its transaction in one packet; its first row. It is not synced: the row would be locked until the
    /// disk has it, and everybody who shares it would queue for that. Should BEGIN fail, the statement commits by itself, which
    /// comes to the same.
    pub(super) async fn alone(&mut self, sql: &'static str, params: &[&dyn Param]) -> Result<Option<Row>, Error> {
        const BEGIN: &str = "BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL synchronous_commit = off";
        let statement = self.prepare(sql, params.len()).await?;
        let bound = bind(params);
        let bound = by_reference(&bound);
        self.open = true;
        let client = self.client()?;
        let (begun, rows, ended) = tokio::join!(
            biased;
            client.batch_execute(BEGIN),
            client.query(&statement, &bound),
            client.batch_execute("COMMIT")
        );
        self.open = ended.is_err();
        let rows = begun.and(rows).map_err(|e| error::of_statement(&e, sql))?;
        ended.map_err(|e| error::of_statement(&e, "COMMIT"))?;
        Ok(rows.into_iter().next().map(Row::postgres))
    }

    pub(crate) async fn batch(&mut self, sql: &str) -> Result<(), Error> {
        self.begin().await?;
        self.client()?.batch_execute(sql).await.map_err(|e| error::of_statement(&e, "migration"))
    }

    pub(super) async fn commit(mut self) -> Result<(), Error> {
        if self.open {
            let answer = self.client()?.batch_execute("COMMIT").await;
            if let Err(error) = answer {
                return Err(match self.access {
                    // Nothing was written, so nothing can be unknown.
                    Access::Read => error::of_statement(&error, "COMMIT"),
                    Access::Write(_) => error::of_commit(&error),
                });
            }
            self.open = false;
        }
        Ok(())
    }

    /// If this fails, the connection is closed instead, which comes to the same.
    pub(super) async fn roll_back(mut self) {
        if self.open
            && let Ok(client) = self.client()
        {
            self.open = client.batch_execute("ROLLBACK").await.is_err();
        }
    }

    async fn begin(&mut self) -> Result<(), Error> {
        if !self.open {
            self.open = true;
            let begin = self.begin_text();
            self.client()?.batch_execute(begin).await.map_err(|e| error::of_statement(&e, begin))?;
        }
        Ok(())
    }

    fn begin_text(&self) -> &'static str {
        match self.access {
            Access::Read => "BEGIN ISOLATION LEVEL SERIALIZABLE READ ONLY",
            Access::Write(Durability::Synced) => "BEGIN ISOLATION LEVEL SERIALIZABLE READ WRITE",
            Access::Write(Durability::Unsynced) => {
                "BEGIN ISOLATION LEVEL SERIALIZABLE READ WRITE; SET LOCAL synchronous_commit = off"
            }
        }
    }

    async fn prepare(&self, sql: &'static str, given: usize) -> Result<Statement, Error> {
        let statement = self.client()?.prepare_cached(sql).await.map_err(|e| error::of_statement(&e, sql))?;
        if statement.params().len() != given {
            return Err(Error::Statement {
                sql,
                reason: "it has another number of parameters than were given".to_owned(),
            });
        }
        Ok(statement)
    }

    fn client(&self) -> Result<&Object, Error> {
        self.client.as_ref().ok_or_else(|| Error::Unavailable("the connection was given back".to_owned()))
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // A transaction that nobody ended: a dropped future, a panic, an error of COMMIT or of the connection.
        if let Some(client) = self.client.take()
            && self.open
        {
            let abandoned = Abandoned(Some(client));
            if let Ok(runtime) = Handle::try_current() {
                runtime.spawn(abandoned.roll_back());
            }
        }
    }
}

/// A connection in an unknown state: it is rolled back and kept, or else closed, and the server rolls back.
///
/// It is kept because whoever hangs up abandons a transaction: if each cost a connection, a few who reload impatiently
/// would have the server fork faster than it can, and nobody else would get a connection.
struct Abandoned(Option<Object>);

impl Abandoned {
    async fn roll_back(mut self) {
        let Some(client) = &self.0 else { return };
        // Statements of one connection are answered in their order, so this also waits for the one that was cut off.
        let answer = timeout(PATIENCE, client.batch_execute("ROLLBACK")).await;
        if let Ok(Ok(())) = answer {
            // Clean: dropped whole, it goes back to the pool.
            self.0 = None;
        }
    }
}

impl Drop for Abandoned {
    fn drop(&mut self) {
        if let Some(client) = self.0.take() {
            drop(Object::take(client));
        }
    }
}

fn bind<'a>(params: &'a [&'a dyn Param]) -> Vec<Bound<'a>> {
    params.iter().map(|param| Bound(param.value())).collect()
}

fn by_reference<'a>(bound: &'a [Bound<'a>]) -> Vec<&'a (dyn ToSql + Sync)> {
    bound.iter().map(|bound| bound as &(dyn ToSql + Sync)).collect()
}
