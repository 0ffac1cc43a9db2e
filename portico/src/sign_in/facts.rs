//! The facts of one sign-in, and of the account as far as signing in needs them.

use super::destination::Destination;
use crate::organizations::SignInWay;
use crate::platform::clock::Time;
use crate::platform::ids::{AccountId, OrganizationId, SignInId};
use crate::platform::spelled::spelled;

/// One attempt, in one browser, towards one destination.
#[derive(Clone, Debug)]
pub struct SignIn {
    pub id: SignInId,
    pub destination: Destination,
    pub named: Option<Named>,
    pub refusal: Option<Refusal>,
    pub first: Option<Proof>,
    pub second: Option<Proof>,
    pub finished_at: Option<Time>,
}

/// Who the person says they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// As typed, for the page.
    pub identifier: String,
    /// The account's id, or the keyed pseudo-id of a name nobody has: what counters count.
    pub subject: String,
    pub account: Option<AccountId>,
    /// By the verified domain of what was typed, and nothing else.
    pub route: SignInWay,
    /// The organization of that domain.
    pub organization: Option<OrganizationId>,
}

/// A factor of the account was shown, under the credentials of that epoch, then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Proof {
    pub method: Method,
    pub epoch: i64,
    pub at: Time,
}

/// Authentication methods, by their names of RFC 8176.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    Password,
    Otp,
}

spelled!(Method { Password = "pwd", Otp = "otp" });

/// The last answer to a guess, told again on every reload of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    WrongPassword,
    PasswordLocked { until: Time },
    WrongCode,
    CodeLocked { until: Time },
}

/// What the account says about its owner's signing in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    pub epoch: i64,
    pub disabled: bool,
    /// A second factor is asked of this person.
    pub mfa_due: bool,
    pub has_authenticator: bool,
}
