//! Who did what, to whom, from where. Rows are added and never changed.
//!
//! - An event is one row, written in the transaction of what it tells ([`record`]): no effect without its row, no row
//!   without its effect. Looking at a page is no event; what a link does (a session begun, a product opened) is one.
//! - Writers do not number or chain the rows, or else every two of them would be in each other's way. The [`Sealer`] does,
//!   within a second, on one node at a time: each row's MAC covers the row, its number and the MAC of the row before.
//! - [`told_of`] reads what the trail tells of one account, for its owner: see `account::activity`.
//! - [`verify`] walks the chain and finds a row that was edited, removed (in the middle, or at the end) or slipped in.
//! - What this cannot show: rows that were removed in the second before they were sealed, and a whole database set back to
//!   an earlier state, which looks like any restored backup. Against the latter, compare the head (number and MAC, in the
//!   sealer's log) with one noted elsewhere.
//!
//! ```text
//! record ──commit──► unsealed ──sealer──► sealed (sequence, mac) ═► audit_head
//! ```

mod chain;
mod entry;
mod event;
mod queries;
mod sealer;
#[cfg(test)]
mod tests;
mod told;
mod verify;

use std::pin::Pin;

use serde_json::json;
use store::{Error, Tx};

pub use chain::{Fault, Verdict};
pub use entry::{Actor, Entry, Source};
pub use event::Event;
pub use sealer::Sealer;
pub use told::{Doer, Place, Told, told_of};
pub use verify::verify;

use crate::platform::entropy::Entropy;
use crate::platform::ids::AccountId;
use crate::platform::mail::Refusal;

/// Adds an event in the caller's transaction.
///
/// # Errors
/// When the database says no; then what the event tells must not happen either.
pub async fn record(tx: &mut Tx, entropy: &Entropy, entry: Entry<'_>) -> Result<(), Error> {
    queries::insert(tx, &entropy.id(), &entry).await
}

/// Records that a mail was given up: what a courier is told to do.
pub fn mail_refused<'a>(
    tx: &'a mut Tx,
    entropy: &'a Entropy,
    refusal: &'a Refusal,
) -> Pin<Box<dyn Future<Output = Result<(), Error>> + Send + 'a>> {
    Box::pin(async move {
        let account = refusal.account.as_deref().map(AccountId::from);
        let entry = Entry {
            event: Event::MailRefused,
            actor: Actor::System,
            account: account.as_ref(),
            organization: None,
            source: None,
            details: json!({
                "mail": refusal.mail,
                "kind": refusal.kind,
                "code": refusal.reply.code,
                "reply": refusal.reply.text,
            }),
        };
        record(tx, entropy, entry).await
    })
}
