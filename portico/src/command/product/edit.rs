//! `product add` and `product change`: a description made of options, and registered like one out of a file.

use std::path::PathBuf;

use anyhow::bail;
use clap::Args;
use store::Tx;

use super::super::Misconfigured;
use super::import::{self, How};
use super::{current_folder, find, living, nothing_done, refused, registry};
use crate::products::{self, By, Client, File, Product};

#[derive(Args)]
pub struct Add {
    /// The product's short name: lower-case letters, digits and `-`
    product: String,
    #[command(flatten)]
    of_product: OfProduct,
    #[command(flatten)]
    of_client: OfClient,
    /// A link only: no program of it asks who somebody is
    #[arg(long)]
    no_client: bool,
    #[command(flatten)]
    how: How,
}

#[derive(Args)]
pub struct Change {
    /// The product's short name
    product: String,
    /// The client that is meant, where it has several
    #[arg(long, value_name = "ID")]
    client: Option<String>,
    #[command(flatten)]
    of_product: OfProduct,
    #[command(flatten)]
    of_client: OfClient,
    #[command(flatten)]
    how: How,
}

/// An empty text takes away what is there. Each is a key of the file: docs/operate/products.md has more words on them.
#[derive(Args)]
struct OfProduct {
    /// What people call it
    #[arg(long)]
    name: Option<String>,
    /// One line on what it is for
    #[arg(long, value_name = "TEXT")]
    description: Option<String>,
    /// Its own address
    #[arg(long, value_name = "URL")]
    home: Option<String>,
    /// The page for somebody who has asked for none
    #[arg(long, value_name = "URL")]
    default_view: Option<String>,
    /// Where the product begins a sign-in when it is told who asks
    #[arg(long, value_name = "URL")]
    initiate_login_uri: Option<String>,
    /// A file with its logo, PNG or WebP
    #[arg(long, value_name = "FILE")]
    logo: Option<String>,
    /// It opens from other products' menus, and is not on the portal
    #[arg(long, value_name = "true|false")]
    menu_only: Option<bool>,
}

/// The same of its client.
#[derive(Args, Default, PartialEq, Eq)]
struct OfClient {
    /// Where answers may go; may be repeated, and replaces those there are
    #[arg(long = "redirect-uri", value_name = "URI")]
    redirect_uris: Vec<String>,
    /// One more
    #[arg(long = "add-redirect-uri", value_name = "URI")]
    add_redirect_uris: Vec<String>,
    /// One less
    #[arg(long = "remove-redirect-uri", value_name = "URI")]
    remove_redirect_uris: Vec<String>,
    /// Where people may be sent after signing out; may be repeated, and replaces those there are
    #[arg(long = "post-logout-redirect-uri", value_name = "URI")]
    post_logout_redirect_uris: Vec<String>,
    /// Where the product is told that somebody has signed out elsewhere
    #[arg(long, value_name = "URI")]
    backchannel_logout_uri: Option<String>,
    /// default, or oidc-basic
    #[arg(long)]
    profile: Option<String>,
    /// client_secret_basic, client_secret_post, private_key_jwt or none
    #[arg(long, value_name = "METHOD")]
    auth_method: Option<String>,
    /// A file with its public keys, for private_key_jwt
    #[arg(long, value_name = "FILE")]
    jwks: Option<PathBuf>,
    /// web or native
    #[arg(long = "type", value_name = "TYPE")]
    application_type: Option<String>,
    /// What it may do at the token endpoint; may be repeated, and replaces what there is
    #[arg(long = "grant-type", value_name = "GRANT")]
    grant_types: Vec<String>,
    /// The most it may ask for
    #[arg(long)]
    scope: Option<String>,
    /// What ID tokens are signed with: ES256, RS256 or EdDSA
    #[arg(long, value_name = "ALGORITHM")]
    id_token_alg: Option<String>,
    /// public or pairwise
    #[arg(long, value_name = "TYPE")]
    subject_type: Option<String>,
    /// People are asked before it learns who they are
    #[arg(long, value_name = "true|false")]
    third_party: Option<bool>,
}

