//! A suspension that somebody has asked for, and that waits for a second person.

use serde_json::json;
use store::{Error, Tx};

use super::by::{By, Refused, role_of};
use super::letters::RequestedLetter;
use super::queries;
use super::rules::{REQUEST_LIVES, Role, reason};
use super::suspend::{admitted, record, tell_all};
use crate::app::App;
use crate::audit::Event;
use crate::organizations::{Organization, SignInWay};
use crate::people;
use crate::platform::clock::Time;
use crate::platform::ids::AccountId;

/// One that is open.
#[derive(Clone, Debug)]
pub struct Request {
    pub id: String,
    pub reason: String,
    pub asked_by: AccountId,
    pub asked_at: Time,
    pub expires_at: Time,
}

/// Asks for a suspension: whoever can approve it is told.
///
/// # Errors
/// When the database says no.
pub async fn request(
    tx: &mut Tx,
    app: &App,
    by: By<'_>,
    organization: &Organization,
    why: &str,
) -> Result<Result<(), Refused>, Error> {
    let Some(asker) = by.account else { return Ok(Err(Refused::NotAllowed)) };
    if role_of(tx, asker, organization).await? != Some(Role::LicenseOwner) {
        return Ok(Err(Refused::NotAllowed));
    }
    if let Err(refused) = may_begin(organization) {
        return Ok(Err(refused));
    }
    let Some(why) = reason(why) else { return Ok(Err(Refused::Reason)) };
    if open_request(tx, organization).await?.is_some() {
        return Ok(Err(Refused::Waiting));
    }
    let now = Time(tx.now());
    let new = Request {
        id: app.entropy.id(),
        reason: why,
        asked_by: asker.id.clone(),
        asked_at: now,
        expires_at: now + REQUEST_LIVES,
    };
    queries::insert(tx, &organization.id, &new.id, &new.reason, Some(&new.asked_by), new.expires_at).await?;
    record(tx, app, by, Event::SuspensionRequested, organization, json!({ "reason": new.reason })).await?;
    let letter = RequestedLetter::of(organization, &new, asker.name());
    let mut approvers = people::administrators_of(tx, &organization.id).await?;
    approvers.retain(|one| one.license_owner && one.account != asker.id);
    tell_all(tx, app, approvers, &letter).await?;
    Ok(Ok(()))
}

/// Takes one's own request back, or declines somebody else's.
///
/// # Errors
/// When the database says no.
pub async fn close(
    tx: &mut Tx,
    app: &App,
    by: By<'_>,
    organization: &Organization,
) -> Result<Result<(), Refused>, Error> {
    if let Err(refused) = admitted(tx, by, organization).await? {
        return Ok(Err(refused));
    }
    let Some(open) = open_request(tx, organization).await? else { return Ok(Err(Refused::NoRequest)) };
    queries::close(tx, &open.id, by.account.map(|account| &account.id)).await?;
    let own = by.account.is_some_and(|account| account.id == open.asked_by);
    let details = json!({ "request": open.id, "withdrawn": own });
    record(tx, app, by, Event::SuspensionDeclined, organization, details).await?;
    Ok(Ok(()))
}

/// What waits for a second person: not over, and asked by somebody who still owns the organization's licenses.
///
/// # Errors
/// When the database says no.
pub async fn open_request(tx: &mut Tx, organization: &Organization) -> Result<Option<Request>, Error> {
    let Some(open) = queries::open(tx, &organization.id).await? else { return Ok(None) };
    let asker = people::by_id(tx, &open.asked_by).await?.filter(|asker| asker.disabled_at.is_none());
    let still = match &asker {
        Some(asker) => role_of(tx, asker, organization).await? == Some(Role::LicenseOwner),
        None => false,
    };
    Ok(still.then_some(open))
}

pub fn may_begin(organization: &Organization) -> Result<(), Refused> {
    match (organization.suspended, organization.sign_in) {
        (Some(_), _) => Err(Refused::Suspended),
        (None, SignInWay::Password) => Err(Refused::NotSso),
        (None, SignInWay::Sso) => Ok(()),
    }
}
