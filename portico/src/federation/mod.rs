//! Federation: organizations bring their own sign-in.
//!
//! - A **connection** is an organization's way to its own identity provider. It says what is spoken there and how far what comes
//!   back is believed; see [`Connection`]. Every kind keeps one small contract: [`contract::begin`] says where to send the browser,
//!   [`contract::complete`] who came back, and how strongly.
//! - The verified domain of what was typed routes, and nothing else; or an opt-in link.
//! - Accounts are linked by connection and subject, never by email alone. [`rules`] says who somebody may be: a connection is
//!   believed about its own organization's people, and what was typed must be the account's own name.
//! - A **departure** is one way there and back: its answer counts in the browser that left, once, within fifteen minutes, at the
//!   connection it left for. An answer that comes again leads to the dispatcher, which knows how far its sign-in has come.
//! - Nothing waits for a provider in a transaction; all that is asked of one while somebody waits takes ten seconds at most, and
//!   fifty wait for one at most. What somebody without an account can cost or move is bounded: [`strangers`].
//! - What went wrong is one of a closed set of causes, told with a reference; what was said is kept for administrators.
//!
//! ```text
//! /sign-in/{id}/sso ── begin ── departure ──303──▶ the identity provider ──▶ GET /federation/{connection}/callback
//!        ▲                │                                                      │ departure used up · complete · who?
//!        │                └──▶ /federation/failed/{reference} ◀──────────────────┤
//!        └── try again ────────┘                                                 └▶ proof ──▶ the dispatcher
//! ```

mod callback;
mod connections;
mod contract;
mod create;
mod departure;
mod enter;
mod failure;
mod health;
mod identities;
mod leave;
mod letters;
mod oidc;
mod opt_in;
mod published;
mod queries;
mod rules;
mod set_up;
mod sign_out;
mod strangers;
#[cfg(test)]
mod tests;

use std::time::Duration;

use axum::extract::{Path, State as AppState};
use axum::routing::{get, post};
use axum::{Json, Router};
use store::Tx;

pub use connections::{
    ACCOUNTS_A_DAY, Acceptance, Claims, ClientAuth, Connection, Kind, LINK_LIVES, Oidc, Protocol, Role, Settings,
    State, change_connection, connection, connection_to_try, connections_of, domains_of, insert_connection,
    lead_domain, leads_to, note_secret_warning, route, seal_secret, secrets_ending, set_opt_in, set_secret, set_state,
};
pub use failure::{
    Cause, Listed as ListedFailure, failures_of_account, listed as failures_of, listed_as as failure_of,
};
pub use health::fails_for_many;
pub use identities::{Identity, LinkedBy, identities_of, identity, is_linked, link, unlink, unlink_all, unlink_since};
pub use leave::leave;
pub use oidc::{on_loopback as is_on_loopback, redirect_uri, signed_out_uri};
pub use published::{Published, Source, Unpublished};
pub use queries::{authenticated_at, close_ways_back, holds, session_continues};
pub use set_up::{
    Census, Finding, Look, Made, May, Moved, NotAccepted, NotAdded, NotLinked, NotSwitched, Seen, Switched,
    TakesAnOperator, Told, Values, Wanted, WantedClaims, Weight, Wish as DomainWish, accept_mfa, add as add_connection,
    change as change_settings, findings, kept_from, link_person, look as look_at, made_since, new_key, new_link,
    no_link, put_secret, run as run_secrets, told as told_connections, turn_off, turn_on, undo as undo_made,
    unlink_person, values as values_to_register, warn_of_secrets,
};
pub use sign_out::sign_out_address;

use crate::app::App;
use crate::platform::clock::{Clock, Time};
use crate::platform::fresh::Fresh;
use crate::platform::ids::{ConnectionId, SessionId, SignInId};
use crate::platform::lines::Lines;
use crate::platform::mail::Letters;
use crate::platform::outgoing::Outgoing;
use crate::platform::web::Error;

