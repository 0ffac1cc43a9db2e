//! The token endpoint's messages (RFC 6749 sections 4.1.3, 4.4.2, 5 and 6).

use serde::Serialize;

use crate::client::{Client, GrantType};
use crate::error::{ErrorCode, Refusal};
use crate::params::Params;
use crate::pkce::Challenge;
use crate::scope::Scope;

/// What is asked of the token endpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TokenRequest {
    Code {
        code: String,
        redirect_uri: Option<String>,
        verifier: Option<String>,
    },
    /// `scope`: less than was granted, or `None` for all of it.
    Refresh {
        token: String,
        scope: Option<Scope>,
    },
    ClientCredentials {
        scope: Option<Scope>,
    },
}

impl TokenRequest {
    /// Reads the form of a client that has shown who it is.
    ///
    /// # Errors
    /// What is wrong with it, in the words of RFC 6749 section 5.2.
    pub fn read(form: &Params, client: &Client) -> Result<TokenRequest, Refusal> {
        if form.any_repeated() {
            return Err(Refusal::invalid("a parameter is sent more than once"));
        }
        let name = form.get("grant_type").ok_or(Refusal::invalid("grant_type is missing"))?;
        let grant = GrantType::of_name(name)
            .ok_or(Refusal::new(ErrorCode::UnsupportedGrantType, "this grant_type is not offered here"))?;
        if !client.may(grant) {
            return Err(Refusal::new(
                ErrorCode::UnauthorizedClient,
                "the client is not registered for this grant_type",
            ));
        }
        let text = |name| form.get(name).map(str::to_owned);
        match grant {
            GrantType::AuthorizationCode => Ok(TokenRequest::Code {
                code: text("code").ok_or(Refusal::invalid("code is missing"))?,
                redirect_uri: text("redirect_uri"),
                verifier: text("code_verifier"),
            }),
            GrantType::RefreshToken => Ok(TokenRequest::Refresh {
                token: text("refresh_token").ok_or(Refusal::invalid("refresh_token is missing"))?,
                scope: scope(form)?,
            }),
            // A public client has no credentials to show.
            GrantType::ClientCredentials if client.is_public() => {
                Err(Refusal::new(ErrorCode::UnauthorizedClient, "a public client has no access of its own"))
            }
            GrantType::ClientCredentials => Ok(TokenRequest::ClientCredentials { scope: scope(form)? }),
        }
    }
}

fn scope(form: &Params) -> Result<Option<Scope>, Refusal> {
    let bad = Refusal::new(ErrorCode::InvalidScope, "scope is not a list of words");
    form.get("scope").map(Scope::parse).transpose().map_err(|_| bad)
}

/// What a code is bound to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeBinding {
    pub client_id: String,
    pub redirect_uri: String,
    pub challenge: Option<Challenge>,
    pub dpop_jkt: Option<String>,
}

/// Who comes with a code, and with what.
#[derive(Clone, Copy, Debug)]
pub struct Redemption<'a> {
    pub client_id: &'a str,
    pub redirect_uri: Option<&'a str>,
    pub verifier: Option<&'a str>,
    /// The key of the DPoP proof that came along.
    pub dpop_jkt: Option<&'a str>,
}

/// One answer for every code that is not good: a thief learns nothing of what it lacks.
pub const BAD_CODE: Refusal = Refusal::new(ErrorCode::InvalidGrant, "the code is not good for this request");

