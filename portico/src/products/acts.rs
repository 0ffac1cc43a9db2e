//! What is done to one product: retiring it, bringing it back, changing its logo.

use serde_json::json;
use store::{Error, Tx};

use super::by::By;
use super::logo::Picture;
use super::queries;
use super::stored::Stored;
use crate::audit::{self, Entry, Event};
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
    record(tx, by, Event::ProductRetired, product, json!({})).await?;
    Ok(true)
}

/// Brings it back with the clients it has; false when it was not retired.
///
/// # Errors
/// When the database says no.
pub async fn restore(tx: &mut Tx, by: By<'_>, product: &Stored) -> Result<bool, Error> {
    if !queries::restore(tx, &product.id).await? {
        return Ok(false);
    }
    // What was disabled before stays disabled.
    for client in product.clients.iter().filter(|client| client.listed.disabled_at >= product.retired_at) {
        provider::put_client(tx, &client.listed.new).await?;
    }
    record(tx, by, Event::ProductRestored, product, json!({})).await?;
    Ok(true)
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
    let details = json!({ "logo": { "before": before.map(|logo| &logo.id), "after": logo.map(|logo| &logo.id) } });
    record(tx, by, Event::ProductChanged, product, details).await?;
    Ok(true)
}

async fn record(
    tx: &mut Tx,
    by: By<'_>,
    event: Event,
    product: &Stored,
    mut details: serde_json::Value,
) -> Result<(), Error> {
    if let Some(members) = details.as_object_mut() {
        members.insert("product".into(), json!(product.product.id));
    }
    audit::record(tx, by.entropy, Entry::plain(event, by.actor, details)).await
}
