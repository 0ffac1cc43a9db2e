use std::time::Duration;

use http::StatusCode;
use oidc::{ErrorCode, Params};
use rstest::rstest;

use super::super::rules::{self, BADGE, Next};
use super::super::sessions::Session;
use super::super::staff::LEE;
use super::{CALLBACK, ISSUER, Lakeshore, NOW, asked};
use crate::demo::data::PASSWORD;

#[tokio::test]
async fn lee_types_a_password_only_and_the_client_learns_who_has_come() {
    let mut lee = Lakeshore::open();
    let entrance = lee.ask(&[("login_hint", LEE.email)]).await;
    assert_eq!(entrance.heading(), "Staff entrance");
    assert!(entrance.body.contains("value=\"lee@lakeshore.example\""), "{}", entrance.body);

    let wrong = lee.post(&format!("/sign-in?{}", asked(&[])), &[("email", "lee@x"), ("password", "no")]).await;
    assert_eq!(
        (wrong.status, wrong.text_of("title")),
        (StatusCode::FORBIDDEN, "Error: Staff entrance – Lakeshore Hospital".into())
    );
    assert!(wrong.body.contains("value=\"lee@x\""), "what was typed stays");

    let back = lee.sign_in(" LEE@lakeshore.example", &[]).await;
    let (told, code) = (back.back(), back.code());
    assert_eq!((told.get("state"), told.get("iss")), (Some("s+t a"), Some(ISSUER)));
    let (claims, tokens) = lee.tokens(&code).await;
    assert_eq!(
        (claims["iss"].as_str(), claims["aud"].as_str(), claims["nonce"].as_str()),
        (Some(ISSUER), Some("portico"), Some("n"))
    );
    assert_eq!((claims["sub"].as_str(), claims["iat"].as_i64()), (Some(LEE.sub), Some(NOW.seconds())));
    assert_eq!(claims["amr"], serde_json::json!(["pwd"]));
    assert!(claims["sid"].is_string() && claims["at_hash"].is_string());
    assert_eq!(tokens["scope"], "email groups openid profile", "and nothing it does not know");
    let person = lee.person(&tokens).await.json();
    assert_eq!((person["sub"].as_str(), person["email"].as_str()), (Some(LEE.sub), Some(LEE.email)));
    assert_eq!((person["email_verified"].as_bool(), person["given_name"].as_str()), (Some(true), Some("Lee")));
}

#[tokio::test]
async fn a_badge_is_a_second_factor_that_can_be_asked_for() {
    let mut lee = Lakeshore::open();
    let back = lee.sign_in(LEE.email, &[]).await;
    assert_eq!(lee.tokens(&back.code()).await.0["acr"], rules::PASSWORD);
    let again = lee.ask(&[("acr_values", BADGE)]).await;
    assert_eq!(again.text_of(".wanted"), "Portico asks for a second factor this time.");
    let back = lee.sign_in(LEE.email, &[("badge", "shown")]).await;
    let (claims, _) = lee.tokens(&back.code()).await;
    assert_eq!((claims["acr"].as_str(), &claims["amr"]), (Some(BADGE), &serde_json::json!(["pwd", "sc", "mfa"])));
    assert_eq!(lee.ask(&[("acr_values", BADGE)]).await.status, StatusCode::SEE_OTHER, "shown is shown");
}

#[rstest]
#[case::nobody_there(false, &[], Next::SignIn)]
#[case::somebody_there(true, &[], Next::Answer)]
#[case::as_hinted(true, &[("login_hint", "Lee@Lakeshore.example")], Next::Answer)]
#[case::another_hinted(true, &[("login_hint", "noor@lakeshore.example")], Next::Choose)]
#[case::anew(true, &[("prompt", "login")], Next::SignIn)]
#[case::to_choose(true, &[("prompt", "select_account")], Next::Choose)]
#[case::young_enough(true, &[("max_age", "60")], Next::Answer)]
#[case::too_old(true, &[("max_age", "59")], Next::SignIn)]
#[case::too_weak(true, &[("acr_values", BADGE)], Next::SignIn)]
#[case::silently(true, &[("prompt", "none")], Next::Answer)]
fn what_comes_next_follows_from_who_is_there(
    #[case] there: bool,
    #[case] more: &[(&str, &str)],
    #[case] expected: Next,
) {
    assert_eq!(next_of(there, more, None), expected);
}

