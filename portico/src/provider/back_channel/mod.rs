//! Back-channel logout: clients are told that a session has ended, by a queue that loses nothing.
//!
//! - A notice is a row, written in the transaction that ended the session (see `grants`).
//! - One node at a time has a notice: claimed by a conditional UPDATE with a lease of its own. The logout token is made when it is
//!   sent, so that it is fresh however long the client was away.
//! - 200 or 204 is delivered. 400 means that the client will not have it, and is the end. Anything else, and no answer, is tried again,
//!   later and later, for a day.
//!
//! ```text
//! waiting ─► claimed ─► sent ─┬─► delivered
//!    ▲                        ├─► given_up
//!    └──── later ◄────────────┘
//! ```

mod queries;
mod rules;

use std::time::Duration;

use oidc::logout::LogoutToken;
use oidc::params::encoded;
use store::Tx;
use tokio::task::JoinSet;

pub use queries::{Notice, purge};
use rules::Fate;

use super::clients::{self, Registered};
use super::keys::ring;
use crate::app::App;
use crate::platform::jobs::{self, Shutdown, Turn};
use crate::platform::outgoing::{Answer, Failed};
use crate::platform::web::Error;

/// At once; a client that does not answer holds up one of them for ten seconds.
const AT_ONCE: usize = 16;
/// Longer than one attempt can take.
const LEASE: Duration = Duration::from_secs(30);
/// A sign-out should have reached the products before the person has.
const REST: Duration = Duration::from_millis(500);

/// Sends what is due, until a stop is asked for.
pub async fn run(app: App, shutdown: Shutdown) {
    jobs::every("logout_notices", REST, shutdown, async || turn(&app).await).await;
}

/// Sends one handful of what is due.
///
/// # Errors
/// When the database says no.
pub async fn turn(app: &App) -> Result<Turn, store::Error> {
    let due = app.db.read("logout.due", async |tx: &mut Tx| queries::due(tx, AT_ONCE).await).await?;
    let full = due.len() == AT_ONCE;
    let mut under_way = JoinSet::new();
    for id in due {
        let lease = app.entropy.id();
        let claimed =
            app.db.write("logout.claim", async |tx: &mut Tx| queries::claim(tx, &id, &lease, LEASE).await).await?;
        if let Some(notice) = claimed {
            let app = app.clone();
            under_way.spawn(async move { attempt(&app, &notice).await });
        }
    }
    while let Some(ended) = under_way.join_next().await {
        if let Ok(Err(error)) = ended {
            tracing::warn!(%error, "a logout notice could not be settled and will be sent again");
        }
    }
    Ok(if full { Turn::Again } else { Turn::Rest })
}

async fn attempt(app: &App, notice: &Notice) -> Result<(), Error> {
    let client = clients::find(app, &notice.client).await?;
    let uri = client.as_ref().and_then(|client| client.backchannel_logout_uri.as_deref());
    let (Some(client), Some(uri)) = (&client, uri) else {
        return settle(app, notice, Fate::GivenUp, "the client wants no notices any more").await;
    };
    let form = format!("logout_token={}", encoded(&token(app, client, notice).await?));
    let answer = app.provider.outgoing.post_form(uri, form).await;
    let fate = rules::after(answer.as_ref().ok().map(|answer| answer.status), notice, app.clock.now());
    let told = match &answer {
        Ok(Answer { status, .. }) => status.to_string(),
        Err(failed) => failed.to_string(),
    };
    log(notice, fate, answer.as_ref().err(), &told);
    settle(app, notice, fate, &told).await
}

async fn token(app: &App, client: &Registered, notice: &Notice) -> Result<String, Error> {
    let now = app.clock.now();
    let jti = app.entropy.id();
    let token = LogoutToken {
        iss: &app.public_url,
        aud: client.id(),
        sub: &notice.subject,
        sid: Some(&notice.sid),
        jti: &jti,
        now: now.seconds(),
    };
    let ring = ring(app).await?;
    let signed = token.sign(ring.signing(client.client.id_token_algorithm, now)?);
    signed.map_err(|_| Error::Internal("a logout token could not be signed".into()))
}

async fn settle(app: &App, notice: &Notice, fate: Fate, answer: &str) -> Result<(), Error> {
    app.db.write("logout.settle", async |tx: &mut Tx| queries::settle(tx, notice, fate, answer).await).await?;
    Ok(())
}

fn log(notice: &Notice, fate: Fate, failed: Option<&Failed>, told: &str) {
    metrics::counter!("portico_logout_notices_total", "outcome" => fate.name()).increment(1);
    match failed {
        None => {
            tracing::info!(notice = notice.id, client = notice.client, status = told, "a client was told of a logout")
        }
        Some(failed) => {
            tracing::warn!(notice = notice.id, client = notice.client, %failed, "a client could not be told of a logout");
        }
    }
}
