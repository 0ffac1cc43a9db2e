//! What is done to one product or one client: it ends, it comes back, its logo changes.
//!
//! Each takes what was read in the same transaction. What is done is ended later, by [`super::end_due`]; what comes back finds
//! nothing of it ([`Ended::end_within`]).

use oidc::client::AuthMethod;
use serde_json::{Value, json};
use store::{Error, Tx};

use super::by::By;
use super::ends::Ended;
use super::logo::Picture;
use super::stored::{Stored, StoredClient};
use super::{queries, secret};
use crate::audit::{self, Entry, Event};
use crate::platform::clock::Time;
use crate::platform::entropy::Secret;
use crate::provider;

/// Nobody opens it any more, and its clients get nothing; false when it was retired before.
///
/// # Errors
/// When the database says no.
pub async fn retire(tx: &mut Tx, by: By<'_>, product: &Stored) -> Result<bool, Error> {
    if !queries::retire(tx, &product.id).await? {
        return Ok(false);
    }
    for client in &product.clients {
        provider::disable_client(tx, client.id()).await?;
    }
    record(tx, by, Event::ProductRetired, json!({ "product": product.product.id })).await?;
    Ok(true)
}

/// Brings it back with the clients and the secrets it had; false when it was not retired.
///
/// # Errors
/// When the database says no.
pub async fn restore(tx: &mut Tx, by: By<'_>, product: &Stored) -> Result<bool, Error> {
    if !queries::restore(tx, &product.id).await? {
        return Ok(false);
    }
    // What was disabled before stays disabled.
    for client in product.clients.iter().filter(|client| client.listed.disabled_at >= product.retired_at) {
        enable(tx, client.id()).await?;
    }
    record(tx, by, Event::ProductRestored, json!({ "product": product.product.id })).await?;
    Ok(true)
}

/// Ends a client, and its secrets: whoever has one may be why. False when it was disabled before.
///
/// # Errors
/// When the database says no.
pub async fn disable_client(tx: &mut Tx, by: By<'_>, client: &StoredClient) -> Result<bool, Error> {
    let disabled = end_client(tx, client.id()).await?;
    if disabled {
        record(tx, by, Event::ClientDisabled, json!({ "client": client.id() })).await?;
    }
    Ok(disabled)
}

pub(super) async fn end_client(tx: &mut Tx, id: &str) -> Result<bool, Error> {
    let now = Time(tx.now());
    provider::end_client_secrets(tx, id, now).await?;
    provider::disable_client(tx, id).await
}

/// Brings a disabled client back; with a new secret, where it has one.
///
/// # Errors
/// When the database says no.
pub async fn enable_client(tx: &mut Tx, by: By<'_>, client: &StoredClient) -> Result<Option<Secret>, Error> {
    enable(tx, client.id()).await?;
    record(tx, by, Event::ClientEnabled, json!({ "client": client.id() })).await?;
    if client.listed.new.auth != AuthMethod::Secret {
        return Ok(None);
    }
    secret::add(tx, by, client.id(), None).await.map(Some)
}

async fn enable(tx: &mut Tx, client: &str) -> Result<(), Error> {
    Ended::Client(client.to_owned()).end_within(tx).await?;
    provider::enable_client(tx, client).await.map(drop)
}

/// Sets a logo, or takes it away; false when that changes nothing.
///
/// # Errors
/// When the database says no.
pub async fn set_logo(tx: &mut Tx, by: By<'_>, product: &Stored, logo: Option<&Picture>) -> Result<bool, Error> {
    let before = product.logo.as_ref();
    let same = match (before, logo) {
        (Some(before), Some(logo)) => before.id == logo.id || before.source == logo.source,
        (before, logo) => before.is_none() && logo.is_none(),
    };
    if same {
        return Ok(false);
    }
    queries::set_logo(tx, &product.id, logo).await?;
    let change = json!({ "before": before.map(|logo| &logo.id), "after": logo.map(|logo| &logo.id) });
    record(tx, by, Event::ProductChanged, json!({ "product": product.product.id, "logo": change })).await?;
    Ok(true)
}

async fn record(tx: &mut Tx, by: By<'_>, event: Event, details: Value) -> Result<(), Error> {
    audit::record(tx, by.entropy, Entry::plain(event, by.actor, details)).await
}
