//! Signing out there (OpenID Connect RP-Initiated Logout 1.0), and being told of it (Back-Channel Logout 1.0).

use super::keys::{Keys, Rule};
use super::metadata::Metadata;
use super::wrong::{Part, Wrong};
use crate::authorize::with_query;
use crate::jose::Algorithm;
use crate::logout::{SignedOut, judge};

const TYPES: [&str; 2] = ["logout+jwt", "jwt"];

/// Where to send a browser whose person has signed out here. `None`: the provider has no such place.
#[must_use]
pub fn address(metadata: &Metadata, leaving: &Leaving<'_>) -> Option<String> {
    let pairs = [
        ("id_token_hint", leaving.id_token_hint),
        ("client_id", Some(leaving.client_id)),
        ("post_logout_redirect_uri", Some(leaving.back)),
        ("state", leaving.state),
    ];
    metadata.end_session_endpoint.as_deref().map(|endpoint| with_query(endpoint, &pairs))
}

/// Who leaves, and where to afterwards.
#[derive(Clone, Copy)]
pub struct Leaving<'a> {
    /// The ID token the person came with: without it the provider has to ask.
    pub id_token_hint: Option<&'a str>,
    pub client_id: &'a str,
    /// Registered there.
    pub back: &'a str,
    pub state: Option<&'a str>,
}

/// Verifies a logout token (section 2.6). Its `jti` is still to be used up.
///
/// # Errors
/// [`Wrong`], among them [`Wrong::UnknownKey`] as for an ID token.
pub fn verify(
    token: &str,
    keys: &Keys,
    algorithms: &[Algorithm],
    issuer: &str,
    client_id: &str,
    now: i64,
) -> Result<SignedOut, Wrong> {
    let verified = keys.verify(Part::LogoutToken, token, &Rule { types: &TYPES, algorithms })?;
    judge(&verified, issuer, client_id, now).map_err(|_| Wrong::LogoutToken)
}
