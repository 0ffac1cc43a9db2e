//! Which counters let nobody guess: for those who are asked why somebody cannot sign in.

use store::{Error, Tx};

use super::queries;
use super::rules::{Factor, QUESTIONS};
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
    let lowest = rule.cap.min(QUESTIONS.cap);
    let rows = queries::closed(tx, subject, lowest).await?;
    let now = Time(tx.now());
    let mut closed: Vec<Closed> = rows.into_iter().filter_map(|row| read(row, rule, now)).collect();
    closed.sort_by_key(|one| one.known_browser);
    Ok(closed)
}

fn read((counter, total, locked_until): (String, i64, Option<Time>), lock: &LockRule, now: Time) -> Option<Closed> {
    let factor: Factor = counter.rsplit('/').nth(1)?.parse().ok()?;
    let past_cap = total >= factor.rule(*lock).cap;
    let locked = locked_until.is_some_and(|until| now < until);
    (past_cap || locked).then(|| Closed {
        factor,
        known_browser: !counter.ends_with("/-"),
        until: if past_cap { None } else { locked_until },
    })
}
