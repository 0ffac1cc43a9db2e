use proptest::prelude::*;
use rstest::rstest;

use super::*;
use crate::client::{AuthMethod, Client, GrantType, Profile};
use crate::error::ErrorCode;
use crate::jose::Algorithm;
use crate::params::Params;
use crate::redirect::RedirectUri;
use crate::scope::Scope;

const CHALLENGE: &str = "code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256";
const GOOD: &str =
    "client_id=bed&redirect_uri=https%3A%2F%2Fbed.example%2Fcb&response_type=code&scope=openid+email+secret&state=s";

fn client(profile: Profile) -> Client {
    Client {
        id: "bed".into(),
        profile,
        auth: AuthMethod::Secret,
        native: false,
        redirect_uris: vec![RedirectUri::register("https://bed.example/cb", false).unwrap()],
        post_logout_redirect_uris: Vec::new(),
        grants: vec![GrantType::AuthorizationCode],
        scope: Scope::of(&["openid", "email", "profile"]),
        pkce_pinned: false,
        id_token_algorithm: Algorithm::Rs256,
    }
}

fn judged(query: &str, client: &Client) -> Result<AuthorizationRequest, Refused> {
    judge(&Params::parse(query).unwrap(), client)
}

#[test]
fn a_good_request_is_understood() {
    let more = "nonce=n&prompt=login+consent&max_age=0&acr_values=a+b&ui_locales=es+en&login_hint=omar&unknown=1";
    let request = judged(&format!("{GOOD}&{CHALLENGE}&{more}"), &client(Profile::Default)).unwrap();
    assert_eq!(request.scope.to_string(), "email openid");
    assert_eq!((request.state.as_deref(), request.nonce.as_deref()), (Some("s"), Some("n")));
    assert!(request.prompt.login && request.prompt.consent && !request.prompt.none);
    assert_eq!(request.max_age, Some(0));
    assert_eq!(request.acr_values, ["a", "b"]);
    assert_eq!(request.ui_locales, ["es", "en"]);
    assert!(request.challenge.is_some());
}

#[test]
fn what_is_kept_of_a_request_is_all_of_it_that_counts() {
    let more = "nonce=n&prompt=login&max_age=0&acr_values=a&ui_locales=es&login_hint=omar&id_token_hint=h&unknown=1\
                &response_mode=query&claims=%7B%22userinfo%22%3A%7B%22email%22%3Anull%7D%7D&dpop_jkt=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    let params = Params::parse(&format!("{GOOD}&{CHALLENGE}&{more}")).unwrap();
    let (client, kept) = (client(Profile::Default), params.only(&PARAMETERS));
    assert!(kept.get("unknown").is_none());
    assert_eq!(judge(&kept, &client), judge(&params, &client));
    assert!(judge(&kept, &client).is_ok());
    for refused in ["request=x", "request_uri=x", "registration=x"] {
        let kept = Params::parse(&format!("{GOOD}&{CHALLENGE}&{refused}")).unwrap().only(&PARAMETERS);
        assert!(judge(&kept, &client).is_err(), "{refused}");
    }
}

#[rstest]
#[case("request=x", ErrorCode::RequestNotSupported)]
#[case("request_uri=https://bed.example/r", ErrorCode::RequestUriNotSupported)]
#[case("registration=%7B%7D", ErrorCode::RegistrationNotSupported)]
#[case("response_mode=fragment", ErrorCode::InvalidRequest)]
#[case("response_mode=form_post", ErrorCode::InvalidRequest)]
#[case("prompt=none+login", ErrorCode::InvalidRequest)]
#[case("prompt=unknown", ErrorCode::InvalidRequest)]
#[case("max_age=-1", ErrorCode::InvalidRequest)]
#[case("max_age=+1", ErrorCode::InvalidRequest)]
#[case("max_age=1.5", ErrorCode::InvalidRequest)]
#[case("claims=7", ErrorCode::InvalidRequest)]
#[case("dpop_jkt=short", ErrorCode::InvalidRequest)]
#[case(&format!("ui_locales={}", "e".repeat(1_025)), ErrorCode::InvalidRequest)]
#[case("nonce=a&nonce=b", ErrorCode::InvalidRequest)]
#[case("unknown=a&unknown=b", ErrorCode::InvalidRequest)]
#[case("code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM", ErrorCode::InvalidRequest)]
#[case("code_challenge=abc&code_challenge_method=S256", ErrorCode::InvalidRequest)]
#[case("code_challenge_method=S256", ErrorCode::InvalidRequest)]
fn a_bad_parameter_is_told_to_the_client(#[case] more: &str, #[case] code: ErrorCode) {
    match judged(&format!("{GOOD}&{more}"), &client(Profile::OidcBasic)) {
        Err(Refused::AtClient { redirect_uri, state, refusal }) => {
            assert_eq!(redirect_uri, "https://bed.example/cb");
            assert_eq!(state.as_deref(), Some("s"));
            assert_eq!(refusal.code, code, "{more}");
        }
        other => panic!("{more}: {other:?}"),
    }
}

