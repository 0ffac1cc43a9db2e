//! What goes into a statement and what comes out: NULL, 64-bit integers, text and bytes, nothing else.

use crate::Error;

/// A value on its way in or out. It has no `Debug`: many of them are secrets.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Value<'a> {
    Null,
    Int(i64),
    Text(&'a str),
    Blob(&'a [u8]),
}

/// Something that can stand for `$n`.
pub trait Param: Sync {
    fn value(&self) -> Value<'_>;
}

/// Something that can be read out of a row.
pub trait Column: Sized {
    /// # Errors
    /// [`Error::column`] when the value is of another kind.
    fn read(value: Value<'_>) -> Result<Self, Error>;
}

impl Param for Value<'_> {
    fn value(&self) -> Value<'_> {
        *self
    }
}

impl Param for i64 {
    fn value(&self) -> Value<'_> {
        Value::Int(*self)
    }
}

impl Param for str {
    fn value(&self) -> Value<'_> {
        Value::Text(self)
    }
}

impl Param for String {
    fn value(&self) -> Value<'_> {
        Value::Text(self)
    }
}

impl Param for [u8] {
    fn value(&self) -> Value<'_> {
        Value::Blob(self)
    }
}

impl Param for Vec<u8> {
    fn value(&self) -> Value<'_> {
        Value::Blob(self)
    }
}

impl<const N: usize> Param for [u8; N] {
    fn value(&self) -> Value<'_> {
        Value::Blob(self)
    }
}

impl<T: Param> Param for Option<T> {
    fn value(&self) -> Value<'_> {
        self.as_ref().map_or(Value::Null, Param::value)
    }
}

impl<T: Param + ?Sized> Param for &T {
    fn value(&self) -> Value<'_> {
        (**self).value()
    }
}

impl Column for i64 {
    fn read(value: Value<'_>) -> Result<Self, Error> {
        match value {
            Value::Int(number) => Ok(number),
            _ => Err(Error::column("an integer was expected")),
        }
    }
}

impl Column for String {
    fn read(value: Value<'_>) -> Result<Self, Error> {
        match value {
            Value::Text(text) => Ok(text.to_owned()),
            _ => Err(Error::column("a text was expected")),
        }
    }
}

impl Column for Vec<u8> {
    fn read(value: Value<'_>) -> Result<Self, Error> {
        match value {
            Value::Blob(bytes) => Ok(bytes.to_vec()),
            _ => Err(Error::column("bytes were expected")),
        }
    }
}

impl<T: Column> Column for Option<T> {
    fn read(value: Value<'_>) -> Result<Self, Error> {
        match value {
            Value::Null => Ok(None),
            value => T::read(value).map(Some),
        }
    }
}
