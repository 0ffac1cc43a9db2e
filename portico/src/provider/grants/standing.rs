//! What a grant is worth at this moment, and whose it is.

use std::ops::Deref;
use std::sync::Arc;
use std::time::Instant;

use oidc::Scope;
use store::Tx;

use super::opening::{Place, opening, places};
use super::queries;
use crate::app::App;
use crate::organizations::{self, Organization, SessionRule};
use crate::platform::clock::Time;
use crate::platform::ids::{AccountId, GrantId, OrganizationId};
use crate::platform::web::Error;
use crate::provider::clients::{self, Registered};
use crate::session::Life;

/// A grant that is good, with everything a client may be told of its person. What its row says is asked of it like a part of
/// its own.
pub struct Standing {
    pub client: Arc<Registered>,
    pub organization: Organization,
    /// What was granted, as far as the client's registration covers it by now: a scope that was taken from a client is taken
    /// from its grants.
    pub scope: Scope,
    pub places: Vec<Place>,
    pub roles: Vec<String>,
    row: Granted,
}

impl Deref for Standing {
    type Target = Granted;

    fn deref(&self) -> &Granted {
        &self.row
    }
}

/// What the row of a good grant says, and its account's. Its client and the access are asked elsewhere.
pub struct Granted {
    pub(super) client: String,
    pub account: AccountId,
    pub(super) organization: OrganizationId,
    pub subject: String,
    pub(super) scope: String,
    /// Single claims asked for, by name.
    pub claims: String,
    pub jkt: Option<String>,
    /// The number of the refresh token that is due; `None`: there is none.
    pub generation: Option<i64>,
    pub expires_at: Time,
    pub(super) used_at: Time,
    /// When its session began, and was used last; `None`: that is forgotten.
    pub(super) session: Option<(Time, Time)>,
    pub person: Person,
}

impl Granted {
    fn is_over(&self, rule: &SessionRule, now: Time) -> bool {
        self.session.is_some_and(|(created_at, seen_at)| {
            let life = Life { created_at, seen_at, expires_at: self.expires_at };
            is_over(&self.scope, self.used_at, life, (rule, now))
        })
    }
}

/// Whether a grant is over with its session, by the organization's limits of today: too old, or used neither here nor there. A product at
/// work changes its tokens there, while nobody comes by here; nobody is thrown out of it for that. What was granted to outlive its
/// session has limits of its own. `life` is the session's, with the end of the grant.
pub(super) fn is_over(scope: &str, used_at: Time, life: Life, (rule, now): (&SessionRule, Time)) -> bool {
    let offline = scope.split(' ').any(|word| word == "offline_access");
    !offline && Life { seen_at: life.seen_at.max(used_at), ..life }.is_over(rule, now)
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

/// The grant, if it is good; from memory for as long as that is fresh.
///
/// # Errors
/// When the database says no.
pub async fn standing(app: &App, id: &GrantId) -> Result<Option<Arc<Standing>>, Error> {
    if let Some(known) = app.provider.standings.get(id) {
        return Ok(Some(known));
    }
    let read = Instant::now();
    let row = app.db.read("provider.grant", async |tx: &mut Tx| queries::good(tx, id).await).await?;
    let Some(row) = row else { return Ok(None) };
    let Some(client) = clients::find(app, &row.client).await? else { return Ok(None) };
    let more = app
        .db
        .read("provider.standing", async |tx: &mut Tx| {
            if !opening(tx, &client, &row.organization, &row.account).await?.is_open() {
                return Ok(None);
            }
            let whole = organizations::by_id(tx, &row.organization).await?;
            let now = Time(tx.now());
            let Some(whole) = whole.filter(|whole| !row.is_over(&whole.policy.session, now)) else { return Ok(None) };
            let places = places(tx, &client, &row.organization, &row.account).await?;
            Ok::<_, store::Error>(Some((whole, places)))
        })
        .await?;
    let Some((organization, (places, roles))) = more else { return Ok(None) };
    let scope = Scope::parse(&row.scope).unwrap_or_default().and(&client.client.scope);
    let standing = Arc::new(Standing { client, organization, scope, places, roles, row });
    app.provider.standings.put(id.clone(), read, standing.clone());
    Ok(Some(standing))
}
