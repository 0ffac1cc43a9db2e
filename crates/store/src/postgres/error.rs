//! What PostgreSQL's errors mean for a transaction.

use std::error::Error as StdError;

use deadpool_postgres::PoolError;
use tokio_postgres::error::SqlState;

use crate::Error;

/// An error of anything but COMMIT. [`Error::Contended`] and [`Error::Unavailable`] mean: nothing was written, run again,
/// the latter on a new connection.
pub(super) fn of_statement(error: &tokio_postgres::Error, sql: &'static str) -> Error {
    let Some(refusal) = error.as_db_error() else {
        return if lost_connection(error) {
            Error::Unavailable("the connection was lost".to_owned())
        } else {
            Error::Statement { sql, reason: error.to_string() }
        };
    };
    let code = refusal.code();
    if *code == SqlState::T_R_SERIALIZATION_FAILURE
        || *code == SqlState::T_R_DEADLOCK_DETECTED
        || *code == SqlState::LOCK_NOT_AVAILABLE
        // What failed was asked together with this one. If that had a reason which lasts, it shows the next time.
        || *code == SqlState::IN_FAILED_SQL_TRANSACTION
    {
        Error::Contended
    } else if *code == SqlState::DISK_FULL {
        Error::Full
    } else if ends_the_connection(code) {
        Error::Unavailable(refusal.message().to_owned())
    } else {
        // The message names the constraint; the detail, which would name the value, stays out.
        Error::Statement { sql, reason: format!("{} ({})", refusal.message(), code.code()) }
    }
}

/// An error of COMMIT. The server's word that it did not commit is good; the end of the connection says nothing.
pub(super) fn of_commit(error: &tokio_postgres::Error) -> Error {
    let silent = error.as_db_error().is_none_or(|refusal| ends_the_connection(refusal.code()));
    if silent { Error::OutcomeUnknown } else { of_statement(error, "COMMIT") }
}

pub(super) fn of_pool(error: PoolError) -> Error {
    Error::Unavailable(match error {
        PoolError::Timeout(_) => "every connection is in use".to_owned(),
        PoolError::Backend(error) => match error.as_db_error() {
            Some(refusal) => refusal.message().to_owned(),
            None => with_cause(&error),
        },
        other => other.to_string(),
    })
}

/// The error and what lies beneath it ("error connecting to server: Connection refused").
pub(super) fn with_cause(error: &tokio_postgres::Error) -> String {
    match error.source() {
        Some(cause) => format!("{error}: {cause}"),
        None => error.to_string(),
    }
}

fn lost_connection(error: &tokio_postgres::Error) -> bool {
    error.is_closed() || error.source().is_some_and(|cause| cause.is::<std::io::Error>())
}

/// Shutdown, crash, start-up, a server that has become a standby, and the 08 class.
fn ends_the_connection(code: &SqlState) -> bool {
    [
        SqlState::ADMIN_SHUTDOWN,
        SqlState::CRASH_SHUTDOWN,
        SqlState::CANNOT_CONNECT_NOW,
        SqlState::READ_ONLY_SQL_TRANSACTION,
        SqlState::IDLE_IN_TRANSACTION_SESSION_TIMEOUT,
        SqlState::TOO_MANY_CONNECTIONS,
    ]
    .contains(code)
        || code.code().starts_with("08")
        // "Statement completion unknown", of the engines that speak this protocol over several machines.
        || code.code() == "40003"
}
