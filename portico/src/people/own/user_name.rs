//! Another user name, or none any more.

use store::{Error, Tx};

use super::super::queries::by_id;
use super::super::{Account, UserName};
use super::queries;

/// Why it was not changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotRenamed {
    Taken,
    /// It is that already.
    Same,
    /// Nothing else signs in to this account: several share its mailbox, and the name tells them apart.
    Needed,
}

/// Sets it, as it was typed; `None` takes it away. Answers the account as it is then.
///
/// # Errors
/// When the database says no.
pub async fn change_user_name(
    tx: &mut Tx,
    account: &Account,
    new: Option<(&UserName, &str)>,
) -> Result<Result<Account, NotRenamed>, Error> {
    let old = account.user_name.as_deref().and_then(UserName::parse);
    if old.as_ref() == new.map(|(name, _)| name) {
        return Ok(Err(NotRenamed::Same));
    }
    if new.is_none() && !queries::signs_in_by_email(tx, &account.id).await? {
        return Ok(Err(NotRenamed::Needed));
    }
    if !queries::set_user_name(tx, &account.id, new).await? {
        return Ok(Err(NotRenamed::Taken));
    }
    Ok(by_id(tx, &account.id).await?.ok_or(NotRenamed::Taken))
}
