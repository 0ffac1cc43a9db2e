//! Products: registering them, and what an engineer who wires one wants to know.

mod check;
mod edit;
mod ends;
mod import;
mod license;
mod logo;
mod options;
mod secret;
mod show;

use anyhow::bail;
use clap::{Args, Subcommand};
use store::Tx;

use super::{Configured, Misconfigured};
use crate::app::App;
use crate::products::{Around, NotRegistered, Registry, Stored, StoredClient};

#[derive(Subcommand)]
pub enum Product {
    /// Every product, its clients, and what is weaker than it could be
    List(List),
    /// Everything that is registered of one product, or of a client
    Show(show::Show),
    /// Register a product; `import` does the same from a file
    Add(edit::Add),
    /// Change what is named, and leave the rest as it is
    Change(edit::Change),
    /// Nobody opens it any more, and its clients get nothing; nothing is deleted
    Retire(Which),
    /// Bring a retired product back
    Restore(Which),
    /// One client: end it, or bring it back
    #[command(subcommand)]
    Client(ends::Client),
    /// Register what a file describes, all of it or nothing; the same file twice changes nothing
    Import(import::Import),
    /// Print what is registered as such a file
    Export(import::Export),
    /// Secrets of its clients
    #[command(subcommand)]
    Secret(secret::Secret),
    /// Its logo
    #[command(subcommand)]
    Logo(logo::Logo),
    /// Let an organization use it, or change its license
    OpenTo(license::OpenTo),
    /// End an organization's license now
    CloseTo(license::CloseTo),
    /// What cannot work, and what is weaker than it could be; exit 1 when something cannot work
    Check(check::Check),
    /// Whether an address may be redirected to, and why not; exit 1 when it may not
    Redirect(check::Redirect),
}

#[derive(Args)]
pub struct List {
    /// Retired ones, too
    #[arg(long)]
    pub all: bool,
    /// For programs
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    pub configured: Configured,
}

#[derive(Args)]
pub struct Which {
    /// The product's short name
    pub product: String,
    /// For programs
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    pub configured: Configured,
}

pub async fn run(command: Product) -> anyhow::Result<()> {
    match command {
        Product::List(list) => show::list(&list).await,
        Product::Show(options) => show::show(&options).await,
        Product::Add(add) => edit::add(add).await,
        Product::Change(change) => edit::change(change).await,
        Product::Retire(which) => ends::retire(&which).await,
        Product::Restore(which) => ends::restore(&which).await,
        Product::Client(command) => ends::client(command).await,
        Product::Import(import) => import::import(&import).await,
        Product::Export(export) => import::export(&export).await,
        Product::Secret(command) => secret::run(command).await,
        Product::Logo(command) => logo::run(command).await,
        Product::OpenTo(open) => license::open_to(&open).await,
        Product::CloseTo(close) => license::close_to(&close).await,
        Product::Check(check) => check::check(&check).await,
        Product::Redirect(redirect) => check::redirect(&redirect).await,
    }
}

async fn registry(app: &App) -> anyhow::Result<Registry> {
    Ok(app.db.read("products.registry", async |tx: &mut Tx| Registry::read(tx).await).await?)
}

/// What is registered, and what findings are made of beside it.
async fn everything(app: &App) -> anyhow::Result<(Registry, Around)> {
    let both = async |tx: &mut Tx| Ok::<_, anyhow::Error>((Registry::read(tx).await?, Around::read(tx, app).await?));
    app.db.read("products.everything", both).await
}

/// The product of a short name.
fn find<'a>(registry: &'a Registry, slug: &str) -> anyhow::Result<&'a Stored> {
    match registry.product(slug) {
        Some(stored) => Ok(stored),
        None => bail!("There is no product {slug}. `portico product list` tells which there are."),
    }
}

/// The same as it is in a transaction: what is decided of it there holds when it is written.
async fn product(tx: &mut Tx, slug: &str) -> anyhow::Result<Stored> {
    find(&Registry::read(tx).await?, slug).cloned()
}

fn living(stored: &Stored) -> anyhow::Result<()> {
    let slug = &stored.product.id;
    match stored.retired_at {
        Some(_) => bail!("{slug} is retired. `portico product restore {slug}` brings it back."),
        None => Ok(()),
    }
}

/// What a name stands for: a product, or else a client, with its product.
enum Named<'a> {
    Product(&'a Stored),
    Client(Option<&'a Stored>, &'a StoredClient),
}

fn named<'a>(registry: &'a Registry, name: &str) -> anyhow::Result<Named<'a>> {
    match registry.client(name) {
        Some((owner, client)) if registry.product(name).is_none() => Ok(Named::Client(owner, client)),
        _ => find(registry, name).map(Named::Product),
    }
}

/// The client that is meant: by its own id, or as one of a product's.
fn client<'a>(registry: &'a Registry, name: &str, of_them: Option<&str>) -> anyhow::Result<&'a StoredClient> {
    match named(registry, name)? {
        Named::Client(_, client) => Ok(client),
        Named::Product(product) => one_of(product, of_them),
    }
}

/// The one that was named, or the only one.
fn one_of<'a>(product: &'a Stored, named: Option<&str>) -> anyhow::Result<&'a StoredClient> {
    let slug = &product.product.id;
    match (named, product.clients.as_slice()) {
        (Some(id), clients) => match clients.iter().find(|client| client.id() == id) {
            Some(found) => Ok(found),
            None => bail!("{slug} has no client {id}. It has {}.", ids(product)),
        },
        (None, [only]) => Ok(only),
        (None, []) => bail!("{slug} has no client."),
        (None, _) => bail!("{slug} has several clients: say --client and one of {}.", ids(product)),
    }
}

fn ids(product: &Stored) -> String {
    let ids: Vec<&str> = product.clients.iter().map(StoredClient::id).collect();
    if ids.is_empty() { "none".into() } else { ids.join(", ") }
}

/// What was wrong with what an operator wrote is bad usage; nothing of it was done.
fn refused(error: NotRegistered) -> anyhow::Error {
    match error {
        NotRegistered::Refused(problems) => nothing_done(&problems),
        NotRegistered::Store(error) => error.into(),
    }
}

fn nothing_done(problems: &[String]) -> anyhow::Error {
    Misconfigured(format!("Nothing was registered.\n{}", problems.join("\n"))).into()
}
