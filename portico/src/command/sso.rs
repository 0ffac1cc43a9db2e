//! An organization's single sign-on, while it is out: `sso`.

use anyhow::bail;
use clap::{Args, Subcommand};
use serde_json::json;
use store::Tx;

use super::account::parse;
use super::{Configured, say, table};
use crate::app::App;
use crate::continuity::{self, By, Readiness, Refused, Request};
use crate::organizations::{self, Continuity, Organization, SignInWay};
use crate::people;
use crate::platform::web::Moment;

#[derive(Subcommand)]
pub enum Sso {
    /// How it stands, who waits for whom, and how many people could reset a password
    Show(Which),
    /// Suspend it now: its people set a password here, through two mailboxes
    Suspend(Suspend),
    /// It works again: what was made under the suspension ends
    Resume(Which),
    /// Ask for a suspension in a License Owner's name, who is on the telephone: somebody else has to approve
    Request(AskFor),
    /// Approve what a License Owner has asked for
    Approve(Which),
    /// Decline it
    Decline(Which),
    /// Which mailboxes a reset takes while it is suspended
    Through(Through),
}

#[derive(Args)]
pub struct Which {
    /// The organization's short name
    organization: String,
    /// For programs
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    configured: Configured,
}

#[derive(Args)]
pub struct Suspend {
    #[command(flatten)]
    which: Which,
    /// Why: those who are responsible are told, and it is kept
    #[arg(long)]
    reason: String,
    /// End the sessions that live now, too: the identity provider is in other hands
    #[arg(long)]
    end_sessions: bool,
}

#[derive(Args)]
pub struct AskFor {
    #[command(flatten)]
    which: Which,
    /// The License Owner, by email or user name
    #[arg(long, value_name = "NAME")]
    by: String,
    /// Why: whoever has to approve is told
    #[arg(long)]
    reason: String,
}

#[derive(Args)]
pub struct Through {
    #[command(flatten)]
    which: Which,
    /// both: the primary and the second one; secondary: the second one alone, because the primary is down, too
    #[arg(value_parser = continuity)]
    mailboxes: Continuity,
}

fn continuity(word: &str) -> Result<Continuity, String> {
    word.parse().map_err(|_| "it is both or secondary".to_owned())
}

pub async fn run(command: Sso) -> anyhow::Result<()> {
    match command {
        Sso::Show(which) => show(&which).await,
        Sso::Suspend(options) => {
            let Suspend { which, reason, end_sessions } = options;
            act(&which, Act::Suspend { reason: &reason, end_sessions }).await
        }
        Sso::Resume(which) => act(&which, Act::Resume).await,
        Sso::Request(options) => act(&options.which, Act::Request { by: &options.by, reason: &options.reason }).await,
        Sso::Approve(which) => act(&which, Act::Approve).await,
        Sso::Decline(which) => act(&which, Act::Decline).await,
        Sso::Through(options) => act(&options.which, Act::Through(options.mailboxes)).await,
    }
}

#[derive(Clone, Copy)]
enum Act<'a> {
    Suspend { reason: &'a str, end_sessions: bool },
    Resume,
    Request { by: &'a str, reason: &'a str },
    Approve,
    Decline,
    Through(Continuity),
}

