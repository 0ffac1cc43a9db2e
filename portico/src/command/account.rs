use anyhow::bail;
use clap::{Args, Subcommand};
use serde_json::json;
use store::Tx;

use super::change_email::{ChangeEmail, change_email};
use super::factor::{self, Factor};
use super::invite::{self, Invite};
use super::secondary::{self, Secondary};
use super::{Configured, Misconfigured, say, table};
use crate::app::App;
use crate::audit::{self, Actor, Entry, Event};
use crate::delivery;
use crate::lockout;
use crate::people::{self, Identifier};
use crate::platform::mail::Whose;
use crate::questions;
use crate::recovery;
use crate::session;

#[derive(Subcommand)]
pub enum Account {
    /// What is known of an account
    Show(Whom),
    /// End the locks on an account
    Unlock(Whom),
    /// Close an account: every session, link and recognized browser ends
    Disable(Whom),
    /// Open a closed account; refused where others have taken its seats
    Enable(Whom),
    /// Sign an account out everywhere
    EndSessions(Whom),
    /// Give an address access to a product; who has no account gets a temporary password by mail
    Invite(Invite),
    /// Mail a link to choose a new password; refused where none could be chosen
    Reset(Whom),
    /// Correct an address; the old and the new one are told
    ChangeEmail(ChangeEmail),
    /// Take the answers to the security questions away; where they are needed the owner sets new ones at the next sign-in
    ClearQuestions(Whom),
    /// A second mailbox, through which a password is reset while single sign-on is suspended
    #[command(subcommand)]
    Secondary(Secondary),
    /// A second factor that is lost: what there is, and having it taken away
    #[command(subcommand)]
    Factor(Factor),
    /// End a password, and mail a temporary one with which the owner chooses a new one
    TemporaryPassword(Whom),
}

#[derive(Args)]
pub struct Whom {
    /// Email or user name
    pub who: String,
    /// For programs
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    pub configured: Configured,
}

pub async fn run(command: Account) -> anyhow::Result<()> {
    match command {
        Account::Show(whom) => show(&whom).await,
        Account::Unlock(whom) => act(&whom, Act::Unlock).await,
        Account::Disable(whom) => act(&whom, Act::Disable).await,
        Account::Enable(whom) => act(&whom, Act::Enable).await,
        Account::EndSessions(whom) => act(&whom, Act::EndSessions).await,
        Account::Invite(options) => invite::invite(&options).await,
        Account::Reset(whom) => act(&whom, Act::Reset).await,
        Account::ChangeEmail(options) => change_email(&options).await,
        Account::ClearQuestions(whom) => act(&whom, Act::ClearQuestions).await,
        Account::Secondary(command) => secondary::run(command).await,
        Account::Factor(command) => factor::run(command).await,
        Account::TemporaryPassword(whom) => invite::temporary_password(&whom).await,
    }
}

#[derive(Clone, Copy)]
enum Act {
    Unlock,
    Disable,
    Enable,
    EndSessions,
    Reset,
    ClearQuestions,
}

