//! `connection link` and `unlink`: who somebody is there, said by hand.

use anyhow::bail;
use clap::Args;
use serde_json::json;
use store::Tx;

use super::super::{Misconfigured, say};
use super::Which;
use crate::app::App;
use crate::audit::Actor;
use crate::federation;
use crate::people::{self, Account, Identifier};

#[derive(Args)]
pub struct Link {
    #[command(flatten)]
    which: Which,
    /// The account, by email or user name
    #[arg(long, value_name = "NAME")]
    person: String,
    /// What the provider calls them for ever: the `sub` of its ID tokens
    #[arg(long)]
    subject: String,
}

#[derive(Args)]
pub struct Unlink {
    #[command(flatten)]
    which: Which,
    /// The account, by email or user name
    #[arg(long, value_name = "NAME")]
    person: String,
}

pub async fn link(options: &Link) -> anyhow::Result<()> {
    let (app, connection, _) = options.which.open().await?;
    let account = account(&app, &options.person).await?;
    let (person, subject) = (&options.person, options.subject.as_str());
    let link =
        async |tx: &mut Tx| federation::link_person(tx, &app, Actor::Command, (&connection, &account, subject)).await;
    if let Err(error) = app.db.write("federation.link", link).await {
        bail!("{person} was not linked: {error}.");
    }
    tell(&options.which, person, &format!("{person} is {subject} at {} from now on.", connection.settings.name));
    Ok(())
}

pub async fn unlink(options: &Unlink) -> anyhow::Result<()> {
    let (app, connection, _) = options.which.open().await?;
    let account = account(&app, &options.person).await?;
    let unlink = async |tx: &mut Tx| federation::unlink_person(tx, &app, Actor::Command, (&connection, &account)).await;
    if !app.db.write("federation.unlink", unlink).await? {
        bail!("{} is nobody at {}.", options.person, connection.settings.name);
    }
    let sentence = format!("{} is nobody at {} any more, and signed out.", options.person, connection.settings.name);
    tell(&options.which, &options.person, &sentence);
    Ok(())
}

async fn account(app: &App, name: &str) -> anyhow::Result<Account> {
    let Some(identifier) = Identifier::parse(name) else {
        bail!(Misconfigured(format!("{name:?} is neither an email nor a user name.")));
    };
    let find = async |tx: &mut Tx| people::by_identifier(tx, &identifier).await;
    match app.db.read("federation.person", find).await? {
        Some(account) => Ok(account),
        None => bail!("There is no account {name}."),
    }
}

fn tell(which: &Which, person: &str, sentence: &str) {
    if which.json {
        say(json!({ "connection": which.connection, "account": person, "done": sentence }));
    } else {
        say(sentence);
    }
}
