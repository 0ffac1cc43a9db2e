//! "Why does this redirect not work": the registered address that is nearest to one that was refused, and where they differ.
//! For those who run this; whoever sent the request is told nothing of what is registered. Pure.

use oidc::redirect::RedirectUri;

/// What an address is to a client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Nearest {
    /// It is one of the client's.
    Registered(String),
    /// The client has none at all.
    Nothing,
    Near {
        uri: String,
        /// The first character, counted from 0, in which they differ.
        at: usize,
        why: String,
    },
}

/// Compares as the provider does: character by character, but for the port of a native client's loopback address.
pub fn nearest(asked: &str, registered: &[String], native: bool) -> Nearest {
    let is = |uri: &&String| RedirectUri::register(uri, native).is_ok_and(|known| known.is(asked, native));
    if let Some(uri) = registered.iter().find(is) {
        return Nearest::Registered(uri.clone());
    }
    let Some(uri) = registered.iter().max_by_key(|uri| likeness(asked, uri)) else { return Nearest::Nothing };
    let at = asked.chars().zip(uri.chars()).take_while(|(a, b)| a == b).count();
    Nearest::Near { uri: uri.clone(), at, why: why(asked, uri) }
}

/// How much of both is the same at the beginning and at the end.
fn likeness(a: &str, b: &str) -> usize {
    let lower = |text: &str| text.to_ascii_lowercase();
    let (a, b) = (lower(a), lower(b));
    let front = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
    let back = a.chars().rev().zip(b.chars().rev()).take_while(|(a, b)| a == b).count();
    front + back
}

struct Parts<'a> {
    scheme: &'a str,
    host: &'a str,
    port: Option<&'a str>,
    path: &'a str,
    query: Option<&'a str>,
    fragment: Option<&'a str>,
}

impl Parts<'_> {
    fn of(uri: &str) -> Parts<'_> {
        let (uri, fragment) = split(uri, '#');
        let (uri, query) = split(uri, '?');
        let (scheme, rest) = uri.split_once("://").unwrap_or(("", uri));
        let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let port = authority.rsplit_once(':').filter(|(_, port)| port.bytes().all(|byte| byte.is_ascii_digit()));
        let (host, port) = port.map_or((authority, None), |(host, port)| (host, Some(port)));
        Parts { scheme, host, port, path, query, fragment }
    }
}

fn split(text: &str, mark: char) -> (&str, Option<&str>) {
    text.split_once(mark).map_or((text, None), |(before, after)| (before, Some(after)))
}

/// The first thing an engineer would want to hear.
fn why(asked: &str, registered: &str) -> String {
    if asked.trim() == registered {
        return "there is a space around it".into();
    }
    if asked.eq_ignore_ascii_case(registered) {
        return "capital and small letters differ".into();
    }
    if oidc::params::decoded(asked).is_ok_and(|decoded| decoded == registered) {
        return "it is percent-encoded once more than it should be".into();
    }
    let (a, b) = (Parts::of(asked), Parts::of(registered));
    let or_none = |part: Option<&str>| part.map_or("none".to_owned(), |part| format!("`{part}`"));
    if a.scheme != b.scheme {
        return format!("it begins with `{}`, and the registered one with `{}`", a.scheme, b.scheme);
    }
    if a.host != b.host {
        let names = [a.host, b.host].map(|host| ["localhost", "127.0.0.1", "[::1]"].contains(&host));
        let more = if names == [true, true] { "; both are this machine, and they are compared as texts" } else { "" };
        return format!("the host is `{}`, and the registered one `{}`{more}", a.host, b.host);
    }
    if a.port != b.port {
        let more = match a.port.or(b.port) {
            Some("443" | "80") => "; a port that goes without saying is not left out by itself",
            _ => "",
        };
        return format!("the port is {}, and the registered one {}{more}", or_none(a.port), or_none(b.port));
    }
    if a.path.trim_end_matches('/') == b.path.trim_end_matches('/') && a.path != b.path {
        return match a.path.len() > b.path.len() {
            true => "it ends with a `/`, and the registered one does not".into(),
            false => "the registered one ends with a `/`, and it does not".into(),
        };
    }
    if a.path != b.path {
        return format!("the path is `{}`, and the registered one `{}`", a.path, b.path);
    }
    if a.query != b.query {
        return format!(
            "what stands behind `?` is {}, and in the registered one {}",
            or_none(a.query),
            or_none(b.query)
        );
    }
    match a.fragment {
        Some(fragment) => format!("it has a fragment, `#{fragment}`, and no redirect URI may"),
        None => "they differ".into(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    const REGISTERED: [&str; 2] = ["https://beds.example/callback", "http://localhost:3000/cb"];

    fn near(asked: &str) -> Nearest {
        nearest(asked, &REGISTERED.map(str::to_owned), false)
    }

    #[rstest]
    #[case("https://beds.example/callback/", "it ends with a `/`, and the registered one does not")]
    #[case("https://beds.example/Callback", "capital and small letters differ")]
    #[case("https://beds.example/callback ", "there is a space around it")]
    #[case("http://beds.example/callback", "it begins with `http`, and the registered one with `https`")]
    #[case(
        "https://www.beds.example/callback",
        "the host is `www.beds.example`, and the registered one `beds.example`"
    )]
    #[case("https://beds.example:443/callback", "the port is `443`, and the registered one none; a port that goes")]
    #[case("http://127.0.0.1:3000/cb", "both are this machine")]
    #[case("http://localhost:3001/cb", "the port is `3001`, and the registered one `3000`")]
    #[case("https://beds.example/auth/callback", "the path is `/auth/callback`, and the registered one `/callback`")]
    #[case("https://beds.example/callback?x=1", "what stands behind `?` is `x=1`, and in the registered one none")]
    #[case("https://beds.example/callback#x", "it has a fragment, `#x`, and no redirect URI may")]
    #[case("https%3A%2F%2Fbeds.example%2Fcallback", "percent-encoded once more")]
    #[case("", "it begins with ``")]
    fn what_is_wrong_with_an_address_is_told(#[case] asked: &str, #[case] expected: &str) {
        let Nearest::Near { why, .. } = near(asked) else { panic!("{asked} is registered") };
        assert!(why.contains(expected), "{asked}: {why}");
    }

    #[test]
    fn the_place_of_the_difference_is_pointed_at() {
        let Nearest::Near { uri, at, .. } = near("https://beds.example/kallback") else { panic!() };
        assert_eq!((uri.as_str(), at), ("https://beds.example/callback", "https://beds.example/".len()));
        assert_eq!(nearest("https://x/", &[], false), Nearest::Nothing);
        assert_eq!(near("http://localhost:3000/cb"), Nearest::Registered("http://localhost:3000/cb".into()));
        let native = nearest("http://127.0.0.1:5/cb", &["http://127.0.0.1/cb".into()], true);
        assert_eq!(native, Nearest::Registered("http://127.0.0.1/cb".into()));
    }

    proptest! {
        #[test]
        fn it_never_calls_registered_what_the_provider_refuses(asked in "https?://(beds\\.example|localhost:3000)[ -~]{0,12}") {
            let known = REGISTERED.contains(&asked.as_str());
            prop_assert_eq!(matches!(near(&asked), Nearest::Registered(_)), known);
        }
    }
}
