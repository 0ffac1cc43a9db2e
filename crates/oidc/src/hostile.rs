//! Whatever is sent, it is read or refused, and nothing here panics.

use proptest::prelude::*;
use serde_json::Value;

use crate::bearer;
use crate::claims::ClaimsRequest;
use crate::client_auth::Presented;
use crate::dpop;
use crate::id_token;
use crate::jose::{self, JwkSet, Unverified};
use crate::logout::LogoutRequest;
use crate::params::Params;
use crate::pkce::Challenge;
use crate::redirect::RedirectUri;
use crate::rp;
use crate::scope::Scope;

/// Text in which the marks of every format here stand close together.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        ".{0,60}",
        "[a-zA-Z0-9_.=-]{0,80}",
        "[\\[\\]{}\",:0-9a-z\\\\ ]{0,60}",
        "(https?|com\\.example)?:?/{0,3}[\\[\\]@:a-f0-9.]{0,30}[/?#%&=a]{0,9}",
        "([a-z]{1,4}=[%+0-9a-fA-F]{0,6}&?){0,9}",
    ]
}

/// Three parts that are base64url, of JSON that nobody signed.
fn token() -> impl Strategy<Value = String> {
    let member = (
        "(alg|typ|kid|jwk|crit|aud|exp|iss|sub|jti|htm|iat)",
        "(ES256|RS256|none|dpop\\+jwt|-?[0-9]{1,20}|x)",
        any::<bool>(),
    );
    let object = prop::collection::vec(member, 0..6).prop_map(|members| {
        let members = members.into_iter().map(|(name, value, quoted)| match quoted {
            true => format!("\"{name}\":\"{value}\""),
            false => format!("\"{name}\":{{\"kty\":\"{value}\",\"d\":7}}"),
        });
        format!("{{{}}}", members.collect::<Vec<_>>().join(","))
    });
    (object.clone(), object, prop::collection::vec(any::<u8>(), 0..80)).prop_map(|(header, payload, signature)| {
        let encode = |bytes: &[u8]| data_encoding::BASE64URL_NOPAD.encode(bytes);
        format!("{}.{}.{}", encode(header.as_bytes()), encode(payload.as_bytes()), encode(&signature))
    })
}

fn metadata() -> rp::Metadata {
    let text = br#"{"issuer":"https://a","authorization_endpoint":"https://a/a","token_endpoint":"https://a/t","jwks_uri":"https://a/j"}"#;
    rp::Metadata::judge(text, "https://a", false).unwrap()
}

const EXPECTED: rp::Expected<'static> = rp::Expected {
    issuer: "https://a",
    client_id: "a",
    nonce: "x",
    max_age: None,
    access_token: None,
    algorithms: &jose::Algorithm::ALL,
    now: 0,
};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn text_of_a_stranger_is_read_or_refused(text in text(), other in text()) {
        let _ = (Scope::parse(&text), Challenge::parse(&text), Challenge::of(&text), ClaimsRequest::parse(&text));
        let _ = (jose::object(text.as_bytes()), JwkSet::read(text.as_bytes()));
        if let Ok(params) = Params::parse(&text) {
            let _ = (LogoutRequest::read(&params), Presented::read(Some(&other), &params).is_ok());
            let _ = (Presented::read(None, &params).is_ok(), bearer::presented(Some(&other), Some(&params)).is_ok());
        }
        for native in [true, false] {
            if let Ok(uri) = RedirectUri::register(&text, native) {
                prop_assert!(uri.is(&text, native));
                // Its origin goes into a header that is a list of sources; of a scheme of one's own the scheme alone.
                let web = text.strip_prefix("https://").or(text.strip_prefix("http://")).unwrap_or_default();
                let authority = web.split(['/', '?']).next().unwrap_or_default();
                prop_assert!(!authority.contains([';', ',', ' ', '\'', '@']), "{text}");
            }
        }
    }

    #[test]
    fn an_answer_of_a_strange_provider_is_read_or_refused(text in text(), other in text(), status in any::<u16>()) {
        let _ = (rp::Metadata::judge(text.as_bytes(), &other, true), rp::metadata::address(&text, true));
        let _ = (rp::Keys::read(text.as_bytes()), rp::userinfo::read(status, text.as_bytes(), &other));
        let _ = (rp::TokenAnswer::read(status, text.as_bytes()), rp::Said::of(&text));
        if let Ok(answer) = rp::Answer::read(&text) {
            let _ = (answer.state(), answer.code(&metadata()));
        }
    }

    #[test]
    fn a_token_that_nobody_signed_is_believed_by_nobody(token in token()) {
        let request = dpop::Request { method: "POST", url: "https://a", access_token: None, nonce: None, now: 0 };
        prop_assert!(dpop::verify(&token, request).is_err());
        prop_assert!(id_token::hint(&token, &[], "https://a").is_err());
        prop_assert!(rp::id_token::verify(&token, &rp::Keys::default(), &EXPECTED).is_err());
        let algorithms = EXPECTED.algorithms;
        prop_assert!(rp::logout::verify(&token, &rp::Keys::default(), algorithms, "https://a", "a", 0).is_err());
        if let Ok(parsed) = Unverified::parse(&token) {
            let _ = (parsed.claimed::<Value>(), parsed.header.own_key());
            prop_assert!(parsed.verify_any(&[]).is_err());
        }
    }

    #[test]
    fn a_token_with_any_other_text_in_it_is_refused(token in token(), at in any::<prop::sample::Index>(), with in ".{1,3}") {
        let mut token = token;
        let at = at.index(token.len().max(1)).min(token.len());
        token.insert_str(at, &with);
        let request = dpop::Request { method: "POST", url: "https://a", access_token: None, nonce: None, now: 0 };
        prop_assert!(dpop::verify(&token, request).is_err());
    }
}

#[test]
fn json_that_is_nested_without_end_is_refused_and_not_followed() {
    let deep = format!("{{\"a\":{}1{}}}", "[".repeat(4_000), "]".repeat(4_000));
    assert!(jose::object(deep.as_bytes()).is_err());
    let claims = format!("{{\"userinfo\":{}", "{\"a\":".repeat(600));
    assert!(ClaimsRequest::parse(&claims).is_err());
}
