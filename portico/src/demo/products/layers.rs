//! What surrounds a product's pages: its own policy, protection of its one button, its own stylesheet.

use askama::Template;
use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use tower_http::csrf::CsrfLayer;

use super::trouble::Trouble;
use super::{Here, Stall};

const BODY_LIMIT: usize = 16 * 1024;

/// `for_programs`: what other programs post to, without cookies.
pub fn wrap(pages: Router<Here>, for_programs: Router<Here>, stall: Here) -> Router {
    pages
        .fallback(lost)
        .layer(CsrfLayer::new())
        .merge(for_programs)
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(from_fn_with_state(stall.clone(), headers))
        .with_state(stall)
}

/// As strict as a policy can be: the menu's script is the only one, and nothing inline.
fn policy(stall: &Stall) -> String {
    let portico = stall.issuer.url();
    format!(
        "default-src 'none'; style-src 'self'; script-src {portico}/switcher/ {portico}/switcher.js; img-src 'self' {portico}; \
         form-action 'self' {portico}; frame-ancestors 'none'; base-uri 'none'; require-trusted-types-for 'script'; \
         trusted-types 'none'"
    )
}

async fn headers(State(stall): State<Here>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    if let Ok(policy) = HeaderValue::from_str(&policy(&stall)) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    let mut set = |name: &'static str, value: &'static str| {
        headers.entry(HeaderName::from_static(name)).or_insert(HeaderValue::from_static(value));
    };
    set("cache-control", "no-store");
    set("x-content-type-options", "nosniff");
    set("referrer-policy", "no-referrer");
    response
}

async fn lost(State(stall): State<Here>) -> Response {
    Trouble::NotFound.page(&stall, "/")
}

/// `GET /product.css`
pub async fn stylesheet() -> Response {
    let kind = [(header::CONTENT_TYPE, "text/css; charset=utf-8"), (header::CACHE_CONTROL, "public, max-age=600")];
    (kind, include_str!("product.css")).into_response()
}

/// `GET /icon.svg`
pub async fn icon() -> Response {
    let kind = [(header::CONTENT_TYPE, "image/svg+xml"), (header::CACHE_CONTROL, "public, max-age=600")];
    (kind, include_str!("icon.svg")).into_response()
}

pub fn html(page: &impl Template) -> Response {
    match page.render() {
        Ok(text) => ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], text).into_response(),
        Err(error) => {
            tracing::error!(%error, "a page of a sample product cannot be rendered");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}
