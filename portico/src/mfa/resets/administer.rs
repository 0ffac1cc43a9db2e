//! What somebody who looks after an organization's people may do about a lost second factor: asked again in each write.

use store::{Error, Tx};

use super::acts::{self, MadeSure, NotBegun};
use super::queries::{self, Waiting};
use super::rules::may_act;
use crate::audit::{Actor, Entry, Event};
use crate::continuity;
use crate::notices::Cause;
use crate::people::{self, Account, Identifier};
use crate::platform::clock::Time;
use crate::platform::ids::AccountId;
use crate::platform::spelled::spelled;
use crate::platform::web::Visit;

/// Why nothing was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// Of this name there is nobody whom they look after, or only somebody for whom they may not act.
    Nobody,
    NoFactor,
    Disabled,
    Unproved,
    Waits,
    Reason,
    /// It was stopped or done before, or never begun.
    Over,
}

spelled!(Refused {
    Nobody = "nobody",
    NoFactor = "no-factor",
    Disabled = "disabled",
    Unproved = "unproved",
    Waits = "waits",
    Reason = "reason",
    Over = "over",
});

impl From<NotBegun> for Refused {
    fn from(why: NotBegun) -> Refused {
        match why {
            NotBegun::NoFactor => Refused::NoFactor,
            NotBegun::Disabled => Refused::Disabled,
            NotBegun::Unproved => Refused::Unproved,
            NotBegun::Waits => Refused::Waits,
            NotBegun::NoReason => Refused::Reason,
        }
    }
}

/// Begins a reset of somebody's second factor. It waits as long as every other.
///
/// # Errors
/// When the database says no.
pub async fn begin(
    tx: &mut Tx,
    visit: &Visit,
    by: &Account,
    name: &str,
    reason: &str,
) -> Result<Result<(), Refused>, Error> {
    let Some(identifier) = Identifier::parse(name) else { return Ok(Err(Refused::Nobody)) };
    let Some(person) = people::by_identifier(tx, &identifier).await? else { return Ok(Err(Refused::Nobody)) };
    if !may_begin(tx, by, &person).await? {
        return Ok(Err(Refused::Nobody));
    }
    let cause = Cause::administrator(visit, by);
    let made_sure = MadeSure { reason, of_address: false };
    let begun = acts::begin(tx, &cause, Actor::Account(&by.id), &person, made_sure).await?;
    Ok(begun.map(drop).map_err(Refused::from))
}

/// Stops the one that waits for somebody.
///
/// # Errors
/// When the database says no.
pub async fn stop(tx: &mut Tx, visit: &Visit, by: &Account, person: &AccountId) -> Result<Result<(), Refused>, Error> {
    let Some(person) = people::by_id(tx, person).await? else { return Ok(Err(Refused::Over)) };
    if !is_theirs(tx, by, &person).await? {
        return Ok(Err(Refused::Over));
    }
    let entry = Entry::of(Event::FactorResetStopped, &person).from(visit);
    let entry = Entry { actor: Actor::Account(&by.id), ..entry };
    let stopped = acts::stop(tx, &Cause::administrator(visit, by), entry, &person).await?;
    Ok(if stopped { Ok(()) } else { Err(Refused::Over) })
}

/// Whether they look after somebody's second factor, and so may keep it from being taken away.
async fn is_theirs(tx: &mut Tx, by: &Account, person: &Account) -> Result<bool, Error> {
    if person.organization.id != by.organization.id {
        return Ok(false);
    }
    let Some(power) = queries::power_over(tx, &by.id, &by.organization.id, &person.id).await? else {
        return Ok(false);
    };
    Ok(may_act(power, by.id == person.id, person))
}

/// The same for beginning one, which nobody does for themselves under another account either: whoever reads a mailbox of both, a second
/// one or a first one, is one person. To stop one is always safe.
async fn may_begin(tx: &mut Tx, by: &Account, person: &Account) -> Result<bool, Error> {
    let [mine, theirs] = [continuity::party(tx, by).await?, continuity::party(tx, person).await?];
    Ok(!mine.shares_a_mailbox(&theirs) && is_theirs(tx, by, person).await?)
}

/// Whether whoever has begun one could begin it today, too: they may have lost their part in it, or the person may have become more than
/// they have a say over.
///
/// # Errors
/// When the database says no.
pub(super) async fn could_begin(tx: &mut Tx, due: &Waiting, person: &Account) -> Result<bool, Error> {
    let Some(by) = due.administrator() else { return Ok(true) };
    match people::by_id(tx, &by).await? {
        Some(by) if by.disabled_at.is_none() => may_begin(tx, &by, person).await,
        _ => Ok(false),
    }
}

/// Somebody who has asked for help.
pub struct Asked {
    pub person: Account,
    pub at: Time,
}

/// A reset that waits, with whom it is about and the name of the administrator who has begun it.
pub struct Begun {
    pub person: Account,
    pub by: Option<String>,
    pub waiting: Waiting,
}

/// What there is to look at for somebody who administers: of those they may act for.
///
/// # Errors
/// When the database says no.
pub async fn to_look_at(tx: &mut Tx, by: &Account) -> Result<(Vec<Asked>, Vec<Begun>), Error> {
    let organization = &by.organization.id;
    let mut asked = Vec::new();
    for (person, at) in queries::asked_of(tx, organization).await? {
        if let Some(person) = theirs(tx, by, &person).await? {
            asked.push(Asked { person, at });
        }
    }
    let mut begun = Vec::new();
    for (person, waiting) in queries::waiting_of(tx, organization).await? {
        if let Some(person) = theirs(tx, by, &person).await? {
            let administrator = match waiting.administrator() {
                Some(id) => people::by_id(tx, &id).await?,
                None => None,
            };
            begun.push(Begun { person, by: administrator.map(|one| one.name()), waiting });
        }
    }
    Ok((asked, begun))
}

async fn theirs(tx: &mut Tx, by: &Account, person: &AccountId) -> Result<Option<Account>, Error> {
    let Some(person) = people::by_id(tx, person).await? else { return Ok(None) };
    Ok(is_theirs(tx, by, &person).await?.then_some(person))
}

/// Whether somebody looks after people of their organization.
///
/// # Errors
/// When the database says no.
pub async fn administers(tx: &mut Tx, account: &Account) -> Result<bool, Error> {
    queries::administers(tx, &account.id, &account.organization.id).await
}
