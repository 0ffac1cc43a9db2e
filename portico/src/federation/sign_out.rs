//! The end of sessions that a connection knows of: ended here they are ended there, and the other way round.
//!
//! - Whoever signs out here is sent on to the identity provider's own place for it, where it has one, with the ID token they came
//!   with, and comes back to where the sign-out was to lead. Without that, the next person at the computer would be let in again
//!   by pressing one button. Both ways count in the browser that signs out, and for minutes: an address out of somebody's history
//!   leads nowhere.
//! - A provider that says by its signature that somebody has signed out there ends those sessions here. The same token ends
//!   nothing a second time. A sign-in of theirs that is not finished has to prove it there once more.
//! - Whoever posts what is no such token is counted where it comes from, and takes none of the seats of those who sign in.

use std::net::IpAddr;
use std::time::{Duration, Instant};

use ::oidc::logout::SignedOut;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::{Form, Json};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::Tx;
use tokio::time::timeout;

use super::connections::{self, Connection, Protocol};
use super::contract::seats_of;
use super::departure;
use super::enter::hint_aad;
use super::failure::{Cause, Trouble};
use super::strangers::{Asker, Strangers};
use super::{oidc, queries};
use crate::app::App;
use crate::audit::{self, Entry, Event};
use crate::platform::clock::Time;
use crate::platform::hashes::sha256;
use crate::platform::ids::{ConnectionId, SignInId};
use crate::platform::web::{self, Error, Query, Visit, see_other};
use crate::{provider, session};

/// Nobody waits longer for the way to sign out elsewhere than this: here they are signed out.
const PATIENCE: Duration = Duration::from_secs(3);
/// Within which a browser is on its way.
const LEAVES_WITHIN: Duration = Duration::from_secs(5 * 60);
/// A logout token is good for minutes; that it was used is remembered for longer.
const REMEMBERED: Duration = Duration::from_secs(3_600);
const LEAVING: &str = "sign_out_there";
const RETURNING: &str = "signed_out_there";

/// What the browser that signs out carries along, sealed.
#[derive(Serialize, Deserialize)]
struct Carried<T> {
    what: T,
    /// SHA-256 of its cookie.
    browser: [u8; 32],
    until: Time,
}

impl<T> Carried<T> {
    /// `None` in another browser, and when its time is over.
    fn opened(self, visit: &Visit) -> Option<T> {
        let ours = visit.browser().is_some_and(|browser| browser.hash == self.browser);
        (ours && visit.app.clock.now() < self.until).then_some(self.what)
    }
}

/// Where a browser goes on to whose session was a connection's and has ended here; it comes back to `back`. `None`: its session,
/// whose secret this is, is not.
///
/// # Errors
/// When the database says no.
pub async fn sign_out_address(
    visit: &Visit,
    tx: &mut Tx,
    secret: &[u8; 32],
    back: &str,
) -> Result<Option<String>, store::Error> {
    let Some(browser) = visit.browser() else { return Ok(None) };
    let owed = queries::owed(tx, secret).await?;
    Ok(owed.map(|(connection, sign_in)| {
        let until = Time(tx.now()) + LEAVES_WITHIN;
        let carried = Carried { what: (sign_in, back), browser: browser.hash, until };
        let carried = web::seal(&visit.app.keys, LEAVING, &carried);
        format!("/federation/{connection}/sign-out?carried={carried}")
    }))
}

#[derive(Deserialize)]
pub struct Leaving {
    #[serde(default)]
    carried: String,
}

/// `GET /federation/{connection}/sign-out`: to the identity provider's own place for it, or at once to where it was to lead.
pub async fn leave(visit: Visit, Query(leaving): Query<Leaving>) -> Result<Response, Error> {
    let carried: Option<Carried<(SignInId, String)>> = web::unseal(&visit.app.keys, LEAVING, &leaving.carried);
    let carried = carried.and_then(|carried| Some((carried.browser, carried.opened(&visit)?)));
    let Some((browser, (sign_in, back))) = carried else { return Ok(see_other(session::SIGNED_OUT)) };
    // As long as one may take on the way to sign in.
    let until = visit.app.clock.now() + departure::LIVES;
    let there = address_there(&visit.app, &sign_in, &Carried { what: &back, browser, until }).await?;
    Ok(see_other(there.as_deref().unwrap_or(&back)))
}

