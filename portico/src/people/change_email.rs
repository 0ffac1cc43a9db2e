//! Another address for an account: an administrator, or a help desk, corrects it.
//!
//! - One write. It refuses an address that leads to somebody else, or belongs to another organization.
//! - It is a change of credentials: sessions end, and every link, code and invitation that went to the old address.
//! - Both mailboxes are told: the old one, if it was proved, may say "it wasn't me"; the new one is nobody's until a code has shown that mail to it
//!   reaches the account's owner, which the next sign-in asks for.

use serde_json::json;
use store::{Error, Tx};

use super::{Account, Email, queries};
use crate::app::App;
use crate::audit::{self, Actor, Entry, Event};
use crate::notices::{self, Cause};
use crate::organizations::{self, AnothersDomain};
use crate::{continuity, invitations, session};

/// Why an address was not changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    #[error("It is the email or user name of another account. Look at that one with `portico account show`.")]
    Taken,
    #[error(
        "It is the second mailbox of this account, and one mailbox must not answer for both. Take that away first, with \
         `portico account secondary remove`."
    )]
    Second,
    #[error(transparent)]
    Domain(#[from] AnothersDomain),
}

/// Changes the address. False when it was this one already: then nothing was written, and nobody is told.
///
/// # Errors
/// When the database says no.
pub async fn change_email(
    tx: &mut Tx,
    app: &App,
    actor: Actor<'_>,
    account: &Account,
    new: &Email,
    shown: &str,
) -> Result<Result<bool, Refused>, Error> {
    if account.has_address(new.as_str()) {
        return Ok(Ok(false));
    }
    if let Err(anothers) = organizations::may_use(tx, &account.organization.id, new.domain()).await? {
        return Ok(Err(anothers.into()));
    }
    if continuity::address_of(tx, &account.id).await?.is_some_and(|second| second.email == new.as_str()) {
        return Ok(Err(Refused::Second));
    }
    if !queries::move_to(tx, account, new, shown.trim()).await? {
        return Ok(Err(Refused::Taken));
    }
    // The new one may lead elsewhere.
    queries::put_passwords_elsewhere_away(tx, &account.organization.id).await?;
    session::end_all(tx, &account.id).await?;
    session::forget_browsers(tx, &account.id).await?;
    // It went to the old address; its temporary password is void with the old credentials.
    invitations::void(tx, &account.id).await?;
    let details = json!({ "from": account.email, "to": new.as_str() });
    audit::record(tx, &app.entropy, Entry { actor, details, ..Entry::of(Event::EmailChanged, account) }).await?;
    let Some(after) = queries::by_id(tx, &account.id).await? else { return Ok(Ok(false)) };
    let cause = Cause::command(app);
    // An address that nobody has proved may be a stranger's: a mail there, with a button, would make him a party.
    if account.email_verified_at.is_some() {
        notices::email_changed(tx, &cause, &after, &account.email).await?;
    }
    notices::email_assigned(tx, &cause, &after).await?;
    Ok(Ok(true))
}
