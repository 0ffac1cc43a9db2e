//! Moving the write-ahead log into the database file, on a thread of its own.
//!
//! A PASSIVE checkpoint disturbs nobody but cannot finish while readers look at older states. When the log has grown
//! beyond a bound all the same, a TRUNCATE checkpoint makes writers wait for a moment and starts the log anew.

use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::time::Duration;

use rusqlite::Connection;

use super::health::Health;
use super::open::Location;
use super::session::explain;
use crate::{Error, OpenError};

const EVERY: Duration = Duration::from_secs(1);
const WAL_BOUND: u64 = 16 << 20;

/// How long a TRUNCATE may make writers wait for readers before it gives up until the next second.
const PATIENCE: Duration = Duration::from_millis(100);

/// Dropping it ends the thread.
pub(super) struct Checkpointer {
    _stop: Sender<()>,
}

impl Checkpointer {
    pub(super) fn start(location: &Arc<Location>, health: &Arc<Health>) -> Result<Self, OpenError> {
        let connection = location.connect().map_err(|e| location.explain(&e))?;
        connection.busy_timeout(PATIENCE).map_err(|e| location.explain(&e))?;
        let (location, health) = (Arc::clone(location), Arc::clone(health));
        let (stop, stopped) = channel();
        std::thread::Builder::new()
            .name("sqlite-checkpoint".to_owned())
            .spawn(move || {
                while stopped.recv_timeout(EVERY) == Err(RecvTimeoutError::Timeout) {
                    // What a failed sync left behind must not be taken for written by the next one.
                    if health.is_sound().is_ok() {
                        checkpoint(&connection, location.wal_size(), &health);
                    }
                }
            })
            .map_err(|e| OpenError::Other(e.to_string()))?;
        Ok(Self { _stop: stop })
    }
}

fn checkpoint(connection: &Connection, wal_size: u64, health: &Health) {
    let pragma = match wal_size {
        0 => return,
        size if size > WAL_BOUND => "PRAGMA wal_checkpoint(TRUNCATE)",
        _ => "PRAGMA wal_checkpoint(PASSIVE)",
    };
    if let Err(error) = connection.query_row(pragma, [], |_| Ok(())) {
        match explain(&error, pragma) {
            Error::Unavailable(why) => health.fails(&why),
            _ => tracing::warn!(%error, "checkpoint failed; the log keeps growing until one succeeds"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn location(folder: &tempfile::TempDir) -> Location {
        let path = folder.path().join("test.db");
        Location::prepare(path.to_str().unwrap()).unwrap()
    }

    #[test]
    fn a_long_log_starts_anew() {
        let folder = tempfile::tempdir().unwrap();
        let location = location(&folder);
        let mut writer = location.first().unwrap();
        let connection = location.connect().unwrap();
        writer.batch("CREATE TABLE t (b BLOB) STRICT; INSERT INTO t VALUES (randomblob(100000));").unwrap();
        let before = location.wal_size();
        assert!(before > 100_000);

        checkpoint(&connection, before, &Health::default());
        assert_eq!(location.wal_size(), before, "PASSIVE leaves the file");
        checkpoint(&connection, WAL_BOUND + 1, &Health::default());
        assert_eq!(location.wal_size(), 0);
    }

    #[test]
    fn a_reader_in_the_way_does_no_harm() {
        let folder = tempfile::tempdir().unwrap();
        let location = location(&folder);
        let mut writer = location.first().unwrap();
        let connection = location.connect().unwrap();
        connection.busy_timeout(Duration::ZERO).unwrap();
        writer.batch("CREATE TABLE t (a INTEGER) STRICT; INSERT INTO t VALUES (1);").unwrap();
        let mut reader = location.reader().unwrap();
        reader.batch("BEGIN; SELECT a FROM t;").unwrap();
        writer.batch("INSERT INTO t VALUES (2);").unwrap();

        checkpoint(&connection, WAL_BOUND + 1, &Health::default());
        assert!(location.wal_size() > 0);
        let seen = reader.query("SELECT a FROM t", &[]).unwrap();
        assert_eq!(seen.len(), 1);
        reader.batch("COMMIT;").unwrap();
        checkpoint(&connection, WAL_BOUND + 1, &Health::default());
        assert_eq!(location.wal_size(), 0);
    }
}
