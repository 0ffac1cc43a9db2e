//! Another address for an account: an administrator, or a help desk, corrects it.
//!
//! - One write. It refuses an address that leads to somebody else, or belongs to another organization.
//! - It is a change of credentials: sessions end, and every link, code and invitation that went to the old address.
//! - Both mailboxes are told. The old one may say "it wasn't me"; the new one is nobody's until a code has shown that mail to it
//!   reaches the account's owner, which the next sign-in asks for.

use serde_json::json;
use store::{Error, Tx};

use super::{Account, Email, queries};
use crate::app::App;
use crate::audit::{self, Actor, Entry, Event};
use crate::notices::{self, Cause};
use crate::{invitations, organizations, session};

/// Why an address was not changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    #[error("It is the email or user name of another account. Look at that one with `portico account show`.")]
    Taken,
    #[error("Its domain belongs to {0}, so that it would be their account. Use an address of another domain.")]
    Domain(String),
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
    if account.has_mailbox(new.as_str()) {
        return Ok(Ok(false));
    }
    if let Some(owner) = organizations::by_domain(tx, new.domain()).await?
        && owner.id != account.organization.id
    {
        return Ok(Err(Refused::Domain(owner.name)));
    }
    if !queries::move_to(tx, account, new, shown.trim()).await? {
        return Ok(Err(Refused::Taken));
    }
    session::end_all(tx, &account.id).await?;
    // It went to the old address; its temporary password is void with the old credentials.
    invitations::void(tx, &account.id).await?;
    let details = json!({ "from": account.email, "to": new.as_str() });
    audit::record(tx, &app.entropy, Entry { actor, details, ..Entry::of(Event::EmailChanged, account) }).await?;
    let Some(after) = queries::by_id(tx, &account.id).await? else { return Ok(Ok(false)) };
    let cause = Cause::command(app);
    notices::email_changed(tx, &cause, &after, &account.email).await?;
    notices::email_assigned(tx, &cause, &after).await?;
    Ok(Ok(true))
}
