use rstest::rstest;

use super::rules::{AccountFacts, Facts, Failure, Federated, Lock, State, Verdict, report};

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

fn there() -> Federated {
    Federated { id: "c1".into(), name: "Lakeshore ID".into(), routed: true, state: "on", ..Federated::default() }
}

/// Somebody whose password is elsewhere.
fn federated(there: Federated) -> Facts {
    let account = AccountFacts { has_password: false, ..fine() };
    Facts {
        typed: "lee@lakeshore.example".into(),
        routed_to: Some("Lakeshore Hospital".into()),
        sso: true,
        account: Some(account),
        federated: Some(there),
        ..Facts::default()
    }
}

#[test]
fn whoever_signs_in_elsewhere_is_told_by_where_that_is_and_not_by_a_password() {
    let report = report(&federated(Federated { linked: Some(("sub-1".into(), None)), ..there() }));
    assert_eq!((report.verdict, report.acts.len()), (Verdict::Can, 0));
    let told = |name: &str| report.steps.iter().find(|step| step.name == name).map(|step| step.evidence.as_str());
    assert_eq!(told("routing"), Some("The address belongs to Lakeshore Hospital and leads to Lakeshore ID (c1)."));
    assert_eq!(told("first proof"), Some("It is shown at Lakeshore ID."));
    assert_eq!(told("link"), Some("Linked as sub-1; has not come from there yet."));
}

#[test]
fn the_last_failure_there_is_told_with_its_reference_and_decides_nothing() {
    let failure = Failure {
        at: "14:32".into(),
        reference: "7K3-QX9".into(),
        cause: "clock_off",
        detail: "It is 90 seconds ahead.".into(),
    };
    let report = report(&federated(Federated { failure: Some(failure), ..there() }));
    assert_eq!(report.verdict, Verdict::Can);
    let told = report.steps.iter().find(|step| step.name == "last failure").unwrap();
    assert_eq!(told.evidence, "14:32, clock_off, reference 7K3-QX9: It is 90 seconds ahead.");
    assert_eq!(report.acts, ["portico connection failures c1 --reference 7K3-QX9"]);
}

#[test]
fn a_secret_that_has_ended_keeps_everybody_out() {
    let report = report(&federated(Federated { broken: Some("The secret ended yesterday.".into()), ..there() }));
    assert_eq!(report.verdict, Verdict::Cannot);
    assert!(report.sentence.contains("The secret ended yesterday."), "{}", report.sentence);
    assert_eq!(report.acts, ["portico connection test c1"]);
}

#[test]
fn somebody_on_trial_signs_in_here_all_the_same() {
    let there = Federated { routed: false, state: "trial", ..there() };
    let report = report(&Facts { sso: false, account: Some(fine()), ..federated(there) });
    assert_eq!(report.verdict, Verdict::Can);
    let proof = report.steps.iter().find(|step| step.name == "first proof").unwrap();
    assert_eq!((proof.state, proof.evidence.as_str()), (State::Fine, "A password is set."));
    assert!(report.steps.iter().any(|step| step.name == "link"));
}
