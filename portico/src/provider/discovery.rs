//! What this server says of itself, and its keys. Both are asked for often and cost nothing: the text is made once.

use std::sync::Arc;
use std::time::Instant;

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use oidc::client::GrantType;
use oidc::discovery::Metadata;
use oidc::jose::Algorithm;

use super::answers::Unanswered;
use super::claims::{CLAIMS, ONE_FACTOR, TWO_FACTORS};
use super::clients::SCOPES;
use super::keys::{ALGORITHMS, ring};
use crate::app::App;

/// How long others may keep it: shorter than a key is published before it signs.
const KEPT: &str = "public, max-age=300";

/// `GET /.well-known/openid-configuration`, and the same for those who know OAuth only (RFC 8414 section 3)
pub async fn configuration(State(app): State<App>) -> Response {
    let text =
        app.provider.configuration.get_or_init(|| Bytes::from(serde_json::to_vec(&metadata(&app)).unwrap_or_default()));
    kept(text.clone())
}

/// `GET /oauth2/jwks`
pub async fn jwks(State(app): State<App>) -> Result<Response, Unanswered> {
    if let Some(text) = app.provider.jwks.get(&()) {
        return Ok(kept(text));
    }
    let read = Instant::now();
    let set = Arc::clone(&ring(&app).await?).public(app.clock.now());
    let text = Bytes::from(serde_json::to_vec(&set).unwrap_or_default());
    app.provider.jwks.put((), read, text.clone());
    Ok(kept(text))
}

fn kept(text: Bytes) -> Response {
    let mut response = Body::from(text).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(KEPT));
    response
}

fn metadata(app: &App) -> Metadata {
    let issuer = app.public_url.as_str();
    let at = |path: &str| format!("{issuer}{path}");
    let names = |algorithms: &[Algorithm]| algorithms.iter().map(|algorithm| algorithm.name()).collect::<Vec<_>>();
    let methods = vec!["client_secret_basic", "client_secret_post", "private_key_jwt"];
    Metadata {
        issuer: issuer.to_owned(),
        authorization_endpoint: at("/oauth2/authorize"),
        token_endpoint: at("/oauth2/token"),
        userinfo_endpoint: at("/oauth2/userinfo"),
        jwks_uri: at("/oauth2/jwks"),
        introspection_endpoint: at("/oauth2/introspect"),
        revocation_endpoint: at("/oauth2/revoke"),
        pushed_authorization_request_endpoint: at("/oauth2/par"),
        end_session_endpoint: at("/oauth2/logout"),
        scopes_supported: SCOPES.to_vec(),
        claims_supported: CLAIMS.to_vec(),
        response_types_supported: ["code"],
        response_modes_supported: ["query"],
        grant_types_supported: GrantType::ALL.iter().map(|grant| grant.name()).collect(),
        subject_types_supported: ["public", "pairwise"],
        id_token_signing_alg_values_supported: names(&ALGORITHMS),
        token_endpoint_auth_methods_supported: [methods.as_slice(), &["none"]].concat(),
        token_endpoint_auth_signing_alg_values_supported: Algorithm::NAMES.to_vec(),
        introspection_endpoint_auth_methods_supported: methods.clone(),
        introspection_endpoint_auth_signing_alg_values_supported: Algorithm::NAMES.to_vec(),
        revocation_endpoint_auth_methods_supported: [methods.as_slice(), &["none"]].concat(),
        revocation_endpoint_auth_signing_alg_values_supported: Algorithm::NAMES.to_vec(),
        code_challenge_methods_supported: ["S256"],
        dpop_signing_alg_values_supported: Algorithm::NAMES.to_vec(),
        acr_values_supported: vec![ONE_FACTOR, TWO_FACTORS],
        prompt_values_supported: ["none", "login", "consent", "select_account"],
        ui_locales_supported: app.locales.languages().map(str::to_owned).collect(),
        claims_parameter_supported: true,
        request_parameter_supported: false,
        request_uri_parameter_supported: false,
        require_request_uri_registration: false,
        authorization_response_iss_parameter_supported: true,
        backchannel_logout_supported: true,
        backchannel_logout_session_supported: true,
        frontchannel_logout_supported: false,
    }
}
