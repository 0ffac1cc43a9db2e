//! Secrets of clients: made here, shown once.

use secrecy::ExposeSecret;
use serde_json::json;
use store::{Error, Tx};

use super::by::By;
use crate::audit::{self, Entry, Event};
use crate::platform::clock::Time;
use crate::platform::entropy::Secret;
use crate::provider;

/// One more secret for a client; those it has end at `others_end_at`, where that is given.
///
/// # Errors
/// When the database says no.
pub async fn add(tx: &mut Tx, by: By<'_>, client: &str, others_end_at: Option<Time>) -> Result<Secret, Error> {
    let secret = provider::generate_client_secret(by.entropy);
    let text = secret.expose_secret();
    let id = provider::add_client_secret(tx, by.keys, by.entropy, client, text, others_end_at).await?;
    let details = json!({ "client": client, "secret": id, "others_end_at": others_end_at });
    audit::record(tx, by.entropy, Entry::plain(Event::ClientSecretAdded, by.actor, details)).await?;
    Ok(secret)
}

/// Ends one now; false when the client has none of that id that has not ended.
///
/// # Errors
/// When the database says no.
pub async fn revoke(tx: &mut Tx, by: By<'_>, client: &str, id: &str) -> Result<bool, Error> {
    let ended = provider::revoke_client_secret(tx, client, id).await?;
    if ended {
        let details = json!({ "client": client, "secret": id });
        audit::record(tx, by.entropy, Entry::plain(Event::ClientSecretRevoked, by.actor, details)).await?;
    }
    Ok(ended)
}
