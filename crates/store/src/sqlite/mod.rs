//! SQLite: many readers, one writer, one file.
//!
//! - WAL with `synchronous=FULL`: a commit is on the disk when it returns, unless its writer asked for less.
//! - [`readers`]: SELECTs run in place on the caller's thread; in WAL a reader never waits for the writer.
//! - [`writer`]: one connection writes. Transactions that queue up share a commit, each in a savepoint of its own.
//! - [`commits`]: a thread of its own waits for the disk.
//! - [`checkpoint`]: a thread of its own moves the WAL into the file, so that no request pays for it.
//! - [`health`]: a disk that has failed once is not written to again.

mod checkpoint;
mod commits;
mod health;
mod open;
mod readers;
mod run;
mod session;
mod writer;

use std::sync::{Arc, Mutex, PoisonError};

use crate::db::{Access, Clock};
use crate::{Error, OpenError, Tx, Work};
use checkpoint::Checkpointer;
use health::Health;
use open::Location;
use readers::Readers;
use writer::Writer;

pub(crate) use session::Session;

pub(crate) struct Sqlite {
    readers: Readers,
    writer: Arc<Writer>,
    health: Arc<Health>,
    _checkpointer: Checkpointer,
}

impl Sqlite {
    pub(crate) fn open(path: &str, readers: usize) -> Result<Self, OpenError> {
        let location = Arc::new(Location::prepare(path)?);
        let writer = location.first()?;
        let health = Arc::new(Health::default());
        let checkpointer = Checkpointer::start(&location, &health)?;
        Ok(Self {
            readers: Readers::new(Arc::clone(&location), readers),
            writer: Arc::new(Writer::new(location, Arc::clone(&health), writer)?),
            health,
            _checkpointer: checkpointer,
        })
    }

    /// Whether what is written is kept.
    pub(crate) fn is_sound(&self) -> Result<(), Error> {
        self.health.is_sound()
    }

    pub(crate) async fn run<T, E, F>(&self, access: Access, clock: &Clock, work: &mut F) -> Result<T, E>
    where
        E: From<Error>,
        F: for<'t> Work<'t, T, E>,
    {
        match access {
            Access::Read => self.readers.read(clock, work).await,
            Access::Write(durability) => self.writer.write(durability, clock, work).await,
        }
    }

    pub(crate) async fn prepare(&self, sql: &str) -> Result<(), Error> {
        self.readers.prepare(sql).await
    }
}

/// A session inside a transaction's handle, and out of it again.
fn lend(session: Session, now: i64) -> Tx {
    Tx::new(crate::tx::Session::Sqlite(Mutex::new(session)), now)
}

fn take_back(tx: Tx) -> (Option<Session>, Option<Error>) {
    let (session, failed) = tx.into_parts();
    match session {
        crate::tx::Session::Sqlite(session) => {
            (Some(session.into_inner().unwrap_or_else(PoisonError::into_inner)), failed)
        }
        crate::tx::Session::Postgres(_) => (None, failed),
    }
}

fn closed() -> Error {
    Error::Unavailable("its connection was closed".to_owned())
}
