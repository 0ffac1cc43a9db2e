use std::time::Duration;

use store::{Error, Tx};

use super::rules::{Counter, Factor, Tally};
use crate::platform::clock::Time;
use crate::platform::ids::AccountId;

pub async fn tally(tx: &mut Tx, counter: &str) -> Result<Option<Tally>, Error> {
    let row = tx
        .first(
            "SELECT failures, total, window_started_at, locked_until, untold FROM attempt_counters WHERE id = $1",
            &[&counter],
        )
        .await?;
    row.map(|row| {
        Ok(Tally {
            failures: row.get(0)?,
            total: row.get(1)?,
            window_started_at: row.get(2)?,
            locked_until: row.get(3)?,
            untold: row.get(4)?,
        })
    })
    .transpose()
}

pub async fn save_tally(tx: &mut Tx, counter: &Counter, tally: Tally, now: Time) -> Result<(), Error> {
    tx.tell(
        "INSERT INTO attempt_counters (id, subject, failures, total, window_started_at, locked_until, updated_at, untold)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (id) DO UPDATE SET failures = excluded.failures, total = excluded.total, untold = excluded.untold,
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
            &tally.untold,
        ],
    )
    .await
}

pub async fn delete_counter(tx: &mut Tx, counter: &str) -> Result<(), Error> {
    tx.tell("DELETE FROM attempt_counters WHERE id = $1", &[&counter]).await
}

/// The count begins anew, and what the owner has not been told of stays.
pub async fn empty_counter(tx: &mut Tx, counter: &str) -> Result<(), Error> {
    let now = Time(tx.now());
    tx.tell(
        "UPDATE attempt_counters SET failures = 0, total = 0, window_started_at = $2, locked_until = NULL
         WHERE id = $1",
        &[&counter, &now],
    )
    .await
}

/// The owner of an account is told of the failures before this sign-in, or knows them: they are news no more.
///
/// # Errors
/// When the database says no.
pub async fn told(tx: &mut Tx, account: &AccountId) -> Result<(), Error> {
    tx.tell("UPDATE attempt_counters SET untold = 0 WHERE subject = $1 AND untold > 0", &[account]).await?;
    let sql = "DELETE FROM attempt_counters WHERE subject = $1 AND total = 0 AND failures = 0 AND locked_until IS NULL";
    tx.tell(sql, &[account]).await
}

/// What a look at a counter finds.
pub struct Found {
    pub tally: Option<Tally>,
    /// Attempts under way.
    pub in_flight: i64,
    /// Attempts whose lease ran out: nobody ever told how they went.
    pub lost: i64,
}

/// All in one statement: it is asked before every password.
pub async fn find(tx: &mut Tx, counter: &str, now: Time) -> Result<Found, Error> {
    let row = tx
        .first(
            "SELECT (SELECT COUNT(*) FROM attempt_reservations r WHERE r.counter_id = $1 AND r.leased_until > $2),
                    (SELECT COUNT(*) FROM attempt_reservations r WHERE r.counter_id = $1 AND r.leased_until <= $2),
                    c.failures, c.total, c.window_started_at, c.locked_until, c.untold
             FROM (SELECT 1 AS here) one LEFT JOIN attempt_counters c ON c.id = $1",
            &[&counter, &now],
        )
        .await?;
    let row = row.ok_or_else(|| Error::column("one row was expected"))?;
    let failures: Option<i64> = row.get(2)?;
    let tally = match failures {
        None => None,
        Some(failures) => Some(Tally {
            failures,
            total: row.get(3)?,
            window_started_at: row.get(4)?,
            locked_until: row.get(5)?,
            untold: row.get(6)?,
        }),
    };
    Ok(Found { tally, in_flight: row.get(0)?, lost: row.get(1)? })
}

/// Removes the reservations whose lease ran out, and says when each did, first one first.
pub async fn expire_reservations(tx: &mut Tx, counter: &str, now: Time) -> Result<Vec<Time>, Error> {
    let rows = tx
        .all(
            "DELETE FROM attempt_reservations WHERE counter_id = $1 AND leased_until <= $2 RETURNING leased_until",
            &[&counter, &now],
        )
        .await?;
    let mut ended = rows.iter().map(|row| row.get(0)).collect::<Result<Vec<Time>, Error>>()?;
    ended.sort();
    Ok(ended)
}

