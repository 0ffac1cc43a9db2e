//! A mail's life line: what was said of it after it was queued, in order.
//!
//! - Written with the outcome it tells of, in the same transaction.
//! - The same thing said again is counted, not repeated: a server that asks to wait for two days leaves one line.
//! - That its link was *used* is certain: a form was posted. That it was *fetched* is not told: mail scanners do that too.
//!
//! ```text
//! queued ─► deferred (450 …, 3 times) ─► handed over (250 …) ─► delayed ─► bounced (5.1.1 …)
//!                                    └─► refused (550 …)            └────► link used
//! ```

mod queries;
mod rules;

use store::{Error, Tx};

use super::queries::{Recent, Whose};
use super::smtp::Reply;
use crate::platform::clock::Time;
use crate::platform::spelled::spelled;

pub use queries::Trouble;
pub use rules::{Fault, fault_of};

/// What may be said of a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Happened {
    Deferred,
    HandedOver,
    Refused,
    /// Whoever has it now says that it will take longer.
    Delayed,
    Bounced,
}

spelled!(Happened {
    Deferred = "deferred",
    HandedOver = "handed_over",
    Refused = "refused",
    Delayed = "delayed",
    Bounced = "bounced",
});

/// One line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    pub what: Happened,
    pub code: Option<i64>,
    pub reply: String,
    pub times: i64,
    pub first_at: Time,
    pub last_at: Time,
}

/// A mail with all that is known of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Life {
    pub mail: Recent,
    pub events: Vec<Event>,
    pub link_used_at: Option<Time>,
}

/// Writes one line; to be called in the write of the outcome.
pub(super) async fn note(tx: &mut Tx, mail: &str, what: Happened, reply: &Reply) -> Result<(), Error> {
    let fault = match what {
        Happened::HandedOver | Happened::Delayed => None,
        // Nobody was asked, or nobody answered: no fault of theirs.
        _ => reply.code.map(|code| fault_of(code, &reply.text)),
    };
    queries::note(tx, mail, what, fault, reply).await
}

/// The latest mails to an address or about an account with their life lines, newest first.
///
/// # Errors
/// When the database says no.
pub async fn lives_of(tx: &mut Tx, whose: Whose<'_>) -> Result<Vec<Life>, Error> {
    let mut lives = Vec::new();
    for mail in super::recent_for(tx, whose).await? {
        let events = queries::events(tx, &mail.id).await?;
        let link_used_at = queries::link_used_at(tx, &mail.id).await?;
        lives.push(Life { mail, events, link_used_at });
    }
    Ok(lives)
}

/// What mail servers have held against our mail since `since`, by domain.
///
/// # Errors
/// When the database says no.
pub async fn troubles(tx: &mut Tx, since: Time, domain: Option<&str>) -> Result<Vec<Trouble>, Error> {
    match domain {
        Some(domain) => queries::troubles_of(tx, since, domain).await,
        None => queries::troubles(tx, since).await,
    }
}

/// Forgets some of the lines whose mail is forgotten, and says how many.
pub(super) async fn purge(tx: &mut Tx, before: Time) -> Result<u64, Error> {
    queries::purge(tx, before).await
}
