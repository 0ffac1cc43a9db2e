//! Pure: who needs a second factor, who may set one up, and what may stand in for it.

use crate::organizations::{EmailCode, Mfa};
use crate::people::Account;

/// The most restrictive rule among those of the organization and of the products the person may open.
pub fn is_required(account: &Account) -> bool {
    let policy = &account.organization.policy;
    let administrator = account.is_administrator && policy.mfa_for_administrators == Mfa::Required;
    account.staff.is_some() || administrator || policy.mfa == Mfa::Required || account.opens_guarded_product
}

/// Whether whoever has shown the first factor may set up a second one where there is none. Of several people who share an account
/// one would lock out all the others.
pub fn may_set_up(account: &Account) -> bool {
    account.shared_at.is_none()
}

/// Whether a factor may go: the last one only where none is required.
pub fn may_remove(account: &Account, another_stays: bool) -> bool {
    another_stays || !is_required(account)
}

/// Whether a code by mail lets somebody in whose second factor is not at hand (security.md C7): only where the organization allows
/// it, where nothing but the person's own wish asks for a second factor, and for nobody who can do harm to others. It is never
/// more than one factor.
pub fn mail_may_stand_in(account: &Account) -> bool {
    account.organization.policy.email_code == EmailCode::Allowed
        && account.has_second_factor()
        && !is_required(account)
        && !account.is_administrator
        && !account.has_unproved_address()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::people::{StaffRole, some_account};

    fn kim() -> Account {
        let mut kim = some_account("kim", "northwind");
        kim.has_authenticator = true;
        kim.organization.policy.email_code = EmailCode::Allowed;
        kim
    }

    fn with(change: impl FnOnce(&mut Account)) -> Account {
        let mut kim = kim();
        change(&mut kim);
        kim
    }

    #[rstest]
    #[case::nobody_asks(kim(), false)]
    #[case::the_organization(with(|kim| kim.organization.policy.mfa = Mfa::Required), true)]
    #[case::a_product(with(|kim| kim.opens_guarded_product = true), true)]
    #[case::a_product_where_it_is_off(with(|kim| {
        kim.organization.policy.mfa = Mfa::Off;
        kim.opens_guarded_product = true;
    }), true)]
    #[case::staff(with(|kim| kim.staff = Some(StaffRole::Support)), true)]
    #[case::administrators(with(|kim| {
        kim.is_administrator = true;
        kim.organization.policy.mfa_for_administrators = Mfa::Required;
    }), true)]
    #[case::administrators_of_others(with(|kim| kim.organization.policy.mfa_for_administrators = Mfa::Required), false)]
    fn the_most_restrictive_rule_wins_and_a_code_by_mail_meets_none(#[case] account: Account, #[case] required: bool) {
        assert_eq!(is_required(&account), required);
        assert_eq!(mail_may_stand_in(&account), !required);
    }

    #[test]
    fn the_last_factor_stays_where_one_is_required() {
        let required = with(|kim| kim.organization.policy.mfa = Mfa::Required);
        assert!(!may_remove(&required, false) && may_remove(&required, true) && may_remove(&kim(), false));
    }

    #[rstest]
    #[case::not_allowed(with(|kim| kim.organization.policy.email_code = EmailCode::Off))]
    #[case::nothing_to_stand_in_for(with(|kim| kim.has_authenticator = false))]
    #[case::an_administrator(with(|kim| kim.is_administrator = true))]
    fn a_code_by_mail_stands_in_for_few(#[case] account: Account) {
        assert!(!mail_may_stand_in(&account));
    }
}
