//! Redirect URIs: where codes go, so the one comparison that must not be clever.
//!
//! A URI that is asked for is one that is registered, character by character. One thing may differ, and only for a native
//! client whose registered URI is `http` on a loopback *address*: the port (RFC 8252 section 7.3), which such a program
//! gets from its system when it starts. Nothing is decoded, normalized, or compared without regard to case.

use std::net::Ipv6Addr;

use thiserror::Error;

const MAX_LENGTH: usize = 1024;
/// With these, the port may vary. `localhost` is a name that somebody else may answer for (RFC 8252 section 8.3).
const LOOPBACK: [&str; 2] = ["http://127.0.0.1", "http://[::1]"];

#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum BadUri {
    #[error("a URI is absolute, without a fragment, spaces or characters beyond ASCII, and at most 1024 long")]
    Shape,
    #[error("a URI begins with https://; http:// is for this machine only (127.0.0.1, [::1], localhost)")]
    Scheme,
    #[error("a URI with a scheme of its own has a dot in that scheme, and is for native clients only")]
    Private,
    #[error("a URI names no user")]
    User,
}

/// A registered URI.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RedirectUri(String);

impl RedirectUri {
    /// Accepts a URI into a registration.
    ///
    /// # Errors
    /// [`BadUri`], in words for whoever registers a product.
    pub fn register(text: &str, native: bool) -> Result<RedirectUri, BadUri> {
        let plain = |byte: u8| byte.is_ascii_graphic() && !b"#\\\"<>^`{|}*".contains(&byte);
        if text.is_empty() || text.len() > MAX_LENGTH || !text.bytes().all(plain) {
            return Err(BadUri::Shape);
        }
        let (scheme, rest) = text.split_once(':').ok_or(BadUri::Shape)?;
        let web = rest.strip_prefix("//");
        match (scheme, web) {
            ("https" | "http", Some(rest)) => {
                let authority = rest.split(['/', '?']).next().unwrap_or_default();
                if authority.contains('@') {
                    return Err(BadUri::User);
                }
                match (scheme, host(authority).ok_or(BadUri::Shape)?) {
                    ("https", _) | ("http", "127.0.0.1" | "::1" | "localhost") => Ok(RedirectUri(text.to_owned())),
                    _ => Err(BadUri::Scheme),
                }
            }
            ("https" | "http", None) => Err(BadUri::Shape),
            // RFC 8252 section 7.1: a reversed domain name, so that two programs do not claim one scheme.
            (private, _) if native && is_reversed_domain(private) => Ok(RedirectUri(text.to_owned())),
            _ => Err(BadUri::Private),
        }
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether `asked` is this URI.
    #[must_use]
    pub fn is(&self, asked: &str, native: bool) -> bool {
        self.0 == asked || (native && loopback(&self.0).is_some_and(|own| loopback(asked) == Some(own)))
    }

    /// Whether its owner cannot be told apart from another program on the same machine.
    #[must_use]
    pub fn is_shared_ground(&self) -> bool {
        !self.0.starts_with("https://")
    }
}

/// The host of `host` or `host:port`; `None` for what is neither. It goes into headers, so nothing else may stand there.
fn host(authority: &str) -> Option<&str> {
    let (host, behind) = match authority.strip_prefix('[') {
        Some(rest) => rest.split_once(']').filter(|(host, _)| host.parse::<Ipv6Addr>().is_ok())?,
        None => authority.split_at_checked(authority.find(':').unwrap_or(authority.len()))?,
    };
    let named = |byte: u8| byte.is_ascii_alphanumeric() || b"-._:".contains(&byte);
    let port = behind.is_empty() || behind.strip_prefix(':').is_some_and(|port| port.parse::<u16>().is_ok());
    (!host.is_empty() && host.bytes().all(named) && port).then_some(host)
}

fn is_reversed_domain(scheme: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b".-+".contains(&byte);
    scheme.contains('.') && scheme.bytes().all(allowed) && scheme.starts_with(|first: char| first.is_ascii_lowercase())
}

/// A loopback URI as (address, everything behind the port).
fn loopback(uri: &str) -> Option<(&'static str, &str)> {
    let address = LOOPBACK.into_iter().find(|address| uri.starts_with(*address))?;
    let behind = uri.strip_prefix(address)?;
    let behind = match behind.strip_prefix(':') {
        None => behind,
        Some(rest) => {
            let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            let (port, behind) = rest.split_at_checked(digits)?;
            let number: u16 = port.parse().ok()?;
            // One text for one number, or two programs would read two ports.
            if number == 0 || number.to_string() != port {
                return None;
            }
            behind
        }
    };
    // `127.0.0.1.evil.example` and `127.0.0.1@evil.example` begin with the address, too.
    (behind.is_empty() || behind.starts_with(['/', '?'])).then_some((address, behind))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    fn uri(text: &str) -> RedirectUri {
        RedirectUri::register(text, true).unwrap()
    }

    #[rstest]
    #[case("https://bed.example/callback/")]
    #[case("https://bed.example/callback?x=1")]
    #[case("https://bed.example/callback#x")]
    #[case("https://bed.example/Callback")]
    #[case("https://BED.example/callback")]
    #[case("HTTPS://bed.example/callback")]
    #[case("https://bed.example:443/callback")]
    #[case("https://bed.example/%63allback")]
    #[case("https://bed.example/a/../callback")]
    #[case("https://bed.example//callback")]
    #[case("https://bed.example/callback ")]
    #[case("https://bed.example.evil.example/callback")]
    #[case("https://bed.example@evil.example/callback")]
    #[case("https://evil.example/https://bed.example/callback")]
    #[case("https://bed.example\\@evil.example/callback")]
    #[case("http://bed.example/callback")]
    #[case("//bed.example/callback")]
    #[case("javascript:alert(1)")]
    #[case("")]
    fn what_only_looks_like_a_registered_uri_is_none(#[case] asked: &str) {
        let registered = uri("https://bed.example/callback");
        assert!(registered.is("https://bed.example/callback", false));
        assert!(!registered.is(asked, false) && !registered.is(asked, true), "{asked}");
    }

    #[rstest]
    #[case("http://127.0.0.1:9999/callback", true)]
    #[case("http://127.0.0.1/callback", true)]
    #[case("http://127.0.0.1:0/callback", false)]
    #[case("http://127.0.0.1:099/callback", false)]
    #[case("http://127.0.0.1:99999/callback", false)]
    #[case("http://127.0.0.1:/callback", false)]
    #[case("http://127.0.0.1:80@evil.example/callback", false)]
    #[case("http://127.0.0.1.evil.example/callback", false)]
    #[case("http://127.0.0.1:9999/callback/x", false)]
    #[case("http://127.0.0.1:9999/callbac", false)]
    #[case("http://[::1]:9999/callback", false)]
    #[case("http://localhost:9999/callback", false)]
    #[case("https://127.0.0.1:9999/callback", false)]
    fn the_port_of_a_native_clients_loopback_address_may_vary_and_nothing_else(#[case] asked: &str, #[case] is: bool) {
        let registered = uri("http://127.0.0.1:1234/callback");
        assert_eq!(registered.is(asked, true), is, "{asked}");
        assert!(!registered.is(asked, false), "only a native client's port varies");
    }

    #[test]
    fn a_name_for_this_machine_is_compared_like_any_other() {
        assert!(!uri("http://localhost:1/cb").is("http://localhost:2/cb", true));
    }

    #[rstest]
    #[case("https://bed.example/cb", Ok(()))]
    #[case("https://bed.example", Ok(()))]
    #[case("http://127.0.0.1:9999/cb", Ok(()))]
    #[case("http://localhost:9100/cb", Ok(()))]
    #[case("http://[::1]/cb", Ok(()))]
    #[case("com.example.bed:/cb", Ok(()))]
    #[case("http://bed.example/cb", Err(BadUri::Scheme))]
    #[case("http://127.0.0.1.evil.example/cb", Err(BadUri::Scheme))]
    #[case("https://user@bed.example/cb", Err(BadUri::User))]
    #[case("https://bed.example/cb#f", Err(BadUri::Shape))]
    #[case("https://bed.example/*", Err(BadUri::Shape))]
    #[case("https://bed.example/a b", Err(BadUri::Shape))]
    #[case("https:///cb", Err(BadUri::Shape))]
    #[case("https://bed.example:8443/cb", Ok(()))]
    #[case("https://[2001:db8::1]:8443/cb", Ok(()))]
    #[case("https://bed.example:/cb", Err(BadUri::Shape))]
    #[case("https://bed.example:99999/cb", Err(BadUri::Shape))]
    #[case("https://bed.example;x/cb", Err(BadUri::Shape))]
    #[case("https://bed.example,evil.example/cb", Err(BadUri::Shape))]
    #[case("https://'self'/cb", Err(BadUri::Shape))]
    #[case("https://[::1/cb", Err(BadUri::Shape))]
    #[case("https://[bed.example]/cb", Err(BadUri::Shape))]
    #[case("https://[::1]x/cb", Err(BadUri::Shape))]
    #[case("https:bed.example", Err(BadUri::Shape))]
    #[case("bed.example/cb", Err(BadUri::Shape))]
    #[case("javascript:alert(1)", Err(BadUri::Private))]
    #[case("bed:/cb", Err(BadUri::Private))]
    fn what_may_be_registered(#[case] text: &str, #[case] expected: Result<(), BadUri>) {
        assert_eq!(RedirectUri::register(text, true).map(drop), expected, "{text}");
        if !text.starts_with("http") {
            assert!(RedirectUri::register(text, false).is_err());
        }
    }

    proptest! {
        #[test]
        fn nothing_but_the_uri_itself_is_the_uri(asked in "https://bed\\.example[ -~]{0,12}") {
            let registered = uri("https://bed.example/cb");
            prop_assert_eq!(registered.is(&asked, true), asked == "https://bed.example/cb");
        }

        #[test]
        fn a_changed_character_is_another_uri(at in 0_usize..30, to in "[ -~]") {
            let registered = uri("http://127.0.0.1:8080/callback");
            let mut asked = registered.as_str().to_owned();
            let at = at % asked.len();
            asked.replace_range(at..=at, &to);
            prop_assert_eq!(registered.is(&asked, false), asked == registered.as_str());
            // With a native client, what differs is a port and still one that a program can listen on.
            if registered.is(&asked, true) {
                let port = asked.strip_prefix("http://127.0.0.1:").and_then(|rest| rest.strip_suffix("/callback")).unwrap();
                prop_assert!(port.parse::<u16>().is_ok());
            }
        }
    }
}
