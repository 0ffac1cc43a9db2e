//! The extractor that says a handler is for somebody who is signed in.

use std::time::Duration;

use axum::extract::{FromRequestParts, OptionalFromRequestParts};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use store::Tx;

use super::{hash_of, queries};
use crate::app::App;
use crate::organizations;
use crate::platform::clock::Time;
use crate::platform::ids::{AccountId, SessionId};
use crate::platform::web::{Cookie, Error, Page, Visit, see_other};
use crate::sign_in::{Destination, OpeningId, Resume, address_for};

/// Being seen is written at most this often.
const SEEN_EVERY: Duration = Duration::from_secs(60);

/// A living session. In a handler's signature it means: nobody else gets here.
pub struct SignedIn {
    pub visit: Visit,
    pub session: SessionId,
    pub account: AccountId,
    pub organization: organizations::Organization,
    pub name: String,
    /// When, how and under which credentials the person has proved who they are.
    pub authenticated_at: Time,
    /// When they signed in here.
    pub signed_in_at: Time,
    pub methods: String,
    pub epoch: i64,
}

impl SignedIn {
    pub fn page(&self) -> Page {
        self.visit.page().signed_in(self.name.clone())
    }
}

/// Not signed in: begin, and come back. Or something failed.
pub enum Turned {
    SignIn(String),
    Failed(Error),
}

impl IntoResponse for Turned {
    fn into_response(self) -> Response {
        match self {
            Turned::SignIn(address) => see_other(&address),
            Turned::Failed(error) => error.into_response(),
        }
    }
}

impl FromRequestParts<App> for SignedIn {
    type Rejection = Turned;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Turned> {
        let Ok(visit) = Visit::from_request_parts(parts, app).await;
        match find(visit).await {
            Ok(Some(signed_in)) => Ok(signed_in),
            Ok(None) => {
                let destination = destination(parts.uri.path());
                Err(Turned::SignIn(address_for(app, &Resume { destination, identifier: None })))
            }
            Err(error) => Err(Turned::Failed(error)),
        }
    }
}

/// Where somebody wanted to go, as far as it is one of the places a sign-in may lead to.
fn destination(path: &str) -> Destination {
    match path.strip_prefix("/open/").and_then(OpeningId::parse) {
        Some(opening) => Destination::Opening(opening),
        None if path.starts_with("/account/passkeys") => Destination::Passkeys,
        None if path.starts_with("/account/sso") => Destination::SingleSignOn,
        None if path.starts_with("/account") => Destination::Account,
        None => Destination::Portal,
    }
}

/// For pages that are for everybody and know a little more of somebody who is signed in.
impl OptionalFromRequestParts<App> for SignedIn {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Option<Self>, Error> {
        let Ok(visit) = Visit::from_request_parts(parts, app).await;
        find(visit).await
    }
}

async fn find(visit: Visit) -> Result<Option<SignedIn>, Error> {
    let Some(secret) = visit.cookie(Cookie::Session).map(hash_of) else { return Ok(None) };
    let found = visit
        .app
        .db
        .read("session.find", async |tx: &mut Tx| {
            let alive = queries::alive(tx, &secret).await?;
            Ok::<_, store::Error>(alive.map(|alive| (alive, Time(tx.now()))))
        })
        .await?;
    let Some((alive, now)) = found else { return Ok(None) };
    let unseen = now.since(alive.seen_at);
    if unseen >= alive.organization.policy.session_idle {
        return Ok(None);
    }
    if unseen >= SEEN_EVERY {
        visit.app.db.write("session.seen", async |tx: &mut Tx| queries::seen(tx, &alive.id).await).await?;
    }
    Ok(Some(SignedIn {
        session: alive.id,
        account: alive.account,
        organization: alive.organization,
        name: format!("{} {}", alive.first_name, alive.last_name),
        authenticated_at: alive.authenticated_at,
        signed_in_at: alive.created_at,
        methods: alive.methods,
        epoch: alive.epoch,
        visit,
    }))
}
