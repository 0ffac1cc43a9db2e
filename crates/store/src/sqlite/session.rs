//! One connection: statements in, rows out, errors named.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{CachedStatement, Connection, ErrorCode, ToSql};

use super::open::BUSY;
use crate::db::Durability;
use crate::row::Copied;
use crate::{Error, Param, Row, Value};

pub(crate) struct Session {
    connection: Connection,
    rewrites: Rewrites,
}

impl Session {
    pub(super) fn new(connection: Connection, rewrites: Rewrites) -> Self {
        Self { connection, rewrites }
    }

    pub(super) fn connection(&self) -> &Connection {
        &self.connection
    }

    pub(crate) fn execute(&mut self, sql: &'static str, params: &[&dyn Param]) -> Result<u64, Error> {
        let mut statement = self.bind(sql, params)?;
        if statement.column_count() == 0 {
            let touched = statement.raw_execute().map_err(|e| explain(&e, sql))?;
            return Ok(touched as u64);
        }
        // A SELECT, or a RETURNING whose rows nobody wants: count them, as the other engine does.
        let mut rows = statement.raw_query();
        let mut count = 0;
        while rows.next().map_err(|e| explain(&e, sql))?.is_some() {
            count += 1;
        }
        Ok(count)
    }

    pub(crate) fn query(&mut self, sql: &'static str, params: &[&dyn Param]) -> Result<Vec<Row>, Error> {
        let mut statement = self.bind(sql, params)?;
        let columns = statement.column_count();
        let mut rows = statement.raw_query();
        let mut all = Vec::new();
        // To the very end, even when only the first row is wanted: a half-run RETURNING has not written everything.
        while let Some(row) = rows.next().map_err(|e| explain(&e, sql))? {
            let mut copied = Copied::with_room_for(columns);
            for index in 0..columns {
                copied.push(&value(row.get_ref(index), index)?);
            }
            all.push(Row::sqlite(copied));
        }
        Ok(all)
    }

    pub(crate) fn batch(&mut self, sql: &str) -> Result<(), Error> {
        self.connection.execute_batch(sql).map_err(|e| explain(&e, "migration"))
    }

    /// BEGIN, COMMIT, SAVEPOINT and their kin.
    pub(super) fn control(&self, sql: &'static str) -> Result<(), Error> {
        self.connection
            .prepare_cached(sql)
            .and_then(|mut statement| statement.raw_execute())
            .map(drop)
            .map_err(|e| explain(&e, sql))
    }

    /// Between transactions: whether the next ones wait for the disk.
    pub(super) fn set_durability(&self, durability: Durability) -> Result<(), Error> {
        // Takes effect when it is prepared, so it cannot be a statement that is kept.
        let pragma = match durability {
            Durability::Unsynced => "PRAGMA synchronous = NORMAL",
            Durability::Synced => "PRAGMA synchronous = FULL",
        };
        self.connection.execute_batch(pragma).map_err(|e| explain(&e, pragma))
    }

    /// What another process keeps locked is not waited for.
    pub(super) fn impatiently<R>(&self, act: impl FnOnce() -> Result<R, Error>) -> Result<R, Error> {
        let explain = |e: rusqlite::Error| explain(&e, "busy_timeout");
        self.connection.busy_timeout(Duration::ZERO).map_err(explain)?;
        let done = act();
        self.connection.busy_timeout(BUSY).map_err(explain)?;
        done
    }

    pub(super) fn in_transaction(&self) -> bool {
        !self.connection.is_autocommit()
    }

    pub(super) fn prepare(&self, sql: &str) -> Result<(), Error> {
        self.connection.prepare(&rewrite(sql)).map(drop).map_err(|e| explain(&e, "prepare"))
    }

    fn bind(&self, sql: &'static str, params: &[&dyn Param]) -> Result<CachedStatement<'_>, Error> {
        let text = self.rewrites.of(sql);
        let explain = |e: rusqlite::Error| explain(&e, sql);
        let mut statement = self.connection.prepare_cached(&text).map_err(explain)?;
        // SQLite would take a missing parameter for NULL.
        if statement.parameter_count() != params.len() {
            return Err(Error::Statement {
                sql,
                reason: "it has another number of parameters than were given".to_owned(),
            });
        }
        for (index, param) in params.iter().enumerate() {
            statement.raw_bind_parameter(index + 1, Bound(param.value())).map_err(explain)?;
        }
        Ok(statement)
    }
}

struct Bound<'a>(Value<'a>);

impl ToSql for Bound<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self.0 {
            Value::Null => ValueRef::Null,
            Value::Int(number) => ValueRef::Integer(number),
            Value::Text(text) => ValueRef::Text(text.as_bytes()),
            Value::Blob(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

fn value(value: rusqlite::Result<ValueRef<'_>>, index: usize) -> Result<Value<'_>, Error> {
    let odd = |reason| Error::column(reason).at_column(index);
    match value.map_err(|_| odd("there is no such column"))? {
        ValueRef::Null => Ok(Value::Null),
        ValueRef::Integer(number) => Ok(Value::Int(number)),
        ValueRef::Text(bytes) => std::str::from_utf8(bytes).map(Value::Text).map_err(|_| odd("the text is not UTF-8")),
        ValueRef::Blob(bytes) => Ok(Value::Blob(bytes)),
        ValueRef::Real(_) => Err(odd("a fraction is not portable")),
    }
}

/// `$1` is a name to SQLite and gets the next free number; `?1` is the number itself. Statements are static, so each is
/// rewritten once and then found by its address.
#[derive(Clone, Default)]
pub(super) struct Rewrites(Arc<RwLock<HashMap<Address, Arc<str>>>>);

/// Where a static text begins, and its length.
type Address = (usize, usize);

impl Rewrites {
    fn of(&self, sql: &'static str) -> Arc<str> {
        let key = (sql.as_ptr() as usize, sql.len());
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(text) = known.get(&key) {
            return Arc::clone(text);
        }
        drop(known);
        let text: Arc<str> = rewrite(sql).into();
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        known.insert(key, Arc::clone(&text));
        text
    }
}

fn rewrite(sql: &str) -> String {
    let mut quoted = false;
    sql.chars()
        .map(|c| {
            quoted ^= c == '\'';
            if c == '$' && !quoted { '?' } else { c }
        })
        .collect()
}

pub(super) fn explain(error: &rusqlite::Error, sql: &'static str) -> Error {
    match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => Error::Full,
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Error::Contended,
        Some(
            ErrorCode::SystemIoFailure
            | ErrorCode::CannotOpen
            | ErrorCode::ReadOnly
            | ErrorCode::OutOfMemory
            | ErrorCode::NoLargeFileSupport,
        ) => Error::Unavailable(error.to_string()),
        _ => Error::Statement { sql, reason: error.to_string() },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dollars_become_question_marks_outside_of_texts() {
        assert_eq!(rewrite("SELECT $2, '$1 it''s $3' WHERE a = $10"), "SELECT ?2, '$1 it''s $3' WHERE a = ?10");
    }
}
