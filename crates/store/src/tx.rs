//! An open transaction, as the closures see it.

use std::sync::{Mutex, OnceLock, PoisonError};

use crate::{Ear, Error, Param, Row, postgres, sqlite};

/// A transaction in which statements run. It is given to the closures of [`crate::Db::write`] and [`crate::Db::read`].
///
/// What asks takes `&self`, so questions that need none of each other's answers may be asked together (see [`both`]). What changes
/// takes `&mut self`; a statement that changes with RETURNING is asked, and so belongs behind a `&mut Tx` of its caller's.
pub struct Tx {
    session: Session,
    now: i64,
    failed: OnceLock<Error>,
    ear: Option<Ear>,
}

pub(crate) enum Session {
    /// Locked because a shared transaction moves between threads and a connection is for one at a time. It is free whenever a
    /// question is asked: none to it ever waits.
    Sqlite(Mutex<sqlite::Session>),
    Postgres(postgres::Session),
}

impl Tx {
    pub(crate) fn new(session: Session, now: i64) -> Self {
        Self { session, now, failed: OnceLock::new(), ear: None }
    }

    pub(crate) fn let_hear(&mut self, ear: Option<&Ear>) {
        self.ear = ear.cloned();
    }

    /// The connection back, and the error that ended the transaction, if one did.
    pub(crate) fn into_parts(self) -> (Session, Option<Error>) {
        (self.session, self.failed.into_inner())
    }

    /// The transaction's own instant, microseconds since the epoch. It does not move while the transaction lasts.
    #[must_use]
    pub fn now(&self) -> i64 {
        self.now
    }

    /// Runs a statement and answers how many rows it touched.
    ///
    /// # Errors
    /// Any failure ends the transaction; pass it on with `?`.
    pub async fn execute(&mut self, sql: &'static str, params: &[&dyn Param]) -> Result<u64, Error> {
        self.still_open()?;
        let answer = match &mut self.session {
            Session::Sqlite(session) => alone(session).execute(sql, params),
            Session::Postgres(session) => session.execute(sql, params).await,
        };
        self.hear(sql, answer.as_ref().ok().copied());
        self.remember(answer)
    }

    /// Runs a statement whose answer nobody needs. On PostgreSQL it travels with the next one, or with the COMMIT: each wait
    /// for an answer costs more than most statements do.
    ///
    /// # Errors
    /// Any failure ends the transaction; one of the statement itself may show only with the next statement or at the end.
    pub async fn tell(&mut self, sql: &'static str, params: &[&dyn Param]) -> Result<(), Error> {
        self.still_open()?;
        let answer = match &mut self.session {
            Session::Sqlite(session) => alone(session).execute(sql, params).map(drop),
            Session::Postgres(session) => session.tell(sql, params).await,
        };
        self.hear(sql, None);
        self.remember(answer)
    }

    /// The first row of the answer, if there is one.
    ///
    /// # Errors
    /// Any failure ends the transaction; pass it on with `?`.
    pub async fn first(&self, sql: &'static str, params: &[&dyn Param]) -> Result<Option<Row>, Error> {
        Ok(self.all(sql, params).await?.into_iter().next())
    }

    /// Every row of the answer. Whoever calls this knows a bound (a LIMIT, a key).
    ///
    /// # Errors
    /// Any failure ends the transaction; pass it on with `?`.
    pub async fn all(&self, sql: &'static str, params: &[&dyn Param]) -> Result<Vec<Row>, Error> {
        self.still_open()?;
        let answer = match &self.session {
            Session::Sqlite(session) => shared(session, sql, params),
            Session::Postgres(session) => session.query(sql, params).await,
        };
        self.hear(sql, answer.as_ref().ok().map(|rows| rows.len() as u64));
        self.remember(answer)
    }

    /// The same where no statement waits, which is on SQLite.
    pub(crate) fn first_at_once(&self, sql: &'static str, params: &[&dyn Param]) -> Result<Option<Row>, Error> {
        self.still_open()?;
        let answer = match &self.session {
            Session::Sqlite(session) => shared(session, sql, params),
            Session::Postgres(_) => Err(Error::Waited),
        };
        self.hear(sql, answer.as_ref().ok().map(|rows| rows.len() as u64));
        Ok(self.remember(answer)?.into_iter().next())
    }

    /// Statements of a migration, already in the engine's dialect, without parameters.
    pub(crate) async fn batch(&mut self, sql: &str) -> Result<(), Error> {
        self.still_open()?;
        let answer = match &mut self.session {
            Session::Sqlite(session) => alone(session).batch(sql),
            Session::Postgres(session) => session.batch(sql).await,
        };
        self.remember(answer)
    }

    // PostgreSQL refuses everything after an error and answers a COMMIT with a silent rollback; SQLite would carry on.
    // Remembering the error gives both the one meaning: failed once, failed for good.
    fn still_open(&self) -> Result<(), Error> {
        self.failed.get().cloned().map_or(Ok(()), Err)
    }

    fn hear(&self, sql: &'static str, rows: Option<u64>) {
        if let Some(ear) = &self.ear {
            ear(sql, rows);
        }
    }

    fn remember<T>(&self, answer: Result<T, Error>) -> Result<T, Error> {
        answer.inspect_err(|error| drop(self.failed.set(error.clone())))
    }
}

/// Asks two questions at once: on PostgreSQL they travel together and cost one wait, on SQLite one is answered after the other.
///
/// # Errors
/// The first one's, or the other's. Both are answered before: a failure that nobody has heard would end the transaction in silence.
pub async fn both<A, B, E>(
    one: impl Future<Output = Result<A, E>>,
    other: impl Future<Output = Result<B, E>>,
) -> Result<(A, B), E> {
    let (one, other) = tokio::join!(biased; one, other);
    Ok((one?, other?))
}

fn alone(session: &mut Mutex<sqlite::Session>) -> &mut sqlite::Session {
    session.get_mut().unwrap_or_else(PoisonError::into_inner)
}

fn shared(session: &Mutex<sqlite::Session>, sql: &'static str, params: &[&dyn Param]) -> Result<Vec<Row>, Error> {
    session.lock().unwrap_or_else(PoisonError::into_inner).query(sql, params)
}
