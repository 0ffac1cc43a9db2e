//! Finding the file and opening connections to it.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags};

use super::session::{Rewrites, Session};
use crate::OpenError;

/// How long a commit of another process (a command of the operator's, say) is waited for.
pub(super) const BUSY: Duration = Duration::from_secs(5);

/// What the file of the write-ahead log may keep when it starts anew: about what the busiest second writes.
pub(super) const WAL_BYTES: i64 = 128 << 20;

/// Every statement of the program fits, so each is prepared once a connection.
const STATEMENTS: usize = 256;

pub(super) struct Location {
    path: PathBuf,
    rewrites: Rewrites,
}

impl Location {
    /// Makes sure that there is a file to open, readable for its owner alone.
    pub(super) fn prepare(path: &str) -> Result<Self, OpenError> {
        let path = PathBuf::from(path.strip_prefix("//").unwrap_or(path));
        if path.as_os_str().is_empty() {
            return Err(OpenError::Malformed("it names no file after sqlite:".to_owned()));
        }
        let folder = match path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
            _ => PathBuf::from("."),
        };
        if !folder.is_dir() {
            return Err(OpenError::FolderMissing(folder));
        }
        create(&path).map_err(|_| OpenError::NotWritable(folder))?;
        Ok(Self { path, rewrites: Rewrites::default() })
    }

    /// The writer's connection, opened before all others: it turns on the WAL and finds out what cannot work.
    pub(super) fn first(&self) -> Result<Session, OpenError> {
        let explain = |error| self.explain(&error);
        let session = self.writer().map_err(explain)?;
        let mode: String =
            session.connection().query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0)).map_err(explain)?;
        if mode != "wal" {
            return Err(OpenError::UnsuitableDisk(self.path.clone()));
        }
        // Takes the write lock for a moment: a read-only file or folder shows now and not at the first sign-in.
        session.connection().execute_batch("BEGIN IMMEDIATE; ROLLBACK").map_err(explain)?;
        // What an earlier run could not sync is written anew before anything is written behind it (see [`super::health`]).
        session.connection().query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(())).map_err(explain)?;
        Ok(session)
    }

    pub(super) fn writer(&self) -> rusqlite::Result<Session> {
        let connection = self.connect()?;
        // Checkpoints belong to the checkpointer's thread. What savepoints need to undo stays in memory.
        connection.execute_batch("PRAGMA wal_autocheckpoint = 0; PRAGMA temp_store = MEMORY")?;
        connection.pragma_update(None, "journal_size_limit", WAL_BYTES)?;
        Ok(Session::new(connection, self.rewrites.clone()))
    }

    pub(super) fn reader(&self) -> rusqlite::Result<Session> {
        let connection = self.connect()?;
        connection.execute_batch("PRAGMA query_only = ON")?;
        Ok(Session::new(connection, self.rewrites.clone()))
    }

    pub(super) fn connect(&self) -> rusqlite::Result<Connection> {
        let connection = Connection::open_with_flags(
            &self.path,
            OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX,
        )?;
        connection.busy_timeout(BUSY)?;
        connection.set_prepared_statement_cache_capacity(STATEMENTS);
        // Or SQLite plans a statement anew for each value bound to it, which costs more than running it.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
        connection.execute_batch("PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF")?;
        Ok(connection)
    }

    pub(super) fn explain(&self, error: &rusqlite::Error) -> OpenError {
        let folder = self.path.parent().unwrap_or(&self.path).to_owned();
        match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => OpenError::NotADatabase(self.path.clone()),
            Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
                OpenError::NotWritable(folder)
            }
            _ => OpenError::Other(error.to_string()),
        }
    }
}

/// An empty file is an empty database. SQLite gives the log beside it the same permissions.
fn create(path: &Path) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop)
}
