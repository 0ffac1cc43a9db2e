use rstest::rstest;

use super::rules::{AccountFacts, Facts, Lock, Second, Verdict, report};

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
#[case("no factor, and none to be had", AccountFacts { mfa_due: true, ..fine() }, Verdict::Cannot)]
#[case("no factor yet", AccountFacts { mfa_due: true, may_set_up: true, ..fine() }, Verdict::Can)]
#[case("with factor", AccountFacts { mfa_due: true, has_authenticator: true, ..fine() }, Verdict::Can)]
#[case("no access still signs in", AccountFacts { products: 0, ..fine() }, Verdict::Can)]
fn the_verdict(#[case] why: &str, #[case] account: AccountFacts, #[case] expected: Verdict) {
    let facts = Facts { typed: "omar".into(), account: Some(account), ..Facts::default() };
    assert_eq!(report(&facts).verdict, expected, "{why}");
}

#[rstest]
#[case("no questions", AccountFacts { lacks_question: true, ..fine() })]
#[case("address not confirmed", AccountFacts { unproved_address: true, ..fine() })]
#[case("both", AccountFacts { lacks_question: true, unproved_address: true, ..fine() })]
#[case("and no password", AccountFacts { lacks_question: true, has_password: false, ..fine() })]
fn where_forgot_password_brings_no_link_the_act_that_does_is_named_once(
    #[case] why: &str,
    #[case] account: AccountFacts,
) {
    let report = report(&Facts { typed: "omar".into(), account: Some(account), ..Facts::default() });
    assert_eq!(report.acts, ["portico account reset omar"], "{why}");
    assert!(report.steps.iter().any(|step| step.evidence.contains("`portico account reset omar`")), "{why}");
}

#[test]
fn what_registering_still_asks_for_is_told_in_its_order() {
    let told = |still_asked: Vec<&'static str>| {
        let account = AccountFacts { still_asked, ..fine() };
        let report = report(&Facts { account: Some(account), ..Facts::default() });
        report.steps.into_iter().find(|step| step.name == "registration").unwrap().evidence
    };
    assert_eq!(told(vec!["the name", "the terms"]), "Still to come at the next sign-in: the name, the terms.");
    assert_eq!(told(vec![]), "Nothing is missing.");
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

#[test]
fn who_is_disabled_is_enabled_first_and_told_nothing_that_would_be_refused() {
    let account =
        AccountFacts { disabled: true, has_password: false, lacks_question: true, unproved_address: true, ..fine() };
    let report = report(&Facts { typed: "omar".into(), account: Some(account), ..Facts::default() });
    assert_eq!(report.acts, ["portico account enable omar"]);
    assert_eq!(report.sentence, "Omar cannot sign in: The account is disabled.");
    assert!(report.steps.iter().any(|step| step.evidence.contains("Once the account is enabled")));
}

#[test]
fn products_that_do_not_open_are_told_with_the_reason() {
    let account = AccountFacts { closed_products: vec!["Tracer: has not moved here yet.".into()], ..fine() };
    let report = report(&Facts { account: Some(account), ..Facts::default() });
    let told: Vec<_> = report.steps.iter().map(|step| step.evidence.as_str()).collect();
    assert!(told.contains(&"Opens 2 of 3 products.") && told.contains(&"Tracer: has not moved here yet."), "{told:?}");
    assert_eq!(report.verdict, Verdict::Can);
}

fn confirmed(counts: bool) -> Second {
    Second::Confirmed { address: "lee@mail.example".into(), since: "2026-11-20".into(), counts }
}

#[rstest]
#[case("a password of this suspension", AccountFacts { second: confirmed(true), ..fine() }, Verdict::Can, "A password is set.")]
#[case(
    "both mailboxes",
    AccountFacts { has_password: false, second: confirmed(true), ..fine() },
    Verdict::Cannot,
    "Forgot Password? helps, through both mailboxes."
)]
#[case(
    "the second alone",
    AccountFacts { has_password: false, second: confirmed(true), second_alone: true, ..fine() },
    Verdict::Cannot,
    "Forgot Password? helps, through the second mailbox."
)]
#[case(
    "confirmed too late",
    AccountFacts { has_password: false, second: confirmed(false), ..fine() },
    Verdict::Cannot,
    "counts for nothing now"
)]
#[case(
    "nobody has answered",
    AccountFacts { has_password: false, second: Second::Waiting("lee@mail.example".into()), ..fine() },
    Verdict::Cannot,
    "nobody has pressed the button"
)]
#[case("none", AccountFacts { has_password: false, ..fine() }, Verdict::Cannot, "None is confirmed")]
fn while_single_sign_on_is_suspended(
    #[case] why: &str,
    #[case] account: AccountFacts,
    #[case] expected: Verdict,
    #[case] told: &str,
) {
    let acts = usize::from(!account.has_password && !matches!(account.second, Second::Confirmed { counts: true, .. }));
    let facts = Facts {
        typed: "lee".into(),
        routed_to: Some("Lakeshore Hospital".into()),
        suspended: Some("14:32 EST".into()),
        account: Some(account),
        ..Facts::default()
    };
    let report = report(&facts);
    assert_eq!(report.verdict, expected, "{why}");
    let evidence: Vec<_> = report.steps.iter().map(|step| step.evidence.as_str()).collect();
    assert!(evidence.iter().any(|line| line.contains("Suspended since 14:32 EST")), "{why}: {evidence:?}");
    assert!(evidence.iter().any(|line| line.contains(told)), "{why}: {evidence:?}");
    assert_eq!(report.acts.len(), acts, "{why}: {:?}", report.acts);
}

#[test]
fn a_second_mailbox_is_told_of_where_the_organization_has_its_own_sign_in() {
    let told = |sso| {
        let facts = Facts { typed: "lee".into(), sso, account: Some(fine()), ..Facts::default() };
        report(&facts).steps.iter().any(|step| step.name == "second mailbox")
    };
    assert_eq!((told(true), told(false)), (true, false));
}
