//! A second mailbox: `account secondary`. Named here, confirmed by whoever reads there and by nobody else.

use anyhow::bail;
use clap::{Args, Subcommand};
use serde_json::json;
use store::Tx;

use super::account::{Whom, parse};
use super::{Misconfigured, say};
use crate::continuity::{self, By};
use crate::notices::Cause;
use crate::people::{self, Email};

#[derive(Subcommand)]
pub enum Secondary {
    /// The address there is, and whether it is confirmed
    Show(Whom),
    /// Name one, and mail it the button that confirms it
    Set(Set),
    /// Take it away
    Remove(Whom),
}

#[derive(Args)]
pub struct Set {
    #[command(flatten)]
    whom: Whom,
    /// A mailbox outside of all of the organization's domains
    address: String,
}

pub async fn run(command: Secondary) -> anyhow::Result<()> {
    match command {
        Secondary::Show(whom) => show(&whom).await,
        Secondary::Set(options) => set(&options).await,
        Secondary::Remove(whom) => remove(&whom).await,
    }
}

async fn show(whom: &Whom) -> anyhow::Result<()> {
    let identifier = parse(&whom.who)?;
    let app = whom.configured.app().await?;
    let read = async |tx: &mut Tx| {
        let Some(account) = people::by_identifier(tx, &identifier).await? else { return Ok(None) };
        continuity::addresses_of(tx, &account.id).await.map(Some)
    };
    let Some(addresses) = app.db.read("account.secondary", read).await? else {
        bail!("There is no account {}.", whom.who)
    };
    if whom.json {
        let one = |address: &continuity::Address| json!({ "address": address.shown, "confirmed": address.verified_at.is_some() });
        say(json!(addresses.iter().map(one).collect::<Vec<_>>()));
        return Ok(());
    }
    if addresses.is_empty() {
        say(format_args!("{} has no second mailbox.", whom.who));
    }
    for address in addresses {
        let state = if address.verified_at.is_some() { "confirmed" } else { "waits for its button" };
        say(format_args!("{}: {state}", address.shown));
    }
    Ok(())
}

async fn set(options: &Set) -> anyhow::Result<()> {
    let Set { whom, address } = options;
    let identifier = parse(&whom.who)?;
    let email = Email::parse(address).ok_or_else(|| Misconfigured(format!("{address:?} is no email address.")))?;
    let app = whom.configured.app().await?;
    let write = async |tx: &mut Tx| {
        let Some(account) = people::by_identifier(tx, &identifier).await? else { return Ok(None) };
        continuity::name(tx, &app, By::command(), &account, &email, address).await.map(Some)
    };
    let done =
        app.db.write("account.name_secondary", write).await.map_err(|error: store::Error| anyhow::anyhow!(error))?;
    match done {
        None => bail!("There is no account {}.", whom.who),
        Some(Err(why)) => bail!("{} was not named: {why}", email.as_str()),
        Some(Ok(())) => {}
    }
    let sentence = format!(
        "The mail to {} is queued. It counts once somebody has pressed the button there, and for suspensions that begin after \
         that.",
        email.as_str()
    );
    tell(whom, &sentence);
    Ok(())
}

async fn remove(whom: &Whom) -> anyhow::Result<()> {
    let identifier = parse(&whom.who)?;
    let app = whom.configured.app().await?;
    let write = async |tx: &mut Tx| {
        let Some(account) = people::by_identifier(tx, &identifier).await? else { return Ok(None) };
        continuity::remove(tx, &Cause::command(&app), By::command(), &account).await.map(Some)
    };
    let done =
        app.db.write("account.remove_secondary", write).await.map_err(|error: store::Error| anyhow::anyhow!(error))?;
    let Some(removed) = done else { bail!("There is no account {}.", whom.who) };
    let told = if removed { "has no second mailbox any more" } else { "had none" };
    tell(whom, &format!("{} {told}.", whom.who));
    Ok(())
}

fn tell(whom: &Whom, sentence: &str) {
    if whom.json {
        say(json!({ "account": whom.who, "done": sentence }));
    } else {
        say(sentence);
    }
}
