//! Answers to programs: JSON, never stored on the way, and refusals in the words of RFC 6749 section 5.2.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use oidc::bearer::{Scheme, challenge};
use oidc::error::{ErrorCode, Refusal};
use serde::Serialize;

use crate::platform::web::Error;

/// What is answered instead of what was asked for.
#[derive(Debug)]
pub enum Unanswered {
    Refused(Refusal),
    /// At a resource: the refusal goes into `WWW-Authenticate`, too. `None`: no token was shown.
    Token(Scheme, Option<Refusal>),
    Failed(Error),
}

impl From<Refusal> for Unanswered {
    fn from(refusal: Refusal) -> Unanswered {
        Unanswered::Refused(refusal)
    }
}

impl From<Error> for Unanswered {
    fn from(error: Error) -> Unanswered {
        Unanswered::Failed(error)
    }
}

impl From<store::Error> for Unanswered {
    fn from(error: store::Error) -> Unanswered {
        Unanswered::Failed(Error::Store(error))
    }
}

pub fn json(status: StatusCode, body: &impl Serialize) -> Response {
    let text = serde_json::to_vec(body).unwrap_or_default();
    let mut response = (status, text).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

impl IntoResponse for Unanswered {
    fn into_response(self) -> Response {
        match self {
            Unanswered::Refused(refusal) => refused(refusal),
            Unanswered::Token(scheme, refusal) => resource_refused(scheme, refusal),
            Unanswered::Failed(error) => failed(error),
        }
    }
}

fn refused(refusal: Refusal) -> Response {
    if refusal.code != ErrorCode::InvalidClient {
        return json(StatusCode::BAD_REQUEST, &refusal);
    }
    let mut response = json(StatusCode::UNAUTHORIZED, &refusal);
    let basic = HeaderValue::from_static("Basic realm=\"client\"");
    response.headers_mut().insert(header::WWW_AUTHENTICATE, basic);
    response
}

fn resource_refused(scheme: Scheme, refusal: Option<Refusal>) -> Response {
    let status = match refusal.map(|refusal| refusal.code) {
        Some(ErrorCode::InvalidRequest) => StatusCode::BAD_REQUEST,
        Some(ErrorCode::InsufficientScope) => StatusCode::FORBIDDEN,
        _ => StatusCode::UNAUTHORIZED,
    };
    let mut response = match refusal {
        Some(refusal) => json(status, &refusal),
        None => json(status, &serde_json::json!({})),
    };
    if let Ok(value) = HeaderValue::from_str(&challenge(scheme, refusal)) {
        response.headers_mut().insert(header::WWW_AUTHENTICATE, value);
    }
    response
}

const LATER: Refusal = Refusal::new(ErrorCode::TemporarilyUnavailable, "try again later; `Retry-After` says when");

/// What failed here is written to the log, and not told to the other program.
fn failed(error: Error) -> Response {
    let away = matches!(&error, Error::Busy { .. }) || matches!(&error, Error::Store(error) if error.is_transient());
    let (status, refusal) = match &error {
        Error::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, Refusal::invalid("the request is too large")),
        Error::BadRequest(_) => (StatusCode::BAD_REQUEST, Refusal::invalid("the request is no form that can be read")),
        Error::TooMany { .. } | Error::Slowed { .. } => (StatusCode::TOO_MANY_REQUESTS, LATER),
        _ if away => (StatusCode::SERVICE_UNAVAILABLE, LATER),
        _ => (StatusCode::INTERNAL_SERVER_ERROR, Refusal::new(ErrorCode::ServerError, "something is wrong here")),
    };
    if status.is_server_error() {
        tracing::warn!(%error, "a program's request failed");
    }
    let mut response = json(status, &refusal);
    let wait = match &error {
        Error::TooMany { retry_after } | Error::Slowed { retry_after } => Some(retry_after.as_secs().max(1)),
        _ => away.then_some(2),
    };
    if let Some(seconds) = wait {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}