pub async fn add(add: Add) -> anyhow::Result<()> {
    let mut product = Product { id: add.product, ..Product::default() };
    add.of_product.write(&mut product);
    if !add.no_client {
        let mut client = Client::default();
        add.of_client.write(&mut client);
        product.clients.push(client);
    } else if add.of_client != OfClient::default() {
        bail!(Misconfigured("A product with --no-client has no redirect URIs, and nothing else of a client's.".into()));
    }
    register(product, &add.how, true).await
}

pub async fn change(change: Change) -> anyhow::Result<()> {
    let app = change.how.configured.app().await?;
    let registry = registry(&app).await?;
    let stored = find(&registry, &change.product)?;
    living(stored)?;
    let mut product = stored.written();
    // Which client is meant matters only where something of a client's is changed.
    if change.of_client != OfClient::default() {
        if stored.clients.is_empty() {
            product.clients.push(Client::default());
        }
        let id = match product.clients.as_slice() {
            [only] if change.client.is_none() => only.id.clone(),
            _ => super::client(&registry, &change.product, change.client.as_deref())?.id().to_owned(),
        };
        let Some(client) = product.clients.iter_mut().find(|client| client.id == id) else {
            bail!("The client {id} is disabled. `portico product import` with a file that names it brings it back.")
        };
        change.of_client.write(client);
    }
    change.of_product.write(&mut product);
    register(product, &change.how, false).await
}

async fn register(product: Product, how: &How, new: bool) -> anyhow::Result<()> {
    let slug = product.id.clone();
    let file = File { products: vec![product], clients: Vec::new() };
    let wanted = products::load_file(file, &current_folder()).map_err(|problems| nothing_done(&problems))?;
    let app = how.configured.app().await?;
    if new && registry(&app).await?.product(&slug).is_some() {
        bail!("There is a product {slug} already. `portico product change {slug}` changes it.");
    }
    let done = if how.dry_run {
        app.db.read("products.plan", async |tx: &mut Tx| products::plan(tx, &wanted).await).await
    } else {
        app.db
            .write("products.register", async |tx: &mut Tx| products::register(tx, By::command(&app), &wanted).await)
            .await
    };
    import::tell(&done.map_err(refused)?, how.dry_run, how.json);
    if !how.dry_run {
        products::end_due(&app).await?;
    }
    Ok(())
}

impl OfProduct {
    fn write(&self, product: &mut Product) {
        let texts = [
            (&mut product.name, &self.name),
            (&mut product.description, &self.description),
            (&mut product.home, &self.home),
        ];
        for (into, from) in texts {
            if let Some(text) = from {
                into.clone_from(text);
            }
        }
        optional(&mut product.default_view, &self.default_view);
        optional(&mut product.initiate_login_uri, &self.initiate_login_uri);
        optional(&mut product.logo, &self.logo);
        product.menu_only = self.menu_only.unwrap_or(product.menu_only);
    }
}

impl OfClient {
    fn write(&self, client: &mut Client) {
        list(&mut client.redirect_uris, &self.redirect_uris);
        client.redirect_uris.extend(self.add_redirect_uris.iter().cloned());
        client.redirect_uris.retain(|uri| !self.remove_redirect_uris.contains(uri));
        list(&mut client.post_logout_redirect_uris, &self.post_logout_redirect_uris);
        optional(&mut client.backchannel_logout_uri, &self.backchannel_logout_uri);
        optional(&mut client.profile, &self.profile);
        optional(&mut client.token_endpoint_auth_method, &self.auth_method);
        if let Some(jwks) = &self.jwks {
            (client.jwks, client.jwks_file) = (None, Some(jwks.display().to_string()));
            client.token_endpoint_auth_signing_alg = None;
        }
        optional(&mut client.application_type, &self.application_type);
        list(&mut client.grant_types, &self.grant_types);
        optional(&mut client.scope, &self.scope);
        optional(&mut client.id_token_signed_response_alg, &self.id_token_alg);
        optional(&mut client.subject_type, &self.subject_type);
        client.third_party = self.third_party.unwrap_or(client.third_party);
    }
}

fn optional(into: &mut Option<String>, from: &Option<String>) {
    if let Some(text) = from {
        *into = Some(text.clone()).filter(|text| !text.is_empty());
    }
}

/// One that is given empty takes all away.
fn list(into: &mut Vec<String>, from: &[String]) {
    if !from.is_empty() {
        *into = from.iter().filter(|text| !text.is_empty()).cloned().collect();
    }
}
