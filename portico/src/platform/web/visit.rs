//! One request, as the handlers see it: who asks, from where, with which cookies.

use std::collections::HashMap;
use std::convert::Infallible;
use std::net::IpAddr;

use axum::extract::FromRequestParts;
use axum::http::{HeaderMap, HeaderValue, Method, header, request::Parts};
use secrecy::ExposeSecret;

use super::cookies::Cookie;
use super::{Page, address, seal, unseal};
use crate::app::App;
use crate::platform::hashes::sha256;
use crate::platform::i18n::{UNSAID, Words};

/// Longer addresses come back without what stands behind their `?`.
const LONGEST_ADDRESS: usize = 4_000;

/// What an address that comes back with a form is sealed for.
const HERE: &str = "here";

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
    /// The language that was chosen in this browser or that it says its person reads; `None` where nothing we speak was.
    pub reads: Option<&'static str>,
    /// The page that is asked for, to come back to.
    here: Option<String>,
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
        let read = language(app, &parts.headers, &cookies);
        let address = parts.uri.path_and_query().filter(|address| address.as_str().len() <= LONGEST_ADDRESS);
        let here = address.map_or_else(|| parts.uri.path(), |address| address.as_str());
        Ok(Visit {
            app: app.clone(),
            address: address::of(parts, &app.trusted_proxies),
            user_agent: text(&parts.headers, header::USER_AGENT).chars().take(200).collect(),
            reads: read.as_ref().map(Words::lang),
            words: read.unwrap_or_else(|| app.locales.words(UNSAID)),
            here: (parts.method == Method::GET).then(|| here.to_owned()),
            ahead: text(&parts.headers, SEC_PURPOSE).starts_with("prefetch"),
            reads_pages: text(&parts.headers, header::ACCEPT).contains("text/html"),
            cookies,
        })
    }
}

/// What was chosen in this browser comes before what it says of itself.
fn language(app: &App, headers: &HeaderMap, cookies: &HashMap<String, String>) -> Option<Words> {
    let chosen = cookies.get(&app.cookies.name(Cookie::Language)).cloned();
    let chosen = chosen.and_then(|language| app.locales.best(&[language]));
    chosen.or_else(|| app.locales.accepted(&text(headers, header::ACCEPT_LANGUAGE)))
}

/// What a request says of its language, kept for what answers without a [`Visit`], if anything does.
pub(super) fn said_of_language(headers: &HeaderMap) -> HeaderMap {
    let mut said = HeaderMap::new();
    for name in [header::COOKIE, header::ACCEPT_LANGUAGE] {
        for value in headers.get_all(&name) {
            said.append(&name, value.clone());
        }
    }
    said
}

/// The words of the language that a request asks for.
pub(super) fn words_for(app: &App, said: &HeaderMap) -> Words {
    let read = language(app, said, &app.cookies.read(said));
    read.unwrap_or_else(|| app.locales.words(UNSAID))
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
                (Visit { reads: Some(words.lang()), words, ..self }, Some(remembered))
            }
        }
    }

    /// In the language of the person who is signed in, where they have one.
    #[must_use]
    pub fn of_reader(self, language: Option<&str>) -> Visit {
        let theirs = language.and_then(|language| self.app.locales.best(&[language.to_owned()]));
        Visit { words: theirs.unwrap_or_else(|| self.words.clone()), ..self }
    }

    pub fn page(&self) -> Page {
        // Sealed: where a form leads is never an address that somebody else has written.
        let here = self.here.as_ref().map(|here| seal(&self.app.keys, HERE, here));
        Page::new(self.app.clone(), self.words.clone()).here(here)
    }

    /// The page on which a language was chosen: what [`Page::here`] had sealed.
    pub fn came_from(&self, sealed: &str) -> Option<String> {
        unseal(&self.app.keys, HERE, sealed)
    }
}
