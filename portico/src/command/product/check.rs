//! `product check` and `product redirect`: why it does not work, for whoever wires a product.

use clap::Args;
use serde_json::json;

use super::super::{Configured, Exit, say};
use super::show::marked;
use super::{client, everything, find, registry};
use crate::products::{self, Finding, Nearest, Weight, findings, nearest};

#[derive(Args)]
pub struct Check {
    /// Only this one, by short name
    product: Option<String>,
    /// For programs
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    configured: Configured,
}

#[derive(Args)]
pub struct Redirect {
    /// The product's short name, or a client's id
    product: String,
    /// The address, as the product sends it
    uri: String,
    /// The client that is meant, where the product has several
    #[arg(long, value_name = "ID")]
    client: Option<String>,
    /// Ask about the end of a logout (`post_logout_redirect_uri`)
    #[arg(long)]
    post_logout: bool,
    /// For programs
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    configured: Configured,
}

pub async fn check(options: &Check) -> anyhow::Result<()> {
    let app = options.configured.app().await?;
    let (registry, around) = everything(&app).await?;
    let mut all: Vec<(String, Vec<Finding>)> = Vec::new();
    match &options.product {
        Some(slug) => all.push((slug.clone(), findings(find(&registry, slug)?, &around))),
        None => {
            let living = registry.products.iter().filter(|stored| stored.retired_at.is_none());
            all.extend(living.map(|stored| (stored.product.id.clone(), findings(stored, &around))));
            let alone = registry.clients.iter().filter(|client| !client.is_disabled());
            all.extend(alone.map(|client| (client.id().to_owned(), products::of_client(client, &around))));
        }
    }
    all.retain(|(_, findings)| !findings.is_empty());
    let broken = all.iter().flat_map(|(_, findings)| findings).any(|finding| finding.weight == Weight::Broken);
    if options.json {
        let of = |(product, findings): &(String, Vec<Finding>)| json!({ "product": product, "findings": findings });
        say(json!(all.iter().map(of).collect::<Vec<_>>()));
    } else if all.is_empty() {
        say("Nothing to say: every product can be used, and none is held less strictly than it could be.");
    } else {
        for (product, findings) in &all {
            say(product);
            findings.iter().for_each(|finding| say(format_args!("  {}", marked(finding))));
        }
    }
    if broken { Err(Exit(1).into()) } else { Ok(()) }
}

pub async fn redirect(options: &Redirect) -> anyhow::Result<()> {
    let app = options.configured.app().await?;
    let registry = registry(&app).await?;
    let client = client(&registry, &options.product, options.client.as_deref())?;
    let new = &client.listed.new;
    let registered = if options.post_logout { &new.post_logout_redirect_uris } else { &new.redirect_uris };
    let near = nearest(&options.uri, registered, new.native);
    let disabled = client.is_disabled();
    let accepted = matches!(near, Nearest::Registered(_)) && !disabled;
    let (lines, nearest, why) = told(&near, &options.uri);
    if options.json {
        let why = why.or(disabled.then(|| "the client is disabled".to_owned()));
        say(
            json!({ "client": client.id(), "accepted": accepted, "disabled": disabled, "nearest": nearest, "why": why }),
        );
    } else {
        say(lines);
        if disabled {
            say(format_args!("But {} is disabled, so nothing is accepted.", client.id()));
        }
    }
    if accepted { Ok(()) } else { Err(Exit(1).into()) }
}

/// For people, with the place of the difference pointed at; and for programs.
fn told(near: &Nearest, asked: &str) -> (String, Option<String>, Option<String>) {
    match near {
        Nearest::Registered(uri) => (format!("It is registered, as {uri}"), Some(uri.clone()), None),
        Nearest::Nothing => {
            let why = "the client has no such address at all";
            (format!("It is not registered: {why}."), None, Some(why.to_owned()))
        }
        Nearest::Near { uri, at, why } => {
            let arrow = format!("{}^", " ".repeat(*at));
            let lines = format!(
                "It is not registered: {why}.\n  asked       {asked}\n  registered  {uri}\n              {arrow}\n\
                 Addresses are compared character by character (RFC 9700 section 2.1)."
            );
            (lines, Some(uri.clone()), Some(why.clone()))
        }
    }
}
