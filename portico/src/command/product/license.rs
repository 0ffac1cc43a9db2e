//! `product open-to` and `close-to`: which organizations may use it.

use anyhow::bail;
use clap::Args;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde_json::json;
use store::Tx;

use super::super::organization::named;
use super::super::{Configured, Misconfigured, say};
use super::{living, product};
use crate::organizations::Organization;
use crate::platform::clock::Time;
use crate::products::{self, By, Stored, Terms, Until};

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
    let open = async |tx: &mut Tx| {
        let (product, organization) = pair.read(tx).await?;
        living(&product)?;
        let terms = options.terms(&organization)?;
        let opened = products::open_to(tx, By::command(&app), (&product, &organization), terms).await?;
        let refused = |bad| Misconfigured(format!("{} was not opened to {}: {bad}.", pair.product, organization.name));
        Ok::<_, anyhow::Error>((opened.map_err(refused)?, product, organization))
    };
    let ((license, changes), product, organization) = app.db.write("products.open_to", open).await?;
    if pair.json {
        say(json!({ "product": pair.product, "organization": organization.slug, "changes": changes }));
        return Ok(());
    }
    for change in &changes {
        say(change);
    }
    let (name, to) = (&product.product.name, &organization.name);
    match (changes.is_empty(), license.valid_from > app.clock.now()) {
        (true, _) => say(format_args!("Nothing changes for {to}.")),
        (false, false) => say(format_args!("{name} is open to {to}.")),
        (false, true) => say(format_args!("{name} will be open to {to}, from {}.", license.valid_from.to_text())),
    }
    Ok(())
}

pub async fn close_to(options: &CloseTo) -> anyhow::Result<()> {
    let pair = &options.pair;
    let app = pair.configured.app().await?;
    let close = async |tx: &mut Tx| {
        let (product, organization) = pair.read(tx).await?;
        let closed = products::close_to(tx, By::command(&app), (&product, &organization)).await?;
        Ok::<_, anyhow::Error>((closed, product, organization))
    };
    let (closed, product, organization) = app.db.write("products.close_to", close).await?;
    // Also where it was closed before: it may have stopped half-way.
    products::end_due(&app).await?;
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

impl OpenTo {
    fn terms(&self, organization: &Organization) -> anyhow::Result<Terms> {
        let until = match self.until {
            // Through that day.
            Some(day) => Some(Until::Time(start_of(day.tomorrow()?, organization)?)),
            None => self.without_end.then_some(Until::WithoutEnd),
        };
        let from = self.from.map(|day| start_of(day, organization)).transpose()?;
        Ok(Terms { seats: self.seats.map(i64::from), from, until })
    }
}

impl Pair {
    async fn read(&self, tx: &mut Tx) -> anyhow::Result<(Stored, Organization)> {
        let product = product(tx, &self.product).await?;
        Ok((product, named(tx, &self.organization).await?))
    }
}

fn start_of(day: Date, organization: &Organization) -> anyhow::Result<Time> {
    let zone = TimeZone::get(&organization.time_zone).unwrap_or(TimeZone::UTC);
    let first =
        day.to_zoned(zone).map_err(|error| Misconfigured(format!("{day} is no day that can be told: {error}.")))?;
    Ok(Time(first.timestamp().as_microsecond()))
}
