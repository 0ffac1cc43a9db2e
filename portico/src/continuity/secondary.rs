//! A second mailbox: named, confirmed by whoever reads there, removed.
//!
//! While single sign-on is suspended it is half of every reset, and stays as it is: whoever has taken an account over in the
//! incident would put their own in its place.

use std::time::Duration;

use serde_json::{Value, json};
use store::{Error, Tx};

use super::by::By;
use super::letters::{ConfirmLetter, ReleasedLetter, ReplacingLetter};
use super::queries::{self, Address};
use super::rules::{CONFIRM_LIVES, NAME_AGAIN_AFTER, NAMES, NAMES_WINDOW, NotSecond, may_be_second, outlives_dispute};
use crate::app::App;
use crate::audit::{self, Entry, Event};
use crate::notices::{self, Cause};
use crate::people::{Account, Email};
use crate::platform::clock::Time;
use crate::platform::limits;
use crate::platform::mail::{self, Post};
use crate::platform::one_time::{self, Issue, Purpose, State, Validity};
use crate::platform::spelled::spelled;
use crate::platform::web::{Browser, Visit};

/// At whose wish it is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SetBy {
    Person,
    Administrator,
}

spelled!(SetBy { Person = "person", Administrator = "administrator" });

/// Why an address was not named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotNamed {
    #[error(transparent)]
    NotSecond(#[from] NotSecond),
    #[error("Several people use this account: a second mailbox would be one person's.")]
    Shared,
    #[error("It is the account's second mailbox already, and confirmed.")]
    Already,
    #[error("Single sign-on is suspended, and until it resumes second mailboxes stay as they are.")]
    Suspended,
    #[error("A mail was sent less than a minute ago. Try again in a moment.")]
    Soon,
    #[error("Five mails were sent within an hour. Try again later.")]
    Often,
}

impl NotNamed {
    /// As an address of ours spells it.
    pub fn word(self) -> &'static str {
        match self {
            NotNamed::NotSecond(why) => why.as_str(),
            NotNamed::Shared => "shared",
            NotNamed::Already => "already",
            NotNamed::Suspended => "suspended",
            NotNamed::Soon => "soon",
            NotNamed::Often => "often",
        }
    }
}

/// Names one, and mails it the button that confirms it. It counts for nothing before, and the one that counts stays until then.
///
/// # Errors
/// When the database says no.
pub async fn name(
    tx: &mut Tx,
    app: &App,
    by: By<'_>,
    account: &Account,
    second: &Email,
    shown: &str,
) -> Result<Result<(), NotNamed>, Error> {
    if let Err(why) = may_be_named(tx, app, account, second).await? {
        return Ok(Err(why));
    }
    let set_by = if by.account.is_some() { SetBy::Person } else { SetBy::Administrator };
    let new = Address {
        email: second.as_str().to_owned(),
        shown: shown.trim().to_owned(),
        set_at: Time(tx.now()),
        verified_at: None,
    };
    queries::name(tx, &account.id, &new, second.domain(), set_by.as_str()).await?;
    one_time::retire(tx, Purpose::VerifySecondary, &account.id).await?;
    let mail = app.office.next_id();
    let issue = Issue {
        purpose: Purpose::VerifySecondary,
        account: &account.id,
        credentials_epoch: account.credentials_epoch,
        sent_to: second.as_str(),
        validity: Validity::FromHandOver(&mail),
        lifetime: CONFIRM_LIVES,
    };
    let link = one_time::issue(tx, &app.keys, &app.entropy, issue).await?;
    let letter = ConfirmLetter {
        account: account.sign_in_name().to_owned(),
        organization: account.organization.name.clone(),
        link,
        by_administrator: set_by == SetBy::Administrator,
    };
    let post =
        Post { to: Some(second.as_str()), letter: &letter, account: Some(&account.id), language: account.language() };
    mail::queue_as(tx, &app.office, &mail, post).await?;
    warn(tx, app, account).await?;
    let details = json!({ "address": second.as_str(), "by": set_by.as_str() });
    record(tx, app, by, Event::SecondaryEmailRequested, account, details).await.map(Ok)
}

async fn may_be_named(
    tx: &mut Tx,
    app: &App,
    account: &Account,
    second: &Email,
) -> Result<Result<(), NotNamed>, Error> {
    if account.shared_at.is_some() {
        return Ok(Err(NotNamed::Shared));
    }
    if account.organization.suspended.is_some() {
        return Ok(Err(NotNamed::Suspended));
    }
    let domains = queries::domains_of(tx, &account.organization.id).await?;
    let Some(primary) = Email::parse(&account.email) else { return Ok(Err(NotSecond::Primary.into())) };
    if let Err(why) = may_be_second(second, &primary, &domains) {
        return Ok(Err(why.into()));
    }
    let known = queries::address_of(tx, &account.id).await?;
    if known.is_some_and(|known| known.email == second.as_str()) {
        return Ok(Err(NotNamed::Already));
    }
    let made = one_time::made_since(tx, Purpose::VerifySecondary, &account.id, Time(tx.now()) - NAMES_WINDOW).await?;
    if made.last_at.is_some_and(|at| Time(tx.now()) < at + NAME_AGAIN_AFTER) {
        return Ok(Err(NotNamed::Soon));
    }
    // Or somebody's mailbox could be filled by whoever has several accounts.
    let mailbox = app.limit_key("mails_to_mailbox", second.as_str());
    let room = limits::count(tx, &mailbox, HOUR, app.limits.mails_per_mailbox).await?.is_within();
    Ok(if made.count >= NAMES || !room { Err(NotNamed::Often) } else { Ok(()) })
}

