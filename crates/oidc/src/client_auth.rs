//! Which client calls, and how it shows it: a secret in the header or the form, a signed assertion, or nothing (RFC 6749
//! section 2.3, RFC 7523). One way at a time.

use data_encoding::BASE64;
use serde::Deserialize;
use zeroize::Zeroizing;

use crate::client::{AuthMethod, Client};
use crate::error::{ErrorCode, Refusal};
use crate::jose::{NumericDate, Unverified, VerifyingKey};
use crate::params::{Params, decoded};

/// The one kind of assertion there is.
pub(crate) const JWT_BEARER: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
/// An assertion is made for one request; whoever makes one for hours wants to be replayed.
const LONGEST_ASSERTION: i64 = 600;
/// Clocks differ by a little, and are wrong by more.
const AHEAD: i64 = 10;
const MAX_JTI: usize = 256;

/// One answer for whatever is wrong: which of client and secret is unknown is not told.
pub const NOT_AUTHENTICATED: Refusal =
    Refusal::new(ErrorCode::InvalidClient, "the client is unknown, or has not shown who it is");

/// What the caller has shown, not verified.
pub enum Presented {
    Secret { client_id: String, secret: Zeroizing<String> },
    Assertion { client_id: String, token: String },
    Public { client_id: String },
}

impl Presented {
    /// Reads it out of the `Authorization` header and the form.
    ///
    /// # Errors
    /// When there is none, when there are two, or when it cannot be read.
    pub fn read(authorization: Option<&str>, form: &Params) -> Result<Presented, Refusal> {
        let named = form.get("client_id");
        let assertion = form.get("client_assertion");
        let secret = form.get("client_secret");
        if usize::from(authorization.is_some()) + usize::from(assertion.is_some()) + usize::from(secret.is_some()) > 1 {
            return Err(Refusal::invalid("a client shows who it is in one way"));
        }
        let presented = if let Some(header) = authorization {
            basic(header).ok_or(NOT_AUTHENTICATED)?
        } else if let Some(token) = assertion {
            if form.get("client_assertion_type") != Some(JWT_BEARER) {
                return Err(NOT_AUTHENTICATED);
            }
            let claimed: Claimed =
                Unverified::parse(token).and_then(|token| token.claimed()).map_err(|_| NOT_AUTHENTICATED)?;
            Presented::Assertion { client_id: claimed.sub, token: token.to_owned() }
        } else {
            let client_id = named.ok_or(NOT_AUTHENTICATED)?.to_owned();
            match secret {
                Some(secret) => Presented::Secret { client_id, secret: Zeroizing::new(secret.to_owned()) },
                None => Presented::Public { client_id },
            }
        };
        match named.is_none_or(|named| named == presented.client_id()) {
            true => Ok(presented),
            false => Err(NOT_AUTHENTICATED),
        }
    }

    #[must_use]
    pub fn client_id(&self) -> &str {
        match self {
            Presented::Secret { client_id, .. }
            | Presented::Assertion { client_id, .. }
            | Presented::Public { client_id } => client_id,
        }
    }

    /// Whether this is the way the client has registered. A client with a secret that could come without would be public.
    #[must_use]
    pub fn fits(&self, method: AuthMethod) -> bool {
        matches!(
            (self, method),
            (Presented::Secret { .. }, AuthMethod::Secret)
                | (Presented::Assertion { .. }, AuthMethod::PrivateKeyJwt)
                | (Presented::Public { .. }, AuthMethod::None)
        )
    }
}

/// `Basic`, where both halves are form-encoded before they are put together (RFC 6749 section 2.3.1).
fn basic(header: &str) -> Option<Presented> {
    let (scheme, rest) = header.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("Basic") {
        return None;
    }
    let text = Zeroizing::new(String::from_utf8(BASE64.decode(rest.trim().as_bytes()).ok()?).ok()?);
    let (client_id, secret) = text.split_once(':')?;
    let (client_id, secret) = (decoded(client_id).ok()?, Zeroizing::new(decoded(secret).ok()?));
    (!client_id.is_empty()).then_some(Presented::Secret { client_id, secret })
}

#[derive(Deserialize)]
struct Claimed {
    sub: String,
}

#[derive(Deserialize)]
struct Claims {
    iss: String,
    sub: String,
    aud: Audience,
    exp: NumericDate,
    #[serde(default)]
    iat: Option<NumericDate>,
    #[serde(default)]
    nbf: Option<NumericDate>,
    jti: String,
}

/// `aud`: one text, or a list of them (RFC 7519 section 4.1.3).
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub(crate) enum Audience {
    One(String),
    Many(Vec<String>),
}

impl Audience {
    pub(crate) fn list(self) -> Vec<String> {
        match self {
            Audience::One(one) => vec![one],
            Audience::Many(many) => many,
        }
    }
}

/// An assertion that is the client's. Its `jti` is still to be used up, once, until `expires_at`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assertion {
    pub jti: String,
    pub expires_at: i64,
}

