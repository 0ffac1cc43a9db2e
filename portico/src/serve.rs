//! From a configuration to a running node: the application, its jobs, its two listeners.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::thread::available_parallelism;
use std::time::Duration;

use anyhow::{Context, anyhow, bail};
use secrecy::ExposeSecret;
use store::{Db, Engine, Tx};
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::task::JoinSet;

use crate::account;
use crate::app::{App, Brand, Limits, Parts, letters};
use crate::audit;
use crate::config::Config;
use crate::delivery;
use crate::demo::Stage;
use crate::deployment::{self, Kind, MIGRATIONS};
use crate::federation::{self, Federation};
use crate::lockout;
use crate::organizations;
use crate::password::{self, Hasher};
use crate::platform::clock::Clock;
use crate::platform::dns::Resolver;
use crate::platform::entropy::Entropy;
use crate::platform::i18n::Locales;
use crate::platform::jobs::{self, Shutdown, Stop, Turn};
use crate::platform::keys::Keys;
use crate::platform::mail::{self, Courier, Letterhead, Maildir, PostOffice, Sender, Smtp, SmtpUrl, Supplies};
use crate::platform::outgoing::Outgoing;
use crate::platform::web::{Assets, CookieJarStyle, Logo, serve};
use crate::platform::{limits, one_time, ops};
use crate::provider::Provider;
use crate::switcher::Script;
use crate::terms::Terms;
use crate::{invitations, mfa, products, provider, recovery, session, sign_in, sources, support};

/// What a node is started with.
pub struct Start {
    pub config: Config,
    pub clock: Clock,
    /// The demo's own pages; `None` in production.
    pub demo: Option<Stage>,
}

/// A node that serves.
pub struct Running {
    pub app: App,
    pub address: SocketAddr,
    stop: Stop,
    tasks: JoinSet<()>,
    signals: Signals,
}

/// How the system asks a process to stop. Heard from before the node is ready: one that is asked in its first moment, by
/// whoever has just read that it is ready, ends like any other.
struct Signals {
    terminate: Signal,
    interrupt: Signal,
}

impl Signals {
    fn hear() -> std::io::Result<Signals> {
        Ok(Signals { terminate: signal(SignalKind::terminate())?, interrupt: signal(SignalKind::interrupt())? })
    }

    async fn received(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}

impl Running {
    /// Stops taking requests, lets those under way finish, ends the jobs.
    pub async fn stop(mut self) {
        self.stop.request();
        while self.tasks.join_next().await.is_some() {}
    }

