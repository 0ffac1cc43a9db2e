//! Back-channel logout: clients are told that a session has ended, by a queue that loses nothing.
//!
//! - A notice is a row, written in the transaction that ended the session (see `grants`).
//! - One node at a time has a notice: claimed by a conditional UPDATE with a lease of its own. The logout token is made when it is
//!   sent, so that it is fresh however long the client was away.
//! - Each client has a share of what is under way, so that one that is away holds up nobody else's (ASVS 15.4.4).
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

use std::collections::HashMap;
use std::time::Duration;

use oidc::logout::LogoutToken;
use oidc::params::encoded;
use store::Tx;
use tokio::sync::Mutex;
use tokio::task::{JoinError, JoinSet};
use tokio::time::timeout;

pub use queries::{Notice, Undelivered, purge, undelivered};
use rules::Fate;

use super::clients::{self, Registered};
use super::keys::ring;
use crate::app::App;
use crate::platform::jobs::{self, Shutdown, Turn};
use crate::platform::outgoing::{Answer, Failed};
use crate::platform::web::Error;

/// At once, on this node.
const AT_ONCE: usize = 32;
/// Of them for one client: one that does not answer holds up so many for ten seconds, and nobody else's.
const SHARE: usize = 4;
/// Longer than one attempt can take.
const LEASE: Duration = Duration::from_secs(30);
/// A sign-out should have reached the products before the person has.
const REST: Duration = Duration::from_millis(500);

/// Sends what is due, until a stop is asked for.
pub async fn run(app: App, shutdown: Shutdown) {
    let under_way = Mutex::new(UnderWay::default());
    jobs::every("logout_notices", REST, shutdown, async || under_way.lock().await.turn(&app).await).await;
}

/// Sends what is due by now, and waits for every answer.
///
/// # Errors
/// When the database says no.
pub async fn turn(app: &App) -> Result<Turn, store::Error> {
    let mut under_way = UnderWay::default();
    let left = under_way.begin(app).await?;
    while under_way.ended().await {}
    Ok(if left { Turn::Again } else { Turn::Rest })
}

/// The attempts of this node, by client. What is slow is waited for by nobody.
#[derive(Default)]
struct UnderWay {
    attempts: JoinSet<String>,
    of_client: HashMap<String, usize>,
}

impl UnderWay {
    /// Begins what there is room for; where that is not all, goes on as soon as there is room again.
    async fn turn(&mut self, app: &App) -> Result<Turn, store::Error> {
        while let Some(ended) = self.attempts.try_join_next() {
            self.count_out(ended);
        }
        if !self.begin(app).await? {
            return Ok(Turn::Rest);
        }
        // Room for somebody new may be there before anything has ended.
        let _ = timeout(REST, self.ended()).await;
        Ok(Turn::Again)
    }

    /// True when something that is due is left.
    async fn begin(&mut self, app: &App) -> Result<bool, store::Error> {
        let mut left = false;
        for due in app.db.read("logout.due", async |tx: &mut Tx| queries::due(tx, SHARE).await).await? {
            let share = self.of_client.get(&due.client).copied().unwrap_or(0);
            if self.attempts.len() >= AT_ONCE || share >= SHARE {
                left = true;
                continue;
            }
            let (id, lease) = (due.id, app.entropy.id());
            let claimed =
                app.db.write("logout.claim", async |tx: &mut Tx| queries::claim(tx, &id, &lease, LEASE).await).await?;
            if let Some(notice) = claimed {
                *self.of_client.entry(notice.client.clone()).or_default() += 1;
                let app = app.clone();
                self.attempts.spawn(async move { tried(&app, notice).await });
            }
        }
        Ok(left)
    }

    /// Waits for one that ends; false when there is none.
    async fn ended(&mut self) -> bool {
        let Some(ended) = self.attempts.join_next().await else { return false };
        self.count_out(ended);
        true
    }

    fn count_out(&mut self, ended: Result<String, JoinError>) {
        match ended {
            Ok(client) => {
                if let Some(share) = self.of_client.get_mut(&client) {
                    *share = share.saturating_sub(1);
                }
            }
            // It panicked, and did not say whose it was: better a share too large for a while than one that never opens again.
            Err(_) => self.of_client.clear(),
        }
        self.of_client.retain(|_, share| *share > 0);
    }
}

/// Whose notice it was.
async fn tried(app: &App, notice: Notice) -> String {
    if let Err(error) = attempt(app, &notice).await {
        tracing::warn!(%error, "a logout notice could not be settled and will be sent again");
    }
    notice.client
}

async fn attempt(app: &App, notice: &Notice) -> Result<(), Error> {
    let client = clients::to_tell(app, &notice.client).await?;
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
