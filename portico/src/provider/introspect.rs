//! Introspection (RFC 7662): what a token is worth at this moment, told to a product's backend.

use axum::http::StatusCode;
use axum::response::Response;
use oidc::client_auth::NOT_AUTHENTICATED;
use oidc::error::Refusal;
use oidc::token::{Confirmation, Introspection};

use super::answers::{self, Unanswered};
use super::bearers::{self, Held, Holder};
use super::caller::{self, Call, Endpoint};
use super::clients::Registered;
use super::form::OAuthForm;
use super::grants;
use super::tokens::RefreshToken;
use crate::app::App;
use crate::platform::web::Error;

/// `POST /oauth2/introspect`
pub async fn introspect(call: Call, OAuthForm(form): OAuthForm) -> Result<Response, Unanswered> {
    let app = &call.app;
    let client = caller::authenticate(&call, &form, Endpoint::Introspect).await?;
    // Whoever is nobody in particular could try tokens here.
    if client.client.is_public() {
        return Err(NOT_AUTHENTICATED.into());
    }
    let token = form.get("token").ok_or(Refusal::invalid("token is missing"))?;
    let told = match bearers::held(app, token).await? {
        Some(held) if may_know(&client, &held) => access(app, held),
        Some(_) => Introspection::default(),
        None => refresh(app, &client, token).await?,
    };
    Ok(answers::json(StatusCode::OK, &told))
}

/// A client knows its own tokens; our own products also those of one another, whose backends call each other.
fn may_know(client: &Registered, held: &Held) -> bool {
    let owner = match &held.holder {
        Holder::Person(standing) => &standing.client,
        Holder::Client(owner) => owner,
    };
    owner.id() == client.id() || (!client.third_party && !owner.third_party)
}

fn access(app: &App, held: Held) -> Introspection {
    let (client, sub) = match &held.holder {
        Holder::Person(standing) => (standing.client.id(), standing.subject.as_str()),
        Holder::Client(client) => (client.id(), client.id()),
    };
    Introspection {
        active: true,
        iss: Some(app.public_url.clone()),
        client_id: Some(client.to_owned()),
        aud: Some(client.to_owned()),
        sub: Some(sub.to_owned()),
        scope: Some(held.scope.to_string()),
        token_type: Some(if held.jkt.is_some() { "DPoP" } else { "Bearer" }),
        iat: Some(held.token.issued_at),
        exp: Some(held.token.expires_at),
        jti: Some(held.token.id),
        cnf: held.jkt.map(|jkt| Confirmation { jkt }),
    }
}

/// A refresh token is its own client's to ask about.
async fn refresh(app: &App, client: &Registered, text: &str) -> Result<Introspection, Error> {
    let Some(token) = RefreshToken::read(&app.keys, text) else { return Ok(Introspection::default()) };
    let Some(standing) = grants::standing(app, &token.grant).await? else { return Ok(Introspection::default()) };
    if standing.client.id() != client.id() || standing.generation != Some(token.generation) {
        return Ok(Introspection::default());
    }
    Ok(Introspection {
        active: true,
        iss: Some(app.public_url.clone()),
        client_id: Some(client.id().to_owned()),
        sub: Some(standing.subject.clone()),
        scope: Some(standing.scope.to_string()),
        exp: Some(standing.expires_at.seconds()),
        cnf: standing.jkt.clone().map(|jkt| Confirmation { jkt }),
        ..Introspection::default()
    })
}
