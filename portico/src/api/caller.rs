//! Which organization's program calls.

use std::collections::HashMap;
use std::time::Duration;

use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use oidc::bearer::{INVALID_TOKEN, Scheme};
use store::Tx;

use super::{Problem, Refused};
use crate::app::App;
use crate::audit::Actor;
use crate::organizations::{self, Organization};
use crate::platform::limits::{self, Within};
use crate::platform::web::Error;
use crate::provider::{self, Holder, ORGANIZATION_SCOPE, Unanswered};

/// Requests of one organization's programs that make us ask somebody else.
const LOOKS: i64 = 60;
const WINDOW: Duration = Duration::from_secs(600);

/// A program that may act for the organization in the address.
pub struct Caller {
    pub app: App,
    pub organization: Organization,
    client: String,
}

impl FromRequestParts<App> for Caller {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Caller, Refused> {
        let request = (parts.method.as_str(), parts.uri.path());
        let held = provider::presented_token(app, &parts.headers, None, request).await?;
        provider::require_scope(&held, ORGANIZATION_SCOPE)?;
        let Holder::Client(client) = &held.holder else {
            return Err(Unanswered::Token(Scheme::Bearer, Some(INVALID_TOKEN)).into());
        };
        let Path(named) =
            Path::<HashMap<String, String>>::from_request_parts(parts, app).await.map_err(|_| Problem::not_found())?;
        let slug = named.get("organization").map(String::as_str).unwrap_or_default();
        let find = async |tx: &mut Tx| organizations::by_slug(tx, slug).await;
        let found = app.db.read("api.organization", find).await?;
        // Another's is answered as one that there is not.
        let own = found.filter(|organization| client.organizations.contains(&organization.id));
        let organization = own.ok_or_else(Problem::not_found)?;
        Ok(Caller { app: app.clone(), organization, client: client.id().to_owned() })
    }
}

impl Caller {
    pub fn actor(&self) -> Actor<'_> {
        Actor::Client(&self.client)
    }

    /// Counts a request by which we ask a name server or an identity provider.
    ///
    /// # Errors
    /// When there were too many.
    pub async fn counts_as_look(&self) -> Result<(), Refused> {
        let key = self.app.limit_key("looks", self.organization.id.as_str());
        match limits::count_alone(&self.app.db, self.app.clock.now(), &key, WINDOW, LOOKS).await? {
            Within::Limit => Ok(()),
            Within::Exceeded { retry_after } => Err(Error::TooMany { retry_after }.into()),
        }
    }
}
