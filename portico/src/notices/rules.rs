//! Pure: how long a notice's button works, what it does and its page shows, and which sign-in is news.

use std::time::Duration;

use crate::continuity;
use crate::people::Account;
use crate::platform::clock::Time;
use crate::platform::one_time::{Purpose, Status};
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
    /// Also under credentials that were changed since in a sign-in of this browser, or switched off and on. Not where somebody
    /// had to recover the account: then all browsers are forgotten first.
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

/// What a notice tells of. Its button's secret says which, so that nobody is asked to believe an old mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Occasion {
    /// Something was done: if it was not the owner, somebody else got in.
    Deed,
    /// Somebody guessed wrong too often, and nobody got in.
    Guesses,
    /// The second factor is another one, or gone.
    Factor,
    /// It is to be taken away, and is not yet.
    FactorReset,
}

impl Occasion {
    pub const ALL: [Occasion; 4] = [Occasion::Deed, Occasion::Guesses, Occasion::Factor, Occasion::FactorReset];

    pub fn purpose(self) -> Purpose {
        match self {
            Occasion::Deed => Purpose::NotMe,
            Occasion::Guesses => Purpose::NotMeGuessing,
            Occasion::Factor => Purpose::NotMeFactor,
            Occasion::FactorReset => Purpose::NotMeFactorReset,
        }
    }

    /// The notices whose offers have been done with this one's. Guesses end little: what a deed's notice offers stays open.
    pub fn done_with_it(self) -> &'static [Occasion] {
        match self {
            // What undoes more than this stays open.
            Occasion::Deed => &[Occasion::Deed, Occasion::Guesses],
            Occasion::Factor => &Occasion::ALL,
            Occasion::Guesses => &[Occasion::Guesses],
            Occasion::FactorReset => &[Occasion::FactorReset],
        }
    }

    /// The second factor goes, too: it may be whoever's it was not.
    pub fn takes_factors_away(self) -> bool {
        self == Occasion::Factor
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
    /// Nobody got in, so that password and answers are still their owner's alone and stay: whoever has to answer a question
    /// after the link would otherwise be shut out by a stranger's guesses. A link to choose another password is mailed.
    Link,
    /// The same, but no link may reset this account: who can help is mailed.
    Whom,
    /// The mail went to an address that is not proved to be the account's, most often its old one. Nothing else ends, or a
    /// mailbox somebody has lost could be used against its account; the administrators are told, and who they are is mailed.
    Report,
    /// Nothing ends but the reset of the second factor that waits.
    Stop,
}

spelled!(Remedy {
    Reset = "reset",
    Ask = "ask",
    Tell = "tell",
    Link = "link",
    Whom = "whom",
    Report = "report",
    Stop = "stop",
});

impl Remedy {
    /// Of a button that was mailed to this address.
    pub fn of(account: &Account, sent_to: &str, occasion: Occasion) -> Remedy {
        if occasion == Occasion::FactorReset {
            // Whoever was told of it may stop it: nothing else comes of that.
            return Remedy::Stop;
        }
        if !account.has_mailbox(sent_to) || account.has_unproved_address() {
            return Remedy::Report;
        }
        match occasion {
            Occasion::Guesses if recovery::can_reset(account) => Remedy::Link,
            Occasion::Guesses => Remedy::Whom,
            _ if !account.has_own_password_here() => Remedy::Tell,
            Occasion::Deed if recovery::can_reset(&disputed(account)) => Remedy::Reset,
            Occasion::Deed | Occasion::Factor | Occasion::FactorReset => Remedy::Ask,
        }
    }

    pub fn ends_password(self) -> bool {
        matches!(self, Remedy::Reset | Remedy::Ask)
    }

    pub fn ends_answers(self) -> bool {
        matches!(self, Remedy::Reset | Remedy::Ask | Remedy::Tell)
    }

    pub fn mails_link(self) -> bool {
        matches!(self, Remedy::Reset | Remedy::Link)
    }
}

/// Who hears of it under [`Remedy::Report`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hears {
    Administrators,
    /// Nobody else administers: whoever helps for this deployment.
    Support,
    /// There is nobody to tell, and the page and the mail must not say that there was.
    Nobody,
}

/// What the reader of a mail to this address calls the account: not the address that took the place of theirs.
pub fn name_for<'a>(account: &'a Account, sent_to: &'a str) -> &'a str {
    if account.has_mailbox(sent_to) { account.sign_in_name() } else { account.user_name.as_deref().unwrap_or(sent_to) }
}

/// The same where the second factor was taken away with it.
pub fn without_factor(account: Account, now: Time) -> Account {
    Account {
        has_authenticator: false,
        has_passkey: false,
        has_codes_to_keep: false,
        factor_removed_at: Some(now),
        ..account
    }
}

/// What is left of an account when its owner has said "it wasn't me". A thief may know the password and the answers, or have
/// set them, or have named the second mailbox.
pub fn disputed(account: &Account) -> Account {
    let password = account.password.clone().filter(|_| !account.has_own_password_here());
    let second_mailbox = account.second_mailbox.clone().filter(|_| continuity::outlives_dispute(account));
    Account { password, has_questions: false, second_mailbox, ..account.clone() }
}
