//! Which program calls, and whether it is the one it says.

use std::convert::Infallible;
use std::net::IpAddr;
use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use oidc::Params;
use oidc::client_auth::{NOT_AUTHENTICATED, Presented, verify_assertion};
use oidc::dpop::{self, Proof};
use oidc::error::{ErrorCode, Refusal};
use oidc::jose::Unverified;
use store::Tx;

use super::answers::Unanswered;
use super::attempts::Attempt;
use super::clients::{self, Registered};
use super::grants;
use super::keys::ring;
use crate::app::App;
use crate::platform::clock::Time;
use crate::platform::hashes::sha256;
use crate::platform::web::address;

/// Where a client shows who it is; some of them also go by that address in an assertion's `aud`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Endpoint {
    Token,
    Par,
    Introspect,
    Revoke,
}

impl Endpoint {
    fn path(self) -> &'static str {
        match self {
            Endpoint::Token => "/oauth2/token",
            Endpoint::Par => "/oauth2/par",
            Endpoint::Introspect => "/oauth2/introspect",
            Endpoint::Revoke => "/oauth2/revoke",
        }
    }

    pub fn url(self, app: &App) -> String {
        format!("{}{}", app.public_url, self.path())
    }
}

/// A program's request: what it says, and where it comes from.
pub struct Call {
    pub app: App,
    pub headers: HeaderMap,
    pub address: IpAddr,
}

impl FromRequestParts<App> for Call {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Call, Infallible> {
        let address = address::of(parts, &app.trusted_proxies);
        Ok(Call { app: app.clone(), headers: parts.headers.clone(), address })
    }
}

/// The client that calls.
///
/// # Errors
/// `invalid_client`, the same whatever is wrong, so that nobody finds out which ids exist; after too many of them, that.
pub async fn authenticate(call: &Call, form: &Params, at: Endpoint) -> Result<Arc<Registered>, Unanswered> {
    if form.any_repeated() {
        return Err(Refusal::invalid("a parameter is sent more than once").into());
    }
    let presented = Presented::read(one(&call.headers, header::AUTHORIZATION.as_str())?, form)?;
    let attempt = Attempt::begin(&call.app, call.address, &presented).await?;
    let client = clients::find(&call.app, presented.client_id()).await?;
    let client = client.filter(|client| client.comes_as(&presented));
    let shown = match &presented {
        Presented::Public { .. } => client.is_some(),
        Presented::Secret { client_id, secret } => {
            clients::shows_secret(&call.app, client.as_deref(), client_id, secret).await
        }
        Presented::Assertion { token, .. } => assertion(&call.app, client.as_deref(), token, at).await?,
    };
    match client.filter(|_| shown) {
        Some(client) => {
            attempt.succeeded();
            Ok(client)
        }
        None => {
            attempt.failed().await?;
            tracing::info!(at = at.path(), address = %call.address, "a program could not show who it is");
            Err(NOT_AUTHENTICATED.into())
        }
    }
}

async fn assertion(app: &App, client: Option<&Registered>, token: &str, at: Endpoint) -> Result<bool, Unanswered> {
    let Some(client) = client else {
        // For an id nobody has a signature is verified all the same, with keys that have not made it.
        let ours = ring(app).await?.verifying(app.clock.now());
        let _ = Unverified::parse(token).and_then(|token| token.verify_any(&ours));
        return Ok(false);
    };
    let here = at.url(app);
    let token_endpoint = Endpoint::Token.url(app);
    let audiences = [app.public_url.as_str(), here.as_str(), token_endpoint.as_str()];
    let now = app.clock.now().seconds();
    let Ok(assertion) = verify_assertion(token, &client.client, &client.keys, &audiences, now) else {
        return Ok(false);
    };
    let id = sha256(format!("assertion/{}/{}", client.id(), assertion.jti).as_bytes());
    let until = Time::from_seconds(assertion.expires_at);
    let once = async |tx: &mut Tx| grants::use_proof_once(tx, &id, until).await;
    Ok(app.db.write("provider.use_assertion", once).await?)
}

/// The DPoP proof of a call, verified; `None` when there is none. It is still to be used up.
///
/// # Errors
/// `invalid_dpop_proof`.
pub fn proof(call: &Call, at: Endpoint) -> Result<Option<Proof>, Refusal> {
    let (url, now) = (at.url(&call.app), call.app.clock.now().seconds());
    let request = dpop::Request { method: "POST", url: &url, access_token: None, nonce: None, now };
    one(&call.headers, "dpop")?.map(|text| dpop::verify(text, request)).transpose()
}

/// Uses a proof up, in the transaction of what it is good for: only who gets something leaves a row.
///
/// # Errors
/// `invalid_dpop_proof`, when it was used before.
pub async fn use_up(tx: &mut Tx, proof: &Proof) -> Result<(), Unanswered> {
    let id = sha256(format!("dpop/{}/{}", proof.jkt, proof.jti).as_bytes());
    match grants::use_proof_once(tx, &id, Time::from_seconds(proof.expires_at)).await? {
        true => Ok(()),
        false => Err(Refusal::new(ErrorCode::InvalidDpopProof, "the DPoP proof was used before").into()),
    }
}

/// The same where nothing else is written.
///
/// # Errors
/// As [`use_up`].
pub async fn use_up_alone(app: &App, proof: &Proof) -> Result<(), Unanswered> {
    app.db.write("provider.use_proof", async |tx: &mut Tx| use_up(tx, proof).await).await
}

/// A header that may be there once.
pub fn one<'a>(headers: &'a HeaderMap, name: &str) -> Result<Option<&'a str>, Refusal> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (None, _) => Ok(None),
        (Some(value), None) => value.to_str().map(Some).map_err(|_| Refusal::invalid("a header cannot be read")),
        _ => Err(Refusal::invalid("a header is sent more than once")),
    }
}
