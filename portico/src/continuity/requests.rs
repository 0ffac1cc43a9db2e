//! A suspension that somebody has asked for, and that waits for a second person.

use serde_json::json;
use store::{Error, Tx};

use super::by::{Admitted, Refused, role_of};
use super::letters::RequestedLetter;
use super::queries;
use super::rules::{Hand, REQUEST_LIVES, Role, reason};
use super::suspend::{record, tell_all};
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
    /// By whose hand it was written: theirs, or an operator's in their name.
    pub hand: Hand,
}

/// Asks for a suspension: whoever can approve it is told.
///
/// # Errors
/// When the database says no.
pub async fn request(tx: &mut Tx, app: &App, admitted: &Admitted<'_>, why: &str) -> Result<Result<(), Refused>, Error> {
    let organization = admitted.organization;
    if let Err(refused) = admitted.is(Role::LicenseOwner).and_then(|()| may_begin(organization)) {
        return Ok(Err(refused));
    }
    let Some(asker) = admitted.by.account else { return Ok(Err(Refused::NotAllowed)) };
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
        hand: admitted.by.hand(),
    };
    queries::insert(tx, admitted, &new.id, &new.reason, new.expires_at).await?;
    record(tx, app, admitted, Event::SuspensionRequested, json!({ "reason": new.reason })).await?;
    let letter = RequestedLetter::of(organization, &new, asker.name());
    let owners = queries::owners(tx, &organization.id).await?;
    let mut approvers = people::administrators_of(tx, &organization.id).await?;
    approvers.retain(|one| owners.contains(&one.account) && one.account != asker.id);
    tell_all(tx, app, approvers, &letter).await?;
    Ok(Ok(()))
}

/// Takes one's own request back, or declines somebody else's.
///
/// # Errors
/// When the database says no.
pub async fn close(tx: &mut Tx, app: &App, admitted: &Admitted<'_>) -> Result<Result<(), Refused>, Error> {
    let Some(open) = open_request(tx, admitted.organization).await? else { return Ok(Err(Refused::NoRequest)) };
    queries::close(tx, &open.id, admitted.id()).await?;
    let own = admitted.id() == Some(&open.asked_by);
    let details = json!({ "request": open.id, "withdrawn": own });
    record(tx, app, admitted, Event::SuspensionDeclined, details).await?;
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
