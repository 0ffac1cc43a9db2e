//! Who may this be: every line of it, the attackers' included.

use rstest::rstest;

use super::failure::Cause;
use super::rules::{Asserted, Becomes, Facts, who};
use crate::organizations::SignInWay;
use crate::people::{Account, StaffRole, some_account};
use crate::platform::clock::Time;
use crate::platform::ids::{AccountId, OrganizationId};

fn account(id: &str, organization: &str) -> Account {
    let mut account = some_account(id, organization);
    account.organization.sign_in = SignInWay::Sso;
    account.email = format!("{id}@lakeshore.example");
    account
}

/// Somebody came from Lakeshore's connection.
struct Case {
    linked: Option<Account>,
    email: Asserted,
    creates_accounts: bool,
    typed: Option<&'static str>,
}

fn of(account: Account) -> Asserted {
    Asserted::Of { account: Box::new(account), is_linked: false }
}

fn lee() -> Account {
    account("lee", "lakeshore")
}

const LEE: Option<&str> = Some("lee");

fn asked(case: &Case) -> Result<Becomes, Cause> {
    let typed = case.typed.map(AccountId::from);
    who(&Facts {
        organization: &OrganizationId::from("lakeshore"),
        linked: case.linked.as_ref(),
        email: &case.email,
        creates_accounts: case.creates_accounts,
        typed: typed.as_ref(),
    })
}

#[rstest]
#[case::linked(Some(lee()), of(lee()), LEE, Ok(Becomes::Linked))]
#[case::linked_whatever_email_comes(Some(lee()), Asserted::Foreign, LEE, Ok(Becomes::Linked))]
#[case::linked_and_no_email(Some(lee()), Asserted::Nothing, LEE, Ok(Becomes::Linked))]
#[case::linked_and_anothers_email(Some(lee()), of(account("ann", "lakeshore")), LEE, Ok(Becomes::Linked))]
#[case::linked_to_another_than_was_typed(Some(account("ann", "lakeshore")), of(lee()), LEE, Err(Cause::NotWhoWasTyped))]
#[case::linked_and_nobody_typed(Some(lee()), of(lee()), None, Err(Cause::NotWhoWasTyped))]
#[case::linked_across_organizations(Some(account("lee", "riverside")), of(lee()), LEE, Err(Cause::NoAccountHere))]
#[case::first_time(None, of(lee()), LEE, Ok(Becomes::LinkedNow))]
#[case::first_time_as_another(None, of(account("ann", "lakeshore")), LEE, Err(Cause::NotWhoWasTyped))]
#[case::first_time_nobody_typed(None, of(lee()), None, Err(Cause::NotWhoWasTyped))]
#[case::a_second_subject(None, Asserted::Of { account: Box::new(lee()), is_linked: true }, LEE, Err(Cause::AlreadyLinked))]
#[case::another_organizations(None, of(account("omar", "riverside")), Some("omar"), Err(Cause::ForeignEmail))]
#[case::a_foreign_domain(None, Asserted::Foreign, LEE, Err(Cause::ForeignEmail))]
#[case::unverified(None, Asserted::Unverified, LEE, Err(Cause::NoAccountHere))]
#[case::no_email(None, Asserted::Nothing, LEE, Err(Cause::NoAccountHere))]
#[case::a_shared_mailbox(None, Asserted::Shared, LEE, Err(Cause::NoAccountHere))]
#[case::an_operator(None, of(Account { staff: Some(StaffRole::Operator), ..lee() }), LEE, Err(Cause::NoAccountHere))]
#[case::a_helper(None, of(Account { staff: Some(StaffRole::Support), ..lee() }), LEE, Err(Cause::NoAccountHere))]
#[case::a_shared_account(None, of(Account { shared_at: Some(Time(0)), ..lee() }), LEE, Err(Cause::NoAccountHere))]
fn whoever_comes_is_who_the_connection_may_say(
    #[case] linked: Option<Account>,
    #[case] email: Asserted,
    #[case] typed: Option<&'static str>,
    #[case] expected: Result<Becomes, Cause>,
) {
    let mut case = Case { linked, email, creates_accounts: false, typed };
    assert_eq!(asked(&case), expected);
    // That accounts are made opens none that there are.
    case.creates_accounts = true;
    assert_eq!(asked(&case), expected);
}

#[rstest]
#[case::made(true, None, Ok(Becomes::Created))]
#[case::none_is_made(false, None, Err(Cause::NoAccountHere))]
#[case::somebody_else_was_typed(true, LEE, Err(Cause::NotWhoWasTyped))]
#[case::somebody_else_was_typed_and_none_is_made(false, LEE, Err(Cause::NoAccountHere))]
fn an_account_is_made_where_that_is_wanted_and_nobody_else_was_named(
    #[case] creates_accounts: bool,
    #[case] typed: Option<&'static str>,
    #[case] expected: Result<Becomes, Cause>,
) {
    assert_eq!(asked(&Case { linked: None, email: Asserted::Free, creates_accounts, typed }), expected);
}

#[test]
fn every_cause_has_its_words() {
    let words = crate::platform::i18n::Locales::embedded().words("en");
    for cause in Cause::ALL {
        for part in ["heading", "text", "advice"] {
            let key = format!("federation-failed-{}-{part}", cause.key());
            let said = words.with(&key, &[("name", "Lakeshore ID")]);
            assert!(!said.is_empty() && !said.contains(&key), "{key}");
        }
    }
}
