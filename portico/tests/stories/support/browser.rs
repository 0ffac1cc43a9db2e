//! A browser: cookies, history, an address, and no scripts.

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Method, Request, Response, header};
use tower::ServiceExt;

use super::app::TestApp;
use super::page::Page;
use super::world::PUBLIC_URL;
use portico::platform::clock::Time;

/// Clones are the same browser: other tabs, with the same cookies.
#[derive(Clone)]
pub struct Browser {
    node: TestApp,
    address: IpAddr,
    user_agent: String,
    /// What it says its person reads; empty for nothing.
    reads: String,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    cookies: BTreeMap<String, Kept>,
    history: Vec<Page>,
}

#[derive(Clone, Debug)]
struct Kept {
    value: String,
    until: Option<Time>,
}

/// A page that leads in circles is a failure, after this many steps.
const STEPS: usize = 12;
/// What a browser asks for when it goes somewhere.
pub const PAGES: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
const TYPE_OF_FORMS: &str = "application/x-www-form-urlencoded";

impl Browser {
    pub fn new(node: TestApp, address: IpAddr) -> Browser {
        let user_agent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0".to_owned();
        Browser { node, address, user_agent, reads: String::new(), state: Arc::default() }
    }

    pub fn at_address(mut self, address: &str) -> Browser {
        self.address = address.parse().unwrap();
        self
    }

    pub fn calling_itself(mut self, user_agent: &str) -> Browser {
        user_agent.clone_into(&mut self.user_agent);
        self
    }

    /// `Accept-Language`.
    pub fn reading(mut self, languages: &str) -> Browser {
        languages.clone_into(&mut self.reads);
        self
    }

    /// The same browser, sent to another node by the load balancer.
    pub fn on(&self, node: &TestApp) -> Browser {
        Browser { node: node.clone(), ..self.clone() }
    }

    /// Goes to an address, as if typed, and follows where it leads.
    pub async fn get(&self, path: &str) -> Page {
        let page = self.send(Method::GET, path, &HeaderMap::new(), "").await;
        self.arrive(page).await
    }

