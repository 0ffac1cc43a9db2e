//! Signing out: RP-initiated (OpenID Connect RP-Initiated Logout 1.0) and by back channel (Back-Channel Logout 1.0).

use serde::Deserialize;
use serde_json::{Map, Value, json};
use thiserror::Error;

use crate::client_auth::Audience;
use crate::jose::{self, BadKey, NumericDate, SigningKey, Unverified, Verified, VerifyingKey};
use crate::params::Params;
use crate::rp::SKEW;

/// A logout token is made when it is sent, and is of no use two minutes later.
pub const LOGOUT_TOKEN_LIVES: i64 = 120;
const EVENT: &str = "http://schemas.openid.net/event/backchannel-logout";
const MAX_LENGTH: usize = 8192;

/// What a provider tells a client when a session has ended.
#[derive(Clone, Debug)]
pub struct LogoutToken<'a> {
    pub iss: &'a str,
    pub aud: &'a str,
    pub sub: &'a str,
    pub sid: Option<&'a str>,
    pub jti: &'a str,
    pub now: i64,
}

impl LogoutToken<'_> {
    /// # Errors
    /// When the library fails.
    pub fn sign(&self, key: &SigningKey) -> Result<String, BadKey> {
        let mut claims = json!({
            "iss": self.iss,
            "aud": self.aud,
            "sub": self.sub,
            "iat": self.now,
            "exp": self.now.saturating_add(LOGOUT_TOKEN_LIVES),
            "jti": self.jti,
            "events": { EVENT: {} },
        });
        if let (Some(sid), Some(members)) = (self.sid, claims.as_object_mut()) {
            members.insert("sid".to_owned(), Value::from(sid));
        }
        jose::sign(key, "logout+jwt", &claims)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("this is no logout token of that issuer for us and for now")]
pub struct BadLogoutToken;

/// Whom to sign out. The `jti` is still to be used up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedOut {
    pub sub: Option<String>,
    pub sid: Option<String>,
    pub jti: String,
}

#[derive(Deserialize)]
struct Claims {
    iss: String,
    aud: Audience,
    iat: NumericDate,
    #[serde(default)]
    exp: Option<NumericDate>,
    jti: String,
    events: Map<String, Value>,
    #[serde(default)]
    sub: Option<String>,
    #[serde(default)]
    sid: Option<String>,
}

/// Verifies a logout token as section 2.6 says.
///
/// # Errors
/// [`BadLogoutToken`].
pub fn verify(
    token: &str,
    keys: &[VerifyingKey],
    issuer: &str,
    client_id: &str,
    now: i64,
) -> Result<SignedOut, BadLogoutToken> {
    let token = Unverified::parse(token).map_err(|_| BadLogoutToken)?;
    if token.header.typ.as_deref().is_some_and(|typ| typ != "logout+jwt" && typ != "jwt") {
        return Err(BadLogoutToken);
    }
    let verified = token.verify_any(keys).map_err(|_| BadLogoutToken)?;
    judge(&verified, issuer, client_id, now)
}

/// What a token says whose signature is right.
pub(crate) fn judge(verified: &Verified, issuer: &str, client_id: &str, now: i64) -> Result<SignedOut, BadLogoutToken> {
    // With a nonce it would be an ID token, taken for what it is not.
    if verified.members().contains_key("nonce") {
        return Err(BadLogoutToken);
    }
    let claims: Claims = verified.claims().map_err(|_| BadLogoutToken)?;
    let good = claims.iss == issuer
        && claims.aud.list().iter().any(|one| one == client_id)
        && matches!(claims.events.get(EVENT), Some(Value::Object(_)))
        && (claims.sub.is_some() || claims.sid.is_some())
        && claims.iat.0 <= now.saturating_add(SKEW)
        && claims.iat.0 > now.saturating_sub(LOGOUT_TOKEN_LIVES + SKEW)
        && claims.exp.is_none_or(|exp| exp.0 > now.saturating_sub(SKEW));
    good.then_some(SignedOut { sub: claims.sub, sid: claims.sid, jti: claims.jti }).ok_or(BadLogoutToken)
}

