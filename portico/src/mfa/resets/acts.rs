//! Beginning a reset, stopping it, doing it: one write each.

use serde_json::json;
use store::{Error, Tx};

use super::queries::{self, NewReset, Waiting};
use super::rules::{Lapsed, lapsed, reason};
use super::{administer, letters};
use crate::app::App;
use crate::audit::{self, Actor, Entry, Event};
use crate::notices::{self, Cause};
use crate::people::Account;
use crate::platform::clock::Time;
use crate::platform::web::Visit;

/// Why none was begun.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotBegun {
    #[error("It has no second factor.")]
    NoFactor,
    #[error("The account is disabled. Open it first with `portico account enable`.")]
    Disabled,
    #[error(
        "Its address was changed and is not confirmed yet, so that its owner could not be told. If it cannot be confirmed \
         without the second factor, make sure of the address, too, and say so with --address-is-theirs."
    )]
    Unproved,
    #[error("One waits already.")]
    Waits,
    #[error("Say how it was made sure who asks, in 3 to 300 characters: it is kept.")]
    NoReason,
}

/// What whoever begins one has made sure of.
#[derive(Clone, Copy, Debug)]
pub struct MadeSure<'a> {
    /// How: it is kept.
    pub reason: &'a str,
    /// Of an address that is not confirmed, too. Without the factor its owner cannot confirm it, and without a confirmed address nobody
    /// would ever be given another factor: somebody has to know the person.
    pub of_address: bool,
}

/// Begins one. Answers when it is due.
///
/// # Errors
/// When the database says no.
pub async fn begin(
    tx: &mut Tx,
    cause: &Cause<'_>,
    by: Actor<'_>,
    account: &Account,
    made_sure: MadeSure<'_>,
) -> Result<Result<Time, NotBegun>, Error> {
    let reason = match may_begin(account, made_sure) {
        Ok(reason) => reason,
        Err(why) => return Ok(Err(why)),
    };
    let app = cause.app();
    let due_at = Time(tx.now()) + account.organization.policy.factor_reset;
    let begun_by = match by {
        Actor::Account(id) => format!("account:{id}"),
        Actor::Client(_) => "api".to_owned(),
        _ => "command".to_owned(),
    };
    let new = NewReset { id: &app.entropy.id(), begun_by: &begun_by, reason: &reason, due_at };
    if !queries::insert(tx, account, &new).await? {
        return Ok(Err(NotBegun::Waits));
    }
    queries::close_request(tx, &account.id).await?;
    let entry = Entry { actor: by, source: cause.source(), ..Entry::of(Event::FactorResetStarted, account) };
    let details =
        json!({ "due_at": due_at.0, "reason": reason, "address_unconfirmed": account.has_unproved_address() });
    audit::record(tx, &app.entropy, Entry { details, ..entry }).await?;
    notices::factor_reset_begun(tx, cause, account, due_at).await?;
    Ok(Ok(due_at))
}

fn may_begin(account: &Account, made_sure: MadeSure<'_>) -> Result<String, NotBegun> {
    match () {
        () if !account.has_second_factor() => Err(NotBegun::NoFactor),
        () if account.disabled_at.is_some() => Err(NotBegun::Disabled),
        () if account.has_unproved_address() && !made_sure.of_address => Err(NotBegun::Unproved),
        () => reason(made_sure.reason).ok_or(NotBegun::NoReason),
    }
}

/// Stops the one that waits; false where none does.
///
/// # Errors
/// When the database says no.
pub async fn stop(tx: &mut Tx, cause: &Cause<'_>, by: Entry<'_>, account: &Account) -> Result<bool, Error> {
    if !queries::stop(tx, &account.id).await? {
        return Ok(false);
    }
    audit::record(tx, &cause.app().entropy, by).await?;
    notices::factor_reset_stopped(tx, cause, account).await?;
    Ok(true)
}

/// The app, or a passkey, was used: it is not lost, whoever said so.
///
/// # Errors
/// When the database says no.
pub async fn ends_by_use(tx: &mut Tx, visit: &Visit, account: &Account) -> Result<(), Error> {
    queries::close_request(tx, &account.id).await?;
    let entry = Entry::of(Event::FactorResetStopped, account).from(visit);
    let entry = Entry { details: json!({ "why": "used" }), ..entry };
    stop(tx, &Cause::of(visit), entry, account).await.map(drop)
}

/// Its time has come, and a day is long: it is judged once more before it is done. The conditional UPDATE decides between nodes, and
/// against whoever stops it at the last moment.
pub(super) async fn finish(tx: &mut Tx, app: &App, account: &Account, due: &Waiting) -> Result<(), Error> {
    let could_begin = administer::could_begin(tx, due, account).await?;
    if let Some(why) = lapsed(due, account, could_begin) {
        return lapse(tx, app, account, due, why).await;
    }
    if !queries::finish(tx, &due.id).await? {
        return Ok(());
    }
    let entry = Entry { actor: Actor::System, ..Entry::of(Event::SecondFactorRemoved, account) };
    let entry = Entry { details: json!({ "why": "reset" }), ..entry };
    super::super::remove_all(tx, app, account, entry).await?;
    notices::second_factor_removed(tx, &Cause::command(app), account).await
}

/// It is stopped and not tried again: whoever still wants it begins it anew, and every address is told anew.
async fn lapse(tx: &mut Tx, app: &App, account: &Account, due: &Waiting, why: Lapsed) -> Result<(), Error> {
    if !queries::lapse(tx, &due.id).await? {
        return Ok(());
    }
    let entry = Entry { actor: Actor::System, ..Entry::of(Event::FactorResetStopped, account) };
    let entry = Entry { details: json!({ "why": why.as_str() }), ..entry };
    audit::record(tx, &app.entropy, entry).await?;
    if why != Lapsed::NoFactor {
        notices::factor_reset_stopped(tx, &Cause::command(app), account).await?;
    }
    letters::tell_beginner(tx, app, account, due, why).await
}
