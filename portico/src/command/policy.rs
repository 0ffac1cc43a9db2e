//! What an organization, or a product, asks of people who sign in: `policy`.

use anyhow::bail;
use clap::{Args, Subcommand};
use serde_json::{Value, json};
use store::Tx;

use super::organization::{named, typist};
use super::session_policy::{self, SessionOptions};
use super::{Configured, say, table};
use crate::app::App;
use crate::audit::{self, Actor, Entry, Event};
use crate::organizations::{self, EmailCode, FactorPolicy, Mfa, Organization};
use crate::platform::ids::AccountId;
use crate::platform::spelled::spelled;
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
    /// Whether people are told of a sign-in from a network that is new: on, or off where they are on the move all day
    #[arg(long, value_name = "WORD", value_parser = on_or_off)]
    network_notices: Option<OnOff>,
    #[command(flatten)]
    session: SessionOptions,
    /// Who types this, by an operator's email: kept in the audit trail
    #[arg(long, value_name = "NAME")]
    operator: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum OnOff {
    On,
    Off,
}

spelled!(OnOff { On = "on", Off = "off" });

/// What is shown, and what a change is told by.
#[derive(PartialEq)]
struct InForce {
    organization: Organization,
    network_notices: OnOff,
}

impl InForce {
    async fn of(tx: &mut Tx, slug: &str) -> anyhow::Result<InForce> {
        let organization = named(tx, slug).await?;
        let told = organizations::tells_of_networks(tx, &organization.id).await?;
        Ok(InForce { organization, network_notices: if told { OnOff::On } else { OnOff::Off } })
    }
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

fn on_or_off(word: &str) -> Result<OnOff, String> {
    word.parse().map_err(|_| "it is on or off".to_owned())
}

pub async fn run(command: Policy) -> anyhow::Result<()> {
    match command {
        Policy::Show(which) => {
            let app = which.configured.app().await?;
            let read = async |tx: &mut Tx| InForce::of(tx, &which.organization).await;
            show(&app.db.read("policy.show", read).await?, which.json);
            Ok(())
        }
        Policy::Set(options) => set(&options).await,
        Policy::Product(options) => of_product(&options).await,
    }
}

async fn set(options: &Set) -> anyhow::Result<()> {
    let app = options.which.configured.app().await?;
    let typist = typist(&app, options.operator.as_deref()).await?;
    let write = async |tx: &mut Tx| change(tx, &app, options, typist.as_ref()).await;
    show(&app.db.write("policy.set", write).await?, options.which.json);
    Ok(())
}

async fn change(tx: &mut Tx, app: &App, options: &Set, typist: Option<&AccountId>) -> anyhow::Result<InForce> {
    let Set { which, mfa, email_code, factor_reset, session, network_notices, .. } = options;
    let before = InForce::of(tx, &which.organization).await?;
    let id = &before.organization.id;
    let new = FactorPolicy { mfa: *mfa, email_code: *email_code, factor_reset_hours: *factor_reset };
    organizations::set_factor_policy(tx, id, new).await?;
    session.set(tx, &before.organization).await?;
    if let Some(word) = network_notices {
        organizations::set_network_notices(tx, id, *word == OnOff::On).await?;
    }
    let after = InForce::of(tx, &which.organization).await?;
    if after != before {
        let details = json!({ "before": told(&before), "after": told(&after), "typed_by": typist });
        let entry = Entry::plain(Event::PolicyChanged, Actor::Command, details);
        audit::record(tx, &app.entropy, Entry { organization: Some(id), ..entry }).await?;
    }
    Ok(after)
}

fn told(in_force: &InForce) -> Value {
    let policy = &in_force.organization.policy;
    json!({
        "mfa": policy.mfa.as_str(), "email_code": policy.email_code.as_str(),
        "factor_reset_hours": policy.factor_reset.as_secs() / 3_600, "session": session_policy::as_json(&policy.session),
        "network_notices": in_force.network_notices.as_str(),
    })
}

fn show(in_force: &InForce, as_json: bool) {
    let policy = &in_force.organization.policy;
    let hours = policy.factor_reset.as_secs() / 3_600;
    if as_json {
        say(json!({
            "organization": in_force.organization.slug, "mfa": policy.mfa.as_str(),
            "mfa_for_administrators": policy.mfa_for_administrators.max(policy.mfa).as_str(),
            "email_code": policy.email_code.as_str(), "factor_reset_hours": hours,
            "session": session_policy::as_json(&policy.session),
            "network_notices": in_force.network_notices.as_str(),
        }));
        return;
    }
    let mut rows = vec![
        ("Second factor", policy.mfa.as_str().to_owned()),
        ("Of administrators", policy.mfa_for_administrators.max(policy.mfa).as_str().into()),
        ("Code by mail instead", policy.email_code.as_str().into()),
        ("A reset of a lost one waits", format!("{hours} hours")),
        ("Told of a new network", in_force.network_notices.as_str().into()),
    ];
    rows.extend(session_policy::as_rows(&policy.session));
    say(table(&rows));
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
