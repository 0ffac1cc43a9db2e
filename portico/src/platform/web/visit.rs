//! One request, as the handlers see it: who asks, from where, with which cookies.

use std::collections::HashMap;
use std::convert::Infallible;
use std::net::IpAddr;

use axum::extract::FromRequestParts;
use axum::http::{HeaderMap, HeaderValue, header, request::Parts};
use secrecy::ExposeSecret;

use super::Page;
use super::address;
use super::cookies::Cookie;
use crate::app::App;
use crate::platform::hashes::sha256;
use crate::platform::i18n::Words;

const SEC_PURPOSE: header::HeaderName = header::HeaderName::from_static("sec-purpose");

/// A browser that has shown its cookie.
#[derive(Clone, Debug)]
pub struct Browser {
    /// The cookie's value.
    pub secret: String,
    /// SHA-256 of it: all that is ever stored.
    pub hash: [u8; 32],
}

impl Browser {
    pub fn of(secret: String) -> Browser {
        Browser { hash: sha256(secret.as_bytes()), secret }
    }
}

#[derive(Clone)]
pub struct Visit {
    pub app: App,
    pub address: IpAddr,
    pub user_agent: String,
    pub words: Words,
    /// Whether a browser asks ahead of its person, who may never come.
    pub ahead: bool,
    /// Whether pages are asked for, as every browser's window does.
    pub(super) reads_pages: bool,
    cookies: HashMap<String, String>,
}

impl FromRequestParts<App> for Visit {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        let cookies = app.cookies.read(&parts.headers);
        let language = cookies.get(&app.cookies.name(Cookie::Language)).map_or("", String::as_str);
        Ok(Visit {
            app: app.clone(),
            address: address::of(parts, &app.trusted_proxies),
            user_agent: text(&parts.headers, header::USER_AGENT).chars().take(200).collect(),
            words: app.locales.words(language),
            ahead: text(&parts.headers, SEC_PURPOSE).starts_with("prefetch"),
            reads_pages: text(&parts.headers, header::ACCEPT).contains("text/html"),
            cookies,
        })
    }
}

fn text(headers: &HeaderMap, name: header::HeaderName) -> String {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
}

impl Visit {
    pub fn cookie(&self, cookie: Cookie) -> Option<&str> {
        let name = self.app.cookies.name(cookie);
        self.cookies.get(&name).map(String::as_str).filter(|value| !value.is_empty())
    }

    /// The browser, if it has shown a cookie of the right size.
    pub fn browser(&self) -> Option<Browser> {
        let secret = self.cookie(Cookie::Browser).filter(|value| value.len() == 43)?;
        Some(Browser::of(secret.to_owned()))
    }

    /// The browser, given a cookie now if it has none, with the header that gives it.
    pub fn browser_or_new(&self) -> (Browser, Option<HeaderValue>) {
        match self.browser() {
            Some(browser) => (browser, None),
            None => {
                let secret = self.app.entropy.token().expose_secret().to_owned();
                let header = self.app.cookies.set(Cookie::Browser, &secret, Some(super::BROWSER_COOKIE_LIVES));
                (Browser::of(secret), Some(header))
            }
        }
    }

    /// In the first of these languages that there is, from here on and as long as this browser is open; with the header that
    /// remembers it, where that is a change.
    pub fn speaking(self, wanted: &[String]) -> (Visit, Option<HeaderValue>) {
        match self.app.locales.best(wanted).filter(|words| words.lang() != self.words.lang()) {
            None => (self, None),
            Some(words) => {
                let remembered = self.app.cookies.set(Cookie::Language, words.lang(), None);
                (Visit { words, ..self }, Some(remembered))
            }
        }
    }

    pub fn page(&self) -> Page {
        Page::new(self.app.clone(), self.words.clone())
    }
}
