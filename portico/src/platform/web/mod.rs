//! How pages are asked for and answered.
//!
//! - A handler gets a [`Visit`] and answers a page struct ([`html`]) or a [`see_other`]; every POST ends in a 303, or, where the way
//!   may end at another site, in [`Visit::onward`].
//! - Every absolute URL comes from configuration, never from a request.
//! - Anything that fails is an [`Error`], and [`layers`] makes one calm page of it.
//! - State changes need a request of our own origin (`Sec-Fetch-Site`, `Origin`) beside the `SameSite` cookies.

pub mod address;
mod assets;
mod cookies;
mod error;
mod form;
mod layers;
mod onward;
mod page;
mod query;
mod seal;
pub mod serve;
mod visit;

use std::time::Duration;

use askama::Template;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

pub use assets::{Assets, Logo, gzip, routes as asset_routes};
pub use cookies::{Cookie, CookieJarStyle};
pub use error::Error;
pub use form::Form;
pub use layers::wrap;
pub use page::{Moment, Page, Problem};
pub use query::{Arrival, Query};
pub use seal::{seal, unseal};
pub use visit::{Browser, Visit};

/// How long a browser is remembered as the one it is.
pub const BROWSER_COOKIE_LIVES: Duration = Duration::from_secs(180 * 24 * 3_600);

/// How long a language that was chosen is spoken in a browser.
pub const LANGUAGE_COOKIE_LIVES: Duration = BROWSER_COOKIE_LIVES;

/// The only redirect: 303, so that a form is never sent on (RFC 9110, 15.4.4; RFC 9700, 4.12).
pub fn see_other(location: &str) -> Response {
    let mut response = StatusCode::SEE_OTHER.into_response();
    // What cannot be an address leads to the front door: a redirect to nowhere is an empty page.
    let location = HeaderValue::from_str(location).unwrap_or(HeaderValue::from_static("/"));
    response.headers_mut().insert(header::LOCATION, location);
    response
}

/// Runs work to its end even when the person hangs up meanwhile. What has been counted must be settled, or somebody who
/// pressed a button four times would be locked out by her own right password.
pub async fn to_the_end<T: Send + 'static>(
    work: impl Future<Output = Result<T, Error>> + Send + 'static,
) -> Result<T, Error> {
    match tokio::spawn(work).await {
        Ok(done) => done,
        Err(lost) => Err(Error::Internal(format!("a task was lost: {lost}"))),
    }
}

/// What was typed and could not be used, as far as it is given back to be put right.
pub fn kept(typed: &str) -> String {
    typed.chars().filter(|c| !c.is_control()).take(300).collect()
}

pub fn html(page: &impl Template) -> Result<Response, Error> {
    let mut response = page.render()?.into_response();
    let kind = HeaderValue::from_static("text/html; charset=utf-8");
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    // No page is kept (`no-store`); whoever keeps one all the same shall not show it to a reader of another language.
    response.headers_mut().insert(header::VARY, HeaderValue::from_static("accept-language, cookie"));
    Ok(response)
}

/// Adds cookies to an answer.
pub fn with_cookies(mut response: Response, cookies: impl IntoIterator<Item = HeaderValue>) -> Response {
    for cookie in cookies {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}
