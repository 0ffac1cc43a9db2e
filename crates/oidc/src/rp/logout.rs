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

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::wrong::Said;
    use super::*;
    use crate::jose::{JwkSet, SigningKey, sign};
    use crate::logout::{LogoutRequest, LogoutToken};
    use crate::params::Params;

    const NOW: i64 = 1_800_000_000;
    const ISSUER: &str = "https://idp.example";

    fn key() -> (SigningKey, Keys) {
        let key = SigningKey::from_pkcs8(Algorithm::Es256, &SigningKey::generate(Algorithm::Es256).unwrap()).unwrap();
        let set = serde_json::to_vec(&JwkSet { keys: vec![key.jwk()] }).unwrap();
        (key, Keys::read(&set).unwrap())
    }

    #[test]
    fn a_logout_token_signs_out_whom_its_issuer_names_at_us() {
        let (key, keys) = key();
        let token = LogoutToken { iss: ISSUER, aud: "portico", sub: "s", sid: Some("1"), jti: "j", now: NOW };
        let token = token.sign(&key).unwrap();
        let read = |keys: &Keys, algorithms: &[Algorithm], issuer: &str, client: &str, now: i64| {
            verify(&token, keys, algorithms, issuer, client, now)
        };
        let es256 = [Algorithm::Es256];
        let signed_out = read(&keys, &es256, ISSUER, "portico", NOW).unwrap();
        assert_eq!((signed_out.sub.as_deref(), signed_out.sid.as_deref()), (Some("s"), Some("1")));
        assert_eq!(read(&keys, &es256, "https://evil.example", "portico", NOW), Err(Wrong::LogoutToken));
        assert_eq!(read(&keys, &es256, ISSUER, "other", NOW), Err(Wrong::LogoutToken));
        assert_eq!(read(&keys, &es256, ISSUER, "portico", NOW + 3_600), Err(Wrong::LogoutToken));
        assert_eq!(read(&keys, &[Algorithm::Rs256], ISSUER, "portico", NOW), Err(Wrong::Algorithm(Part::LogoutToken)));
        let (_, others) = self::key();
        let unknown = Wrong::UnknownKey(Part::LogoutToken, Said::of(key.kid()));
        assert_eq!(read(&others, &es256, ISSUER, "portico", NOW), Err(unknown));
    }

    #[test]
    fn an_id_token_signs_nobody_out_and_a_logout_token_signs_nobody_in() {
        let (key, keys) = key();
        let events = json!({ "http://schemas.openid.net/event/backchannel-logout": {} });
        let claims: Value = json!({ "iss": ISSUER, "aud": "portico", "sub": "s", "iat": NOW, "exp": NOW + 60, "jti": "j",
                                    "nonce": "n", "events": events });
        let token = sign(&key, "JWT", &claims).unwrap();
        assert_eq!(verify(&token, &keys, &[Algorithm::Es256], ISSUER, "portico", NOW), Err(Wrong::LogoutToken));
        let token = sign(&key, "logout+jwt", &claims).unwrap();
        let expected = super::super::Expected {
            issuer: ISSUER,
            client_id: "portico",
            nonce: "n",
            max_age: None,
            access_token: None,
            algorithms: &[Algorithm::Es256],
            now: NOW,
        };
        let answer = super::super::id_token::verify(&token, &keys, &expected);
        assert_eq!(answer, Err(Wrong::OtherType(Part::IdToken)));
    }

    #[test]
    fn the_way_out_is_read_as_it_was_meant() {
        let text = br#"{"issuer":"https://idp.example","authorization_endpoint":"https://idp.example/a",
            "token_endpoint":"https://idp.example/t","jwks_uri":"https://idp.example/j",
            "end_session_endpoint":"https://idp.example/out?x=1"}"#;
        let metadata = Metadata::judge(text, ISSUER, false).unwrap();
        let leaving = Leaving {
            id_token_hint: Some("h"),
            client_id: "portico",
            back: "https://door.example/signed-out",
            state: None,
        };
        let url = address(&metadata, &leaving).unwrap();
        let request =
            LogoutRequest::read(&Params::parse(url.strip_prefix("https://idp.example/out?").unwrap()).unwrap());
        assert_eq!((request.id_token_hint.as_deref(), request.client_id.as_deref()), (Some("h"), Some("portico")));
        assert_eq!(request.post_logout_redirect_uri.as_deref(), Some(leaving.back));
        assert!(address(&Metadata { end_session_endpoint: None, ..metadata }, &leaving).is_none());
    }
}
