//! Addresses that sign-in is slowed from: `address`.

use std::net::IpAddr;

use anyhow::bail;
use clap::{Args, Subcommand};
use serde_json::json;
use store::Tx;

use super::{Configured, Misconfigured, say, table};
use crate::platform::web::Moment;
use crate::sources::{self, Slowed};

#[derive(Subcommand)]
pub enum Address {
    /// Addresses from which sign-in failed for many different names within a week, the last one first; exit 1 while one has to wait
    List(List),
    /// Let an address go: what it is counted for begins anew
    Release(Release),
}

#[derive(Args)]
pub struct List {
    /// For programs
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    configured: Configured,
}

#[derive(Args)]
pub struct Release {
    /// As the list shows it, or any address of that network
    address: String,
    #[command(flatten)]
    configured: Configured,
}

pub async fn run(command: Address) -> anyhow::Result<()> {
    match command {
        Address::List(options) => list(&options).await,
        Address::Release(options) => release(&options).await,
    }
}

async fn list(options: &List) -> anyhow::Result<()> {
    let app = options.configured.app().await?;
    let slowed = app.db.read("address.list", async |tx: &mut Tx| sources::list(tx).await).await?;
    let now = app.clock.now();
    let waits = |one: &Slowed| now < one.until;
    if options.json {
        let told = |one: &Slowed| {
            json!({
                "address": one.address, "names": one.names, "pauses": one.pauses, "first_at": one.first_at.0,
                "last_at": one.last_at.0, "until": one.until.0, "waits": waits(one),
            })
        };
        say(json!(slowed.iter().map(told).collect::<Vec<_>>()));
    } else if slowed.is_empty() {
        say("From no address has sign-in failed for many names lately.");
    } else {
        let at = |time| Moment::new(time, "UTC", now).text;
        for one in &slowed {
            say(table(&[
                ("Address", one.address.clone()),
                ("Different names", format!("{} within the window", one.names)),
                (
                    "Had to wait",
                    format!("{} times since {}, last at {}", one.pauses, at(one.first_at), at(one.last_at)),
                ),
                ("Waits now", if waits(one) { format!("until {}", at(one.until)) } else { "no".into() }),
            ]));
            say("");
        }
        say(
            "Is one of them an organization's way out? `limits.known_networks` names those that are not counted by address.",
        );
    }
    if slowed.iter().any(waits) { Err(super::Exit(1).into()) } else { Ok(()) }
}

async fn release(options: &Release) -> anyhow::Result<()> {
    let typed = options.address.split('/').next().unwrap_or_default();
    let Ok(address) = typed.parse::<IpAddr>() else {
        bail!(Misconfigured(format!("{:?} is no network address. Write it like 203.0.113.9.", options.address)));
    };
    let app = options.configured.app().await?;
    let release = async |tx: &mut Tx| sources::release(tx, &app, address).await;
    if !app.db.write("address.release", release).await? {
        bail!("{} had not to wait lately.", options.address);
    }
    say(format_args!("{} need not wait any more. What it is counted for begins anew.", options.address));
    Ok(())
}
