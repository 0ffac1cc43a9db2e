//! Secrets that end: told to the organization before nobody gets in any more.

use std::time::Duration;

use store::Tx;

use super::letters::SecretEndingLetter;
use crate::app::App;
use crate::federation::{Connection, Protocol, connection, note_secret_warning, secrets_ending};
use crate::notices;
use crate::organizations::{self, Organization};
use crate::people;
use crate::platform::clock::Time;
use crate::platform::ids::ConnectionId;
use crate::platform::jobs::{self, Shutdown, Turn};

const EVERY: Duration = Duration::from_secs(3_600);
const DAY: Duration = Duration::from_secs(24 * 3_600);
/// Days before the end.
const BEFORE: [u32; 3] = [30, 7, 1];

/// Looks until a stop is asked for.
pub async fn run(app: App, shutdown: Shutdown) {
    jobs::every("connection_secrets", EVERY, shutdown, async || turn(&app).await).await;
}

/// One look. Of several nodes one tells.
///
/// # Errors
/// When the database says no.
pub async fn turn(app: &App) -> Result<Turn, store::Error> {
    for days in BEFORE {
        let find = async |tx: &mut Tx| {
            let (before, warned_before) = bounds(days, Time(tx.now()));
            secrets_ending(tx, before, warned_before).await
        };
        for id in app.db.read("federation.secrets_ending", find).await? {
            let tell = async |tx: &mut Tx| warn(tx, app, &id, days).await;
            app.db.write("federation.warn_of_secret", tell).await?;
        }
    }
    Ok(Turn::Rest)
}

/// A secret that ends before the first, and of which nobody was told since the second, is told of.
fn bounds(days: u32, now: Time) -> (Time, Time) {
    (now + DAY * days, now - DAY * days)
}

async fn warn(tx: &mut Tx, app: &App, id: &ConnectionId, days: u32) -> Result<(), store::Error> {
    let now = Time(tx.now());
    let Some(found) = connection(tx, id).await? else { return Ok(()) };
    let Some(organization) = organizations::by_id(tx, &found.organization).await? else { return Ok(()) };
    let Some(letter) = letter(&found, &organization, now) else { return Ok(()) };
    let (_, warned_before) = bounds(days, now);
    if !note_secret_warning(tx, id, warned_before).await? {
        return Ok(());
    }
    tracing::warn!(connection = %id, organization = organization.slug, "the secret of a connection ends soon, or has ended");
    let mut told = people::administrators_of(tx, &organization.id).await?;
    if told.is_empty() {
        // Somebody has to know.
        told = people::operators(tx).await?;
    }
    notices::tell_administrators(tx, app, &told, &letter).await
}

/// `None`: it ended so long ago that whoever wanted to know knows.
fn letter(connection: &Connection, organization: &Organization, now: Time) -> Option<SecretEndingLetter> {
    let Protocol::Oidc(oidc) = &connection.settings.protocol;
    let ends_at = oidc.secret_expires_at.filter(|end| *end + DAY * 2 > now)?;
    Some(SecretEndingLetter {
        organization: organization.name.clone(),
        name: connection.settings.name.clone(),
        issuer: oidc.issuer.clone(),
        client_id: oidc.client_id.clone(),
        ends_at,
        zone: organization.time_zone.clone(),
        setup: format!("/federation/{}/setup", connection.id),
        ended: ends_at <= now,
    })
}
