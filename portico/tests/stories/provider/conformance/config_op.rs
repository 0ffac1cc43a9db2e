//! Plan "Config OP", and what the logout plans look for in the same document.

use std::collections::BTreeSet;

use axum::http::{HeaderMap, Method, header};
use oidc::jose::JwkSet;
use serde_json::Value;

use crate::stories;
use crate::support::TestApp;
use crate::support::product::program;
use crate::support::world::PUBLIC_URL;

/// Registered for authorization servers, and used here.
const KNOWN: [&str; 37] = [
    "issuer",
    "authorization_endpoint",
    "token_endpoint",
    "userinfo_endpoint",
    "jwks_uri",
    "introspection_endpoint",
    "revocation_endpoint",
    "pushed_authorization_request_endpoint",
    "end_session_endpoint",
    "scopes_supported",
    "claims_supported",
    "response_types_supported",
    "response_modes_supported",
    "grant_types_supported",
    "subject_types_supported",
    "id_token_signing_alg_values_supported",
    "token_endpoint_auth_methods_supported",
    "token_endpoint_auth_signing_alg_values_supported",
    "introspection_endpoint_auth_methods_supported",
    "introspection_endpoint_auth_signing_alg_values_supported",
    "revocation_endpoint_auth_methods_supported",
    "revocation_endpoint_auth_signing_alg_values_supported",
    "code_challenge_methods_supported",
    "dpop_signing_alg_values_supported",
    "acr_values_supported",
    "prompt_values_supported",
    "ui_locales_supported",
    "claims_parameter_supported",
    "request_parameter_supported",
    "request_uri_parameter_supported",
    "require_request_uri_registration",
    "authorization_response_iss_parameter_supported",
    "backchannel_logout_supported",
    "backchannel_logout_session_supported",
    "frontchannel_logout_supported",
    "require_pushed_authorization_requests",
    "display_values_supported",
];

async fn document(app: &TestApp) -> Value {
    let at = async |path: &str| program(app, Method::GET, path, HeaderMap::new(), &[]).await;
    let answer = at("/.well-known/openid-configuration").await;
    assert_eq!(answer.headers[header::CONTENT_TYPE], "application/json");
    assert_eq!(at("/.well-known/oauth-authorization-server").await.body, answer.body);
    answer.is_good().body.clone()
}

fn list(document: &Value, name: &str) -> Vec<String> {
    let list = document[name].as_array().unwrap_or_else(|| panic!("{name} is no list"));
    assert!(!list.is_empty(), "{name}");
    list.iter().map(|value| value.as_str().unwrap().to_owned()).collect()
}

stories! {
    async fn oidcc_discovery_endpoint_verification_the_document_is_complete_and_says_nothing_odd(app: TestApp) {
        let document = document(&app).await;
        assert_eq!(document["issuer"], PUBLIC_URL);
        let of_oauth = "/.well-known/oauth-authorization-server";
        assert_eq!(program(&app, Method::GET, of_oauth, HeaderMap::new(), &[]).await.body, document);
        let has = |name: &str, value: &str| list(&document, name).iter().any(|one| one == value);
        assert!(has("response_types_supported", "code") && has("grant_types_supported", "authorization_code"));
        assert!(has("subject_types_supported", "public") && has("id_token_signing_alg_values_supported", "RS256"));
        assert!(has("scopes_supported", "openid") && has("code_challenge_methods_supported", "S256"));
        assert!(list(&document, "claims_supported").len() > 1);
        assert!(has("token_endpoint_auth_methods_supported", "client_secret_basic"));
        assert!(has("token_endpoint_auth_methods_supported", "client_secret_post"));
        for (name, value) in [
            ("claims_parameter_supported", true),
            ("request_parameter_supported", false),
            ("request_uri_parameter_supported", false),
            ("authorization_response_iss_parameter_supported", true),
        ] {
            assert_eq!(document[name], value, "{name}");
        }
        for scope in list(&document, "scopes_supported") {
            assert!(scope.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'"' && byte != b'\\'), "{scope}");
        }
        for (name, value) in document.as_object().unwrap() {
            assert!(KNOWN.contains(&name.as_str()), "{name} is not what others expect");
            if name.ends_with("_endpoint") || name.ends_with("_uri") {
                assert!(value.as_str().unwrap().starts_with("https://"), "{name}");
            }
        }
        let keys = program(&app, Method::GET, "/oauth2/jwks", HeaderMap::new(), &[]).await;
        let text = keys.is_good().body.to_string();
        let set = JwkSet::read(text.as_bytes()).unwrap();
        let kids: BTreeSet<_> = set.keys.iter().map(|key| key.kid.clone().unwrap()).collect();
        assert_eq!(kids.len(), set.keys.len(), "no key is there twice");
        assert!(keys.body["keys"].as_array().unwrap().iter().all(|key| key.get("d").is_none()), "{text}");
    }

    async fn oidcc_rp_initiated_logout_discovery_endpoint_verification_it_says_where_to_sign_out(app: TestApp) {
        assert_eq!(document(&app).await["end_session_endpoint"], format!("{PUBLIC_URL}/oauth2/logout"));
    }

    async fn oidcc_backchannel_logout_discovery_endpoint_verification_it_says_that_sessions_are_named(app: TestApp) {
        let document = document(&app).await;
        assert_eq!(document["backchannel_logout_supported"], true);
        assert_eq!(document["backchannel_logout_session_supported"], true);
        assert!(document["end_session_endpoint"].is_string());
    }
}
