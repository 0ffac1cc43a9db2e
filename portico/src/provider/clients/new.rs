//! Registering a client.

use oidc::Scope;
use oidc::client::{AuthMethod, GrantType, Profile};
use oidc::jose::{Algorithm, JwkSet, VerifyingKey};
use oidc::redirect::{BadUri, RedirectUri};
use store::Tx;

use super::{MAX_ID, SubjectType, queries};
use crate::platform::ids::{OrganizationId, ProductId};
use crate::platform::outgoing::Target;

/// Every scope there is.
pub const SCOPES: [&str; 6] = ["openid", "profile", "email", "access", "products", "offline_access"];

/// A client to be registered. [`NewClient::of`] has what most products need.
#[derive(Clone, Debug)]
pub struct NewClient {
    pub id: String,
    pub name: String,
    pub product: Option<ProductId>,
    /// Everybody of these may be signed in, where there is no product.
    pub organizations: Vec<OrganizationId>,
    pub profile: Profile,
    pub auth: AuthMethod,
    pub native: bool,
    pub third_party: bool,
    pub subject: SubjectType,
    pub scope: Scope,
    pub grants: Vec<GrantType>,
    pub id_token_algorithm: Algorithm,
    pub redirect_uris: Vec<String>,
    pub post_logout_redirect_uris: Vec<String>,
    pub backchannel_logout_uri: Option<String>,
    /// A JWK set, and what its keys sign with.
    pub jwks: Option<String>,
    pub assertion_algorithm: Option<Algorithm>,
}

/// Why a registration is not accepted, in words for whoever makes it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadRegistration {
    #[error("a client's id is 1 to {MAX_ID} visible characters without quotes, and does not look like an account's")]
    Id,
    #[error("{uri}: {why}")]
    Uri { uri: String, why: BadUri },
    #[error("{0} is no address for back-channel logout: it is https, or on this machine")]
    BackChannel(String),
    #[error("a scope is one of {}", SCOPES.join(", "))]
    Scope,
    #[error("a client that signs assertions needs their algorithm, and public keys (a JWK set) that fit it")]
    Keys,
    #[error("a client with the authorization_code grant needs a redirect URI")]
    NoRedirect,
    #[error("a client that cannot show who it is (`none`) has nothing of its own: client_credentials is not for it")]
    NobodysCredentials,
}

impl NewClient {
    /// A confidential first-party client of a product, strictly held.
    pub fn of(id: &str, name: &str, product: Option<ProductId>) -> NewClient {
        NewClient {
            id: id.to_owned(),
            name: name.to_owned(),
            product,
            organizations: Vec::new(),
            profile: Profile::Default,
            auth: AuthMethod::Secret,
            native: false,
            third_party: false,
            subject: SubjectType::Public,
            scope: Scope::of(&SCOPES),
            grants: vec![GrantType::AuthorizationCode, GrantType::RefreshToken],
            id_token_algorithm: Algorithm::Es256,
            redirect_uris: Vec::new(),
            post_logout_redirect_uris: Vec::new(),
            backchannel_logout_uri: None,
            jwks: None,
            assertion_algorithm: None,
        }
    }

    /// # Errors
    /// The first thing that is wrong.
    pub fn check(&self) -> Result<(), BadRegistration> {
        let plain = |byte: u8| byte.is_ascii_graphic() && byte != b'"' && byte != b'\\';
        // `sub` of a person and of a client must never be taken for one another (RFC 9700 section 4.15).
        if !(1..=MAX_ID).contains(&self.id.len())
            || !self.id.bytes().all(plain)
            || uuid::Uuid::parse_str(&self.id).is_ok()
        {
            return Err(BadRegistration::Id);
        }
        for uri in self.redirect_uris.iter().chain(&self.post_logout_redirect_uris) {
            RedirectUri::register(uri, self.native).map_err(|why| BadRegistration::Uri { uri: uri.clone(), why })?;
        }
        if self.redirect_uris.is_empty() && self.grants.contains(&GrantType::AuthorizationCode) {
            return Err(BadRegistration::NoRedirect);
        }
        if self.auth == AuthMethod::None && self.grants.contains(&GrantType::ClientCredentials) {
            return Err(BadRegistration::NobodysCredentials);
        }
        // Whether this deployment is on loopback itself is asked when a notice is sent.
        if let Some(uri) = self.backchannel_logout_uri.as_ref().filter(|uri| Target::parse(uri, true).is_err()) {
            return Err(BadRegistration::BackChannel(uri.clone()));
        }
        if !self.scope.is_within(&Scope::of(&SCOPES)) {
            return Err(BadRegistration::Scope);
        }
        let set = self.jwks.as_ref().and_then(|jwks| JwkSet::read(jwks.as_bytes()).ok()).unwrap_or_default();
        let algorithm = self.assertion_algorithm;
        let signs = algorithm.is_some() && set.keys.iter().any(|jwk| VerifyingKey::new(jwk, algorithm).is_ok());
        if self.auth == AuthMethod::PrivateKeyJwt && !signs {
            return Err(BadRegistration::Keys);
        }
        Ok(())
    }
}

/// Writes a registration that was checked, new or in place of the one of that id. Secrets stay; see [`super::add_secret`].
///
/// # Errors
/// When the database says no.
pub async fn put(tx: &mut Tx, new: &NewClient) -> Result<(), store::Error> {
    queries::upsert(tx, new).await?;
    queries::forget_lists(tx, &new.id).await?;
    for uri in &new.redirect_uris {
        queries::insert_uri(tx, &new.id, "redirect", uri).await?;
    }
    for uri in &new.post_logout_redirect_uris {
        queries::insert_uri(tx, &new.id, "post_logout", uri).await?;
    }
    for grant in &new.grants {
        queries::insert_grant_type(tx, &new.id, grant.name()).await?;
    }
    for organization in &new.organizations {
        queries::insert_organization(tx, &new.id, organization).await?;
    }
    Ok(())
}
