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
    pub typed: Typed<'a>,
    /// This browser has opened what was mailed to invite the account that has the asserted email.
    pub mailbox_shown: bool,
}

/// What was typed here.
#[derive(Clone, Copy)]
pub enum Typed<'a> {
    NameOf(&'a AccountId),
    /// Nobody's name, and the very address that was asserted.
    AssertedEmail,
    /// Nobody's name.
    NobodysName,
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
        // Whatever they were when they were linked.
        (Some(account), _) if is_out_of_reach(account) => Err(Cause::NoAccountHere),
        (Some(account), _) => typed(facts, account).map(|()| Becomes::Linked),
        (None, Asserted::Nothing | Asserted::Unverified | Asserted::Shared) => Err(Cause::NoAccountHere),
        (None, Asserted::Foreign) => Err(Cause::ForeignEmail),
        (None, Asserted::Of { account, .. }) if account.organization.id != *facts.organization => {
            Err(Cause::ForeignEmail)
        }
        (None, Asserted::Of { account, .. }) if is_out_of_reach(account) => Err(Cause::NoAccountHere),
        // Or a second person with the same address, or the first one's address given on, came into the account.
        (None, Asserted::Of { is_linked: true, .. }) => Err(Cause::AlreadyLinked),
        (None, Asserted::Of { account, .. }) => typed(facts, account).and_then(|()| by_email(facts, account)),
        (None, Asserted::Free) if !facts.creates_accounts => Err(Cause::NoAccountHere),
        // Also where the name is nobody's: at a ward's computer somebody new would be given the account, and go on as the
        // person, who is still signed in over there. Nor is anybody told by it whose name is known here.
        (None, Asserted::Free) => match facts.typed {
            Typed::AssertedEmail => Ok(Becomes::Created),
            Typed::NameOf(_) | Typed::NobodysName => Err(Cause::NotWhoWasTyped),
        },
    }
}

/// Whoever helps or operates signs in here, and what several people use is nobody's: neither may fall to whoever can make an
/// address over there.
fn is_out_of_reach(account: &Account) -> bool {
    account.staff.is_some() || account.shared_at.is_some()
}

/// In many houses people can write an email into their own profile. One that gets a colleague's account by that is bad; one that
/// gets an administrator's has everybody's.
fn by_email(facts: &Facts<'_>, account: &Account) -> Result<Becomes, Cause> {
    match account.is_administrator && !facts.mailbox_shown {
        true => Err(Cause::NotByEmail),
        false => Ok(Becomes::LinkedNow),
    }
}

/// What was typed must be the account's own name: somebody else's sign-in over there, left open on a ward's computer, must not
/// become this person's here unnoticed.
fn typed(facts: &Facts<'_>, account: &Account) -> Result<(), Cause> {
    match facts.typed {
        Typed::NameOf(typed) if *typed == account.id => Ok(()),
        _ => Err(Cause::NotWhoWasTyped),
    }
}

/// A second factor that the provider says it has seen, and for whom.
#[derive(Clone, Copy)]
pub struct ShownThere<'a> {
    pub account: &'a Account,
    /// The connection's second factor counts here.
    pub trusted: bool,
    /// An operator has accepted it for those, too, of whom the deployment or a product demands one.
    pub accepted: bool,
    /// Whoever comes by this subject has once shown the second factor that the account has here.
    pub shown_here_before: bool,
}

/// Whether it counts here. What an organization demands of its own people it may have checked where it likes. What others demand of
/// them it may not say by itself, or a word of its provider would be worth an authenticator; and where there is one, a provider
/// that links itself to the account is not told to leave it out.
pub fn counts_here(shown: ShownThere<'_>) -> bool {
    let ShownThere { account, trusted, accepted, shown_here_before } = shown;
    let others_demand_it = account.is_administrator || account.opens_guarded_product;
    trusted && (accepted || !others_demand_it) && (shown_here_before || !account.has_authenticator)
}
