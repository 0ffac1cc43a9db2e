//! `portico domain`: which organization's a domain is.

use anyhow::bail;
use clap::{Args, Subcommand};
use serde_json::{Value, json};
use store::Tx;

use super::organization::{List, operator, organization};
use super::{Configured, Misconfigured, say, table};
use crate::app::App;
use crate::audit::Actor;
use crate::federation::Moved;
use crate::organizations::{self, DomainDoubt, ListedDomain, NotVerified, Organization, SignInWay, Vouching};
use crate::platform::clock::Time;
use crate::platform::domain::Domain;

#[derive(Subcommand)]
pub enum Command {
    /// Say that a domain is an organization's, and print the record that shows it; nothing follows until it is verified
    Claim(Which),
    /// Look for the record in the domain's DNS, or vouch for the domain, and make it the organization's
    Verify(Verify),
    /// Domains that are verified, those that are claimed, and records that are missing; exit 1 when one is
    List(List),
    /// Let a domain or a claim go
    Release(Which),
}

#[derive(Args)]
pub struct Which {
    /// The domain, such as riverside.example
    domain: String,
    /// The organization's short name
    #[arg(long, value_name = "SLUG")]
    organization: String,
    /// For programs
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    configured: Configured,
}

#[derive(Args)]
pub struct Verify {
    #[command(flatten)]
    which: Which,
    /// Vouch for it as this operator (an account's address), without asking the DNS
    #[arg(long, value_name = "OPERATOR", requires = "because")]
    by: Option<String>,
    /// How it is known that the domain is theirs; goes into the audit trail
    #[arg(long, value_name = "TEXT", requires = "by")]
    because: Option<String>,
    /// The doubts there are have been looked at
    #[arg(long)]
    despite_doubts: bool,
}

pub async fn run(command: Command) -> anyhow::Result<()> {
    match command {
        Command::Claim(which) => claim(&which).await,
        Command::Verify(options) => verify(&options).await,
        Command::List(options) => list(&options).await,
        Command::Release(which) => release(&which).await,
    }
}

impl Which {
    async fn open(&self) -> anyhow::Result<(App, Organization, Domain)> {
        let Some(domain) = Domain::parse(&self.domain) else {
            bail!(Misconfigured(format!("{:?} is no domain. Write it like riverside.example.", self.domain)));
        };
        let app = self.configured.app().await?;
        let organization = organization(&app, &self.organization).await?;
        Ok((app, organization, domain))
    }
}

async fn claim(which: &Which) -> anyhow::Result<()> {
    let (app, organization, domain) = which.open().await?;
    let claim =
        async |tx: &mut Tx| organizations::claim_domain(tx, &app, Actor::Command, (&organization, &domain)).await;
    let claimed = match app.db.write("domains.claim", claim).await {
        Ok(claimed) => claimed,
        Err(error) => bail!("{domain} was not claimed: {error}."),
    };
    if which.json {
        say(json!({
            "organization": organization.slug, "domain": domain.as_str(), "new": claimed.new,
            "verified": claimed.verified, "record": claimed.challenge, "doubts": as_json(&claimed.doubts),
        }));
        return Ok(());
    }
    if claimed.verified {
        say(format_args!("{domain} is {}'s already.", organization.name));
        return Ok(());
    }
    say(format_args!("{} claims {domain}. Nothing follows from that until it is verified.", organization.name));
    for doubt in &claimed.doubts {
        say(format_args!("! {doubt}"));
    }
    say("\nWhoever keeps the domain's DNS adds this record:");
    let record = &claimed.challenge;
    say(table(&[("  Name", record.name.as_str()), ("  Type", "TXT"), ("  Value", &record.value)]));
    say(format_args!("\nThen: portico domain verify {} --organization {}", domain, organization.slug));
    Ok(())
}

fn as_json(doubts: &[DomainDoubt]) -> Vec<Value> {
    doubts.iter().map(|doubt| json!({ "doubt": doubt.name(), "told": doubt.to_string() })).collect()
}

