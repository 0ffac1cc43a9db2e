//! Suspending and resuming: each is one write, of an organization that was read in it.

use serde_json::{Value, json};
use store::{Error, Tx};

use super::by::{Admitted, Refused, party};
use super::letters::{ResumedLetter, SuspendedLetter};
use super::queries;
use super::requests::{may_begin, open_request};
use super::rules::{Role, may_approve, reason, two_people};
use crate::app::App;
use crate::audit::{self, Entry, Event};
use crate::organizations::{Continuity, Organization};
use crate::people::{self, Administrator};
use crate::platform::clock::Time;
use crate::platform::i18n::UNSAID;
use crate::platform::mail::{self, Letter, Post};
use crate::platform::one_time::{self, Purpose};
use crate::{federation, notices, session, sign_in};

/// What waits in mailboxes and would open an account. It belongs to one suspension, or to none.
const WAITING: [Purpose; 5] = [
    Purpose::ResetPassword,
    Purpose::SecondaryReset,
    Purpose::AdministratorsReset,
    Purpose::AnsweredQuestions,
    Purpose::TemporaryPassword,
];

/// What an operator may do with a suspension besides, where the identity provider itself is in other hands.
#[derive(Clone, Copy, Debug, Default)]
pub struct Measures {
    /// Those who are signed in now are signed out.
    pub end_sessions: bool,
    /// Second mailboxes that were confirmed from then on, and links that the connections have made, count for nothing.
    pub distrust_since: Option<Time>,
}

/// An operator suspends at once.
///
/// # Errors
/// When the database says no.
pub async fn suspend(
    tx: &mut Tx,
    app: &App,
    admitted: &Admitted<'_>,
    why: &str,
    measures: Measures,
) -> Result<Result<(), Refused>, Error> {
    let organization = admitted.organization;
    if let Err(refused) = admitted.is(Role::Operator).and_then(|()| may_begin(organization)) {
        return Ok(Err(refused));
    }
    let Some(why) = reason(why) else { return Ok(Err(Refused::Reason)) };
    if !queries::suspend(tx, &organization.id).await? {
        return Ok(Err(Refused::Suspended));
    }
    // What somebody has asked for is what happens now.
    if let Some(open) = queries::open(tx, &organization.id).await? {
        queries::close(tx, &open.id, admitted.id()).await?;
    }
    let id = app.entropy.id();
    queries::insert(tx, admitted, &id, &why, Time(tx.now())).await?;
    let began = Began { id: &id, why: &why, by: admitted.by.name(), approved_by: None, two_people: false, measures };
    begin(tx, app, admitted, began).await.map(Ok)
}

/// A second person approves what a License Owner has asked for, and so suspends.
///
/// # Errors
/// When the database says no.
pub async fn approve(tx: &mut Tx, app: &App, admitted: &Admitted<'_>) -> Result<Result<(), Refused>, Error> {
    let (by, organization) = (admitted.by, admitted.organization);
    if let Err(refused) = may_begin(organization) {
        return Ok(Err(refused));
    }
    let Some(open) = open_request(tx, organization).await? else { return Ok(Err(Refused::NoRequest)) };
    let Some(asker) = people::by_id(tx, &open.asked_by).await? else { return Ok(Err(Refused::NoRequest)) };
    let approver = match by.account.or(by.typist()) {
        Some(account) => Some(party(tx, account).await?),
        None => None,
    };
    let asking = party(tx, &asker).await?;
    if let Err(why) = may_approve(&asking, open.expires_at, approver.as_ref(), Time(tx.now())) {
        return Ok(Err(why.into()));
    }
    if !queries::suspend(tx, &organization.id).await? {
        return Ok(Err(Refused::Suspended));
    }
    let began = Began {
        id: &open.id,
        why: &open.reason,
        by: Some(asker.name()),
        approved_by: Some(by.name()),
        two_people: two_people(&open.hand, &by.hand()),
        measures: Measures::default(),
    };
    begin(tx, app, admitted, began).await.map(Ok)
}

/// What is told and kept of the beginning.
struct Began<'a> {
    id: &'a str,
    why: &'a str,
    by: Option<String>,
    /// `None` where no second person was needed; in it `None` is whoever runs the deployment.
    approved_by: Option<Option<String>>,
    two_people: bool,
    measures: Measures,
}

