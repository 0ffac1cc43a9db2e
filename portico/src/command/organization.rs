//! What commands about organizations have in common.

use anyhow::bail;
use clap::Args;
use store::Tx;

use super::{Configured, Misconfigured};
use crate::app::App;
use crate::organizations::{self, Organization};
use crate::people::{self, Account, Identifier, StaffRole};

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