/// Verifies an assertion against the client's registered keys. `audiences` are the names this server goes by there: its
/// issuer, and where the profile allows it the token endpoint. One of them must be the only audience, or the assertion
/// could have been made for somebody else who passes it on.
///
/// # Errors
/// [`NOT_AUTHENTICATED`].
pub fn verify_assertion(
    token: &str,
    client: &Client,
    keys: &[VerifyingKey],
    audiences: &[&str],
    now: i64,
) -> Result<Assertion, Refusal> {
    let token = Unverified::parse(token).map_err(|_| NOT_AUTHENTICATED)?;
    // What a client signs for other purposes with the same key is not what it shows itself by (RFC 8725 section 3.11).
    if token.header.typ.as_deref().is_some_and(|typ| typ != "jwt" && typ != "client-authentication+jwt") {
        return Err(NOT_AUTHENTICATED);
    }
    let verified = token.verify_any(keys).map_err(|_| NOT_AUTHENTICATED)?;
    let claims: Claims = verified.claims().map_err(|_| NOT_AUTHENTICATED)?;
    let ours = match claims.aud.list().as_slice() {
        [one] => audiences.contains(&one.as_str()),
        _ => false,
    };
    let early = [claims.iat, claims.nbf].into_iter().flatten().any(|time| time.0 > now.saturating_add(AHEAD));
    let good = claims.iss == client.id
        && claims.sub == client.id
        && ours
        && !early
        && claims.exp.0 > now
        && claims.exp.0 <= now.saturating_add(LONGEST_ASSERTION)
        && (1..=MAX_JTI).contains(&claims.jti.len());
    good.then_some(Assertion { jti: claims.jti, expires_at: claims.exp.0 }).ok_or(NOT_AUTHENTICATED)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::{Value, json};

    use super::*;
    use crate::client::Profile;
    use crate::jose::{Algorithm, SigningKey, sign};
    use crate::scope::Scope;

    const NOW: i64 = 1_800_000_000;

    fn read(header: Option<&str>, form: &str) -> Result<Presented, Refusal> {
        Presented::read(header, &Params::parse(form).unwrap())
    }

    fn header(text: &str) -> String {
        format!("Basic {}", BASE64.encode(text.as_bytes()))
    }

    #[test]
    fn both_halves_of_the_header_are_form_encoded() {
        let presented = read(Some(&header("a%3Ab:se+cret%25")), "").unwrap();
        assert_eq!(presented.client_id(), "a:b");
        assert!(matches!(&presented, Presented::Secret { secret, .. } if secret.as_str() == "se cret%"));
        assert!(presented.fits(AuthMethod::Secret) && !presented.fits(AuthMethod::None));
    }

    #[rstest]
    #[case(Some("Bearer abc"), "client_id=a")]
    #[case(Some("Basic !!!"), "")]
    #[case(Some("Basic YQ=="), "")]
    #[case(None, "")]
    #[case(None, "client_secret=x")]
    #[case(None, "client_assertion=x&client_assertion_type=other")]
    fn what_shows_nobody_is_refused(#[case] header: Option<&str>, #[case] form: &str) {
        assert_eq!(read(header, form).err(), Some(NOT_AUTHENTICATED));
    }

    #[test]
    fn a_client_shows_who_it_is_once_and_is_one() {
        let both = read(Some(&header("a:b")), "client_secret=b").err().unwrap();
        assert_eq!(both.code, ErrorCode::InvalidRequest);
        assert_eq!(read(Some(&header("a:b")), "client_id=other").err(), Some(NOT_AUTHENTICATED));
        assert!(matches!(read(None, "client_id=a").unwrap(), Presented::Public { .. }));
        assert!(matches!(read(None, "client_id=a&client_secret=b").unwrap(), Presented::Secret { .. }));
    }

    fn client() -> Client {
        Client {
            id: "bed".into(),
            profile: Profile::Default,
            auth: AuthMethod::PrivateKeyJwt,
            native: false,
            redirect_uris: Vec::new(),
            post_logout_redirect_uris: Vec::new(),
            grants: Vec::new(),
            scope: Scope::default(),
            pkce_pinned: false,
            id_token_algorithm: Algorithm::Es256,
        }
    }

    #[rstest]
    #[case(json!({}), true)]
    #[case(json!({ "aud": ["https://door.example"] }), true)]
    #[case(json!({ "aud": "https://door.example/oauth2/token" }), false)]
    #[case(json!({ "aud": ["https://door.example", "https://evil.example"] }), false)]
    #[case(json!({ "aud": "https://evil.example" }), false)]
    #[case(json!({ "iss": "other" }), false)]
    #[case(json!({ "sub": "other" }), false)]
    #[case(json!({ "exp": NOW }), false)]
    #[case(json!({ "exp": NOW + 3_600 }), false)]
    #[case(json!({ "nbf": NOW + 60 }), false)]
    #[case(json!({ "iat": NOW + 5 }), true)]
    #[case(json!({ "exp": 1_800_000_060.5, "iat": 1_800_000_000.25 }), true)]
    #[case(json!({ "exp": "1800000060" }), false)]
    #[case(json!({ "jti": "" }), false)]
    #[case(json!({ "jti": null }), false)]
    fn an_assertion_is_for_this_server_by_this_client_and_for_now(#[case] change: Value, #[case] good: bool) {
        let pkcs8 = SigningKey::generate(Algorithm::Es256).unwrap();
        let key = SigningKey::from_pkcs8(Algorithm::Es256, &pkcs8).unwrap();
        let mut claims =
            json!({ "iss": "bed", "sub": "bed", "aud": "https://door.example", "exp": NOW + 60, "jti": "1" });
        claims.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        let token = sign(&key, "JWT", &claims).unwrap();
        let keys = [VerifyingKey::new(&key.jwk(), None).unwrap()];
        let answer = verify_assertion(&token, &client(), &keys, &["https://door.example"], NOW);
        assert_eq!(answer.is_ok(), good, "{change}");
        assert!(verify_assertion(&token, &client(), &[], &["https://door.example"], NOW).is_err());
        for typ in ["dpop+jwt", "logout+jwt", "oauth-authz-req+jwt", "at+jwt"] {
            let token = sign(&key, typ, &claims).unwrap();
            assert!(verify_assertion(&token, &client(), &keys, &["https://door.example"], NOW).is_err(), "{typ}");
        }
        let token = sign(&key, "client-authentication+jwt", &claims).unwrap();
        assert_eq!(verify_assertion(&token, &client(), &keys, &["https://door.example"], NOW).is_ok(), good);
    }
}
