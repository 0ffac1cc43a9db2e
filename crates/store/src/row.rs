//! One row of an answer.

use std::ops::Range;

use crate::postgres::Native;
use crate::{Column, Error, Value};

/// A row; columns are counted from 0 in the order of the SELECT or RETURNING list.
pub struct Row(Cells);

enum Cells {
    Sqlite(Copied),
    Postgres(tokio_postgres::Row),
}

/// A row of SQLite's, whose values live only until the next step of the statement. All texts lie behind each other, and so do all
/// blobs: a row of forty columns takes a few allocations and not forty.
#[derive(Default)]
pub(crate) struct Copied {
    cells: Vec<Place>,
    texts: String,
    blobs: Vec<u8>,
}

enum Place {
    Null,
    Int(i64),
    Text(Range<usize>),
    Blob(Range<usize>),
}

/// A parameter that is kept until it is sent.
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

    pub(crate) fn sqlite(copied: Copied) -> Self {
        Self(Cells::Sqlite(copied))
    }

    pub(crate) fn postgres(row: tokio_postgres::Row) -> Self {
        Self(Cells::Postgres(row))
    }

    fn value(&self, index: usize) -> Result<Value<'_>, Error> {
        match &self.0 {
            Cells::Sqlite(copied) => copied.value(index).ok_or_else(|| Error::column("there is no such column")),
            Cells::Postgres(row) => row
                .try_get::<_, Native<'_>>(index)
                .map(|native| native.0)
                .map_err(|_| Error::column("there is no such column, or its type is not portable")),
        }
    }
}

impl Copied {
    pub(crate) fn of(columns: usize) -> Self {
        Self { cells: Vec::with_capacity(columns), ..Self::default() }
    }

    pub(crate) fn push(&mut self, value: &Value<'_>) {
        let (text, blob) = (self.texts.len(), self.blobs.len());
        self.cells.push(match value {
            Value::Null => Place::Null,
            Value::Int(number) => Place::Int(*number),
            Value::Text(more) => {
                self.texts.push_str(more);
                Place::Text(text..self.texts.len())
            }
            Value::Blob(more) => {
                self.blobs.extend_from_slice(more);
                Place::Blob(blob..self.blobs.len())
            }
        });
    }

    fn value(&self, index: usize) -> Option<Value<'_>> {
        Some(match self.cells.get(index)? {
            Place::Null => Value::Null,
            Place::Int(number) => Value::Int(*number),
            Place::Text(place) => Value::Text(self.texts.get(place.clone())?),
            Place::Blob(place) => Value::Blob(self.blobs.get(place.clone())?),
        })
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
