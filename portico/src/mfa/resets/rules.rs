//! Pure: whose second factor an administrator may have taken away, and what is a reason.

use std::time::Duration;

use crate::people::Account;

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
pub fn may_act(power: Power, by: &Account, person: &Account) -> bool {
    let oneself = by.id == person.id || person.has_mailbox(&by.email);
    !oneself && person.staff.is_none() && (!person.is_administrator || power == Power::Owner)
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

    fn omar(change: impl FnOnce(&mut Account)) -> Account {
        let mut omar = some_account("omar", "riverside");
        change(&mut omar);
        omar
    }

    #[rstest]
    #[case::somebody(omar(|_| ()), [true, true])]
    #[case::an_administrator(omar(|omar| omar.is_administrator = true), [false, true])]
    #[case::staff(omar(|omar| omar.staff = Some(StaffRole::Support)), [false, false])]
    #[case::oneself(some_account("dana", "riverside"), [false, false])]
    #[case::oneself_under_another_account(omar(|omar| omar.email = "DANA@riverside.example".into()), [false, false])]
    fn an_administrator_acts_for_others_who_are_not_more(#[case] person: Account, #[case] may: [bool; 2]) {
        let mut dana = some_account("dana", "riverside");
        dana.email = "dana@riverside.example".into();
        dana.is_administrator = true;
        assert_eq!([Power::Administrator, Power::Owner].map(|power| may_act(power, &dana, &person)), may);
    }

    #[test]
    fn a_reason_is_a_sentence_in_one_line() {
        assert_eq!(reason(" seen at\nthe desk ").as_deref(), Some("seen at the desk"));
        assert_eq!((reason("ok"), reason(&"x".repeat(301))), (None, None));
    }
}
