//! What an identity provider publishes about itself: its metadata and its keys, kept for each connection.
//!
//! - Asked for when somebody needs it, by one for all who wait ([`Kept`]); a provider that hangs costs its own people some
//!   seconds, and who comes within the next moments is told at once.
//! - Kept for a while when the provider is away: metadata for a day, keys for an hour. A key that the provider took back holds here
//!   no longer than that, though somebody keeps us from asking.
//! - A token of an unknown key is a reason to look again, but only so often: see [`Published::verified`].
//! - In memory of each node. Nothing of it is a secret, and all of it can be asked for again.

#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use oidc::rp::{Keys, Metadata, Part, Wrong, metadata};

use crate::platform::clock::Clock;
use crate::platform::kept::{Ages, Kept};
use crate::platform::outgoing::{Expects, Failed, Outgoing, Place, Reach};

/// All requests of one look.
const LOOK: Duration = Duration::from_secs(4);

const FLOOR: Duration = Duration::from_secs(10);
const METADATA_AGES: Ages =
    Ages { fresh: Duration::from_secs(600), kept: Duration::from_secs(24 * 3_600), floor: FLOOR };
const KEYS_AGES: Ages = Ages { fresh: Duration::from_secs(600), kept: Duration::from_secs(3_600), floor: FLOOR };

const METADATA: Expects = Expects { types: &["application/json"], most: 64 * 1024 };
const KEYS: Expects = Expects { types: &["application/json", "application/jwk-set+json"], most: 256 * 1024 };

/// Why there is nothing to go by.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unpublished {
    #[error(transparent)]
    Failed(#[from] Failed),
    #[error(transparent)]
    Wrong(#[from] Wrong),
}

/// Whose, and how far one may go for it.
#[derive(Clone, Debug)]
pub struct Source<'a> {
    /// The connection's id.
    pub connection: &'a str,
    /// Its organization's.
    pub owner: &'a str,
    pub issuer: &'a str,
    pub reach: Reach,
}

/// What is known of all providers. Clones share it.
#[derive(Clone)]
pub struct Published {
    outgoing: Outgoing,
    clock: Clock,
    providers: Arc<Mutex<HashMap<String, Arc<Provider>>>>,
}

struct Provider {
    issuer: String,
    reach: Reach,
    metadata: Kept<Arc<Metadata>, Unpublished>,
    keys: Kept<Arc<Keys>, Unpublished>,
}

impl Published {
    pub fn new(outgoing: Outgoing, clock: Clock) -> Published {
        Published { outgoing, clock, providers: Arc::default() }
    }

    /// The provider's metadata, judged.
    ///
    /// # Errors
    /// [`Unpublished`].
    pub async fn metadata(&self, source: Source<'_>) -> Result<Arc<Metadata>, Unpublished> {
        let look = self.look(&source);
        let ask = async move { look.metadata().await.map(Arc::new) };
        Ok(self.provider(&source).metadata.get(ask).await?.value)
    }

    /// Checks something against the provider's keys. Where it could be of a key that is new, the keys are looked at again and it is
    /// checked once more; where they have been looked at a moment ago, it is of no key of theirs.
    ///
    /// # Errors
    /// [`Unpublished`]; what `check` says, in [`Unpublished::Wrong`].
    pub async fn verified<T>(
        &self,
        source: Source<'_>,
        metadata: &Metadata,
        check: impl Fn(&Keys) -> Result<T, Wrong>,
    ) -> Result<T, Unpublished> {
        let provider = self.provider(&source);
        let ask = || {
            let (look, address) = (self.look(&source), metadata.jwks_uri.clone());
            async move { look.keys(&address).await.map(Arc::new) }
        };
        let found = provider.keys.get(ask()).await?;
        let wrong = match check(&found.value) {
            Err(wrong) if wrong.may_be_a_new_key() => wrong,
            judged => return Ok(judged?),
        };
        match provider.keys.newer(found.edition, ask()).await? {
            Some(newer) => Ok(check(&newer.value)?),
            None => Err(wrong.into()),
        }
    }

    /// What a provider publishes right now, for whoever sets a connection up: nothing of it is kept.
    ///
    /// # Errors
    /// [`Unpublished`].
    pub async fn now(&self, source: Source<'_>) -> Result<(Metadata, Keys), Unpublished> {
        let look = self.look(&source);
        let metadata = look.metadata().await?;
        let keys = look.keys(&metadata.jwks_uri).await?;
        Ok((metadata, keys))
    }

    /// What is known of this one. A connection that was changed begins anew.
    fn provider(&self, source: &Source<'_>) -> Arc<Provider> {
        let mut providers = self.providers.lock().unwrap_or_else(PoisonError::into_inner);
        let known = providers.get(source.connection);
        if let Some(known) = known.filter(|known| known.issuer == source.issuer && known.reach == source.reach) {
            return known.clone();
        }
        let lost = || Unpublished::Failed(Failed::Broken("the question was lost".to_owned()));
        let provider = Arc::new(Provider {
            issuer: source.issuer.to_owned(),
            reach: source.reach.clone(),
            metadata: Kept::new(METADATA_AGES, self.clock.clone(), lost()),
            keys: Kept::new(KEYS_AGES, self.clock.clone(), lost()),
        });
        providers.insert(source.connection.to_owned(), provider.clone());
        provider
    }

    fn look(&self, source: &Source<'_>) -> Look {
        let Source { connection, owner, issuer, reach } = source;
        // Those who wait for their own answers do not take the seats of those who look.
        let place = format!("{connection}/published");
        Look {
            outgoing: self.outgoing.clone(),
            place,
            owner: (*owner).to_owned(),
            issuer: (*issuer).to_owned(),
            reach: reach.clone(),
        }
    }
}

/// One look at what is there, which nobody who leaves breaks off.
struct Look {
    outgoing: Outgoing,
    place: String,
    owner: String,
    issuer: String,
    reach: Reach,
}

impl Look {
    async fn metadata(&self) -> Result<Metadata, Unpublished> {
        let loopback = self.outgoing.is_on_loopback();
        let body = self.get(&metadata::address(&self.issuer, loopback)?, METADATA, Part::Metadata).await?;
        Ok(Metadata::judge(&body, &self.issuer, loopback)?)
    }

    async fn keys(&self, address: &str) -> Result<Keys, Unpublished> {
        Ok(Keys::read(&self.get(address, KEYS, Part::Keys).await?)?)
    }

    async fn get(&self, address: &str, expects: Expects, part: Part) -> Result<bytes::Bytes, Unpublished> {
        let place = Place { owner: &self.owner, name: &self.place };
        let answer = self.outgoing.trip(place, self.reach.clone(), LOOK)?.get(address, None, expects).await?;
        match answer.status {
            200 => Ok(answer.body),
            status => Err(Wrong::Status(part, status).into()),
        }
    }
}
