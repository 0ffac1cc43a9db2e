//! Access tokens as they come back: what they are worth at this moment. For userinfo, introspection, and any other resource of
//! ours that a product's backend asks with its access token.

use std::sync::Arc;

use axum::http::{HeaderMap, header};
use oidc::bearer::{self, INVALID_TOKEN, Presented, Scheme};
use oidc::error::{ErrorCode, Refusal};
use oidc::{Params, Scope, dpop};

use super::answers::Unanswered;
use super::caller;
use super::clients::{self, Registered};
use super::grants::{self, Standing};
use super::tokens::{AccessToken, Bearer};
use crate::app::App;
use crate::platform::web::Error;

/// Whose token it is, as far as it is good.
pub enum Holder {
    /// A person's, through a client.
    Person(Arc<Standing>),
    /// A client's own.
    Client(Arc<Registered>),
}

/// A token that is good.
pub struct Held {
    pub token: AccessToken,
    pub holder: Holder,
    pub scope: Scope,
    /// The key it is bound to.
    pub jkt: Option<String>,
}

/// What a text is worth as an access token; `None` when nothing.
///
/// # Errors
/// When the database says no.
pub async fn held(app: &App, text: &str) -> Result<Option<Held>, Error> {
    let Some(token) = AccessToken::read(&app.keys, text) else { return Ok(None) };
    let now = app.clock.now().seconds();
    // A token of the future is one of a clock that was wrong.
    if token.expires_at <= now || token.issued_at > now.saturating_add(60) {
        return Ok(None);
    }
    let (holder, scope, jkt) = match &token.bearer {
        Bearer::Grant { grant, scope } => {
            let Some(standing) = grants::standing(app, grant).await? else { return Ok(None) };
            let narrowed = scope.as_ref().map(|scope| words(scope).and(&standing.scope));
            let scope = narrowed.unwrap_or_else(|| standing.scope.clone());
            let jkt = standing.jkt.clone();
            (Holder::Person(standing), scope, jkt)
        }
        Bearer::Client { client, scope, jkt } => {
            let Some(registered) = clients::find(app, client).await? else { return Ok(None) };
            if grants::is_token_revoked(app, &token.id).await? {
                return Ok(None);
            }
            let scope = words(scope).and(&registered.client.scope);
            (Holder::Client(registered), scope, jkt.clone())
        }
    };
    Ok(Some(Held { token, holder, scope, jkt }))
}

/// What cannot be read covers nothing.
fn words(scope: &str) -> Scope {
    Scope::parse(scope).unwrap_or_default()
}

/// The token that came with a request to `url`, with its DPoP proof where it is bound to a key.
///
/// # Errors
/// As RFC 6750 section 3 says.
pub async fn presented(
    app: &App,
    headers: &HeaderMap,
    form: Option<&Params>,
    request: (&str, &str),
) -> Result<Held, Unanswered> {
    let refused = |refusal| Unanswered::Token(Scheme::Bearer, Some(refusal));
    let header = caller::one(headers, header::AUTHORIZATION.as_str()).map_err(refused)?;
    let shown = bearer::presented(header, form).map_err(refused)?;
    let Some(Presented { scheme, token }) = shown else { return Err(Unanswered::Token(Scheme::Bearer, None)) };
    let refused = |refusal| Unanswered::Token(scheme, Some(refusal));
    let Some(held) = held(app, token).await? else { return Err(refused(INVALID_TOKEN)) };
    match (&held.jkt, scheme) {
        (None, Scheme::Bearer) => Ok(held),
        (Some(jkt), Scheme::Dpop) => {
            let (method, path) = request;
            let (url, now) = (format!("{}{path}", app.public_url), app.clock.now().seconds());
            let asked = dpop::Request { method, url: &url, access_token: Some(token), nonce: None, now };
            let text = caller::one(headers, "dpop").map_err(refused)?.ok_or(refused(INVALID_TOKEN))?;
            let proof = dpop::verify(text, asked).map_err(refused)?;
            if proof.jkt != *jkt {
                return Err(refused(INVALID_TOKEN));
            }
            match caller::use_up_alone(app, &proof).await {
                Err(Unanswered::Refused(refusal)) => Err(refused(refusal)),
                used => used.map(|()| held),
            }
        }
        // Bound and shown as anybody's, or the other way round.
        _ => Err(refused(INVALID_TOKEN)),
    }
}

/// # Errors
/// `insufficient_scope`.
pub fn require(held: &Held, word: &str) -> Result<(), Unanswered> {
    match held.scope.contains(word) {
        true => Ok(()),
        false => {
            let refusal = Refusal::new(ErrorCode::InsufficientScope, "the access token does not cover this");
            Err(held.refused(refusal))
        }
    }
}

impl Held {
    /// A refusal, in the words of how such a token is shown.
    pub fn refused(&self, refusal: Refusal) -> Unanswered {
        let scheme = if self.jkt.is_some() { Scheme::Dpop } else { Scheme::Bearer };
        Unanswered::Token(scheme, Some(refusal))
    }
}
