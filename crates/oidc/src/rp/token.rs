//! The token endpoint, asked (RFC 6749 sections 2.3.1, 4.1.3 and 5, RFC 7523, OpenID Connect Core sections 3.1.3 and 9).

use data_encoding::BASE64;
use serde_json::json;
use zeroize::Zeroizing;

use super::members::Members;
use super::wrong::{Part, Said, Wrong};
use crate::client_auth::JWT_BEARER;
use crate::jose::{self, BadKey, SigningKey};
use crate::params::{Params, encoded};

/// An assertion is made for one request. Twice what clocks may differ.
const ASSERTION_LIVES: i64 = 2 * super::SKEW;
/// Longer than any server makes its access tokens.
const MAX_ACCESS_TOKEN: usize = 16 * 1024;

/// How a relying party shows who it is, by its registered name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ClientAuth {
    /// A secret in the header.
    SecretBasic,
    /// A secret in the form.
    SecretPost,
    /// An assertion, signed with a key that the provider knows the public half of.
    PrivateKeyJwt,
}

impl ClientAuth {
    pub const ALL: [ClientAuth; 3] = [ClientAuth::SecretBasic, ClientAuth::SecretPost, ClientAuth::PrivateKeyJwt];

    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            ClientAuth::SecretBasic => "client_secret_basic",
            ClientAuth::SecretPost => "client_secret_post",
            ClientAuth::PrivateKeyJwt => "private_key_jwt",
        }
    }

    #[must_use]
    pub fn of_name(name: &str) -> Option<ClientAuth> {
        ClientAuth::ALL.into_iter().find(|way| way.name() == name)
    }
}

/// What we show.
#[derive(Clone, Copy)]
pub enum Credentials<'a> {
    SecretBasic(&'a str),
    SecretPost(&'a str),
    PrivateKeyJwt {
        key: &'a SigningKey,
        /// Never used before.
        jti: &'a str,
        /// The issuer, where the provider takes it: an assertion for it is of no use to anybody else. Some insist on the
        /// address of their token endpoint.
        audience: &'a str,
        now: i64,
    },
}

/// A code, with what it was bound to.
#[derive(Clone, Copy)]
pub struct TokenRequest<'a> {
    pub client_id: &'a str,
    pub code: &'a str,
    /// The one that the browser was sent with.
    pub redirect_uri: &'a str,
    /// Of the challenge that the browser was sent with (RFC 7636).
    pub verifier: &'a str,
}

/// What is posted. It holds secrets, and does not print.
pub struct Posted {
    /// The value of the header.
    pub authorization: Option<Zeroizing<String>>,
    pub form: Zeroizing<String>,
}

impl TokenRequest<'_> {
    /// The request, by somebody who shows who they are.
    ///
    /// # Errors
    /// When the library cannot sign.
    pub fn with(&self, credentials: Credentials<'_>) -> Result<Posted, BadKey> {
        let form = Params::default()
            .and("grant_type", "authorization_code")
            .and("code", self.code)
            .and("redirect_uri", self.redirect_uri)
            .and("code_verifier", self.verifier);
        let (authorization, form) = match credentials {
            Credentials::SecretBasic(secret) => (Some(basic(self.client_id, secret)), form),
            Credentials::SecretPost(secret) => {
                (None, form.and("client_id", self.client_id).and("client_secret", secret))
            }
            Credentials::PrivateKeyJwt { key, jti, audience, now } => {
                let assertion = assertion(key, self.client_id, jti, audience, now)?;
                let form = form.and("client_id", self.client_id).and("client_assertion_type", JWT_BEARER);
                (None, form.and("client_assertion", &assertion))
            }
        };
        Ok(Posted { authorization, form: Zeroizing::new(form.to_text()) })
    }
}

/// Both halves are form-encoded before they are put together: a colon in an id would end it too early.
fn basic(client_id: &str, secret: &str) -> Zeroizing<String> {
    let both = Zeroizing::new(format!("{}:{}", encoded(client_id), encoded(secret)));
    Zeroizing::new(format!("Basic {}", BASE64.encode(both.as_bytes())))
}

fn assertion(key: &SigningKey, client_id: &str, jti: &str, audience: &str, now: i64) -> Result<String, BadKey> {
    let claims = json!({
        "iss": client_id,
        "sub": client_id,
        "aud": audience,
        "jti": jti,
        "iat": now,
        "exp": now.saturating_add(ASSERTION_LIVES),
    });
    jose::sign(key, "JWT", &claims)
}

/// What a good answer holds. It does not print. Refresh tokens are not taken: nothing is asked later.
pub struct TokenAnswer {
    /// Not verified; see [`super::id_token::verify`].
    pub id_token: Zeroizing<String>,
    pub access_token: Zeroizing<String>,
}