/// What a client that wants its person signed out sends along. Nothing of it is verified.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogoutRequest {
    pub id_token_hint: Option<String>,
    pub client_id: Option<String>,
    pub post_logout_redirect_uri: Option<String>,
    pub state: Option<String>,
}

impl LogoutRequest {
    /// What is repeated or too long counts as absent: the worst that follows is that the person is asked.
    #[must_use]
    pub fn read(params: &Params) -> LogoutRequest {
        let text = |name: &str| {
            let text = params.get(name).filter(|text| text.len() <= MAX_LENGTH && !params.is_repeated(name));
            text.map(str::to_owned)
        };
        LogoutRequest {
            id_token_hint: text("id_token_hint"),
            client_id: text("client_id"),
            post_logout_redirect_uri: text("post_logout_redirect_uri"),
            state: text("state"),
        }
    }
}

/// The way back after signing out, to a registered URI.
#[must_use]
pub fn post_logout_redirect(uri: &str, state: Option<&str>) -> String {
    crate::authorize::with_query(uri, &[("state", state)])
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::jose::Algorithm;

    const NOW: i64 = 1_800_000_000;

    fn key() -> SigningKey {
        SigningKey::from_pkcs8(Algorithm::EdDsa, &SigningKey::generate(Algorithm::EdDsa).unwrap()).unwrap()
    }

    #[test]
    fn a_logout_token_says_exactly_what_it_has_to() {
        let key = key();
        let keys = [VerifyingKey::new(&key.jwk(), None).unwrap()];
        let token = LogoutToken { iss: "https://door", aud: "bed", sub: "s", sid: Some("1"), jti: "j", now: NOW };
        let text = token.sign(&key).unwrap();
        let parsed = Unverified::parse(&text).unwrap();
        assert_eq!(parsed.header.typ.as_deref(), Some("logout+jwt"));
        let verified = parsed.verify(&keys[0]).unwrap();
        assert_eq!(verified.members()["events"], json!({ EVENT: {} }));
        let names: Vec<&str> = verified.members().keys().map(String::as_str).collect();
        assert_eq!(names, ["aud", "events", "exp", "iat", "iss", "jti", "sid", "sub"]);
        let expected = SignedOut { sub: Some("s".into()), sid: Some("1".into()), jti: "j".into() };
        assert_eq!(verify(&text, &keys, "https://door", "bed", NOW + 179), Ok(expected));
        assert!(verify(&text, &keys, "https://door", "other", NOW).is_err());
        assert!(verify(&text, &keys, "https://door", "bed", NOW + 180).is_err());
    }

    #[rstest]
    #[case(json!({ "nonce": "n" }))]
    #[case(json!({ "events": {} }))]
    #[case(json!({ "events": { EVENT: true } }))]
    #[case(json!({ "iss": "https://other" }))]
    #[case(json!({ "iat": NOW + 61 }))]
    #[case(json!({ "sub": null }))]
    #[case(json!({ "jti": null }))]
    fn what_is_no_logout_token_signs_nobody_out(#[case] change: Value) {
        let key = key();
        let keys = [VerifyingKey::new(&key.jwk(), None).unwrap()];
        let mut claims =
            json!({ "iss": "https://door", "aud": "bed", "sub": "s", "iat": NOW, "jti": "j", "events": { EVENT: {} } });
        let sign = |claims: &Value| jose::sign(&key, "logout+jwt", claims).unwrap();
        assert!(verify(&sign(&claims), &keys, "https://door", "bed", NOW).is_ok());
        claims.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        assert!(verify(&sign(&claims), &keys, "https://door", "bed", NOW).is_err(), "{change}");
    }

    #[test]
    fn a_repeated_parameter_of_a_logout_counts_as_absent() {
        let params = Params::parse("state=a&state=b&client_id=bed").unwrap();
        let request = LogoutRequest::read(&params);
        assert_eq!((request.state, request.client_id.as_deref()), (None, Some("bed")));
        assert_eq!(post_logout_redirect("https://bed/?a=b", Some("x y")), "https://bed/?a=b&state=x%20y");
    }
}
