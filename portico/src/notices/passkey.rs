//! Notices of a passkey that was added or removed.

use serde::{Deserialize, Serialize};
use store::{Error, Tx};

use super::letters::Event;
use super::send::{Cause, to_all};
use crate::people::Account;
use crate::platform::mail::{Desk, Letter, Message};
use crate::platform::spelled::{parse, spelled};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasskeyChange {
    Added,
    Removed,
}

spelled!(PasskeyChange { Added = "added", Removed = "removed" });

/// To be called in the write that changes it. Neither says what the passkey is called: it is text of whoever added it.
///
/// # Errors
/// When the database says no.
pub async fn passkey_changed(
    tx: &mut Tx,
    cause: &Cause<'_>,
    account: &Account,
    change: PasskeyChange,
) -> Result<(), Error> {
    to_all(tx, cause, account, |event| PasskeyLetter { event, change: change.as_str().to_owned() }).await
}

#[derive(Serialize, Deserialize)]
pub struct PasskeyLetter {
    pub event: Event,
    /// [`PasskeyChange`], in its word.
    pub change: String,
}

impl Letter for PasskeyLetter {
    const KIND: &'static str = "notices.passkey";

    fn compose(&self, desk: &Desk) -> Message {
        let name = match parse(&self.change).unwrap_or(PasskeyChange::Added) {
            PasskeyChange::Added => "passkey",
            PasskeyChange::Removed => "passkey-gone",
        };
        self.event.told(desk, name, &[])
    }
}
