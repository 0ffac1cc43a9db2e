//! One row of an answer.

use crate::postgres::Native;
use crate::{Column, Error, Value};

/// A row; columns are counted from 0 in the order of the SELECT or RETURNING list.
pub struct Row(Cells);

enum Cells {
    Sqlite(Box<[Cell]>),
    Postgres(tokio_postgres::Row),
}

/// A value that is kept: SQLite's live only until the next step of the statement.
pub(crate) enum Cell {
    Null,
    Int(i64),
    Text(String),
    Blob(Vec<u8>),
}

impl Row {
    /// # Errors
    /// [`Error::Column`] when there is no such column or when it holds something else than a `T`.
    pub fn get<T: Column>(&self, index: usize) -> Result<T, Error> {
        self.value(index).and_then(T::read).map_err(|error| error.at_column(index))
    }

    pub(crate) fn sqlite(cells: Vec<Cell>) -> Self {
        Self(Cells::Sqlite(cells.into()))
    }

    pub(crate) fn postgres(row: tokio_postgres::Row) -> Self {
        Self(Cells::Postgres(row))
    }

    fn value(&self, index: usize) -> Result<Value<'_>, Error> {
        match &self.0 {
            Cells::Sqlite(cells) => {
                cells.get(index).map(Cell::value).ok_or_else(|| Error::column("there is no such column"))
            }
            Cells::Postgres(row) => row
                .try_get::<_, Native<'_>>(index)
                .map(|native| native.0)
                .map_err(|_| Error::column("there is no such column, or its type is not portable")),
        }
    }
}

impl Cell {
    pub(crate) fn of(value: &Value<'_>) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Int(number) => Self::Int(*number),
            Value::Text(text) => Self::Text((*text).to_owned()),
            Value::Blob(bytes) => Self::Blob(bytes.to_vec()),
        }
    }

    pub(crate) fn value(&self) -> Value<'_> {
        match self {
            Self::Null => Value::Null,
            Self::Int(number) => Value::Int(*number),
            Self::Text(text) => Value::Text(text),
            Self::Blob(bytes) => Value::Blob(bytes),
        }
    }
}
