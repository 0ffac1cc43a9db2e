//! What a connection is: an organization's way to its own identity provider, and how it is kept.
//!
//! - [`Settings`] is what somebody decides about one; [`Protocol`] is the part of it that only one kind needs.
//! - Its state says who is sent there: in `trial` whoever comes by its opt-in link, `on` also the people of the domains that
//!   lead to it, `off` nobody. A link ends by itself after two weeks, and with it whatever has begun by it.
//! - Whose passwords are elsewhere is read where an account is read, from these rows (the views `led_domains` and
//!   `federated_accounts`), and noted nowhere. It changes by switching a connection, by what it leads to, and by letting such a
//!   domain go; [`Census`](super::Census) is around each of these.
//! - Its secret rests sealed for its own row.

mod queries;

use std::time::Duration;

use crate::platform::clock::Time;
use crate::platform::ids::{AccountId, ConnectionId, OrganizationId};
use crate::platform::keys::{Keys, SealError};
use crate::platform::spelled::spelled;

pub use queries::{
    change_connection, connection, connection_to_try, connections_of, domains_of, insert_connection, lead_domain,
    leads_to, note_secret_warning, route, secrets_ending, set_opt_in, set_secret, set_state, speaks_for,
};

/// For so long whoever has a link may try a connection.
pub const LINK_LIVES: Duration = Duration::from_secs(14 * 24 * 3_600);
/// Accounts that one connection makes within a day where an operator has said nothing else: a whole ward's on its first morning,
/// and not all that somebody can think of who has taken an identity provider over.
pub const ACCOUNTS_A_DAY: i64 = 500;

/// Which protocol is spoken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Oidc,
}

/// Who is sent there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Only whoever comes by its opt-in link.
    Trial,
    /// The people of the verified domains that lead to it, too.
    On,
    Off,
}

/// How we show the identity provider who we are, by the names of OpenID Connect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClientAuth {
    SecretBasic,
    SecretPost,
    /// The secret is a private key of our own, as PKCS#8; its public half is at `/federation/{id}/jwks`.
    PrivateKeyJwt,
}

/// What somebody may become in the organization by a value of the roles claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    LicenseOwner,
    ProgramAdministrator,
}

spelled!(Kind { Oidc = "oidc" });
spelled!(State { Trial = "trial", On = "on", Off = "off" });
spelled!(ClientAuth {
    SecretBasic = "client_secret_basic",
    SecretPost = "client_secret_post",
    PrivateKeyJwt = "private_key_jwt",
});
spelled!(Role { LicenseOwner = "license_owner", ProgramAdministrator = "program_administrator" });

/// A connection as it is stored.
#[derive(Clone, Debug)]
pub struct Connection {
    pub id: ConnectionId,
    pub organization: OrganizationId,
    pub state: State,
    /// There is a link by which one may try it, until then.
    pub opt_in_until: Option<Time>,
    pub settings: Settings,
    pub created_at: Time,
    pub changed_at: Time,
}

/// What somebody decides about a connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// What people are told they sign in with.
    pub name: String,
    /// Accounts are made for people it sends that have none yet.
    pub creates_accounts: bool,
    /// So many of them within a day.
    pub accounts_a_day: i64,
    /// An email counts only where the provider says that it is verified, and not where it says nothing.
    pub requires_verified_email: bool,
    /// A second factor shown there counts here.
    pub trusts_mfa: bool,
    /// It counts for those, too, of whom the deployment or a product demands one.
    pub mfa_accepted: Option<Acceptance>,
    /// Its issuer's host may lie in a private network.
    pub private_network: bool,
    /// So may these, each a name with its port where that is not 443.
    pub private_hosts: Vec<String>,
    /// Values of the roles claim, and the role in the organization that each gives.
    pub roles: Vec<(String, Role)>,
    pub protocol: Protocol,
}

