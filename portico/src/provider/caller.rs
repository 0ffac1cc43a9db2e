//! Which program calls, and whether it is the one it says.

use std::sync::Arc;

use axum::http::{HeaderMap, header};
use oidc::Params;
use oidc::client_auth::{NOT_AUTHENTICATED, Presented, verify_assertion};
use oidc::dpop::{self, Proof};
use oidc::error::{ErrorCode, Refusal};
use store::Tx;

use super::answers::Unanswered;
use super::clients::{self, Registered};
use super::grants;
use crate::app::App;
use crate::platform::clock::Time;
use crate::platform::hashes::sha256;

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

/// The client that calls.
///
/// # Errors
/// `invalid_client`, the same whatever is wrong, so that nobody finds out which ids exist.
pub async fn authenticate(
    app: &App,
    headers: &HeaderMap,
    form: &Params,
    at: Endpoint,
) -> Result<Arc<Registered>, Unanswered> {
    let authorization = one(headers, header::AUTHORIZATION.as_str())?;
    let presented = Presented::read(authorization, form)?;
    let client = clients::find(app, presented.client_id()).await?;
    let Some(client) = client.filter(|client| client.comes_as(&presented)) else {
        return Err(NOT_AUTHENTICATED.into());
    };
    match &presented {
        Presented::Public { .. } => Ok(client),
        Presented::Secret { secret, .. } => match clients::shows_secret(app, &client, secret).await {
            true => Ok(client),
            false => Err(NOT_AUTHENTICATED.into()),
        },
        Presented::Assertion { token, .. } => {
            assertion(app, &client, token, at).await?;
            Ok(client)
        }
    }
}

async fn assertion(app: &App, client: &Registered, token: &str, at: Endpoint) -> Result<(), Unanswered> {
    let here = at.url(app);
    let token_endpoint = Endpoint::Token.url(app);
    let audiences = [app.public_url.as_str(), here.as_str(), token_endpoint.as_str()];
    let now = app.clock.now().seconds();
    let assertion = verify_assertion(token, &client.client, &client.keys, &audiences, now)?;
    let name = format!("assertion/{}/{}", client.id(), assertion.jti);
    match use_once(app, &name, assertion.expires_at).await? {
        true => Ok(()),
        false => Err(NOT_AUTHENTICATED.into()),
    }
}

/// The DPoP proof of a request, verified and used up; `None` when there is none.
///
/// # Errors
/// `invalid_dpop_proof`.
pub async fn proof(app: &App, headers: &HeaderMap, request: dpop::Request<'_>) -> Result<Option<Proof>, Unanswered> {
    let Some(text) = one(headers, "dpop")? else { return Ok(None) };
    let proof = dpop::verify(text, request)?;
    let name = format!("dpop/{}/{}", proof.jkt, proof.jti);
    match use_once(app, &name, proof.expires_at).await? {
        true => Ok(Some(proof)),
        false => Err(Refusal::new(ErrorCode::InvalidDpopProof, "the DPoP proof was used before").into()),
    }
}

/// True for the first that comes with this name, until it expires.
async fn use_once(app: &App, name: &str, expires_at: i64) -> Result<bool, store::Error> {
    let (id, until) = (sha256(name.as_bytes()), Time::from_seconds(expires_at));
    app.db.write("provider.use_proof", async |tx: &mut Tx| grants::use_proof_once(tx, &id, until).await).await
}

/// A header that may be there once.
fn one<'a>(headers: &'a HeaderMap, name: &str) -> Result<Option<&'a str>, Refusal> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (None, _) => Ok(None),
        (Some(value), None) => value.to_str().map(Some).map_err(|_| Refusal::invalid("a header cannot be read")),
        _ => Err(Refusal::invalid("a header is sent more than once")),
    }
}
