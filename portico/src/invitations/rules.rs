//! Pure: what a temporary password counts for.

use std::time::Duration;

use super::queries::Invitation;
use crate::people::Account;
use crate::platform::ids::OneTimeId;
use crate::platform::one_time::{Open, Status};

/// From hand-over.
pub const LIVES: Duration = Duration::from_secs(15 * 60);
/// The same, as mails tell it.
pub const MINUTES: i64 = 15;
/// Wrong ones, after which it is burnt.
pub const TRIES: i64 = 5;

/// The temporary password that an account may sign in with now.
#[derive(Clone, Debug)]
pub struct Pending {
    pub secret: OneTimeId,
    /// What was typed is compared with this PHC string; `None`: it is over, and nothing compares with it.
    pub phc: Option<String>,
}

/// Whether a temporary password may be typed now: everything it is bound to is asked, and its time, whatever a job has
/// cleared away or not.
pub fn counts(open: &Open, invitation: Option<&Invitation>, account: &Account) -> bool {
    matches!(open.status, Status::Valid { .. }) && is_bound(open, invitation, account)
}

/// Whether a mail may carry it once more, rather than a fresh one.
pub fn may_be_sent_again(open: &Open, invitation: Option<&Invitation>, account: &Account) -> bool {
    matches!(open.status, Status::Valid { .. } | Status::NotYet) && is_bound(open, invitation, account)
}

fn is_bound(open: &Open, invitation: Option<&Invitation>, account: &Account) -> bool {
    let invited = invitation.is_none_or(|invitation| {
        invitation.secret == open.id
            && invitation.organization == account.organization.id
            && invitation.sent_to == account.email
    });
    account.is_pending()
        && account.disabled_at.is_none()
        && open.failures < TRIES
        && open.sent_to == account.email
        && invited
}
