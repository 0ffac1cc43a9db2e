//! What a provider publishes right now, for whoever sets a connection up: nothing of it is kept.

use ::oidc::rp::{Keys, Metadata, metadata};

use super::known;
use crate::app::App;
use crate::federation::connections::{Connection, Oidc};
use crate::federation::failure::Trouble;

/// Whether issuers may be on this machine, without TLS.
pub fn on_loopback(app: &App) -> bool {
    app.public_url.starts_with("http://") || cfg!(debug_assertions)
}

pub async fn look(app: &App, _: &Connection, settings: &Oidc) -> Result<Metadata, Trouble> {
    let loopback = on_loopback(app);
    let body = known::get(app, &metadata::address(&settings.issuer, loopback)?).await?;
    let found = Metadata::judge(&body, &settings.issuer, loopback)?;
    Keys::read(&known::get(app, &found.jwks_uri).await?)?;
    Ok(found)
}
