//! Secrets of clients: kept as a MAC, several at a time, each with its last use.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use store::{Error, Tx};
use subtle::ConstantTimeEq;

use super::{Registered, queries};
use crate::app::App;
use crate::platform::clock::Time;
use crate::platform::entropy::{Entropy, Secret};
use crate::platform::keys::Keys;

/// How exactly the last use is known. A client may come a thousand times a second, and a write each time would be the most
/// that it costs.
const NOTED_EVERY: Duration = Duration::from_secs(3_600);

#[derive(Debug)]
pub struct SecretMac {
    pub id: String,
    pub mac: Vec<u8>,
    pub expires_at: Option<Time>,
    pub last_used_at: Option<Time>,
    /// Its use was noted since this was read.
    pub noted: AtomicBool,
}

/// What is stored of a secret.
fn mac(keys: &Keys, client: &str, secret: &str) -> [u8; 32] {
    keys.mac("client_secret", format!("{client}/{secret}").as_bytes())
}

/// Whether this is one of a client's secrets; that it was used is noted.
pub async fn shows_secret(app: &App, client: Option<&Registered>, id: &str, secret: &str) -> bool {
    let now = app.clock.now();
    // Computed for an id nobody has, too.
    let mac = mac(&app.keys, id, secret);
    let Some(client) = client else { return false };
    let mut found = None;
    // Every one is compared, so that the time says nothing.
    for known in client.secrets.iter().filter(|known| known.expires_at.is_none_or(|end| now < end)) {
        if bool::from(known.mac.as_slice().ct_eq(&mac)) {
            found = Some(known);
        }
    }
    let Some(known) = found else { return false };
    let old = known.last_used_at.is_none_or(|at| at + NOTED_EVERY <= now);
    if old && !known.noted.swap(true, Ordering::Relaxed) {
        let before = now - NOTED_EVERY;
        let note = async |tx: &mut Tx| queries::secret_used(tx, &known.id, before).await;
        if let Err(error) = app.db.write_unsynced("provider.secret_used", note).await {
            // The client is who it says all the same.
            tracing::warn!(%error, "the use of a client's secret could not be noted");
        }
    }
    true
}

/// 256 random bits, to be shown once.
pub fn generate_secret(entropy: &Entropy) -> Secret {
    entropy.token()
}

/// Gives a client one more secret, so that an old one can be changed without an hour of failures: the others end at
/// `others_end_at`, where that is given. The id of the new one.
///
/// # Errors
/// When the database says no.
pub async fn add_secret(
    tx: &mut Tx,
    keys: &Keys,
    entropy: &Entropy,
    client: &str,
    secret: &str,
    others_end_at: Option<Time>,
) -> Result<String, Error> {
    if let Some(end) = others_end_at {
        queries::end_secrets(tx, client, end).await?;
    }
    let id = entropy.id();
    queries::insert_secret(tx, &id, client, &mac(keys, client, secret)).await?;
    Ok(id)
}

/// Ends one secret now; false when the client has none of that id in force.
///
/// # Errors
/// When the database says no.
pub async fn revoke_secret(tx: &mut Tx, client: &str, id: &str) -> Result<bool, Error> {
    queries::end_secret(tx, client, id).await
}
