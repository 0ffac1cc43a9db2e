//! What can be wrong with what a provider says: one closed list.

use std::fmt;

use thiserror::Error;

/// More of a stranger's words is not shown.
const MOST_SAID: usize = 200;

/// Where something was wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Metadata,
    Keys,
    Answer,
    TokenAnswer,
    IdToken,
    Userinfo,
    LogoutToken,
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Part::Metadata => "the discovery document",
            Part::Keys => "the set of keys",
            Part::Answer => "the answer that the browser brought",
            Part::TokenAnswer => "the token endpoint's answer",
            Part::IdToken => "the ID token",
            Part::Userinfo => "the userinfo endpoint's answer",
            Part::LogoutToken => "the logout token",
        })
    }
}

/// At most so many characters of a text, on one line, without what nobody sees.
#[must_use]
pub fn printable(text: &str, most: usize) -> String {
    // What turns the direction of text around would make a sentence say something else than what was written.
    let unseen = |c: char| {
        c.is_control()
            || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
    };
    let shown = text.chars().take(most).map(|c| if unseen(c) { ' ' } else { c });
    shown.collect::<String>().trim().to_owned()
}

/// Words of a stranger, made fit to be shown: printable, on one line, at most 200 characters. Where they are shown they are
/// escaped all the same.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said(String);