impl TokenAnswer {
    /// # Errors
    /// [`Wrong::Refused`] with the provider's words, [`Wrong::Status`] where it has none, and what is missing or malformed.
    pub fn read(status: u16, body: &[u8]) -> Result<TokenAnswer, Wrong> {
        if status != 200 {
            return Err(refused(status, body));
        }
        let members = Members::read(Part::TokenAnswer, body)?;
        // RFC 6749 section 7.1: a token of a type that is not understood is not used.
        if !members.needed("token_type")?.eq_ignore_ascii_case("Bearer") {
            return Err(Wrong::Malformed(Part::TokenAnswer, "token_type"));
        }
        let access_token = members.needed("access_token")?;
        // It goes into a header.
        if access_token.len() > MAX_ACCESS_TOKEN || !access_token.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(Wrong::Malformed(Part::TokenAnswer, "access_token"));
        }
        Ok(TokenAnswer {
            id_token: Zeroizing::new(members.needed("id_token")?.to_owned()),
            access_token: Zeroizing::new(access_token.to_owned()),
        })
    }

    /// The header with which the userinfo endpoint is asked (RFC 6750 section 2.1).
    #[must_use]
    pub fn bearer(&self) -> Zeroizing<String> {
        Zeroizing::new(format!("Bearer {}", self.access_token.as_str()))
    }
}

fn refused(status: u16, body: &[u8]) -> Wrong {
    let said = Members::read(Part::TokenAnswer, body).ok().and_then(|members| {
        let error = Said::of(members.needed("error").ok()?);
        let description = Said::of(members.text("error_description").ok().flatten().unwrap_or_default());
        Some(Wrong::Refused { at: Part::TokenAnswer, error, description })
    });
    // A server that is down may say anything in front of it; only what RFC 6749 section 5.2 names is an answer to us.
    said.filter(|_| (400..500).contains(&status)).unwrap_or(Wrong::Status(Part::TokenAnswer, status))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::Value;

    use super::super::wrong::Kind;
    use super::*;
    use crate::client_auth::Presented;

    const REQUEST: TokenRequest<'static> = TokenRequest {
        client_id: "door:1 %",
        code: "c&d",
        redirect_uri: "https://door.example/federation/1/callback",
        verifier: "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
    };

    #[rstest]
    #[case(Credentials::SecretBasic("s:e+c r%et"), true)]
    #[case(Credentials::SecretPost("s:e+c r%et"), false)]
    fn a_secret_arrives_as_it_is_and_in_one_place(#[case] credentials: Credentials<'static>, #[case] header: bool) {
        let posted = REQUEST.with(credentials).unwrap();
        let form = Params::parse(&posted.form).unwrap();
        assert_eq!((form.get("grant_type"), form.get("code")), (Some("authorization_code"), Some("c&d")));
        assert_eq!(form.get("code_verifier"), Some(REQUEST.verifier));
        assert_eq!(posted.authorization.is_some(), header);
        assert_eq!(form.get("client_secret").is_some(), !header);
        let presented = Presented::read(posted.authorization.as_ref().map(|text| text.as_str()), &form).unwrap();
        assert_eq!(presented.client_id(), REQUEST.client_id);
        assert!(matches!(presented, Presented::Secret { secret, .. } if secret.as_str() == "s:e+c r%et"));
    }

    fn answer(change: &Value) -> Result<TokenAnswer, Wrong> {
        let mut answer = json!({ "access_token": "a.b", "token_type": "bearer", "id_token": "i", "expires_in": 300,
                                 "refresh_token": "r", "new": [1] });
        answer.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        TokenAnswer::read(200, answer.to_string().as_bytes())
    }

    #[rstest]
    #[case(json!({ "id_token": null }), Wrong::Missing(Part::TokenAnswer, "id_token"))]
    #[case(json!({ "id_token": "" }), Wrong::Missing(Part::TokenAnswer, "id_token"))]
    #[case(json!({ "id_token": 7 }), Wrong::Malformed(Part::TokenAnswer, "id_token"))]
    #[case(json!({ "access_token": null }), Wrong::Missing(Part::TokenAnswer, "access_token"))]
    #[case(json!({ "access_token": "a\r\nX-Admin: 1" }), Wrong::Malformed(Part::TokenAnswer, "access_token"))]
    #[case(json!({ "token_type": null }), Wrong::Missing(Part::TokenAnswer, "token_type"))]
    #[case(json!({ "token_type": "mac" }), Wrong::Malformed(Part::TokenAnswer, "token_type"))]
    #[case(json!({ "token_type": "DPoP" }), Wrong::Malformed(Part::TokenAnswer, "token_type"))]
    fn an_answer_has_both_tokens_and_they_are_bearers(#[case] change: Value, #[case] expected: Wrong) {
        assert_eq!(answer(&change).err(), Some(expected), "{change}");
        let good = answer(&json!({})).ok().unwrap();
        assert_eq!((good.id_token.as_str(), good.bearer().as_str()), ("i", "Bearer a.b"));
    }

    #[rstest]
    #[case(401, r#"{"error":"invalid_client","error_description":"expired"}"#, Kind::SetUp)]
    #[case(400, r#"{"error":"invalid_grant"}"#, Kind::Answer)]
    #[case(400, r#"{"error":7}"#, Kind::Answer)]
    #[case(404, "<html>", Kind::Answer)]
    #[case(429, "", Kind::Away)]
    #[case(502, "<html>", Kind::Away)]
    #[case(503, r#"{"error":"invalid_client"}"#, Kind::Away)]
    #[case(302, r#"{"error":"invalid_client"}"#, Kind::Answer)]
    #[case(201, r#"{"access_token":"a","token_type":"Bearer","id_token":"i"}"#, Kind::Answer)]
    fn what_is_no_good_answer_says_what_it_comes_down_to(#[case] status: u16, #[case] body: &str, #[case] kind: Kind) {
        let wrong = TokenAnswer::read(status, body.as_bytes()).err().unwrap();
        assert_eq!(wrong.kind(), kind, "{wrong}");
    }
}
