//! What somebody has allowed, for them to see and to take back (ASVS 10.7.3).

use serde_json::json;
use store::{Error, Tx};

use super::queries;
use crate::audit::{self, Event};
use crate::platform::clock::Time;
use crate::provider::grants;
use crate::session::SignedIn;

/// A client that may learn who somebody is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consented {
    pub client: String,
    /// As people know it.
    pub name: String,
    /// The words of its scope, separated by spaces.
    pub scope: String,
    pub given_at: Time,
}

/// Takes back what somebody has allowed a client: what that was given ends, it is told, and it asks anew. False when there was
/// nothing to take back.
///
/// # Errors
/// When the database says no.
pub async fn withdraw(tx: &mut Tx, person: &SignedIn, client: &str) -> Result<bool, Error> {
    if !queries::withdraw_consent(tx, &person.account, client).await? {
        return Ok(false);
    }
    grants::access_ends(tx, &person.account, client).await?;
    record(tx, person, Event::ConsentWithdrawn, client).await.map(|()| true)
}

/// Signs somebody out of a client and of nothing else: what it was given ends, and it is told. What allows it stays. False when
/// it had nothing.
///
/// # Errors
/// When the database says no.
pub async fn leave(tx: &mut Tx, person: &SignedIn, client: &str) -> Result<bool, Error> {
    if grants::access_ends(tx, &person.account, client).await? == 0 {
        return Ok(false);
    }
    record(tx, person, Event::GrantsEnded, client).await.map(|()| true)
}

async fn record(tx: &mut Tx, person: &SignedIn, event: Event, client: &str) -> Result<(), Error> {
    let entry = audit::Entry {
        organization: Some(&person.organization.id),
        details: json!({ "client": client }),
        ..audit::Entry::by(event, &person.account)
    };
    audit::record(tx, &person.visit.app.entropy, entry.from(&person.visit)).await
}