/// `None`: there is no such place, or it cannot be learned now.
async fn address_there(app: &App, sign_in: &SignInId, back: &Carried<&String>) -> Result<Option<String>, Error> {
    let read = async |tx: &mut Tx| {
        let Some((connection, hint)) = queries::came_back(tx, sign_in).await? else { return Ok(None) };
        let connection = connections::connection(tx, &connection).await?;
        Ok::<_, store::Error>(connection.map(|connection| (connection, hint)))
    };
    let Some((connection, hint)) = app.db.read("federation.sign_out", read).await? else { return Ok(None) };
    let Protocol::Oidc(settings) = &connection.settings.protocol;
    let hint = hint.and_then(|sealed| app.keys.open(&hint_aad(sign_in), &sealed).ok());
    let hint = hint.and_then(|hint| String::from_utf8(hint).ok());
    let state = web::seal(&app.keys, RETURNING, back);
    let asked = oidc::end_session(app, &connection, settings, hint.as_deref(), &state);
    Ok(match timeout(PATIENCE, asked).await {
        Ok(Ok(address)) => address,
        Ok(Err(trouble)) => {
            tracing::info!(connection = connection.id.as_str(), trouble.detail, "nobody was signed out elsewhere");
            None
        }
        Err(_) => None,
    })
}

#[derive(Deserialize)]
pub struct Returned {
    #[serde(default)]
    state: String,
}

/// `GET /federation/{connection}/signed-out`: back from there.
pub async fn signed_out(visit: Visit, Query(returned): Query<Returned>) -> Response {
    let carried: Option<Carried<String>> = web::unseal(&visit.app.keys, RETURNING, &returned.state);
    let back = carried.and_then(|carried| carried.opened(&visit));
    see_other(back.as_deref().unwrap_or(session::SIGNED_OUT))
}

#[derive(Deserialize)]
pub struct Told {
    #[serde(default)]
    logout_token: String,
}

/// `POST /federation/{connection}/backchannel-logout` (OpenID Connect Back-Channel Logout 1.0, section 2.5).
pub async fn backchannel(
    visit: Visit,
    Path(id): Path<ConnectionId>,
    told: Result<Form<Told>, axum::extract::rejection::FormRejection>,
) -> Result<Response, Error> {
    let app = &visit.app;
    let strangers = Strangers::who_sign_out(app, &id, visit.address);
    let read = async |tx: &mut Tx| {
        strangers.limit(tx).await?;
        Ok::<_, Error>(connections::connection(tx, &id).await?)
    };
    let Some(connection) = app.db.read("federation.logout", read).await? else { return Err(Error::NotFound) };
    let Ok(Form(told)) = told else { return refused(app, &strangers, &id, "no form").await };
    match verified(app, &connection, visit.address, &told.logout_token).await? {
        Ok(whom) => {
            end(app, &connection, &whom).await?;
            Ok(StatusCode::OK.into_response())
        }
        Err(trouble) if trouble.cause == Cause::NotAnswering => Err(Error::Busy { retry_after: PATIENCE }),
        Err(trouble) => refused(app, &strangers, &id, &trouble.detail).await,
    }
}

/// Whom it signs out, by the provider's own signature.
async fn verified(
    app: &App,
    connection: &Connection,
    from: IpAddr,
    token: &str,
) -> Result<Result<SignedOut, Trouble>, Error> {
    let busy = || Error::Busy { retry_after: PATIENCE };
    let seats = seats_of(app, connection, &format!("{}/sign_out", connection.id), &Asker::at(from));
    let _seats = seats.map_err(|_| busy())?;
    let Protocol::Oidc(settings) = &connection.settings.protocol;
    let asked = oidc::signed_out(app, connection, settings, token);
    timeout(super::contract::WHOLE, asked).await.map_err(|_| busy())
}

/// Not when the provider could not be asked for its keys: whoever posts may try again then.
async fn refused(
    app: &App,
    strangers: &Strangers<'_>,
    connection: &ConnectionId,
    detail: &str,
) -> Result<Response, Error> {
    strangers.count().await?;
    if app.federation.told.get(connection).is_none() {
        app.federation.told.put(connection.clone(), Instant::now(), ());
        tracing::info!(connection = connection.as_str(), detail, "a logout token was refused");
    }
    Ok((StatusCode::BAD_REQUEST, Json(json!({ "error": "invalid_request" }))).into_response())
}

/// Ends what it names, once.
async fn end(app: &App, connection: &Connection, whom: &SignedOut) -> Result<(), Error> {
    let once = sha256(format!("federation_logout/{}/{}", connection.id, whom.jti).as_bytes());
    let write = async |tx: &mut Tx| {
        if !provider::use_proof_once(tx, &once, Time(tx.now()) + REMEMBERED).await? {
            return Ok(());
        }
        let sessions = queries::sessions(tx, &connection.id, whom.sub.as_deref(), whom.sid.as_deref()).await?;
        queries::take_back(tx, &connection.id, whom.sub.as_deref(), whom.sid.as_deref()).await?;
        for (session, account) in sessions {
            if session::end_one(tx, &account, &session).await? {
                let details = json!({ "why": "signed_out_elsewhere", "connection": connection.id.as_str() });
                let entry = Entry { actor: audit::Actor::System, details, ..Entry::by(Event::SessionEnded, &account) };
                audit::record(tx, &app.entropy, entry).await?;
            }
        }
        Ok::<_, store::Error>(())
    };
    Ok(app.db.write("federation.signed_out", write).await?)
}
