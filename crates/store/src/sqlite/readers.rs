//! Connections that read. Each transaction sees one state of the database and never waits for the writer.

use std::panic::resume_unwind;
use std::sync::{Arc, Mutex, PoisonError};

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
        let now = clock();
        let session = self.session()?;
        session.control("BEGIN DEFERRED")?;
        let mut tx = lend(session, now);
        let answer = run::once(work, &mut tx);
        let (session, failed) = take_back(tx);
        if let Some(session) = session {
            self.put_back(session);
        }
        match answer {
            Ok(answer) => verdict(answer, failed),
            Err(panic) => resume_unwind(panic),
        }
    }

    pub(super) async fn prepare(&self, sql: &str) -> Result<(), Error> {
        let _place = self.places.acquire().await.map_err(|_| closed())?;
        let session = self.session()?;
        let answer = session.prepare(sql);
        self.put_back(session);
        answer
    }

    fn session(&self) -> Result<Session, Error> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        match idle {
            Some(session) => Ok(session),
            None => self.location.reader().map_err(|e| explain(&e, "open a reader")),
        }
    }

    /// A connection whose transaction does not end is closed rather than kept: it would go on showing an old state.
    fn put_back(&self, session: Session) {
        if session.in_transaction() && session.control("ROLLBACK").is_err() {
            return;
        }
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(session);
    }
}
