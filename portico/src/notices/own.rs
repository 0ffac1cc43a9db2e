//! Notices of what owners do in my account: most often they, and else somebody who sits at their computer. They go to every address.

use serde::{Deserialize, Serialize};
use store::{Error, Tx};

use super::letters::{EmailChangedLetter, Event};
use super::rules::Occasion;
use super::send::{Cause, to_every, to_one, to_second};
use crate::continuity::masked;
use crate::people::Account;
use crate::platform::mail::{Desk, Letter, Message};

/// Somebody wants another address for the account, and has not shown yet that it is theirs. While nothing has changed the button
/// still undoes whatever they have.
///
/// # Errors
/// When the database says no.
pub async fn email_change_asked(tx: &mut Tx, cause: &Cause<'_>, account: &Account, new: &str) -> Result<(), Error> {
    let new = masked(new);
    to_every(tx, cause, account, |event| EmailChangeAskedLetter { event, new: new.clone() }).await
}

/// The account has another address, which its owner has shown to be theirs: told to `old` and to the second mailbox.
///
/// # Errors
/// When the database says no.
pub async fn email_moved(tx: &mut Tx, cause: &Cause<'_>, account: &Account, old: &str) -> Result<(), Error> {
    let letter = |event| EmailChangedLetter { event, old: old.to_owned() };
    to_one(tx, cause, account, old, Occasion::Deed, &letter).await?;
    to_second(tx, cause, account, letter).await
}

/// The account has another user name; `None`: it has none any more.
///
/// # Errors
/// When the database says no.
pub async fn user_name_changed(
    tx: &mut Tx,
    cause: &Cause<'_>,
    account: &Account,
    old: Option<&str>,
) -> Result<(), Error> {
    let letter = |event| UserNameChangedLetter { event, old: old.map(str::to_owned), new: account.user_name.clone() };
    to_every(tx, cause, account, letter).await
}

/// Its owner has taken the answers to security questions away.
///
/// # Errors
/// When the database says no.
pub async fn questions_removed(tx: &mut Tx, cause: &Cause<'_>, account: &Account) -> Result<(), Error> {
    to_every(tx, cause, account, |event| QuestionsRemovedLetter { event }).await
}

#[derive(Serialize, Deserialize)]
pub struct EmailChangeAskedLetter {
    pub event: Event,
    /// Masked.
    pub new: String,
}

impl Letter for EmailChangeAskedLetter {
    const KIND: &'static str = "notices.email_change_asked";

    fn compose(&self, desk: &Desk) -> Message {
        self.event.told(desk, "email-asked", &[("new", &self.new)])
    }
}

#[derive(Serialize, Deserialize)]
pub struct UserNameChangedLetter {
    pub event: Event,
    pub old: Option<String>,
    pub new: Option<String>,
}

impl Letter for UserNameChangedLetter {
    const KIND: &'static str = "notices.user_name_changed";

    fn compose(&self, desk: &Desk) -> Message {
        match (&self.old, &self.new) {
            (Some(old), Some(new)) => self.event.told(desk, "user-name", &[("old", old), ("new", new)]),
            (None, Some(new)) => self.event.told(desk, "user-name-set", &[("new", new)]),
            (old, None) => self.event.told(desk, "user-name-gone", &[("old", old.as_deref().unwrap_or_default())]),
        }
    }
}

#[derive(Serialize, Deserialize)]
pub struct QuestionsRemovedLetter {
    pub event: Event,
}

impl Letter for QuestionsRemovedLetter {
    const KIND: &'static str = "notices.questions_removed";

    fn compose(&self, desk: &Desk) -> Message {
        self.event.told(desk, "questions-gone", &[])
    }
}
