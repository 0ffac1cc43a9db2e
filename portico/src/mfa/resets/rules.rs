//! Pure: whose second factor an administrator may have taken away, and what is a reason.

use std::time::Duration;

use super::queries::Waiting;
use crate::people::Account;
use crate::platform::spelled::spelled;

/// For how long somebody who has asked for help is listed.
pub const REQUEST_LIVES: Duration = Duration::from_secs(7 * 24 * 3_600);
/// Characters of a reason.
const REASON: std::ops::RangeInclusive<usize> = 3..=300;

/// What an administrator is to somebody they look after.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Power {
    /// Owns the licenses of the whole organization.
    Owner,
    Administrator,
}

/// Never for oneself, under whichever account; never for whoever runs the deployment; and for another administrator only by who names
/// administrators: each of these would be a way to more than one has.
pub fn may_act(power: Power, is_oneself: bool, person: &Account) -> bool {
    !is_oneself && person.staff.is_none() && (!person.is_administrator || power == Power::Owner)
}

/// Why one that waited is not done: what it stood on when it was begun is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lapsed {
    /// There is nothing to take away any more.
    NoFactor,
    Disabled,
    /// Its person is somebody else's by now, whose rules may be others.
    Organization,
    /// What was announced went to another address.
    Address,
    /// Whoever began it could not begin it today.
    Beginner,
}

spelled!(Lapsed {
    NoFactor = "no-factor",
    Disabled = "disabled",
    Organization = "organization",
    Address = "address",
    Beginner = "beginner",
});

/// Whether one whose time has come is done. `may_begin`: whether whoever has begun it could today.
///
/// An address that is not confirmed is no reason in itself: it was not either when this was begun, and without the factor nobody can
/// confirm it. One that has taken the place of another since is.
pub fn lapsed(due: &Waiting, person: &Account, may_begin: bool) -> Option<Lapsed> {
    match () {
        () if !person.has_second_factor() => Some(Lapsed::NoFactor),
        () if person.disabled_at.is_some() => Some(Lapsed::Disabled),
        () if person.organization.id != due.organization => Some(Lapsed::Organization),
        () if person.email_changed_at.is_some_and(|at| at > due.begun_at) => Some(Lapsed::Address),
        () if !may_begin => Some(Lapsed::Beginner),
        () => None,
    }
}

/// How somebody made sure who asks, as it is kept: printable, and neither empty nor endless.
pub fn reason(typed: &str) -> Option<String> {
    let plain: String = typed.trim().chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    REASON.contains(&plain.chars().count()).then_some(plain)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::people::{StaffRole, some_account};
    use crate::platform::clock::Time;

    fn omar(change: impl FnOnce(&mut Account)) -> Account {
        let mut omar = some_account("omar", "riverside");
        omar.has_authenticator = true;
        change(&mut omar);
        omar
    }

    #[rstest]
    #[case::somebody(omar(|_| ()), [true, true])]
    #[case::an_administrator(omar(|omar| omar.is_administrator = true), [false, true])]
    #[case::staff(omar(|omar| omar.staff = Some(StaffRole::Support)), [false, false])]
    fn an_administrator_acts_for_others_who_are_not_more(#[case] person: Account, #[case] may: [bool; 2]) {
        assert_eq!([Power::Administrator, Power::Owner].map(|power| may_act(power, false, &person)), may);
        assert_eq!([Power::Administrator, Power::Owner].map(|power| may_act(power, true, &person)), [false, false]);
    }

    const BEGUN: Time = Time(1_800_000_000_000_000);

    fn waiting() -> Waiting {
        let due_at = BEGUN + Duration::from_secs(24 * 3_600);
        let (begun_by, reason) = ("command".into(), "seen at the desk".into());
        Waiting { id: "r".into(), begun_at: BEGUN, due_at, reason, begun_by, organization: "riverside".into() }
    }

    #[rstest]
    #[case::as_it_was(omar(|_| ()), true, None)]
    #[case::an_address_that_was_not_confirmed_at_the_beginning(omar(|omar| omar.email_changed_at = Some(BEGUN)), true, None)]
    #[case::another_address(omar(|omar| omar.email_changed_at = Some(Time(BEGUN.0 + 1))), true, Some(Lapsed::Address))]
    #[case::switched_off(omar(|omar| omar.disabled_at = Some(BEGUN)), true, Some(Lapsed::Disabled))]
    #[case::moved(omar(|omar| omar.organization.id = "harbor".into()), true, Some(Lapsed::Organization))]
    #[case::no_factor(omar(|omar| omar.has_authenticator = false), true, Some(Lapsed::NoFactor))]
    #[case::begun_by_nobody_who_may(omar(|_| ()), false, Some(Lapsed::Beginner))]
    fn what_waited_is_judged_once_more(#[case] person: Account, #[case] may: bool, #[case] why: Option<Lapsed>) {
        assert_eq!(lapsed(&waiting(), &person, may), why);
    }

    #[test]
    fn a_reason_is_a_sentence_in_one_line() {
        assert_eq!(reason(" seen at\nthe desk ").as_deref(), Some("seen at the desk"));
        assert_eq!((reason("ok"), reason(&"x".repeat(301))), (None, None));
    }
}
