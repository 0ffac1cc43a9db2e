//! Pure: what a link leads to, and when a mail may be sent again.

use std::time::Duration;

use crate::platform::clock::Time;

/// Between two mails of one request.
pub const RESEND_AFTER: Duration = Duration::from_secs(60);
/// Mails of one request.
pub const SENDS: i64 = 5;
/// Mails to one mailbox within [`MAILBOX_WINDOW`], known or not.
pub const MAILBOX_LIMIT: i64 = 6;
pub const MAILBOX_WINDOW: Duration = Duration::from_secs(3_600);
/// Requests from one address within [`SOURCE_WINDOW`].
pub const SOURCE_LIMIT: i64 = 60;
pub const SOURCE_WINDOW: Duration = Duration::from_secs(600);
/// A form posted twice within this still shows that it worked.
pub const REPEAT: Duration = Duration::from_secs(600);

/// What a recovery link says, and of whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TicketFacts {
    pub expires_at: Option<Time>,
    pub used_at: Option<Time>,
    /// This browser used it.
    pub used_here: bool,
    /// The account's credentials are still those the link was made for.
    pub epoch_holds: bool,
    pub disabled: bool,
    pub second_factor_due: bool,
    /// The second factor was shown for this link, in this browser.
    pub second_factor_shown: bool,
}

/// A closed set, like the sign-in's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    SecondFactor,
    NewPassword,
    /// This very browser has just finished it: a form posted twice, a reload.
    Done,
    Dead(Why),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    Expired,
    Used,
}

/// The one answer to "what does this link lead to now?".
pub fn next_step(ticket: &TicketFacts, now: Time) -> Step {
    if let Some(used_at) = ticket.used_at {
        let just_now = ticket.used_here && now < used_at + REPEAT;
        return if just_now { Step::Done } else { Step::Dead(Why::Used) };
    }
    // A mail that was never handed over has no expiry yet; its link cannot have reached anybody.
    let expired = ticket.expires_at.is_none_or(|expires_at| expires_at <= now);
    if expired || ticket.disabled {
        Step::Dead(Why::Expired)
    } else if !ticket.epoch_holds {
        Step::Dead(Why::Used)
    } else if ticket.second_factor_due && !ticket.second_factor_shown {
        Step::SecondFactor
    } else {
        Step::NewPassword
    }
}
