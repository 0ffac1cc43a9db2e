//! `product logo`.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use serde_json::json;
use store::Tx;

use super::super::{Misconfigured, say};
use super::{Which, living, product};
use crate::products::{self, By, Picture};

#[derive(Subcommand)]
pub enum Logo {
    /// Decode a PNG or WebP, and keep its pixels as the product's logo
    Set(Set),
    /// Take it away; its initials stand there then
    Remove(Which),
}

#[derive(Args)]
pub struct Set {
    #[command(flatten)]
    which: Which,
    /// The file
    file: PathBuf,
}

pub async fn run(command: Logo) -> anyhow::Result<()> {
    match command {
        Logo::Set(set) => {
            let told = |why| Misconfigured(format!("{}: {why}.", set.file.display()));
            let picture = products::read_logo(&set.file).map_err(told)?;
            change(&set.which, Some(&picture)).await
        }
        Logo::Remove(which) => change(&which, None).await,
    }
}

async fn change(which: &Which, logo: Option<&Picture>) -> anyhow::Result<()> {
    let app = which.configured.app().await?;
    let set = async |tx: &mut Tx| {
        let stored = product(tx, &which.product).await?;
        living(&stored)?;
        Ok::<_, anyhow::Error>(products::set_logo(tx, By::command(&app), &stored, logo).await?)
    };
    let changed = app.db.write("products.set_logo", set).await?;
    let address = logo.map(|logo| format!("{}/logos/{}.png", app.public_url, logo.id));
    let sentence = match (changed, &address) {
        (false, _) => "That is its logo already.".to_owned(),
        (true, Some(address)) => format!("The logo is set: {address}"),
        (true, None) => "The logo is taken away.".to_owned(),
    };
    if which.json {
        say(json!({ "product": which.product, "logo": address, "done": sentence }))
    } else {
        say(sentence)
    }
    Ok(())
}
