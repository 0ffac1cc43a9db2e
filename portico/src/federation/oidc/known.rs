//! What is remembered of a provider: its metadata and its keys.

use std::sync::Arc;
use std::time::{Duration, Instant};

use ::oidc::rp::{Keys, Metadata, Wrong, metadata};
use http::{Request, header};
use hyper::body::Bytes;

use crate::app::App;
use crate::federation::connections::{Connection, Oidc};
use crate::federation::failure::{Cause, Trouble};
use crate::platform::fresh::Fresh;

const FRESH: Duration = Duration::from_secs(600);

/// In memory of a node.
pub struct Known {
    metadata: Fresh<String, Arc<Metadata>>,
    keys: Fresh<String, Arc<Keys>>,
}

impl Default for Known {
    fn default() -> Known {
        Known { metadata: Fresh::new(FRESH, 1_000), keys: Fresh::new(FRESH, 1_000) }
    }
}

pub async fn metadata(app: &App, _: &Connection, settings: &Oidc) -> Result<Arc<Metadata>, Trouble> {
    let known = &app.federation.known;
    if let Some(found) = known.metadata.get(&settings.issuer) {
        return Ok(found);
    }
    let begun = Instant::now();
    let loopback = app.public_url.starts_with("http://") || cfg!(debug_assertions);
    let address = metadata::address(&settings.issuer, loopback)?;
    let body = get(app, &address).await?;
    let found = Arc::new(Metadata::judge(&body, &settings.issuer, loopback)?);
    known.metadata.put(settings.issuer.clone(), begun, found.clone());
    Ok(found)
}

/// Checks something with the provider's keys; once more with fresh ones where it may have changed them.
pub async fn verified<T>(
    app: &App,
    _: &Connection,
    settings: &Oidc,
    metadata: &Metadata,
    check: impl Fn(&Keys) -> Result<T, Wrong>,
) -> Result<T, Trouble> {
    let known = &app.federation.known;
    if let Some(keys) = known.keys.get(&settings.issuer) {
        match check(&keys) {
            Err(wrong) if wrong.may_be_a_new_key() => {}
            judged => return Ok(judged?),
        }
    }
    let begun = Instant::now();
    let keys = Arc::new(Keys::read(&get(app, &metadata.jwks_uri).await?)?);
    known.keys.put(settings.issuer.clone(), begun, keys.clone());
    Ok(check(&keys)?)
}

async fn get(app: &App, address: &str) -> Result<Bytes, Trouble> {
    let request = Request::get(address).header(header::ACCEPT, "application/json").body(Vec::new());
    let request = request.map_err(|_| Trouble::new(Cause::NotSetUp, "An address is none."))?;
    let answer = app.federation.outgoing.send(request).await?;
    match answer.status().as_u16() {
        200 => Ok(answer.into_body()),
        status => Err(Trouble::new(Cause::NotAnswering, format!("{address} answered with status {status}."))),
    }
}
