//! From a trouble to the page that tells it, and the row that keeps what is not on the page.

use axum::response::Response;
use oidc::rp::printable;
use serde_json::json;
use store::Tx;

use super::queries::{self, NewFailure};
use super::{Cause, Trouble, page, rules};
use crate::audit::{self, Actor, Entry, Event};
use crate::federation::Connection;
use crate::federation::strangers::Strangers;
use crate::platform::ids::{FailureId, SignInId};
use crate::platform::limits;
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
    if trouble.brought {
        Strangers::who_answer(app, &connection.id, visit.address).count().await?;
    }
    // Of whatever it was put together from: what nobody sees must not make it say something else in a terminal.
    let detail = printable(&trouble.detail, MOST_DETAIL);
    let (reference, id) = (app.entropy.reference(), FailureId::generate(&app.entropy));
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
        brought: trouble.brought,
    };
    let reference = keep(visit, &new).await?;
    let kept = if reference.is_some() { "yes" } else { "no" };
    metrics::counter!("portico_federation_failures_total", "cause" => new.cause.as_str(), "kept" => kept).increment(1);
    // As often as there are rows: a flood must not fill the log either.
    if reference.as_deref() == Some(new.reference) {
        let (connection, cause) = (connection.id.as_str(), new.cause.as_str());
        tracing::info!(connection, cause, reference = new.reference, "a sign-in elsewhere failed");
    }
    match reference {
        Some(reference) => Ok(see_other(&format!("/federation/failed/{reference}"))),
        None => page::without_a_row(visit, connection, sign_in, (new.cause, came_as)).await,
    }
}

/// Keeps it, if there is room, and answers its reference.
async fn keep(visit: &Visit, new: &NewFailure<'_>) -> Result<Option<String>, Error> {
    let app = &visit.app;
    let is_kept = async |tx: &mut Tx| queries::is_kept(tx, new).await;
    if !app.db.read("federation.is_refused", is_kept).await? {
        let what = if new.brought { "brought_failures" } else { "federation_failures" };
        let key = app.limit_key(what, new.connection.as_str());
        // Alone: where it fails for everybody, everybody is here at once.
        let counted =
            limits::count_alone(&app.db, app.clock.now(), &key, rules::HOUR, rules::most_rows(new.brought)).await?;
        if !counted.is_within() {
            return Ok(None);
        }
    }
    let write = async |tx: &mut Tx| {
        if let Some(reference) = queries::keep_again(tx, new).await? {
            return Ok(reference);
        }
        let others = queries::kept_of(tx, new.sign_in, new.browser).await?;
        queries::keep(tx, new).await?;
        if rules::is_recorded(others) {
            record(tx, visit, new).await?;
        }
        Ok::<_, store::Error>(new.reference.to_owned())
    };
    Ok(Some(app.db.write("federation.refused", write).await?))
}

async fn record(tx: &mut Tx, visit: &Visit, new: &NewFailure<'_>) -> Result<(), store::Error> {
    let details = json!({
        "connection": new.connection.as_str(), "cause": new.cause.as_str(), "reference": new.reference,
    });
    let entry = Entry::plain(Event::FederationRefused, Actor::Browser, details).from(visit);
    let entry = Entry { organization: Some(new.organization), ..entry };
    audit::record(tx, &visit.app.entropy, entry).await
}

/// For an answer to no question of this browser. Nothing is written: everybody can make one up.
///
/// # Errors
/// When the page cannot be made.
pub fn not_awaited(visit: &Visit) -> Result<Response, Error> {
    page::bare(visit, Cause::Expired)
}
