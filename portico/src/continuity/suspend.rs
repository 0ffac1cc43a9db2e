//! Suspending and resuming: each is one write, of an organization that was read in it.

use serde_json::{Value, json};
use store::{Error, Tx};

use super::by::{By, Refused};
use super::letters::{ResumedLetter, SuspendedLetter};
use super::queries;
use super::requests::{may_begin, open_request};
use super::rules::{Role, may_approve, reason};
use crate::app::App;
use crate::audit::{self, Entry, Event};
use crate::organizations::{Continuity, Organization};
use crate::people::{self, Administrator};
use crate::platform::clock::Time;
use crate::platform::i18n::UNSAID;
use crate::platform::mail::{self, Letter, Post};
use crate::platform::one_time::{self, Purpose};
use crate::{notices, session};

/// What waits in mailboxes and would open an account. It belongs to one suspension, or to none.
const WAITING: [Purpose; 5] = [
    Purpose::ResetPassword,
    Purpose::SecondaryReset,
    Purpose::AdministratorsReset,
    Purpose::AnsweredQuestions,
    Purpose::TemporaryPassword,
];

/// An operator suspends at once. `end_sessions`: also those that live now, because what they came from is in other hands.
///
/// # Errors
/// When the database says no.
pub async fn suspend(
    tx: &mut Tx,
    app: &App,
    by: By<'_>,
    organization: &Organization,
    why: &str,
    end_sessions: bool,
) -> Result<Result<(), Refused>, Error> {
    if by.role(tx, organization).await? != Some(Role::Operator) {
        return Ok(Err(Refused::NotAllowed));
    }
    if let Err(refused) = may_begin(organization) {
        return Ok(Err(refused));
    }
    let Some(why) = reason(why) else { return Ok(Err(Refused::Reason)) };
    if !queries::suspend(tx, &organization.id).await? {
        return Ok(Err(Refused::Suspended));
    }
    // What somebody has asked for is what happens now.
    if let Some(open) = queries::open(tx, &organization.id).await? {
        queries::close(tx, &open.id, by.account.map(|account| &account.id)).await?;
    }
    let id = app.entropy.id();
    queries::insert(tx, &organization.id, &id, &why, by.account.map(|account| &account.id), Time(tx.now())).await?;
    let began = Began { id: &id, why: &why, by: by.name(), approved_by: None, end_sessions };
    begin(tx, app, by, organization, began).await.map(Ok)
}

/// A second person approves what a License Owner has asked for, and so suspends.
///
/// # Errors
/// When the database says no.
pub async fn approve(
    tx: &mut Tx,
    app: &App,
    by: By<'_>,
    organization: &Organization,
) -> Result<Result<(), Refused>, Error> {
    if let Err(refused) = admitted(tx, by, organization).await? {
        return Ok(Err(refused));
    }
    if let Err(refused) = may_begin(organization) {
        return Ok(Err(refused));
    }
    let Some(open) = open_request(tx, organization).await? else { return Ok(Err(Refused::NoRequest)) };
    let approver = by.account.map(|account| &account.id);
    if let Err(why) = may_approve(Some(&open.asked_by), open.expires_at, approver, Time(tx.now())) {
        return Ok(Err(why.into()));
    }
    if !queries::suspend(tx, &organization.id).await? {
        return Ok(Err(Refused::Suspended));
    }
    let asker = people::by_id(tx, &open.asked_by).await?.map(|asker| asker.name());
    let approved_by = Some(by.name());
    let began = Began { id: &open.id, why: &open.reason, by: asker, approved_by, end_sessions: false };
    begin(tx, app, by, organization, began).await.map(Ok)
}

/// What is told and kept of the beginning.
struct Began<'a> {
    id: &'a str,
    why: &'a str,
    by: Option<String>,
    /// `None` where no second person was needed; in it `None` is whoever runs the deployment.
    approved_by: Option<Option<String>>,
    end_sessions: bool,
}

