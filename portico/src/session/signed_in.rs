//! The extractor that says a handler is for somebody who is signed in.

use std::time::Duration;

use axum::extract::{FromRequestParts, OptionalFromRequestParts};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use store::Tx;

use super::signed_out::clear_site;
use super::{hash_of, queries};
use crate::app::App;
use crate::organizations;
use crate::platform::clock::Time;
use crate::platform::ids::{AccountId, SessionId};
use crate::platform::web::{Cookie, Error, Visit, see_other};
use crate::sign_in::{AccountPage, Destination, OpeningId, Resume, address_for};

/// Being seen is written at most this often: so much too early, and never too late, is a session taken for unused.
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
    /// When they are known to have: an organization's identity provider need not say.
    pub proved_at: Option<Time>,
    /// When they signed in here.
    pub signed_in_at: Time,
    pub methods: String,
    pub epoch: i64,
}

/// Not signed in: begin, and come back. Or something failed.
pub enum Turned {
    SignIn(String),
    /// The same, in a browser that comes with a session that is no more: it was ended elsewhere, or ran out.
    Over(String),
    Failed(Error),
}

impl IntoResponse for Turned {
    fn into_response(self) -> Response {
        match self {
            Turned::SignIn(address) => see_other(&address),
            // The first answer that this browser gets since. Its cookies stay: that of the session may be a new one by the time this
            // arrives, when another tab has signed in meanwhile.
            Turned::Over(address) => clear_site(see_other(&address)),
            Turned::Failed(error) => error.into_response(),
        }
    }
}

impl Turned {
    /// Whoever came with something for a session had one.
    pub(super) fn to_sign_in(address: String, had_one: bool) -> Turned {
        if had_one { Turned::Over(address) } else { Turned::SignIn(address) }
    }
}

impl FromRequestParts<App> for SignedIn {
    type Rejection = Turned;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Turned> {
        let Ok(visit) = Visit::from_request_parts(parts, app).await;
        let had_one = visit.cookie(Cookie::Session).is_some();
        match find(visit).await {
            Ok(Some(signed_in)) => Ok(signed_in),
            Ok(None) => {
                let resume = Resume { destination: destination(parts.uri.path()), identifier: None };
                Err(Turned::to_sign_in(address_for(app, &resume), had_one))
            }
            Err(error) => Err(Turned::Failed(error)),
        }
    }
}

/// Where somebody wanted to go, as far as it is one of the places a sign-in may lead to.
fn destination(path: &str) -> Destination {
    match path.strip_prefix("/open/").and_then(OpeningId::parse) {
        Some(opening) => Destination::Opening(opening),
        None if path.starts_with("/account/sso") => Destination::SingleSignOn,
        None if path == AccountPage::Sessions.path() => Destination::Verified(AccountPage::Sessions),
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

pub(super) async fn find(visit: Visit) -> Result<Option<SignedIn>, Error> {
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
    if alive.life.unseen(now) >= SEEN_EVERY {
        let rule = alive.organization.policy.session;
        visit.app.db.write("session.seen", async |tx: &mut Tx| queries::seen(tx, &alive.id, &rule).await).await?;
    }
    Ok(Some(SignedIn {
        session: alive.id,
        account: alive.account,
        organization: alive.organization,
        name: format!("{} {}", alive.first_name, alive.last_name),
        authenticated_at: alive.authenticated_at,
        proved_at: alive.proved_at,
        signed_in_at: alive.life.created_at,
        methods: alive.methods,
        epoch: alive.epoch,
        visit: visit.of_reader(alive.language.as_deref()),
    }))
}
