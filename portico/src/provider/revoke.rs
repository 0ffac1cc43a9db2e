//! Revocation (RFC 7009): a client gives back what it has. Everything of that grant ends with it.

use axum::http::StatusCode;
use axum::response::Response;
use oidc::error::Refusal;
use serde_json::json;
use store::Tx;

use super::answers::{self, Unanswered};
use super::caller::{self, Call, Endpoint};
use super::clients::Registered;
use super::form::OAuthForm;
use super::grants;
use super::tokens::{AccessToken, Bearer, RefreshToken};
use crate::app::App;
use crate::platform::clock::Time;
use crate::platform::ids::GrantId;

/// What a token stands for.
enum Whole {
    Grant(GrantId),
    /// A client's own access token, which is nothing but itself.
    Alone {
        id: String,
        until: Time,
    },
}

/// `POST /oauth2/revoke`: the same answer for a token that is none (RFC 7009 section 2.2).
pub async fn revoke(call: Call, OAuthForm(form): OAuthForm) -> Result<Response, Unanswered> {
    let app = &call.app;
    let client = caller::authenticate(&call, &form, Endpoint::Revoke).await?;
    let token = form.get("token").ok_or(Refusal::invalid("token is missing"))?;
    match whole(app, &client, token) {
        Some(Whole::Grant(grant)) => {
            app.db
                .write("provider.revoke", async |tx: &mut Tx| grants::revoke(tx, &grant, Some(client.id())).await)
                .await?;
        }
        Some(Whole::Alone { id, until }) => grants::revoke_token(app, &id, until).await?,
        None => {}
    }
    Ok(answers::json(StatusCode::OK, &json!({})))
}

fn whole(app: &App, client: &Registered, text: &str) -> Option<Whole> {
    if let Some(refresh) = RefreshToken::read(&app.keys, text) {
        return Some(Whole::Grant(refresh.grant));
    }
    let token = AccessToken::read(&app.keys, text)?;
    let until = Time::from_seconds(token.expires_at);
    match token.bearer {
        Bearer::Grant { grant, .. } => Some(Whole::Grant(grant)),
        Bearer::Client { client: owner, .. } if owner == client.id() => Some(Whole::Alone { id: token.id, until }),
        Bearer::Client { .. } => None,
    }
}
