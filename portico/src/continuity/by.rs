//! Who acts, and why something was not done.

use store::{Error, Tx};

use super::queries;
use super::rules::{Hand, NoApproval, Party, Role};
use crate::audit::{Actor, Source};
use crate::organizations::Organization;
use crate::people::{Account, Email, StaffRole};
use crate::platform::ids::AccountId;
use crate::platform::spelled::spelled;
use crate::platform::web::Visit;

/// Who acts: somebody who is signed in, or whoever may run commands, who is an operator.
#[derive(Clone, Copy)]
pub struct By<'a> {
    pub account: Option<&'a Account>,
    through: Through<'a>,
}

#[derive(Clone, Copy)]
enum Through<'a> {
    Page(&'a Visit),
    /// Typed by this operator, where they have said so; perhaps in somebody's name.
    Command(Option<&'a Account>),
}

impl<'a> By<'a> {
    pub fn command() -> By<'a> {
        By { account: None, through: Through::Command(None) }
    }

    pub fn person(visit: &'a Visit, account: &'a Account) -> By<'a> {
        By { account: Some(account), through: Through::Page(visit) }
    }

    /// An operator writes down what somebody on the telephone asks for.
    pub fn on_behalf_of(account: &'a Account) -> By<'a> {
        By { account: Some(account), ..By::command() }
    }

    /// The operator who says that they type it; on a page nobody types in another's name.
    pub fn typed_by(self, operator: Option<&'a Account>) -> By<'a> {
        match self.through {
            Through::Page(_) => self,
            Through::Command(_) => By { through: Through::Command(operator), ..self },
        }
    }

    pub fn actor(&self) -> Actor<'a> {
        match (self.account, self.through) {
            (Some(account), Through::Page(_)) => Actor::Account(&account.id),
            _ => Actor::Command,
        }
    }

    pub fn source(&self) -> Option<Source> {
        match self.through {
            Through::Page(visit) => Some(Source::of(visit)),
            Through::Command(_) => None,
        }
    }

    /// The operator who has typed it, where it was typed and they have said so.
    pub fn typist(&self) -> Option<&'a Account> {
        match self.through {
            Through::Page(_) => None,
            Through::Command(operator) => operator,
        }
    }

    pub fn is_typed(&self) -> bool {
        matches!(self.through, Through::Command(_))
    }

    /// By whose hand it is done.
    pub fn hand(&self) -> Hand {
        let is_operator = |account: &Account| account.staff == Some(StaffRole::Operator);
        match self.through {
            Through::Page(_) => Hand {
                account: self.account.map(|account| account.id.clone()),
                operator: self.account.is_some_and(is_operator),
            },
            Through::Command(operator) => Hand { account: operator.map(|one| one.id.clone()), operator: true },
        }
    }

    /// As others are told: `None` is whoever runs the deployment.
    pub fn name(&self) -> Option<String> {
        self.account.map(Account::name)
    }

    /// Asked in the write that depends on it: a License Owner may be none any more.
    ///
    /// # Errors
    /// When the database says no.
    async fn role(&self, tx: &mut Tx, organization: &Organization) -> Result<Option<Role>, Error> {
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
    let owns = queries::owners(tx, &organization.id).await?.contains(&account.id);
    Ok(owns.then_some(Role::LicenseOwner))
}

/// Somebody who may act on an organization's own sign-in, found so in the write in which they do. Every act takes one, and nothing
/// but [`admit`] makes one.
pub struct Admitted<'a> {
    pub by: By<'a>,
    pub organization: &'a Organization,
    role: Role,
}

/// # Errors
/// When the database says no.
pub async fn admit<'a>(
    tx: &mut Tx,
    by: By<'a>,
    organization: &'a Organization,
) -> Result<Result<Admitted<'a>, Refused>, Error> {
    let role = by.role(tx, organization).await?;
    Ok(role.map(|role| Admitted { by, organization, role }).ok_or(Refused::NotAllowed))
}

impl Admitted<'_> {
    /// What not every one of them may do.
    pub fn is(&self, role: Role) -> Result<(), Refused> {
        if self.role == role { Ok(()) } else { Err(Refused::NotAllowed) }
    }

    pub fn id(&self) -> Option<&AccountId> {
        self.by.account.map(|account| &account.id)
    }
}

/// Who somebody is, as far as two people have to be two.
pub async fn party(tx: &mut Tx, account: &Account) -> Result<Party, Error> {
    let second = queries::address_of(tx, &account.id).await?.map(|address| address.email);
    let primary = Email::parse(&account.email).map(|email| email.as_str().to_owned());
    Ok(Party { account: account.id.clone(), mailboxes: primary.into_iter().chain(second).collect() })
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
    #[error(
        "Whoever asked reads the same mailbox as you: for this you are one person. It takes a second one, with mailboxes of \
         their own."
    )]
    SameMailbox,
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
    SameMailbox = "same-mailbox",
    NotAllowed = "not-allowed",
    Reason = "reason",
});

impl From<NoApproval> for Refused {
    fn from(why: NoApproval) -> Refused {
        match why {
            NoApproval::SamePerson => Refused::SamePerson,
            NoApproval::SameMailbox => Refused::SameMailbox,
            NoApproval::Over => Refused::NoRequest,
        }
    }
}
