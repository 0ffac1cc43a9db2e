//! `organization`: what is done to all people of one; and what commands about organizations have in common.

use anyhow::bail;
use clap::{Args, Subcommand};
use serde_json::json;
use store::Tx;

use super::{Configured, Misconfigured, say};
use crate::app::App;
use crate::audit::{self, Actor, Entry, Event};
use crate::organizations::{self, Organization};
use crate::people::{self, Account, Identifier, StaffRole};
use crate::platform::ids::AccountId;
use crate::session;

#[derive(Subcommand)]
pub enum Command {
    /// Sign all of its people out everywhere; the products they are in are told
    EndSessions(EndSessions),
}

#[derive(Args)]
pub struct EndSessions {
    /// The organization's short name
    #[arg(required_unless_present = "all", conflicts_with = "all")]
    organization: Option<String>,
    /// Everybody, of every organization; you, too
    #[arg(long)]
    all: bool,
    /// Why: it is kept
    #[arg(long)]
    reason: String,
    /// Who types this, by an operator's email: kept in the audit trail
    #[arg(long, value_name = "NAME")]
    operator: Option<String>,
    /// For programs
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    configured: Configured,
}

pub async fn run(command: Command) -> anyhow::Result<()> {
    match command {
        Command::EndSessions(options) => end_sessions(&options).await,
    }
}

async fn end_sessions(options: &EndSessions) -> anyhow::Result<()> {
    let app = options.configured.app().await?;
    let typist = typist(&app, options.operator.as_deref()).await?;
    let all = async |tx: &mut Tx| match &options.organization {
        Some(slug) => Ok(vec![named(tx, slug).await?]),
        None => anyhow::Ok(organizations::all(tx).await?),
    };
    // Each in a write of its own: whoever stops it half-way starts it again.
    for organization in app.db.read("organization.named", all).await? {
        let end = async |tx: &mut Tx| end_all(tx, &app, &organization, &options.reason, typist.as_ref()).await;
        let ended = app.db.write("organization.end_sessions", end).await?;
        if options.json {
            say(json!({ "organization": organization.slug, "sessions_ended": ended }));
        } else {
            let sessions = if ended == 1 { "1 session is".into() } else { format!("{ended} sessions are") };
            say(format!("{}: {sessions} ended.", organization.name));
        }
    }
    Ok(())
}

async fn end_all(
    tx: &mut Tx,
    app: &App,
    organization: &Organization,
    reason: &str,
    typist: Option<&AccountId>,
) -> Result<u64, store::Error> {
    let ended = session::end_of_everybody(tx, &organization.id).await?;
    let details = json!({ "sessions": ended, "reason": reason, "typed_by": typist });
    let entry = Entry::plain(Event::SessionsEnded, Actor::Command, details);
    audit::record(tx, &app.entropy, Entry { organization: Some(&organization.id), ..entry }).await?;
    Ok(ended)
}

/// The operator who says that they type a command.
pub async fn typist(app: &App, name: Option<&str>) -> anyhow::Result<Option<AccountId>> {
    match name {
        Some(name) => Ok(Some(operator(app, name).await?.id)),
        None => Ok(None),
    }
}

/// What a list is of.
#[derive(Args)]
pub struct List {
    /// Only of this organization, by short name
    #[arg(long, value_name = "SLUG")]
    pub organization: Option<String>,
    /// For programs
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    pub configured: Configured,
}

/// The organization of a short name.
pub async fn organization(app: &App, slug: &str) -> anyhow::Result<Organization> {
    app.db.read("command.organization", async |tx: &mut Tx| named(tx, slug).await).await
}

/// The same within a transaction.
pub async fn named(tx: &mut Tx, slug: &str) -> anyhow::Result<Organization> {
    match organizations::by_slug(tx, slug).await? {
        Some(organization) => Ok(organization),
        None => bail!("There is no organization {slug}."),
    }
}

/// The account of an operator who answers for something by name.
pub async fn operator(app: &App, by: &str) -> anyhow::Result<Account> {
    let Some(identifier) = Identifier::parse(by) else { bail!(Misconfigured(format!("{by:?} is no account's name."))) };
    let find = async |tx: &mut Tx| people::by_identifier(tx, &identifier).await;
    let found = app.db.read("command.operator", find).await?;
    match found.filter(|account| account.staff == Some(StaffRole::Operator) && account.disabled_at.is_none()) {
        Some(operator) => Ok(operator),
        None => bail!("{by} is no operator's account, and only an operator can answer for that."),
    }
}
