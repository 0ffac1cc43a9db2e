//! One connection, for the length of one transaction.

use std::future::poll_fn;
use std::pin::pin;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::Poll;
use std::time::Duration;

use deadpool_postgres::{Object, Pool};
use tokio::runtime::Handle;
use tokio::time::timeout;
use tokio_postgres::Statement;
use tokio_postgres::types::ToSql;

use super::bind::Bound;
use super::error;
use crate::db::{Access, Durability};
use crate::row::Copied;
use crate::{Error, Param, Row};

/// How long an abandoned transaction may take to end before its connection is closed.
const PATIENCE: Duration = Duration::from_secs(2);

pub(crate) struct Session {
    /// Absent only after it went back to the pool.
    client: Option<Object>,
    access: Access,
    /// Locked for no longer than it takes to read or change it: statements that are sent together share it.
    ahead: Mutex<Ahead>,
}

/// What goes ahead of the next statement.
#[derive(Default)]
struct Ahead {
    /// BEGIN has gone: true from before it is sent until COMMIT or ROLLBACK was answered.
    open: bool,
    told: Vec<Told>,
}

/// A statement whose answer nobody waits for.
struct Told {
    sql: &'static str,
    statement: Statement,
    params: Copied,
}

impl Session {
    pub(super) async fn open(pool: &Pool, access: Access) -> Result<Self, Error> {
        let client = pool.get().await.map_err(error::of_pool)?;
        Ok(Self { client: Some(client), access, ahead: Mutex::default() })
    }

    pub(crate) async fn execute(&mut self, sql: &'static str, params: &[&dyn Param]) -> Result<u64, Error> {
        let statement = self.prepare(sql, params.len()).await?;
        let bound = bind(params);
        let bound = by_reference(&bound);
        let touched = self.send(async |client| client.execute(&statement, &bound).await).await?;
        touched.map_err(|e| error::of_statement(&e, sql))
    }

    pub(crate) async fn tell(&mut self, sql: &'static str, params: &[&dyn Param]) -> Result<(), Error> {
        let statement = self.prepare(sql, params.len()).await?;
        let mut kept = Copied::with_room_for(params.len());
        for param in params {
            kept.push(&param.value());
        }
        self.ahead().told.push(Told { sql, statement, params: kept });
        Ok(())
    }

    pub(crate) async fn query(&self, sql: &'static str, params: &[&dyn Param]) -> Result<Vec<Row>, Error> {
        let statement = self.prepare(sql, params.len()).await?;
        let bound = bind(params);
        let bound = by_reference(&bound);
        let rows = self.send(async |client| client.query(&statement, &bound).await).await?;
        let rows = rows.map_err(|e| error::of_statement(&e, sql))?;
        Ok(rows.into_iter().map(Row::postgres).collect())
    }

    /// Sends BEGIN where nothing has begun, what was told, and `last` behind it, before it waits for any answer. Of several that
    /// are sent together the first brings them.
    ///
    /// Should BEGIN fail, whatever follows would stand alone and commit by itself: each connection is set to write only in
    /// transactions that say so.
    async fn send<T>(
        &self,
        last: impl AsyncFnOnce(&Object) -> Result<T, tokio_postgres::Error>,
    ) -> Result<Result<T, tokio_postgres::Error>, Error> {
        let client = self.client()?;
        let Ahead { open, told } = std::mem::replace(&mut *self.locked(), Ahead { open: true, told: Vec::new() });
        let begin = (!open).then(|| self.begin_text());
        let (begun, told, answer) = tokio::join!(biased; begun(client, begin), all_told(client, &told), last(client));
        // What follows a statement that failed fails for no reason of its own; the end of the connection says more.
        match (begun.and(told), &answer) {
            (Err(error), Ok(_)) => Err(error),
            (Err(error), Err(last)) if last.as_db_error().is_some() => Err(error),
            _ => Ok(answer),
        }
    }

    /// One statement and its transaction in one packet; its first row. It is not synced: the row would be locked until the
    /// disk has it, and everybody who shares it would queue for that.
    pub(super) async fn alone(&mut self, sql: &'static str, params: &[&dyn Param]) -> Result<Option<Row>, Error> {
        const BEGIN: &str = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE; SET LOCAL synchronous_commit = off";
        let statement = self.prepare(sql, params.len()).await?;
        let bound = bind(params);
        let bound = by_reference(&bound);
        self.ahead().open = true;
        let client = self.client()?;
        let (begun, rows, ended) = tokio::join!(
            biased;
            client.batch_execute(BEGIN),
            client.query(&statement, &bound),
            client.batch_execute("COMMIT")
        );
        self.ahead().open = ended.is_err();
        let rows = begun.and(rows).map_err(|e| error::of_statement(&e, sql))?;
        ended.map_err(|e| error::of_statement(&e, "COMMIT"))?;
        Ok(rows.into_iter().next().map(Row::postgres))
    }