pub async fn insert_reservation(tx: &mut Tx, id: &str, counter: &Counter, until: Time) -> Result<(), Error> {
    tx.tell(
        "INSERT INTO attempt_reservations (id, counter_id, subject, leased_until) VALUES ($1, $2, $3, $4)",
        &[&id, &counter.id(), &counter.subject, &until],
    )
    .await
}

/// Ends the one of a guess that was right, or none: whether it was still there makes no difference.
pub async fn end_reservation(tx: &mut Tx, counter: &str, id: &str) -> Result<(), Error> {
    tx.tell("DELETE FROM attempt_reservations WHERE counter_id = $1 AND id = $2", &[&counter, &id]).await
}

/// Answers how many there were: none where it has been counted, or lost.
pub async fn delete_reservation(tx: &mut Tx, counter: &str, id: &str) -> Result<u64, Error> {
    tx.execute("DELETE FROM attempt_reservations WHERE counter_id = $1 AND id = $2", &[&counter, &id]).await
}

/// Ends every lock of a subject, of all factors and classes: a finished reset, or an administrator's act. Attempts that
/// were lost before it must not count after it.
pub async fn clear_subject(tx: &mut Tx, subject: &str) -> Result<u64, Error> {
    tx.execute("DELETE FROM attempt_reservations WHERE subject = $1", &[&subject]).await?;
    tx.execute("DELETE FROM attempt_counters WHERE subject = $1", &[&subject]).await
}

/// Ends the locks of a subject on one factor, in every class of browsers.
pub async fn clear_factor(tx: &mut Tx, subject: &str, factor: Factor) -> Result<u64, Error> {
    let counters = format!("{subject}/{}/%", factor.as_str());
    let reservations = "DELETE FROM attempt_reservations WHERE subject = $1 AND counter_id LIKE $2";
    tx.execute(reservations, &[&subject, &counters]).await?;
    tx.execute("DELETE FROM attempt_counters WHERE subject = $1 AND id LIKE $2", &[&subject, &counters]).await
}

/// Begins the count up to the cap anew: its subject has proved itself in a stronger way. What is counted within the window
/// stays, and so does its lock, or whoever guesses had all tries back whenever the owner signs in. A lock without these
/// failures is the cap's, and ends with it.
pub async fn restart_total(tx: &mut Tx, counter: &Counter, failures_that_lock: i64) -> Result<(), Error> {
    tx.tell(
        "UPDATE attempt_counters
         SET total = 0, locked_until = CASE WHEN failures < $2 THEN NULL ELSE locked_until END
         WHERE id = $1 AND total > 0",
        &[&counter.id(), &failures_that_lock],
    )
    .await
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

/// Failures in a row are remembered this long, or the cap on them would be none for whoever has patience.
const FAILURES_KEPT: Duration = Duration::from_secs(180 * 24 * 3_600);
/// Counters of names nobody has, at the most; strangers can invent as many as they like.
const PSEUDO_COUNTERS: i64 = 100_000;
/// Rows in one write, so that nobody waits for it.
const BATCH: i64 = 500;

/// Forgets a batch of counters and says how many: long untouched ones, and the oldest of too many about nobody.
pub async fn purge(tx: &mut Tx) -> Result<u64, Error> {
    let before = Time(tx.now()) - FAILURES_KEPT;
    let old = tx
        .execute(
            "DELETE FROM attempt_counters
             WHERE id IN (SELECT id FROM attempt_counters WHERE updated_at <= $1 LIMIT $2)",
            &[&before, &BATCH],
        )
        .await?;
    let row = tx
        .first(
            "SELECT COUNT(*) FROM attempt_counters c
             WHERE NOT EXISTS (SELECT 1 FROM accounts a WHERE a.id = c.subject)",
            &[],
        )
        .await?;
    let too_many = row.map_or(Ok(0), |row| row.get::<i64>(0))? - PSEUDO_COUNTERS;
    if too_many <= 0 {
        return Ok(old);
    }
    let evicted = tx
        .execute(
            "DELETE FROM attempt_counters WHERE id IN (
                 SELECT c.id FROM attempt_counters c
                 WHERE NOT EXISTS (SELECT 1 FROM accounts a WHERE a.id = c.subject)
                 ORDER BY c.updated_at LIMIT $1)",
            &[&too_many.min(BATCH)],
        )
        .await?;
    Ok(old + evicted)
}
