//! How often something may happen in a while: mails to one mailbox, failures from one address.
//!
//! - Counts are rows, so they hold on every node and over restarts.
//! - Windows are fixed and aligned: all nodes agree on them without talking. At a border twice the maximum may pass in a
//!   short time; what must be exact (three strikes) is not counted here.
//! - Counting counts also when it is too much already, so that what was exceeded stays so to the end of its window.
//! - Where only different ones count (names tried from one address), each kind is a row of its own, too, for as long as its window.
//! - A key holds a MAC of the address or mailbox, never itself (`App::limit_key`): these rows are in every backup.

mod queries;
#[cfg(test)]
mod tests;

use std::time::Duration;

use store::{Count, Db, Error, Param, Row, Tx, Work};

use super::clock::{Time, micros};

/// Kinds that were counted, at the most: strangers can invent as many as they like.
pub const MEMBERS: i64 = 200_000;
/// Rows in one write, so that nobody waits for it.
const BATCH: i64 = 500;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Within {
    Limit,
    /// Too often; the count starts anew after `retry_after`.
    Exceeded {
        retry_after: Duration,
    },
}

impl Within {
    pub fn is_within(self) -> bool {
        self == Within::Limit
    }
}

/// Counts one, and says whether it is among the first `max` of this window.
///
/// # Errors
/// The database's.
pub async fn count(tx: &mut Tx, key: &str, window: Duration, max: i64) -> Result<Within, Error> {
    let window = Window::at(Time(tx.now()), window);
    let row = tx.first(queries::COUNT, &[&key, &window.start, &window.end]).await?;
    window.judge_counted(row.as_ref(), max)
}

/// The same in a statement of its own, for a count that many share at once: of a whole address, say.
///
/// # Errors
/// The database's.
pub async fn count_alone(db: &Db, now: Time, key: &str, window: Duration, max: i64) -> Result<Within, Error> {
    let window = Window::at(now, window);
    let row = db.count("limits.count", queries::COUNT, &[&key, &window.start, &window.end]).await?;
    window.judge_counted(row.as_ref(), max)
}

/// Counts one like [`count_alone`], and writes behind it, without waiting for the disk, what is allowed within the limit; else
/// says when to come back.
///
/// # Errors
/// The database's, or what was written's own.
pub async fn write_counted<T, E, F>(
    db: &Db,
    name: &'static str,
    counted: Counted<'_>,
    work: F,
) -> Result<Result<T, Duration>, E>
where
    T: Send,
    E: From<Error> + Send,
    F: AsyncFnMut(&mut Tx) -> Result<T, E> + for<'t> Work<'t, T, E>,
{
    let Counted { now, key, window, max } = counted;
    let window = Window::at(now, window);
    let allows = |row: Option<&Row>| window.judge_counted(row, max).map(Within::is_within);
    let params: [&dyn Param; 3] = [&key, &window.start, &window.end];
    let count = Count { sql: queries::COUNT, params: &params, allows: &allows };
    let written = db.write_unsynced_after(name, count, work).await?;
    Ok(written.ok_or(window.end.since(now)))
}

/// What is counted before a write.
pub struct Counted<'a> {
    pub now: Time,
    pub key: &'a str,
    pub window: Duration,
    pub max: i64,
}

/// Whether one more would be among the first `max` of this window, without counting: for what counts failures only.
///
/// # Errors
/// The database's.
pub async fn peek(tx: &mut Tx, key: &str, window: Duration, max: i64) -> Result<Within, Error> {
    let window = Window::at(Time(tx.now()), window);
    let row = tx.first(queries::PEEK, &[&key, &window.start, &window.end]).await?;
    let count = row.map(|row| row.get(0)).transpose()?.unwrap_or(0);
    Ok(window.judge(count, max))
}

/// Counts one where it is the first of its kind in this window (`member` names the kind, and the limit), and says which number it is;
/// `None` where its kind has been counted. Whoever depends on a number sees each once, however many count at the same time.
///
/// # Errors
/// The database's.
pub async fn count_different(tx: &mut Tx, key: &str, member: &str, window: Duration) -> Result<Option<i64>, Error> {
    let window = Window::at(Time(tx.now()), window);
    if tx.execute(queries::JOIN, &[&member, &window.start, &window.end]).await? == 0 {
        return Ok(None);
    }
    let row = tx.first(queries::COUNT, &[&key, &window.start, &window.end]).await?;
    row.map(|row| row.get(0)).transpose()
}

/// Begins a count anew before its window is over.
///
/// # Errors
/// The database's.
pub async fn forget(tx: &mut Tx, key: &str) -> Result<(), Error> {
    tx.execute(queries::FORGET, &[&key]).await.map(drop)
}

/// Forgets some of the windows that began before `before`, and says how many.
///
/// # Errors
/// The database's.
pub async fn purge(tx: &mut Tx, before: Time) -> Result<u64, Error> {
    tx.execute(queries::PURGE, &[&before]).await
}

/// Forgets some of what was counted once in windows that began before `before`, and the oldest of too many; says how many. What is
/// forgotten within its window counts once more.
///
/// # Errors
/// The database's.
pub async fn purge_members(tx: &mut Tx, before: Time) -> Result<u64, Error> {
    let old = tx.execute(queries::PURGE_MEMBERS, &[&before]).await?;
    let row = tx.first(queries::MEMBERS, &[]).await?;
    let too_many = row.map_or(Ok(0), |row| row.get::<i64>(0))? - MEMBERS;
    if too_many <= 0 {
        return Ok(old);
    }
    Ok(old + tx.execute(queries::EVICT, &[&too_many.min(BATCH)]).await?)
}

struct Window {
    now: Time,
    start: Time,
    end: Time,
}

impl Window {
    fn at(now: Time, length: Duration) -> Window {
        let start = Time(now.0 - now.0.rem_euclid(micros(length).max(1)));
        Window { now, start, end: start + length }
    }

    fn judge_counted(&self, row: Option<&Row>, max: i64) -> Result<Within, Error> {
        // The statement always answers a row; if one day it did not, refusing is the safe way to be wrong.
        let row = row.ok_or_else(|| Error::column("a count was expected"))?;
        Ok(self.judge(row.get(0)?, max + 1))
    }

    fn judge(&self, count: i64, too_many: i64) -> Within {
        if count < too_many { Within::Limit } else { Within::Exceeded { retry_after: self.end.since(self.now) } }
    }
}
