//! Attempts while guessing is paused, for the audit trail: that somebody went on, and against whom.
//!
//! One row a minute for each counter, however many attempts there were: a lock costs an attacker nothing to run into, so a row
//! for each would let him fill the disk, and a write for each would let him slow everybody down. A lock of thirty minutes is
//! thirty rows at most, and still shows when it went on and when it stopped.

use std::time::Duration;

use serde_json::json;
use store::{Error, Tx};

use super::rules::Counter;
use crate::audit::{self, Entry, Event};
use crate::people::Account;
use crate::platform::limits;
use crate::platform::web::Visit;

const ONE_ROW_IN: Duration = Duration::from_secs(60);

/// Whether this minute's row has been written: a look that costs no write.
///
/// # Errors
/// When the database says no.
pub async fn is_recorded(tx: &mut Tx, visit: &Visit, counter: &Counter) -> Result<bool, Error> {
    limits::peek(tx, &key(visit, counter), ONE_ROW_IN, 1).await.map(|within| !within.is_within())
}

/// Writes this minute's row, if nobody has.
///
/// # Errors
/// When the database says no.
pub async fn record(tx: &mut Tx, visit: &Visit, account: Option<&Account>, counter: &Counter) -> Result<(), Error> {
    if !limits::count(tx, &key(visit, counter), ONE_ROW_IN, 1).await?.is_within() {
        return Ok(());
    }
    let mut entry = Entry::about(Event::AttemptRefused, account, &counter.subject).from(visit);
    let id = counter.id();
    let what = id.strip_prefix(&counter.subject).unwrap_or_default().trim_start_matches('/');
    if let Some(details) = entry.details.as_object_mut() {
        details.insert("counter".into(), json!(what));
    }
    audit::record(tx, &visit.app.entropy, entry).await
}

fn key(visit: &Visit, counter: &Counter) -> String {
    visit.app.limit_key("attempts_refused", &counter.id())
}
