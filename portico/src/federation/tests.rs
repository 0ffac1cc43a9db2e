//! Who may this be: every line of it, the attackers' included.

use std::time::Duration;

use rstest::rstest;

use super::connections::{Claims, ClientAuth, Connection, LINK_LIVES, Oidc, Protocol, Settings, State};
use super::failure::Cause;
use super::rules::{Asserted, Becomes, Facts, ShownThere, Typed, counts_here, who};
use crate::organizations::SignInWay;
use crate::people::{Account, StaffRole, some_account};
use crate::platform::clock::Time;
use crate::platform::ids::{AccountId, ConnectionId, OrganizationId};

fn account(id: &str, organization: &str) -> Account {
    let mut account = some_account(id, organization);
    account.organization.sign_in = SignInWay::Sso;
    account.federated = true;
    account.email = format!("{id}@lakeshore.example");
    account
}

/// Somebody came from Lakeshore's connection.
struct Case {
    linked: Option<Account>,
    email: Asserted,
    creates_accounts: bool,
    typed: Name,
    mailbox_shown: bool,
}

/// What was typed here.
#[derive(Clone, Copy)]
enum Name {
    Of(&'static str),
    /// Nobody's, and what was asserted.
    Asserted,
    Nobodys,
}

fn of(account: Account) -> Asserted {
    Asserted::Of { account: Box::new(account), is_linked: false }
}

fn lee() -> Account {
    account("lee", "lakeshore")
}

fn administrator() -> Account {
    Account { is_administrator: true, ..lee() }
}

const LEE: Name = Name::Of("lee");

fn asked(case: &Case) -> Result<Becomes, Cause> {
    let id = match case.typed {
        Name::Of(id) => AccountId::from(id),
        Name::Asserted | Name::Nobodys => AccountId::from("-"),
    };
    who(&Facts {
        organization: &OrganizationId::from("lakeshore"),
        linked: case.linked.as_ref(),
        email: &case.email,
        creates_accounts: case.creates_accounts,
        typed: match case.typed {
            Name::Of(_) => Typed::NameOf(&id),
            Name::Asserted => Typed::AssertedEmail,
            Name::Nobodys => Typed::NobodysName,
        },
        mailbox_shown: case.mailbox_shown,
    })
}

#[rstest]
#[case::linked(Some(lee()), of(lee()), LEE, Ok(Becomes::Linked))]
#[case::linked_whatever_email_comes(Some(lee()), Asserted::Foreign, LEE, Ok(Becomes::Linked))]
#[case::linked_and_no_email(Some(lee()), Asserted::Nothing, LEE, Ok(Becomes::Linked))]
#[case::linked_and_anothers_email(Some(lee()), of(account("ann", "lakeshore")), LEE, Ok(Becomes::Linked))]
#[case::linked_to_another_than_was_typed(Some(account("ann", "lakeshore")), of(lee()), LEE, Err(Cause::NotWhoWasTyped))]
#[case::linked_and_nobody_typed(Some(lee()), of(lee()), Name::Nobodys, Err(Cause::NotWhoWasTyped))]
#[case::linked_across_organizations(Some(account("lee", "riverside")), of(lee()), LEE, Err(Cause::NoAccountHere))]
#[case::linked_and_an_operator_since(Some(Account { staff: Some(StaffRole::Operator), ..lee() }), of(lee()), LEE, Err(Cause::NoAccountHere))]
#[case::linked_and_a_helper_since(Some(Account { staff: Some(StaffRole::Support), ..lee() }), of(lee()), LEE, Err(Cause::NoAccountHere))]
#[case::linked_and_shared_since(Some(Account { shared_at: Some(Time(0)), ..lee() }), of(lee()), LEE, Err(Cause::NoAccountHere))]
#[case::linked_and_an_administrator(Some(administrator()), of(administrator()), LEE, Ok(Becomes::Linked))]
#[case::first_time(None, of(lee()), LEE, Ok(Becomes::LinkedNow))]
#[case::first_time_as_another(None, of(account("ann", "lakeshore")), LEE, Err(Cause::NotWhoWasTyped))]
#[case::first_time_nobody_typed(None, of(lee()), Name::Nobodys, Err(Cause::NotWhoWasTyped))]
#[case::first_time_and_an_administrator(None, of(administrator()), LEE, Err(Cause::NotByEmail))]
#[case::first_time_as_an_administrator_who_was_not_typed(
    None,
    of(administrator()),
    Name::Of("ann"),
    Err(Cause::NotWhoWasTyped)
)]
#[case::a_second_subject_of_an_administrator(None, Asserted::Of { account: Box::new(administrator()), is_linked: true }, LEE, Err(Cause::AlreadyLinked))]
#[case::a_second_subject(None, Asserted::Of { account: Box::new(lee()), is_linked: true }, LEE, Err(Cause::AlreadyLinked))]
#[case::another_organizations(None, of(account("omar", "riverside")), Name::Of("omar"), Err(Cause::ForeignEmail))]
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
    #[case] typed: Name,
    #[case] expected: Result<Becomes, Cause>,
) {
    let mut case = Case { linked, email, creates_accounts: false, typed, mailbox_shown: false };
    assert_eq!(asked(&case), expected);
    // That accounts are made opens none that there are.
    case.creates_accounts = true;
    assert_eq!(asked(&case), expected);
}

