//! Which counters let nobody guess: for those who are asked why somebody cannot sign in.

use store::{Error, Row, Tx};

use super::rules::Factor;
use crate::organizations::LockRule;
use crate::platform::clock::Time;

/// A counter that admits no attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Closed {
    pub factor: Factor,
    /// Of one browser the account is known in; otherwise of all the others together.
    pub known_browser: bool,
    /// `None`: past the cap, so that only a recovery or an administrator opens it, also between two pauses.
    pub until: Option<Time>,
}

/// The counters of a subject that are closed now, those of browsers it is not known in first.
pub async fn closed_of(tx: &mut Tx, subject: &str, rule: &LockRule) -> Result<Vec<Closed>, Error> {
    let now = Time(tx.now());
    let rows = tx
        .all(
            "SELECT id, total, locked_until FROM attempt_counters
             WHERE subject = $1 AND (locked_until > $2 OR total >= $3) ORDER BY id",
            &[&subject, &now, &rule.cap],
        )
        .await?;
    let mut closed = rows.iter().map(|row| read(row, rule)).collect::<Result<Vec<_>, Error>>()?;
    closed.sort_by_key(|one| one.known_browser);
    Ok(closed)
}

fn read(row: &Row, rule: &LockRule) -> Result<Closed, Error> {
    let counter: String = row.get(0)?;
    let past_the_cap = row.get::<i64>(1)? >= rule.cap;
    Ok(Closed {
        factor: if counter.contains("/totp/") { Factor::Totp } else { Factor::Password },
        known_browser: !counter.ends_with("/-"),
        until: if past_the_cap { None } else { row.get(2)? },
    })
}
