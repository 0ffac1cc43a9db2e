//! One mail a day that tells an owner that guessing is paused, with the way to open it.

use std::time::Duration;

use store::{Error, Tx};

use super::letters::LockLetter;
use crate::app::App;
use crate::people::Account;
use crate::platform::clock::Time;
use crate::platform::limits;
use crate::platform::mail::{self, Post};

const ONCE_IN: Duration = Duration::from_secs(24 * 3_600);

/// Queues the notice, or (nobody has this name) the row of one that is never sent.
pub async fn notify_lock(tx: &mut Tx, app: &App, account: Option<&Account>, until: Time) -> Result<(), Error> {
    let letter = LockLetter { until: until.0, zone: account.map_or("UTC".into(), |a| a.organization.time_zone.clone()) };
    let (to, id, language) = match account {
        Some(account) => (Some(account.email.as_str()), Some(&account.id), account.language()),
        None => (None, None, "en"),
    };
    let key = app.limit_key("lock_notice", id.map_or("-", |id| id.as_str()));
    if account.is_some() && !limits::count(tx, &key, ONCE_IN, 1).await?.is_within() {
        return Ok(());
    }
    mail::queue(tx, app.desk(), Post { to, letter: &letter, account: id, language }).await?;
    Ok(())
}
