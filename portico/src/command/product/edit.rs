//! `product add` and `product change`: a description made of options, and of what is there in the same transaction, and registered
//! like one out of a file.

use anyhow::bail;
use clap::Args;

use super::super::Misconfigured;
use super::import::{How, register};
use super::options::{OfClient, OfProduct};
use super::{Named, living, named, nothing_done, one_of};
use crate::products::{self, Client, File, Picture, Product, Registry, Stored, StoredClient, Wanted};

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
    /// The product's short name, or a client's id
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

pub async fn add(add: Add) -> anyhow::Result<()> {
    let slug = &add.product;
    let (logo, jwks) = (add.of_product.logo()?, add.of_client.jwks()?);
    let mut product = Product { id: slug.clone(), ..Product::default() };
    add.of_product.write(&mut product);
    if !add.no_client {
        let mut client = Client::default();
        add.of_client.write(&mut client, jwks.as_ref())?;
        product.clients.push(client);
    } else if add.of_client != OfClient::default() {
        bail!(Misconfigured("A product with --no-client has no redirect URIs, and nothing else of a client's.".into()));
    }
    let wanted = wanted(File::of(product), logo.as_ref())?;
    let new = |registry: &Registry| match registry.product(slug) {
        Some(_) => bail!("There is a product {slug} already. `portico product change {slug}` changes it."),
        None => Ok(wanted.clone()),
    };
    register(&add.how, new).await
}

pub async fn change(change: Change) -> anyhow::Result<()> {
    let (logo, jwks) = (change.of_product.logo()?, change.of_client.jwks()?);
    let changed = |registry: &Registry| wanted(change.file(registry, jwks.as_ref())?, logo.as_ref());
    register(&change.how, changed).await
}

fn wanted(file: File, logo: Option<&Picture>) -> anyhow::Result<Wanted> {
    let mut wanted = products::wanted(file).map_err(|problems| nothing_done(&problems))?;
    wanted.products.iter_mut().for_each(|one| one.logo = logo.cloned());
    Ok(wanted)
}

impl Change {
    /// What is there, changed.
    fn file(&self, registry: &Registry, jwks: Option<&String>) -> anyhow::Result<File> {
        match named(registry, &self.product)? {
            Named::Product(stored) => self.of_a_product(stored, self.client.as_deref(), jwks),
            Named::Client(Some(stored), client) => self.of_a_product(stored, Some(client.id()), jwks),
            Named::Client(None, client) => self.alone(client, jwks),
        }
    }

    fn of_a_product(&self, stored: &Stored, named: Option<&str>, jwks: Option<&String>) -> anyhow::Result<File> {
        living(stored)?;
        let mut product = stored.written();
        self.of_product.write(&mut product);
        // Which client is meant matters only where something of a client's is changed.
        if named.is_some() || self.of_client != OfClient::default() {
            self.of_client.write(chosen(stored, named, &mut product.clients)?, jwks)?;
        }
        Ok(File::of(product))
    }

    fn alone(&self, client: &StoredClient, jwks: Option<&String>) -> anyhow::Result<File> {
        let id = client.id();
        if self.of_product != OfProduct::default() || self.client.is_some() {
            let why = format!("{id} is a client of no product: it has no home, and nothing else of a product's.");
            bail!(Misconfigured(why));
        }
        if client.is_disabled() {
            return disabled(id);
        }
        let mut written = products::client_written(client, None);
        self.of_client.write(&mut written, jwks)?;
        Ok(File { clients: vec![written], ..File::default() })
    }
}

/// The client that is meant, among those that are written.
fn chosen<'a>(stored: &Stored, named: Option<&str>, written: &'a mut Vec<Client>) -> anyhow::Result<&'a mut Client> {
    if stored.clients.is_empty() && named.is_none() {
        written.push(Client::default());
    }
    let id = match written.as_slice() {
        [only] if named.is_none() => only.id.clone(),
        _ => one_of(stored, named)?.id().to_owned(),
    };
    match written.iter_mut().find(|client| client.id == id) {
        Some(client) => Ok(client),
        None => disabled(&id),
    }
}

fn disabled<T>(id: &str) -> anyhow::Result<T> {
    bail!("The client {id} is disabled. `portico product client enable {id}` brings it back.")
}