/// One check of a redemption.
pub type CodeCheck = fn(&CodeBinding, &Redemption<'_>) -> bool;

/// What a code is bound to, in the order in which it is asked.
pub const CODE_CHECKS: [(&str, CodeCheck); 4] = [
    ("client", |code, by| code.client_id == by.client_id),
    ("redirect_uri", |code, by| by.redirect_uri == Some(&code.redirect_uri)),
    ("pkce", |code, by| match (&code.challenge, by.verifier) {
        (Some(challenge), Some(verifier)) => challenge.is_met_by(verifier),
        (None, None) => true,
        // A verifier without a challenge: somebody has taken the challenge out of the request (RFC 9700 section 4.8.2).
        _ => false,
    }),
    ("dpop", |code, by| code.dpop_jkt.is_none() || code.dpop_jkt.as_deref() == by.dpop_jkt),
];

impl CodeBinding {
    /// # Errors
    /// [`BAD_CODE`].
    pub fn allows(&self, by: &Redemption<'_>) -> Result<(), Refusal> {
        match CODE_CHECKS.iter().all(|(_, holds)| holds(self, by)) {
            true => Ok(()),
            false => Err(BAD_CODE),
        }
    }
}

/// The good answer. It is never stored on the way (`Cache-Control: no-store`).
#[derive(Clone, Serialize)]
pub struct TokenResponse {
    pub access_token: String,
    /// `Bearer` or `DPoP`.
    pub token_type: &'static str,
    /// Seconds.
    pub expires_in: i64,
    pub scope: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refresh_token: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id_token: Option<String>,
}

/// What introspection says of a token (RFC 7662 section 2.2). Of one that is not good: `active` and nothing else.
#[derive(Clone, Default, Serialize)]
pub struct Introspection {
    pub active: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub iss: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sub: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub aud: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scope: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub token_type: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub iat: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exp: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub jti: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cnf: Option<Confirmation>,
}

/// The key a token is bound to.
#[derive(Clone, Serialize)]
pub struct Confirmation {
    pub jkt: String,
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::client::{AuthMethod, Profile};
    use crate::jose::Algorithm;

    fn client(auth: AuthMethod) -> Client {
        Client {
            id: "bed".into(),
            profile: Profile::Default,
            auth,
            native: false,
            redirect_uris: Vec::new(),
            post_logout_redirect_uris: Vec::new(),
            grants: vec![GrantType::AuthorizationCode, GrantType::ClientCredentials],
            scope: Scope::default(),
            pkce_pinned: false,
            id_token_algorithm: Algorithm::Es256,
        }
    }

    #[rstest]
    #[case("", ErrorCode::InvalidRequest)]
    #[case("grant_type=password&username=a&password=b", ErrorCode::UnsupportedGrantType)]
    #[case("grant_type=implicit", ErrorCode::UnsupportedGrantType)]
    #[case("grant_type=refresh_token&refresh_token=x", ErrorCode::UnauthorizedClient)]
    #[case("grant_type=authorization_code", ErrorCode::InvalidRequest)]
    #[case("grant_type=authorization_code&code=a&code=b", ErrorCode::InvalidRequest)]
    #[case("grant_type=client_credentials&scope=%22", ErrorCode::InvalidScope)]
    fn a_bad_request_is_told_why(#[case] form: &str, #[case] code: ErrorCode) {
        let answer = TokenRequest::read(&Params::parse(form).unwrap(), &client(AuthMethod::Secret));
        assert_eq!(answer.unwrap_err().code, code, "{form}");
    }

    #[test]
    fn a_public_client_has_no_access_of_its_own() {
        let form = Params::parse("grant_type=client_credentials").unwrap();
        assert!(TokenRequest::read(&form, &client(AuthMethod::Secret)).is_ok());
        assert!(TokenRequest::read(&form, &client(AuthMethod::None)).is_err());
    }

    const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    #[rstest]
    #[case("as it was given", Some(VERIFIER), Some("k"), |by: Redemption<'static>| by, true)]
    #[case("another client", Some(VERIFIER), Some("k"), |by| Redemption { client_id: "other", ..by }, false)]
    #[case("another redirect", Some(VERIFIER), Some("k"), |by| Redemption { redirect_uri: Some("https://b"), ..by }, false)]
    #[case("no redirect", Some(VERIFIER), Some("k"), |by| Redemption { redirect_uri: None, ..by }, false)]
    #[case("no verifier", Some(VERIFIER), Some("k"), |by| Redemption { verifier: None, ..by }, false)]
    #[case("wrong verifier", Some(VERIFIER), None, |by| Redemption { verifier: Some("x"), ..by }, false)]
    #[case("a verifier of nothing", None, None, |by| by, false)]
    #[case("neither", None, None, |by| Redemption { verifier: None, ..by }, true)]
    #[case("another key", Some(VERIFIER), Some("k"), |by| Redemption { dpop_jkt: Some("l"), ..by }, false)]
    #[case("no key", Some(VERIFIER), Some("k"), |by| Redemption { dpop_jkt: None, ..by }, false)]
    fn a_code_is_worth_something_to_its_own_only(
        #[case] why: &str,
        #[case] verifier: Option<&str>,
        #[case] jkt: Option<&str>,
        #[case] change: fn(Redemption<'static>) -> Redemption<'static>,
        #[case] good: bool,
    ) {
        let code = CodeBinding {
            client_id: "bed".into(),
            redirect_uri: "https://a".into(),
            challenge: verifier.and_then(Challenge::of),
            dpop_jkt: jkt.map(str::to_owned),
        };
        let by = Redemption {
            client_id: "bed",
            redirect_uri: Some("https://a"),
            verifier: Some(VERIFIER),
            dpop_jkt: Some("k"),
        };
        assert_eq!(code.allows(&change(by)).is_ok(), good, "{why}");
    }
}
