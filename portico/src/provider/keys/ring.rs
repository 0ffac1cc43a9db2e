//! The keys as a node holds them: parsed once, looked for anew every half second.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Instant;

use oidc::jose::{Algorithm, JwkSet, SigningKey, VerifyingKey};
use store::Tx;

use super::rules::{self, KeyRow};
use super::{aad, prepare, queries};
use crate::app::App;
use crate::platform::clock::Time;
use crate::platform::web::Error;

struct Held {
    row: KeyRow,
    signing: Arc<SigningKey>,
    verifying: VerifyingKey,
}

/// The keys of one moment.
pub struct Ring {
    held: Vec<Held>,
    rows: Vec<KeyRow>,
}

impl Ring {
    /// The key that signs.
    ///
    /// # Errors
    /// When there is none, which [`ring`] has seen to.
    pub fn signing(&self, algorithm: Algorithm, now: Time) -> Result<&SigningKey, Error> {
        let kid = rules::signing(&self.rows, algorithm, now).map(|row| row.kid.as_str());
        let found = self.held.iter().find(|held| Some(held.row.kid.as_str()) == kid);
        found.map(|held| held.signing.as_ref()).ok_or_else(|| Error::Internal("no key signs".into()))
    }

    /// What verifies our own tokens: every key that is published.
    pub fn verifying(&self, now: Time) -> Vec<VerifyingKey> {
        self.published(now).map(|held| held.verifying.clone()).collect()
    }

    /// What is published.
    pub fn public(&self, now: Time) -> JwkSet {
        JwkSet { keys: self.published(now).map(|held| held.signing.jwk()).collect() }
    }

    fn published(&self, now: Time) -> impl Iterator<Item = &Held> {
        self.held.iter().filter(move |held| rules::is_published(&held.row, now))
    }
}

/// The keys there are; made, if there are none.
///
/// # Errors
/// When the database says no, or a key does not open.
pub async fn ring(app: &App) -> Result<Arc<Ring>, Error> {
    if let Some(ring) = app.provider.ring.get(&()) {
        return Ok(ring);
    }
    let read = Instant::now();
    let mut sealed = load(app).await?;
    let now = app.clock.now();
    let rows: Vec<KeyRow> = sealed.iter().map(|(row, _)| row.clone()).collect();
    if super::ALGORITHMS.into_iter().any(|algorithm| rules::signing(&rows, algorithm, now).is_none()) {
        prepare(app).await?;
        sealed = load(app).await?;
    }
    let rows = sealed.iter().map(|(row, _)| row.clone()).collect();
    let ring = Arc::new(Ring { held: held(app, sealed)?, rows });
    app.provider.ring.put((), read, ring.clone());
    Ok(ring)
}

async fn load(app: &App) -> Result<Vec<(KeyRow, Vec<u8>)>, store::Error> {
    app.db.read("provider.ring", async |tx: &mut Tx| queries::sealed(tx).await).await
}

/// A key that was held before need not be opened and parsed again.
fn held(app: &App, sealed: Vec<(KeyRow, Vec<u8>)>) -> Result<Vec<Held>, Error> {
    let mut parsed = app.provider.parsed.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let mut kept = HashMap::new();
    let mut all = Vec::new();
    for (row, sealed) in sealed {
        let signing = match parsed.get(&row.kid) {
            Some(signing) => Arc::clone(signing),
            None => Arc::new(open(app, &row, &sealed)?),
        };
        let verifying = VerifyingKey::new(&signing.jwk(), None).map_err(|_| damaged())?;
        kept.insert(row.kid.clone(), Arc::clone(&signing));
        all.push(Held { row, signing, verifying });
    }
    *parsed = kept;
    Ok(all)
}

fn open(app: &App, row: &KeyRow, sealed: &[u8]) -> Result<SigningKey, Error> {
    let pkcs8 = app.keys.open(&aad(&row.kid), sealed).map(zeroize::Zeroizing::new).map_err(|_| damaged())?;
    SigningKey::from_pkcs8(row.algorithm, &pkcs8).map_err(|_| damaged())
}

fn damaged() -> Error {
    Error::Internal("a signing key does not open".into())
}
