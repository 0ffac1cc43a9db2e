//! A browser over real connections. Each step says whether it was answered; nothing is taken for granted.

use std::collections::BTreeMap;
use std::net::SocketAddr;

use scraper::Html;

use super::http::{Answer, Lost, exchange, request};
use super::{PUBLIC_URL, until};
use crate::support::{PAGES, html};

const BROWSER: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
const STEPS: usize = 12;

/// Clones are copies: what one of them learns, the other does not.
#[derive(Clone, Debug)]
pub struct Visitor {
    address: SocketAddr,
    cookies: BTreeMap<String, String>,
}

/// A page at the end of the way that led to it.
#[derive(Clone, Debug)]
pub struct Seen {
    pub path: String,
    pub answer: Answer,
}

impl Seen {
    pub fn text_of(&self, css: &str) -> Option<String> {
        html::first_text(&Html::parse_document(&self.answer.body), css)
    }

    pub fn heading(&self) -> String {
        self.text_of("h1").unwrap_or_default()
    }

    /// What is to be put right.
    pub fn problem(&self) -> String {
        self.text_of("#problem").unwrap_or_default()
    }

    /// Who is signed in, by the page's own words.
    pub fn who(&self) -> Option<String> {
        self.text_of("nav .who")
    }
}

impl Visitor {
    pub fn new(address: SocketAddr) -> Visitor {
        Visitor { address, cookies: BTreeMap::new() }
    }

    /// The same browser, sent to another node.
    pub fn at(&self, address: SocketAddr) -> Visitor {
        Visitor { address, ..self.clone() }
    }

    /// Loses the cookies whose names begin like this.
    pub fn forget(&mut self, name: &str) {
        self.cookies.retain(|cookie, _| !cookie.starts_with(name));
    }

    pub fn has_session(&self) -> bool {
        self.cookies.iter().any(|(name, value)| name.ends_with("-session") && !value.is_empty())
    }

    /// Goes to an address, and looks at the bare answer.
    pub async fn get_and_stay(&mut self, address: &str) -> Result<Answer, Lost> {
        let path = self.go_to(address);
        self.send(&self.asks("GET", &path, &[])).await
    }

    /// Goes to a path where it is, or to an address of this machine.
    pub async fn get(&mut self, address: &str) -> Result<Seen, Lost> {
        let path = self.go_to(address);
        let answer = self.send(&self.asks("GET", &path, &[])).await?;
        self.follow(&path, answer).await
    }

    /// Ports of one machine are different places with the same cookies.
    fn go_to(&mut self, address: &str) -> String {
        // A node of a deployment answers elsewhere than its public address says.
        let address = address.strip_prefix(PUBLIC_URL).unwrap_or(address);
        let Some(rest) = address.strip_prefix("http://") else { return address.to_owned() };
        let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
        self.address = authority.parse().unwrap();
        format!("/{path}")
    }

    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Result<Seen, Lost> {
        let answer = self.post_and_stay(path, fields).await?;
        self.follow(path, answer).await
    }

    /// Posts a form, and looks at the bare answer: with it, the deed is acknowledged.
    pub async fn post_and_stay(&mut self, path: &str, fields: &[(&str, &str)]) -> Result<Answer, Lost> {
        self.send(&self.asks("POST", path, fields)).await
    }

    pub async fn follow(&mut self, path: &str, mut answer: Answer) -> Result<Seen, Lost> {
        let mut path = path.to_owned();
        for _ in 0..STEPS {
            let next = answer.header("location").map(str::to_owned).or_else(|| html::leads_on(&answer.body));
            let Some(next) = next else { return Ok(Seen { path, answer }) };
            path = self.go_to(&next);
            answer = self.send(&self.asks("GET", &path, &[])).await?;
        }
        panic!("{path} leads in circles");
    }

    /// The text of a request of this browser.
    pub fn asks(&self, method: &str, path: &str, fields: &[(&str, &str)]) -> Vec<u8> {
        let cookies: Vec<_> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let cookies = cookies.join("; ");
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let mut headers = vec![("user-agent", BROWSER), ("accept", PAGES), ("sec-fetch-site", "same-origin")];
        if !cookies.is_empty() {
            headers.push(("cookie", &cookies));
        }
        if method == "POST" {
            headers.push(("content-type", "application/x-www-form-urlencoded"));
        }
        request(method, path, &headers, &body)
    }

    async fn send(&mut self, request: &[u8]) -> Result<Answer, Lost> {
        let answer = exchange(self.address, request).await?;
        for (_, line) in answer.headers.iter().filter(|(name, _)| name == "set-cookie") {
            let (name, value) = line.split(';').next().and_then(|pair| pair.split_once('=')).expect("a cookie");
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        Ok(answer)
    }

    /// Says who it is. The path of the sign-in that has begun.
    pub async fn name(&mut self, identifier: &str) -> Result<String, Lost> {
        let answer = self.post_and_stay("/sign-in", &[("identifier", identifier)]).await?;
        Ok(answer.header("location").unwrap_or_default().trim_end_matches("/password").to_owned())
    }

    pub async fn try_password(&mut self, sign_in: &str, password: &str) -> Result<Seen, Lost> {
        self.post(&format!("{sign_in}/password"), &[("password", password)]).await
    }

    pub async fn sign_in(&mut self, identifier: &str, password: &str) -> Result<Seen, Lost> {
        let sign_in = self.name(identifier).await?;
        self.try_password(&sign_in, password).await
    }

    /// Asks for a reset: the page that says to check one's mail.
    pub async fn ask_for_reset(&mut self, identifier: &str) -> Result<Seen, Lost> {
        self.post("/recover", &[("identifier", identifier), ("way", "email")]).await
    }

    /// Opens a mailed link and chooses a password.
    pub async fn use_link(&mut self, link: &str, password: &str) -> Result<Seen, Lost> {
        self.get(link).await?;
        self.post("/recover/new-password", &[("password", password), ("again", password)]).await
    }

    /// Looks at a page until its mail has come to a state.
    pub async fn until_mail_is(&mut self, page: &str, state: &str) -> Seen {
        let browser = self.clone();
        until(&format!("{page}: the mail is {state}"), async || {
            let seen = browser.clone().get(page).await.ok()?;
            seen.answer.body.contains(&format!("data-state=\"{state}\"")).then_some(seen)
        })
        .await
    }
}
