//! Changes of what an account has for a second factor: each one write, with everything that follows from it.

use serde_json::json;
use store::{Error, Tx};

use super::authenticator::{self, Confirmed};
use super::recovery_codes::{self, Made};
use super::resets;
use super::rules::may_remove;
use crate::app::App;
use crate::audit::{self, Entry, Event};
use crate::notices::{self, Cause, FactorChange};
use crate::passkeys;
use crate::people::{self, Account};
use crate::platform::ids::SessionId;
use crate::platform::web::Visit;
use crate::session::{self, Renewed, SignedIn};

/// An authenticator app whose first code was typed, and the recovery codes that come with it.
pub struct NewFactor {
    pub confirmed: Confirmed,
    pub codes: Made,
}

/// Puts it in the place of whatever there was. Answers the new epoch; `but`: the session that goes on.
///
/// # Errors
/// When the database says no.
pub async fn set_up(
    tx: &mut Tx,
    visit: &Visit,
    account: &Account,
    new: &NewFactor,
    but: Option<&SessionId>,
) -> Result<i64, Error> {
    let app = &visit.app;
    authenticator::set_up(tx, &app.entropy, &app.keys, &account.id, &new.confirmed).await?;
    recovery_codes::put(tx, &app.keys, &account.id, &new.codes).await?;
    people::factor_settled(tx, &account.id).await?;
    let credentials_epoch = people::credentials_changed(tx, &account.id).await?;
    match but {
        Some(session) => session::go_on_alone(tx, account, session, credentials_epoch).await?,
        None => session::end_all(tx, &account.id).await?,
    };
    // Its owner is back, with another app or with a code: what an administrator was told of a lost one ends.
    resets::ends_by_use(tx, visit, account).await?;
    let entry = Entry::of(Event::AuthenticatorAdded, account).from(visit);
    let entry = Entry { details: json!({ "replaced": account.has_authenticator }), ..entry };
    audit::record(tx, &app.entropy, entry).await?;
    let change = match account.has_authenticator {
        true => FactorChange::Replaced,
        false => FactorChange::SetUp,
    };
    let account = Account { credentials_epoch, has_authenticator: true, ..account.clone() };
    notices::factor_changed(tx, &Cause::of(visit), &account, change).await?;
    Ok(credentials_epoch)
}

/// Why a factor was not taken away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotRemoved {
    /// It was gone, or the credentials have changed since the page was shown.
    Gone,
    /// It is the last one, and one is required.
    Last,
}

/// Takes the authenticator app away, because its owner wants that. With the last factor the recovery codes go, too.
///
/// # Errors
/// When the database says no.
pub async fn remove_app(tx: &mut Tx, person: &SignedIn) -> Result<Result<Renewed, NotRemoved>, Error> {
    let Some(account) = unchanged(tx, person).await? else { return Ok(Err(NotRemoved::Gone)) };
    if !account.has_authenticator {
        return Ok(Err(NotRemoved::Gone));
    }
    if !may_remove(&account, account.has_passkey) {
        return Ok(Err(NotRemoved::Last));
    }
    authenticator::remove(tx, &account.id).await?;
    removed(tx, &account, account.has_passkey).await?;
    changed(tx, person, &account, (Event::AuthenticatorRemoved, FactorChange::AppRemoved)).await.map(Ok)
}

/// One factor less: with the last one go the recovery codes, which stand in for one.
///
/// # Errors
/// When the database says no.
pub async fn removed(tx: &mut Tx, account: &Account, another_stays: bool) -> Result<(), Error> {
    match another_stays {
        true => Ok(()),
        false => recovery_codes::remove(tx, &account.id).await.map(drop),
    }
}

/// Ten new recovery codes; the old ones are void. `None` where there is nothing that they could stand in for, or something was changed
/// since the page was shown.
///
/// # Errors
/// When the database says no.
pub async fn renew_recovery_codes(tx: &mut Tx, person: &SignedIn, codes: &Made) -> Result<Option<Renewed>, Error> {
    let Some(account) = unchanged(tx, person).await? else { return Ok(None) };
    if !account.has_second_factor() {
        return Ok(None);
    }
    recovery_codes::put(tx, &person.visit.app.keys, &account.id, codes).await?;
    changed(tx, person, &account, (Event::RecoveryCodesRenewed, FactorChange::NewCodes)).await.map(Some)
}

/// The ten that come with a factor, for whoever has none.
///
/// # Errors
/// When the database says no.
pub async fn give_recovery_codes(tx: &mut Tx, app: &App, account: &Account, codes: &Made) -> Result<(), Error> {
    match recovery_codes::are_made(tx, &account.id).await? {
        true => Ok(()),
        false => recovery_codes::put(tx, &app.keys, &account.id, codes).await,
    }
}

/// Whose session it is, if it lives still, under the credentials that it began, or went on, under.
async fn unchanged(tx: &mut Tx, person: &SignedIn) -> Result<Option<Account>, Error> {
    if !session::lives_on(tx, person).await? {
        return Ok(None);
    }
    people::by_id(tx, &person.account).await
}

/// What follows from a change in a session: the epoch is another one, this session goes on under it with another secret and the others end, every address
/// is told, and whatever an administrator was told of a lost factor ends.
///
/// # Errors
/// When the database says no.
pub async fn changed(
    tx: &mut Tx,
    person: &SignedIn,
    account: &Account,
    (event, change): (Event, FactorChange),
) -> Result<Renewed, Error> {
    let visit = &person.visit;
    let app = &visit.app;
    people::credentials_changed(tx, &account.id).await?;
    let account = people::by_id(tx, &account.id).await?.unwrap_or_else(|| account.clone());
    let (renewed, ended) = session::renew(tx, person, &account).await?;
    resets::ends_by_use(tx, visit, &account).await?;
    let entry = Entry::of(event, &account).from(visit);
    let entry = Entry { details: json!({ "sessions_ended": ended }), ..entry };
    audit::record(tx, &app.entropy, entry).await?;
    notices::factor_changed(tx, &Cause::of(visit), &account, change).await?;
    Ok(renewed)
}

/// Takes every second factor away, with the recovery codes; whatever was proved with them is worth nothing any more, and until somebody
/// signs in with the password no link that anybody may ask for resets it. Answers the new epoch; `entry`: how it is recorded.
///
/// # Errors
/// When the database says no.
pub async fn remove_all(tx: &mut Tx, app: &App, account: &Account, entry: Entry<'_>) -> Result<i64, Error> {
    authenticator::remove(tx, &account.id).await?;
    recovery_codes::remove(tx, &account.id).await?;
    passkeys::forget_all(tx, account).await?;
    let epoch = people::factor_removed(tx, &account.id).await?;
    session::end_all(tx, &account.id).await?;
    audit::record(tx, &app.entropy, entry).await?;
    Ok(epoch)
}

/// Makes the recovery codes worthless without making others; false where there were none.
///
/// # Errors
/// When the database says no.
pub async fn forget_recovery_codes(tx: &mut Tx, account: &Account) -> Result<bool, Error> {
    Ok(recovery_codes::remove(tx, &account.id).await? > 0)
}
