//! An organization's single sign-on, while it is out: `sso`.

mod made;

use anyhow::bail;
use clap::{Args, Subcommand};
use jiff::Timestamp;
use serde_json::json;
use store::Tx;

use super::account::parse;
use super::{Configured, Misconfigured, say, table};
use crate::app::App;
use crate::continuity::{self, By, Measures, Readiness, Refused, Request};
use crate::organizations::{self, Continuity, Organization, SignInWay};
use crate::people::{self, Account, StaffRole};
use crate::platform::clock::Time;
use crate::platform::web::Moment;

#[derive(Subcommand)]
pub enum Sso {
    /// How it stands, who waits for whom, and how many people could reset a password
    Show(Which),
    /// Suspend it now: its people set a password here, through two mailboxes
    Suspend(Suspend),
    /// It works again: what was made under the suspension ends
    Resume(Acting),
    /// Ask for a suspension in a License Owner's name, who is on the telephone: somebody else has to approve
    Request(AskFor),
    /// Approve what a License Owner has asked for
    Approve(Acting),
    /// Decline it
    Decline(Acting),
    /// Which mailboxes a reset takes while it is suspended
    Through(Through),
    /// What its connections have made by themselves since some time: links, accounts, administrators; and undo that
    Made(made::Options),
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
pub struct Acting {
    #[command(flatten)]
    which: Which,
    /// Who types this, by an operator's email: kept in the audit trail
    #[arg(long, value_name = "NAME")]
    operator: Option<String>,
}

#[derive(Args)]
pub struct Suspend {
    #[command(flatten)]
    acting: Acting,
    /// Why: those who are responsible are told, and it is kept
    #[arg(long)]
    reason: String,
    /// End the sessions that live now, too: the identity provider is in other hands
    #[arg(long)]
    end_sessions: bool,
    /// Second mailboxes that were confirmed from then on, and links that its connections have made, count for nothing; such as
    /// 2026-11-25T22:00Z
    #[arg(long, value_name = "TIME")]
    distrust_since: Option<Timestamp>,
}

#[derive(Args)]
pub struct AskFor {
    #[command(flatten)]
    acting: Acting,
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
    acting: Acting,
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
            let measures = Measures {
                end_sessions: options.end_sessions,
                distrust_since: options.distrust_since.map(|at| Time(at.as_microsecond())),
            };
            act(&options.acting, Act::Suspend { reason: &options.reason, measures }).await
        }
        Sso::Resume(acting) => act(&acting, Act::Resume).await,
        Sso::Request(options) => act(&options.acting, Act::Request { by: &options.by, reason: &options.reason }).await,
        Sso::Approve(acting) => act(&acting, Act::Approve).await,
        Sso::Decline(acting) => act(&acting, Act::Decline).await,
        Sso::Through(options) => act(&options.acting, Act::Through(options.mailboxes)).await,
        Sso::Made(options) => made::run(&options).await,
    }
}

#[derive(Clone, Copy)]
enum Act<'a> {
    Suspend { reason: &'a str, measures: Measures },
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

async fn act(acting: &Acting, act: Act<'_>) -> anyhow::Result<()> {
    let which = &acting.which;
    let app = which.configured.app().await?;
    let operator = operator(&app, acting.operator.as_deref()).await?;
    let write = async |tx: &mut Tx| perform(tx, &app, &which.organization, operator.as_ref(), act).await;
    let sentence = app.db.write("sso.act", write).await?;
    if which.json {
        say(json!({ "organization": which.organization, "done": sentence }));
    } else {
        say(sentence);
    }
    Ok(())
}

/// Whoever says that they type a command.
async fn operator(app: &App, name: Option<&str>) -> anyhow::Result<Option<Account>> {
    let Some(name) = name else { return Ok(None) };
    let named = parse(name)?;
    let find = async |tx: &mut Tx| people::by_identifier(tx, &named).await;
    let found = app.db.read("sso.operator", find).await?;
    match found.filter(|account| account.staff == Some(StaffRole::Operator) && account.disabled_at.is_none()) {
        Some(operator) => Ok(Some(operator)),
        None => bail!(Misconfigured(format!("{name} is no operator's account."))),
    }
}

async fn perform(
    tx: &mut Tx,
    app: &App,
    slug: &str,
    operator: Option<&Account>,
    act: Act<'_>,
) -> Result<String, NotDone> {
    let organization = organizations::by_slug(tx, slug).await?;
    let organization = organization.ok_or_else(|| NotDone::Refused(format!("There is no organization {slug}.")))?;
    let asker = match act {
        Act::Request { by, .. } => {
            let named = parse(by).map_err(|error| NotDone::Refused(error.to_string()))?;
            let account = people::by_identifier(tx, &named).await?;
            Some(account.ok_or_else(|| NotDone::Refused(format!("There is no account {by}.")))?)
        }
        _ => None,
    };
    let by = asker.as_ref().map_or_else(By::command, By::on_behalf_of).typed_by(operator);
    let admitted = continuity::admit(tx, by, &organization).await??;
    let name = &organization.name;
    Ok(match act {
        Act::Suspend { reason, measures } => {
            continuity::suspend(tx, app, &admitted, reason, measures).await??;
            format!("Single sign-on of {name} is suspended. {}", told(tx, &organization).await?)
        }
        Act::Approve => {
            continuity::approve(tx, app, &admitted).await??;
            format!("Single sign-on of {name} is suspended. {}", told(tx, &organization).await?)
        }
        Act::Resume => {
            continuity::resume(tx, app, &admitted).await??;
            format!("Single sign-on of {name} is back. What was made under the suspension has ended.")
        }
        Act::Request { reason, .. } => {
            continuity::request(tx, app, &admitted, reason).await??;
            let asker = asker.as_ref().map(Account::name).unwrap_or_default();
            format!("Asked for {name} in the name of {asker}. Whoever can approve it has a mail.")
        }
        Act::Decline => {
            continuity::close(tx, app, &admitted).await??;
            format!("Declined: single sign-on of {name} stays as it is.")
        }
        Act::Through(mailboxes) => {
            let changed = continuity::set_policy(tx, app, &admitted, mailboxes).await??;
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