async fn begin(tx: &mut Tx, app: &App, by: By<'_>, organization: &Organization, began: Began<'_>) -> Result<(), Error> {
    queries::begin(tx, began.id, by.account.map(|account| &account.id)).await?;
    // From the days before the organization had its own sign-in, or of an administrator's sending.
    retire(tx, organization).await?;
    let sessions = match began.end_sessions {
        true => session::end_of_organization(tx, &organization.id, None).await?,
        false => 0,
    };
    let details = json!({
        "suspension": began.id, "reason": began.why, "asked_by": began.by, "sessions_ended": sessions,
        "two_people": began.approved_by.is_some(),
    });
    record(tx, app, by, Event::SsoSuspended, organization, details).await?;
    let letter = SuspendedLetter {
        organization: organization.name.clone(),
        slug: organization.slug.clone(),
        at: tx.now(),
        zone: organization.time_zone.clone(),
        reason: began.why.to_owned(),
        by: began.by,
        approved: began.approved_by.is_some(),
        approved_by: began.approved_by.flatten(),
        through: organization.policy.continuity.as_str().to_owned(),
        sessions_ended: began.end_sessions,
    };
    let administrators = people::administrators_of(tx, &organization.id).await?;
    tell_all(tx, app, administrators, &letter).await
}

/// Single sign-on is back: whatever was made under the suspension ends in this write.
///
/// # Errors
/// When the database says no.
pub async fn resume(
    tx: &mut Tx,
    app: &App,
    by: By<'_>,
    organization: &Organization,
) -> Result<Result<(), Refused>, Error> {
    if let Err(refused) = admitted(tx, by, organization).await? {
        return Ok(Err(refused));
    }
    let Some(suspended_at) = organization.suspended else { return Ok(Err(Refused::NotSuspended)) };
    if !queries::resume(tx, &organization.id, suspended_at).await? {
        return Ok(Err(Refused::NotSuspended));
    }
    let sessions = session::end_of_organization(tx, &organization.id, Some(suspended_at)).await?;
    let passwords = people::put_passwords_of_suspension_away(tx, &organization.id, suspended_at).await?;
    retire(tx, organization).await?;
    queries::end(tx, &organization.id, by.account.map(|account| &account.id)).await?;
    let details = json!({ "sessions_ended": sessions, "passwords_put_away": passwords, "since": suspended_at.0 });
    record(tx, app, by, Event::SsoResumed, organization, details).await?;
    let letter = ResumedLetter {
        organization: organization.name.clone(),
        at: tx.now(),
        zone: organization.time_zone.clone(),
        by: by.name(),
    };
    let administrators = people::administrators_of(tx, &organization.id).await?;
    tell_all(tx, app, administrators, &letter).await?;
    Ok(Ok(()))
}

/// Which mailboxes a reset takes while single sign-on is suspended; false when it was so before. An operator's to say: it may be the
/// weaker one.
///
/// # Errors
/// When the database says no.
pub async fn set_policy(
    tx: &mut Tx,
    app: &App,
    by: By<'_>,
    organization: &Organization,
    through: Continuity,
) -> Result<bool, Error> {
    let changed = queries::set_policy(tx, &organization.id, through).await?;
    if changed {
        record(tx, app, by, Event::ContinuityChanged, organization, json!({ "to": through.as_str() })).await?;
    }
    Ok(changed)
}

/// Whether somebody may act on this organization's sign-in at all.
pub async fn admitted(tx: &mut Tx, by: By<'_>, organization: &Organization) -> Result<Result<(), Refused>, Error> {
    Ok(by.role(tx, organization).await?.map(drop).ok_or(Refused::NotAllowed))
}

async fn retire(tx: &mut Tx, organization: &Organization) -> Result<(), Error> {
    for purpose in WAITING {
        one_time::retire_of_organization(tx, purpose, &organization.id).await?;
    }
    Ok(())
}

pub async fn record(
    tx: &mut Tx,
    app: &App,
    by: By<'_>,
    event: Event,
    organization: &Organization,
    details: Value,
) -> Result<(), Error> {
    let entry = Entry {
        account: by.account.map(|account| &account.id),
        organization: Some(&organization.id),
        source: by.source(),
        ..Entry::plain(event, by.actor(), details)
    };
    audit::record(tx, &app.entropy, entry).await
}

/// Tells these people and every operator, each once, also at the second mailbox: the first one may be what is out.
pub async fn tell_all(
    tx: &mut Tx,
    app: &App,
    mut told: Vec<Administrator>,
    letter: &(impl Letter + Sync),
) -> Result<(), Error> {
    let operators = people::operators(tx).await?;
    for operator in operators {
        if told.iter().all(|one| one.account != operator.account) {
            told.push(operator);
        }
    }
    notices::tell_administrators(tx, app, &told, letter).await?;
    for one in &told {
        if let Some(second) = queries::verified(tx, &one.account).await? {
            let language = one.language.as_deref().unwrap_or(UNSAID);
            let post = Post { to: Some(&second), letter, account: Some(&one.account), language };
            mail::queue(tx, &app.office, post).await?;
        }
    }
    Ok(())
}
