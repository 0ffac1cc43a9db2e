//! Connections that read. Each transaction sees one state of the database and never waits for the writer.

use std::panic::resume_unwind;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use tokio::sync::Semaphore;

use super::open::Location;
use super::session::{Session, explain};
use super::{closed, lend, run, take_back};
use crate::db::Clock;
use crate::work::verdict;
use crate::{Error, Work};

pub(super) struct Readers {
    location: Arc<Location>,
    places: Semaphore,
    idle: Mutex<Vec<Session>>,
}

impl Readers {
    pub(super) fn new(location: Arc<Location>, count: usize) -> Self {
        Self { location, places: Semaphore::new(count.max(1)), idle: Mutex::default() }
    }

    pub(super) async fn read<T, E, F>(&self, clock: &Clock, work: &mut F) -> Result<T, E>
    where
        E: From<Error>,
        F: for<'t> Work<'t, T, E>,
    {
        // The semaphore is never closed.
        let _place = self.places.acquire().await.map_err(|_| closed())?;
        let (answer, session) = look(self.session()?, clock, work);
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).extend(session);
        answer.unwrap_or_else(|panic| resume_unwind(panic))
    }

    pub(super) async fn prepare(&self, sql: &str) -> Result<(), Error> {
        let _place = self.places.acquire().await.map_err(|_| closed())?;
        let session = self.session()?;
        let answer = session.prepare(sql);
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(session);
        answer
    }

    fn session(&self) -> Result<Session, Error> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        match idle {
            Some(session) => Ok(session),
            None => self.location.reader().map_err(|e| explain(&e, "open a reader")),
        }
    }
}

/// Runs what only reads, and gives the connection back. One whose transaction does not end is closed instead: it would go on
/// showing an old state.
pub(super) fn look<T, E, F>(
    session: Session,
    clock: &Clock,
    work: &mut F,
) -> (thread::Result<Result<T, E>>, Option<Session>)
where
    E: From<Error>,
    F: for<'t> Work<'t, T, E>,
{
    if let Err(error) = session.control("BEGIN DEFERRED") {
        return (Ok(Err(error.into())), Some(session));
    }
    let mut tx = lend(session, clock());
    let answer = run::once(work, &mut tx);
    let (session, failed) = take_back(tx);
    let ended = |session: &Session| !session.in_transaction() || session.control("ROLLBACK").is_ok();
    (answer.map(|answer| verdict(answer, failed)), session.filter(ended))
}
