//! `product secret`: several at a time, so that one is changed without an hour of failures.

use std::time::Duration;

use anyhow::bail;
use clap::{Args, Subcommand};
use oidc::client::AuthMethod;
use secrecy::ExposeSecret;
use serde_json::{Value, json};
use store::Tx;

use super::super::{Configured, say};
use super::{client, registry};
use crate::platform::clock::Time;
use crate::products::{self, By, Registry, StoredClient};
use crate::provider::ListedSecret;

#[derive(Subcommand)]
pub enum Secret {
    /// Make one more, and show it this once
    Add(Add),
    /// Every secret: how old it is, and when it was used last
    List(Whose),
    /// End one now
    Revoke(Revoke),
}

#[derive(Args)]
pub struct Whose {
    /// The product's short name, or a client's id
    product: String,
    /// The client that is meant, where the product has several
    #[arg(long, value_name = "ID")]
    client: Option<String>,
    /// For programs
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    configured: Configured,
}

#[derive(Args)]
pub struct Add {
    #[command(flatten)]
    whose: Whose,
    /// Let the others end after so many hours, up to a year; 0 is now
    #[arg(long, value_name = "HOURS", value_parser = clap::value_parser!(u32).range(0..=8_784))]
    others_end_in: Option<u32>,
}

#[derive(Args)]
pub struct Revoke {
    #[command(flatten)]
    whose: Whose,
    /// The secret's id, as `list` shows it
    #[arg(long, value_name = "ID")]
    secret: String,
}

impl Whose {
    fn client<'a>(&self, registry: &'a Registry) -> anyhow::Result<&'a StoredClient> {
        client(registry, &self.product, self.client.as_deref())
    }
}

pub async fn run(command: Secret) -> anyhow::Result<()> {
    match command {
        Secret::Add(options) => add(&options).await,
        Secret::List(whose) => list(&whose).await,
        Secret::Revoke(options) => revoke(&options).await,
    }
}

async fn add(options: &Add) -> anyhow::Result<()> {
    let whose = &options.whose;
    let app = whose.configured.app().await?;
    let end = options.others_end_in.map(|hours| app.clock.now() + Duration::from_secs(3_600) * hours);
    let make = async |tx: &mut Tx| {
        let client = whose.client(&Registry::read(tx).await?)?.clone();
        takes_secrets(&client)?;
        let secret = products::add_secret(tx, By::command(&app), client.id(), end).await?;
        Ok::<_, anyhow::Error>((client, secret))
    };
    let (client, secret) = app.db.write("products.add_secret", make).await?;
    if whose.json {
        say(json!({ "client": client.id(), "client_secret": secret.expose_secret() }));
        return Ok(());
    }
    say(secret.expose_secret());
    let others = match (client.listed.secrets.iter().any(|one| one.is_in_force(app.clock.now())), end) {
        (false, _) => String::new(),
        (true, Some(end)) => format!(" The others end at {}.", end.to_text()),
        (true, None) => " The others hold on: revoke them once this one is in use.".to_owned(),
    };
    say(format_args!("It is shown this once: only a MAC of it is kept.{others}"));
    Ok(())
}

fn takes_secrets(client: &StoredClient) -> anyhow::Result<()> {
    let (id, auth) = (client.id(), client.listed.new.auth);
    if auth != AuthMethod::Secret {
        bail!("{id} shows who it is by {}, so a secret would be of no use.", auth.name());
    }
    if client.is_disabled() {
        bail!("{id} is disabled. `portico product client enable {id}` brings it back, with a new secret.");
    }
    Ok(())
}

async fn list(whose: &Whose) -> anyhow::Result<()> {
    let app = whose.configured.app().await?;
    let registry = registry(&app).await?;
    let client = whose.client(&registry)?;
    let secrets = &client.listed.secrets;
    if whose.json {
        say(json!(secrets.iter().map(as_json).collect::<Vec<_>>()));
    } else if secrets.is_empty() {
        say(format_args!("{} has no secret.", client.id()));
    } else {
        let now = app.clock.now();
        secrets.iter().for_each(|secret| say(told(secret, now)));
    }
    Ok(())
}

async fn revoke(options: &Revoke) -> anyhow::Result<()> {
    let whose = &options.whose;
    let app = whose.configured.app().await?;
    let secret = options.secret.as_str();
    let end = async |tx: &mut Tx| {
        let client = whose.client(&Registry::read(tx).await?)?.clone();
        let ended = products::revoke_secret(tx, By::command(&app), client.id(), secret).await?;
        Ok::<_, anyhow::Error>((client, ended))
    };
    let (client, ended) = app.db.write("products.revoke_secret", end).await?;
    let id = client.id();
    if !ended {
        bail!("{id} has no secret {secret} that is in force. `portico product secret list {id}` tells which it has.");
    }
    let now = app.clock.now();
    let left = client.listed.secrets.iter().filter(|one| one.id != secret && one.is_in_force(now)).count();
    let sentence = match left {
        0 => format!("The secret is ended. {id} has none now, and cannot get tokens."),
        1 => "The secret is ended. One is left.".to_owned(),
        left => format!("The secret is ended. {left} are left."),
    };
    if whose.json {
        say(json!({ "client": id, "secret": secret, "left": left, "done": sentence }))
    } else {
        say(sentence)
    }
    Ok(())
}

/// A secret in one line; nobody can show more of it.
pub fn told(secret: &ListedSecret, now: Time) -> String {
    let days = now.since(secret.created_at).as_secs() / (24 * 3_600);
    let used = secret.last_used_at.map_or("never used".to_owned(), |at| format!("last used about {}", at.to_text()));
    let end = match secret.expires_at {
        None => String::new(),
        Some(end) if end <= now => format!(", ended at {}", end.to_text()),
        Some(end) => format!(", ends at {}", end.to_text()),
    };
    let age = if days == 1 { "1 day".to_owned() } else { format!("{days} days") };
    format!("{}  {age} old, {used}{end}", secret.id)
}

pub fn as_json(secret: &ListedSecret) -> Value {
    json!({
        "id": secret.id, "created_at": secret.created_at.to_text(),
        "last_used_at": secret.last_used_at.map(Time::to_text), "expires_at": secret.expires_at.map(Time::to_text),
    })
}
