//! The commands. Results go to standard output; errors to standard error, in a sentence, with the way out.
//!
//! Exit codes: 0 done, 1 refused or failed, 2 bad usage or configuration.

mod account;
mod audit;
mod change_email;
mod connection;
mod doctor;
mod domain;
mod factor;
mod init;
mod invite;
mod keys;
mod mail;
mod organization;
mod policy;
mod product;
mod secondary;
mod serve;
mod sso;
mod support;
mod table;

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::anyhow;
use clap::{Args, Subcommand};

pub use table::table;

use crate::app::App;
use crate::config::Config;
use crate::demo;
use crate::deployment::{self, Kind};
use crate::platform::clock::Clock;
use crate::serve::{Start, build, build_on_existing, open_database, open_existing};

#[derive(Subcommand)]
pub enum Command {
    /// Everything on one machine, with sample people and products; loopback only
    Demo(crate::demo::Options),
    /// Serve in production
    Serve(Configured),
    /// Bring the database's schema up to date
    Migrate(Configured),
    /// Say what is wrong with a configuration
    CheckConfig(Configured),
    /// Write a commented configuration and the master key, and print the first operator's link
    Init(init::Init),
    /// Show an account, or act on it
    #[command(subcommand)]
    Account(account::Account),
    /// Why can this person (not) sign in? Exit 0: can; 1: cannot; 2: unknown
    Doctor(doctor::Doctor),
    /// How mail fares
    #[command(subcommand)]
    Mail(mail::Mail),
    /// The audit trail
    #[command(subcommand)]
    Audit(audit::Audit),
    /// Products: register them, let organizations use them, see why something does not work
    #[command(subcommand)]
    Product(Box<product::Product>),
    /// Organizations' own sign-in: setting up the connections to their identity providers
    #[command(subcommand)]
    Connection(Box<connection::Command>),
    /// What organizations and products ask of people who sign in: second factors
    #[command(subcommand)]
    Policy(policy::Policy),
    /// Which organization's a domain is
    #[command(subcommand)]
    Domain(domain::Command),
    /// The keys that sign tokens
    #[command(subcommand)]
    Keys(keys::Keys),
    /// An organization's single sign-on: suspend it while it is out, and resume it
    #[command(subcommand)]
    Sso(sso::Sso),
    /// What people sent with the Contact Form
    #[command(subcommand)]
    Support(support::Support),
}

#[derive(Args)]
pub struct Configured {
    /// The configuration file
    #[arg(long, default_value = "portico.toml")]
    pub config: PathBuf,
}

/// Bad usage or configuration: exit code 2.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Misconfigured(pub String);

/// An answer that is not an error, with its own exit code.
#[derive(Debug, thiserror::Error)]
#[error("exit {0}")]
pub struct Exit(pub u8);

pub async fn run(command: Command) -> ExitCode {
    let done = match command {
        Command::Demo(options) => crate::demo::run(options).await,
        Command::Serve(configured) => serve::serve(&configured).await,
        Command::Migrate(configured) => serve::migrate(&configured).await,
        Command::CheckConfig(configured) => serve::check(&configured),
        Command::Init(options) => init::init(options).await,
        Command::Account(command) => account::run(command).await,
        Command::Doctor(options) => doctor::run(options).await,
        Command::Mail(command) => mail::run(command).await,
        Command::Audit(command) => audit::run(command).await,
        Command::Product(command) => product::run(*command).await,
        Command::Connection(command) => connection::run(*command).await,
        Command::Policy(command) => policy::run(command).await,
        Command::Domain(command) => domain::run(command).await,
        Command::Keys(command) => keys::run(command).await,
        Command::Sso(command) => sso::run(command).await,
        Command::Support(command) => support::run(command).await,
    };
    match done {
        Ok(()) if UNREAD.load(Ordering::Relaxed) => {
            failed(&anyhow!("What was asked is done, but not all of the answer could be written."))
        }
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => failed(&error),
    }
}

/// Tells an error the way a person reads it, and gives the exit code it stands for.
#[allow(clippy::print_stderr, reason = "standard error is where a command tells what went wrong")]
pub fn failed(error: &anyhow::Error) -> ExitCode {
    if let Some(Exit(code)) = error.downcast_ref() {
        return ExitCode::from(*code);
    }
    eprintln!("portico: {error:#}");
    if error.is::<Misconfigured>() { ExitCode::from(2) } else { ExitCode::FAILURE }
}

/// Somebody has stopped reading, as `head` does.
static UNREAD: AtomicBool = AtomicBool::new(false);

/// Prints one line of a result. That nobody reads it is told at the end: what is under way goes on.
pub fn say(line: impl std::fmt::Display) {
    if writeln!(io::stdout().lock(), "{line}").is_err() {
        UNREAD.store(true, Ordering::Relaxed);
    }
}

impl Configured {
    /// The configuration, or every problem with it.
    pub fn load(&self) -> anyhow::Result<Config> {
        let config = Config::load(&self.config).map_err(|problems| Misconfigured(problems.join("\n")))?;
        let problems = config.check();
        if problems.is_empty() { Ok(config) } else { Err(Misconfigured(problems.join("\n")).into()) }
    }

    /// The application around the database that is there, for commands that act on its data without serving. It may be a demo's: whoever
    /// names its folder and its key knows that, and nobody is served from it.
    pub async fn app(&self) -> anyhow::Result<App> {
        let config = self.load()?;
        let mut clock = Clock::system();
        let mut db = open_existing(&config, &clock).await?;
        if deployment::is_demo(&db).await? {
            // Its clock may have been put ahead, and what is done to its people happens in their time.
            clock = Clock::movable();
            db = open_existing(&config, &clock).await?;
            demo::catch_up(&clock, &db).await?;
        }
        build_on_existing(Start { config, clock, demo: None }, db).await
    }

    /// The application around a database that is made if there is none.
    pub async fn new_app(&self) -> anyhow::Result<App> {
        let config = self.load()?;
        let clock = Clock::system();
        let db = open_database(&config, &clock).await?;
        build(Start { config, clock, demo: None }, db, Kind::Production).await
    }
}
