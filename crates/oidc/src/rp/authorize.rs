//! The way to the provider's authorization endpoint, and the answer that the browser brings back (OpenID Connect Core
//! section 3.1.2, RFC 9207).

use super::metadata::Metadata;
use super::wrong::{Part, Said, Wrong};
use crate::authorize::{Prompt, with_query};
use crate::params::Params;
use crate::pkce::Challenge;
use crate::scope::Scope;

/// Longer than any server makes its codes.
const MAX_CODE: usize = 4096;
/// A query that is longer is not looked at.
const MAX_QUERY: usize = 16 * 1024;

/// What is asked of the provider. `state` and `nonce` are of this one way and can not be guessed; the challenge is that of a
/// verifier that nobody else has seen.
#[derive(Clone, Debug)]
pub struct AuthorizationUrl<'a> {
    pub client_id: &'a str,
    pub redirect_uri: &'a str,
    /// `openid` is asked for in any case.
    pub scope: &'a Scope,
    pub state: &'a str,
    pub nonce: &'a str,
    pub challenge: Challenge,
    /// What was typed here, so that it need not be typed there.
    pub login_hint: Option<&'a str>,
    pub prompt: Prompt,
    /// Seconds.
    pub max_age: Option<u32>,
    /// In order of preference.
    pub acr_values: &'a [&'a str],
    pub ui_locales: &'a [&'a str],
}

impl AuthorizationUrl<'_> {
    /// Where to send the browser. What the endpoint has as its own query is kept.
    #[must_use]
    pub fn at(&self, metadata: &Metadata) -> String {
        let text = |words: &[&str]| (!words.is_empty()).then(|| words.join(" "));
        let scope = self.scope.or(&Scope::of(&["openid"])).to_string();
        let challenge = self.challenge.to_text();
        let prompt = text(&prompts(self.prompt));
        let max_age = self.max_age.map(|age| age.to_string());
        let (acr_values, ui_locales) = (text(self.acr_values), text(self.ui_locales));
        let pairs = [
            ("response_type", Some("code")),
            ("client_id", Some(self.client_id)),
            ("redirect_uri", Some(self.redirect_uri)),
            ("scope", Some(scope.as_str())),
            ("state", Some(self.state)),
            ("nonce", Some(self.nonce)),
            ("code_challenge", Some(challenge.as_str())),
            ("code_challenge_method", Some("S256")),
            ("login_hint", self.login_hint),
            ("prompt", prompt.as_deref()),
            ("max_age", max_age.as_deref()),
            ("acr_values", acr_values.as_deref()),
            ("ui_locales", ui_locales.as_deref()),
        ];
        with_query(&metadata.authorization_endpoint, &pairs)
    }
}

fn prompts(prompt: Prompt) -> Vec<&'static str> {
    let all = [
        ("none", prompt.none),
        ("login", prompt.login),
        ("consent", prompt.consent),
        ("select_account", prompt.select_account),
    ];
    all.into_iter().filter_map(|(word, wanted)| wanted.then_some(word)).collect()
}

/// What came back to the redirect URI. Whose it is, its state says; whether it is the provider's, [`Answer::code`] judges.
#[derive(Clone)]
pub struct Answer(Params);

impl Answer {
    /// Reads the query, or the form of a POST.
    ///
    /// # Errors
    /// [`Wrong::Unreadable`] and [`Wrong::Repeated`]: of two readers one would take the first, one the last.
    pub fn read(query: &str) -> Result<Answer, Wrong> {
        if query.len() > MAX_QUERY {
            return Err(Wrong::Unreadable);
        }
        let params = Params::parse(query).map_err(|_| Wrong::Unreadable)?;
        // `resource` is the one that a request may repeat; an answer may repeat nothing.
        match params.any_repeated() || params.is_repeated("resource") {
            true => Err(Wrong::Repeated),
            false => Ok(Answer(params)),
        }
    }

    /// Which way it belongs to: to be looked up, of this browser, and used up.
    #[must_use]
    pub fn state(&self) -> Option<&str> {
        self.0.get("state")
    }

    /// The code, if the provider whose metadata this is gave one.
    ///
    /// # Errors
    /// [`Wrong::OtherIssuer`] and [`Wrong::Missing`] of `iss` before anything else is believed, an error answer too (RFC 9207
    /// section 2.4); [`Wrong::Refused`] with what the provider says.
    pub fn code(&self, metadata: &Metadata) -> Result<&str, Wrong> {
        match self.0.get("iss") {
            Some(issuer) if issuer != metadata.issuer => {
                return Err(Wrong::OtherIssuer(Part::Answer, Said::of(issuer)));
            }
            None if metadata.answers_with_issuer => return Err(Wrong::Missing(Part::Answer, "iss")),
            _ => {}
        }
        let code = self.0.get("code");
        if let Some(error) = self.0.get("error") {
            // Both would be an answer that says yes to one reader and no to another.
            if code.is_some() {
                return Err(Wrong::Malformed(Part::Answer, "code"));
            }
            let description = Said::of(self.0.get("error_description").unwrap_or_default());
            return Err(Wrong::Refused { at: Part::Answer, error: Said::of(error), description });
        }
        let code = code.ok_or(Wrong::Missing(Part::Answer, "code"))?;
        match code.len() <= MAX_CODE {
            true => Ok(code),
            false => Err(Wrong::Malformed(Part::Answer, "code")),
        }
    }
}
