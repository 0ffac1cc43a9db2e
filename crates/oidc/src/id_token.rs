//! ID tokens (OpenID Connect Core section 2), made, and read when one of ours comes back. Those of somebody else are verified in
//! [`crate::rp::id_token`].

use aws_lc_rs::digest::{SHA256, digest};
use data_encoding::BASE64URL_NOPAD;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use thiserror::Error;

use crate::client_auth::Audience;
use crate::jose::{self, Algorithm, BadKey, SigningKey, Unverified, VerifyingKey};

/// What a provider says of a sign-in.
#[derive(Clone, Debug, Default, Serialize)]
pub struct IdToken {
    pub iss: String,
    pub sub: String,
    pub aud: String,
    pub exp: i64,
    pub iat: i64,
    /// When the person last proved who they are.
    pub auth_time: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nonce: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub acr: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub amr: Vec<&'static str>,
    /// What a logout token will name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sid: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_hash: Option<String>,
    /// Claims that were asked for one by one.
    #[serde(flatten)]
    pub more: Map<String, Value>,
}

impl IdToken {
    /// # Errors
    /// When the library fails.
    pub fn sign(&self, key: &SigningKey) -> Result<String, BadKey> {
        jose::sign(key, "JWT", self)
    }
}

/// The left half of the access token's hash. `None` for EdDSA, for which the specification names no hash.
#[must_use]
pub fn at_hash(algorithm: Algorithm, access_token: &str) -> Option<String> {
    let hash = digest(&SHA256, access_token.as_bytes());
    let half = hash.as_ref().get(..16)?;
    (algorithm != Algorithm::EdDsa).then(|| BASE64URL_NOPAD.encode(half))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("this is no ID token of that issuer")]
pub struct BadHint;

#[derive(Deserialize)]
struct Claims {
    iss: String,
    sub: String,
    aud: Audience,
    #[serde(default)]
    sid: Option<String>,
}

/// What a hint says: an ID token of our own that a client sends back, long expired perhaps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    pub sub: String,
    pub sid: Option<String>,
    pub audience: String,
}

/// Reads an `id_token_hint`. It is a hint because it was signed here once; it proves nothing about now, so that its time
/// does not matter.
///
/// # Errors
/// When it is none of ours.
pub fn hint(token: &str, keys: &[VerifyingKey], issuer: &str) -> Result<Hint, BadHint> {
    let token = Unverified::parse(token).map_err(|_| BadHint)?;
    // Our other tokens are signed with the same keys; none of them is an ID token.
    if token.header.typ.as_deref().is_some_and(|typ| typ != "jwt") {
        return Err(BadHint);
    }
    let claims: Claims = token.verify_any(keys).and_then(|token| token.claims()).map_err(|_| BadHint)?;
    let audience = claims.aud.list().into_iter().next().ok_or(BadHint)?;
    match claims.iss == issuer {
        true => Ok(Hint { sub: claims.sub, sid: claims.sid, audience }),
        false => Err(BadHint),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const NOW: i64 = 1_800_000_000;

    fn key() -> SigningKey {
        SigningKey::from_pkcs8(Algorithm::Es256, &SigningKey::generate(Algorithm::Es256).unwrap()).unwrap()
    }

    #[test]
    fn a_hint_may_be_old_but_must_be_ours() {
        let key = key();
        let keys = [VerifyingKey::new(&key.jwk(), None).unwrap()];
        let exp = NOW - 1_000_000;
        let claims = json!({ "iss": "https://idp.example", "sub": "s", "aud": "portico", "exp": exp, "sid": "1" });
        let token = jose::sign(&key, "JWT", &claims).unwrap();
        let expected = Hint { sub: "s".into(), sid: Some("1".into()), audience: "portico".into() };
        assert_eq!(hint(&token, &keys, "https://idp.example").unwrap(), expected);
        assert_eq!(hint(&token, &keys, "https://other.example"), Err(BadHint));
        assert_eq!(hint(&token, &[], "https://idp.example"), Err(BadHint));
        let logout = jose::sign(&key, "logout+jwt", &claims).unwrap();
        assert_eq!(hint(&logout, &keys, "https://idp.example"), Err(BadHint));
    }

    #[test]
    fn the_hash_of_an_access_token_is_the_left_half() {
        // The example of OpenID Connect Core appendix A.3.
        let token = "jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y";
        assert_eq!(at_hash(Algorithm::Rs256, token).as_deref(), Some("77QmUPtjPfzWtF2AnpK9RQ"));
        assert_eq!(at_hash(Algorithm::EdDsa, token), None);
    }
}
