//! Pure: what a temporary password counts for, and whether there is a seat.

use std::time::Duration;

use super::invite::Refused;
use super::queries::Invitation;
use crate::people::Account;
use crate::platform::clock::Time;
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

/// What an organization may use of a product.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct License {
    pub seats: i64,
    pub valid_from: Time,
    pub valid_until: Option<Time>,
}

/// Who sits in the seats of a license.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seats {
    pub others: i64,
    /// The account that is given access has had some before.
    pub own: bool,
}

impl License {
    /// # Errors
    /// Not yet, or no more.
    pub fn is_valid(&self, now: Time) -> Result<(), Refused> {
        match self.valid_until {
            _ if now < self.valid_from => Err(Refused::NotYet(self.valid_from)),
            Some(until) if until <= now => Err(Refused::Ended(until)),
            _ => Ok(()),
        }
    }

    /// Whoever sits already needs no other seat, also where a license has become smaller than it was.
    ///
    /// # Errors
    /// All are taken.
    pub fn has_seat(&self, seats: Seats) -> Result<(), Refused> {
        if seats.own || seats.others < self.seats { Ok(()) } else { Err(Refused::NoSeat(self.seats)) }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    const LICENSE: License = License { seats: 2, valid_from: Time(10), valid_until: Some(Time(20)) };

    #[rstest]
    #[case(9, Err(Refused::NotYet(Time(10))))]
    #[case(10, Ok(()))]
    #[case(19, Ok(()))]
    #[case(20, Err(Refused::Ended(Time(20))))]
    fn a_license_is_valid_from_its_first_to_before_its_last_instant(
        #[case] now: i64,
        #[case] expected: Result<(), Refused>,
    ) {
        assert_eq!(LICENSE.is_valid(Time(now)), expected);
        let endless = License { valid_until: None, ..LICENSE };
        assert_eq!(endless.is_valid(Time(i64::MAX)), Ok(()));
    }

    #[rstest]
    #[case::room(1, false, Ok(()))]
    #[case::full(2, false, Err(Refused::NoSeat(2)))]
    #[case::full_with_a_seat_of_ones_own(2, true, Ok(()))]
    #[case::fuller_than_it_may_be(5, true, Ok(()))]
    fn whoever_has_a_seat_keeps_it_and_others_need_a_free_one(
        #[case] others: i64,
        #[case] own: bool,
        #[case] expected: Result<(), Refused>,
    ) {
        assert_eq!(LICENSE.has_seat(Seats { others, own }), expected);
    }
}
