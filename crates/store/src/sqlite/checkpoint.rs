//! Moving the write-ahead log into the database file, on a thread of its own.
//!
//! A PASSIVE checkpoint disturbs nobody but cannot finish while others write or look at older states. When the log has grown
//! beyond a bound all the same, a RESTART makes writers wait for the little that came meanwhile, and the next of them writes
//! over the log from its beginning. The file keeps its size: blocks that are there already cost half of new ones.

use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::time::Duration;

use rusqlite::Connection;

use super::health::Health;
use super::open::Location;
use super::session::explain;
use crate::{Error, OpenError};

const EVERY: Duration = Duration::from_secs(1);
/// Pages that the log may have before it starts anew: 16 MiB.
const WAL_BOUND: i64 = 4096;

/// How long a RESTART may make writers wait for readers before it gives up until the next second.
const PATIENCE: Duration = Duration::from_millis(100);

/// Dropping it ends the thread.
pub(super) struct Checkpointer {
    _stop: Sender<()>,
}

impl Checkpointer {
    pub(super) fn start(location: &Location, health: &Arc<Health>) -> Result<Self, OpenError> {
        let connection = location.connect().map_err(|e| location.explain(&e))?;
        connection.busy_timeout(PATIENCE).map_err(|e| location.explain(&e))?;
        let health = Arc::clone(health);
        let (stop, stopped) = channel();
        std::thread::Builder::new()
            .name("sqlite-checkpoint".to_owned())
            .spawn(move || {
                while stopped.recv_timeout(EVERY) == Err(RecvTimeoutError::Timeout) {
                    // What a failed sync left behind must not be taken for written by the next one.
                    if health.is_sound().is_ok() {
                        checkpoint(&connection, WAL_BOUND, &health);
                    }
                }
            })
            .map_err(|e| OpenError::Other(e.to_string()))?;
        Ok(Self { _stop: stop })
    }
}

fn checkpoint(connection: &Connection, bound: i64, health: &Health) {
    if let Err(error) = write_back(connection, bound) {
        match explain(&error, "PRAGMA wal_checkpoint") {
            Error::Unavailable(why) => health.fails(&why),
            _ => tracing::warn!(%error, "checkpoint failed; the log keeps growing until one succeeds"),
        }
    }
}

fn write_back(connection: &Connection, bound: i64) -> rusqlite::Result<()> {
    let pages = connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |row| row.get::<_, i64>("log"))?;
    if pages > bound {
        connection.query_row("PRAGMA wal_checkpoint(RESTART)", [], |_| Ok(()))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::open::WAL_BYTES;
    use super::super::session::Session;
    use super::*;

    fn location(folder: &tempfile::TempDir) -> Location {
        let path = folder.path().join("test.db");
        Location::prepare(path.to_str().unwrap()).unwrap()
    }

    fn table(location: &Location) -> Session {
        let mut writer = location.first().unwrap();
        writer.batch("CREATE TABLE t (b BLOB) STRICT").unwrap();
        writer
    }

    fn size(folder: &tempfile::TempDir) -> i64 {
        std::fs::metadata(folder.path().join("test.db-wal")).unwrap().len().try_into().unwrap()
    }

    const WRITE: &str = "INSERT INTO t VALUES (randomblob(100000))";

    #[test]
    fn a_long_log_starts_anew_and_is_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let location = location(&folder);
        let mut writer = table(&location);
        let connection = location.connect().unwrap();
        writer.batch(WRITE).unwrap();
        let before = size(&folder);
        assert!(before > 100_000);

        write_back(&connection, 10).unwrap();
        writer.batch(WRITE).unwrap();
        assert_eq!(size(&folder), before, "the second one lies where the first one lay");
    }

    #[test]
    fn a_log_that_has_grown_gives_back_what_is_beyond_its_bound() {
        let folder = tempfile::tempdir().unwrap();
        let location = location(&folder);
        let mut writer = table(&location);
        let connection = location.connect().unwrap();
        writer.batch("INSERT INTO t VALUES (randomblob(150000000))").unwrap();
        assert!(size(&folder) > WAL_BYTES);

        write_back(&connection, WAL_BOUND).unwrap();
        writer.batch(WRITE).unwrap();
        assert!(size(&folder) <= WAL_BYTES);
    }

    #[test]
    fn a_reader_in_the_way_does_no_harm() {
        let folder = tempfile::tempdir().unwrap();
        let location = location(&folder);
        let mut writer = table(&location);
        let connection = location.connect().unwrap();
        connection.busy_timeout(Duration::ZERO).unwrap();
        writer.batch(WRITE).unwrap();
        let mut reader = location.reader().unwrap();
        reader.batch("BEGIN; SELECT b FROM t;").unwrap();
        writer.batch(WRITE).unwrap();
        let before = size(&folder);

        write_back(&connection, 1).unwrap();
        writer.batch(WRITE).unwrap();
        assert!(size(&folder) > before, "what the reader looks at is still there");
        assert_eq!(reader.query("SELECT b FROM t", &[]).unwrap().len(), 1);
        reader.batch("COMMIT;").unwrap();

        let before = size(&folder);
        write_back(&connection, 1).unwrap();
        writer.batch(WRITE).unwrap();
        assert_eq!(size(&folder), before);
    }
}
