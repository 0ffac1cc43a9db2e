//! What a client has registered (RFC 7591's words), as far as a message is judged by it.

use crate::jose::Algorithm;
use crate::redirect::RedirectUri;
use crate::scope::Scope;

/// How strictly a client is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Profile {
    /// PKCE always, for confidential clients too.
    Default,
    /// What the certification suite's "Basic OP" sends: a confidential client may leave PKCE out, until it has used it once.
    OidcBasic,
}

/// How a client shows who it is at the token endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AuthMethod {
    /// A shared secret, in the header (`client_secret_basic`) or in the form (`client_secret_post`).
    Secret,
    /// A signed assertion (RFC 7523).
    PrivateKeyJwt,
    /// A public client: it has nothing that others could not have, so PKCE alone holds its codes.
    None,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum GrantType {
    AuthorizationCode,
    RefreshToken,
    ClientCredentials,
}

impl GrantType {
    pub const ALL: [GrantType; 3] =
        [GrantType::AuthorizationCode, GrantType::RefreshToken, GrantType::ClientCredentials];

    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            GrantType::AuthorizationCode => "authorization_code",
            GrantType::RefreshToken => "refresh_token",
            GrantType::ClientCredentials => "client_credentials",
        }
    }

    #[must_use]
    pub fn of_name(name: &str) -> Option<GrantType> {
        GrantType::ALL.into_iter().find(|grant| grant.name() == name)
    }
}

impl Profile {
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Profile::Default => "default",
            Profile::OidcBasic => "oidc-basic",
        }
    }

    #[must_use]
    pub fn of_name(name: &str) -> Option<Profile> {
        [Profile::Default, Profile::OidcBasic].into_iter().find(|profile| profile.name() == name)
    }
}

impl AuthMethod {
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            AuthMethod::Secret => "secret",
            AuthMethod::PrivateKeyJwt => "private_key_jwt",
            AuthMethod::None => "none",
        }
    }

    #[must_use]
    pub fn of_name(name: &str) -> Option<AuthMethod> {
        [AuthMethod::Secret, AuthMethod::PrivateKeyJwt, AuthMethod::None]
            .into_iter()
            .find(|method| method.name() == name)
    }
}

/// A registered client.
#[derive(Clone, Debug)]
pub struct Client {
    pub id: String,
    pub profile: Profile,
    pub auth: AuthMethod,
    /// A program on a person's own machine: its loopback ports vary.
    pub native: bool,
    pub redirect_uris: Vec<RedirectUri>,
    pub post_logout_redirect_uris: Vec<RedirectUri>,
    pub grants: Vec<GrantType>,
    /// What it may ask for; what else it asks for is left out of what it gets.
    pub scope: Scope,
    /// It has sent a PKCE challenge once, so whoever sends none now is somebody else, or was tampered with.
    pub pkce_pinned: bool,
    pub id_token_algorithm: Algorithm,
}

impl Client {
    #[must_use]
    pub fn is_public(&self) -> bool {
        self.auth == AuthMethod::None
    }

    #[must_use]
    pub fn may(&self, grant: GrantType) -> bool {
        self.grants.contains(&grant)
    }

    #[must_use]
    pub fn needs_pkce(&self) -> bool {
        self.profile == Profile::Default || self.is_public() || self.pkce_pinned
    }

    /// Whether the URI is one of its own; see [`RedirectUri::is`].
    #[must_use]
    pub fn redirects_to(&self, asked: &str) -> bool {
        self.redirect_uris.iter().any(|uri| uri.is(asked, self.native))
    }

    #[must_use]
    pub fn returns_to_after_logout(&self, asked: &str) -> bool {
        self.post_logout_redirect_uris.iter().any(|uri| uri.is(asked, self.native))
    }
}
