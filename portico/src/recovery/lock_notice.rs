//! One mail a day that tells an owner that guessing is paused, with the way to open it
//! where the account has one.

use std::time::Duration;

use store::{Error, Tx};

use super::letters::LockLetter;
use super::send::{can_reset, issue_link, minutes_of};
use crate::app::App;
use crate::people::Account;
use crate::platform::clock::Time;
use crate::platform::limits;
use crate::platform::mail::{self, Post};

const ONCE_IN: Duration = Duration::from_secs(24 * 3_600);

/// Queues the notice, or (nobody has this name) the row of one that is never sent: as often, and counted alike, because a
/// stranger can take the time of either.
pub async fn notify_lock(
    tx: &mut Tx,
    app: &App,
    account: Option<&Account>,
    subject: &str,
    until: Time,
) -> Result<(), Error> {
    let key = app.limit_key("lock_notice", subject);
    if !limits::count(tx, &key, ONCE_IN, 1).await?.is_within() {
        return Ok(());
    }
    let Some(account) = account else {
        let letter = LockLetter { account: String::new(), until: until.0, zone: "UTC".into(), link: None, minutes: 0 };
        mail::queue(tx, &app.office, Post { to: None, letter: &letter, account: None, language: "en" }).await?;
        return Ok(());
    };
    let mail = app.office.next_id();
    // What a reset refuses, a lock must not open: whoever guesses wrong three times would have asked for the link.
    let link = match can_reset(account) {
        true => Some(issue_link(tx, app, account, account.credentials_epoch, &account.email, &mail).await?),
        false => None,
    };
    let letter = LockLetter {
        account: account.sign_in_name().to_owned(),
        until: until.0,
        zone: account.organization.time_zone.clone(),
        link,
        minutes: minutes_of(account),
    };
    let post =
        Post { to: Some(&account.email), letter: &letter, account: Some(&account.id), language: account.language() };
    mail::queue_as(tx, &app.office, &mail, post).await
}
