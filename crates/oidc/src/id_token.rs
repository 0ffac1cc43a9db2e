//! ID tokens (OpenID Connect Core sections 2 and 3.1.3.7), made and verified.

use aws_lc_rs::digest::{SHA256, digest};
use data_encoding::BASE64URL_NOPAD;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use thiserror::Error;

use crate::client_auth::Audience;
use crate::jose::{self, Algorithm, BadKey, SigningKey, Unverified, VerifyingKey};

/// How far clocks may differ, in seconds.
const SKEW: i64 = 30;

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
pub enum BadIdToken {
    #[error("the ID token is not signed by its issuer")]
    Signature,
    #[error("the ID token is of another issuer")]
    Issuer,
    #[error("the ID token is for somebody else")]
    Audience,
    #[error("the ID token is not of now")]
    Time,
    #[error("the ID token answers another request")]
    Nonce,
    #[error("the ID token says that the sign-in is older than was asked for")]
    MaxAge,
}

/// What a relying party expects of the token it gets.
#[derive(Clone, Copy, Debug)]
pub struct Expected<'a> {
    pub issuer: &'a str,
    pub client_id: &'a str,
    /// The nonce of this very request.
    pub nonce: Option<&'a str>,
    pub max_age: Option<u32>,
    pub now: i64,
}

/// The claims of an ID token that is good. `sub` together with the issuer is who it is; nothing else is.
#[derive(Clone, Debug, Deserialize)]
pub struct Claims {
    pub iss: String,
    pub sub: String,
    aud: Audience,
    #[serde(default)]
    azp: Option<String>,
    exp: i64,
    iat: i64,
    #[serde(default)]
    pub auth_time: Option<i64>,
    #[serde(default)]
    nonce: Option<String>,
    #[serde(default)]
    pub acr: Option<String>,
    #[serde(default)]
    pub amr: Vec<String>,
    #[serde(default)]
    pub sid: Option<String>,
    #[serde(flatten)]
    pub more: Map<String, Value>,
}

