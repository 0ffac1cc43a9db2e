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

/// Values that outlive where they came from: a row of SQLite's, which is there until the next step of its statement, or parameters
/// that are kept until they are sent. All texts lie behind each other, and so do all blobs: forty take a few allocations and not
/// forty.
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
    pub(crate) fn with_room_for(cells: usize) -> Self {
        Self { cells: Vec::with_capacity(cells), ..Self::default() }
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

    pub(crate) fn values(&self) -> impl Iterator<Item = Value<'_>> {
        (0..self.cells.len()).filter_map(|index| self.value(index))
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
