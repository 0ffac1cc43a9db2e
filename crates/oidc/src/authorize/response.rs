//! The way back to the client: always with `iss`, so that a client of several servers knows who answers (RFC 9207).

use crate::error::Refusal;
use crate::params::encoded;

/// The redirect that carries a code.
#[must_use]
pub fn code_redirect(redirect_uri: &str, issuer: &str, state: Option<&str>, code: &str) -> String {
    with_query(redirect_uri, &[("code", Some(code)), ("state", state), ("iss", Some(issuer))])
}

/// The redirect that carries a refusal. Only ever to a verified URI; see [`super::Refused`].
#[must_use]
pub fn error_redirect(redirect_uri: &str, issuer: &str, state: Option<&str>, refusal: Refusal) -> String {
    let error = [("error", Some(refusal.code.name())), ("error_description", Some(refusal.description))];
    let rest = [("state", state), ("iss", Some(issuer))];
    with_query(redirect_uri, &[error, rest].concat())
}

/// A registered URI has no fragment, and may have a query of its own, which is kept (RFC 6749 section 3.1.2).
pub(crate) fn with_query(uri: &str, pairs: &[(&str, Option<&str>)]) -> String {
    let mut out = uri.to_owned();
    let mut next = match uri.split_once('?') {
        None => '?',
        Some((_, query)) if query.is_empty() || query.ends_with('&') => '\0',
        Some(_) => '&',
    };
    for (name, value) in pairs {
        let Some(value) = value else { continue };
        if next != '\0' {
            out.push(next);
        }
        out.push_str(&format!("{name}={}", encoded(value)));
        next = '&';
    }
    out
}
