//! Who may this be? Pure. A connection is believed about the people of its own organization, and of nobody else's.

use super::failure::Cause;
use crate::people::Account;
use crate::platform::ids::{AccountId, OrganizationId};

/// What is known when somebody comes back from a connection.
pub struct Facts<'a> {
    /// The connection's own organization.
    pub organization: &'a OrganizationId,
    /// Whose its subject is already.
    pub linked: Option<&'a Account>,
    pub email: &'a Asserted,
    pub creates_accounts: bool,
    /// Whose name was typed here; `None`: nobody's.
    pub typed: Option<&'a AccountId>,
}

/// The email that came along, and what it is worth.
pub enum Asserted {
    /// None came, or one that is no address.
    Nothing,
    /// The identity provider says itself that it does not know whose it is.
    Unverified,
    /// Of no verified domain of the organization that leads to this connection.
    Foreign,
    /// Nobody has it.
    Free,
    /// Several accounts share the mailbox: it is nobody's name.
    Shared,
    Of {
        account: Box<Account>,
        /// Another subject of this connection is linked to it.
        is_linked: bool,
    },
}

/// How whoever came becomes an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Becomes {
    /// The one that its subject is linked to.
    Linked,
    /// The one that has the asserted email, and is linked from now on.
    LinkedNow,
    /// A new one.
    Created,
}

/// The one answer.
pub fn who(facts: &Facts<'_>) -> Result<Becomes, Cause> {
    match (facts.linked, facts.email) {
        // The subject decides, whatever the email says today: addresses are given to others over there.
        (Some(account), _) if account.organization.id != *facts.organization => Err(Cause::NoAccountHere),
        (Some(account), _) => typed(facts, account).map(|()| Becomes::Linked),
        (None, Asserted::Nothing | Asserted::Unverified | Asserted::Shared) => Err(Cause::NoAccountHere),
        (None, Asserted::Foreign) => Err(Cause::ForeignEmail),
        (None, Asserted::Of { account, .. }) if account.organization.id != *facts.organization => {
            Err(Cause::ForeignEmail)
        }
        // Whoever helps or operates signs in here, and what several people use is nobody's: neither may fall to whoever can
        // make an address over there.
        (None, Asserted::Of { account, .. }) if account.staff.is_some() || account.shared_at.is_some() => {
            Err(Cause::NoAccountHere)
        }
        // Or a second person with the same address, or the first one's address given on, came into the account.
        (None, Asserted::Of { is_linked: true, .. }) => Err(Cause::AlreadyLinked),
        (None, Asserted::Of { account, .. }) => typed(facts, account).map(|()| Becomes::LinkedNow),
        (None, Asserted::Free) if !facts.creates_accounts => Err(Cause::NoAccountHere),
        (None, Asserted::Free) if facts.typed.is_some() => Err(Cause::NotWhoWasTyped),
        (None, Asserted::Free) => Ok(Becomes::Created),
    }
}

/// What was typed must be the account's own name: somebody else's sign-in over there, left open on a ward's computer, must not
/// become this person's here unnoticed.
fn typed(facts: &Facts<'_>, account: &Account) -> Result<(), Cause> {
    match facts.typed == Some(&account.id) {
        true => Ok(()),
        false => Err(Cause::NotWhoWasTyped),
    }
}