    pub(crate) async fn batch(&mut self, sql: &str) -> Result<(), Error> {
        self.send(async |client| client.batch_execute(sql).await)
            .await?
            .map_err(|e| error::of_statement(&e, "migration"))
    }

    pub(super) async fn commit(mut self) -> Result<(), Error> {
        let access = self.access;
        let Ahead { open, told } = self.ahead();
        match (access, *open, told.is_empty()) {
            (_, false, true) => Ok(()),
            (Access::Read, true, true) => {
                self.leave().await;
                Ok(())
            }
            _ => self.commit_now().await,
        }
    }

    async fn commit_now(&mut self) -> Result<(), Error> {
        // A statement that failed makes of its COMMIT a ROLLBACK, which succeeds.
        let answer = self.send(async |client| client.batch_execute("COMMIT").await).await?;
        if let Err(error) = answer {
            return Err(match self.access {
                // Nothing was written, so nothing can be unknown.
                Access::Read => error::of_statement(&error, "COMMIT"),
                Access::Write(_) => error::of_commit(&error),
            });
        }
        self.ahead().open = false;
        Ok(())
    }

    /// Ends a transaction that has only read, and waits for no answer: what was read stands. Whoever gets the connection next
    /// speaks behind this.
    async fn leave(&mut self) {
        let Ok(client) = self.client() else { return };
        let mut leaving = pin!(client.batch_execute("COMMIT"));
        // It is sent when it is polled first.
        let sent = poll_fn(|cx| Poll::Ready(leaving.as_mut().poll(cx))).await;
        // A connection that is closed already is not kept.
        self.locked().open = matches!(sent, Poll::Ready(Err(_)));
    }

    /// If this fails, the connection is closed instead, which comes to the same.
    pub(super) async fn roll_back(mut self) {
        if self.ahead().open
            && let Ok(client) = self.client()
        {
            let open = client.batch_execute("ROLLBACK").await.is_err();
            self.ahead().open = open;
        }
    }

    fn begin_text(&self) -> &'static str {
        match self.access {
            // One state of the database, as it once was. Serializable readers would make writers lose races they have won.
            Access::Read => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
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

    fn ahead(&mut self) -> &mut Ahead {
        self.ahead.get_mut().unwrap_or_else(PoisonError::into_inner)
    }

    fn locked(&self) -> MutexGuard<'_, Ahead> {
        self.ahead.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn client(&self) -> Result<&Object, Error> {
        self.client.as_ref().ok_or_else(|| Error::Unavailable("the connection was given back".to_owned()))
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // A transaction that nobody ended: a dropped future, a panic, an error of COMMIT or of the connection.
        let open = self.ahead().open;
        if let Some(client) = self.client.take()
            && open
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

async fn begun(client: &Object, begin: Option<&'static str>) -> Result<(), Error> {
    match begin {
        Some(begin) => client.batch_execute(begin).await.map_err(|e| error::of_statement(&e, begin)),
        None => Ok(()),
    }
}

async fn all_told(client: &Object, told: &[Told]) -> Result<(), Error> {
    let send = async |one: &Told| {
        let bound: Vec<Bound<'_>> = one.params.values().map(Bound).collect();
        let done = client.execute(&one.statement, &by_reference(&bound)).await;
        done.map(drop).map_err(|e| error::of_statement(&e, one.sql))
    };
    let mut waiting: Vec<_> = told.iter().map(|one| Box::pin(send(one))).collect();
    let mut outcome = Ok(());
    // All are polled in their order, which sends them; the first failure is the one that has a reason.
    poll_fn(|cx| {
        waiting.retain_mut(|one| match one.as_mut().poll(cx) {
            Poll::Ready(done) => {
                if outcome.is_ok() {
                    outcome = done;
                }
                false
            }
            Poll::Pending => true,
        });
        if waiting.is_empty() { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
    outcome
}

fn bind<'a>(params: &'a [&'a dyn Param]) -> Vec<Bound<'a>> {
    params.iter().map(|param| Bound(param.value())).collect()
}

fn by_reference<'a>(bound: &'a [Bound<'a>]) -> Vec<&'a (dyn ToSql + Sync)> {
    bound.iter().map(|bound| bound as &(dyn ToSql + Sync)).collect()
}
