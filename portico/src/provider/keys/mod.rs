//! Signing keys: made here, sealed at rest, published before use, and gone after the last token they signed.
//!
//! What a key does follows from its times, so that nodes agree without talking:
//!
//! ```text
//! created_at ──── published ────▶ active_at ──── signs ────▶ a later key's active_at ── published ──▶ gone_at
//! ```
//!
//! - A key is published for a while before it signs: whoever keeps our keys in memory has it by then. Only the first key of
//!   an algorithm signs at once, because nobody has kept anything yet.
//! - One key of each algorithm signs at a time. [`turn`] makes the next one in time (every 90 days), on whichever node has
//!   the lease; `portico keys rotate` makes it now.
//! - The private half rests sealed for its own row. A key that is gone is deleted.

mod queries;
mod ring;
mod rules;
#[cfg(test)]
mod tests;

use std::time::Duration;

use oidc::jose::{Algorithm, Pkcs8, SigningKey};
use serde_json::json;
use store::Tx;

pub use ring::{Ring, ring};
pub use rules::{KeyTimes, State};

use crate::app::App;
use crate::audit::{self, Actor, Entry, Event};
use crate::platform::clock::Time;
use crate::platform::jobs::{self, Lease, Shutdown, Turn};

/// What ID tokens and logout tokens can be signed with. RS256 is what every library knows, ES256 what is cheap, EdDSA what is
/// cheapest.
pub const ALGORITHMS: [Algorithm; 3] = [Algorithm::Es256, Algorithm::Rs256, Algorithm::EdDsa];

/// A key as a list shows it.
#[derive(Clone, Debug)]
pub struct Listed {
    pub kid: String,
    pub algorithm: Algorithm,
    pub times: KeyTimes,
    pub state: State,
}

/// Every key there is, newest first within its algorithm.
///
/// # Errors
/// When the database says no.
pub async fn list(app: &App) -> Result<Vec<Listed>, store::Error> {
    let now = app.clock.now();
    let rows = app.db.read("provider.keys", async |tx: &mut Tx| queries::all(tx).await).await?;
    let listed = rows.iter().map(|row| Listed {
        kid: row.kid.clone(),
        algorithm: row.algorithm,
        times: row.times,
        state: rules::state_of(row, &rows, now),
    });
    Ok(listed.collect())
}

/// What became of a wish for new keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rotated {
    /// Published now, signing from then.
    Published { active_at: Time },
    /// One is waiting already.
    Waiting { active_at: Time },
}

/// Publishes the next key of an algorithm. At once: the key there is is suspected, so it is withdrawn and the next one signs from
/// now; whoever keeps keys in memory refuses our tokens until they look again.
///
/// # Errors
/// When the database says no.
pub async fn rotate(app: &App, actor: Actor<'_>, algorithm: Algorithm, at_once: bool) -> Result<Rotated, store::Error> {
    let pkcs8 = generate(algorithm)?;
    app.db
        .write("provider.rotate", async |tx: &mut Tx| {
            let now = Time(tx.now());
            let rows = queries::all(tx).await?;
            if let (Some(active_at), false) = (rules::waiting(&rows, algorithm, now), at_once) {
                return Ok(Rotated::Waiting { active_at });
            }
            let first = rules::signing(&rows, algorithm, now).is_none();
            let active_at = if first || at_once { now } else { now + rules::PUBLISHED_BEFORE };
            let gone_at = if at_once { now } else { active_at + rules::PUBLISHED_AFTER };
            let withdrawn = rules::signing(&rows, algorithm, now).filter(|_| at_once).map(|row| row.kid.clone());
            queries::retire(tx, algorithm, gone_at).await?;
            if let Some(kid) = withdrawn {
                let details = json!({ "kid": kid, "algorithm": algorithm.name() });
                let entry = Entry::plain(Event::SigningKeyWithdrawn, actor, details);
                audit::record(tx, &app.entropy, entry).await?;
            }
            insert(tx, app, actor, algorithm, &pkcs8, active_at).await?;
            Ok(Rotated::Published { active_at })
        })
        .await
}

/// Takes a key that was made elsewhere as the one that signs from now on; false when the algorithm has one already. For
/// data that must be the same every time.
///
/// # Errors
/// When the database says no, or this is no such key.
pub async fn adopt(tx: &mut Tx, app: &App, algorithm: Algorithm, pkcs8: &[u8]) -> Result<bool, store::Error> {
    let now = Time(tx.now());
    if rules::signing(&queries::all(tx).await?, algorithm, now).is_some() {
        return Ok(false);
    }
    insert(tx, app, Actor::System, algorithm, pkcs8, now).await?;
    Ok(true)
}

async fn insert(
    tx: &mut Tx,
    app: &App,
    actor: Actor<'_>,
    algorithm: Algorithm,
    pkcs8: &[u8],
    active_at: Time,
) -> Result<(), store::Error> {
    let key = SigningKey::from_pkcs8(algorithm, pkcs8).map_err(|_| store::Error::column("a signing key is damaged"))?;
    let sealed = app.keys.seal(&aad(key.kid()), pkcs8);
    queries::insert(tx, key.kid(), algorithm, &sealed, active_at).await?;
    let details = json!({ "kid": key.kid(), "algorithm": algorithm.name(), "active_at": active_at.to_text() });
    audit::record(tx, &app.entropy, Entry::plain(Event::SigningKeyPublished, actor, details)).await
}

fn aad(kid: &str) -> String {
    format!("signing_keys:private:{kid}")
}

/// Takes some tenths of a second for RSA, so it happens outside of every transaction.
fn generate(algorithm: Algorithm) -> Result<Pkcs8, store::Error> {
    SigningKey::generate(algorithm).map_err(|_| store::Error::column("the cryptographic library makes no keys"))
}

/// Sees that every algorithm has a key that signs.
///
/// # Errors
/// When the database says no.
pub async fn prepare(app: &App) -> Result<(), store::Error> {
    for algorithm in ALGORITHMS {
        let rows = app.db.read("provider.keys", async |tx: &mut Tx| queries::all(tx).await).await?;
        if rules::signing(&rows, algorithm, app.clock.now()).is_none() {
            let pkcs8 = generate(algorithm)?;
            // Of nodes that start together, one is first.
            app.db.write("provider.first_key", async |tx: &mut Tx| adopt(tx, app, algorithm, &pkcs8).await).await?;
        }
    }
    Ok(())
}

/// Makes keys in time and forgets those that are gone, until a stop is asked for.
pub async fn run(app: App, shutdown: Shutdown) {
    let lease = Lease::new("signing_keys", Duration::from_secs(120), &app.entropy);
    jobs::every("signing_keys", Duration::from_secs(60), shutdown, async || turn(&app, &lease).await).await;
}

/// One look at the keys.
///
/// # Errors
/// When the database says no.
pub async fn turn(app: &App, lease: &Lease) -> Result<Turn, store::Error> {
    if !app.db.write("provider.keys_lease", async |tx: &mut Tx| lease.take(tx).await).await? {
        return Ok(Turn::Rest);
    }
    prepare(app).await?;
    let rows = app.db.read("provider.keys", async |tx: &mut Tx| queries::all(tx).await).await?;
    for algorithm in ALGORITHMS {
        if rules::is_due(&rows, algorithm, app.clock.now()) {
            rotate(app, Actor::System, algorithm, false).await?;
        }
    }
    app.db.write("provider.keys_forget", async |tx: &mut Tx| queries::forget_gone(tx).await).await?;
    Ok(Turn::Rest)
}
