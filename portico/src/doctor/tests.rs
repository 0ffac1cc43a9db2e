use rstest::rstest;

use super::rules::{AccountFacts, Facts, Lock, Verdict, report};

fn fine() -> AccountFacts {
    AccountFacts { name: "Omar".into(), has_password: true, products: 3, ..AccountFacts::default() }
}

fn lock(strangers: bool) -> Lock {
    Lock { strangers, evidence: "Locked until 14:32.".into() }
}

#[rstest]
#[case("all well", fine(), Verdict::Can)]
#[case("disabled", AccountFacts { disabled: true, ..fine() }, Verdict::Cannot)]
#[case("locked for strangers", AccountFacts { locks: vec![lock(true)], ..fine() }, Verdict::Cannot)]
#[case("locked in one own browser", AccountFacts { locks: vec![lock(false)], ..fine() }, Verdict::Can)]
#[case("questions are off", AccountFacts { questions_off: Some("14:32".into()), ..fine() }, Verdict::Can)]
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
    for strangers in [true, false] {
        let account = AccountFacts { locks: vec![lock(strangers)], ..fine() };
        let facts = Facts { typed: "omar".into(), account: Some(account), ..Facts::default() };
        assert_eq!(report(&facts).acts, ["portico account unlock omar"]);
    }
}

#[test]
fn a_lock_is_told_with_the_browsers_it_holds_for() {
    let sentence = |account| report(&Facts { account: Some(account), ..Facts::default() }).sentence;
    let strangers = sentence(AccountFacts { locks: vec![lock(true)], ..fine() });
    assert!(strangers.starts_with("Omar cannot sign in in a browser the account is not known in."), "{strangers}");
    let own = sentence(AccountFacts { locks: vec![lock(false)], ..fine() });
    assert_eq!(own, "Omar can sign in, but not in every browser.");
    let disabled = sentence(AccountFacts { locks: vec![lock(true)], disabled: true, ..fine() });
    assert_eq!(disabled, "Omar cannot sign in: The account is disabled.");
}
