//! `product open-to` and `close-to`: which organizations may use it.

use anyhow::bail;
use clap::Args;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde_json::json;
use store::Tx;

use super::super::{Configured, Misconfigured, say};
use super::{find, registry};
use crate::app::App;
use crate::organizations::{self, Organization};
use crate::platform::clock::Time;
use crate::products::{self, By, Terms, Until};

#[derive(Args)]
pub struct OpenTo {
    #[command(flatten)]
    pair: Pair,
    /// How many people may use it; needed the first time
    #[arg(long)]
    seats: Option<u32>,
    /// The first day, such as 2027-01-01, in the organization's time zone; at once if left out
    #[arg(long, value_name = "DAY")]
    from: Option<Date>,
    /// The last day
    #[arg(long, value_name = "DAY", conflicts_with = "without_end")]
    until: Option<Date>,
    /// Take the last day away
    #[arg(long)]
    without_end: bool,
}

#[derive(Args)]
pub struct CloseTo {
    #[command(flatten)]
    pair: Pair,
}

#[derive(Args)]
struct Pair {
    /// The product's short name
    product: String,
    /// The organization's short name
    organization: String,
    /// For programs
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    configured: Configured,
}

pub async fn open_to(options: &OpenTo) -> anyhow::Result<()> {
    let pair = &options.pair;
    let app = pair.configured.app().await?;
    let registry = registry(&app).await?;
    let product = find(&registry, &pair.product)?;
    let organization = organization(&app, &pair.organization).await?;
    let until = match options.until {
        // Through that day.
        Some(day) => Some(Until::Time(start_of(day.tomorrow()?, &organization)?)),
        None => options.without_end.then_some(Until::WithoutEnd),
    };
    let from = options.from.map(|day| start_of(day, &organization)).transpose()?;
    let terms = Terms { seats: options.seats.map(i64::from), from, until };
    let both = (product, &organization);
    let open = async |tx: &mut Tx| products::open_to(tx, By::command(&app), both, terms).await;
    let changes = match app.db.write("products.open_to", open).await? {
        Ok(changes) => changes,
        Err(bad) => bail!(Misconfigured(format!("{} was not opened to {}: {bad}.", pair.product, organization.name))),
    };
    if pair.json {
        say(json!({ "product": pair.product, "organization": organization.slug, "changes": changes }));
        return Ok(());
    }
    for change in &changes {
        say(change);
    }
    match changes.is_empty() {
        true => say(format_args!("Nothing changes for {}.", organization.name)),
        false => say(format_args!("{} is open to {}.", product.product.name, organization.name)),
    }
    Ok(())
}

pub async fn close_to(options: &CloseTo) -> anyhow::Result<()> {
    let pair = &options.pair;
    let app = pair.configured.app().await?;
    let registry = registry(&app).await?;
    let product = find(&registry, &pair.product)?;
    let organization = organization(&app, &pair.organization).await?;
    let both = (product, &organization);
    let close = async |tx: &mut Tx| products::close_to(tx, By::command(&app), both).await;
    let closed = app.db.write("products.close_to", close).await?;
    // Also where it was closed before: it may have stopped half-way.
    products::end_sessions(&app, product, Some(&organization.id)).await?;
    if !closed {
        bail!("{} has no license for {} that could end.", organization.name, pair.product);
    }
    let sentence = format!(
        "{} is closed to {}: its people are told whom to ask. Their access is kept for the day it is opened again.",
        product.product.name, organization.name
    );
    if pair.json {
        say(json!({ "product": pair.product, "organization": organization.slug, "done": sentence }));
    } else {
        say(sentence);
    }
    Ok(())
}

async fn organization(app: &App, slug: &str) -> anyhow::Result<Organization> {
    let found =
        app.db.read("products.organization", async |tx: &mut Tx| organizations::by_slug(tx, slug).await).await?;
    match found {
        Some(organization) => Ok(organization),
        None => bail!("There is no organization {slug}."),
    }
}

fn start_of(day: Date, organization: &Organization) -> anyhow::Result<Time> {
    let zone = TimeZone::get(&organization.time_zone).unwrap_or(TimeZone::UTC);
    let first =
        day.to_zoned(zone).map_err(|error| Misconfigured(format!("{day} is no day that can be told: {error}.")))?;
    Ok(Time(first.timestamp().as_microsecond()))
}