    /// Posts a form of our own pages, and follows where it leads.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        let page = self.post_and_stay(path, fields).await;
        self.arrive(page).await
    }

    /// Posts a form of my account as it would stand on a page that was shown to whoever is signed in here by now.
    pub async fn post_own(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        let shown = self.shown_now().await;
        self.post(path, &[fields, &[("shown", &shown)]].concat()).await
    }

    /// What pages that are shown now say of whom they are for.
    pub async fn shown_now(&self) -> String {
        let page = self.send(Method::GET, "/account", &HeaderMap::new(), "").await;
        page.attributes("[name=shown]", "value").into_iter().next().unwrap_or_default()
    }

    /// Posts a form, and looks at the bare answer.
    pub async fn post_and_stay(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        self.send(Method::POST, path, &form_headers(), body).await
    }

    /// One request with this browser's cookies, and its answer as it is: nothing is followed.
    pub async fn send(&self, method: Method, path: &str, headers: &HeaderMap, body: impl Into<Body>) -> Page {
        let mut request = Request::builder().method(method.clone()).uri(path);
        if let Some(cookies) = self.cookie_header() {
            request = request.header(header::COOKIE, cookies);
        }
        if !headers.contains_key(header::USER_AGENT) {
            request = request.header(header::USER_AGENT, &self.user_agent);
        }
        if !headers.contains_key(header::ACCEPT) {
            request = request.header(header::ACCEPT, PAGES);
        }
        if !self.reads.is_empty() && !headers.contains_key(header::ACCEPT_LANGUAGE) {
            request = request.header(header::ACCEPT_LANGUAGE, &self.reads);
        }
        let mut request = request.body(body.into()).unwrap_or_else(|error| panic!("{method} {path}: {error}"));
        request.headers_mut().extend(headers.clone());
        request.extensions_mut().insert(ConnectInfo(SocketAddr::from((self.address, 40_000))));
        let answer = self.node.router().oneshot(request).await.unwrap();
        self.page_of(path, answer).await
    }

    async fn page_of(&self, path: &str, answer: Response<Body>) -> Page {
        let (parts, body) = answer.into_parts();
        let bytes = axum::body::to_bytes(body, 4 << 20).await.unwrap();
        self.keep_cookies(&parts.headers);
        Page::new(self.clone(), path.to_owned(), parts.status, parts.headers, &bytes)
    }

    /// Follows redirects, and pages that lead on, within this deployment, and remembers the page it ends at.
    async fn arrive(&self, mut page: Page) -> Page {
        let mut way = vec![page.path().to_owned()];
        while let Some(next) = page.leads_to() {
            let Some(next) = within(&next) else { break };
            way.push(next.clone());
            assert!(way.len() < STEPS, "this goes in circles: {way:#?}");
            page = self.send(Method::GET, &next, &HeaderMap::new(), "").await;
        }
        page.set_way(way);
        self.state().history.push(page.clone());
        page
    }

    /// The page before this one as it was remembered, not asked for again: its form can be sent once more.
    pub fn back(&self) -> Page {
        let mut state = self.state();
        state.history.pop();
        state.history.last().cloned().expect("a page to go back to")
    }

    pub async fn reload(&self) -> Page {
        let shown = self.state().history.last().cloned().expect("a page to reload");
        self.get(shown.path()).await
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }

    fn cookie_header(&self) -> Option<String> {
        let now = self.node.clock().now();
        let state = self.state();
        let alive = state.cookies.iter().filter(|(_, kept)| kept.until.is_none_or(|until| now < until));
        let pairs: Vec<_> = alive.map(|(name, kept)| format!("{name}={}", kept.value)).collect();
        (!pairs.is_empty()).then(|| pairs.join("; "))
    }

    fn keep_cookies(&self, headers: &HeaderMap) {
        let now = self.node.clock().now();
        for line in headers.get_all(header::SET_COOKIE) {
            let line = line.to_str().unwrap();
            let mut parts = line.split("; ");
            let (name, value) = parts.next().and_then(|pair| pair.split_once('=')).expect("a cookie");
            let attributes: Vec<&str> = parts.collect();
            // What a real browser asks of a cookie whose name begins with __Host-, and what we ask of all of them.
            for wanted in ["Path=/", "HttpOnly", "Secure", "SameSite=Lax"] {
                assert!(attributes.contains(&wanted), "a cookie without {wanted}: {line}");
            }
            assert!(name.starts_with("__Host-portico-"), "{line}");
            let age = attributes.iter().find_map(|attribute| attribute.strip_prefix("Max-Age="));
            let until = age.map(|seconds| now + Duration::from_secs(seconds.parse().unwrap()));
            self.state().cookies.insert(name.to_owned(), Kept { value: value.to_owned(), until });
        }
    }

    /// The value of a cookie by its purpose: `browser`, `session`, `remembered`, `recovery`.
    pub fn cookie(&self, purpose: &str) -> Option<String> {
        let now = self.node.clock().now();
        let state = self.state();
        let kept = state.cookies.get(&format!("__Host-portico-{purpose}"))?;
        let alive = kept.until.is_none_or(|until| now < until) && !kept.value.is_empty();
        alive.then(|| kept.value.clone())
    }

    pub fn plant_cookie(&self, purpose: &str, value: &str) {
        let kept = Kept { value: value.to_owned(), until: None };
        self.state().cookies.insert(format!("__Host-portico-{purpose}"), kept);
    }

    /// The window is closed: what had no age is forgotten, and so is the history.
    pub fn close(&self) {
        let mut state = self.state();
        state.cookies.retain(|_, kept| kept.until.is_some());
        state.history.clear();
    }

    pub fn forget_cookie(&self, purpose: &str) {
        self.state().cookies.remove(&format!("__Host-portico-{purpose}"));
    }

    pub fn forget_cookies(&self) {
        self.state().cookies.clear();
    }

    pub fn node(&self) -> &TestApp {
        &self.node
    }
}

/// The headers with which a browser posts a form of the page it shows.
pub fn form_headers() -> HeaderMap {
    let pairs = [(header::CONTENT_TYPE, TYPE_OF_FORMS), (header::ORIGIN, PUBLIC_URL)];
    let mut headers: HeaderMap = pairs.map(|(name, value)| (name, value.parse().unwrap())).into_iter().collect();
    headers.insert("sec-fetch-site", "same-origin".parse().unwrap());
    headers
}

/// The path of an address of this deployment; `None` for somebody else's.
fn within(address: &str) -> Option<String> {
    let path = address.strip_prefix(PUBLIC_URL).unwrap_or(address);
    path.starts_with('/').then(|| path.to_owned())
}
