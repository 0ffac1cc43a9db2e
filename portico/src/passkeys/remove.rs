//! One passkey less.

use store::{Error, Tx};

use super::queries;
use crate::audit::Event;
use crate::mfa::{self, NotRemoved};
use crate::notices::FactorChange;
use crate::people::{self, Account};
use crate::platform::ids::PasskeyId;
use crate::platform::web;
use crate::session::{self, Renewed, SignedIn};

/// Takes one away: it opens nothing any more, on any node.
///
/// # Errors
/// When the database says no.
pub async fn remove(person: &SignedIn, id: &PasskeyId) -> Result<Result<Renewed, NotRemoved>, web::Error> {
    let write = async |tx: &mut Tx| {
        let Some(account) = people::by_id(tx, &person.account).await? else { return Ok(Err(NotRemoved::Gone)) };
        let lines = queries::of_account(tx, &account.id).await?;
        if !session::lives_on(tx, person).await? || lines.iter().all(|line| line.id != *id) {
            return Ok(Err(NotRemoved::Gone));
        }
        let another_stays = account.has_authenticator || lines.len() > 1;
        // Those that count for nothing, beside an organization's own sign-in, may always go.
        if account.has_passkey && !mfa::may_remove(&account, another_stays) {
            return Ok(Err(NotRemoved::Last));
        }
        queries::delete(tx, id, &account.id).await?;
        mfa::removed(tx, &account, another_stays).await?;
        mfa::changed(tx, person, &account, (Event::PasskeyRemoved, FactorChange::PasskeyRemoved)).await.map(Ok)
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
