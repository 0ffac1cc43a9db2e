//! Pure: which address may be somebody's second mailbox, who may suspend, and what there is to do.

use std::time::Duration;

use crate::organizations::Continuity;
use crate::people::{Account, Email};
use crate::platform::clock::Time;
use crate::platform::ids::AccountId;
use crate::platform::spelled::spelled;

/// For how long a second person may approve.
pub const REQUEST_LIVES: Duration = Duration::from_secs(24 * 3_600);
/// For how long a second mailbox can be confirmed.
pub const CONFIRM_LIVES: Duration = Duration::from_secs(24 * 3_600);
pub const HOURS: i64 = 24;
/// Mails that ask to confirm one, between two and in an hour.
pub const NAME_AGAIN_AFTER: Duration = Duration::from_secs(60);
pub const NAMES_WINDOW: Duration = Duration::from_secs(3_600);
pub const NAMES: i64 = 5;
/// Characters of a reason.
pub const REASON: std::ops::RangeInclusive<usize> = 3..=300;

/// Why an address cannot be somebody's second mailbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotSecond {
    #[error("It is the account's primary address already.")]
    Primary,
    #[error(
        "It lies at the organization: when its mail is out, that one would be, too. Name a mailbox of a domain that is none \
         of theirs."
    )]
    TheirDomain,
}

spelled!(NotSecond { Primary = "primary", TheirDomain = "their-domain" });

/// Whether it is outside of all domains of the organization, verified or only claimed, of whatever lies below them, and of the
/// primary address's.
///
/// # Errors
/// Why not.
pub fn may_be_second(second: &Email, primary: &Email, domains: &[String]) -> Result<(), NotSecond> {
    if second == primary {
        return Err(NotSecond::Primary);
    }
    let theirs = domains.iter().map(String::as_str).chain([primary.domain()]);
    match theirs.into_iter().any(|domain| lies_at(second.domain(), domain)) {
        true => Err(NotSecond::TheirDomain),
        false => Ok(()),
    }
}

/// Whether a second mailbox stays when its account's owner says "it wasn't me". While a reset takes both mailboxes whoever reads the
/// one must not take the other away, and the second yes with it. Where the second one alone is enough, it may be the thief's.
pub fn outlives_dispute(account: &Account) -> bool {
    let organization = &account.organization;
    organization.suspended.is_some() && organization.policy.continuity == Continuity::Both
}

fn lies_at(domain: &str, of: &str) -> bool {
    domain == of || domain.strip_suffix(of).is_some_and(|below| below.ends_with('.'))
}

/// An address as far as somebody else may read it: enough to know one's own by.
pub fn masked(address: &str) -> String {
    let (mailbox, domain) = address.rsplit_once('@').unwrap_or((address, ""));
    let first: String = mailbox.chars().take(1).collect();
    format!("{first}•••@{domain}")
}

/// A reason as it is kept, if it is one: printable, and neither empty nor endless.
pub fn reason(typed: &str) -> Option<String> {
    let plain: String = typed.trim().chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    REASON.contains(&plain.chars().count()).then_some(plain)
}

/// Who somebody is to an organization's sign-in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    Operator,
    LicenseOwner,
}

/// For how long an account that an organization's connection has made owns no license here: an identity provider in other hands
/// would make itself both of two people.
pub const MADE_COUNTS_AFTER: Duration = Duration::from_secs(7 * 24 * 3_600);

/// Somebody, and the mailboxes by which their account is opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    pub account: AccountId,
    /// Canonical.
    pub mailboxes: Vec<String>,
}

impl Party {
    /// Whoever reads one mailbox of both accounts is one.
    pub fn shares_a_mailbox(&self, other: &Party) -> bool {
        self.mailboxes.iter().any(|mailbox| other.mailboxes.contains(mailbox))
    }
}

/// What stands in the way of an approval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoApproval {
    SamePerson,
    SameMailbox,
    Over,
}

/// Two people, within a day. `approver`: `None` is whoever may run commands.
///
/// # Errors
/// What stands in the way.
pub fn may_approve(asker: &Party, expires_at: Time, approver: Option<&Party>, now: Time) -> Result<(), NoApproval> {
    match approver {
        _ if expires_at <= now => Err(NoApproval::Over),
        Some(approver) if approver.account == asker.account => Err(NoApproval::SamePerson),
        Some(approver) if asker.shares_a_mailbox(approver) => Err(NoApproval::SameMailbox),
        _ => Ok(()),
    }
}

/// By whose hand something was done: on a page by whoever it is, on the command line by an operator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hand {
    /// `None`: typed by an operator who did not say which.
    pub account: Option<AccountId>,
    pub operator: bool,
}

/// Whether it took two people, as far as anybody can tell afterwards: one operator may have typed both.
pub fn two_people(asked: &Hand, approved: &Hand) -> bool {
    match (&asked.account, &approved.account) {
        (Some(one), Some(other)) => one != other,
        _ => !(asked.operator && approved.operator),
    }
}

/// What the page offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offer {
    /// The organization's people sign in here: there is nothing to suspend.
    Nothing,
    /// To a License Owner: somebody else has to approve.
    Ask,
    /// To an operator.
    Suspend,
    /// One's own request waits for somebody else.
    Wait,
    Approve,
    Resume,
}

/// `own`: whether the request that is open is the reader's own; `None` where none is.
pub fn offer(role: Role, sso: bool, suspended: bool, own: Option<bool>) -> Offer {
    match (suspended, sso, own, role) {
        (true, ..) => Offer::Resume,
        (false, false, ..) => Offer::Nothing,
        (false, true, Some(true), _) => Offer::Wait,
        (false, true, Some(false), _) => Offer::Approve,
        (false, true, None, Role::Operator) => Offer::Suspend,
        (false, true, None, Role::LicenseOwner) => Offer::Ask,
    }
}
