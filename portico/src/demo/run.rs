//! `portico demo`: the same node as in production, with a folder, a mail server and products around it.

use std::fs::{DirBuilder, OpenOptions};
use std::io::Write;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow};
use clap::Args;
use data_encoding::HEXLOWER;
use secrecy::ExposeSecret;
use tokio::net::TcpListener;
use tokio::task::JoinSet;

use super::data::{self, PRODUCTS, Product, Props};
use super::idp::{self, Agreement, Ground, Idp};
use super::products::{self, Stall};
use super::smtp::{Script, Sink};
use super::{Addresses, Listen, Stage, clock, summary};
use crate::app::App;
use crate::command::{Misconfigured, say};
use crate::config::Config;
use crate::platform::clock::Clock;
use crate::platform::entropy::Entropy;
use crate::platform::i18n::{Locales, Words};
use crate::platform::jobs::{self, Shutdown};
use crate::platform::keys::KEY_LEN;
use crate::platform::log;
use crate::platform::outgoing::Outgoing;
use crate::platform::web::serve;
use crate::serve::{Start, start};

/// What commands are given with `--config`.
const CONFIGURATION: &str = "portico.toml";
/// For the houses beside it, which nobody but the person at this machine opens.
const CONNECTIONS: usize = 256;
const NO_CERTIFICATES: &str = "this machine has no certificates to judge others by";

#[derive(Args)]
pub struct Options {
    /// Where the front door listens, on this machine only; the six ports above are the demo's too. By the name localhost it has
    /// passkeys, too
    #[arg(long, default_value = "127.0.0.1:8080")]
    listen: Listen,
    /// A folder in which everything is kept; without it everything is gone at the end
    #[arg(long)]
    data: Option<PathBuf>,
    /// Another database than one in that folder: postgres://… or sqlite:PATH
    #[arg(long)]
    database: Option<String>,
}

/// Runs until it is told to stop.
///
/// # Errors
/// What keeps the demo from running, as a sentence.
pub async fn run(options: Options) -> anyhow::Result<()> {
    let addresses = Addresses::new(options.listen).map_err(|unsuitable| Misconfigured(unsuitable.to_string()))?;
    let clock = Clock::movable();
    let entropy = Entropy::new(clock.clone());
    // Dropped last, when nothing writes into it any more.
    let folder = Folder::open(options.data, &entropy)?;
    let words = Locales::embedded().words("en");
    let config = configuration(&addresses, &folder, options.database, &entropy, &words)?;
    log::init(config.log.format, &config.log.filter)?;

    let mut stalls = Vec::new();
    for product in PRODUCTS {
        stalls.push((product, serve::bind(addresses.product(product)).await?));
    }
    let lakeshore = serve::bind(addresses.idp()).await?;
    let sink = Sink::start(addresses.smtp_port(), clock.clone())
        .await
        .with_context(|| format!("port {}, for the demo's mail server, is in use", addresses.smtp_port()))?;
    sink.behave(|script| moods(script, folder.maildir())).await;
    let stage = Stage { inbox: sink.inbox().clone(), addresses, configuration: folder.configuration() };
    let running = start(Start { config, clock, demo: Some(stage) }).await?;

    let app = running.app.clone();
    clock::catch_up(&app.clock, &app.db).await.context("the demo's clock could not be set")?;
    let props = Props {
        entropy: &app.entropy,
        keys: &app.keys,
        hasher: &app.hasher,
        addresses: &addresses,
        terms: app.terms.as_ref(),
    };
    data::seed(&app.db, props).await.context("the demo's data could not be written")?;
    data::move_addresses(&app).await.context("the demo's addresses could not be changed")?;
    data::invite(&app).await.context("the demo's invitation could not be written")?;
    let (stop, shutdown) = jobs::shutdown();
    let mut tasks = open_products(&app, &addresses, stalls, &shutdown)?;
    tasks.spawn(serve::serve(lakeshore, idp::router(open_idp(&app, &addresses)?), neighborly(), shutdown.clone()));
    say(summary::text(&words, &addresses, &folder.configuration(), folder.kept()));
    say(words.with("demo-ready", &[("url", &app.public_url)]));
    drop(app);

    running.until_stopped().await;
    stop.request();
    while tasks.join_next().await.is_some() {}
    Ok(())
}

/// Three addresses show what can become of a mail; nobody signs in with them. A fourth is somebody's, and fares no better.
fn moods(script: &mut Script, maildir: PathBuf) {
    for address in ["refused@riverside.example", "rosa@riverside.example"] {
        script.answer(address, "550 5.1.1 no such mailbox");
    }
    script.answer("greylisted@riverside.example", "450 4.2.0 greylisted, come back later");
    script.times.insert("greylisted@riverside.example".into(), 2);
    script.returned.insert("returned@riverside.example".into(), "550 5.1.1 no such mailbox".into());
    script.returns_to = Some(maildir);
}

