//! `connection add` and `connection change`.

use std::collections::BTreeMap;

use anyhow::bail;
use clap::Args;
use serde_json::json;
use store::Tx;

use super::super::organization::organization;
use super::super::{Configured, Exit, Misconfigured, say, table};
use super::secret::{self, Source};
use super::show::{examine, tell_look, to_register, with_findings};
use super::{Which, find, is_broken, may, refused};
use crate::audit::Actor;
use crate::federation::{self, Wanted, WantedClaims};

/// What can be said of a connection.
#[derive(Args)]
pub struct OfConnection {
    /// What its people are told they sign in with
    #[arg(long)]
    name: Option<String>,
    /// The provider's issuer, to the letter
    #[arg(long, value_name = "ADDRESS")]
    issuer: Option<String>,
    /// What the provider calls us
    #[arg(long, value_name = "ID")]
    client_id: Option<String>,
    /// client_secret_basic, client_secret_post or private_key_jwt
    #[arg(long, value_name = "METHOD")]
    auth_method: Option<String>,
    /// What we ask for: a list of words with openid among them
    #[arg(long)]
    scopes: Option<String>,
    /// Make accounts for people it sends that have none
    #[arg(long, value_name = "true|false")]
    creates_accounts: Option<bool>,
    /// So many of them within a day, at most; 500 if nothing is said
    #[arg(long, value_name = "NUMBER")]
    accounts_a_day: Option<u32>,
    /// An email counts only where the provider says that it is verified; left out: as the organization's preset has it (modern: true)
    #[arg(long, value_name = "true|false")]
    requires_verified_email: Option<bool>,
    /// A second factor shown there counts here
    #[arg(long, value_name = "true|false")]
    trusts_mfa: Option<bool>,
    /// acr values that say that a second factor was shown; several times
    #[arg(long, value_name = "VALUE")]
    mfa_acr: Vec<String>,
    /// Its issuer's host may lie in a private network
    #[arg(long, value_name = "true|false")]
    private_network: Option<bool>,
    /// So may this one, for its keys or tokens, with a port where that is not 443; several times
    #[arg(long, value_name = "HOST[:PORT]")]
    private_host: Vec<String>,
    /// Claim the email is read from; several times, in order, as for the others
    #[arg(long, value_name = "CLAIM")]
    claim_email: Vec<String>,
    #[arg(long, value_name = "CLAIM")]
    claim_first_name: Vec<String>,
    #[arg(long, value_name = "CLAIM")]
    claim_last_name: Vec<String>,
    #[arg(long, value_name = "CLAIM")]
    claim_user_name: Vec<String>,
    /// Claim roles are read from
    #[arg(long, value_name = "CLAIM")]
    claim_roles: Vec<String>,
    /// A value of the roles claim and the role it gives, such as it-admins=program_administrator; several times
    #[arg(long, value_name = "VALUE=ROLE")]
    role: Vec<String>,
}

#[derive(Args)]
pub struct Add {
    /// The organization's short name
    #[arg(long, value_name = "SLUG")]
    organization: String,
    #[command(flatten)]
    of: OfConnection,
    #[command(flatten)]
    source: Source,
    /// For programs
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    configured: Configured,
}

#[derive(Args)]
pub struct Change {
    #[command(flatten)]
    which: Which,
    #[command(flatten)]
    of: OfConnection,
}

impl OfConnection {
    fn wanted(&self) -> anyhow::Result<Wanted> {
        let list = |list: &Vec<String>| (!list.is_empty()).then(|| list.clone());
        let mut roles = BTreeMap::new();
        for pair in &self.role {
            let Some((value, role)) = pair.rsplit_once('=') else {
                bail!(Misconfigured(format!("--role {pair:?} is not of the form VALUE=ROLE.")));
            };
            roles.insert(value.to_owned(), role.to_owned());
        }
        Ok(Wanted {
            name: self.name.clone(),
            issuer: self.issuer.clone(),
            client_id: self.client_id.clone(),
            auth_method: self.auth_method.clone(),
            scopes: self.scopes.clone(),
            creates_accounts: self.creates_accounts,
            accounts_a_day: self.accounts_a_day,
            requires_verified_email: self.requires_verified_email,
            trusts_mfa: self.trusts_mfa,
            private_network: self.private_network,
            private_hosts: list(&self.private_host),
            claims: WantedClaims {
                email: list(&self.claim_email),
                first_name: list(&self.claim_first_name),
                last_name: list(&self.claim_last_name),
                user_name: list(&self.claim_user_name),
                roles: list(&self.claim_roles),
            },
            roles: (!roles.is_empty()).then_some(roles),
            mfa_acr: list(&self.mfa_acr),
        })
    }
}

pub async fn add(options: &Add) -> anyhow::Result<()> {
    let app = options.configured.app().await?;
    let organization = organization(&app, &options.organization).await?;
    let settings = options
        .of
        .wanted()?
        .new_settings(may(&app), organization.policy.preset)
        .map_err(|problems| refused(&problems))?;
    let new = secret::new_secret(&options.source, &settings)?;
    let make = async |tx: &mut Tx| {
        let plain = new.as_ref().map(|new| new.plain.as_slice());
        let ends = new.as_ref().and_then(|new| new.expires_at);
        federation::add_connection(tx, &app, Actor::Command, &organization, (settings.clone(), plain, ends)).await
    };
    let id = match app.db.write("federation.add", make).await {
        Ok(id) => id,
        Err(error) => bail!("No connection was made: {error}."),
    };
    let (connection, told) = find(&app, id.as_str()).await?;
    let (look, findings) = examine(&app, &connection, &told).await;
    if options.json {
        say(with_findings(&told, &findings));
        return Ok(());
    }
    say(format_args!("Connection {id} of {} is made. Nobody is sent there yet.\n", organization.name));
    tell_look(&look, &findings);
    say("\nTo be registered at the provider");
    say(table(&to_register(&told)));
    let next = if is_broken(&findings) { "test" } else { "trial" };
    say(format_args!("\nThen: portico connection {next} {id}"));
    Ok(())
}

pub async fn change(options: &Change) -> anyhow::Result<()> {
    let (app, connection, _) = options.which.open().await?;
    let wanted = options.of.wanted()?;
    let change = async |tx: &mut Tx| {
        federation::change_settings(tx, &app, Actor::Command, (&connection, &wanted, may(&app))).await
    };
    app.db.write("federation.change", change).await?.map_err(|problems| refused(&problems))?;
    let (connection, told) = find(&app, connection.id.as_str()).await?;
    let (look, findings) = examine(&app, &connection, &told).await;
    if options.which.json {
        say(with_findings(&told, &findings));
    } else {
        tell_look(&look, &findings);
        say(json!(told.settings));
    }
    // It is changed all the same: perhaps the provider is next.
    if is_broken(&findings) { Err(Exit(1).into()) } else { Ok(()) }
}