    /// Runs until the process is asked to stop.
    pub async fn until_stopped(mut self) {
        self.signals.received().await;
        self.stop().await;
    }
}

/// Opens the database a configuration names, makes it if there is none, and brings it up to date.
pub async fn open_database(config: &Config, clock: &Clock) -> anyhow::Result<Db> {
    let db = connect(config, clock).await?;
    db.migrate(MIGRATIONS).await.map_err(|error| anyhow!("{error}"))?;
    Ok(db)
}

/// Opens a database that is there and up to date, for commands that look at one or act on it: a mistyped address must not
/// become a new, empty database, and asking a question must not upgrade the one that others serve from.
pub async fn open_existing(config: &Config, clock: &Clock) -> anyhow::Result<Db> {
    if let Some(path) = config.database.url.expose_secret().strip_prefix("sqlite:") {
        let path = Path::new(path.strip_prefix("//").unwrap_or(path));
        // A folder that is missing is told by whoever opens the file.
        if !path.exists() && path.parent().is_none_or(Path::is_dir) {
            bail!(
                "There is no database {}. Correct `database.url`, or make one with `portico migrate`.",
                path.display()
            );
        }
    }
    let db = connect(config, clock).await?;
    match db.pending(MIGRATIONS).await.map_err(|error| anyhow!("{error}"))? {
        0 => Ok(db),
        count => bail!("The database is not up to date ({count} migrations to go). Run `portico migrate` first."),
    }
}

async fn connect(config: &Config, clock: &Clock) -> anyhow::Result<Db> {
    let cores = available_parallelism().map_or(2, usize::from);
    let options = store::Options {
        clock: clock.as_micros(),
        readers: cores.max(2),
        connections: cores * 4 + 4,
        observe: Some(ops::observe_transaction),
    };
    Db::open(config.database.url.expose_secret(), options).await.map_err(|error| anyhow!("{error}"))
}

/// The keys of a configuration.
pub fn open_keys(config: &Config, entropy: &Entropy) -> anyhow::Result<Keys> {
    let master = config.master_key().map_err(|problem| anyhow!("{problem}"))?;
    Ok(Keys::new(&master, entropy.clone()))
}

/// Builds the application of a configuration around an open database, and claims that for it.
pub async fn build(start: Start, db: Db, kind: Kind) -> anyhow::Result<App> {
    let entropy = Entropy::new(start.clock.clone());
    let keys = open_keys(&start.config, &entropy)?;
    deployment::claim(&db, &keys, kind).await.map_err(|refused| anyhow!("{refused}"))?;
    assemble(start, db, entropy, keys)
}

/// The same for commands: the database is only asked whether it is of these keys, and may be a kept demo's.
pub async fn build_on_existing(start: Start, db: Db) -> anyhow::Result<App> {
    let entropy = Entropy::new(start.clock.clone());
    let keys = open_keys(&start.config, &entropy)?;
    deployment::check(&db, &keys, None).await.map_err(|refused| anyhow!("{refused}"))?;
    assemble(start, db, entropy, keys)
}

fn assemble(start: Start, db: Db, entropy: Entropy, keys: Keys) -> anyhow::Result<App> {
    let Start { config, clock, demo } = start;
    let threads = config.password_hash.threads.map(|threads| threads as usize);
    let options = password::Options {
        cost: config.hash_cost(),
        threads: threads.unwrap_or_else(|| available_parallelism().map_or(2, usize::from)),
        queue: config.limits.hash_queue as usize,
        // Transactions that take turns gain by coming together; those that run beside each other get in each other's way.
        together: match db.engine() {
            Engine::Sqlite => password::TOGETHER,
            Engine::Postgres => 1,
        },
    };
    let sender = Sender::from(config.mail.from.clone());
    let accent = config.brand.accent.map(|accent| accent.to_string());
    let assets = Assets::new(accent.as_deref(), config.brand.logo.as_deref().map(read_logo).transpose()?);
    let public_url = config.addresses.public_url.as_str().to_owned();
    let outgoing = Outgoing::new(&public_url).context("this machine has no certificates to judge others by")?;
    Ok(App::new(Parts {
        cookies: CookieJarStyle::new(&public_url),
        dns: Resolver::new(config.dns.resolver, entropy.clone()),
        public_url,
        hasher: Hasher::start(&options, entropy.clone())
            .context("the threads that check passwords cannot be started")?,
        lockout: lockout::Queue::default(),
        locales: Locales::embedded().led_by(config.brand.language.as_str()),
        brand: brand(&config, assets.logo.clone()),
        assets,
        trusted_proxies: config.addresses.trusted_proxies.0.clone(),
        known_networks: config.limits.known_networks.0.clone(),
        preset: config.policy.preset,
        terms: read_terms(&config)?,
        limits: limits_of(&config),
        office: PostOffice::new(entropy.clone(), &sender),
        clerk: recovery::Bell::default(),
        federation: Federation::new(outgoing.clone(), clock.clone()),
        provider: Provider::new(provider::FRESH, outgoing),
        switcher: Script::default(),
        sender: config.mail.from.to_string(),
        bounce_address: config.mail.bounce_address.as_ref().map(ToString::to_string),
        db,
        clock,
        entropy,
        keys,
        demo,
    }))
}

fn read_terms(config: &Config) -> anyhow::Result<Option<Terms>> {
    let (Some(version), Some(path)) = (&config.terms.version, &config.terms.file) else { return Ok(None) };
    let text =
        std::fs::read_to_string(path).with_context(|| format!("`terms.file`: {} cannot be read", path.display()))?;
    Ok(Some(Terms::new(version, &text)))
}

fn read_logo(path: &Path) -> anyhow::Result<Logo> {
    let bytes = std::fs::read(path).with_context(|| format!("`brand.logo`: {} cannot be read", path.display()))?;
    let svg = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("svg"));
    Ok(Logo { kind: if svg { "image/svg+xml" } else { "image/png" }, bytes })
}