fn open_products(
    app: &App,
    addresses: &Addresses,
    stalls: Vec<(&'static Product, TcpListener)>,
    shutdown: &Shutdown,
) -> anyhow::Result<JoinSet<()>> {
    let mut tasks = JoinSet::new();
    for (product, listener) in stalls {
        let stall = Stall::new(app, product, addresses).context(NO_CERTIFICATES)?;
        tasks.spawn(serve::serve(listener, products::router(stall), neighborly(), shutdown.clone()));
    }
    Ok(tasks)
}

fn open_idp(app: &App, addresses: &Addresses) -> anyhow::Result<Idp> {
    let ground = Ground {
        clock: app.clock.clone(),
        entropy: app.entropy.clone(),
        locales: app.locales.clone(),
        way: Outgoing::new(&app.public_url).context(NO_CERTIFICATES)?,
    };
    Idp::open(ground, Agreement::of(&app.keys, addresses)).context("the sample identity provider cannot be opened")
}

fn neighborly() -> serve::Limits {
    serve::Limits { connections: CONNECTIONS, connections_per_address: CONNECTIONS, trusted_proxies: Vec::new() }
}

/// A production's configuration, with what a demo needs; nothing of this machine's environment gets into it. It lies in the
/// folder too, so that a kept demo's commands find it.
fn configuration(
    addresses: &Addresses,
    folder: &Folder,
    database: Option<String>,
    entropy: &Entropy,
    words: &Words,
) -> anyhow::Result<Config> {
    let terms = folder.write("terms.txt", &words.t("demo-terms"))?;
    let key_file = master_key(&folder.path, entropy)?;
    let database = database.unwrap_or_else(|| format!("sqlite:{}", folder.path.join("demo.db").display()));
    let text = |text: String| serde_json::Value::from(text);
    // Everything comes from one address here, and whoever tries the locks should meet nothing but the locks.
    let plenty = || serde_json::Value::from(100_000);
    let settings = [
        ("public_url", text(addresses.public_url())),
        ("listen", text(addresses.front_door().to_string())),
        ("database.url", text(database)),
        ("mail.smtp_url", text(format!("smtp://127.0.0.1:{}", addresses.smtp_port()))),
        ("mail.from", text("Portico <no-reply@portico.example>".into())),
        ("mail.bounce_address", text("bounces@portico.example".into())),
        ("mail.bounces_maildir", text(folder.maildir().display().to_string())),
        ("keys.master_key_file", text(key_file.display().to_string())),
        ("policy.preset", text("classic".into())),
        ("terms.version", text("2026-11".into())),
        ("terms.file", text(terms.display().to_string())),
        ("ops.listen", text(addresses.ops().to_string())),
        ("brand.support_phone", text("+1 555 0100".into())),
        ("brand.support_mail", text("help@portico.example".into())),
        ("limits.failures_per_address", plenty()),
        ("limits.sign_ins_per_address", plenty()),
        ("limits.mails_per_address", plenty()),
        ("limits.mails_overall", plenty()),
        ("limits.mails_per_mailbox", plenty()),
        ("log.filter", text("warn".into())),
    ];
    // What JSON calls a string or a number, TOML calls so too.
    let lines: String = settings.iter().map(|(name, value)| format!("{name} = {value}\n")).collect();
    let text = format!("# {}\n{lines}", words.t("demo-configuration"));
    folder.write(CONFIGURATION, &text)?;
    Config::read(&text, []).map_err(|problems| anyhow!("{}", problems.join("\n")))
}

/// The file with this folder's master key, made at random when there is none.
fn master_key(folder: &Path, entropy: &Entropy) -> anyhow::Result<PathBuf> {
    let path = folder.join("master.key");
    if !path.exists() {
        let key = HEXLOWER.encode(&entropy.bytes::<KEY_LEN>());
        let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path);
        file.and_then(|mut file| file.write_all(key.as_bytes()))
            .with_context(|| format!("{} cannot be written", path.display()))?;
    }
    Ok(path)
}

/// Where the demo keeps its database and its key. A temporary one goes away with this.
struct Folder {
    path: PathBuf,
    temporary: bool,
}

impl Folder {
    fn open(named: Option<PathBuf>, entropy: &Entropy) -> anyhow::Result<Folder> {
        let temporary = named.is_none();
        // A name nobody can guess, and refused if it exists: other people of this machine write there as well.
        let fresh = || std::env::temp_dir().join(format!("portico-demo-{}", entropy.token().expose_secret()));
        let path = named.unwrap_or_else(fresh);
        let created = DirBuilder::new().recursive(!temporary).mode(0o700).create(&path);
        created.with_context(|| format!("the folder {} cannot be made", path.display()))?;
        let folder = Folder { path, temporary };
        for name in ["new", "cur", "tmp"] {
            let inside = folder.maildir().join(name);
            let created = DirBuilder::new().recursive(true).mode(0o700).create(&inside);
            created.with_context(|| format!("the folder {} cannot be made", inside.display()))?;
        }
        Ok(folder)
    }

    /// What the commands are told with `--config`.
    fn configuration(&self) -> PathBuf {
        self.path.join(CONFIGURATION)
    }

    /// Where mail goes that is sent back.
    fn maildir(&self) -> PathBuf {
        self.path.join("bounces")
    }

    /// Writes a file anew, and answers where it is.
    fn write(&self, name: &str, text: &str) -> anyhow::Result<PathBuf> {
        let path = self.path.join(name);
        std::fs::write(&path, text).with_context(|| format!("{} cannot be written", path.display()))?;
        Ok(path)
    }

    fn kept(&self) -> Option<&Path> {
        (!self.temporary).then_some(&self.path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if self.temporary
            && let Err(error) = std::fs::remove_dir_all(&self.path)
        {
            tracing::warn!(%error, path = %self.path.display(), "the demo's folder could not be removed");
        }
    }
}
