//! Access tokens as they are presented (RFC 6750, RFC 9449 section 7), and how a refusal is told.

use crate::error::{ErrorCode, Refusal};
use crate::params::Params;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    Bearer,
    Dpop,
}

/// A token and how it came. A token bound to a key is worth nothing as a bearer's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Presented<'a> {
    pub scheme: Scheme,
    pub token: &'a str,
}

/// Reads the header, or the form of a POST. Never a query: addresses are logged (RFC 9700 section 4.3.2).
///
/// # Errors
/// When there are two; `Ok(None)` when there is none, which is answered without an error code.
pub fn presented<'a>(
    authorization: Option<&'a str>,
    form: Option<&'a Params>,
) -> Result<Option<Presented<'a>>, Refusal> {
    let posted = form.and_then(|form| form.get("access_token"));
    match (authorization, posted) {
        (Some(_), Some(_)) => Err(Refusal::invalid("the access token is sent in one way")),
        (None, Some(token)) => Ok(Some(Presented { scheme: Scheme::Bearer, token })),
        (None, None) => Ok(None),
        (Some(header), None) => {
            let (scheme, token) = header.split_once(' ').unwrap_or((header, ""));
            let scheme = match scheme {
                scheme if scheme.eq_ignore_ascii_case("Bearer") => Scheme::Bearer,
                scheme if scheme.eq_ignore_ascii_case("DPoP") => Scheme::Dpop,
                _ => return Ok(None),
            };
            Ok(Some(Presented { scheme, token: token.trim() }))
        }
    }
}

/// The value of `WWW-Authenticate`.
#[must_use]
pub fn challenge(scheme: Scheme, refusal: Option<Refusal>) -> String {
    let (name, algorithms) = match scheme {
        Scheme::Bearer => ("Bearer", ""),
        Scheme::Dpop => ("DPoP", ", algs=\"ES256 Ed25519 EdDSA PS256 RS256\""),
    };
    match refusal {
        None => format!("{name} realm=\"userinfo\"{algorithms}"),
        Some(Refusal { code, description }) => {
            format!("{name} error=\"{}\", error_description=\"{description}\"{algorithms}", code.name())
        }
    }
}

/// The one refusal of a token that is not good, whyever.
pub const INVALID_TOKEN: Refusal =
    Refusal::new(ErrorCode::InvalidToken, "the access token is expired, revoked, or none of this server");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_comes_in_the_header_or_in_the_form_and_not_in_both() {
        let form = Params::parse("access_token=t").unwrap();
        let bearer = Some(Presented { scheme: Scheme::Bearer, token: "t" });
        assert_eq!(presented(Some("bearer t"), None).unwrap(), bearer);
        assert_eq!(presented(None, Some(&form)).unwrap(), bearer);
        assert_eq!(presented(Some("DPoP t"), None).unwrap(), Some(Presented { scheme: Scheme::Dpop, token: "t" }));
        assert_eq!(presented(Some("Basic t"), None).unwrap(), None);
        assert_eq!(presented(None, None).unwrap(), None);
        assert!(presented(Some("Bearer t"), Some(&form)).is_err());
    }

    #[test]
    fn a_refusal_is_told_in_the_header() {
        assert!(challenge(Scheme::Bearer, Some(INVALID_TOKEN)).starts_with("Bearer error=\"invalid_token\", "));
        assert!(challenge(Scheme::Dpop, None).starts_with("DPoP realm="));
    }
}
