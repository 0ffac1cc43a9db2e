//! Who acts, and why something was not done.

use store::{Error, Tx};

use super::rules::{NoApproval, Role};
use crate::audit::Actor;
use crate::organizations::Organization;
use crate::people::{self, Account, StaffRole};
use crate::platform::spelled::spelled;
use crate::platform::web::Visit;

/// Who acts: somebody who is signed in, or whoever may run commands, who is an operator.
#[derive(Clone, Copy)]
pub struct By<'a> {
    pub account: Option<&'a Account>,
    visit: Option<&'a Visit>,
    /// Typed by an operator in somebody's name.
    by_command: bool,
}

impl<'a> By<'a> {
    pub fn command() -> By<'a> {
        By { account: None, visit: None, by_command: true }
    }

    pub fn person(visit: &'a Visit, account: &'a Account) -> By<'a> {
        By { account: Some(account), visit: Some(visit), by_command: false }
    }

    /// An operator writes down what somebody on the telephone asks for.
    pub fn on_behalf_of(account: &'a Account) -> By<'a> {
        By { account: Some(account), visit: None, by_command: true }
    }

    pub fn actor(&self) -> Actor<'a> {
        match self.account {
            Some(account) if !self.by_command => Actor::Account(&account.id),
            _ => Actor::Command,
        }
    }

    pub fn source(&self) -> Option<String> {
        self.visit.map(|visit| visit.address.to_string())
    }

    /// As others are told: `None` is whoever runs the deployment.
    pub fn name(&self) -> Option<String> {
        self.account.map(Account::name)
    }

    /// Asked in the write that depends on it: a License Owner may be none any more.
    ///
    /// # Errors
    /// When the database says no.
    pub async fn role(&self, tx: &mut Tx, organization: &Organization) -> Result<Option<Role>, Error> {
        match self.account {
            None => Ok(Some(Role::Operator)),
            Some(account) => role_of(tx, account, organization).await,
        }
    }
}

/// What somebody is to this organization's sign-in.
pub async fn role_of(tx: &mut Tx, account: &Account, organization: &Organization) -> Result<Option<Role>, Error> {
    if account.staff == Some(StaffRole::Operator) {
        return Ok(Some(Role::Operator));
    }
    let owners = people::administrators_of(tx, &organization.id).await?;
    let owns = owners.iter().any(|one| one.account == account.id && one.license_owner && !one.unproved);
    Ok(owns.then_some(Role::LicenseOwner))
}

/// Whether somebody looks after an organization's sign-in.
///
/// # Errors
/// When the database says no.
pub async fn is_responsible(tx: &mut Tx, account: &Account) -> Result<bool, Error> {
    Ok(role_of(tx, account, &account.organization).await?.is_some())
}

/// Why nothing was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    #[error("Its people sign in here, so that there is nothing to suspend.")]
    NotSso,
    #[error("Its single sign-on is suspended already.")]
    Suspended,
    #[error("Its single sign-on is not suspended.")]
    NotSuspended,
    #[error("Somebody has asked already: approve that, or decline it first.")]
    Waiting,
    #[error(
        "Nobody has asked for it, or the request is over: it lives for a day, and ends when whoever asked owns no license any more."
    )]
    NoRequest,
    #[error("Whoever asked cannot approve: it takes a second person, another License Owner or an operator.")]
    SamePerson,
    #[error("Only a License Owner of the organization may ask for it.")]
    NotAllowed,
    #[error("Say why, in 3 to 300 characters: it is told to those who are responsible, and kept.")]
    Reason,
}

spelled!(Refused {
    NotSso = "not-sso",
    Suspended = "suspended",
    NotSuspended = "not-suspended",
    Waiting = "waiting",
    NoRequest = "no-request",
    SamePerson = "same-person",
    NotAllowed = "not-allowed",
    Reason = "reason",
});

impl From<NoApproval> for Refused {
    fn from(why: NoApproval) -> Refused {
        match why {
            NoApproval::SamePerson => Refused::SamePerson,
            NoApproval::Over => Refused::NoRequest,
        }
    }
}
