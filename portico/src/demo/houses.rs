//! What the other houses of the demo have in common, the sample products and the sample identity provider: their pages, files
//! and cookies are no part of Portico's.

use askama::Template;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::platform::i18n::{Locales, UNSAID, Words};

tokio::task_local! {
    /// Of whoever is being answered.
    static WORDS: Words;
}

/// Answers in the language that the browser reads: a house knows its people by nothing else.
pub async fn in_words(locales: &Locales, request: Request, next: Next) -> Response {
    let read = request.headers().get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    let words = read.and_then(|languages| locales.accepted(languages)).unwrap_or_else(|| locales.words(UNSAID));
    WORDS.scope(words, next.run(request)).await
}

/// The words of whoever is being answered.
pub fn words(locales: &Locales) -> Words {
    WORDS.try_with(Words::clone).unwrap_or_else(|_| locales.words(UNSAID))
}

pub fn html(page: &impl Template) -> Response {
    match page.render() {
        Ok(text) => ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], text).into_response(),
        Err(error) => {
            tracing::error!(%error, "a page of a sample house cannot be rendered");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// A stylesheet or a picture.
pub fn file(kind: &'static str, text: &'static str) -> Response {
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "public, max-age=600")], text).into_response()
}

/// What every answer of such a house says beside itself.
pub fn guard(response: &mut Response, policy: &str) {
    let headers = response.headers_mut();
    if let Ok(policy) = HeaderValue::from_str(policy) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    let mut set = |name: &'static str, value: &'static str| {
        headers.entry(HeaderName::from_static(name)).or_insert(HeaderValue::from_static(value));
    };
    set("cache-control", "no-store");
    set("x-content-type-options", "nosniff");
    set("referrer-policy", "no-referrer");
}

/// The value of a cookie; one that comes twice is none.
pub fn cookie_of(headers: &HeaderMap, name: &str) -> Option<String> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    let pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    let mut ours = pairs.filter(|(named, value)| *named == name && !value.is_empty());
    let found = ours.next().map(|(_, value)| value.to_owned());
    found.filter(|_| ours.next().is_none())
}

/// Ends with the browser, or at once where there is no value. No `Secure`: the demo is on this machine, without TLS.
pub fn with_cookie(mut response: Response, name: &str, value: &str) -> Response {
    let ends = if value.is_empty() { "; Max-Age=0" } else { "" };
    let text = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{ends}");
    if let Ok(value) = HeaderValue::from_str(&text) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    response
}