async fn verify(options: &Verify) -> anyhow::Result<()> {
    let (app, organization, domain) = options.which.open().await?;
    let both = (&organization, &domain);
    let done = match (&options.by, &options.because) {
        (Some(by), Some(because)) => {
            let operator = operator(&app, by).await?;
            let vouching = Vouching { operator: &operator, because };
            organizations::vouch_for_domain(&app, both, &vouching, options.despite_doubts).await
        }
        _ => organizations::verify_domain(&app, Actor::Command, both, options.despite_doubts).await,
    };
    let new = match done {
        Ok(new) => new,
        Err(error) => bail!("{domain} was not verified: {}", told(&error, &options.which)),
    };
    let sentence = match new {
        true => format!("{domain} is {}'s: addresses there are taken for its people's.", organization.name),
        false => format!("{domain} was {}'s before.", organization.name),
    };
    tell(&options.which, &sentence);
    if new && !options.which.json && organization.sign_in == SignInWay::Sso {
        say(format_args!(
            "! Others of its people sign in elsewhere. Those of {domain} have passwords here until you say otherwise: portico \
             connection on {} --domain {domain}",
            organization.slug
        ));
    }
    Ok(())
}

/// What is in the way, and the way out.
fn told(error: &NotVerified, which: &Which) -> String {
    match error {
        NotVerified::NotClaimed => format!(
            "{error}. `portico domain claim {} --organization {}` says what has to stand in its DNS.",
            which.domain, which.organization
        ),
        NotVerified::Doubtful(_) => {
            format!("{error}. If it is theirs all the same, say so with --despite-doubts.")
        }
        NotVerified::NotThere { wanted, found } => {
            let seen = match found.as_slice() {
                [] => "There is no such name, or no text at it.".to_owned(),
                found => format!("There is: {}", found.join(" | ")),
            };
            format!(
                "{error}. Wanted is\n  {} TXT {}\n{seen}\nA record that was added just now can take an hour to be seen.",
                wanted.name, wanted.value
            )
        }
        NotVerified::Silent(_) => format!("{error}. `dns.resolver` in the configuration says who is asked."),
        error => format!("{error}."),
    }
}

async fn release(which: &Which) -> anyhow::Result<()> {
    let (app, organization, domain) = which.open().await?;
    let release =
        async |tx: &mut Tx| organizations::release_domain(tx, &app, Actor::Command, (&organization, &domain)).await;
    let Some(Moved { here, .. }) = app.db.write("domains.release", release).await? else {
        bail!("{domain} is neither {}'s nor claimed by it.", organization.name);
    };
    let people = match here {
        0 => "Accounts with an address there stay as they are.".to_owned(),
        here => format!(
            "{here} people signed in by it elsewhere, and do so here now: a reset by mail gives them a password."
        ),
    };
    tell(which, &format!("{domain} is nobody's. {people}"));
    Ok(())
}

fn tell(which: &Which, sentence: &str) {
    if which.json {
        say(json!({ "organization": which.organization, "domain": which.domain, "done": sentence }));
    } else {
        say(sentence);
    }
}

async fn list(options: &List) -> anyhow::Result<()> {
    let app = options.configured.app().await?;
    let of = match &options.organization {
        Some(slug) => Some(organization(&app, slug).await?.id),
        None => None,
    };
    let list = async |tx: &mut Tx| organizations::list_domains(tx, of.as_ref()).await;
    let found = app.db.read("domains.list", list).await?;
    if options.json {
        say(json!(found.iter().map(listed_json).collect::<Vec<_>>()));
    } else if found.is_empty() {
        say("No domains. `portico domain claim` begins with one.");
    } else {
        found.iter().for_each(|one| say(line(one)));
    }
    let missing = found.iter().any(|one| one.record.warned_at.is_some());
    if missing { Err(super::Exit(1).into()) } else { Ok(()) }
}

fn line(one: &ListedDomain) -> String {
    let state = match (one.verified_at, &one.vouched_by, one.record.missing_since) {
        (None, _, _) => "claimed, not verified: routes nobody".to_owned(),
        (Some(_), _, Some(since)) => format!("verified, but its record is missing since {}", since.to_text()),
        (Some(at), Some(operator), _) => format!("verified {}, {operator} vouches for it", at.to_text()),
        (Some(at), None, _) => format!("verified {}", at.to_text()),
    };
    format!("{:16} {:32} {state}", one.slug, one.domain)
}

fn listed_json(one: &ListedDomain) -> Value {
    json!({
        "organization": one.slug, "domain": one.domain, "record": one.challenge(),
        "claimed_at": one.claimed_at.map(Time::to_text), "verified_at": one.verified_at.map(Time::to_text),
        "verified_by": one.verified_by.map(organizations::DomainShown::as_str), "vouched_by": one.vouched_by,
        "record_missing_since": one.record.missing_since.map(Time::to_text),
        "record_checked_next": one.record.check_at.map(Time::to_text),
    })
}