fn brand(config: &Config, logo_url: Option<String>) -> Brand {
    Brand {
        name: config.brand.name.clone(),
        logo_url,
        accent: config.brand.accent.map(|accent| accent.to_string()),
        support_phone: config.brand.support_phone.clone(),
        support_mail: config.brand.support_mail.as_ref().map(|mail| mail.email.to_string()),
    }
}

fn limits_of(config: &Config) -> Limits {
    Limits {
        failures: config.limits.failures_per_address.into(),
        window: Duration::from_secs(u64::from(config.limits.window_minutes) * 60),
        names: config.limits.names_per_address.into(),
        names_window: Duration::from_secs(u64::from(config.limits.names_window_minutes) * 60),
        sign_ins: config.limits.sign_ins_per_address.into(),
        mails_per_mailbox: config.limits.mails_per_mailbox.into(),
        mails_per_address: config.limits.mails_per_address.into(),
        mails_overall: config.limits.mails_overall.into(),
    }
}

/// The courier of an application: hands its mail over to the configured relay.
pub fn courier(app: &App, config: &Config) -> anyhow::Result<Courier> {
    let from = Sender::from(config.mail.from.clone());
    let url =
        SmtpUrl::parse(config.mail.smtp_url.expose_secret()).map_err(|error| anyhow!("`mail.smtp_url`: {error}"))?;
    let bounces_to = config.mail.bounce_address.clone().map(Sender::from);
    let smtp = Smtp::new(url, from.domain()).map_err(|error| anyhow!("`mail.smtp_url`: {error}"))?;
    let support = app.brand.support_phone.iter().chain(&app.brand.support_mail).cloned().collect::<Vec<_>>().join(", ");
    Ok(Courier::new(Supplies {
        db: app.db.clone(),
        clock: app.clock.clone(),
        keys: app.keys.clone(),
        locales: app.locales.clone(),
        letters: letters(),
        letterhead: Letterhead {
            from,
            bounces_to,
            brand: app.brand.name.clone(),
            accent: app.brand.accent.clone().unwrap_or_else(|| "#0b5d6e".into()),
            on_accent: "#ffffff".into(),
            support: Some(support).filter(|support| !support.is_empty()),
            public_url: app.public_url.clone(),
            time_zone: jiff::tz::TimeZone::UTC,
        },
        office: app.office.clone(),
        smtp,
        on_refused: Some(audit::mail_refused),
        hash_typed: password::hash_typed(&app.hasher),
    }))
}

/// Starts a node: both listeners are open when this returns.
pub async fn start(start: Start) -> anyhow::Result<Running> {
    let problems = start.config.check();
    if !problems.is_empty() {
        bail!("{}", problems.join("\n"));
    }
    let config = start.config.clone();
    let kind = if start.demo.is_some() { Kind::Demo } else { Kind::Production };
    let metrics = ops::install_recorder()?;
    let db = open_database(&config, &start.clock).await?;
    let app = build(start, db, kind).await?;
    let courier = courier(&app, &config)?;
    let listener = serve::bind(config.addresses.listen).await.map_err(|problem| anyhow!("{problem}"))?;
    let ops_listener = serve::bind(config.ops.listen).await.map_err(|problem| anyhow!("{problem}"))?;
    let address = listener.local_addr()?;

    let signals = Signals::hear().context("the system's requests to stop cannot be heard")?;
    let (stop, shutdown) = jobs::shutdown();
    let mut tasks = JoinSet::new();
    let limits = serve::Limits {
        connections: config.limits.connections as usize,
        connections_per_address: config.limits.connections_per_address as usize,
        trusted_proxies: config.addresses.trusted_proxies.0.clone(),
    };
    tasks.spawn(serve::serve(listener, app.router(), limits, shutdown.clone()));
    tasks.spawn(ops::serve(ops_listener, metrics, readiness(&app, kind), shutdown.clone()));
    tasks.spawn(courier.run(shutdown.clone()));
    tasks.spawn(recovery::answer(app.clone(), shutdown.clone()));
    tasks.spawn(support::tell(app.clone(), shutdown.clone()));
    tasks.spawn(audit::Sealer::new(app.db.clone(), app.keys.clone(), &app.entropy).run(shutdown.clone()));
    if let Some(folder) = config.mail.bounces_maildir.clone() {
        tasks.spawn(delivery::run_bounces(app.clone(), Maildir::new(folder), shutdown.clone()));
    }
    tasks.spawn(provider::run_keys(app.clone(), shutdown.clone()));
    tasks.spawn(provider::run_notices(app.clone(), shutdown.clone()));
    tasks.spawn(sign_in::run_half(app.clone(), shutdown.clone()));
    tasks.spawn(products::run_ends(app.clone(), shutdown.clone()));
    tasks.spawn(mfa::run_resets(app.clone(), shutdown.clone()));
    tasks.spawn(organizations::run_domains(app.clone(), shutdown.clone()));
    tasks.spawn(federation::run_secrets(app.clone(), shutdown.clone()));
    tasks.spawn(delivery::Watch::default().run(app.clone(), shutdown.clone()));
    tasks.spawn(forget(app.clone(), shutdown));
    Ok(Running { app, address, stop, tasks, signals })
}

