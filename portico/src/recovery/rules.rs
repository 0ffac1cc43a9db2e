//! Pure: what a request and a link lead to, and when a mail may be sent again.

use std::time::Duration;

use crate::platform::clock::Time;
use crate::platform::one_time::Status;
use crate::platform::spelled::spelled;

/// Between two mails of one request.
pub const RESEND_AFTER: Duration = Duration::from_secs(60);
/// Mails of one request.
pub const SENDS: i64 = 5;
/// The window of the limits on mails asked for.
pub const MAILS_WINDOW: Duration = Duration::from_secs(3_600);
/// For how long the page still asks about a mail that was handed over.
pub const MAY_COME_BACK: Duration = Duration::from_secs(180);
/// A form posted twice within this still shows that it worked.
pub const REPEAT: Duration = Duration::from_secs(600);

/// Between right answers and the new password.
pub const GRANT: Duration = Duration::from_secs(15 * 60);

/// How a request goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    Email,
    Questions,
}

spelled!(Way { Email = "email", Questions = "questions" });

/// Where a request stands, in the browser that made it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    CheckMail,
    Questions,
    /// The answers were right: what they gave this browser says what comes next.
    Granted,
}

/// The one answer to "what does this request lead to now?".
pub fn stage(way: Way, granted: bool) -> Stage {
    match (way, granted) {
        (Way::Email, _) => Stage::CheckMail,
        (Way::Questions, false) => Stage::Questions,
        (Way::Questions, true) => Stage::Granted,
    }
}

/// What a recovery link says, and of whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TicketFacts {
    pub status: Status,
    /// When this very browser used it, if it did.
    pub used_here_at: Option<Time>,
    /// The account is one that this link may not reset: switched off, with its password elsewhere, or shared and not asked
    /// for by an administrator.
    pub barred: bool,
    pub second_factor_due: bool,
    /// The second factor was shown for this link, in this browser.
    pub second_factor_shown: bool,
    /// It is one of two: while single sign-on is suspended both mailboxes say yes (product.md C9).
    pub is_half: bool,
    /// Whoever reads its mailbox has said so, in this browser.
    pub mailbox_shown: bool,
    /// Whoever reads the other one has said so: in this browser, or in another whose number was typed in this one.
    pub other_mailbox_shown: bool,
    pub question_due: bool,
    /// The question was answered for this link, in this browser.
    pub question_answered: bool,
}

/// A closed set, like the sign-in's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Does whoever opened the link read the mailbox? A scanner that opens it does not say so.
    Mailbox,
    /// The other mailbox has not said yes, or not to the same person.
    OtherMailbox,
    SecondFactor,
    Question,
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
    match ticket.status {
        Status::Used if ticket.used_here_at.is_some_and(|at| now < at + REPEAT) => Step::Done,
        Status::Used | Status::Void => Step::Dead(Why::Used),
        // A mail that was never handed over cannot have brought its link to anybody.
        Status::Expired | Status::NotYet => Step::Dead(Why::Expired),
        Status::Valid { .. } if ticket.barred => Step::Dead(Why::Expired),
        Status::Valid { .. } if ticket.is_half && !ticket.mailbox_shown => Step::Mailbox,
        Status::Valid { .. } if ticket.is_half && !ticket.other_mailbox_shown => Step::OtherMailbox,
        Status::Valid { .. } if ticket.second_factor_due && !ticket.second_factor_shown => Step::SecondFactor,
        Status::Valid { .. } if ticket.question_due && !ticket.question_answered => Step::Question,
        Status::Valid { .. } => Step::NewPassword,
    }
}
