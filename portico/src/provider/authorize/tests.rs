use oidc::authorize::{AuthorizationRequest, Prompt};
use oidc::claims::{ClaimsRequest, Wanted};
use oidc::error::{ErrorCode, Refusal};
use proptest::prelude::*;
use rstest::rstest;

use super::rules::{Asks, Consent, Facts, Hint, Next, Second, Session, next};
use crate::platform::clock::Time;
use crate::provider::claims::{ONE_FACTOR, TWO_FACTORS};

const NOW: Time = Time(1_800_000_000_000_000);

fn at(seconds: i64) -> Time {
    Time(NOW.0 + seconds * 1_000_000)
}

/// Somebody who signed in ten minutes ago and may open the product.
fn here() -> Facts {
    Facts {
        session: Some(Session {
            subject: "s".into(),
            authenticated_at: Some(at(-600)),
            signed_in_at: at(-600),
            acr: ONE_FACTOR,
            second: Second::Cannot,
        }),
        asked_at: NOW,
        hint: Hint::None,
        open: true,
        guarded: false,
        asks: Asks::Never,
        consent: None,
    }
}

fn session(change: impl FnOnce(&mut Session)) -> Facts {
    let mut facts = here();
    change(facts.session.as_mut().unwrap());
    facts
}

/// Somebody who has signed in for a request that waits for an hour by now.
fn long_asked(authenticated: i64) -> Facts {
    Facts {
        asked_at: at(-3_600),
        ..session(|s| (s.authenticated_at, s.signed_in_at) = (Some(at(authenticated)), at(authenticated)))
    }
}

fn since(session: &mut Session) {
    (session.authenticated_at, session.signed_in_at) = (Some(NOW), NOW);
}

/// Came in a moment ago, and has no second factor yet.
fn fresh(session: &mut Session) {
    (session.authenticated_at, session.second) = (Some(at(-299)), Second::May);
}

/// Let in a moment ago by an organization to which they proved it an hour before.
fn let_in(session: &mut Session) {
    (session.authenticated_at, session.signed_in_at) = (Some(at(-3_600)), NOW);
}

/// Let in a moment ago by an organization that does not say when they proved it.
fn let_in_untold(session: &mut Session) {
    (session.authenticated_at, session.signed_in_at) = (None, NOW);
}

fn plain() -> AuthorizationRequest {
    AuthorizationRequest::default()
}

fn prompt(words: &str) -> AuthorizationRequest {
    let has = |word| words.contains(word);
    let prompt =
        Prompt { none: has("none"), login: has("login"), consent: has("consent"), select_account: has("select") };
    AuthorizationRequest { prompt, ..plain() }
}

fn aged(max_age: u32) -> AuthorizationRequest {
    AuthorizationRequest { max_age: Some(max_age), ..plain() }
}

fn acr(value: &str, essential: bool) -> AuthorizationRequest {
    let mut claims = ClaimsRequest::default();
    claims.id_token.insert("acr".into(), Wanted { essential, values: vec![value.into()] });
    AuthorizationRequest { claims, ..plain() }
}

fn sub(value: &str) -> AuthorizationRequest {
    let mut claims = ClaimsRequest::default();
    claims.id_token.insert("sub".into(), Wanted { essential: false, values: vec![value.into()] });
    AuthorizationRequest { claims, ..plain() }
}

const COVERED: Option<Consent> = Some(Consent { given_at: at_constant(-900), covers: true });
const FRESH: Option<Consent> = Some(Consent { given_at: NOW, covers: true });
const LESS: Option<Consent> = Some(Consent { given_at: NOW, covers: false });

const fn at_constant(seconds: i64) -> Time {
    Time(NOW.0 + seconds * 1_000_000)
}

#[rstest]
#[case("a session", plain(), here(), Next::Grant)]
#[case("nobody", plain(), Facts { session: None, ..here() }, Next::SignIn)]
#[case("login", prompt("login"), here(), Next::SignInAgain)]
#[case("login, done since", prompt("login"), session(since), Next::Grant)]
#[case("select", prompt("select"), here(), Next::SignIn)]
#[case("select, done since", prompt("select"), session(since), Next::Grant)]
#[case("login, let in without", prompt("login"), session(let_in), Next::SignInAgain)]
#[case("select, let in", prompt("select"), session(let_in), Next::Grant)]
#[case("let in by an old proof", aged(600), session(let_in), Next::SignInAgain)]
#[case("another's hint, let in", plain(), Facts { hint: Hint::Another, ..session(let_in) },
    Next::Refuse(Refusal::new(ErrorCode::LoginRequired, "another person is wanted")))]
