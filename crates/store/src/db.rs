//! The database as the program holds it.

use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::work::{Count, Counted, Overheard};
use crate::{Error, MigrateError, Migration, OpenError, Param, Row, Tx, Work, migrate, postgres, sqlite};

/// The engine behind a [`Db`]. Nothing outside this crate should need to ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

/// How a transaction ended, for the metrics.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The closure said Ok and the commit is durable.
    Committed,
    /// The closure said Err and everything was undone.
    RolledBack,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Access {
    Read,
    Write(Durability),
}

/// When what was written reaches the disk. The greater asks for more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Durability {
    Unsynced,
    /// Before the answer.
    Synced,
}

pub(crate) type Clock = Arc<dyn Fn() -> i64 + Send + Sync>;

pub struct Options {
    /// Microseconds since the epoch; asked once per run of a transaction.
    pub clock: Clock,
    /// Connections that read, on SQLite.
    pub readers: usize,
    /// Connections in all, on PostgreSQL.
    pub connections: usize,
    /// Told of each transaction: its name, how long it took with all waiting and retries, how it ended.
    pub observe: Option<fn(&'static str, Duration, Outcome)>,
}

/// Told of each statement that runs, and of how many rows it gave or touched where that was asked.
pub type Ear = Arc<dyn Fn(&'static str, Option<u64>) + Send + Sync>;

/// A handle to the database; clones share it.
#[derive(Clone)]
pub struct Db(Arc<Inner>, Option<Ear>);

struct Inner {
    backend: Backend,
    clock: Clock,
    observe: Option<fn(&'static str, Duration, Outcome)>,
}

enum Backend {
    Sqlite(sqlite::Sqlite),
    Postgres(postgres::Postgres),
}

impl Db {
    /// Opens `sqlite:PATH` (created if absent, in an existing folder) or `postgres://…` (one host or several).
    ///
    /// # Errors
    /// An [`OpenError`] whose text may be shown to whoever installs the program.
    pub async fn open(url: &str, options: Options) -> Result<Self, OpenError> {
        let backend = if let Some(path) = url.strip_prefix("sqlite:") {
            Backend::Sqlite(sqlite::Sqlite::open(path, options.readers)?)
        } else if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            Backend::Postgres(postgres::Postgres::open(url, options.connections).await?)
        } else {
            return Err(OpenError::Address);
        };
        Ok(Self(Arc::new(Inner { backend, clock: options.clock, observe: options.observe }), None))
    }

    /// The same database, with somebody who listens: what two ways do can be compared, statement by statement.
    #[must_use]
    pub fn heard_by(self, ear: Ear) -> Self {
        Self(self.0, Some(ear))
    }

    #[must_use]
    pub fn engine(&self) -> Engine {
        match self.0.backend {
            Backend::Sqlite(_) => Engine::Sqlite,
            Backend::Postgres(_) => Engine::Postgres,
        }
    }

    /// Runs a serializable transaction that may write. The closure may be run again until it wins its races.
    ///
    /// On SQLite the future must be polled until it ends or be dropped; one that is kept but not polled holds up the
    /// queue of writers.
    ///
    /// # Errors
    /// The closure's own, or an [`Error`] turned into it. Unless it is [`Error::OutcomeUnknown`], nothing was written.
    pub fn write<T, E, F>(&self, name: &'static str, work: F) -> impl Future<Output = Result<T, E>> + Send
    where
        T: Send,
        E: From<Error> + Send,
        F: AsyncFnMut(&mut Tx) -> Result<T, E> + for<'t> Work<'t, T, E>,
    {
        self.run(name, Access::Write(Durability::Synced), work)
    }

    /// The same without waiting for the disk: what was written survives the end of the program, but a power failure (on
    /// PostgreSQL, a crash of its server) may take the last moment's, newest first. The next [`Db::write`] that changes
    /// something makes it durable with itself; until then others see it, and it may still go.
    ///
    /// For what nobody is told before such a write: an attempt that is counted before it is verified, say, whose outcome is
    /// a write of its own.
    ///
    /// # Errors
    /// As [`Db::write`].
    pub fn write_unsynced<T, E, F>(&self, name: &'static str, work: F) -> impl Future<Output = Result<T, E>> + Send
    where
        T: Send,
        E: From<Error> + Send,
        F: AsyncFnMut(&mut Tx) -> Result<T, E> + for<'t> Work<'t, T, E>,
    {
        self.run(name, Access::Write(Durability::Unsynced), work)
    }

    /// Runs one statement that is a transaction by itself, and answers its first row.
    ///
    /// For a counter that everybody shares. Where serializable transactions would lose the race for its row and be run again,
    /// these wait for it in turn; so it may depend on its own row, and on nothing else that was read. It is as durable as
    /// [`Db::write_unsynced`], and is counted twice when a connection is lost at the wrong moment.
    ///
    /// # Errors
    /// An [`Error`] of the engine.
    pub async fn count(
        &self,
        name: &'static str,
        sql: &'static str,
        params: &[&dyn Param],
    ) -> Result<Option<Row>, Error> {
        match &self.0.backend {
            Backend::Sqlite(_) => self.write_unsynced(name, async |tx| tx.first(sql, params).await).await,
            Backend::Postgres(postgres) => {
                let start = Instant::now();
                let answer = postgres.count(sql, params).await;
                if let Some(ear) = &self.1 {
                    ear(sql, answer.as_ref().ok().map(|row| u64::from(row.is_some())));
                }
                self.observe(name, start, answer.is_ok());
                answer
            }
        }
    }

    /// [`Db::count`], and behind it, if that allows it, [`Db::write_unsynced`]; `None` if not. Where writers take turns anyway both
    /// are one transaction, which costs a commit less.
    ///
    /// # Errors
    /// As [`Db::write`]. What was counted may stay.
    pub async fn write_unsynced_after<T, E, F>(
        &self,
        name: &'static str,
        count: Count<'_>,
        work: F,
    ) -> Result<Option<T>, E>
    where
        T: Send,
        E: From<Error> + Send,
        F: AsyncFnMut(&mut Tx) -> Result<T, E> + for<'t> Work<'t, T, E>,
    {
        match &self.0.backend {
            Backend::Sqlite(_) => self.run(name, Access::Write(Durability::Unsynced), Counted { count, work }).await,
            Backend::Postgres(_) => {
                let row = self.count(name, count.sql, count.params).await?;
                if !(count.allows)(row.as_ref())? {
                    return Ok(None);
                }
                self.write_unsynced(name, work).await.map(Some)
            }
        }
    }

    /// Runs a transaction that sees one consistent state and cannot write.
    ///
    /// # Errors
    /// The closure's own, or an [`Error`] turned into it.
    pub fn read<T, E, F>(&self, name: &'static str, work: F) -> impl Future<Output = Result<T, E>> + Send
    where
        T: Send,
        E: From<Error> + Send,
        F: AsyncFnMut(&mut Tx) -> Result<T, E> + for<'t> Work<'t, T, E>,
    {
        self.run(name, Access::Read, work)
    }

    /// Whether the database answers, and keeps what is written.
    ///
    /// # Errors
    /// [`Error::Unavailable`] as a rule.
    pub async fn ping(&self) -> Result<(), Error> {
        if let Backend::Sqlite(sqlite) = &self.0.backend {
            sqlite.is_sound()?;
        }
        self.read("store.ping", async |tx| tx.first("SELECT 1", &[]).await.map(drop)).await
    }

    /// Has the engine check a statement without running it.
    ///
    /// # Errors
    /// [`Error::Statement`] with the engine's reason.
    pub async fn prepare(&self, sql: &str) -> Result<(), Error> {
        match &self.0.backend {
            Backend::Sqlite(sqlite) => sqlite.prepare(sql).await,
            Backend::Postgres(postgres) => postgres.prepare(sql).await,
        }
    }

    /// Applies those of `migrations` that the database has not seen, in order, each in a transaction of its own, and
    /// answers how many. Safe to call from several nodes at once and again after a crash.
    ///
    /// # Errors
    /// A [`MigrateError`] whose text may be shown to whoever installs the program.
    pub async fn migrate(&self, migrations: &[Migration]) -> Result<usize, MigrateError> {
        migrate::apply(self, migrations).await
    }

    /// How many of `migrations` the database has not seen.
    ///
    /// # Errors
    /// As [`Db::migrate`].
    pub async fn pending(&self, migrations: &[Migration]) -> Result<usize, MigrateError> {
        migrate::pending(self, migrations).await
    }

    async fn run<T, E, F>(&self, name: &'static str, access: Access, mut work: F) -> Result<T, E>
    where
        E: From<Error>,
        F: for<'t> Work<'t, T, E>,
    {
        let start = Instant::now();
        let clock = &self.0.clock;
        let mut work = Overheard { work: &mut work, by: self.1.as_ref() };
        let answer = match &self.0.backend {
            Backend::Sqlite(sqlite) => sqlite.run(access, clock, &mut work).await,
            Backend::Postgres(postgres) => postgres.run(name, access, clock, &mut work).await,
        };
        self.observe(name, start, answer.is_ok());
        answer
    }

    fn observe(&self, name: &'static str, start: Instant, committed: bool) {
        if let Some(observe) = self.0.observe {
            let outcome = if committed { Outcome::Committed } else { Outcome::RolledBack };
            observe(name, start.elapsed(), outcome);
        }
    }
}
