//! Scripts of other sites may read what needs no cookie: metadata, keys, tokens, userinfo. Never the authorization endpoint, and
//! never with credentials (RFC 9700 section 2.6).

use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

pub async fn layer(request: Request, next: Next) -> Response {
    let asks_first = request.method() == Method::OPTIONS;
    let mut response = if asks_first { StatusCode::NO_CONTENT.into_response() } else { next.run(request).await };
    let headers = response.headers_mut();
    set(headers, header::ACCESS_CONTROL_ALLOW_ORIGIN, "*");
    if asks_first {
        set(headers, header::ACCESS_CONTROL_ALLOW_METHODS, "GET, POST");
        set(headers, header::ACCESS_CONTROL_ALLOW_HEADERS, "authorization, content-type, dpop");
        set(headers, header::ACCESS_CONTROL_MAX_AGE, "600");
    } else {
        set(headers, header::ACCESS_CONTROL_EXPOSE_HEADERS, "www-authenticate");
    }
    set(headers, header::HeaderName::from_static("cross-origin-resource-policy"), "cross-origin");
    response
}

fn set(headers: &mut HeaderMap, name: header::HeaderName, value: &'static str) {
    headers.insert(name, HeaderValue::from_static(value));
}
