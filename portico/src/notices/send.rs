//! From a cause to its mails: one to each address that is proved to be the account's, each with a link of its own.

use store::{Error, Tx};

use super::dispute_letters::EmailAssignedLetter;
use super::letters::{
    AccountExportedLetter, EmailChangedLetter, Event, LinkedLetter, NewBrowserLetter, PasswordChangedLetter,
    QuestionsAnsweredLetter, QuestionsChangedLetter, SecondaryEmailChangedLetter,
};
use super::rules::{BUTTON_LIVES, Occasion, Remedy, name_for};
use crate::app::App;
use crate::continuity::masked;
use crate::people::{self, Account, Administrator};
use crate::platform::i18n::UNSAID;
use crate::platform::ids::{OneTimeId, OutboxId};
use crate::platform::mail::{self, Letter, Post};
use crate::platform::one_time::{self, Issue, Validity};
use crate::platform::web::Visit;
use crate::recovery;
use crate::session::browser_name;

/// Where it was done: in a browser, or by whoever runs the commands.
pub struct Cause<'a> {
    pub(super) app: &'a App,
    address: Option<String>,
    browser: Option<String>,
}

impl<'a> Cause<'a> {
    pub fn of(visit: &'a Visit) -> Cause<'a> {
        Cause {
            app: &visit.app,
            address: Some(visit.address.to_string()),
            browser: Some(browser_name(&visit.user_agent)),
        }
    }

    /// An administrator's act on the command line.
    pub fn command(app: &'a App) -> Cause<'a> {
        Cause { app, address: None, browser: None }
    }

    pub fn app(&self) -> &'a App {
        self.app
    }

    fn event(&self, tx: &Tx, account: &Account, to: &str, occasion: Occasion, not_me: OneTimeId) -> Event {
        Event {
            account: name_for(account, to).to_owned(),
            at: tx.now(),
            zone: account.organization.time_zone.clone(),
            address: self.address.clone(),
            browser: self.browser.clone(),
            remedy: Remedy::of(account, to, occasion).as_str().to_owned(),
            not_me,
        }
    }
}

/// The password is another one now; to be called in the write that sets it.
///
/// # Errors
/// When the database says no.
pub async fn password_changed(tx: &mut Tx, cause: &Cause<'_>, account: &Account) -> Result<(), Error> {
    to_all(tx, cause, account, |event| PasswordChangedLetter { event }).await
}

/// The answers (or the questions) are others now.
///
/// # Errors
/// When the database says no.
pub async fn questions_changed(tx: &mut Tx, cause: &Cause<'_>, account: &Account) -> Result<(), Error> {
    to_all(tx, cause, account, |event| QuestionsChangedLetter { event }).await
}

/// Right answers have just given somebody the right to set a password, for so many minutes.
///
/// # Errors
/// When the database says no.
pub async fn questions_answered(tx: &mut Tx, cause: &Cause<'_>, account: &Account, minutes: i64) -> Result<(), Error> {
    to_all(tx, cause, account, |event| QuestionsAnsweredLetter { event, minutes }).await
}

/// A second mailbox counts from now on (`None`: there is none any more). Told to the first one, with a button that takes it away.
///
/// # Errors
/// When the database says no.
pub async fn secondary_email_changed(
    tx: &mut Tx,
    cause: &Cause<'_>,
    account: &Account,
    second: Option<&str>,
) -> Result<(), Error> {
    let letter = |event| SecondaryEmailChangedLetter { event, second: second.map(masked) };
    to_all(tx, cause, account, letter).await
}

/// A full sign-in in a browser the account is not known in.
///
/// # Errors
/// When the database says no.
pub async fn new_browser(tx: &mut Tx, cause: &Cause<'_>, account: &Account) -> Result<(), Error> {
    to_all(tx, cause, account, |event| NewBrowserLetter { event }).await
}

/// Whoever comes by this connection as the one who has just come is let into the account from now on.
///
/// # Errors
/// When the database says no.
pub async fn linked(tx: &mut Tx, cause: &Cause<'_>, account: &Account, connection: &str) -> Result<(), Error> {
    to_all(tx, cause, account, |event| LinkedLetter { event, connection: connection.to_owned() }).await
}

/// A copy of everything that is kept about the person was downloaded.
///
/// # Errors
/// When the database says no.
pub async fn account_exported(tx: &mut Tx, cause: &Cause<'_>, account: &Account) -> Result<(), Error> {
    to_all(tx, cause, account, |event| AccountExportedLetter { event }).await
}

/// Mail goes elsewhere from now on. Told to `old`, the proved address it went to so far, with a button; `account` has the new one.
///
/// # Errors
/// When the database says no.
pub async fn email_changed(tx: &mut Tx, cause: &Cause<'_>, account: &Account, old: &str) -> Result<(), Error> {
    let letter = |event| EmailChangedLetter { event, old: old.to_owned() };
    to_one(tx, cause, account, old, Occasion::Deed, &letter).await
}

/// This is the account's address from now on, told to itself. There is no button, and no user name: nothing shows yet whose mailbox it is.
///
/// # Errors
/// When the database says no.
pub async fn email_assigned(tx: &mut Tx, cause: &Cause<'_>, account: &Account) -> Result<(), Error> {
    let letter = EmailAssignedLetter {
        address: account.email.clone(),
        organization: account.organization.name.clone(),
        at: tx.now(),
        zone: account.organization.time_zone.clone(),
    };
    let to = Some(account.email.as_str());
    let post = Post { to, letter: &letter, account: Some(&account.id), language: account.language() };
    mail::queue(tx, &cause.app.office, post).await.map(drop)
}

/// Mails those who administer. Whose address was changed and is not confirmed yet gets a mail that asks to confirm it, and says no
/// more: the letter names people, and nobody knows who reads there.
///
/// # Errors
/// When the database says no.
pub async fn tell_administrators(
    tx: &mut Tx,
    app: &App,
    administrators: &[Administrator],
    letter: &(impl Letter + Sync),
) -> Result<(), Error> {
    for one in administrators {
        if one.unproved {
            if let Some(account) = people::by_id(tx, &one.account).await? {
                recovery::tell_to_confirm(tx, app, &account).await?;
            }
            continue;
        }
        let language = one.language.as_deref().unwrap_or(UNSAID);
        let post = Post { to: Some(&one.email), letter, account: Some(&one.account), language };
        mail::queue(tx, &app.office, post).await?;
    }
    Ok(())
}

pub(super) async fn to_all<L: Letter + Sync>(
    tx: &mut Tx,
    cause: &Cause<'_>,
    account: &Account,
    letter: impl Fn(Event) -> L,
) -> Result<(), Error> {
    if account.has_unproved_address() {
        return without_proof(tx, cause, account).await;
    }
    for address in addresses_of(account) {
        to_one(tx, cause, account, address, Occasion::Deed, &letter).await?;
    }
    Ok(())
}

/// What a notice comes to where nobody has confirmed the account's address. Or whoever reads there learned when and where the
/// account is used, by which user name.
pub(super) async fn without_proof(tx: &mut Tx, cause: &Cause<'_>, account: &Account) -> Result<(), Error> {
    recovery::tell_to_confirm(tx, cause.app, account).await
}

pub(super) async fn to_one<L: Letter + Sync>(
    tx: &mut Tx,
    cause: &Cause<'_>,
    account: &Account,
    to: &str,
    occasion: Occasion,
    letter: &impl Fn(Event) -> L,
) -> Result<(), Error> {
    let app = cause.app;
    let mail = app.office.next_id();
    let not_me = button(tx, app, account, to, &mail, occasion).await?;
    let letter = letter(cause.event(tx, account, to, occasion, not_me));
    let post = Post { to: Some(to), letter: &letter, account: Some(&account.id), language: account.language() };
    mail::queue_as(tx, &app.office, &mail, post).await
}

/// Every address that is the account's: the second mailbox only while a password can be reset with it. Callers have asked whether
/// the first one is proved.
pub(super) fn addresses_of(account: &Account) -> impl Iterator<Item = &str> {
    std::iter::once(account.email.as_str()).chain(account.second_mailbox.as_deref())
}

/// The secret behind a notice's button.
pub(super) async fn button(
    tx: &mut Tx,
    app: &App,
    account: &Account,
    to: &str,
    mail: &OutboxId,
    occasion: Occasion,
) -> Result<OneTimeId, Error> {
    let issue = Issue {
        purpose: occasion.purpose(),
        account: &account.id,
        credentials_epoch: account.credentials_epoch,
        sent_to: to,
        validity: Validity::FromHandOver(mail),
        lifetime: BUTTON_LIVES,
    };
    one_time::issue(tx, &app.keys, &app.entropy, issue).await
}
