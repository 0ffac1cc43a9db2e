//! The notice of a lock: at most one in 24 hours and one of codes, with the way to open it where the account has one.

use store::{Error, Tx};

use super::letters::LockLetter;
use super::rules::{LOCK_NOTICE_IN, Occasion, Remedy};
use super::send::{addresses_of, button};
use crate::app::App;
use crate::people::Account;
use crate::platform::clock::Time;
use crate::platform::i18n::UNSAID;
use crate::platform::limits;
use crate::platform::mail::{self, Post};
use crate::platform::spelled::spelled;
use crate::recovery;

/// The limit on notices of sign-ins that stopped between two factors.
pub(super) const HALF_NOTICE: &str = "half_notice";

/// What somebody guessed wrong too often.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guessed {
    Passwords,
    /// Of an authenticator app. Whoever gets as far knows the password.
    Codes,
    /// To security questions.
    Answers,
}

spelled!(Guessed { Passwords = "passwords", Codes = "codes", Answers = "answers" });

/// Queues the notice, or (nobody has this name) the row of one that is never sent: as often, and counted alike, because a
/// stranger can take the time of either.
///
/// # Errors
/// When the database says no.
pub async fn locked(
    tx: &mut Tx,
    app: &App,
    account: Option<&Account>,
    subject: &str,
    guessed: Guessed,
    until: Time,
) -> Result<(), Error> {
    if !may_tell(tx, app, subject, guessed).await? {
        return Ok(());
    }
    let Some(account) = account else {
        let post = Post { to: None, letter: &LockLetter::of_nobody(until), account: None, language: UNSAID };
        return mail::queue(tx, &app.office, post).await.map(drop);
    };
    if account.has_unproved_address() {
        return recovery::tell_to_confirm(tx, app, account).await;
    }
    // Whoever guesses codes knows the password: the button takes that away, too.
    let occasion = if guessed == Guessed::Codes { Occasion::Deed } else { Occasion::Guesses };
    for to in addresses_of(account) {
        let mail = app.office.next_id();
        // What a reset refuses, a lock must not open: whoever guesses wrong three times would have asked for the link. And
        // a link that asks for a code opens nothing while codes are what is locked.
        let link = match guessed != Guessed::Codes && recovery::a_link_resets(account) {
            true => Some(recovery::issue_link(tx, app, account, account.credentials_epoch, to, &mail).await?),
            false => None,
        };
        let letter = LockLetter {
            account: account.sign_in_name().to_owned(),
            until: until.0,
            zone: account.organization.time_zone.clone(),
            guessed: guessed.as_str().to_owned(),
            link,
            minutes: recovery::minutes_of(account),
            not_me: Some(button(tx, app, account, to, &mail, occasion).await?),
            remedy: Remedy::of(account, to, occasion).as_str().to_owned(),
        };
        let post = Post { to: Some(to), letter: &letter, account: Some(&account.id), language: account.language() };
        mail::queue_as(tx, &app.office, &mail, post).await?;
    }
    Ok(())
}

/// One a day, whatever was guessed. But whoever guesses codes knows the password, which is another matter: no notice of guessed
/// passwords must keep that one back. It says what one of half a sign-in would, which is not told as well.
async fn may_tell(tx: &mut Tx, app: &App, subject: &str, guessed: Guessed) -> Result<bool, Error> {
    let any = is_first(tx, app, "lock_notice", subject).await?;
    if guessed != Guessed::Codes {
        return Ok(any);
    }
    is_first(tx, app, HALF_NOTICE, subject).await?;
    is_first(tx, app, "code_lock_notice", subject).await
}

/// Whether nothing of the kind was told to this subject within the day.
pub(super) async fn is_first(tx: &mut Tx, app: &App, what: &str, subject: &str) -> Result<bool, Error> {
    limits::count(tx, &app.limit_key(what, subject), LOCK_NOTICE_IN, 1).await.map(|within| within.is_within())
}