impl Said {
    #[must_use]
    pub fn of(text: &str) -> Said {
        Said(printable(text, MOST_SAID))
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What is wrong, in words for an administrator. Nothing of it holds a token, a code or a secret.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Wrong {
    #[error("an issuer is an https address without user, query and fragment")]
    IssuerAddress,
    #[error("{0} is no JSON object, is too large, or names a member twice")]
    NotJson(Part),
    #[error("{0} has no `{1}`")]
    Missing(Part, &'static str),
    #[error("`{1}` in {0} is not of the form it has to have")]
    Malformed(Part, &'static str),
    #[error("{0} is of another issuer: `{1}`")]
    OtherIssuer(Part, Said),
    #[error("`{0}` in the discovery document is no https address")]
    Insecure(&'static str),
    #[error("nothing of what the discovery document offers as `{0}` can be used here")]
    Unsupported(&'static str),
    #[error("a private or shared key is among the published ones")]
    PrivateKey,
    #[error("no key that could sign is published")]
    NoKeys,
    #[error("the answer's parameters cannot be read")]
    Unreadable,
    #[error("the answer has a parameter more than once")]
    Repeated,
    /// An error answer of RFC 6749 section 4.1.2.1 or 5.2.
    #[error("{at} says `{error}`: {description}")]
    Refused { at: Part, error: Said, description: Said },
    #[error("{0} came with status {1}")]
    Status(Part, u16),
    #[error("{0} is no signed token, is too long, or is encrypted")]
    NotAToken(Part),
    #[error("{0} is a token of another type")]
    OtherType(Part),
    #[error("{0} is signed by an algorithm that the discovery document does not name, or that is not known here")]
    Algorithm(Part),
    #[error("{0} asks for an extension that is not known here")]
    Extension(Part),
    #[error("{0} is signed with a key that is not published: `{1}`")]
    UnknownKey(Part, Said),
    #[error("{0} does not say which of several published keys has signed it")]
    AmbiguousKey(Part),
    #[error("{0} has a signature that its key did not make")]
    Signature(Part),
    #[error("{0} is for somebody else")]
    Audience(Part),
    #[error("{0} ended {1} seconds ago, by the clock here")]
    Expired(Part, i64),
    #[error("{0} is from {1} seconds ahead, by the clock here")]
    Early(Part, i64),
    #[error("the ID token answers another request: its nonce differs")]
    Nonce,
    #[error("the ID token says that the sign-in is older than was asked for, or not how old it is")]
    MaxAge,
    #[error("the ID token belongs to another access token")]
    AccessToken,
    #[error("the userinfo endpoint answered about somebody else")]
    OtherSubject,
    #[error("the logout token is not one for us and for now")]
    LogoutToken,
}

/// What it comes down to for a person who waits in front of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// One of the two clocks is off.
    Clock,
    /// It was signed by nobody who is known.
    Key,
    /// The provider does not let the person in, or the person has turned back.
    SaysNo,
    /// The provider says that it cannot answer now.
    Away,
    /// What was agreed on does not fit: a client that is unknown or whose secret has ended, a provider that is not usable.
    SetUp,
    /// The answer is wrong: of another issuer, for another request, or not what such an answer is.
    Answer,
}

/// Errors of RFC 6749, RFC 7523 and OpenID Connect that a person at the provider can have caused, or its rules.
const SAY_NO: [&str; 6] = [
    "access_denied",
    "login_required",
    "interaction_required",
    "consent_required",
    "account_selection_required",
    "unmet_authentication_requirements",
];
/// Errors that a token endpoint answers whatever code it is shown.
const OF_THE_CLIENT: [&str; 2] = ["invalid_client", "unauthorized_client"];
const AWAY: [&str; 3] = ["server_error", "temporarily_unavailable", "slow_down"];
/// The code was used before, or is too old: nothing that an administrator could mend.
const STALE: &str = "invalid_grant";

impl Wrong {
    #[must_use]
    pub fn kind(&self) -> Kind {
        match self {
            Wrong::Expired(..) | Wrong::Early(..) => Kind::Clock,
            Wrong::UnknownKey(..)
            | Wrong::AmbiguousKey(_)
            | Wrong::Signature(_)
            | Wrong::NoKeys
            | Wrong::PrivateKey => Kind::Key,
            Wrong::Refused { error, .. } => refusal(error.as_str()),
            Wrong::Status(_, status) if *status >= 500 || *status == 429 => Kind::Away,
            // Nobody is where the issuer was said to be.
            Wrong::Status(Part::Metadata | Part::Keys, _) => Kind::SetUp,
            Wrong::IssuerAddress | Wrong::Insecure(_) | Wrong::Unsupported(_) => Kind::SetUp,
            _ => Kind::Answer,
        }
    }

    /// Whether a browser can have brought it about by what it brought: an answer that was made up, a code that was, or another
    /// wish than it was sent away with. That says something of whoever sat before it, and nothing of the provider.
    #[must_use]
    pub fn may_be_brought(&self) -> bool {
        match self {
            Wrong::Unreadable | Wrong::Repeated | Wrong::Nonce | Wrong::MaxAge => true,
            Wrong::NotJson(part)
            | Wrong::Missing(part, _)
            | Wrong::Malformed(part, _)
            | Wrong::OtherIssuer(part, _) => *part == Part::Answer,
            // Some call a code that is none invalid_request, and some say nothing.
            Wrong::Refused { at: Part::TokenAnswer, error, .. } => {
                !OF_THE_CLIENT.contains(&error.as_str()) && !AWAY.contains(&error.as_str())
            }
            Wrong::Status(Part::TokenAnswer, status) => *status < 500 && !matches!(status, 401 | 429),
            Wrong::Refused { at, .. } | Wrong::Status(at, _) => *at == Part::Answer,
            _ => false,
        }
    }

    /// Whether the provider may have changed its keys, so that it is worth a look. A provider that gives a new key the name
    /// of the old one makes it look like a forgery.
    #[must_use]
    pub fn may_be_a_new_key(&self) -> bool {
        matches!(self, Wrong::UnknownKey(..) | Wrong::AmbiguousKey(_) | Wrong::Signature(_))
    }
}

fn refusal(error: &str) -> Kind {
    match error {
        error if SAY_NO.contains(&error) => Kind::SaysNo,
        error if AWAY.contains(&error) => Kind::Away,
        STALE => Kind::Answer,
        _ => Kind::SetUp,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    #[test]
    fn what_a_stranger_says_is_printable_and_short() {
        assert_eq!(Said::of("a\r\nb\u{202e}c\u{0}").as_str(), "a  b c");
        assert_eq!(Said::of("Zugriff verweigert: ä").as_str(), "Zugriff verweigert: ä");
        assert_eq!(Said::of(&"x".repeat(1_000)).as_str().len(), 200);
    }

    #[rstest]
    #[case("access_denied", Kind::SaysNo)]
    #[case("temporarily_unavailable", Kind::Away)]
    #[case("invalid_grant", Kind::Answer)]
    #[case("invalid_client", Kind::SetUp)]
    #[case("invalid_scope", Kind::SetUp)]
    #[case("something_new", Kind::SetUp)]
    fn a_refusal_says_whose_it_is(#[case] error: &str, #[case] kind: Kind) {
        let wrong = Wrong::Refused { at: Part::Answer, error: Said::of(error), description: Said::default() };
        assert_eq!(wrong.kind(), kind);
    }

    fn refused(at: Part, error: &str) -> Wrong {
        Wrong::Refused { at, error: Said::of(error), description: Said::of("Dial 9999") }
    }

    #[rstest]
    #[case(refused(Part::Answer, "access_denied"), true)]
    #[case(refused(Part::Answer, "server_error"), true)]
    #[case(refused(Part::Answer, "something_new"), true)]
    #[case(Wrong::OtherIssuer(Part::Answer, Said::of("https://evil.example")), true)]
    #[case(Wrong::Missing(Part::Answer, "code"), true)]
    #[case(Wrong::Repeated, true)]
    #[case(refused(Part::TokenAnswer, "invalid_grant"), true)]
    #[case(refused(Part::TokenAnswer, "invalid_request"), true)]
    #[case(Wrong::Status(Part::TokenAnswer, 400), true)]
    #[case(Wrong::Nonce, true)]
    #[case(Wrong::MaxAge, true)]
    #[case(refused(Part::TokenAnswer, "invalid_client"), false)]
    #[case(refused(Part::TokenAnswer, "temporarily_unavailable"), false)]
    #[case(Wrong::Status(Part::TokenAnswer, 401), false)]
    #[case(Wrong::Status(Part::TokenAnswer, 429), false)]
    #[case(Wrong::Status(Part::TokenAnswer, 502), false)]
    #[case(Wrong::Status(Part::Metadata, 404), false)]
    #[case(Wrong::OtherIssuer(Part::Metadata, Said::of("https://old.example")), false)]
    #[case(Wrong::OtherIssuer(Part::IdToken, Said::of("https://old.example")), false)]
    #[case(Wrong::Missing(Part::TokenAnswer, "id_token"), false)]
    #[case(Wrong::Audience(Part::IdToken), false)]
    #[case(Wrong::UnknownKey(Part::IdToken, Said::of("k")), false)]
    #[case(Wrong::Signature(Part::IdToken), false)]
    #[case(Wrong::Expired(Part::IdToken, 61), false)]
    #[case(Wrong::NoKeys, false)]
    fn what_a_browser_can_bring_about_says_nothing_of_the_provider(#[case] wrong: Wrong, #[case] brought: bool) {
        assert_eq!(wrong.may_be_brought(), brought, "{wrong}");
    }

    proptest! {
        #[test]
        fn no_text_of_a_stranger_is_more_than_one_short_line(text in "(.|\\p{C}){0,400}") {
            let said = Said::of(&text);
            prop_assert!(said.as_str().chars().count() <= MOST_SAID);
            prop_assert!(!said.as_str().chars().any(char::is_control));
        }
    }
}
