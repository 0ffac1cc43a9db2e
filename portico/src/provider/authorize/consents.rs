//! What somebody has allowed, for them to see and to take back (ASVS 10.7.3).

use serde_json::json;
use store::{Error, Tx};

use super::queries;
use crate::audit::{self, Actor, Event};
use crate::platform::clock::Time;
use crate::platform::entropy::Entropy;
use crate::platform::ids::AccountId;
use crate::provider::grants;

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

/// Takes back what an account has allowed a client: what that was given ends, it is told, and it asks anew. False when there
/// was nothing to take back.
///
/// # Errors
/// When the database says no.
pub async fn withdraw(tx: &mut Tx, entropy: &Entropy, account: &AccountId, client: &str) -> Result<bool, Error> {
    if !queries::withdraw_consent(tx, account, client).await? {
        return Ok(false);
    }
    grants::access_ends(tx, account, client).await?;
    let entry = audit::Entry {
        actor: Actor::Account(account),
        details: json!({ "client": client }),
        ..audit::Entry::by(Event::ConsentWithdrawn, account)
    };
    audit::record(tx, entropy, entry).await?;
    Ok(true)
}
