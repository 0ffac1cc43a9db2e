//! Who somebody is at a connection: its word for them, the subject, beside the account it leads to. An email is never enough: it
//! can be given to somebody else over there.

mod queries;

use crate::platform::clock::Time;
use crate::platform::ids::{AccountId, ConnectionId, OrganizationId};
use crate::platform::spelled::spelled;

pub use queries::{
    identities_of, identity, is_linked, link, linked_since, note_factor, note_seen, unlink, unlink_all, unlink_since,
};

/// A subject of a connection, and whose it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    pub connection: ConnectionId,
    pub subject: String,
    pub account: AccountId,
    pub organization: OrganizationId,
    pub linked_by: LinkedBy,
    pub linked_at: Time,
    pub seen_at: Option<Time>,
    /// When somebody who came by it has first shown the second factor that the account has here.
    pub factor_at: Option<Time>,
}

/// How an account came to its subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkedBy {
    /// The connection asserted its email, for the first time.
    FirstSignIn,
    /// It was made when the connection sent somebody who had none.
    Created,
    Administrator,
}

spelled!(LinkedBy { FirstSignIn = "first_sign_in", Created = "created", Administrator = "administrator" });
