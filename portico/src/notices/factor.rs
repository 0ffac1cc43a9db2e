//! Notices about the second factor. They go to the second mailbox too, whenever one is confirmed: whoever reads only the first one must
//! not be able to keep them from the owner.

use serde::{Deserialize, Serialize};
use store::{Error, Tx};

use super::letters::Event;
use super::rules::Occasion;
use super::send::{Cause, to_one, without_proof};
use crate::continuity;
use crate::people::Account;
use crate::platform::clock::Time;
use crate::platform::mail::{Desk, Letter, Message};
use crate::platform::spelled::{parse, spelled};

/// What was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FactorChange {
    /// The first authenticator app.
    SetUp,
    /// Another one in its place.
    Replaced,
    NewCodes,
    AppRemoved,
    PasskeyAdded,
    /// Neither says what the passkey is called: it is text of whoever added it.
    PasskeyRemoved,
}

/// What a letter tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Told {
    SetUp,
    Replaced,
    NewCodes,
    AppRemoved,
    CodeUsed,
    PasskeyAdded,
    PasskeyRemoved,
    Removed,
    ResetBegun,
    ResetStopped,
}

spelled!(Told {
    SetUp = "set-up",
    Replaced = "replaced",
    NewCodes = "new-codes",
    AppRemoved = "app-removed",
    CodeUsed = "code-used",
    PasskeyAdded = "passkey-added",
    PasskeyRemoved = "passkey-removed",
    Removed = "removed",
    ResetBegun = "reset-begun",
    ResetStopped = "reset-stopped",
});

impl Told {
    /// What its button undoes.
    fn occasion(self) -> Occasion {
        match self {
            Told::SetUp | Told::Replaced | Told::AppRemoved | Told::Removed => Occasion::Factor,
            Told::PasskeyAdded | Told::PasskeyRemoved => Occasion::Factor,
            Told::ResetBegun => Occasion::FactorReset,
            Told::NewCodes | Told::CodeUsed | Told::ResetStopped => Occasion::Deed,
        }
    }
}

/// Another second factor, or other recovery codes, count from now on.
///
/// # Errors
/// When the database says no.
pub async fn factor_changed(
    tx: &mut Tx,
    cause: &Cause<'_>,
    account: &Account,
    change: FactorChange,
) -> Result<(), Error> {
    let told = match change {
        FactorChange::SetUp => Told::SetUp,
        FactorChange::Replaced => Told::Replaced,
        FactorChange::NewCodes => Told::NewCodes,
        FactorChange::AppRemoved => Told::AppRemoved,
        FactorChange::PasskeyAdded => Told::PasskeyAdded,
        FactorChange::PasskeyRemoved => Told::PasskeyRemoved,
    };
    tell(tx, cause, account, told, &Details::default()).await
}

/// A recovery code was used; so many are left.
///
/// # Errors
/// When the database says no.
pub async fn recovery_code_used(tx: &mut Tx, cause: &Cause<'_>, account: &Account, left: i64) -> Result<(), Error> {
    tell(tx, cause, account, Told::CodeUsed, &Details { left: Some(left), due_at: None }).await
}

/// Every second factor, and every recovery code, was taken away.
///
/// # Errors
/// When the database says no.
pub async fn second_factor_removed(tx: &mut Tx, cause: &Cause<'_>, account: &Account) -> Result<(), Error> {
    tell(tx, cause, account, Told::Removed, &Details::default()).await
}

/// They will be, unless somebody stops it before then.
///
/// # Errors
/// When the database says no.
pub async fn factor_reset_begun(tx: &mut Tx, cause: &Cause<'_>, account: &Account, due_at: Time) -> Result<(), Error> {
    tell(tx, cause, account, Told::ResetBegun, &Details { left: None, due_at: Some(due_at.0) }).await
}

/// They will not be.
///
/// # Errors
/// When the database says no.
pub async fn factor_reset_stopped(tx: &mut Tx, cause: &Cause<'_>, account: &Account) -> Result<(), Error> {
    tell(tx, cause, account, Told::ResetStopped, &Details::default()).await
}

#[derive(Default)]
struct Details {
    left: Option<i64>,
    due_at: Option<i64>,
}

async fn tell(tx: &mut Tx, cause: &Cause<'_>, account: &Account, told: Told, details: &Details) -> Result<(), Error> {
    let second = continuity::address_of(tx, &account.id).await?.map(|address| address.shown);
    let first = match account.has_unproved_address() {
        true => without_proof(tx, cause, account).await.map(|()| None)?,
        false => Some(account.email.clone()),
    };
    for to in first.into_iter().chain(second) {
        let letter =
            |event| FactorLetter { event, told: told.as_str().to_owned(), left: details.left, due_at: details.due_at };
        to_one(tx, cause, account, &to, told.occasion(), &letter).await?;
    }
    Ok(())
}

#[derive(Serialize, Deserialize)]
pub struct FactorLetter {
    pub event: Event,
    /// [`Told`], in its word.
    pub told: String,
    /// Recovery codes that are not used.
    pub left: Option<i64>,
    /// When a reset is done; microseconds since the epoch.
    pub due_at: Option<i64>,
}

impl Letter for FactorLetter {
    const KIND: &'static str = "notices.factor";

    fn compose(&self, desk: &Desk) -> Message {
        let told = parse(&self.told).unwrap_or(Told::Removed);
        let left = self.left.unwrap_or_default().to_string();
        let due = self.due_at.map_or_else(String::new, |at| desk.time_in(&self.event.zone, Time(at)));
        let more = [("left", left.as_str()), ("due", due.as_str())];
        self.event.told(desk, &format!("factor-{}", told.as_str()), &more)
    }
}
