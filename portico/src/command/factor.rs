//! A second factor that is lost: `account factor`.

use anyhow::bail;
use clap::{Args, Subcommand};
use serde_json::json;
use store::Tx;

use super::account::{Whom, parse};
use super::say;
use crate::app::App;
use crate::audit::{Actor, Entry, Event};
use crate::mfa::{self, MadeSure};
use crate::notices::Cause;
use crate::people::{self, Account};
use crate::platform::web::Moment;

#[derive(Subcommand)]
pub enum Factor {
    /// What there is: authenticator app, recovery codes, a reset that waits
    Show(Whom),
    /// Have it taken away after the organization's waiting time; every address of the person is told, and can stop it
    Reset(Reset),
    /// Stop a reset that waits
    Keep(Whom),
}

#[derive(Args)]
pub struct Reset {
    #[command(flatten)]
    whom: Whom,
    /// How it was made sure who asks: it is kept
    #[arg(long)]
    reason: String,
    /// Begin although the address is not confirmed, which takes the lost factor: you have made sure that it is theirs
    #[arg(long)]
    address_is_theirs: bool,
}

/// Why an act was not done; nothing of it stays.
#[derive(Debug, thiserror::Error)]
enum NotDone {
    #[error("{0}")]
    Refused(String),
    #[error(transparent)]
    Database(#[from] store::Error),
}

pub async fn run(command: Factor) -> anyhow::Result<()> {
    match command {
        Factor::Show(whom) => show(&whom).await,
        Factor::Reset(Reset { whom, reason, address_is_theirs }) => {
            act(&whom, Some(MadeSure { reason: &reason, of_address: address_is_theirs })).await
        }
        Factor::Keep(whom) => act(&whom, None).await,
    }
}

/// Begins a reset, or stops the one that waits.
async fn act(whom: &Whom, made_sure: Option<MadeSure<'_>>) -> anyhow::Result<()> {
    let identifier = parse(&whom.who)?;
    let app = whom.configured.app().await?;
    let write = async |tx: &mut Tx| {
        let Some(account) = people::by_identifier(tx, &identifier).await? else { return Ok(None) };
        match made_sure {
            Some(made_sure) => begin(tx, &app, &account, made_sure).await,
            None => keep(tx, &app, &account).await,
        }
        .map(Some)
    };
    let done = app.db.write("account.factor", write).await.map_err(|error: NotDone| anyhow::anyhow!(error))?;
    let Some(sentence) = done else { bail!("There is no account {}.", whom.who) };
    if whom.json {
        say(json!({ "account": whom.who, "done": sentence }));
    } else {
        say(sentence);
    }
    Ok(())
}

async fn begin(tx: &mut Tx, app: &App, account: &Account, made_sure: MadeSure<'_>) -> Result<String, NotDone> {
    let name = account.sign_in_name();
    let refused = |why| NotDone::Refused(format!("No reset was begun for {name}: {why}"));
    let cause = Cause::command(app);
    let due_at = mfa::begin_reset(tx, &cause, Actor::Command, account, made_sure).await?.map_err(refused)?;
    let due = Moment::new(due_at, &account.organization.time_zone, app.clock.now()).text;
    let told = match account.has_unproved_address() {
        false => "Every address of theirs is told, and can stop it",
        // A mail there, with a button, would make a stranger a party.
        true => "Its address is not confirmed: a confirmed second mailbox is told, if there is one, and can stop it",
    };
    Ok(format!(
        "The second factor of {name} is taken away at {due}. {told}; so can `portico account factor keep {name}`."
    ))
}

async fn keep(tx: &mut Tx, app: &App, account: &Account) -> Result<String, NotDone> {
    let entry = Entry { actor: Actor::Command, ..Entry::of(Event::FactorResetStopped, account) };
    let stopped = mfa::stop_reset(tx, &Cause::command(app), entry, account).await?;
    let told = if stopped { "is stopped: its owner is told" } else { "does not wait" };
    Ok(format!("A reset of the second factor of {} {told}.", account.sign_in_name()))
}

async fn show(whom: &Whom) -> anyhow::Result<()> {
    let identifier = parse(&whom.who)?;
    let app = whom.configured.app().await?;
    let read = async |tx: &mut Tx| {
        let Some(account) = people::by_identifier(tx, &identifier).await? else { return Ok(None) };
        let left = mfa::recovery_codes_left(tx, &account.id).await?;
        let waiting = mfa::waiting_reset(tx, &account.id).await?;
        Ok::<_, store::Error>(Some((account, left, waiting)))
    };
    let Some((account, left, waiting)) = app.db.read("account.factor", read).await? else {
        bail!("There is no account {}.", whom.who)
    };
    let required = mfa::is_required(&account);
    let due =
        waiting.as_ref().map(|waiting| Moment::new(waiting.due_at, &account.organization.time_zone, app.clock.now()));
    if whom.json {
        say(json!({
            "account": whom.who, "required": required, "authenticator": account.has_authenticator,
            "recovery_codes": left, "reset_due": due.map(|due| due.iso),
        }));
        return Ok(());
    }
    let yes_no = |yes: bool| if yes { "yes" } else { "no" };
    say(super::table(&[
        ("Required", yes_no(required).into()),
        ("Authenticator app", yes_no(account.has_authenticator).into()),
        ("Recovery codes left", left.to_string()),
        ("Taken away", due.map_or_else(|| "no".into(), |due| format!("at {}", due.text))),
    ]));
    Ok(())
}