const HOUR: Duration = Duration::from_secs(3_600);

/// Whoever reads there has pressed the button: from now on it counts. False when that is over, or not asked for any more, and while
/// single sign-on is suspended.
pub async fn confirm(
    tx: &mut Tx,
    visit: &Visit,
    account: &Account,
    found: &State,
    browser: &Browser,
) -> Result<bool, Error> {
    let app = &visit.app;
    if account.organization.suspended.is_some() || account.has_address(&found.sent_to) {
        return Ok(false);
    }
    let old = queries::address_of(tx, &account.id).await?;
    if !one_time::consume(tx, Purpose::VerifySecondary, &found.id, &browser.hash).await?
        || !queries::verify(tx, &account.id, &found.sent_to).await?
    {
        return Ok(false);
    }
    let details = json!({ "address": found.sent_to, "instead_of": old.as_ref().map(|old| old.email.as_str()) });
    let entry = Entry { details, ..Entry::of(Event::SecondaryEmailVerified, account).from(visit) };
    audit::record(tx, &app.entropy, entry).await?;
    if let Some(old) = old {
        release(tx, app, account, &old).await?;
    }
    notices::secondary_email_changed(tx, &Cause::of(visit), account, Some(&found.sent_to)).await?;
    Ok(true)
}

/// Takes the second mailbox away, or one that waits to be confirmed; false where there was none, and for its owner while single
/// sign-on is suspended. An operator may: they know that it is a thief's.
///
/// # Errors
/// When the database says no.
pub async fn remove(tx: &mut Tx, cause: &Cause<'_>, by: By<'_>, account: &Account) -> Result<bool, Error> {
    let app = cause.app();
    if by.account.is_some() && account.organization.suspended.is_some() {
        return Ok(false);
    }
    let Some(old) = take_away(tx, app, account).await? else { return Ok(false) };
    let details = json!({ "address": old.email, "confirmed": old.verified_at.is_some() });
    record(tx, app, by, Event::SecondaryEmailRemoved, account, details).await?;
    if old.verified_at.is_some() {
        notices::secondary_email_changed(tx, cause, account, None).await?;
    }
    Ok(true)
}

/// The same without a notice: the owner has just said that whatever is set may be a thief's.
///
/// # Errors
/// When the database says no.
pub async fn forget(tx: &mut Tx, app: &App, account: &Account) -> Result<Option<Address>, Error> {
    match outlives_dispute(account) {
        false => take_away(tx, app, account).await,
        true => Ok(None),
    }
}

async fn take_away(tx: &mut Tx, app: &App, account: &Account) -> Result<Option<Address>, Error> {
    let Some(old) = queries::addresses_of(tx, &account.id).await?.into_iter().next() else { return Ok(None) };
    queries::remove(tx, &account.id).await?;
    one_time::retire(tx, Purpose::VerifySecondary, &account.id).await?;
    if old.verified_at.is_some() {
        release(tx, app, account, &old).await?;
    }
    Ok(Some(old))
}

/// Tells the mailbox that counts that another is to take its place: afterwards it would be too late to say no.
async fn warn(tx: &mut Tx, app: &App, account: &Account) -> Result<(), Error> {
    let Some(old) = queries::address_of(tx, &account.id).await? else { return Ok(()) };
    let letter = ReplacingLetter { account: account.sign_in_name().to_owned() };
    let post = Post { to: Some(&old.shown), letter: &letter, account: Some(&account.id), language: account.language() };
    mail::queue(tx, &app.office, post).await.map(drop)
}

async fn release(tx: &mut Tx, app: &App, account: &Account, old: &Address) -> Result<(), Error> {
    let letter = ReleasedLetter { account: account.sign_in_name().to_owned() };
    let post = Post { to: Some(&old.shown), letter: &letter, account: Some(&account.id), language: account.language() };
    mail::queue(tx, &app.office, post).await.map(drop)
}

async fn record(
    tx: &mut Tx,
    app: &App,
    by: By<'_>,
    event: Event,
    account: &Account,
    details: Value,
) -> Result<(), Error> {
    let entry = Entry { actor: by.actor(), source: by.source(), details, ..Entry::of(event, account) };
    audit::record(tx, &app.entropy, entry).await
}