#[rstest]
#[case("response_type=token", ErrorCode::UnsupportedResponseType)]
#[case("response_type=code+id_token", ErrorCode::UnsupportedResponseType)]
#[case("response_type=", ErrorCode::InvalidRequest)]
#[case("scope=email", ErrorCode::InvalidScope)]
#[case("scope=", ErrorCode::InvalidScope)]
fn what_is_asked_for_must_be_a_code_for_openid(#[case] instead: &str, #[case] code: ErrorCode) {
    let name = instead.split('=').next().unwrap();
    let kept = GOOD.split('&').filter(|pair| !pair.starts_with(name)).collect::<Vec<_>>().join("&");
    match judged(&format!("{kept}&{instead}"), &client(Profile::OidcBasic)) {
        Err(Refused::AtClient { refusal, .. }) => assert_eq!(refusal.code, code),
        other => panic!("{other:?}"),
    }
}

#[rstest]
#[case("client_id=bed&response_type=code&scope=openid")]
#[case("client_id=bed&redirect_uri=https://bed.example/cb/&response_type=code&scope=openid")]
#[case("client_id=bed&redirect_uri=https://bed.example/cb&redirect_uri=https://evil.example&response_type=code")]
#[case("client_id=bed&client_id=other&redirect_uri=https://bed.example/cb&response_type=code&scope=openid")]
#[case("client_id=other&redirect_uri=https://bed.example/cb&response_type=code&scope=openid")]
fn without_a_verified_redirect_uri_nothing_is_redirected(#[case] query: &str) {
    assert!(matches!(judged(query, &client(Profile::OidcBasic)), Err(Refused::Here(_))), "{query}");
}

#[test]
fn pkce_is_asked_of_whoever_must_and_of_whoever_has_used_it() {
    assert!(judged(GOOD, &client(Profile::Default)).is_err());
    assert!(judged(GOOD, &client(Profile::OidcBasic)).is_ok());
    assert!(judged(GOOD, &Client { pkce_pinned: true, ..client(Profile::OidcBasic) }).is_err());
    assert!(judged(GOOD, &Client { auth: AuthMethod::None, ..client(Profile::OidcBasic) }).is_err());
}

#[test]
fn every_answer_names_its_issuer_and_keeps_the_query_of_the_redirect_uri() {
    let issuer = "https://door.example";
    assert_eq!(
        code_redirect("https://bed.example/cb?x=1", issuer, Some("a&b"), "c"),
        "https://bed.example/cb?x=1&code=c&state=a%26b&iss=https%3A%2F%2Fdoor.example"
    );
    let refusal = crate::error::Refusal::new(ErrorCode::LoginRequired, "sign in");
    assert_eq!(
        error_redirect("https://bed.example/cb", issuer, None, refusal),
        "https://bed.example/cb?error=login_required&error_description=sign%20in&iss=https%3A%2F%2Fdoor.example"
    );
}

proptest! {
    #[test]
    fn whatever_is_asked_a_redirect_goes_to_a_registered_uri_only(query in "[a-z_]{1,12}=[ -~]{0,20}(&[a-z_]{1,12}=[a-z]{0,9}){0,5}") {
        let client = client(Profile::OidcBasic);
        if let Ok(params) = Params::parse(&format!("{query}&redirect_uri=https://bed.example/cb")) {
            match judge(&params, &client) {
                Err(Refused::AtClient { redirect_uri, .. }) => prop_assert!(client.redirects_to(&redirect_uri)),
                Err(Refused::Here(_)) => {}
                Ok(request) => prop_assert!(client.redirects_to(&request.redirect_uri)),
            }
        }
    }
}
