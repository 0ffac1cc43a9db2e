//! Lakeshore's connection to its identity provider, as its IT would have set it up.

use secrecy::ExposeSecret;
use store::Tx;

use super::{Props, SeedError, queries};
use crate::demo::idp::{Agreement, CONNECTION, SECOND_FACTOR, STAFF};
use crate::deployment;
use crate::federation::{self, Claims, ClientAuth, LinkedBy, Oidc, Protocol, Role, Settings, State};
use crate::people::{self, Identifier};
use crate::platform::ids::ConnectionId;

const ORGANIZATION: &str = "lakeshore";
const DOMAIN: &str = "lakeshore.example";
const NAME: &str = "Lakeshore Hospital";

/// Connects it once, and follows the identity provider to where it answers this time.
///
/// # Errors
/// When the database says no.
pub async fn connect(tx: &mut Tx, props: Props<'_>) -> Result<(), SeedError> {
    let id = ConnectionId::from(CONNECTION);
    let agreement = Agreement::of(props.keys, props.addresses);
    if !deployment::first_time(tx, "demo_connection").await? {
        return follow(tx, &id, agreement.issuer).await;
    }
    let organization = queries::organization(tx, ORGANIZATION).await?;
    let organization = organization.ok_or(SeedError::Script("Lakeshore is missing"))?;
    federation::insert_connection(tx, &id, &organization, &settings(props, &id, agreement)).await?;
    let led = federation::lead_domain(tx, &organization, DOMAIN, Some(&id)).await?;
    let on = federation::set_state(tx, &id, State::On).await?;
    link_administrators(tx, &id).await?;
    if led && on { Ok(()) } else { Err(SeedError::Script("Lakeshore cannot be connected")) }
}

/// By hand, as whoever administers is linked: the hospital's word for their email would not do.
async fn link_administrators(tx: &mut Tx, id: &ConnectionId) -> Result<(), SeedError> {
    for colleague in STAFF {
        let Some(name) = Identifier::parse(colleague.email) else { continue };
        let account = people::by_identifier(tx, &name).await?;
        if let Some(account) = account.filter(|account| account.is_administrator) {
            federation::link(tx, id, colleague.sub, &account, LinkedBy::Administrator).await?;
        }
    }
    Ok(())
}

fn settings(props: Props<'_>, id: &ConnectionId, agreement: Agreement) -> Settings {
    let secret = federation::seal_secret(props.keys, id, agreement.secret.expose_secret().as_bytes());
    let oidc = Oidc {
        issuer: agreement.issuer,
        client_id: agreement.client,
        auth: ClientAuth::SecretBasic,
        secret: Some(secret),
        secret_expires_at: None,
        scopes: "openid email profile groups".to_owned(),
        claims: Claims { roles: vec!["groups".to_owned()], ..Claims::default() },
        mfa_acr: vec![SECOND_FACTOR.to_owned()],
    };
    Settings {
        requires_verified_email: true,
        trusts_mfa: true,
        roles: vec![("portico-administrators".to_owned(), Role::ProgramAdministrator)],
        ..Settings::new(NAME, Protocol::Oidc(oidc))
    }
}

/// Leaves everything else as a visitor may have changed it.
async fn follow(tx: &mut Tx, id: &ConnectionId, issuer: String) -> Result<(), SeedError> {
    change(tx, id, |settings| {
        let Protocol::Oidc(oidc) = &mut settings.protocol;
        oidc.issuer = issuer;
    })
    .await
}

/// Whether accounts are made for its people who have none.
///
/// # Errors
/// When the database says no.
pub async fn let_accounts_be_created(tx: &mut Tx, create: bool) -> Result<(), SeedError> {
    change(tx, &ConnectionId::from(CONNECTION), |settings| settings.creates_accounts = create).await
}

async fn change(tx: &mut Tx, id: &ConnectionId, how: impl FnOnce(&mut Settings)) -> Result<(), SeedError> {
    // A visitor may have taken it away.
    let Some(mut connection) = federation::connection(tx, id).await? else { return Ok(()) };
    how(&mut connection.settings);
    federation::change_connection(tx, id, &connection.settings).await?;
    Ok(())
}
