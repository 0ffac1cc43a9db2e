//! One passkey less.

use store::{Error, Tx};

use super::add::changed;
use super::queries;
use crate::audit::Event;
use crate::notices::FactorChange;
use crate::people::{self, Account};
use crate::platform::ids::PasskeyId;
use crate::platform::web::{self, Browser};
use crate::session::SignedIn;

/// Takes one away: it opens nothing any more, on any node. False where it was gone, or was never theirs.
///
/// # Errors
/// When the database says no.
pub async fn remove(person: &SignedIn, browser: &Browser, id: &PasskeyId) -> Result<bool, web::Error> {
    let write = async |tx: &mut Tx| {
        let Some(account) = people::by_id(tx, &person.account).await? else { return Ok(false) };
        if account.credentials_epoch != person.epoch || !queries::delete(tx, id, &account.id).await? {
            return Ok(false);
        }
        changed(tx, person, browser, &account, (Event::PasskeyRemoved, FactorChange::PasskeyRemoved))
            .await
            .map(|()| true)
    };
    Ok(person.visit.app.db.write("passkeys.remove", write).await?)
}

/// Takes all of them away; says how many there were. What follows from that is the caller's.
///
/// # Errors
/// When the database says no.
pub async fn forget_all(tx: &mut Tx, account: &Account) -> Result<u64, Error> {
    queries::delete_all(tx, &account.id).await
}