#[case("young enough", aged(601), here(), Next::Grant)]
#[case("too old", aged(600), here(), Next::SignInAgain)]
#[case("max_age=0, done since", aged(0), session(since), Next::Grant)]
#[case("max_age, and nobody knows since when", aged(900), session(let_in_untold), Next::SignInAgain)]
#[case("prompt=login, and nobody knows since when", prompt("login"), session(let_in_untold), Next::SignInAgain)]
#[case("nobody asks since when", plain(), session(let_in_untold), Next::Grant)]
#[case("max_age=0, done a moment ago", aged(0), long_asked(-59), Next::Grant)]
#[case("max_age=0, done, and then left", aged(0), long_asked(-60), Next::SignInAgain)]
#[case("the hint's person", plain(), Facts { hint: Hint::This, ..here() }, Next::Grant)]
#[case("another's hint", plain(), Facts { hint: Hint::Another, ..here() }, Next::SignIn)]
#[case("a hint nobody can read", plain(), Facts { hint: Hint::Unreadable, ..here() }, Next::Grant)]
#[case("this sub", sub("s"), here(), Next::Grant)]
#[case("another sub", sub("t"), here(), Next::SignIn)]
#[case("no access", plain(), Facts { open: false, ..here() }, Next::NoAccess)]
#[case("a third party", plain(), Facts { asks: Asks::Once, ..here() }, Next::Consent)]
#[case("agreed before", plain(), Facts { asks: Asks::Once, consent: COVERED, ..here() }, Next::Grant)]
#[case("agreed to less", plain(), Facts { asks: Asks::Once, consent: LESS, ..here() }, Next::Consent)]
#[case("each time", plain(), Facts { asks: Asks::Always, consent: COVERED, ..here() }, Next::Consent)]
#[case("this time", plain(), Facts { asks: Asks::Always, consent: FRESH, ..here() }, Next::Grant)]
#[case("our own, asked to ask", prompt("consent"), here(), Next::Consent)]
#[case("our own, has asked", prompt("consent"), Facts { consent: FRESH, ..here() }, Next::Grant)]
#[case("one factor will do", acr(ONE_FACTOR, true), session(|s| s.acr = TWO_FACTORS), Next::Grant)]
#[case("two were shown", acr(TWO_FACTORS, true), session(|s| s.acr = TWO_FACTORS), Next::Grant)]
#[case("two can be shown", acr(TWO_FACTORS, false), session(|s| s.second = Second::Has), Next::StepUp)]
#[case("two must be set up", acr(TWO_FACTORS, true), session(fresh), Next::StepUp)]
#[case("two must be set up, by whoever it was", acr(TWO_FACTORS, true), session(|s| s.second = Second::May), Next::SignInAgain)]
#[case("the product wants two set up", plain(), Facts { guarded: true, ..session(fresh) }, Next::StepUp)]
#[case("the product wants two set up, by whoever it was", plain(),
    Facts { guarded: true, ..session(|s| s.second = Second::May) }, Next::SignInAgain)]
#[case("two could be set up", acr(TWO_FACTORS, false), session(|s| s.second = Second::May), Next::Grant)]
#[case("two would be nice, once more", acr(TWO_FACTORS, false), Facts { asked_at: at(-900),
    ..session(|s| s.second = Second::Has) }, Next::StepUp)]
#[case("the product wants two", plain(), Facts { guarded: true, ..here() }, Next::StepUp)]
#[case("the product has two", plain(), Facts { guarded: true, ..session(|s| s.acr = TWO_FACTORS) }, Next::Grant)]
#[case("the product is not theirs", plain(), Facts { guarded: true, open: false, ..here() }, Next::NoAccess)]
#[case("two would be nice", acr(TWO_FACTORS, false), here(), Next::Grant)]
#[case("something nobody knows", acr("urn:x", false), here(), Next::Grant)]
fn what_happens_next(
    #[case] why: &str,
    #[case] request: AuthorizationRequest,
    #[case] facts: Facts,
    #[case] expected: Next,
) {
    assert_eq!(next(&request, &facts, NOW), expected, "{why}");
}

