//! The mail server's address in the configuration.
//!
//! | address | protection |
//! | --- | --- |
//! | `smtps://host` (465) | TLS from the first byte |
//! | `smtp://host?tls=required` (587) | STARTTLS, or no mail |
//! | `smtp://127.0.0.1:1025` | none: the same machine only |
//!
//! `user:password@` in front of the host signs in; both percent-encoded.

use std::net::IpAddr;

use data_encoding::HEXLOWER_PERMISSIVE;
use secrecy::{ExposeSecret, SecretString};
use thiserror::Error;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protection {
    None,
    StartTls,
    Tls,
}

#[derive(Clone, Debug)]
pub struct SmtpUrl {
    pub host: String,
    pub port: u16,
    pub protection: Protection,
    user: Option<(String, SecretString)>,
}

/// None of these texts repeats the address: a password may be in it.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum BadUrl {
    #[error("the mail server's address must look like smtps://user:password@host or smtp://host:587?tls=required")]
    Shape,
    #[error("mail to another machine needs TLS: write smtps://… or add ?tls=required")]
    Unprotected,
    #[error("the only option of the mail server's address is tls=required")]
    Option,
    #[error("user name and password of the mail server come together, percent-encoded")]
    Credentials,
    #[error("no protected connection to the mail server can be made: {0}")]
    Tls(String),
}

impl SmtpUrl {
    /// # Errors
    /// A [`BadUrl`] that says what to write instead.
    pub fn parse(text: &str) -> Result<SmtpUrl, BadUrl> {
        let uri: http::Uri = text.parse().map_err(|_| BadUrl::Shape)?;
        let authority = uri.authority().ok_or(BadUrl::Shape)?;
        let starttls = match uri.query() {
            None => false,
            Some("tls=required") => true,
            Some(_) => return Err(BadUrl::Option),
        };
        let (protection, usual_port) = match (uri.scheme_str(), starttls) {
            (Some("smtps"), false) => (Protection::Tls, 465),
            (Some("smtps"), true) => return Err(BadUrl::Option),
            (Some("smtp"), true) => (Protection::StartTls, 587),
            (Some("smtp"), false) => (Protection::None, 25),
            _ => return Err(BadUrl::Shape),
        };
        let host = bare(authority.host());
        if host.is_empty() || !matches!(uri.path(), "" | "/") {
            return Err(BadUrl::Shape);
        }
        if protection == Protection::None && !is_loopback(host) {
            return Err(BadUrl::Unprotected);
        }
        Ok(SmtpUrl {
            host: host.to_owned(),
            port: authority.port_u16().unwrap_or(usual_port),
            protection,
            user: user(authority.as_str())?,
        })
    }

    /// User name and password, in clear, for the one place that sends them.
    pub(super) fn credentials(&self) -> Option<(String, String)> {
        let (user, password) = self.user.as_ref()?;
        Some((user.clone(), password.expose_secret().to_owned()))
    }
}

/// An IPv6 address without its brackets.
fn bare(host: &str) -> &str {
    host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(host)
}

fn is_loopback(host: &str) -> bool {
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

fn user(authority: &str) -> Result<Option<(String, SecretString)>, BadUrl> {
    let Some((user, _)) = authority.rsplit_once('@') else {
        return Ok(None);
    };
    let (name, password) = user.split_once(':').ok_or(BadUrl::Credentials)?;
    let name = decode(name).ok_or(BadUrl::Credentials)?;
    let password = decode(password).ok_or(BadUrl::Credentials)?;
    Ok(Some((name, SecretString::from(password))))
}

/// Percent-decodes; None when that is not possible, or gives nothing.
fn decode(text: &str) -> Option<String> {
    let mut parts = text.split('%');
    let mut bytes = parts.next()?.as_bytes().to_vec();
    for part in parts {
        let (digits, rest) = part.split_at_checked(2)?;
        bytes.extend(HEXLOWER_PERMISSIVE.decode(digits.as_bytes()).ok()?);
        bytes.extend(rest.as_bytes());
    }
    String::from_utf8(bytes).ok().filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("smtps://mail.example.org", "mail.example.org", 465, Protection::Tls)]
    #[case("smtps://mail.example.org:10465/", "mail.example.org", 10_465, Protection::Tls)]
    #[case("smtp://mail.example.org?tls=required", "mail.example.org", 587, Protection::StartTls)]
    #[case("smtp://localhost?tls=required", "localhost", 587, Protection::StartTls)]
    #[case("smtp://127.0.0.1:1025", "127.0.0.1", 1_025, Protection::None)]
    #[case("smtp://[::1]:1025", "::1", 1_025, Protection::None)]
    fn an_address_names_host_port_and_protection(
        #[case] text: &str,
        #[case] host: &str,
        #[case] port: u16,
        #[case] protection: Protection,
    ) {
        let url = SmtpUrl::parse(text).unwrap();
        assert_eq!((url.host.as_str(), url.port), (host, port));
        assert_eq!(url.protection, protection);
        assert_eq!(url.credentials(), None);
    }

    #[rstest]
    #[case("smtp://mail.example.org", BadUrl::Unprotected)]
    #[case("smtp://localhost.example.org", BadUrl::Unprotected)]
    #[case("smtp://128.0.0.1", BadUrl::Unprotected)]
    #[case("smtp://mail.example.org?tls=opportunistic", BadUrl::Option)]
    #[case("smtps://mail.example.org?tls=required", BadUrl::Option)]
    #[case("http://mail.example.org", BadUrl::Shape)]
    #[case("mail.example.org:25", BadUrl::Shape)]
    #[case("smtps://mail.example.org/inbox", BadUrl::Shape)]
    #[case("smtps://robot@mail.example.org", BadUrl::Credentials)]
    #[case("smtps://robot:%4@mail.example.org", BadUrl::Credentials)]
    fn a_wrong_address_says_what_is_wrong(#[case] text: &str, #[case] why: BadUrl) {
        assert_eq!(SmtpUrl::parse(text).unwrap_err(), why);
    }

    #[test]
    fn credentials_are_decoded_and_never_printed() {
        let url = SmtpUrl::parse("smtps://robot%40example.org:p%2Fw%3A1@mail.example.org").unwrap();
        let credentials = ("robot@example.org".to_owned(), "p/w:1".to_owned());
        assert_eq!(url.credentials(), Some(credentials));
        assert!(!format!("{url:?}").contains("p/w"));
    }
}
