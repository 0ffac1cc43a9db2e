use clap::{Args, Subcommand};
use oidc::jose::Algorithm;
use serde_json::json;

use super::{Configured, say, table};
use crate::audit::Actor;
use crate::platform::clock::Time;
use crate::provider::{self, ListedKey, Rotated, SIGNING_ALGORITHMS};

#[derive(Subcommand)]
pub enum Keys {
    /// Every key that signs tokens, what it does now, and since when
    List(List),
    /// Publish the next keys; they take over a quarter of an hour later
    Rotate(Rotate),
}

#[derive(Args)]
pub struct List {
    #[command(flatten)]
    configured: Configured,
    /// For programs
    #[arg(long)]
    json: bool,
}

#[derive(Args)]
pub struct Rotate {
    #[command(flatten)]
    configured: Configured,
    /// Of this algorithm only: RS256, ES256 or EdDSA
    #[arg(long, value_parser = algorithm)]
    algorithm: Option<Algorithm>,
    /// The key that signs now may be in other hands: withdraw it, and sign with the new one at once
    #[arg(long)]
    at_once: bool,
}

fn algorithm(name: &str) -> Result<Algorithm, String> {
    let known = Algorithm::of_name(name).filter(|algorithm| SIGNING_ALGORITHMS.contains(algorithm));
    known.ok_or_else(|| "it is RS256, ES256 or EdDSA".to_owned())
}

pub async fn run(command: Keys) -> anyhow::Result<()> {
    match command {
        Keys::List(list) => self::list(list).await,
        Keys::Rotate(rotate) => self::rotate(rotate).await,
    }
}

async fn list(options: List) -> anyhow::Result<()> {
    let app = options.configured.app().await?;
    let listed = provider::list_keys(&app).await?;
    if options.json {
        say(json!(listed.iter().map(as_json).collect::<Vec<_>>()));
        return Ok(());
    }
    if listed.is_empty() {
        say("There are no keys yet. They are made when the server starts.");
        return Ok(());
    }
    let line = |key: &ListedKey| {
        let since = key.times.active_at.to_text();
        let until = key.times.gone_at.map(|at| format!(", gone at {}", at.to_text())).unwrap_or_default();
        (key.kid.clone(), format!("{:<6} {:<8} signs from {since}{until}", key.algorithm.name(), key.state.name()))
    };
    say(table(&listed.iter().map(line).collect::<Vec<_>>()));
    Ok(())
}

fn as_json(key: &ListedKey) -> serde_json::Value {
    json!({
        "kid": key.kid,
        "algorithm": key.algorithm.name(),
        "state": key.state.name(),
        "created_at": key.times.created_at.to_text(),
        "active_at": key.times.active_at.to_text(),
        "gone_at": key.times.gone_at.map(Time::to_text),
    })
}

async fn rotate(options: Rotate) -> anyhow::Result<()> {
    let app = options.configured.app().await?;
    for algorithm in SIGNING_ALGORITHMS.into_iter().filter(|one| options.algorithm.is_none_or(|wanted| wanted == *one))
    {
        let name = algorithm.name();
        match provider::rotate_keys(&app, Actor::Command, algorithm, options.at_once).await? {
            Rotated::Published { active_at } => {
                say(format!("{name}: a new key is published, and signs from {}.", active_at.to_text()));
            }
            Rotated::Waiting { active_at } => say(format!(
                "{name}: the next key is published already, and signs from {}. Nothing was changed.",
                active_at.to_text()
            )),
        }
    }
    Ok(())
}
