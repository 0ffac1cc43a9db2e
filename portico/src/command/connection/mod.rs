//! `portico connection`: an organization's own sign-in, from the first address to *on for all*.

mod accept;
mod edit;
mod person;
mod secret;
mod show;
mod switch;

use anyhow::bail;
use clap::{Args, Subcommand};
use store::Tx;

use super::organization::List;
use super::{Configured, Misconfigured};
use crate::app::App;
use crate::federation::{self, Connection, Finding, May, Told, Weight};
use crate::organizations::Organization;

#[derive(Subcommand)]
pub enum Command {
    /// Every connection, and what is weaker than it could be
    List(List),
    /// Everything there is to say of one, with what has to be registered at its provider
    Show(Which),
    /// Write a provider and a client down, and look at what the provider says; nobody is sent there yet
    Add(edit::Add),
    /// Change what is named, and leave the rest as it is
    Change(edit::Change),
    /// Put another secret in, or have a key made; it is read from standard input or a file, never from the command line
    Secret(secret::Put),
    /// Ask the provider, and say what is wrong; exit 1 when something cannot work
    Test(Which),
    /// Make a link by which somebody may try it, whom nobody else notices; the link before ends
    Trial(switch::Trial),
    /// Send people there: those of some domains, or of all
    On(switch::On),
    /// Send nobody there any more, or take one domain away
    Off(switch::Off),
    /// Let a second factor shown there count for administrators and products that demand one, too, by an operator's word
    AcceptMfa(accept::Accept),
    /// Say by hand who somebody is there
    Link(person::Link),
    /// Take that back, and end the account's sessions
    Unlink(person::Unlink),
    /// What went wrong there lately, by the references that people are told
    Failures(show::Failures),
}

#[derive(Args)]
pub struct Which {
    /// Its id, or an organization's short name where that has only one
    connection: String,
    /// For programs
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    configured: Configured,
}

pub async fn run(command: Command) -> anyhow::Result<()> {
    match command {
        Command::List(list) => show::list(&list).await,
        Command::Show(which) => show::show(&which).await,
        Command::Add(add) => edit::add(&add).await,
        Command::Change(change) => edit::change(&change).await,
        Command::Secret(put) => secret::put(&put).await,
        Command::Test(which) => show::test(&which).await,
        Command::Trial(trial) => switch::trial(&trial).await,
        Command::On(on) => switch::on(&on).await,
        Command::Off(off) => switch::off(&off).await,
        Command::AcceptMfa(accept) => accept::accept(&accept).await,
        Command::Link(link) => person::link(&link).await,
        Command::Unlink(unlink) => person::unlink(&unlink).await,
        Command::Failures(failures) => show::failures(&failures).await,
    }
}

impl Which {
    async fn open(&self) -> anyhow::Result<(App, Connection, Told)> {
        let app = self.configured.app().await?;
        let (connection, told) = find(&app, &self.connection).await?;
        Ok((app, connection, told))
    }
}

/// What an operator may decide.
fn may(app: &App) -> May {
    May { loopback: federation::is_on_loopback(app), operators: true }
}

async fn all(app: &App, organization: Option<&Organization>) -> anyhow::Result<Vec<(Connection, Told)>> {
    let of = organization.map(|organization| &organization.id);
    let read = async |tx: &mut Tx| federation::told_connections(tx, app, of).await;
    Ok(app.db.read("federation.told", read).await?)
}

/// The connection of an id; or the only one of an organization.
async fn find(app: &App, which: &str) -> anyhow::Result<(Connection, Told)> {
    let mut found = all(app, None).await?;
    found.retain(|(connection, told)| connection.id.as_str() == which || told.organization == which);
    match (found.pop(), found.pop()) {
        (Some(one), None) => Ok(one),
        (None, _) => bail!("There is no connection {which}. `portico connection list` tells which there are."),
        (Some(_), Some(_)) => {
            bail!("{which} has several connections. `portico connection list --organization {which}` tells their ids.")
        }
    }
}

fn refused(problems: &[String]) -> anyhow::Error {
    Misconfigured(format!("Nothing was changed.\n{}", problems.join("\n"))).into()
}

fn tell(findings: &[Finding]) {
    for finding in findings {
        super::say(format_args!("{} {}", mark(finding.weight), finding.text));
    }
}

fn mark(weight: Weight) -> &'static str {
    match weight {
        Weight::Broken => "✗",
        Weight::Weaker => "!",
        Weight::Note => "·",
    }
}

fn is_broken(findings: &[Finding]) -> bool {
    findings.iter().any(|finding| finding.weight == Weight::Broken)
}
