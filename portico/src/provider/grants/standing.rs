//! What a grant is worth at this moment, and whose it is.

use std::sync::Arc;
use std::time::Instant;

use oidc::Scope;
use store::Tx;

use super::opening::{Place, opening, places};
use super::queries;
use crate::app::App;
use crate::organizations::{self, Organization};
use crate::platform::clock::Time;
use crate::platform::ids::{AccountId, GrantId, OrganizationId};
use crate::platform::web::Error;
use crate::provider::clients::{self, Registered};

/// A grant that is good, with everything a client may be told of its person.
pub struct Standing {
    pub client: Arc<Registered>,
    pub account: AccountId,
    pub organization: Organization,
    pub subject: String,
    pub scope: Scope,
    /// Single claims asked for, by name.
    pub claims: String,
    pub jkt: Option<String>,
    /// The number of the refresh token that is due; `None`: there is none.
    pub generation: Option<i64>,
    pub expires_at: Time,
    pub person: Person,
    pub places: Vec<Place>,
    pub roles: Vec<String>,
}

/// An account, as far as it is told to clients.
#[derive(Clone, Debug)]
pub struct Person {
    pub email: String,
    pub email_verified: bool,
    pub user_name: Option<String>,
    pub first_name: String,
    pub last_name: String,
    pub language: Option<String>,
}

/// What is read of a grant that is good, before its client is asked.
pub(super) struct Found {
    pub client: String,
    pub account: AccountId,
    pub organization: OrganizationId,
    pub subject: String,
    pub scope: String,
    pub claims: String,
    pub jkt: Option<String>,
    pub generation: Option<i64>,
    pub expires_at: Time,
    pub person: Person,
}

/// The grant, if it is good; from memory for as long as that is fresh.
///
/// # Errors
/// When the database says no.
pub async fn standing(app: &App, id: &GrantId) -> Result<Option<Arc<Standing>>, Error> {
    if let Some(known) = app.provider.standings.get(id) {
        return Ok(Some(known));
    }
    let read = Instant::now();
    let found = app.db.read("provider.grant", async |tx: &mut Tx| queries::good(tx, id).await).await?;
    let Some(found) = found else { return Ok(None) };
    let Some(client) = clients::find(app, &found.client).await? else { return Ok(None) };
    let more = app
        .db
        .read("provider.standing", async |tx: &mut Tx| {
            let (organization, account) = (&found.organization, &found.account);
            if !opening(tx, &client, organization, account).await?.is_open() {
                return Ok(None);
            }
            let Some(whole) = organizations::by_id(tx, organization).await? else { return Ok(None) };
            let places = places(tx, &client, organization, account).await?;
            Ok::<_, store::Error>(Some((whole, places)))
        })
        .await?;
    let Some((organization, (places, roles))) = more else { return Ok(None) };
    // What its registration covers by now: a scope that was taken from a client is taken from its grants.
    let scope = Scope::parse(&found.scope).unwrap_or_default().and(&client.client.scope);
    let standing = Arc::new(Standing {
        client,
        account: found.account,
        organization,
        subject: found.subject,
        scope,
        claims: found.claims,
        jkt: found.jkt,
        generation: found.generation,
        expires_at: found.expires_at,
        person: found.person,
        places,
        roles,
    });
    app.provider.standings.put(id.clone(), read, standing.clone());
    Ok(Some(standing))
}
