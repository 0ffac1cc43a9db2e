//! Another address, once its owner has shown that mail to it is theirs.

use store::{Error, Tx};

use super::super::queries as accounts;
use super::super::{Account, Email, Identifier};
use super::queries;
use crate::notices::{self, Cause};
use crate::organizations::{self, AnothersDomain};

/// Why an address was not changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotMoved {
    /// It leads to somebody else: never said to anybody who has not shown that the mailbox is theirs.
    Taken,
    /// Another organization's.
    Domain(AnothersDomain),
    /// Whoever has an address there signs in at the organization's own page.
    Elsewhere,
}

/// Whether an owner may have another address, as far as it is no secret: whose domain it is, and where that leads.
///
/// # Errors
/// When the database says no.
pub async fn may_move(tx: &mut Tx, account: &Account, new: &Email) -> Result<Result<(), NotMoved>, Error> {
    if let Err(anothers) = organizations::may_use(tx, &account.organization.id, new.domain()).await? {
        return Ok(Err(NotMoved::Domain(anothers)));
    }
    // Whoever has tried a connection would be that one's with an address of no domain of theirs.
    let elsewhere = queries::leads_elsewhere(tx, new.domain()).await? || queries::is_linked(tx, &account.id).await?;
    Ok(if elsewhere { Err(NotMoved::Elsewhere) } else { Ok(()) })
}

/// Somebody else whom mail to this address would reach, or whose name it is.
///
/// # Errors
/// When the database says no.
pub async fn who_has(tx: &mut Tx, email: &Email, but: &Account) -> Result<Option<Account>, Error> {
    let named = accounts::by_identifier(tx, &Identifier::Email(email.clone())).await?;
    let sharing = accounts::all_sharing_mailbox(tx, email, Some(&but.id)).await?;
    Ok(named.filter(|named| named.id != but.id).or_else(|| sharing.into_iter().next()))
}

/// Moves an account to an address that its owner has just shown to be theirs, and tells the old one. Answers the account as it is
/// then.
///
/// # Errors
/// When the database says no.
pub async fn move_email(
    tx: &mut Tx,
    cause: &Cause<'_>,
    account: &Account,
    new: &Email,
    shown: &str,
) -> Result<Result<Account, NotMoved>, Error> {
    if let Err(refused) = may_move(tx, account, new).await? {
        return Ok(Err(refused));
    }
    if !accounts::move_to(tx, account, new, shown).await? {
        return Ok(Err(NotMoved::Taken));
    }
    accounts::set_email_verified(tx, &account.id).await?;
    let Some(after) = accounts::by_id(tx, &account.id).await? else { return Ok(Err(NotMoved::Taken)) };
    notices::email_moved(tx, cause, &after, &account.email).await?;
    Ok(Ok(after))
}
