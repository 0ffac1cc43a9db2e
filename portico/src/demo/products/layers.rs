//! What surrounds a product's pages: its own policy, protection of its one button, its own stylesheet.

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use tower_http::csrf::CsrfLayer;

use super::trouble::Trouble;
use super::{Here, Stall};
use crate::demo::houses;

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
    let mut response = houses::in_words(&stall.locales, request, next).await;
    houses::guard(&mut response, &policy(&stall));
    response
}

async fn lost(State(stall): State<Here>) -> Response {
    Trouble::NotFound.page(&stall, "/")
}

/// `GET /product.css`
pub async fn stylesheet() -> Response {
    houses::file("text/css; charset=utf-8", include_str!("product.css"))
}

/// `GET /icon.svg`
pub async fn icon() -> Response {
    houses::file("image/svg+xml", include_str!("icon.svg"))
}
