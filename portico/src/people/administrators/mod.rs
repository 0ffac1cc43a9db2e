//! Who looks after an organization's people, and after the deployment.

mod queries;

use store::{Error, Tx};

use super::Account;
use crate::platform::ids::AccountId;

pub use queries::{administrators_of, map_administrator, mapped_roles, operators, unmap_administrator};

/// Somebody who can grant access, and how to reach them.
#[derive(Clone, Debug)]
pub struct Administrator {
    pub account: AccountId,
    pub name: String,
    pub email: String,
    pub language: Option<String>,
    pub license_owner: bool,
    /// Nobody has confirmed yet that the address is theirs: it is named to nobody, and no person is named to it.
    pub unproved: bool,
}

/// Whom an account's owner can ask, each in a line of a mail: the administrators but for herself, who cannot be told to ask
/// herself; where there is nobody else, the organization's public contact.
pub async fn helpers_of(tx: &mut Tx, account: &Account) -> Result<Vec<String>, Error> {
    let administrators = administrators_of(tx, &account.organization.id).await?;
    let others = administrators.into_iter().filter(|helper| helper.account != account.id && !helper.unproved);
    let helpers: Vec<String> = others.map(|helper| format!("{}, {}", helper.name, helper.email)).collect();
    Ok(if helpers.is_empty() { account.organization.contact.iter().cloned().collect() } else { helpers })
}
