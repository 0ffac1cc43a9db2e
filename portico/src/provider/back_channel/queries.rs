use std::time::Duration;

use store::{Error, Tx};

use super::rules::Fate;
use crate::platform::clock::Time;

/// A notice that this node has.
#[derive(Clone, Debug)]
pub struct Notice {
    pub id: String,
    pub client: String,
    pub subject: String,
    pub sid: String,
    /// Before this one.
    pub attempts: i64,
    pub created_at: Time,
    pub lease: String,
}

/// A notice that is due.
pub struct Due {
    pub id: String,
    pub client: String,
}

/// What is due, and of no client more than `share`: one that is away for a day must not hide the others'.
pub async fn due(tx: &mut Tx, share: usize) -> Result<Vec<Due>, Error> {
    let now = Time(tx.now());
    let rows = tx
        .all(
            "SELECT d.id, d.client_id
             FROM (SELECT id, client_id, next_attempt_at,
                          ROW_NUMBER() OVER (PARTITION BY client_id ORDER BY next_attempt_at, id) AS place
                   FROM logout_notices
                   WHERE state = 'waiting' AND next_attempt_at <= $1
                     AND (leased_until IS NULL OR leased_until <= $1)) d
             WHERE d.place <= $2
             ORDER BY d.next_attempt_at, d.id LIMIT 200",
            &[&now, &i64::try_from(share).unwrap_or(1)],
        )
        .await?;
    rows.iter().map(|row| Ok(Due { id: row.get(0)?, client: row.get(1)? })).collect()
}

/// The notice, unless somebody else has it meanwhile.
pub async fn claim(tx: &mut Tx, id: &str, lease: &str, length: Duration) -> Result<Option<Notice>, Error> {
    let now = Time(tx.now());
    let row = tx
        .first(
            "UPDATE logout_notices SET lease = $1, leased_until = $2, attempts = attempts + 1
             WHERE id = $3 AND state = 'waiting' AND next_attempt_at <= $4
               AND (leased_until IS NULL OR leased_until <= $4)
             RETURNING client_id, subject, sid, attempts, created_at",
            &[&lease, &(now + length), &id, &now],
        )
        .await?;
    row.map(|row| {
        Ok(Notice {
            id: id.to_owned(),
            client: row.get(0)?,
            subject: row.get(1)?,
            sid: row.get(2)?,
            attempts: row.get::<i64>(3)? - 1,
            created_at: row.get(4)?,
            lease: lease.to_owned(),
        })
    })
    .transpose()
}

/// Writes what became of it, if this node still has it.
pub async fn settle(tx: &mut Tx, notice: &Notice, fate: Fate, answer: &str) -> Result<bool, Error> {
    let now = Time(tx.now());
    let next = match fate {
        Fate::Later(at) => at,
        Fate::Delivered | Fate::GivenUp => now,
    };
    let ended = (!matches!(fate, Fate::Later(_))).then_some(now);
    let answer: String = answer.chars().take(200).collect();
    let settled = tx
        .execute(
            "UPDATE logout_notices SET state = $1, next_attempt_at = $2, ended_at = $3, answer = $4,
                                       lease = NULL, leased_until = NULL
             WHERE id = $5 AND lease = $6",
            &[&fate.name(), &next, &ended, &answer, &notice.id, &notice.lease],
        )
        .await?;
    Ok(settled == 1)
}

/// Notices that a client did not take.
pub struct Undelivered {
    pub client: String,
    pub notices: i64,
    /// One of its answers, if it gave any.
    pub answer: Option<String>,
}

/// Of those that were made after `since`.
pub async fn undelivered(tx: &mut Tx, since: Time) -> Result<Vec<Undelivered>, Error> {
    let rows = tx
        .all(
            "SELECT client_id, COUNT(*), MAX(answer) FROM logout_notices
             WHERE created_at > $1 AND (state = 'given_up' OR (state = 'waiting' AND attempts > 0))
             GROUP BY client_id",
            &[&since],
        )
        .await?;
    rows.iter().map(|row| Ok(Undelivered { client: row.get(0)?, notices: row.get(1)?, answer: row.get(2)? })).collect()
}

/// Forgets some of the notices that were made before `before`, and says how many.
pub async fn purge(tx: &mut Tx, before: Time) -> Result<u64, Error> {
    tx.execute(
        "DELETE FROM logout_notices
         WHERE id IN (SELECT id FROM logout_notices WHERE created_at < $1 AND state <> 'waiting' LIMIT 500)",
        &[&before],
    )
    .await
}
