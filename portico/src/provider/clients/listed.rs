//! Clients as those who run this see them: everything that was registered, and how their secrets fare.

use std::collections::HashMap;

use store::{Error, Tx};

use super::{NewClient, queries};
use crate::platform::clock::Time;

/// A client with what is known beside its registration.
#[derive(Clone, Debug)]
pub struct Listed {
    pub new: NewClient,
    /// It has sent a PKCE challenge once, and always must from then on.
    pub pkce_pinned: bool,
    pub created_at: Time,
    pub disabled_at: Option<Time>,
    pub secrets: Vec<ListedSecret>,
}

/// A secret, of which nobody knows more than its id any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedSecret {
    pub id: String,
    pub created_at: Time,
    pub expires_at: Option<Time>,
    /// To the hour.
    pub last_used_at: Option<Time>,
}

impl ListedSecret {
    pub fn is_in_force(&self, now: Time) -> bool {
        self.expires_at.is_none_or(|end| now < end)
    }
}

/// Every client there is, disabled ones too, by id.
///
/// # Errors
/// When the database says no.
pub async fn all(tx: &mut Tx) -> Result<Vec<Listed>, Error> {
    let mut clients = queries::all(tx).await?;
    let places: HashMap<String, usize> =
        clients.iter().enumerate().map(|(at, client)| (client.new.id.clone(), at)).collect();
    for (client, kind, uri) in queries::all_uris(tx).await? {
        let Some(client) = places.get(&client).and_then(|at| clients.get_mut(*at)) else { continue };
        match kind.as_str() {
            "redirect" => client.new.redirect_uris.push(uri),
            _ => client.new.post_logout_redirect_uris.push(uri),
        }
    }
    for (client, grant) in queries::all_grant_types(tx).await? {
        let Some(client) = places.get(&client).and_then(|at| clients.get_mut(*at)) else { continue };
        client.new.grants.push(grant);
    }
    for (client, organization) in queries::all_organizations(tx).await? {
        let Some(client) = places.get(&client).and_then(|at| clients.get_mut(*at)) else { continue };
        client.new.organizations.push(organization);
    }
    for (client, secret) in queries::all_secrets(tx).await? {
        let Some(client) = places.get(&client).and_then(|at| clients.get_mut(*at)) else { continue };
        client.secrets.push(secret);
    }
    Ok(clients)
}
