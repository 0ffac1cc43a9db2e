//! What surrounds the house's pages, and what programs meet while it is in trouble.

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::StatusCode;
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use tower_http::csrf::CsrfLayer;

use super::Here;
use super::mood::Mood;
use super::trouble::Trouble;
use crate::demo::houses;

const BODY_LIMIT: usize = 16 * 1024;

/// Without `form-action`: whoever posts the form of the entrance is led on by the client to wherever the sign-in began, and some
/// browsers hold that directive against every step of the way. Which addresses these are is not known here.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; frame-ancestors 'none'; base-uri 'none'; \
     require-trusted-types-for 'script'; trusted-types 'none'";

/// `led_to`: where other sites lead people; `for_programs`: what their programs ask, without cookies.
pub fn wrap(pages: Router<Here>, led_to: Router<Here>, for_programs: Router<Here>, idp: Here) -> Router {
    let for_programs = for_programs.layer(from_fn_with_state(idp.clone(), in_trouble));
    pages
        .fallback(lost)
        .layer(CsrfLayer::new())
        .merge(led_to)
        .merge(for_programs)
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(from_fn_with_state(idp.clone(), guard))
        .with_state(idp)
}

async fn guard(State(idp): State<Here>, request: Request, next: Next) -> Response {
    let mut response = houses::in_words(&idp.ground.locales, request, next).await;
    houses::guard(&mut response, POLICY);
    response
}

/// Whoever waits too long leaves, and their question with them.
async fn in_trouble(State(idp): State<Here>, request: Request, next: Next) -> Response {
    idp.moods.until_it_answers().await;
    match idp.moods.now() {
        Mood::Down => StatusCode::SERVICE_UNAVAILABLE.into_response(),
        _ => next.run(request).await,
    }
}

async fn lost(State(idp): State<Here>) -> Response {
    Trouble::NotFound.page(&idp)
}

/// `GET /lakeshore.css`
pub async fn stylesheet() -> Response {
    houses::file("text/css; charset=utf-8", include_str!("lakeshore.css"))
}

/// `GET /waves.svg`
pub async fn waves() -> Response {
    houses::file("image/svg+xml", include_str!("waves.svg"))
}

/// `GET /icon.svg`
pub async fn icon() -> Response {
    houses::file("image/svg+xml", include_str!("icon.svg"))
}
