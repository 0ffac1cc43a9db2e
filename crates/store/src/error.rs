//! What can go wrong. None of these texts holds a value of a row, a parameter or a password.

use std::path::PathBuf;

/// Why a transaction did not happen, or (one case) why nobody knows whether it did.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// It lost every race it was given; nothing was written.
    #[error("the database is busy with other changes to the same rows")]
    Contended,
    /// The connection or the disk failed while COMMIT was under way. Only the caller's idempotency key can tell.
    #[error("the connection to the database failed during a commit, whose outcome is unknown")]
    OutcomeUnknown,
    /// The database cannot be reached or cannot be written now; nothing was written.
    #[error("the database is not available: {0}")]
    Unavailable(String),
    /// No room left on the disk; nothing was written.
    #[error("the database's disk is full")]
    Full,
    /// The engine refused the statement: wrong SQL, or a constraint.
    #[error("a statement failed: {reason} [{sql}]")]
    Statement { sql: &'static str, reason: String },
    /// A column does not hold what the code expected.
    #[error("column {index}: {reason}")]
    Column { index: usize, reason: &'static str },
    /// A closure awaited something other than its transaction, which SQLite's only writer cannot afford.
    #[error("a transaction waited for something other than the database")]
    Waited,
}

impl Error {
    /// For implementations of [`crate::Column`]: the value is not what was expected.
    #[must_use]
    pub fn column(reason: &'static str) -> Self {
        Self::Column { index: 0, reason }
    }

    /// Whether the same request may well succeed a little later. After [`Error::OutcomeUnknown`] that is only safe for
    /// requests that carry an idempotency key.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        matches!(self, Self::Contended | Self::OutcomeUnknown | Self::Unavailable(_) | Self::Full)
    }

    pub(crate) fn at_column(self, at: usize) -> Self {
        match self {
            Self::Column { reason, .. } => Self::Column { index: at, reason },
            other => other,
        }
    }
}

/// Why the database could not be opened. Each text is one calm sentence or two and says what to do.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OpenError {
    #[error("The database address must begin with sqlite: or postgres://; please correct it.")]
    Address,
    #[error("The database address cannot be read: {0}. Please correct it.")]
    Malformed(String),
    #[error("The folder {} does not exist. Create it, or name another one.", .0.display())]
    FolderMissing(PathBuf),
    #[error(
        "The folder {} and the database in it must be writable for this user. Change their owner, or name another folder.",
        .0.display()
    )]
    NotWritable(PathBuf),
    #[error("The file {} is not a SQLite database. Name another file, or restore it from a backup.", .0.display())]
    NotADatabase(PathBuf),
    #[error(
        "The file system of {} cannot keep a SQLite database safely (write-ahead logging is not possible). Use a local disk.",
        .0.display()
    )]
    UnsuitableDisk(PathBuf),
    #[error("The database server cannot be reached: {0}. Check that it runs and that the address is right.")]
    Unreachable(String),
    #[error("The database server refused the user name or the password. Check both in the database address.")]
    Credentials,
    #[error(
        "The database server has no database of that name. Create it, or correct the name in the database address."
    )]
    NoSuchDatabase,
    #[error(
        "The database server is set to synchronous_commit = off, which loses confirmed changes in a crash. Set it to on."
    )]
    NotDurable,
    #[error(
        "No connection protected by TLS can be made: {0}. Install the certificate of the authority that the server uses, or correct sslmode in the database address."
    )]
    Tls(String),
    #[error("The database cannot be opened: {0}.")]
    Other(String),
}

/// Why the schema could not be brought up to date. Each text is one calm sentence or two and says what to do.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum MigrateError {
    #[error(
        "The database holds tables of another program and was left as it is. Name an empty database, or the one used before."
    )]
    Foreign,
    #[error(
        "The database was brought up to date by a newer version of this program ({names}). Install that version, or restore a backup from before."
    )]
    Newer { names: String },
    #[error(
        "The migration {name} differs from the one that this database was built with. Install the version that was in use."
    )]
    Changed { name: String },
    #[error("The migration {name} failed and was undone: {source}. Nothing was lost; it can be tried again.")]
    Failed { name: &'static str, source: Error },
    #[error("The schema could not be read: {0}. Please try again.")]
    Store(#[from] Error),
}
