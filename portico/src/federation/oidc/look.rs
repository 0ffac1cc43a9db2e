//! What a provider publishes and says right now, for whoever sets a connection up: nothing of it is kept, and nobody who signs in
//! waits behind it.

use ::oidc::rp::{Metadata, TokenAnswer, TokenRequest};

use super::{client, source};
use crate::app::App;
use crate::federation::connections::{Connection, Oidc};
use crate::federation::contract::reach;
use crate::federation::failure::Trouble;
use crate::platform::outgoing::Place;

/// Whether issuers may be on this machine, without TLS.
pub fn on_loopback(app: &App) -> bool {
    app.federation.outgoing.is_on_loopback()
}

/// Its document, judged; its keys are looked at, too.
pub async fn look(app: &App, connection: &Connection, settings: &Oidc) -> Result<Metadata, Trouble> {
    let (metadata, _) = app.federation.published.now(source(connection, settings)).await?;
    Ok(metadata)
}

/// Shows it a code.
pub async fn show(
    app: &App,
    connection: &Connection,
    settings: &Oidc,
    metadata: &Metadata,
    request: &TokenRequest<'_>,
) -> Result<TokenAnswer, Trouble> {
    let place = format!("{}/set_up", connection.id);
    let place = Place { owner: connection.organization.as_str(), name: &place };
    let trip = app.federation.outgoing.trip(place, reach(connection), app.federation.patience)?;
    client::tokens(app, &trip, connection, settings, metadata, request).await
}
