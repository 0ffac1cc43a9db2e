//! What the client's program asks: tokens for a code, and who it is.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use oidc::bearer::{self, INVALID_TOKEN, Scheme, challenge};
use oidc::client_auth::{NOT_AUTHENTICATED, Presented};
use oidc::id_token::{IdToken, at_hash};
use oidc::token::{BAD_CODE, Redemption, TokenRequest, TokenResponse};
use oidc::{ErrorCode, Params, Refusal};
use secrecy::ExposeSecret;
use serde_json::{Value, json};
use subtle::ConstantTimeEq;

use super::grants::{Grant, TOKEN_LIVES};
use super::rules::{BADGE, PASSWORD};
use super::{Here, Idp};

/// `POST /token`
pub async fn redeem(State(idp): State<Here>, headers: HeaderMap, body: String) -> Response {
    let form = Params::parse(&body).unwrap_or_default();
    match exchange(&idp, authorization(&headers), &form) {
        Ok(tokens) => Json(tokens).into_response(),
        Err(refusal) if refusal.code == ErrorCode::InvalidClient => {
            let asks = [(header::WWW_AUTHENTICATE, HeaderValue::from_static("Basic realm=\"lakeshore\""))];
            (StatusCode::UNAUTHORIZED, asks, Json(refusal)).into_response()
        }
        Err(refusal) => (StatusCode::BAD_REQUEST, Json(refusal)).into_response(),
    }
}

fn authorization(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok())
}

fn exchange(idp: &Idp, authorization: Option<&str>, form: &Params) -> Result<TokenResponse, Refusal> {
    // In the header and nowhere else, as was agreed.
    let header = authorization.ok_or(NOT_AUTHENTICATED)?;
    let Presented::Secret { client_id, secret } = Presented::read(Some(header), form)? else {
        return Err(NOT_AUTHENTICATED);
    };
    let right: bool = secret.as_bytes().ct_eq(idp.agreement.secret.expose_secret().as_bytes()).into();
    if client_id != idp.client.id || !right {
        return Err(NOT_AUTHENTICATED);
    }
    let TokenRequest::Code { code, redirect_uri, verifier } = TokenRequest::read(form, &idp.client)? else {
        return Err(BAD_CODE);
    };
    let by = Redemption {
        client_id: &client_id,
        redirect_uri: redirect_uri.as_deref(),
        verifier: verifier.as_deref(),
        dpop_jkt: None,
    };
    let grant = idp.grants.redeem(&code, &by, idp.now()).ok_or(BAD_CODE)?;
    // Somebody may have signed out on the way.
    if !idp.sessions.lives(&grant.sid) {
        return Err(BAD_CODE);
    }
    let access = idp.token();
    let tokens = tokens(idp, &grant, access.expose_secret())?;
    idp.grants.give_token(&code, access.expose_secret(), grant, idp.now());
    Ok(tokens)
}

fn tokens(idp: &Idp, grant: &Grant, access: &str) -> Result<TokenResponse, Refusal> {
    let lives = i64::try_from(TOKEN_LIVES.as_secs()).unwrap_or(0);
    let (key, now) = (idp.signing_key(), idp.stamp());
    let id_token = IdToken {
        iss: idp.issuer().to_owned(),
        sub: grant.person.sub.to_owned(),
        aud: idp.client.id.clone(),
        exp: now.saturating_add(lives),
        iat: now,
        auth_time: grant.auth_time,
        nonce: grant.nonce.clone(),
        acr: Some(if grant.badge { BADGE } else { PASSWORD }.to_owned()),
        amr: if grant.badge { vec!["pwd", "sc", "mfa"] } else { vec!["pwd"] },
        sid: Some(grant.sid.clone()),
        at_hash: at_hash(key.algorithm(), access),
        more: serde_json::Map::new(),
    };
    let signed = id_token.sign(key).map_err(|_| Refusal::new(ErrorCode::ServerError, "nothing can be signed"))?;
    Ok(TokenResponse {
        access_token: access.to_owned(),
        token_type: "Bearer",
        expires_in: lives,
        scope: grant.scope.words().collect::<Vec<_>>().join(" "),
        refresh_token: None,
        id_token: Some(signed),
    })
}

/// `GET /userinfo`, or POST
pub async fn person(State(idp): State<Here>, headers: HeaderMap, body: String) -> Response {
    let form = Params::parse(&body).unwrap_or_default();
    let presented = bearer::presented(authorization(&headers), Some(&form));
    let refusal = match presented {
        Ok(Some(shown)) if shown.scheme == Scheme::Bearer => match idp.grants.of_token(shown.token, idp.now()) {
            Some(grant) => return Json(claims(&grant)).into_response(),
            None => Some(INVALID_TOKEN),
        },
        Ok(_) => None,
        Err(refusal) => Some(refusal),
    };
    let mut answer = StatusCode::UNAUTHORIZED.into_response();
    if let Ok(asks) = HeaderValue::from_str(&challenge(Scheme::Bearer, refusal)) {
        answer.headers_mut().insert(header::WWW_AUTHENTICATE, asks);
    }
    answer
}

/// What the scopes that were granted tell of a person.
fn claims(grant: &Grant) -> Value {
    let person = grant.person;
    let mut told = json!({ "sub": person.sub });
    let mut tell = |scope: &str, more: Value| {
        if let (true, Some(told), Value::Object(more)) = (grant.scope.contains(scope), told.as_object_mut(), more) {
            told.extend(more);
        }
    };
    tell("email", json!({ "email": person.email, "email_verified": true }));
    let (first, last) = (person.first_name, person.last_name);
    let names = json!({
        "name": person.name(), "given_name": first, "family_name": last, "preferred_username": person.email,
    });
    tell("profile", names);
    tell("groups", json!({ "groups": person.groups }));
    told
}
