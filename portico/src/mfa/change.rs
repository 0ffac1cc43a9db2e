//! Changes of what an account has for a second factor: each one write, with everything that follows from it.

use serde_json::json;
use store::{Error, Tx};

use super::authenticator::{self, Confirmed};
use super::recovery_codes::{self, Made};
use crate::app::App;
use crate::audit::{self, Entry, Event};
use crate::notices::{self, Cause, FactorChange};
use crate::passkeys;
use crate::people::{self, Account};
use crate::platform::ids::SessionId;
use crate::platform::web::Visit;
use crate::session;

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
    session::end_all_but(tx, &account.id, but).await?;
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

/// Ten new recovery codes; the old ones are void. They change no credential: nothing that was proved with the factors is worth less.
///
/// # Errors
/// When the database says no.
pub async fn renew_recovery_codes(tx: &mut Tx, visit: &Visit, account: &Account, codes: &Made) -> Result<(), Error> {
    let app = &visit.app;
    recovery_codes::put(tx, &app.keys, &account.id, codes).await?;
    audit::record(tx, &app.entropy, Entry::of(Event::RecoveryCodesRenewed, account).from(visit)).await?;
    notices::factor_changed(tx, &Cause::of(visit), account, FactorChange::NewCodes).await
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
