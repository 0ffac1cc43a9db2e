//! From a trouble to the page that tells it, and the row that keeps what is not on the page.

use axum::response::Response;
use serde_json::json;
use store::Tx;

use super::page;
use super::queries::{self, NewFailure};
use super::{Cause, Trouble};
use crate::audit::{self, Actor, Entry, Event};
use crate::federation::Connection;
use crate::platform::ids::{FailureId, SignInId};
use crate::platform::web::{Browser, Error, Visit, see_other};

/// More of what was said is not kept.
const MOST_DETAIL: usize = 500;

/// A way that ended badly.
pub struct Refused<'a> {
    pub sign_in: &'a SignInId,
    pub connection: &'a Connection,
    pub trouble: Trouble,
    /// By which name whoever came could go on.
    pub came_as: Option<String>,
}

/// Writes it down, and leads to its page.
///
/// # Errors
/// When the database says no.
pub async fn tell(visit: &Visit, browser: &Browser, refused: Refused<'_>) -> Result<Response, Error> {
    let Refused { sign_in, connection, trouble, came_as } = refused;
    if trouble.crowded {
        return page::crowded(visit, connection, sign_in).await;
    }
    let app = &visit.app;
    let detail: String = trouble.detail.chars().take(MOST_DETAIL).collect();
    let reference = app.entropy.reference();
    let id = FailureId::generate(&app.entropy);
    let new = NewFailure {
        id: &id,
        reference: &reference,
        connection: &connection.id,
        organization: &connection.organization,
        cause: trouble.cause,
        detail: &detail,
        sign_in,
        came_as: came_as.as_deref(),
        browser: &browser.hash,
    };
    let reference = app
        .db
        .write("federation.refused", async |tx: &mut Tx| {
            let (reference, is_new) = queries::keep(tx, &new).await?;
            if is_new {
                let details = json!({
                    "connection": connection.id.as_str(), "cause": new.cause.as_str(), "reference": &reference,
                });
                let entry = Entry::plain(Event::FederationRefused, Actor::Browser, details).from(visit);
                let entry = Entry { organization: Some(&connection.organization), ..entry };
                audit::record(tx, &app.entropy, entry).await?;
            }
            Ok::<_, store::Error>(reference)
        })
        .await?;
    tracing::info!(
        connection = connection.id.as_str(),
        cause = new.cause.as_str(),
        reference,
        "a sign-in elsewhere failed"
    );
    Ok(see_other(&format!("/federation/failed/{reference}")))
}

/// For an answer to no question of this browser. Nothing is written: everybody can make one up.
///
/// # Errors
/// When the page cannot be made.
pub fn not_awaited(visit: &Visit) -> Result<Response, Error> {
    page::bare(visit, Cause::Expired)
}