/// Why an act was not done; nothing of it stays.
#[derive(Debug, thiserror::Error)]
enum NotDone {
    #[error("{0}")]
    Refused(String),
    #[error("{0}")]
    Database(#[from] store::Error),
}

async fn act(whom: &Whom, act: Act) -> anyhow::Result<()> {
    let identifier = parse(&whom.who)?;
    let app = whom.configured.app().await?;
    let done = app
        .db
        .write("account.act", async |tx: &mut Tx| {
            let Some(account) = people::by_identifier(tx, &identifier).await? else { return Ok(None) };
            perform(tx, &app, &account, act).await.map(Some)
        })
        .await?;
    let Some(sentence) = done else { bail!("There is no account {}.", whom.who) };
    if whom.json {
        say(json!({ "account": whom.who, "done": sentence }))
    } else {
        say(sentence)
    }
    Ok(())
}

/// Does it, and records it if anything changed.
async fn perform(tx: &mut Tx, app: &App, account: &people::Account, act: Act) -> Result<String, NotDone> {
    let name = account.sign_in_name();
    let (changed, event, sentence) = match act {
        Act::Unlock => {
            // A count of one failure is no lock: asked before both go.
            let locks = lockout::closed_of(tx, account.id.as_str(), &account.organization.policy.lock).await?;
            let cleared = lockout::clear_subject(tx, account.id.as_str()).await?;
            let told = if locks.is_empty() { "was not locked" } else { "is unlocked" };
            (cleared > 0, Event::LockoutCleared, format!("{name} {told}."))
        }
        Act::Disable => {
            let changed = people::disable(tx, &account.id).await?;
            session::end_all(tx, &account.id).await?;
            let told = if changed { "is disabled" } else { "was disabled before" };
            (changed, Event::AccountDisabled, format!("{name} {told}."))
        }
        Act::Enable => {
            let refused = |why| NotDone::Refused(format!("{name} stays disabled: {why}"));
            let changed = people::enable(tx, account).await?.map_err(refused)?;
            let told = if changed { "is enabled" } else { "was not disabled" };
            (changed, Event::AccountEnabled, format!("{name} {told}."))
        }
        Act::EndSessions => {
            let ended = session::end_all(tx, &account.id).await?;
            let told = if ended == 1 { "1 session is".into() } else { format!("{ended} sessions are") };
            (ended > 0, Event::SessionEnded, format!("{told} ended for {name}."))
        }
        Act::Reset => {
            let refused = |why| NotDone::Refused(format!("Nothing was mailed for {name}: {why}"));
            recovery::send_reset(tx, app, account).await?.map_err(refused)?;
            (true, Event::RecoveryRequested, told_of_reset(account))
        }
        Act::ClearQuestions => {
            let cleared = questions::clear(tx, app, account).await?;
            let told = if cleared { "are cleared. The owner is told" } else { "were not set" };
            (cleared, Event::QuestionsCleared, format!("The security questions of {name} {told}."))
        }
    };
    if changed {
        let entry = Entry { actor: Actor::Command, ..Entry::of(event, account) };
        audit::record(tx, &app.entropy, entry).await?;
    }
    Ok(sentence)
}

/// With a warning where the new password is not one person's (security.md C15).
fn told_of_reset(account: &people::Account) -> String {
    let queued = format!("The mail to {} is queued.", account.email);
    match account.shared_at {
        None => queued,
        Some(_) => format!(
            "{queued} Several people use {}: the new password signs all of them out. Agree on who sets it, and tell the others.",
            account.sign_in_name()
        ),
    }
}

async fn show(whom: &Whom) -> anyhow::Result<()> {
    let identifier = parse(&whom.who)?;
    let app = whom.configured.app().await?;
    let found = app
        .db
        .read("account.show", async |tx: &mut Tx| {
            let Some(account) = people::by_identifier(tx, &identifier).await? else { return Ok(None) };
            let locks = lockout::closed_of(tx, account.id.as_str(), &account.organization.policy.lock).await?;
            let sessions = session::list_of(tx, &account.id, &account.organization.policy).await?.len();
            let locked = locks.iter().any(|one| one.factor != lockout::Factor::Questions);
            let zone = &account.organization.time_zone;
            let mails = delivery::lives_of(tx, Whose::Account(&account.id), zone).await?;
            Ok::<_, store::Error>(Some((account, locked, sessions, mails)))
        })
        .await?;
    let Some((account, locked, sessions, mails)) = found else { bail!("There is no account {}.", whom.who) };
    let yes_no = |yes: bool| if yes { "yes" } else { "no" };
    if whom.json {
        say(json!({
            "id": account.id, "email": account.email, "user_name": account.user_name, "name": account.name(),
            "organization": account.organization.slug, "pending": account.is_pending(), "disabled": account.disabled_at.is_some(),
            "email_confirmed": account.email_verified_at.is_some(), "locked": locked, "authenticator": account.has_authenticator, "passkeys": account.has_passkey, "sessions": sessions,
            "mails": mails,
        }));
        return Ok(());
    }
    say(table(&[
        ("Name", account.name()),
        ("Email", account.email.clone()),
        ("Email confirmed", yes_no(account.email_verified_at.is_some()).into()),
        ("User name", account.user_name.clone().unwrap_or_else(|| "none".into())),
        ("Organization", account.organization.name.clone()),
        ("Registered", yes_no(!account.is_pending()).into()),
        ("Disabled", yes_no(account.disabled_at.is_some()).into()),
        ("Locked", yes_no(locked).into()),
        ("Authenticator app", yes_no(account.has_authenticator).into()),
        ("Passkeys", yes_no(account.has_passkey).into()),
        ("Sessions", sessions.to_string()),
    ]));
    for mail in &mails {
        say(format!("Mail: {}", mail.sentence()));
    }
    Ok(())
}

/// What was typed as an identifier.
pub fn parse(typed: &str) -> anyhow::Result<Identifier> {
    let odd = || Misconfigured(format!("{typed:?} is neither an email nor a user name."));
    Ok(Identifier::parse(typed).ok_or_else(odd)?)
}
