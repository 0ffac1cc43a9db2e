//! `sso made`: what an organization's connections have made by themselves, and its undoing.

use clap::Args;
use jiff::Timestamp;
use serde_json::json;
use store::Tx;

use super::super::organization::organization;
use super::super::say;
use super::{Acting, operator};
use crate::audit::Actor;
use crate::federation::{self, LinkedBy, Made};
use crate::platform::clock::Time;

#[derive(Args)]
pub struct Options {
    #[command(flatten)]
    acting: Acting,
    /// From when on, such as 2026-11-25T22:00Z
    #[arg(long, value_name = "TIME")]
    since: Timestamp,
    /// Take all of it back: links and their sessions end, accounts that were made are disabled, their roles are gone
    #[arg(long)]
    undo: bool,
}

pub async fn run(options: &Options) -> anyhow::Result<()> {
    let which = &options.acting.which;
    let app = which.configured.app().await?;
    // Only to be told of one that is none.
    operator(&app, options.acting.operator.as_deref()).await?;
    let organization = organization(&app, &which.organization).await?;
    let since = Time(options.since.as_microsecond());
    let read = async |tx: &mut Tx| federation::made_since(tx, &organization.id, since).await;
    let made = app.db.read("sso.made", read).await?;
    if options.undo {
        for one in &made {
            // Each by itself: whoever stops it half-way starts it again.
            let undo = async |tx: &mut Tx| federation::undo_made(tx, &app, Actor::Command, one).await;
            app.db.write("sso.undo", undo).await?;
        }
    }
    if which.json {
        say(json!({ "organization": organization.slug, "since": since.to_text(), "undone": options.undo,
                    "made": made.iter().map(as_json).collect::<Vec<_>>() }));
        return Ok(());
    }
    for one in &made {
        say(line(one));
    }
    let since = since.to_text();
    say(match (made.len(), options.undo) {
        (0, _) => format!("The connections of {} have made nothing since {since}.", organization.name),
        (count, true) => format!("{count} undone. Whoever comes by their organization next is looked at anew."),
        (count, false) => format!(
            "{count} since {since}. `portico sso made {} --since {since} --undo` takes all of it back.",
            organization.slug
        ),
    });
    Ok(())
}

fn as_json(made: &Made) -> serde_json::Value {
    json!({ "at": made.identity.linked_at.to_text(), "account": made.account.sign_in_name(),
            "email": made.account.email, "connection": made.connection, "how": made.identity.linked_by.as_str(),
            "roles": made.roles })
}

fn line(made: &Made) -> String {
    let how = match made.identity.linked_by {
        LinkedBy::Created => "account made",
        LinkedBy::FirstSignIn | LinkedBy::Administrator => "linked",
    };
    let roles = if made.roles.is_empty() { String::new() } else { format!(", {}", made.roles.join(", ")) };
    let (at, email) = (made.identity.linked_at.to_text(), &made.account.email);
    format!("{at}  {how} by {}: {email}{roles}", made.connection)
}