/// Why an act was not done; nothing of it stays.
#[derive(Debug, thiserror::Error)]
enum NotDone {
    #[error("{0}")]
    Refused(String),
    #[error(transparent)]
    Database(#[from] store::Error),
}

impl From<Refused> for NotDone {
    fn from(refused: Refused) -> NotDone {
        NotDone::Refused(refused.to_string())
    }
}

async fn act(which: &Which, act: Act<'_>) -> anyhow::Result<()> {
    let app = which.configured.app().await?;
    let write = async |tx: &mut Tx| perform(tx, &app, &which.organization, act).await;
    let sentence = app.db.write("sso.act", write).await?;
    if which.json {
        say(json!({ "organization": which.organization, "done": sentence }));
    } else {
        say(sentence);
    }
    Ok(())
}

async fn perform(tx: &mut Tx, app: &App, slug: &str, act: Act<'_>) -> Result<String, NotDone> {
    let organization = organizations::by_slug(tx, slug).await?;
    let organization = organization.ok_or_else(|| NotDone::Refused(format!("There is no organization {slug}.")))?;
    let (by, name) = (By::command(), &organization.name);
    Ok(match act {
        Act::Suspend { reason, end_sessions } => {
            continuity::suspend(tx, app, by, &organization, reason, end_sessions).await??;
            format!("Single sign-on of {name} is suspended. {}", told(tx, &organization).await?)
        }
        Act::Approve => {
            continuity::approve(tx, app, by, &organization).await??;
            format!("Single sign-on of {name} is suspended. {}", told(tx, &organization).await?)
        }
        Act::Resume => {
            continuity::resume(tx, app, by, &organization).await??;
            format!("Single sign-on of {name} is back. What was made under the suspension has ended.")
        }
        Act::Request { by, reason } => {
            let named = parse(by).map_err(|error| NotDone::Refused(error.to_string()))?;
            let account = people::by_identifier(tx, &named).await?;
            let account = account.ok_or_else(|| NotDone::Refused(format!("There is no account {by}.")))?;
            continuity::request(tx, app, By::on_behalf_of(&account), &organization, reason).await??;
            format!("Asked for {name} in the name of {}. Whoever can approve it has a mail.", account.name())
        }
        Act::Decline => {
            continuity::close(tx, app, by, &organization).await??;
            format!("Declined: single sign-on of {name} stays as it is.")
        }
        Act::Through(mailboxes) => {
            let changed = continuity::set_policy(tx, app, by, &organization, mailboxes).await?;
            let told = if changed { "takes" } else { "took already" };
            format!("While single sign-on of {name} is suspended a reset {told}: {}.", in_words(mailboxes))
        }
    })
}

/// Who can go on, and who will call.
async fn told(tx: &mut Tx, organization: &Organization) -> Result<String, store::Error> {
    let Readiness { people, with_second, .. } = continuity::readiness(tx, &organization.id).await?;
    let through = in_words(organization.policy.continuity);
    Ok(format!(
        "Of {people} people {with_second} have a confirmed second mailbox; a reset takes {through}. The others are told by mail \
         whom to ask. Resume with `portico sso resume {}`.",
        organization.slug
    ))
}

fn in_words(mailboxes: Continuity) -> &'static str {
    match mailboxes {
        Continuity::Both => "both mailboxes",
        Continuity::Secondary => "the second mailbox alone",
    }
}

async fn show(which: &Which) -> anyhow::Result<()> {
    let app = which.configured.app().await?;
    let read = async |tx: &mut Tx| {
        let Some(organization) = organizations::by_slug(tx, &which.organization).await? else { return Ok(None) };
        let request = continuity::open_request(tx, &organization).await?;
        let asker = match &request {
            Some(request) => people::by_id(tx, &request.asked_by).await?.map(|asker| asker.name()),
            None => None,
        };
        let readiness = continuity::readiness(tx, &organization.id).await?;
        Ok::<_, store::Error>(Some((organization, request, asker, readiness)))
    };
    let Some((organization, request, asker, readiness)) = app.db.read("sso.show", read).await? else {
        bail!("There is no organization {}.", which.organization)
    };
    let state = match (organization.suspended, organization.sign_in) {
        (Some(_), _) => "suspended",
        (None, SignInWay::Sso) => "on",
        (None, SignInWay::Password) => "none: its people sign in here",
    };
    let moment = |at| Moment::new(at, &organization.time_zone, app.clock.now());
    if which.json {
        say(json!({
            "organization": organization.slug, "state": state, "since": organization.suspended.map(|at| moment(at).iso),
            "mailboxes": organization.policy.continuity.as_str(), "people": readiness.people,
            "with_second_mailbox": readiness.with_second, "with_password": readiness.with_password,
            "request": request.map(|request| json!({ "asked_by": asker, "reason": request.reason, "until": moment(request.expires_at).iso })),
        }));
        return Ok(());
    }
    let mut rows = vec![("Single sign-on", state.to_owned())];
    rows.extend(organization.suspended.map(|at| ("Since", moment(at).text)));
    rows.push(("A reset takes", in_words(organization.policy.continuity).to_owned()));
    rows.push(("People", readiness.people.to_string()));
    rows.push(("With a second mailbox", readiness.with_second.to_string()));
    if organization.suspended.is_some() {
        rows.push(("With a password", readiness.with_password.to_string()));
    }
    if let Some(Request { reason, expires_at, .. }) = request {
        let asker = asker.unwrap_or_default();
        rows.push(("Asked for", format!("by {asker}, until {}: {reason}", moment(expires_at).text)));
    }
    say(table(&rows));
    Ok(())
}
