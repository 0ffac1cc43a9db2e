use rstest::rstest;

use super::rules::{AccountFacts, Facts, Verdict, report};

fn fine() -> AccountFacts {
    AccountFacts { name: "Omar".into(), has_password: true, products: 3, ..AccountFacts::default() }
}

#[rstest]
#[case("all well", fine(), Verdict::Can)]
#[case("disabled", AccountFacts { disabled: true, ..fine() }, Verdict::Cannot)]
#[case("locked", AccountFacts { locks: vec!["until 14:32".into()], ..fine() }, Verdict::Cannot)]
#[case("no password", AccountFacts { has_password: false, ..fine() }, Verdict::Cannot)]
#[case("no factor", AccountFacts { mfa_due: true, ..fine() }, Verdict::Cannot)]
#[case("with factor", AccountFacts { mfa_due: true, has_authenticator: true, ..fine() }, Verdict::Can)]
#[case("no access still signs in", AccountFacts { products: 0, ..fine() }, Verdict::Can)]
fn the_verdict(#[case] why: &str, #[case] account: AccountFacts, #[case] expected: Verdict) {
    let facts = Facts { typed: "omar".into(), account: Some(account), ..Facts::default() };
    assert_eq!(report(&facts).verdict, expected, "{why}");
}

#[test]
fn nobody_is_unknown() {
    assert_eq!(report(&Facts::default()).verdict, Verdict::Unknown);
}

#[test]
fn a_lock_comes_with_the_act_that_ends_it() {
    let account = AccountFacts { locks: vec!["until 14:32".into()], ..fine() };
    let facts = Facts { typed: "omar".into(), account: Some(account), ..Facts::default() };
    assert_eq!(report(&facts).acts, ["portico account unlock omar"]);
}
