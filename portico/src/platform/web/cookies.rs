//! The cookies, by name and purpose. None holds a secret of the server or a word about the person in clear.

use std::collections::HashMap;
use std::time::Duration;

use axum::http::{HeaderMap, HeaderValue, header};

/// What a cookie is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cookie {
    /// Binds sign-ins to this browser, and is what a recognized browser is recognized by. 256 random bits.
    Browser,
    /// The session. 256 bits.
    Session,
    /// The identifier to fill in next time, sealed.
    Remembered,
    /// What the sign-in begun here last was about, sealed: its pages may be opened again when its row is long gone.
    SignIn,
    /// The token of the recovery link that was opened here.
    Recovery,
    /// The token of the notice that was opened here.
    Notice,
    /// The token of the invitation that was opened here.
    Invitation,
    /// The token of the mail to a second mailbox that was opened here.
    Mailbox,
    /// The language in which pages speak here, where the person has chosen one or a product has asked for it.
    Language,
}

/// How this deployment names and protects its cookies.
#[derive(Clone, Debug)]
pub struct CookieJarStyle {
    prefix: String,
    secure: bool,
}

impl CookieJarStyle {
    /// With https: `__Host-portico-…; Secure`. On loopback's plain http: named by port, because ports share cookies.
    pub fn new(public_url: &str) -> CookieJarStyle {
        match public_url.strip_prefix("http://") {
            None => CookieJarStyle { prefix: "__Host-portico-".into(), secure: true },
            Some(authority) => {
                let port = authority.rsplit_once(':').map_or("80", |(_, port)| port);
                CookieJarStyle { prefix: format!("portico-{port}-"), secure: false }
            }
        }
    }

    pub fn name(&self, cookie: Cookie) -> String {
        let purpose = match cookie {
            Cookie::Browser => "browser",
            Cookie::Session => "session",
            Cookie::Remembered => "remembered",
            Cookie::SignIn => "sign-in",
            Cookie::Recovery => "recovery",
            Cookie::Notice => "notice",
            Cookie::Invitation => "invitation",
            Cookie::Mailbox => "mailbox",
            Cookie::Language => "language",
        };
        format!("{}{purpose}", self.prefix)
    }

    /// A `Set-Cookie` value; without `lives` the cookie ends with the browser's session.
    pub fn set(&self, cookie: Cookie, value: &str, lives: Option<Duration>) -> HeaderValue {
        let secure = if self.secure { "; Secure" } else { "" };
        let age = lives.map_or(String::new(), |lives| format!("; Max-Age={}", lives.as_secs()));
        let text = format!("{}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{age}", self.name(cookie));
        // Values are base64url, so this cannot fail; an empty header sets nothing.
        HeaderValue::from_str(&text).unwrap_or_else(|_| HeaderValue::from_static(""))
    }

    pub fn clear(&self, cookie: Cookie) -> HeaderValue {
        self.set(cookie, "", Some(Duration::ZERO))
    }

    /// The cookies of a request that are ours. A name that comes twice counts as absent: somebody planted one.
    pub fn read(&self, headers: &HeaderMap) -> HashMap<String, String> {
        let mut ours: HashMap<String, Option<String>> = HashMap::new();
        let pairs = headers.get_all(header::COOKIE).into_iter().filter_map(|value| value.to_str().ok());
        for (name, value) in pairs.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('=')) {
            if name.starts_with(&self.prefix) {
                ours.entry(name.to_owned()).and_modify(|seen| *seen = None).or_insert_with(|| Some(value.to_owned()));
            }
        }
        ours.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn https_cookies_are_host_bound_and_secure() {
        let style = CookieJarStyle::new("https://login.example");
        let set = style.set(Cookie::Session, "abc", None);
        assert_eq!(set, "__Host-portico-session=abc; Path=/; HttpOnly; SameSite=Lax; Secure");
    }

    #[test]
    fn loopback_cookies_are_named_by_port() {
        let style = CookieJarStyle::new("http://127.0.0.1:8080");
        assert_eq!(style.name(Cookie::Browser), "portico-8080-browser");
    }

    #[test]
    fn a_cookie_that_comes_twice_counts_as_absent() {
        let style = CookieJarStyle::new("http://127.0.0.1:8080");
        let mut headers = HeaderMap::new();
        headers.append(header::COOKIE, HeaderValue::from_static("portico-8080-session=a; other=b"));
        assert_eq!(style.read(&headers).len(), 1);
        headers.append(header::COOKIE, HeaderValue::from_static("portico-8080-session=c"));
        assert!(style.read(&headers).is_empty());
    }
}
