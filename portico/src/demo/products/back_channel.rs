//! Portico says that a session has ended (OpenID Connect Back-Channel Logout 1.0).

use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use oidc::jose::{JwkSet, VerifyingKey};
use oidc::logout::{SignedOut, verify};
use serde::Deserialize;

use super::trouble::Trouble;
use super::{Here, Stall};

#[derive(Deserialize)]
pub struct Notice {
    logout_token: String,
}

/// `POST /backchannel-logout`: an answer of 400 says that it need not be sent again, anything above that it should be.
pub async fn receive(State(stall): State<Here>, Form(notice): Form<Notice>) -> Response {
    let told = match read(&stall, &notice.logout_token).await {
        // Keys may have been withdrawn since they were read.
        Ok(None) => {
            stall.issuer.forget().await;
            read(&stall, &notice.logout_token).await
        }
        told => told,
    };
    match told {
        Ok(Some(told)) => {
            // The same one again has nothing more to end, and is no mistake: the first answer may have been lost.
            let ended = stall.sessions.end(told.sub.as_deref(), told.sid.as_deref());
            tracing::info!(product = stall.product.slug, ended, "a sample product was told of a logout");
            StatusCode::OK.into_response()
        }
        Ok(None) => StatusCode::BAD_REQUEST.into_response(),
        Err(_) => StatusCode::BAD_GATEWAY.into_response(),
    }
}

/// Whom it names, if it is our issuer's, for us, for now.
async fn read(stall: &Stall, token: &str) -> Result<Option<SignedOut>, Trouble> {
    let metadata = stall.issuer.metadata().await?;
    let text = serde_json::to_vec(metadata.jwks()).map_err(Trouble::away)?;
    let set = JwkSet::read(&text).map_err(Trouble::away)?;
    let keys: Vec<VerifyingKey> = set.keys.iter().filter_map(|jwk| VerifyingKey::new(jwk, None).ok()).collect();
    let now = stall.clock.now().seconds();
    Ok(verify(token, &keys, stall.issuer.url(), stall.issuer.client_id(), now).ok())
}
