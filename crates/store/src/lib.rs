//! One SQL text on two engines: SQLite for one node, PostgreSQL for several.
//!
//! Everything is a named transaction, given as a closure that may be run more than once:
//!
//! ```no_run
//! # async fn example(db: store::Db, email: String) -> Result<(), store::Error> {
//! let disabled = db
//!     .write("accounts.disable", async |tx| {
//!         let now = tx.now();
//!         tx.execute("UPDATE accounts SET disabled_at = $1 WHERE email = $2", &[&now, &email]).await
//!     })
//!     .await?;
//! # let _ = disabled;
//! # Ok(())
//! # }
//! ```
//!
//! The rules, the same on both engines:
//!
//! - A write is serializable. Whoever loses a race is run again, so a closure decides by what it reads and by row counts,
//!   and does nothing but SQL: no mail, no HTTP, no hashing, no change of what it captured (it would not compile).
//! - Ok means durable: the commit has reached the disk before the answer is given. Only [`Db::write_unsynced`] and
//!   [`Db::count`] say less.
//! - Err, a panic or a dropped future leaves no trace.
//! - A statement that failed ends its transaction, even when the closure swallows the error.
//! - `tx.now()` is one instant for the whole transaction.
//! - What needs none of each other's answers is asked together: [`both`].
//! - SQL is written once, in the portable subset: `$1` parameters, TEXT, BIGINT and BLOB columns, `ON CONFLICT`,
//!   `RETURNING`, `count(*)`. Not portable: `SUM` of a BIGINT (a NUMERIC on PostgreSQL, which no [`Column`] reads), a
//!   parameter whose first use has no type (`$1 IS NULL` before `column = $1`), deferred constraints.
//!
//! Inside a SQLite transaction nothing ever waits: a closure that awaits something other than its `Tx` is a bug, is
//! rolled back, and is told so by [`Error::Waited`].

mod db;
mod error;
mod migrate;
mod postgres;
mod row;
mod sqlite;
mod tx;
mod value;
mod work;

pub use db::{Db, Ear, Engine, Options, Outcome};
pub use error::{Error, MigrateError, OpenError};
pub use migrate::Migration;
pub use row::Row;
pub use tx::{Tx, both};
pub use value::{Column, Param, Value};
pub use work::{Count, Work};