/// Which operator has taken something upon them that is weaker than it could be, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acceptance {
    pub at: Time,
    pub by: AccountId,
}

impl Settings {
    /// With everything else at its default, and nothing that an operator has to allow.
    pub fn new(name: impl Into<String>, protocol: Protocol) -> Settings {
        Settings {
            name: name.into(),
            creates_accounts: false,
            accounts_a_day: ACCOUNTS_A_DAY,
            requires_verified_email: false,
            trusts_mfa: false,
            mfa_accepted: None,
            private_network: false,
            private_hosts: Vec::new(),
            roles: Vec::new(),
            protocol,
        }
    }
}

/// What only one kind of connection needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Protocol {
    Oidc(Oidc),
}

impl Protocol {
    pub fn kind(&self) -> Kind {
        match self {
            Protocol::Oidc(_) => Kind::Oidc,
        }
    }
}

/// A client of an OpenID Provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Oidc {
    /// To the letter as the provider writes it.
    pub issuer: String,
    pub client_id: String,
    pub auth: ClientAuth,
    /// Sealed; see [`seal_secret`] and [`Connection::secret`].
    pub secret: Option<Vec<u8>>,
    pub secret_expires_at: Option<Time>,
    /// Space-separated, `openid` among them.
    pub scopes: String,
    pub claims: Claims,
    /// The `acr` values that say that a second factor was shown; `amr` is read for the names of RFC 8176.
    pub mfa_acr: Vec<String>,
}

/// Which claims are read; of several the first that is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claims {
    pub email: Vec<String>,
    pub first_name: Vec<String>,
    pub last_name: Vec<String>,
    /// None: nobody gets a user name from there.
    pub user_name: Vec<String>,
    /// None: nobody gets a role from there.
    pub roles: Vec<String>,
}

impl Default for Claims {
    /// The standard ones (OpenID Connect Core 5.1).
    fn default() -> Claims {
        let one = |name: &str| vec![name.to_owned()];
        Claims {
            email: one("email"),
            first_name: one("given_name"),
            last_name: one("family_name"),
            user_name: Vec::new(),
            roles: Vec::new(),
        }
    }
}

impl Connection {
    /// Whether a sign-in may go there, and what has come back for it may count: by the domain of what was typed, or by a link that
    /// was opened `opted_in`. A link that has ended, or was taken away or made anew since, ends what began by it.
    pub fn is_open(&self, opted_in: Option<Time>, now: Time) -> bool {
        match (self.state, opted_in) {
            (State::Off, _) | (State::Trial, None) => false,
            (State::On, None) => true,
            (State::Trial | State::On, Some(opened)) => {
                self.opt_in_until.is_some_and(|until| now < until && until <= opened + LINK_LIVES)
            }
        }
    }

    /// Nobody has touched it: what was asked of the provider under one can be judged under the other.
    pub fn is_as(&self, before: &Connection) -> bool {
        let Protocol::Oidc(now) = &self.settings.protocol;
        let Protocol::Oidc(then) = &before.settings.protocol;
        let same_client = (&now.issuer, &now.client_id) == (&then.issuer, &then.client_id);
        self.id == before.id && same_client && self.changed_at == before.changed_at
    }

    /// The secret in clear; `None` where there is none.
    ///
    /// # Errors
    /// When it does not open with the keys of this deployment.
    pub fn secret(&self, keys: &Keys) -> Result<Option<Vec<u8>>, SealError> {
        let Protocol::Oidc(oidc) = &self.settings.protocol;
        oidc.secret.as_deref().map(|sealed| keys.open(&secret_aad(&self.id), sealed)).transpose()
    }
}

/// Seals a secret for the connection whose it is.
pub fn seal_secret(keys: &Keys, id: &ConnectionId, plain: &[u8]) -> Vec<u8> {
    keys.seal(&secret_aad(id), plain)
}

fn secret_aad(id: &ConnectionId) -> String {
    format!("oidc_connections:secret:{id}")
}