/// Verifies an ID token as section 3.1.3.7 says, in its order.
///
/// # Errors
/// [`BadIdToken`].
pub fn verify(token: &str, keys: &[VerifyingKey], expected: &Expected<'_>) -> Result<Claims, BadIdToken> {
    let claims = signed(token, keys)?;
    let now = expected.now;
    if claims.iss != expected.issuer {
        return Err(BadIdToken::Issuer);
    }
    let audience = claims.aud.clone().list();
    let party = claims.azp.as_deref();
    // Several audiences without a word on who may use it, or a word that names another: not ours to use.
    if !audience.iter().any(|one| one == expected.client_id)
        || party.map_or(audience.len() > 1, |party| party != expected.client_id)
    {
        return Err(BadIdToken::Audience);
    }
    if claims.exp <= now.saturating_sub(SKEW) || claims.iat > now.saturating_add(SKEW) {
        return Err(BadIdToken::Time);
    }
    if claims.nonce.as_deref() != expected.nonce {
        return Err(BadIdToken::Nonce);
    }
    let oldest = expected.max_age.map(|age| now.saturating_sub(i64::from(age)).saturating_sub(SKEW));
    if oldest.is_some_and(|oldest| claims.auth_time.is_none_or(|time| time < oldest)) {
        return Err(BadIdToken::MaxAge);
    }
    Ok(claims)
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
pub fn hint(token: &str, keys: &[VerifyingKey], issuer: &str) -> Result<Hint, BadIdToken> {
    let claims = signed(token, keys)?;
    if claims.iss != issuer {
        return Err(BadIdToken::Issuer);
    }
    let audience = claims.aud.list().into_iter().next().ok_or(BadIdToken::Audience)?;
    Ok(Hint { sub: claims.sub, sid: claims.sid, audience })
}

fn signed(token: &str, keys: &[VerifyingKey]) -> Result<Claims, BadIdToken> {
    let token = Unverified::parse(token).map_err(|_| BadIdToken::Signature)?;
    // Our other tokens are signed with the same keys; none of them is an ID token.
    if token.header.typ.as_deref().is_some_and(|typ| typ != "jwt") {
        return Err(BadIdToken::Signature);
    }
    token.verify_any(keys).and_then(|token| token.claims()).map_err(|_| BadIdToken::Signature)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::json;

    use super::*;

    const NOW: i64 = 1_800_000_000;
    const EXPECTED: Expected<'static> = Expected {
        issuer: "https://idp.example",
        client_id: "portico",
        nonce: Some("n"),
        max_age: Some(300),
        now: NOW,
    };

    fn key() -> SigningKey {
        SigningKey::from_pkcs8(Algorithm::Es256, &SigningKey::generate(Algorithm::Es256).unwrap()).unwrap()
    }

    fn good() -> Value {
        json!({ "iss": "https://idp.example", "sub": "s", "aud": "portico", "exp": NOW + 300, "iat": NOW,
                "auth_time": NOW - 300, "nonce": "n", "sid": "1" })
    }

    #[rstest]
    #[case(json!({}), None)]
    #[case(json!({ "aud": ["portico", "other"], "azp": "portico" }), None)]
    #[case(json!({ "aud": ["portico", "other"] }), Some(BadIdToken::Audience))]
    #[case(json!({ "azp": "other" }), Some(BadIdToken::Audience))]
    #[case(json!({ "aud": "other" }), Some(BadIdToken::Audience))]
    #[case(json!({ "iss": "https://idp.example/" }), Some(BadIdToken::Issuer))]
    #[case(json!({ "exp": NOW - 30 }), Some(BadIdToken::Time))]
    #[case(json!({ "iat": NOW + 31 }), Some(BadIdToken::Time))]
    #[case(json!({ "nonce": "m" }), Some(BadIdToken::Nonce))]
    #[case(json!({ "nonce": null }), Some(BadIdToken::Nonce))]
    #[case(json!({ "auth_time": NOW - 331 }), Some(BadIdToken::MaxAge))]
    #[case(json!({ "auth_time": null }), Some(BadIdToken::MaxAge))]
    #[case(json!({ "sub": 7 }), Some(BadIdToken::Signature))]
    fn an_id_token_is_judged_as_section_3_1_3_7_says(#[case] change: Value, #[case] expected: Option<BadIdToken>) {
        let key = key();
        let mut claims = good();
        claims.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        let token = jose::sign(&key, "JWT", &claims).unwrap();
        let keys = [VerifyingKey::new(&key.jwk(), None).unwrap()];
        assert_eq!(verify(&token, &keys, &EXPECTED).err(), expected, "{change}");
    }

    #[test]
    fn a_hint_may_be_old_but_must_be_ours() {
        let key = key();
        let keys = [VerifyingKey::new(&key.jwk(), None).unwrap()];
        let mut claims = good();
        claims["exp"] = json!(NOW - 1_000_000);
        let token = jose::sign(&key, "JWT", &claims).unwrap();
        let expected = Hint { sub: "s".into(), sid: Some("1".into()), audience: "portico".into() };
        assert_eq!(hint(&token, &keys, "https://idp.example").unwrap(), expected);
        assert_eq!(hint(&token, &keys, "https://other.example"), Err(BadIdToken::Issuer));
        assert_eq!(hint(&token, &[], "https://idp.example"), Err(BadIdToken::Signature));
        let logout = jose::sign(&key, "logout+jwt", &claims).unwrap();
        assert_eq!(hint(&logout, &keys, "https://idp.example"), Err(BadIdToken::Signature));
    }

    #[test]
    fn the_hash_of_an_access_token_is_the_left_half() {
        // The example of OpenID Connect Core appendix A.3.
        let token = "jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y";
        assert_eq!(at_hash(Algorithm::Rs256, token).as_deref(), Some("77QmUPtjPfzWtF2AnpK9RQ"));
        assert_eq!(at_hash(Algorithm::EdDsa, token), None);
    }
}
