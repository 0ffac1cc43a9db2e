//! `product import` and `product export`.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;
use secrecy::ExposeSecret;
use serde_json::{Value, json};
use store::Tx;

use super::super::{Configured, Misconfigured, say};
use super::{find, nothing_done, refused, registry};
use crate::app::App;
use crate::products::{self, By, Done, File, Registry, Wanted, What};

#[derive(Args)]
pub struct Import {
    /// The file; docs/operate/products.md says what may stand in it
    file: PathBuf,
    #[command(flatten)]
    how: How,
}

/// How something is registered.
#[derive(Args)]
pub(super) struct How {
    /// Say what would change, and change nothing
    #[arg(long)]
    pub dry_run: bool,
    /// For programs
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    pub configured: Configured,
}

#[derive(Args)]
pub struct Export {
    /// Only these, by short name
    products: Vec<String>,
    /// Write the logos into this folder, too, and name them
    #[arg(long, value_name = "FOLDER")]
    logos: Option<PathBuf>,
    #[command(flatten)]
    configured: Configured,
}

pub async fn import(options: &Import) -> anyhow::Result<()> {
    let text = fs::read_to_string(&options.file)
        .map_err(|error| Misconfigured(format!("{} cannot be read: {error}.", options.file.display())))?;
    let folder = options.file.parent().unwrap_or(Path::new("."));
    let wanted = products::load(&text, folder).map_err(|problems| nothing_done(&problems))?;
    register(&options.how, |_| Ok(wanted.clone())).await
}

/// Registers what is made of the registry, in the transaction that has read it, and tells what was done, or (`--dry-run`) what would be.
pub(super) async fn register(
    how: &How,
    make: impl Fn(&Registry) -> anyhow::Result<Wanted> + Send + Sync,
) -> anyhow::Result<()> {
    let app = how.configured.app().await?;
    let work = async |tx: &mut Tx| {
        let wanted = make(&Registry::read(tx).await?)?;
        let done = match how.dry_run {
            true => products::plan(tx, &wanted).await,
            false => products::register(tx, By::command(&app), &wanted).await,
        };
        done.map_err(refused)
    };
    if how.dry_run {
        tell(&app.db.read("products.plan", work).await?, true, how.json);
        return Ok(());
    }
    tell(&app.db.write("products.register", work).await?, false, how.json);
    products::end_due(&app).await?;
    Ok(())
}

fn tell(done: &[Done], dry: bool, as_json: bool) {
    if as_json {
        return say(json!({ "dry_run": dry, "done": done.iter().map(to_json).collect::<Vec<_>>() }));
    }
    for one in done {
        say(headline(one));
        for change in &one.changes {
            say(change);
        }
        if let Some(warning) = one.warning {
            say(format_args!("  ! {warning}"));
        }
        if let Some(secret) = &one.secret {
            show_secret(secret.expose_secret());
        }
    }
    say(summary(done, dry));
}

pub(super) fn show_secret(secret: &str) {
    say(format_args!("    {:28} {secret}", "client_secret"));
    say("    Shown this once: only a MAC of it is kept.");
}

fn headline(done: &Done) -> String {
    let name = match (&done.client, &done.product) {
        (Some(client), Some(product)) => format!("client {client} of {product}"),
        (Some(client), None) => format!("client {client}"),
        (None, product) => format!("product {}", product.as_deref().unwrap_or_default()),
    };
    let what = match done.what {
        What::Added => "new",
        What::Changed => "changed",
        What::Disabled => "disabled, it is not in the file",
        What::Unchanged => "as it was",
    };
    format!("{name}: {what}")
}

fn summary(done: &[Done], dry: bool) -> String {
    let changes = done.iter().filter(|one| one.what != What::Unchanged).count();
    match (changes, dry) {
        (0, _) => "Nothing changes: all of it is registered just so.".into(),
        (_, true) => "Nothing was changed. Without --dry-run it would be.".into(),
        (1, false) => "1 is registered.".into(),
        (count, false) => format!("{count} are registered."),
    }
}

fn to_json(done: &Done) -> Value {
    let mut json = done.to_json();
    if let (Some(members), Some(secret)) = (json.as_object_mut(), &done.secret) {
        members.insert("client_secret".into(), secret.expose_secret().into());
    }
    json
}

pub async fn export(options: &Export) -> anyhow::Result<()> {
    let app = options.configured.app().await?;
    let registry = registry(&app).await?;
    for slug in &options.products {
        find(&registry, slug)?;
    }
    let mut file = registry.written();
    if !options.products.is_empty() {
        file.products.retain(|product| options.products.contains(&product.id));
        file.clients.clear();
    }
    if let Some(folder) = &options.logos {
        logos(&app, &registry, &mut file, folder).await?;
    }
    say(file.to_text().trim_end());
    Ok(())
}

async fn logos(app: &App, registry: &products::Registry, file: &mut File, folder: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    // Told from the root: who knows where the file will lie that is printed here.
    let folder = folder.canonicalize().with_context(|| format!("{} cannot be found", folder.display()))?;
    for product in &mut file.products {
        let Some(logo) = registry.product(&product.id).and_then(|stored| stored.logo.as_ref()) else { continue };
        let bytes = app.db.read("products.logo", async |tx: &mut Tx| products::logo_bytes(tx, &logo.id).await).await?;
        let bytes = bytes.with_context(|| format!("The logo of {} is not in the database.", product.id))?;
        let path = folder.join(format!("{}.png", product.id));
        fs::write(&path, bytes).with_context(|| format!("{} cannot be written", path.display()))?;
        product.logo = Some(path.display().to_string());
    }
    Ok(())
}
