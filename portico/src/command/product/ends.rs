//! `product retire`, `product restore`, and the same of one client: what ends with all that was given, and comes back with none of it.

use anyhow::bail;
use clap::{Args, Subcommand};
use secrecy::ExposeSecret;
use serde_json::json;
use store::Tx;

use super::super::{Configured, say};
use super::{Which, living, product};
use crate::products::{self, By, Registry, Stored, StoredClient};

#[derive(Subcommand)]
pub enum Client {
    /// End it now, with its secrets and everything it was given; nothing is deleted
    Disable(One),
    /// Bring it back, with a new secret
    Enable(One),
}

#[derive(Args)]
pub struct One {
    /// The client's id
    client: String,
    /// For programs
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    configured: Configured,
}

pub async fn client(command: Client) -> anyhow::Result<()> {
    match command {
        Client::Disable(one) => disable(&one).await,
        Client::Enable(one) => enable(&one).await,
    }
}

pub async fn retire(which: &Which) -> anyhow::Result<()> {
    let app = which.configured.app().await?;
    let retire = async |tx: &mut Tx| {
        let stored = product(tx, &which.product).await?;
        Ok::<_, anyhow::Error>(products::retire(tx, By::command(&app), &stored).await?)
    };
    let done = app.db.write("products.retire", retire).await?;
    // Also where it was retired before: it may have stopped half-way.
    products::end_due(&app).await?;
    let sentence = match done {
        true => format!("{} is retired: nobody opens it, and its clients get nothing.", which.product),
        false => format!("{} was retired before.", which.product),
    };
    told(which, &sentence);
    Ok(())
}

pub async fn restore(which: &Which) -> anyhow::Result<()> {
    let app = which.configured.app().await?;
    let restore = async |tx: &mut Tx| {
        let stored = product(tx, &which.product).await?;
        Ok::<_, anyhow::Error>(products::restore(tx, By::command(&app), &stored).await?)
    };
    let sentence = match app.db.write("products.restore", restore).await? {
        true => format!("{} is back, with the clients it had.", which.product),
        false => format!("{} was not retired.", which.product),
    };
    told(which, &sentence);
    Ok(())
}

fn told(which: &Which, sentence: &str) {
    if which.json { say(json!({ "product": which.product, "done": sentence })) } else { say(sentence) }
}

fn one_client<'a>(registry: &'a Registry, id: &str) -> anyhow::Result<(Option<&'a Stored>, &'a StoredClient)> {
    match registry.client(id) {
        Some(found) => Ok(found),
        None => bail!("There is no client {id}. `portico product list` tells which there are."),
    }
}

async fn disable(one: &One) -> anyhow::Result<()> {
    let app = one.configured.app().await?;
    let disable = async |tx: &mut Tx| {
        let registry = Registry::read(tx).await?;
        let (_, client) = one_client(&registry, &one.client)?;
        Ok::<_, anyhow::Error>(products::disable_client(tx, By::command(&app), client).await?)
    };
    let done = app.db.write("products.disable_client", disable).await?;
    products::end_due(&app).await?;
    let sentence = match done {
        true => format!("{} is disabled. Its secrets and everything it was given have ended.", one.client),
        false => format!("{} was disabled before.", one.client),
    };
    if one.json {
        say(json!({ "client": one.client, "done": sentence }))
    } else {
        say(sentence)
    }
    Ok(())
}

async fn enable(one: &One) -> anyhow::Result<()> {
    let app = one.configured.app().await?;
    let enable = async |tx: &mut Tx| {
        let registry = Registry::read(tx).await?;
        let (owner, client) = one_client(&registry, &one.client)?;
        owner.map_or(Ok(()), living)?;
        if !client.is_disabled() {
            bail!("{} is not disabled.", one.client);
        }
        Ok(products::enable_client(tx, By::command(&app), client).await?)
    };
    let secret = app.db.write("products.enable_client", enable).await?;
    let secret = secret.as_ref().map(|secret| secret.expose_secret());
    let sentence = format!("{} is back. What it was given before has ended.", one.client);
    if one.json {
        say(json!({ "client": one.client, "client_secret": secret, "done": sentence }));
        return Ok(());
    }
    say(sentence);
    if let Some(secret) = secret {
        super::import::show_secret(secret);
    }
    Ok(())
}