/// What a node has in memory of identity providers, and its way out to them.
pub struct Federation {
    outgoing: Outgoing,
    published: Published,
    patience: Duration,
    /// Answers of one browser.
    answers: Lines,
    /// Of whose logout tokens the log has told lately.
    told: Fresh<ConnectionId, ()>,
}

/// One line in the log for each connection in this time: whoever posts what is no logout token must not fill a disk.
const ONE_LINE_IN: Duration = Duration::from_secs(60);
const MOST_TOLD: usize = 10_000;

impl Federation {
    pub fn new(outgoing: Outgoing, clock: Clock) -> Federation {
        Federation {
            published: Published::new(outgoing.clone(), clock),
            outgoing,
            patience: contract::WHOLE,
            answers: Lines::new(1),
            told: Fresh::new(ONE_LINE_IN, MOST_TOLD),
        }
    }

    /// The same, waiting shorter for an answer.
    pub fn with_patience(self, patience: Duration) -> Federation {
        Federation { patience, ..self }
    }

    /// What providers publish, for whoever sets a connection up.
    pub fn published(&self) -> &Published {
        &self.published
    }
}

pub fn routes() -> Router<App> {
    Router::new()
        .route("/sign-in/with/{token}", get(opt_in::page).post(opt_in::begin))
        .route("/federation/failed/{reference}", get(failure::show))
        .route("/federation/{connection}/callback", get(callback::callback))
        .route("/federation/{connection}/jwks", get(jwks))
        .route("/federation/{connection}/setup", get(set_up::page::page))
        .route("/federation/{connection}/sign-out", get(sign_out::leave))
        .route("/federation/{connection}/signed-out", get(sign_out::signed_out))
}

/// What identity providers post to: it carries no cookie of ours.
pub fn open_routes() -> Router<App> {
    Router::new()
        .route("/federation/{connection}/backchannel-logout", post(sign_out::backchannel))
        .merge(set_up::api::open_routes())
}

/// `GET /federation/{connection}/jwks`: by what a provider knows that a client assertion is ours.
async fn jwks(AppState(app): AppState<App>, Path(id): Path<ConnectionId>) -> Result<Json<serde_json::Value>, Error> {
    let read = async |tx: &mut Tx| connections::connection(tx, &id).await;
    let Some(found) = app.db.read("federation.jwks", read).await? else { return Err(Error::NotFound) };
    let Protocol::Oidc(settings) = &found.settings.protocol;
    let keys = oidc::public_keys(&app.keys, &found, settings);
    Ok(Json(serde_json::to_value(&keys).map_err(|error| Error::Internal(error.to_string()))?))
}

/// The mails of this room.
pub fn register(letters: Letters) -> Letters {
    letters::register(set_up::register(letters))
}

/// The session of a sign-in was born; `own_factor`: with the second factor that the account has here.
///
/// # Errors
/// When the database says no.
pub async fn session_began(
    tx: &mut Tx,
    sign_in: &SignInId,
    session: &SessionId,
    own_factor: bool,
) -> Result<(), store::Error> {
    if own_factor {
        identities::note_factor(tx, sign_in).await?;
    }
    queries::session_began(tx, sign_in, session).await
}

/// Forgets what is past its time; the numbers of rows.
///
/// # Errors
/// When the database says no.
pub async fn purge(app: &App, now: Time) -> Result<[u64; 3], store::Error> {
    let db = &app.db;
    let day = Duration::from_secs(24 * 3_600);
    Ok([
        db.write("forget.departures", async |tx: &mut Tx| queries::purge_departures(tx, now - day).await).await?,
        // Longer than any session lives.
        db.write("forget.federated", async |tx: &mut Tx| queries::purge_sessions(tx, now - day * 30).await).await?,
        db.write("forget.failures", async |tx: &mut Tx| failure::purge(tx, now - day * 90).await).await?,
    ])
}
