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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    fn metadata(answers_with_issuer: bool) -> Metadata {
        let text = br#"{"issuer":"https://idp.example","authorization_endpoint":"https://idp.example/a?p=1",
            "token_endpoint":"https://idp.example/t","jwks_uri":"https://idp.example/j"}"#;
        Metadata { answers_with_issuer, ..Metadata::judge(text, "https://idp.example", false).unwrap() }
    }

    fn url(login_hint: &str, state: &str) -> String {
        let request = AuthorizationUrl {
            client_id: "portico",
            redirect_uri: "https://door.example/federation/1/callback",
            scope: &Scope::of(&["email"]),
            state,
            nonce: "n",
            challenge: Challenge([7; 32]),
            login_hint: Some(login_hint),
            prompt: Prompt { login: true, select_account: true, ..Prompt::default() },
            max_age: Some(0),
            acr_values: &["urn:a", "urn:b"],
            ui_locales: &[],
        };
        request.at(&metadata(false))
    }

    #[test]
    fn the_way_there_says_all_that_is_asked_and_keeps_the_endpoints_own_query() {
        let url = url("lee@lakeside.example", "s");
        let query = url.strip_prefix("https://idp.example/a?").unwrap();
        let params = Params::parse(query).unwrap();
        let expected = [
            ("p", Some("1")),
            ("response_type", Some("code")),
            ("client_id", Some("portico")),
            ("redirect_uri", Some("https://door.example/federation/1/callback")),
            ("scope", Some("email openid")),
            ("state", Some("s")),
            ("nonce", Some("n")),
            ("code_challenge", Some("BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc")),
            ("code_challenge_method", Some("S256")),
            ("login_hint", Some("lee@lakeside.example")),
            ("prompt", Some("login select_account")),
            ("max_age", Some("0")),
            ("acr_values", Some("urn:a urn:b")),
            ("ui_locales", None),
        ];
        for (name, value) in expected {
            assert_eq!(params.get(name), value, "{name}");
        }
    }

    const OTHER: &str = "https://evil.example";

    #[rstest]
    #[case("code=c&state=s&iss=https%3A%2F%2Fidp.example", Ok("c"))]
    #[case("code=c&state=s&session_state=x&new=1", Err(Wrong::Missing(Part::Answer, "iss")))]
    #[case("code=c&iss=https%3A%2F%2Fevil.example", Err(Wrong::OtherIssuer(Part::Answer, Said::of(OTHER))))]
    #[case(
        "code=c&iss=https%3A%2F%2Fidp.example%2F",
        Err(Wrong::OtherIssuer(Part::Answer, Said::of("https://idp.example/")))
    )]
    #[case(
        "error=access_denied&iss=https%3A%2F%2Fevil.example",
        Err(Wrong::OtherIssuer(Part::Answer, Said::of(OTHER)))
    )]
    #[case("error=access_denied", Err(Wrong::Missing(Part::Answer, "iss")))]
    #[case("state=s&iss=https%3A%2F%2Fidp.example", Err(Wrong::Missing(Part::Answer, "code")))]
    #[case("code=&iss=https%3A%2F%2Fidp.example", Err(Wrong::Missing(Part::Answer, "code")))]
    #[case("code=c&error=access_denied&iss=https%3A%2F%2Fidp.example", Err(Wrong::Malformed(Part::Answer, "code")))]
    fn an_answer_is_that_of_the_issuer_it_names(#[case] query: &str, #[case] expected: Result<&str, Wrong>) {
        assert_eq!(Answer::read(query).unwrap().code(&metadata(true)), expected, "{query}");
    }

    #[test]
    fn an_issuer_that_never_promised_to_name_itself_need_not_but_a_wrong_name_is_wrong() {
        let answer = |query| Answer::read(query).unwrap();
        assert_eq!(answer("code=c&state=s").code(&metadata(false)), Ok("c"));
        assert_eq!(answer("code=c&state=s").state(), Some("s"));
        assert!(answer("code=c&iss=https%3A%2F%2Fevil.example").code(&metadata(false)).is_err());
        let long = format!("code={}", "c".repeat(MAX_CODE + 1));
        assert_eq!(answer(&long).code(&metadata(false)), Err(Wrong::Malformed(Part::Answer, "code")));
    }

    #[test]
    fn what_a_refusal_says_is_bounded_and_printable() {
        let long = format!("error=access_denied&error_description=no%0d%0a%E2%80%AE{}", "x".repeat(500));
        let Err(Wrong::Refused { error, description, at: Part::Answer }) =
            Answer::read(&long).unwrap().code(&metadata(false))
        else {
            panic!("it was a refusal")
        };
        assert_eq!(error.as_str(), "access_denied");
        assert!(description.as_str().starts_with("no   x") && description.as_str().len() == 200);
    }

    #[rstest]
    #[case("code=a&code=b", Wrong::Repeated)]
    #[case("state=s&code=a&state=s", Wrong::Repeated)]
    #[case("iss=&iss=https%3A%2F%2Fidp.example&code=a", Wrong::Repeated)]
    #[case("resource=a&resource=b&code=a", Wrong::Repeated)]
    #[case("code=%zz", Wrong::Unreadable)]
    #[case(&"x".repeat(MAX_QUERY + 1), Wrong::Unreadable)]
    fn an_answer_that_can_be_read_in_two_ways_is_not_read(#[case] query: &str, #[case] expected: Wrong) {
        assert_eq!(Answer::read(query).err(), Some(expected), "{query}");
    }

    proptest! {
        #[test]
        fn nothing_that_was_typed_becomes_a_parameter_of_its_own(hint in ".{1,40}", state in "[ -~]{1,40}") {
            let url = url(&hint, &state);
            prop_assert!(url.is_ascii() && !url.contains([' ', '#', '\n']));
            let params = Params::parse(url.split_once('?').unwrap().1).unwrap();
            prop_assert!(!params.any_repeated());
            prop_assert_eq!(params.get("login_hint"), Some(hint.as_str()));
            prop_assert_eq!(params.get("state"), Some(state.as_str()));
        }

        #[test]
        fn no_answer_that_names_another_issuer_gives_a_code(issuer in "[ -~]{1,30}", rest in "([a-z_]{1,9}=[a-z]{0,9}&){0,4}") {
            prop_assume!(issuer != "https://idp.example");
            let query = format!("{rest}code=c&iss={}", crate::params::encoded(&issuer));
            if let Ok(answer) = Answer::read(&query) {
                prop_assert!(answer.code(&metadata(false)).is_err());
            }
        }
    }
}
