use store::{Error, Tx};

use super::rules::{Counter, Tally};
use crate::platform::clock::Time;

pub async fn tally(tx: &mut Tx, counter: &str) -> Result<Option<Tally>, Error> {
    let row = tx
        .first(
            "SELECT failures, total, window_started_at, locked_until FROM attempt_counters WHERE id = $1",
            &[&counter],
        )
        .await?;
    row.map(|row| {
        Ok(Tally {
            failures: row.get(0)?,
            total: row.get(1)?,
            window_started_at: row.get(2)?,
            locked_until: row.get(3)?,
        })
    })
    .transpose()
}

pub async fn save_tally(tx: &mut Tx, counter: &Counter, tally: Tally, now: Time) -> Result<(), Error> {
    tx.execute(
        "INSERT INTO attempt_counters (id, subject, failures, total, window_started_at, locked_until, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (id) DO UPDATE SET failures = excluded.failures, total = excluded.total,
             window_started_at = excluded.window_started_at, locked_until = excluded.locked_until,
             updated_at = excluded.updated_at",
        &[
            &counter.id(),
            &counter.subject,
            &tally.failures,
            &tally.total,
            &tally.window_started_at,
            &tally.locked_until,
            &now,
        ],
    )
    .await?;
    Ok(())
}

pub async fn delete_counter(tx: &mut Tx, counter: &str) -> Result<(), Error> {
    tx.execute("DELETE FROM attempt_counters WHERE id = $1", &[&counter]).await?;
    Ok(())
}

/// Removes the reservations whose lease ran out, and says how many there were.
pub async fn expire_reservations(tx: &mut Tx, counter: &str, now: Time) -> Result<u64, Error> {
    tx.execute("DELETE FROM attempt_reservations WHERE counter_id = $1 AND leased_until <= $2", &[&counter, &now]).await
}

pub async fn reservations(tx: &mut Tx, counter: &str) -> Result<i64, Error> {
    let row = tx.first("SELECT COUNT(*) FROM attempt_reservations WHERE counter_id = $1", &[&counter]).await?;
    row.map_or(Ok(0), |row| row.get(0))
}

pub async fn insert_reservation(tx: &mut Tx, id: &str, counter: &str, until: Time) -> Result<(), Error> {
    tx.execute(
        "INSERT INTO attempt_reservations (id, counter_id, leased_until) VALUES ($1, $2, $3)",
        &[&id, &counter, &until],
    )
    .await?;
    Ok(())
}

pub async fn delete_reservation(tx: &mut Tx, id: &str) -> Result<u64, Error> {
    tx.execute("DELETE FROM attempt_reservations WHERE id = $1", &[&id]).await
}

/// Ends every lock of a subject, of all factors and classes: a finished reset, or an administrator's act.
pub async fn clear_subject(tx: &mut Tx, subject: &str) -> Result<u64, Error> {
    tx.execute("DELETE FROM attempt_counters WHERE subject = $1", &[&subject]).await
}

/// The locks that run on a subject: counter id and end, soonest end first.
pub async fn locks_of(tx: &mut Tx, subject: &str) -> Result<Vec<(String, Time)>, Error> {
    let now = Time(tx.now());
    let rows = tx
        .all(
            "SELECT id, locked_until FROM attempt_counters
             WHERE subject = $1 AND locked_until > $2 ORDER BY locked_until",
            &[&subject, &now],
        )
        .await?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}

/// The counters of a subject that are locked now or past the cap: id, failures in a row, end of the lock.
pub async fn closed(tx: &mut Tx, subject: &str, cap: i64) -> Result<Vec<(String, i64, Option<Time>)>, Error> {
    let now = Time(tx.now());
    let rows = tx
        .all(
            "SELECT id, total, locked_until FROM attempt_counters
             WHERE subject = $1 AND (locked_until > $2 OR total >= $3) ORDER BY id",
            &[&subject, &now, &cap],
        )
        .await?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).collect()
}

/// Forgets counters nobody has touched since `before`, and reservations that were never settled.
pub async fn purge(tx: &mut Tx, before: Time) -> Result<u64, Error> {
    tx.execute("DELETE FROM attempt_reservations WHERE leased_until <= $1", &[&before]).await?;
    tx.execute("DELETE FROM attempt_counters WHERE updated_at <= $1", &[&before]).await
}