#[rstest]
#[case::nobody(false, &[], None, ErrorCode::LoginRequired)]
#[case::too_old(true, &[("max_age", "0")], None, ErrorCode::LoginRequired)]
#[case::another_hinted(true, &[("login_hint", "noor@lakeshore.example")], None, ErrorCode::InteractionRequired)]
#[case::another_named(true, &[], Some("lakeshore-1"), ErrorCode::InteractionRequired)]
fn silence_is_answered_with_what_would_be_needed(
    #[case] there: bool,
    #[case] more: &[(&str, &str)],
    #[case] named: Option<&str>,
    #[case] code: ErrorCode,
) {
    let more = [more, &[("prompt", "none")]].concat();
    assert!(matches!(next_of(there, &more, named), Next::Refuse(refusal) if refusal.code == code));
}

/// A minute after lee has signed in, or nobody.
fn next_of(there: bool, more: &[(&str, &str)], named: Option<&str>) -> Next {
    let lakeshore = client();
    let request = oidc::authorize::judge(&Params::parse(&asked(more)).unwrap(), &lakeshore).unwrap();
    let session = Session { person: &LEE, sid: "s".into(), auth_time: NOW, badge: false };
    rules::next(&request, there.then_some(&session), named, NOW + Duration::from_secs(60))
}

fn client() -> oidc::Client {
    use oidc::client::{AuthMethod, GrantType, Profile};
    oidc::Client {
        id: "portico".into(),
        profile: Profile::Default,
        auth: AuthMethod::Secret,
        native: false,
        redirect_uris: vec![oidc::redirect::RedirectUri::register(CALLBACK, false).unwrap()],
        post_logout_redirect_uris: Vec::new(),
        grants: vec![GrantType::AuthorizationCode],
        scope: oidc::Scope::of(&["openid"]),
        pkce_pinned: true,
        id_token_algorithm: oidc::jose::Algorithm::Es256,
    }
}

#[tokio::test]
async fn whoever_is_signed_in_goes_through_and_may_be_somebody_else() {
    let mut lee = Lakeshore::open();
    lee.sign_in(LEE.email, &[]).await;
    assert!(lee.ask(&[("login_hint", LEE.email)]).await.back().get("code").is_some());
    let choice = lee.ask(&[("login_hint", "noor@lakeshore.example")]).await;
    assert_eq!(choice.heading(), "Is it you?");
    let path = format!("/sign-in?{}", asked(&[]));
    assert!(lee.post(&path, &[("way", "go-on")]).await.back().get("code").is_some());
    assert_eq!(lee.post(&path, &[("way", "another")]).await.heading(), "Staff entrance");
    assert_eq!(lee.post(&path, &[("way", "cancel")]).await.back().get("error"), Some("access_denied"));
    let silent = Lakeshore::open().ask(&[("prompt", "none")]).await;
    assert_eq!(silent.back().get("error"), Some("login_required"));
    assert_eq!(silent.back().get("iss"), Some(ISSUER));
}

#[tokio::test]
async fn a_request_that_is_not_the_clients_leads_nowhere() {
    let mut lee = Lakeshore::open();
    for more in [("client_id", "somebody"), ("redirect_uri", "https://evil.example/"), ("redirect_uri", "")] {
        let answer = lee.ask(&[more]).await;
        assert_eq!((answer.status, answer.heading().as_str()), (StatusCode::BAD_REQUEST, "This way does not lead in"));
        assert!(answer.location.is_empty(), "{more:?}");
        let posted =
            lee.post(&format!("/sign-in?{}", asked(&[more])), &[("email", LEE.email), ("password", PASSWORD)]).await;
        assert_eq!(posted.status, StatusCode::BAD_REQUEST);
    }
    for (more, error) in [
        (("code_challenge_method", "plain"), "invalid_request"),
        (("response_type", "token"), "unsupported_response_type"),
        (("scope", "email"), "invalid_scope"),
    ] {
        assert_eq!(lee.ask(&[more]).await.back().get("error"), Some(error), "{more:?}");
    }
    assert_eq!(lee.get("/nothing").await.status, StatusCode::NOT_FOUND);
    assert_eq!(lee.post("/mood", &[("mood", "odd")]).await.status, StatusCode::BAD_REQUEST);
}
