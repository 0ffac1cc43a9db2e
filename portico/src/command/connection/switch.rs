//! `connection trial`, `on` and `off`: who is sent there.

use anyhow::bail;
use clap::Args;
use secrecy::ExposeSecret;
use serde_json::json;
use store::Tx;

use super::super::{Misconfigured, say};
use super::Which;
use super::show::{examine, tell_look};
use crate::audit::Actor;
use crate::federation::{self, DomainWish, Moved, Switched};
use crate::platform::domain::Domain;

#[derive(Args)]
pub struct Trial {
    #[command(flatten)]
    which: Which,
    /// End the link there is, and make none
    #[arg(long)]
    no_link: bool,
}

#[derive(Args)]
pub struct On {
    #[command(flatten)]
    which: Which,
    /// For the people of this verified domain; several times
    #[arg(long, value_name = "DOMAIN", conflicts_with = "all")]
    domain: Vec<String>,
    /// For those of every verified domain of the organization
    #[arg(long)]
    all: bool,
    /// Switch it on although something was found that cannot work
    #[arg(long)]
    despite_findings: bool,
}

#[derive(Args)]
pub struct Off {
    #[command(flatten)]
    which: Which,
    /// Only for the people of this domain
    #[arg(long, value_name = "DOMAIN")]
    domain: Option<String>,
}

pub async fn trial(options: &Trial) -> anyhow::Result<()> {
    let (app, connection, _) = options.which.open().await?;
    if options.no_link {
        let end = async |tx: &mut Tx| federation::no_link(tx, &app, Actor::Command, &connection).await;
        let ended = app.db.write("federation.no_link", end).await?;
        let sentence = if ended { "The link has ended." } else { "There was no link." };
        return tell(&options.which, sentence);
    }
    let make = async |tx: &mut Tx| federation::new_link(tx, &app, Actor::Command, &connection).await;
    let (token, until) = app.db.write("federation.new_link", make).await?;
    let link = format!("{}/sign-in/with/{}", app.public_url, token.expose_secret());
    if options.which.json {
        say(json!({ "connection": connection.id.as_str(), "link": link, "until": until.to_text() }));
        return Ok(());
    }
    say(link);
    say(
        "Whoever opens it types their email and is sent to the provider; nobody else notices. It is shown this once: only its",
    );
    say(
        "hash is kept. It ends after two weeks. What goes wrong is told with a reference: portico connection failures.",
    );
    Ok(())
}

pub async fn on(options: &On) -> anyhow::Result<()> {
    let wish = match (options.domain.as_slice(), options.all) {
        (_, true) => DomainWish::All,
        ([], false) => DomainWish::AsBefore,
        (some, false) => DomainWish::These(some.iter().map(|text| domain(text)).collect::<Result<_, _>>()?),
    };
    let (app, connection, told) = options.which.open().await?;
    let (look, findings) = examine(&app, &connection, &told).await;
    if super::is_broken(&findings) && !options.despite_findings {
        if !options.which.json {
            tell_look(&look, &findings);
        }
        bail!("It was not switched on: nobody would get in. Put right what is marked ✗, or say --despite-findings.");
    }
    let turn = async |tx: &mut Tx| federation::turn_on(tx, &app, Actor::Command, (&connection, &wish)).await;
    let Switched { domains, others, moved } = match app.db.write("federation.on", turn).await {
        Ok(switched) => switched,
        Err(error) => bail!("It was not switched on: {error}. `portico domain list` tells which domains are verified."),
    };
    if options.which.json {
        let (connection, moved) = (connection.id.as_str(), moved.json());
        say(json!({ "connection": connection, "state": "on", "domains": domains, "others": others, "moved": moved }));
        return Ok(());
    }
    say(format_args!("People of {} are sent to {}.", domains.join(", "), connection.settings.name));
    match others.as_slice() {
        [] => say("Those are all domains of the organization. Accounts with other addresses have passwords here."),
        others => say(format_args!("Not those of {}, who have passwords here.", others.join(", "))),
    }
    if moved.passwords_put_away > 0 {
        say(format_args!("{} passwords from before are put away: none of them works again.", moved.passwords_put_away));
    }
    Ok(())
}

pub async fn off(options: &Off) -> anyhow::Result<()> {
    let one = options.domain.as_deref().map(domain).transpose()?;
    let (app, connection, _) = options.which.open().await?;
    let turn = async |tx: &mut Tx| federation::turn_off(tx, &app, Actor::Command, (&connection, one.as_ref())).await;
    let done = app.db.write("federation.off", turn).await?;
    let name = &connection.settings.name;
    let sentence = match (done, &one) {
        (Some(moved), None) => format!("Nobody is sent to {name} any more. {}", in_words(moved)),
        (Some(moved), Some(domain)) => {
            format!("People of {domain} are not sent to {name} any more. {}", in_words(moved))
        }
        (None, None) => format!("{name} was off before."),
        (None, Some(domain)) => format!("{domain} did not lead to {name}."),
    };
    tell(&options.which, &sentence)
}

fn in_words(Moved { here, .. }: Moved) -> String {
    format!("{here} people sign in here now; a reset by mail gives each a password, and none from before works.")
}

fn domain(text: &str) -> anyhow::Result<Domain> {
    match Domain::parse(text) {
        Some(domain) => Ok(domain),
        None => bail!(Misconfigured(format!("{text:?} is no domain. Write it like riverside.example."))),
    }
}

fn tell(which: &Which, sentence: &str) -> anyhow::Result<()> {
    if which.json {
        say(json!({ "connection": which.connection, "done": sentence }));
    } else {
        say(sentence);
    }
    Ok(())
}