#[rstest]
#[case::made(true, Name::Asserted, Ok(Becomes::Created))]
#[case::none_is_made(false, Name::Asserted, Err(Cause::NoAccountHere))]
#[case::somebody_new_typed_and_another_one_came(true, Name::Nobodys, Err(Cause::NotWhoWasTyped))]
#[case::somebody_new_typed_and_none_is_made(false, Name::Nobodys, Err(Cause::NoAccountHere))]
#[case::somebody_else_was_typed(true, LEE, Err(Cause::NotWhoWasTyped))]
#[case::somebody_else_was_typed_and_none_is_made(false, LEE, Err(Cause::NoAccountHere))]
fn an_account_is_made_where_that_is_wanted_and_nobody_else_was_named(
    #[case] creates_accounts: bool,
    #[case] typed: Name,
    #[case] expected: Result<Becomes, Cause>,
) {
    let case = Case { linked: None, email: Asserted::Free, creates_accounts, typed, mailbox_shown: false };
    assert_eq!(asked(&case), expected);
}

#[rstest]
#[case::their_own(of(administrator()), LEE, Ok(Becomes::LinkedNow))]
#[case::and_another_name_was_typed(of(administrator()), Name::Nobodys, Err(Cause::NotWhoWasTyped))]
#[case::of_an_operator(of(Account { staff: Some(StaffRole::Operator), ..administrator() }), LEE, Err(Cause::NoAccountHere))]
#[case::of_somebody_who_is_linked(Asserted::Of { account: Box::new(administrator()), is_linked: true }, LEE, Err(Cause::AlreadyLinked))]
fn an_administrator_who_has_opened_the_invitation_here_reads_the_mailbox(
    #[case] email: Asserted,
    #[case] typed: Name,
    #[case] expected: Result<Becomes, Cause>,
) {
    let case = Case { linked: None, email, creates_accounts: true, typed, mailbox_shown: true };
    assert_eq!(asked(&case), expected);
}

#[rstest]
#[case::of_anybody(lee(), true, false, false, true)]
#[case::not_trusted(lee(), false, true, true, false)]
#[case::an_administrators(administrator(), true, false, true, false)]
#[case::an_administrators_by_an_operators_word(administrator(), true, true, true, true)]
#[case::at_a_guarded_product(Account { opens_guarded_product: true, ..lee() }, true, false, true, false)]
#[case::there_by_an_operators_word(Account { opens_guarded_product: true, ..lee() }, true, true, true, true)]
#[case::an_authenticator_not_shown_yet(Account { has_authenticator: true, ..lee() }, true, true, false, false)]
#[case::an_authenticator_shown_once(Account { has_authenticator: true, ..lee() }, true, false, true, true)]
#[case::accepted_but_not_trusted(administrator(), false, true, true, false)]
fn a_second_factor_shown_there_counts_for_those_for_whom_it_may(
    #[case] account: Account,
    #[case] trusted: bool,
    #[case] accepted: bool,
    #[case] shown_here_before: bool,
    #[case] expected: bool,
) {
    assert_eq!(counts_here(ShownThere { account: &account, trusted, accepted, shown_here_before }), expected);
}

const NOW: Time = Time::from_seconds(1_000_000_000);
const SECOND: Duration = Duration::from_secs(1);

fn connection(state: State, opt_in_until: Option<Time>) -> Connection {
    let oidc = Oidc {
        issuer: "https://login.lakeshore.example".into(),
        client_id: "portico".into(),
        auth: ClientAuth::SecretBasic,
        secret: None,
        secret_expires_at: None,
        scopes: "openid".into(),
        claims: Claims::default(),
        mfa_acr: Vec::new(),
    };
    Connection {
        id: ConnectionId::from("c"),
        organization: OrganizationId::from("lakeshore"),
        state,
        opt_in_until,
        settings: Settings::new("Lakeshore ID", Protocol::Oidc(oidc)),
        created_at: Time(0),
        changed_at: Time(0),
    }
}

#[rstest]
#[case::on(State::On, None, None, true)]
#[case::off(State::Off, None, None, false)]
#[case::trial_without_a_link(State::Trial, None, None, false)]
#[case::trial_and_no_link_was_opened(State::Trial, Some(NOW + LINK_LIVES), None, false)]
#[case::trial_by_its_link(State::Trial, Some(NOW + LINK_LIVES), Some(NOW), true)]
#[case::trial_at_the_last_instant(State::Trial, Some(NOW + SECOND), Some(NOW), true)]
#[case::a_link_that_has_ended(State::Trial, Some(NOW), Some(NOW - SECOND), false)]
#[case::a_link_that_was_taken_away(State::Trial, None, Some(NOW - SECOND), false)]
#[case::a_link_that_was_made_anew_since(State::Trial, Some(NOW + LINK_LIVES), Some(NOW - SECOND), false)]
#[case::on_by_a_link_that_was_taken_away(State::On, None, Some(NOW - SECOND), false)]
#[case::on_by_its_link(State::On, Some(NOW + SECOND), Some(NOW), true)]
#[case::off_by_its_link(State::Off, Some(NOW + SECOND), Some(NOW), false)]
fn a_way_is_open_as_long_as_what_led_there(
    #[case] state: State,
    #[case] until: Option<Time>,
    #[case] opted_in: Option<Time>,
    #[case] expected: bool,
) {
    assert_eq!(connection(state, until).is_open(opted_in, NOW), expected);
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
