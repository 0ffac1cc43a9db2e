//! Pure: how long a notice's button works, what it does and its page shows, and which sign-in is news.

use std::time::Duration;

use crate::people::Account;
use crate::platform::one_time::Status;
use crate::platform::spelled::spelled;
use crate::recovery;

const DAY: Duration = Duration::from_secs(24 * 3_600);

/// For how long the button of a notice works: a nurse's week off.
pub const BUTTON_LIVES: Duration = Duration::from_secs(7 * 24 * 3_600);
/// How often the owner is told of locks.
pub const LOCK_NOTICE_IN: Duration = DAY;

pub const fn days_of_button() -> u64 {
    BUTTON_LIVES.as_secs() / DAY.as_secs()
}

/// How well an account knows a browser it signs in with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Acquaintance {
    /// Under whatever credentials: a changed password makes nobody's own computer a stranger's.
    Known,
    /// The first browser it was ever signed in with: whoever has just registered needs not be told.
    First,
    New,
}

impl Acquaintance {
    pub fn of(known: bool, was_known_in_any: bool) -> Acquaintance {
        match (known, was_known_in_any) {
            (true, _) => Acquaintance::Known,
            (false, false) => Acquaintance::First,
            (false, true) => Acquaintance::New,
        }
    }
}

/// What the page behind a notice's button says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offer {
    /// What will happen, and the button.
    Button,
    /// It has happened.
    Done,
    Expired,
    Unknown,
}

impl Offer {
    pub fn of(status: Option<Status>) -> Offer {
        match status {
            Some(Status::Valid { .. }) => Offer::Button,
            Some(Status::Used) => Offer::Done,
            // A mail that was never handed over cannot have brought its link to anybody.
            Some(Status::Expired | Status::NotYet) => Offer::Expired,
            // No change of a credential voids this kind of link.
            Some(Status::Void) | None => Offer::Unknown,
        }
    }
}

/// What the button does, besides ending every session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// All that a thief may have ends, the present password and the answers with it; a link to choose another is mailed.
    Reset,
    /// The same, but no link may reset this account: who can help is mailed.
    Ask,
    /// The password is not its owner's alone and stays: a whole ward must not be shut out of its account by one click in a
    /// mail. Who can help is mailed.
    Tell,
    /// The mail went to an address that is not proved to be the account's, most often its old one. Nothing else ends, or a
    /// mailbox somebody has lost could be used against its account; the administrators are told, and who they are is mailed.
    Report,
}

spelled!(Remedy { Reset = "reset", Ask = "ask", Tell = "tell", Report = "report" });

impl Remedy {
    /// Of a button that was mailed to this address.
    pub fn of(account: &Account, sent_to: &str) -> Remedy {
        if !account.has_mailbox(sent_to) || account.has_unproved_address() {
            return Remedy::Report;
        }
        match (account.has_own_password_here(), recovery::can_reset(&disputed(account))) {
            (false, _) => Remedy::Tell,
            (true, false) => Remedy::Ask,
            (true, true) => Remedy::Reset,
        }
    }

    pub fn ends_password(self) -> bool {
        matches!(self, Remedy::Reset | Remedy::Ask)
    }
}

/// What the reader of a mail to this address calls the account: not the address that took the place of theirs.
pub fn name_for<'a>(account: &'a Account, sent_to: &'a str) -> &'a str {
    account.user_name.as_deref().unwrap_or(sent_to)
}

/// What is left of an account when its owner has said "it wasn't me". A thief may know the password and the answers, or have
/// set them.
pub fn disputed(account: &Account) -> Account {
    let password = account.password.clone().filter(|_| !account.has_own_password_here());
    Account { password, has_questions: false, ..account.clone() }
}
