//! What surrounds every page: protection of state changes, headers, and the calm page for whatever failed.

use std::time::Instant;

use askama::Template;
use axum::Router;
use axum::extract::{DefaultBodyLimit, MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use tower_http::csrf::CsrfLayer;

use super::error::{Failure, FailureKind};
use super::{Page, html, visit};
use crate::app::App;
use crate::platform::log;

/// Sign-in forms are small; more is somebody trying something.
pub(super) const BODY_LIMIT: usize = 64 * 1024;

/// No inline script or style anywhere, so no nonce; no third party at all. Forms stay here: what leads on to a product is
/// [`Visit::onward`](super::Visit::onward).
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; \
     img-src 'self' data:; connect-src 'self'; form-action 'self'; frame-src 'self'; \
     frame-ancestors 'none'; base-uri 'none'";

/// Wraps the routes of all features. `open` are those that other sites' pages and programs may post to; whatever changes
/// something for the person in front of the browser is not among them.
pub fn wrap(routes: Router<App>, open: Router<App>, app: &App) -> Router {
    let csrf = CsrfLayer::new();
    let csrf = csrf.clone().add_trusted_origin(app.public_url.as_str()).unwrap_or(csrf);
    routes
        .fallback(|| async { super::Error::NotFound })
        .layer(csrf)
        .merge(open)
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(middleware::from_fn_with_state(app.clone(), explain))
        .layer(middleware::from_fn_with_state(app.clone(), headers))
        .with_state(app.clone())
}

#[derive(Template)]
#[template(path = "platform/web/error.html")]
struct ErrorPage {
    page: Page,
    heading: String,
    text: String,
    /// The way to a person, with the reference.
    contact_url: String,
    reference: String,
    way_url: String,
    way_label: String,
}

/// Turns a bare failure into the page a person can use, and writes what it was into the log under the same reference.
async fn explain(State(app): State<App>, matched: Option<MatchedPath>, request: Request, next: Next) -> Response {
    let started = Instant::now();
    let method = request.method().clone();
    // Next to nothing fails, so neither the way on nor the words are looked for yet.
    let (uri, said) = (request.uri().clone(), visit::said_of_language(request.headers()));
    let response = next.run(request).await;
    let status = response.status();
    let failure = response.extensions().get::<Failure>().cloned().or_else(|| {
        let bare = response.headers().get(header::CONTENT_TYPE).is_none_or(|kind| kind == "text/plain; charset=utf-8");
        let kind = FailureKind::of_status(status).filter(|_| bare)?;
        Some(Failure { kind, retry_after: None, detail: "refused before a handler".into() })
    });
    let refused = failure.map(|failure| (app.entropy.reference(), failure));
    log::request(&log::Request {
        method: &method,
        // The template of the path, never the path: it may hold a token.
        path: matched.as_ref().map(MatchedPath::as_str),
        status,
        took: started.elapsed(),
        reference: refused.as_ref().map(|(reference, _)| reference.as_str()),
        detail: refused.as_ref().map(|(_, failure)| failure.detail.as_str()),
    });
    match refused {
        None => response,
        Some((reference, failure)) => {
            // What is not here is not here the next time either.
            let way = if failure.kind == FailureKind::NotFound { way_home() } else { way_on(uri.path()) };
            // A method that does not exist keeps its own status.
            error_page(Page::new(app.clone(), visit::words_for(&app, &said)), &failure, reference, way, status)
        }
    }
}

/// Where it goes on from an error: back into the sign-in or the recovery it happened in, else to the front door. Only
/// what can be nothing but an id is taken from the address.
fn way_on(path: &str) -> (String, &'static str) {
    let mut parts = path.split('/').skip(1);
    let is_id = |part: &&str| part.len() == 36 && part.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-');
    match (parts.next(), parts.next().filter(is_id)) {
        (Some("sign-in"), Some(id)) => (format!("/sign-in/{id}"), "web-error-way-again"),
        (Some("sign-in"), None) => ("/sign-in".into(), "web-error-way-again"),
        (Some("recover"), Some(id)) => (format!("/recover/{id}"), "web-error-way-again"),
        (Some("recover"), None) => ("/recover".into(), "web-error-way-again"),
        _ => way_home(),
    }
}

fn way_home() -> (String, &'static str) {
    ("/".into(), "web-error-way-home")
}

fn error_page(
    page: Page,
    failure: &Failure,
    reference: String,
    (way_url, way_words): (String, &str),
    status: http::StatusCode,
) -> Response {
    let key = failure.kind.key();
    let minutes = failure.retry_after.map_or(1, |wait| wait.as_secs().div_ceil(60).max(1)).to_string();
    let page = ErrorPage {
        heading: page.t(&format!("web-error-{key}")).into_owned(),
        text: page.with(&format!("web-error-{key}-text"), &[("minutes", &minutes)]),
        contact_url: format!("/support?topic=error&reference={reference}"),
        reference,
        way_url,
        way_label: page.t(way_words).into_owned(),
        page,
    };
    let mut response = html(&page).unwrap_or_else(|_| failure.kind.status().into_response());
    *response.status_mut() = status;
    if let Some(wait) = failure.retry_after {
        let seconds = wait.as_secs().max(1);
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

async fn headers(State(app): State<App>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let mut set = |name: &'static str, value: &'static str| {
        headers.entry(HeaderName::from_static(name)).or_insert(HeaderValue::from_static(value));
    };
    set("content-security-policy", CONTENT_SECURITY_POLICY);
    set("cache-control", "no-store");
    set("x-content-type-options", "nosniff");
    set("referrer-policy", "no-referrer");
    set("cross-origin-opener-policy", "same-origin");
    set("cross-origin-resource-policy", "same-origin");
    set("permissions-policy", "camera=(), geolocation=(), microphone=()");
    if app.public_url.starts_with("https://") {
        set("strict-transport-security", "max-age=63072000");
    }
    response
}
