//! What an organization, or a product, asks of people who sign in: `policy`.

use anyhow::bail;
use clap::{Args, Subcommand};
use serde_json::json;
use store::Tx;

use super::organization::{named, organization};
use super::{Configured, say, table};
use crate::app::App;
use crate::audit::{self, Actor, Entry, Event};
use crate::organizations::{self, EmailCode, FactorPolicy, Mfa, Organization};
use crate::products;

#[derive(Subcommand)]
pub enum Policy {
    /// What holds for an organization's people
    Show(Which),
    /// Change it; what is not named stays
    Set(Set),
    /// Whether a product requires a second factor of everybody who may open it
    Product(OfProduct),
}

#[derive(Args)]
pub struct Which {
    /// The organization's short name
    organization: String,
    /// For programs
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    configured: Configured,
}

#[derive(Args)]
pub struct Set {
    #[command(flatten)]
    which: Which,
    /// Who needs a second factor: off, offered or required
    #[arg(long, value_parser = mfa)]
    mfa: Option<Mfa>,
    /// Whether a code by mail may stand in for one that is not required: off or allowed
    #[arg(long, value_parser = email_code)]
    email_code: Option<EmailCode>,
    /// How long a reset of a lost one waits: 1 to 336
    #[arg(long, value_name = "HOURS", value_parser = clap::value_parser!(i64).range(1..=336))]
    factor_reset: Option<i64>,
}

#[derive(Args)]
pub struct OfProduct {
    /// The product's short name
    product: String,
    /// off, offered or required
    #[arg(long, value_parser = mfa)]
    mfa: Mfa,
    #[command(flatten)]
    configured: Configured,
}

fn mfa(word: &str) -> Result<Mfa, String> {
    word.parse().map_err(|_| "it is off, offered or required".to_owned())
}

fn email_code(word: &str) -> Result<EmailCode, String> {
    word.parse().map_err(|_| "it is off or allowed".to_owned())
}

pub async fn run(command: Policy) -> anyhow::Result<()> {
    match command {
        Policy::Show(which) => {
            let app = which.configured.app().await?;
            show(&organization(&app, &which.organization).await?, which.json);
            Ok(())
        }
        Policy::Set(options) => set(&options).await,
        Policy::Product(options) => of_product(&options).await,
    }
}

async fn set(options: &Set) -> anyhow::Result<()> {
    let Set { which, mfa, email_code, factor_reset } = options;
    let app = which.configured.app().await?;
    let new = FactorPolicy { mfa: *mfa, email_code: *email_code, factor_reset_hours: *factor_reset };
    let write = async |tx: &mut Tx| change(tx, &app, &which.organization, new).await;
    show(&app.db.write("policy.set", write).await?, which.json);
    Ok(())
}

async fn change(tx: &mut Tx, app: &App, slug: &str, new: FactorPolicy) -> anyhow::Result<Organization> {
    let before = named(tx, slug).await?;
    organizations::set_factor_policy(tx, &before.id, new).await?;
    let after = named(tx, slug).await?;
    if after != before {
        let told = |one: &Organization| {
            let policy = &one.policy;
            json!({
                "mfa": policy.mfa.as_str(), "email_code": policy.email_code.as_str(),
                "factor_reset_hours": policy.factor_reset.as_secs() / 3_600,
            })
        };
        let details = json!({ "before": told(&before), "after": told(&after) });
        let entry = Entry::plain(Event::PolicyChanged, Actor::Command, details);
        audit::record(tx, &app.entropy, Entry { organization: Some(&after.id), ..entry }).await?;
    }
    Ok(after)
}

fn show(organization: &Organization, as_json: bool) {
    let policy = &organization.policy;
    let hours = policy.factor_reset.as_secs() / 3_600;
    if as_json {
        say(json!({
            "organization": organization.slug, "mfa": policy.mfa.as_str(),
            "mfa_for_administrators": policy.mfa_for_administrators.max(policy.mfa).as_str(),
            "email_code": policy.email_code.as_str(), "factor_reset_hours": hours,
        }));
        return;
    }
    say(table(&[
        ("Second factor", policy.mfa.as_str().into()),
        ("Of administrators", policy.mfa_for_administrators.max(policy.mfa).as_str().into()),
        ("Code by mail instead", policy.email_code.as_str().into()),
        ("A reset of a lost one waits", format!("{hours} hours")),
    ]));
}

async fn of_product(options: &OfProduct) -> anyhow::Result<()> {
    let OfProduct { product, mfa, configured } = options;
    let app = configured.app().await?;
    let write = async |tx: &mut Tx| {
        if !products::set_mfa(tx, product, *mfa).await? {
            return Ok(false);
        }
        let details = json!({ "product": product, "mfa": mfa.as_str() });
        audit::record(tx, &app.entropy, Entry::plain(Event::PolicyChanged, Actor::Command, details)).await?;
        Ok::<_, store::Error>(true)
    };
    if !app.db.write("policy.product", write).await? {
        bail!("There is no product {product}.");
    }
    say(format!("{product}: {}. Whoever signs in from now on meets it.", mfa.as_str()));
    Ok(())
}
