//! Registered clients: what a product has told of itself, and how it shows that it is it.
//!
//! - [`find`] answers from memory for as long as that is fresh (half a second), so that a change holds on every node within a
//!   second and a request costs no look-up.
//! - Secrets are kept as a MAC under a server key. A database alone cannot try secrets, not even short ones.
//! - [`put`] writes a whole registration, new or changed, in one transaction; a client is disabled, never deleted: what it was
//!   given refers to it. Disabled it stays *ending* until all of that has ended ([`ended`]); only then it can come back.

mod listed;
mod new;
mod queries;
mod secret;
mod subject;

use std::sync::Arc;
use std::time::Instant;

use oidc::client_auth::Presented;
use oidc::jose::VerifyingKey;
use store::Tx;

use self::secret::SecretMac;
pub use listed::{Listed, ListedSecret, all};
pub use new::{BadRegistration, NewClient, ORGANIZATION_SCOPE, SCOPES, put};
pub use queries::{
    disable, enable, end_secrets, ended, ending, has_secret, is_ending, of_product, organizations_of, pin_pkce,
};
pub use secret::{add_secret, generate_secret, revoke_secret, shows_secret};
pub use subject::SubjectType;

use crate::app::App;
use crate::platform::ids::{AccountId, OrganizationId, ProductId};
use crate::platform::keys::Keys;
use crate::products::Mark;

/// Longer ids are nobody's.
const MAX_ID: usize = 128;

/// A client as it is registered.
#[derive(Debug)]
pub struct Registered {
    pub client: oidc::Client,
    /// Told to people.
    pub name: String,
    /// Its product's.
    pub mark: Mark,
    pub product: Option<ProductId>,
    /// Whose people may be signed in, where there is no product that says it.
    pub organizations: Vec<OrganizationId>,
    pub subject: SubjectType,
    pub third_party: bool,
    /// Its product requires a second factor of everybody.
    pub guarded: bool,
    pub backchannel_logout_uri: Option<String>,
    pub keys: Vec<VerifyingKey>,
    secrets: Vec<SecretMac>,
}

impl Registered {
    pub fn id(&self) -> &str {
        &self.client.id
    }

    /// Who an account is for this client.
    pub fn subject_of(&self, keys: &Keys, account: &AccountId) -> String {
        self.subject.of(keys, account)
    }

    /// Whether another program could stand at its redirect URIs: then its people are asked every time (ASVS 10.7.1).
    pub fn could_be_another(&self) -> bool {
        self.client.is_public() && self.client.redirect_uris.iter().any(oidc::redirect::RedirectUri::is_shared_ground)
    }

    /// Whether its people are asked before it gets anything (security.md C11): all others are one of our own, which an
    /// administrator has allowed.
    pub fn asks_people(&self) -> bool {
        self.third_party || self.could_be_another()
    }

    /// Whether what was presented is a way this client has registered; the proof itself is still to be looked at.
    pub fn comes_as(&self, presented: &Presented) -> bool {
        presented.fits(self.client.auth)
    }
}

/// The client of an id, disabled or not: what ends its people's sessions is told to it all the same.
///
/// # Errors
/// When the database says no.
pub async fn to_tell(app: &App, id: &str) -> Result<Option<Registered>, store::Error> {
    app.db.read("provider.client_to_tell", async |tx: &mut Tx| queries::by_id_in_any_state(tx, id).await).await
}

/// The client of an id, unless there is none or it is disabled.
///
/// # Errors
/// When the database says no.
pub async fn find(app: &App, id: &str) -> Result<Option<Arc<Registered>>, store::Error> {
    if id.len() > MAX_ID || !id.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Ok(None);
    }
    if let Some(known) = app.provider.clients.get(id) {
        return Ok(Some(known));
    }
    let read = Instant::now();
    let found = app.db.read("provider.client", async |tx: &mut Tx| queries::by_id(tx, id).await).await?;
    let found = found.map(Arc::new);
    if let Some(client) = &found {
        app.provider.clients.put(id.to_owned(), read, client.clone());
    }
    Ok(found)
}