async fn begin(tx: &mut Tx, app: &App, admitted: &Admitted<'_>, began: Began<'_>) -> Result<(), Error> {
    let organization = admitted.organization;
    queries::begin(tx, began.id, admitted.id()).await?;
    // From the days before the organization had its own sign-in, or of an administrator's sending.
    retire(tx, organization).await?;
    // What its identity provider has said of sign-ins that are not finished would count again once it is believed again.
    let proofs = sign_in::forget_federated(tx, &organization.id).await?;
    federation::close_ways_back(tx, &organization.id).await?;
    let Measures { end_sessions, distrust_since } = began.measures;
    let sessions = match end_sessions {
        true => session::end_of_organization(tx, &organization.id, None).await?,
        false => 0,
    };
    let distrusted = match distrust_since {
        Some(since) => Some(distrust(tx, organization, since).await?),
        None => None,
    };
    let details = json!({
        "suspension": began.id, "reason": began.why, "asked_by": began.by, "sessions_ended": sessions,
        "proofs_forgotten": proofs, "two_people": began.two_people, "distrusted": distrusted,
    });
    record(tx, app, admitted, Event::SsoSuspended, details).await?;
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
        sessions_ended: end_sessions,
    };
    let administrators = people::administrators_of(tx, &organization.id).await?;
    tell_all(tx, app, administrators, &letter).await
}

/// Takes back what may be a thief's, and says how much that was.
async fn distrust(tx: &mut Tx, organization: &Organization, since: Time) -> Result<Value, Error> {
    let mailboxes = queries::distrust(tx, &organization.id, since).await?;
    let links = federation::unlink_since(tx, &organization.id, since).await?;
    Ok(json!({ "since": since.to_text(), "second_mailboxes": mailboxes, "links": links }))
}

/// Single sign-on is back: whatever was made under the suspension ends in this write.
///
/// # Errors
/// When the database says no.
pub async fn resume(tx: &mut Tx, app: &App, admitted: &Admitted<'_>) -> Result<Result<(), Refused>, Error> {
    let organization = admitted.organization;
    let Some(suspended_at) = organization.suspended else { return Ok(Err(Refused::NotSuspended)) };
    if !queries::resume(tx, &organization.id, suspended_at).await? {
        return Ok(Err(Refused::NotSuspended));
    }
    let sessions = session::end_of_organization(tx, &organization.id, Some(suspended_at)).await?;
    let passwords = people::put_passwords_of_suspension_away(tx, &organization.id, suspended_at).await?;
    retire(tx, organization).await?;
    queries::end(tx, &organization.id, admitted.id()).await?;
    let details = json!({ "sessions_ended": sessions, "passwords_put_away": passwords, "since": suspended_at.0 });
    record(tx, app, admitted, Event::SsoResumed, details).await?;
    let letter = ResumedLetter {
        organization: organization.name.clone(),
        at: tx.now(),
        zone: organization.time_zone.clone(),
        by: admitted.by.name(),
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
    admitted: &Admitted<'_>,
    through: Continuity,
) -> Result<Result<bool, Refused>, Error> {
    if let Err(refused) = admitted.is(Role::Operator) {
        return Ok(Err(refused));
    }
    let changed = queries::set_policy(tx, &admitted.organization.id, through).await?;
    if changed {
        record(tx, app, admitted, Event::ContinuityChanged, json!({ "to": through.as_str() })).await?;
    }
    Ok(Ok(changed))
}

async fn retire(tx: &mut Tx, organization: &Organization) -> Result<(), Error> {
    for purpose in WAITING {
        one_time::retire_of_organization(tx, purpose, &organization.id).await?;
    }
    Ok(())
}

/// With who has typed it, where it was typed and they have said so.
pub async fn record(
    tx: &mut Tx,
    app: &App,
    admitted: &Admitted<'_>,
    event: Event,
    mut details: Value,
) -> Result<(), Error> {
    let by = admitted.by;
    if let (Some(operator), Some(details)) = (by.typist(), details.as_object_mut()) {
        details.insert("typed_by".to_owned(), json!(operator.id.as_str()));
    }
    let entry = Entry {
        account: admitted.id(),
        organization: Some(&admitted.organization.id),
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
