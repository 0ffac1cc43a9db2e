//! A connection as programs are told it, and what has to be registered at its provider.

use serde::Serialize;
use serde_json::{Value, json};
use store::{Error, Tx};

use crate::app::App;
use crate::federation::{
    Claims, ClientAuth, Connection, Oidc, Protocol, Settings, connections_of, domains_of, oidc as provider,
};
use crate::organizations::{self, Organization};
use crate::people;
use crate::platform::clock::Time;
use crate::platform::ids::OrganizationId;

/// Everything but the secret.
#[derive(Clone, Debug, Serialize)]
pub struct Told {
    pub id: String,
    pub organization: String,
    pub state: &'static str,
    pub kind: &'static str,
    #[serde(flatten)]
    pub settings: Value,
    pub has_secret: bool,
    pub secret_expires_at: Option<String>,
    pub has_trial_link: bool,
    pub trial_link_until: Option<String>,
    /// Since when a second factor shown there counts for everybody, and by which operator's word.
    pub mfa_accepted_at: Option<String>,
    pub mfa_accepted_by: Option<String>,
    /// Whose people are sent there while it is on.
    pub domains: Vec<String>,
    pub register: Values,
    pub created_at: String,
    pub changed_at: String,
}

/// What the organization's IT writes down at its provider.
#[derive(Clone, Debug, Serialize)]
pub struct Values {
    pub redirect_uri: String,
    pub post_logout_redirect_uri: String,
    pub backchannel_logout_uri: String,
    /// Only where we sign with a key of our own.
    pub jwks_uri: Option<String>,
    /// A page with all of these, to be sent to whoever needs them.
    pub setup_page: String,
}

pub fn values(app: &App, connection: &Connection) -> Values {
    let Protocol::Oidc(oidc) = &connection.settings.protocol;
    let at = |what: &str| format!("{}/federation/{}/{what}", app.public_url, connection.id);
    Values {
        redirect_uri: provider::redirect_uri(app, &connection.id),
        post_logout_redirect_uri: provider::signed_out_uri(app, &connection.id),
        backchannel_logout_uri: at("backchannel-logout"),
        jwks_uri: (oidc.auth == ClientAuth::PrivateKeyJwt).then(|| at("jwks")),
        setup_page: at("setup"),
    }
}

/// The connections of an organization, or of all.
///
/// # Errors
/// When the database says no.
pub async fn told(
    tx: &mut Tx,
    app: &App,
    organization: Option<&OrganizationId>,
) -> Result<Vec<(Connection, Told)>, Error> {
    let mut all = Vec::new();
    for connection in connections_of(tx, organization).await? {
        let Some(owner) = organizations::by_id(tx, &connection.organization).await? else { continue };
        let domains = domains_of(tx, &connection.id).await?;
        let accepted = match &connection.settings.mfa_accepted {
            Some(accepted) => people::by_id(tx, &accepted.by).await?.map(|operator| operator.email),
            None => None,
        };
        let one = of(app, &connection, &owner, (domains, accepted));
        all.push((connection, one));
    }
    Ok(all)
}

fn of(
    app: &App,
    connection: &Connection,
    owner: &Organization,
    (domains, mfa_accepted_by): (Vec<String>, Option<String>),
) -> Told {
    let Protocol::Oidc(oidc) = &connection.settings.protocol;
    let link = connection.opt_in_until.filter(|until| app.clock.now() < *until);
    Told {
        id: connection.id.to_string(),
        organization: owner.slug.clone(),
        state: connection.state.as_str(),
        kind: connection.settings.protocol.kind().as_str(),
        settings: settings_json(&connection.settings),
        has_secret: oidc.secret.is_some(),
        secret_expires_at: oidc.secret_expires_at.map(Time::to_text),
        has_trial_link: link.is_some(),
        trial_link_until: link.map(Time::to_text),
        mfa_accepted_at: connection.settings.mfa_accepted.as_ref().map(|accepted| accepted.at.to_text()),
        mfa_accepted_by,
        domains,
        register: values(app, connection),
        created_at: connection.created_at.to_text(),
        changed_at: connection.changed_at.to_text(),
    }
}

/// The settings without the secret, in the words in which they are written down.
pub fn settings_json(settings: &Settings) -> Value {
    let Protocol::Oidc(Oidc { issuer, client_id, auth, scopes, claims, mfa_acr, .. }) = &settings.protocol;
    let Claims { email, first_name, last_name, user_name, roles } = claims;
    let given = settings.roles.iter().map(|(value, role)| (value.clone(), json!(role.as_str())));
    json!({
        "name": settings.name,
        "issuer": issuer,
        "client_id": client_id,
        "auth_method": auth.as_str(),
        "scopes": scopes,
        "claims": {
            "email": email, "first_name": first_name, "last_name": last_name, "user_name": user_name, "roles": roles,
        },
        "roles": given.collect::<serde_json::Map<String, Value>>(),
        "mfa_acr": mfa_acr,
        "creates_accounts": settings.creates_accounts,
        "accounts_a_day": settings.accounts_a_day,
        "requires_verified_email": settings.requires_verified_email,
        "trusts_mfa": settings.trusts_mfa,
        "private_network": settings.private_network,
        "private_hosts": settings.private_hosts,
    })
}