/// What a node must find in order before it may get requests.
fn readiness(app: &App, kind: Kind) -> ops::Readiness {
    let (db, keys) = (app.db.clone(), app.keys.clone());
    let keys = Arc::new(move || -> ops::Asked {
        let (db, keys) = (db.clone(), keys.clone());
        Box::pin(async move { deployment::check(&db, &keys, Some(kind)).await.map_err(|refused| refused.to_string()) })
    });
    ops::Readiness { db: app.db.clone(), migrations: MIGRATIONS, keys }
}

const DAY: Duration = Duration::from_secs(24 * 3_600);

/// Forgets what is past its time, a little at a time.
async fn forget(app: App, shutdown: Shutdown) {
    let app = Arc::new(app);
    jobs::every("forget", Duration::from_secs(600), shutdown, async || forget_once(&app).await).await;
}

/// What one write forgets at most: the `LIMIT` of every purge.
const BATCH: u64 = 500;

/// One round of forgetting. Every table is its own short write, so that nobody waits for it; where a batch was full there
/// is more, and the next round comes at once.
pub async fn forget_once(app: &App) -> Result<Turn, store::Error> {
    let now = app.clock.now();
    let db = &app.db;
    let forgotten = [
        db.write("forget.sign_ins", async |tx: &mut Tx| sign_in::purge(tx, now - 7 * DAY, now - 2 * DAY).await).await?,
        db.write("forget.recoveries", async |tx: &mut Tx| recovery::purge(tx, now - 7 * DAY).await).await?,
        db.write("forget.invitations", async |tx: &mut Tx| invitations::purge(tx, now - 90 * DAY).await).await?,
        db.write("forget.sessions", async |tx: &mut Tx| session::purge(tx, now - 30 * DAY).await).await?,
        db.write("forget.devices", async |tx: &mut Tx| session::purge_devices(tx, now - 30 * DAY).await).await?,
        db.write("forget.networks", async |tx: &mut Tx| {
            session::purge_networks(tx, now - session::NETWORK_KNOWN_FOR).await
        })
        .await?,
        db.write("forget.limits", async |tx: &mut Tx| limits::purge(tx, now - DAY).await).await?,
        db.write("forget.names", async |tx: &mut Tx| limits::purge_members(tx, now - DAY).await).await?,
        db.write("forget.sources", async |tx: &mut Tx| sources::purge(tx, now - 7 * DAY).await).await?,
        db.write("forget.wanted_emails", async |tx: &mut Tx| account::purge(tx, now - account::WANTED_FOR).await)
            .await?,
        db.write("forget.mails", async |tx: &mut Tx| mail::purge(tx, now - 90 * DAY).await).await?,
        db.write("forget.one_time", async |tx: &mut Tx| one_time::purge(tx, now - 30 * DAY).await).await?,
        db.write("forget.support", async |tx: &mut Tx| support::purge(tx, now - 180 * DAY).await).await?,
        db.write("forget.drafts", async |tx: &mut Tx| support::purge_drafts(tx, now - DAY).await).await?,
        db.write("forget.attempts", async |tx: &mut Tx| lockout::purge(tx).await).await?,
    ];
    let of_products = provider::purge(app, now).await?;
    let of_federation = federation::purge(app, now).await?;
    Ok(if forgotten.iter().chain(&of_products).chain(&of_federation).any(|count| *count >= BATCH) {
        Turn::Again
    } else {
        Turn::Rest
    })
}
