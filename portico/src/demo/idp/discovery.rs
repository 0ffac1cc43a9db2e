//! What the identity provider says of itself.

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use oidc::jose::{JwkSet, VerifyingKey};
use serde_json::json;

use super::rules::{BADGE, PASSWORD};
use super::{Here, Idp, SCOPES};

/// `GET /.well-known/openid-configuration`
pub async fn document(State(idp): State<Here>) -> Response {
    let issuer = idp.issuer();
    let at = |path: &str| format!("{issuer}/{path}");
    let told = json!({
        "issuer": issuer,
        "authorization_endpoint": at("authorize"),
        "token_endpoint": at("token"),
        "userinfo_endpoint": at("userinfo"),
        "jwks_uri": at("jwks"),
        "end_session_endpoint": at("logout"),
        "scopes_supported": SCOPES,
        "claims_supported":
            ["sub", "name", "given_name", "family_name", "preferred_username", "email", "email_verified", "groups"],
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": ["authorization_code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["ES256"],
        "token_endpoint_auth_methods_supported": ["client_secret_basic"],
        "code_challenge_methods_supported": ["S256"],
        "acr_values_supported": [PASSWORD, BADGE],
        "prompt_values_supported": ["none", "login", "select_account"],
        "authorization_response_iss_parameter_supported": true,
        "request_parameter_supported": false,
        "request_uri_parameter_supported": false,
        "claims_parameter_supported": false,
        "backchannel_logout_supported": true,
        "backchannel_logout_session_supported": true,
    });
    Json(told).into_response()
}

/// `GET /jwks`
pub async fn keys(State(idp): State<Here>) -> Response {
    Json(JwkSet { keys: vec![idp.key.jwk()] }).into_response()
}

/// What its own tokens are verified with when they come back.
pub fn verifying_keys(idp: &Idp) -> Vec<VerifyingKey> {
    VerifyingKey::new(&idp.key.jwk(), None).into_iter().collect()
}
