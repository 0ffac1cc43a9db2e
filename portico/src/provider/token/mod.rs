//! The token endpoint: codes, refresh tokens and a client's own credentials become access tokens.
//!
//! What is durable is written in one transaction: the code's or the refresh token's use, together with its effect. What a client
//! gets for its own credentials is written nowhere.

mod client_credentials;
mod code;
mod id_token;
mod refresh;

use axum::http::StatusCode;
use axum::response::Response;
use oidc::token::{TokenRequest, TokenResponse};

use super::answers::{self, Unanswered};
use super::caller::{self, Call, Endpoint};
use super::form::OAuthForm;
use super::tokens::{ACCESS_TOKEN_LIVES, AccessToken, Bearer};
use crate::app::App;
use crate::platform::clock::Time;

/// `POST /oauth2/token`
pub async fn token(call: Call, OAuthForm(form): OAuthForm) -> Result<Response, Unanswered> {
    let app = &call.app;
    let client = caller::authenticate(&call, &form, Endpoint::Token).await?;
    let request = TokenRequest::read(&form, &client.client)?;
    let proof = caller::proof(&call, Endpoint::Token)?;
    let proof = proof.as_ref();
    let answer = match request {
        TokenRequest::Code { code, redirect_uri, verifier } => {
            let shown = code::Shown { redirect_uri: redirect_uri.as_deref(), verifier: verifier.as_deref(), proof };
            code::redeem(app, &client, &code, shown).await?
        }
        TokenRequest::Refresh { token, scope } => refresh::refresh(app, &client, &token, scope, proof).await?,
        TokenRequest::ClientCredentials { scope } => client_credentials::grant(app, &client, scope, proof).await?,
    };
    Ok(answers::json(StatusCode::OK, &answer))
}

/// An access token and what is said with it; ID and refresh token are still to be added.
fn response(app: &App, bearer: Bearer, scope: String, bound: bool, now: Time) -> TokenResponse {
    let token = AccessToken::new(bearer, app.entropy.bytes(), now);
    TokenResponse {
        access_token: token.to_text(&app.keys),
        token_type: if bound { "DPoP" } else { "Bearer" },
        expires_in: i64::try_from(ACCESS_TOKEN_LIVES.as_secs()).unwrap_or(0),
        scope,
        refresh_token: None,
        id_token: None,
    }
}