#[rstest]
#[case(Facts { session: None, ..here() }, None, ErrorCode::LoginRequired)]
#[case(Facts { hint: Hint::Another, ..here() }, None, ErrorCode::LoginRequired)]
#[case(Facts { hint: Hint::Unreadable, ..here() }, None, ErrorCode::LoginRequired)]
#[case(here(), Some(600), ErrorCode::LoginRequired)]
#[case(Facts { open: false, ..here() }, None, ErrorCode::AccessDenied)]
#[case(Facts { guarded: true, ..here() }, None, ErrorCode::InteractionRequired)]
#[case(Facts { asks: Asks::Once, ..here() }, None, ErrorCode::ConsentRequired)]
#[case(Facts { asks: Asks::Always, consent: COVERED, ..here() }, None, ErrorCode::ConsentRequired)]
fn with_prompt_none_nothing_is_shown(#[case] facts: Facts, #[case] max_age: Option<u32>, #[case] code: ErrorCode) {
    let request = AuthorizationRequest { max_age, ..prompt("none") };
    assert!(matches!(next(&request, &facts, NOW), Next::Refuse(refusal) if refusal.code == code));
}

#[test]
fn whoever_has_signed_in_for_a_request_that_wants_another_is_not_asked_again() {
    let since = session(since);
    for (request, hint) in [(plain(), Hint::Another), (sub("t"), Hint::None)] {
        let refused = next(&request, &Facts { hint, ..since.clone() }, NOW);
        assert!(matches!(refused, Next::Refuse(refusal) if refusal.code == ErrorCode::LoginRequired));
    }
}

#[rstest]
#[case::has_one(Second::Has, false)]
#[case::may_have_one(Second::May, true)]
fn with_prompt_none_a_missing_second_factor_is_an_interaction(#[case] second: Second, #[case] essential: bool) {
    let facts = session(|s| s.second = second);
    let request = AuthorizationRequest { prompt: prompt("none").prompt, ..acr(TWO_FACTORS, essential) };
    let refused = next(&request, &facts, NOW);
    assert!(matches!(refused, Next::Refuse(refusal) if refusal.code == ErrorCode::InteractionRequired));
}

#[test]
fn who_must_show_more_and_cannot_is_refused() {
    let refused = next(&acr(TWO_FACTORS, true), &here(), NOW);
    assert!(matches!(refused, Next::Refuse(refusal) if refusal.code == ErrorCode::UnmetAuthenticationRequirements));
}

fn any_facts() -> impl Strategy<Value = Facts> {
    let session = prop::option::of((-900_i64..=0, any::<bool>(), any::<bool>()));
    let consent = prop::option::of((-900_i64..=0, any::<bool>()));
    let hint = prop::sample::select(vec![Hint::None, Hint::This, Hint::Another, Hint::Unreadable]);
    let asks = prop::sample::select(vec![Asks::Never, Asks::Once, Asks::Always]);
    (session, consent, hint, asks, any::<bool>()).prop_map(|(session, consent, hint, asks, open)| Facts {
        session: session.map(|(seconds, two, has)| Session {
            subject: "s".into(),
            authenticated_at: Some(at(seconds)),
            signed_in_at: at(seconds),
            acr: if two { TWO_FACTORS } else { ONE_FACTOR },
            second: if has || two { Second::Has } else { Second::Cannot },
        }),
        asked_at: at(-300),
        hint,
        open,
        guarded: false,
        asks,
        consent: consent.map(|(seconds, covers)| Consent { given_at: at(seconds), covers }),
    })
}

proptest! {
    #[test]
    fn a_code_is_given_to_somebody_with_access_only_and_prompt_none_shows_nothing(
        facts in any_facts(),
        words in "(none)?|(login)?(consent)?(select)?",
        max_age in prop::option::of(0_u32..1_000),
    ) {
        let request = AuthorizationRequest { max_age, ..prompt(&words) };
        let next = next(&request, &facts, NOW);
        if next == Next::Grant {
            prop_assert!(facts.session.is_some() && facts.open && facts.hint != Hint::Another);
            prop_assert!(facts.asks == Asks::Never || facts.consent.is_some_and(|consent| consent.covers));
        }
        if request.prompt.none {
            prop_assert!(matches!(next, Next::Grant | Next::Refuse(_)));
        }
    }
}
