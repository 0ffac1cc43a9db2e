//! Pushed authorization requests (RFC 9126): a client shows who it is before anybody's browser is involved.

use std::time::Duration;

use axum::http::StatusCode;
use axum::response::Response;
use oidc::Params;
use oidc::authorize::{PARAMETERS, Refused, judge};
use oidc::dpop::Proof;
use oidc::error::{ErrorCode, Refusal};
use secrecy::ExposeSecret;
use serde::Serialize;
use store::Tx;

use super::queries::{self, NewRequest};
use super::waiting::{self, WAITS};
use super::{Judged, Problem, go_on, pages};
use crate::platform::hashes::sha256;
use crate::platform::web::{Error, Visit, see_other, with_cookies};
use crate::provider::answers::{self, Unanswered};
use crate::provider::caller::{self, Call, Endpoint};
use crate::provider::clients;
use crate::provider::form::OAuthForm;
use crate::session::SignedIn;

const URN: &str = "urn:ietf:params:oauth:request_uri:";
/// Until a browser has come with it.
const LIVES: Duration = Duration::from_secs(60);

#[derive(Serialize)]
struct Pushed {
    request_uri: String,
    expires_in: u64,
}

/// `POST /oauth2/par`
pub async fn push(call: Call, OAuthForm(form): OAuthForm) -> Result<Response, Unanswered> {
    let app = &call.app;
    let client = caller::authenticate(&call, &form, Endpoint::Par).await?;
    if client.client.is_public() {
        // Anybody can say that name, and each push is a row.
        app.count_sign_in(call.address).await?;
    }
    // What shows who the client is is no part of the request, and nothing to keep.
    let params = form.only(&PARAMETERS).without(&["client_id"]).and("client_id", client.id());
    let proof = caller::proof(&call, Endpoint::Par)?;
    let params = bound(params, proof.as_ref())?;
    let refused = |refused: Refused| match refused {
        Refused::Here(refusal) | Refused::AtClient { refusal, .. } => Unanswered::Refused(refusal),
    };
    judge(&params, &client.client).map_err(refused)?;
    let secret = app.entropy.token();
    let (id, text) = (app.entropy.id(), params.to_text());
    let new = NewRequest {
        id: &id,
        client: client.id(),
        params: &text,
        browser: None,
        pushed: Some(sha256(secret.expose_secret().as_bytes())),
        expires_at: app.clock.now() + LIVES,
    };
    app.db
        .write("provider.push", async |tx: &mut Tx| {
            if let Some(proof) = &proof {
                caller::use_up(tx, proof).await?;
            }
            Ok::<_, Unanswered>(queries::insert(tx, &new).await?)
        })
        .await?;
    let request_uri = format!("{URN}{}", secret.expose_secret());
    Ok(answers::json(StatusCode::CREATED, &Pushed { request_uri, expires_in: LIVES.as_secs() }))
}

/// A key that is shown with the push is the one the code will be bound to, as if it had been named (RFC 9449 section 10.1).
fn bound(params: Params, proof: Option<&Proof>) -> Result<Params, Refusal> {
    match (proof, params.get("dpop_jkt")) {
        (Some(proof), Some(named)) if named != proof.jkt => {
            Err(Refusal::new(ErrorCode::InvalidDpopProof, "dpop_jkt names another key than the proof shows"))
        }
        (Some(proof), None) => Ok(params.and("dpop_jkt", &proof.jkt)),
        _ => Ok(params),
    }
}

/// The secret of a pushed request, when the parameters name one.
pub fn secret_of(params: &Params) -> Option<&str> {
    params.get("request_uri")?.strip_prefix(URN)
}

/// A browser comes with a pushed request: whatever else its address says does not count (RFC 9126 section 4).
pub async fn take(visit: Visit, person: Option<SignedIn>, params: &Params, secret: &str) -> Result<Response, Error> {
    let (browser, cookie) = visit.browser_or_new();
    let named = clients::find(&visit.app, params.get("client_id").unwrap_or_default()).await?;
    let Some(client) = named else { return pages::problem(&visit, Problem::NoClient) };
    let (hash, until) = (sha256(secret.as_bytes()), visit.app.clock.now() + WAITS);
    let taken = visit
        .app
        .db
        .write("provider.take_pushed", async |tx: &mut Tx| {
            queries::take_pushed(tx, &hash, client.id(), &browser.hash, until).await
        })
        .await?;
    let Some(waiting) = taken else { return pages::problem(&visit, Problem::Gone) };
    let answer = match waiting::read(&visit, waiting).await? {
        Judged::Good(asked) => go_on(visit, person, *asked).await?,
        Judged::Here(problem) => pages::problem(&visit, problem)?,
        Judged::AtClient(address) => see_other(&address),
    };
    Ok(with_cookies(answer, cookie))
}
