//! What goes wrong on the way to an identity provider and back, and what is said of it.
//!
//! - A [`Cause`] is one of a closed set: people are told it in words, with a reference and who can help.
//! - The detail (what was said, by whom) is for the organization's administrators and never on a page: much of it is a stranger's.
//! - The page is of the browser it happened in. An answer that was not awaited here is told without a row: everybody can make one up.
//! - The same failure of one sign-in is one row, whatever was said, with how often it came; the trail has the first of each sign-in.
//!   A connection has so many rows an hour, and of what browsers can have made up fewer ([`rules`]): beyond that the page comes
//!   without a reference, and only the metric counts.
//! - What a browser can have made up never says that the connection fails.

mod page;
mod queries;
mod rules;
mod tell;
#[cfg(test)]
mod tests;

use crate::platform::spelled::spelled;

pub use page::show;
pub use queries::{Listed, failing_browsers, failures_of_account, listed, listed_as, purge};
pub use tell::{Refused, not_awaited, tell};

/// Why it goes no further.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The organization has nobody of that name here, and lets none be made.
    NoAccountHere,
    /// Somebody else has come back than was typed here.
    NotWhoWasTyped,
    /// The identity provider lets this person not in, or they have turned back.
    SaysNo,
    /// Its clock and ours differ.
    ClockOff,
    /// Its answer is signed by nobody who is known.
    SignatureUnknown,
    NotAnswering,
    /// An answer of another issuer, to another question, or for somebody else.
    WrongAnswer,
    /// Of no departure of this browser, or of one long gone.
    Expired,
    /// The email is of somebody else's domain, or somebody else's.
    ForeignEmail,
    /// The account is linked to somebody else over there.
    AlreadyLinked,
    /// The account administers, and is linked by hand.
    NotByEmail,
    /// What is configured, here or there, does not fit.
    NotSetUp,
}

spelled!(Cause {
    NoAccountHere = "no_account_here",
    NotWhoWasTyped = "not_who_was_typed",
    SaysNo = "says_no",
    ClockOff = "clock_off",
    SignatureUnknown = "signature_unknown",
    NotAnswering = "not_answering",
    WrongAnswer = "wrong_answer",
    Expired = "expired",
    ForeignEmail = "foreign_email",
    AlreadyLinked = "already_linked",
    NotByEmail = "not_by_email",
    NotSetUp = "not_set_up",
});

impl Cause {
    pub const ALL: [Cause; 12] = [
        Cause::NoAccountHere,
        Cause::NotWhoWasTyped,
        Cause::SaysNo,
        Cause::ClockOff,
        Cause::SignatureUnknown,
        Cause::NotAnswering,
        Cause::WrongAnswer,
        Cause::Expired,
        Cause::ForeignEmail,
        Cause::AlreadyLinked,
        Cause::NotByEmail,
        Cause::NotSetUp,
    ];

    /// The part of the words' keys that is this cause's.
    pub fn key(self) -> String {
        self.as_str().replace('_', "-")
    }
}

/// A cause, and what there is to say of it to administrators.
#[derive(Clone, Debug)]
pub struct Trouble {
    pub cause: Cause,
    pub detail: String,
    /// So many wait already that this one was not even tried: nothing is written of it.
    pub crowded: bool,
    /// The browser can have brought it about, by an answer that was made up.
    pub brought: bool,
}

impl Trouble {
    pub fn new(cause: Cause, detail: impl Into<String>) -> Trouble {
        Trouble { cause, detail: detail.into(), crowded: false, brought: false }
    }

    pub fn crowded() -> Trouble {
        Trouble { crowded: true, ..Trouble::new(Cause::NotAnswering, "") }
    }
}
