//! What goes wrong becomes one calm page with a reference and a way on. Nothing internal reaches a person.

use std::time::Duration;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

/// Everything a handler may answer instead of a page.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("there is no such page")]
    NotFound,
    /// The request could not be understood; the text is for the log.
    #[error("bad request: {0}")]
    BadRequest(String),
    #[error("the request is too large")]
    TooLarge,
    /// Too much from one place.
    #[error("too many requests")]
    TooMany { retry_after: Duration },
    /// Sign-in has failed for too many names from one place: there are ways that are not held up.
    #[error("too many names from one address")]
    Slowed { retry_after: Duration },
    /// More work than this node takes at once.
    #[error("busy")]
    Busy { retry_after: Duration },
    #[error(transparent)]
    Store(#[from] store::Error),
    #[error("internal: {0}")]
    Internal(String),
}

impl From<askama::Error> for Error {
    fn from(error: askama::Error) -> Self {
        Error::Internal(error.to_string())
    }
}

/// Travels in a response's extensions to the layer that knows words and brand.
#[derive(Clone, Debug)]
pub struct Failure {
    pub kind: FailureKind,
    pub retry_after: Option<Duration>,
    /// For the log only.
    pub detail: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FailureKind {
    NotFound,
    BadRequest,
    TooLarge,
    Forbidden,
    TooMany,
    Slowed,
    Busy,
    Internal,
}

impl FailureKind {
    pub fn status(self) -> StatusCode {
        match self {
            FailureKind::NotFound => StatusCode::NOT_FOUND,
            FailureKind::BadRequest => StatusCode::BAD_REQUEST,
            FailureKind::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            FailureKind::Forbidden => StatusCode::FORBIDDEN,
            FailureKind::TooMany | FailureKind::Slowed => StatusCode::TOO_MANY_REQUESTS,
            FailureKind::Busy => StatusCode::SERVICE_UNAVAILABLE,
            FailureKind::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The failure a bare status of a library stands for.
    pub fn of_status(status: StatusCode) -> Option<FailureKind> {
        match status {
            StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => Some(FailureKind::NotFound),
            StatusCode::PAYLOAD_TOO_LARGE => Some(FailureKind::TooLarge),
            StatusCode::FORBIDDEN => Some(FailureKind::Forbidden),
            StatusCode::SERVICE_UNAVAILABLE => Some(FailureKind::Busy),
            status if status.is_client_error() => Some(FailureKind::BadRequest),
            status if status.is_server_error() => Some(FailureKind::Internal),
            _ => None,
        }
    }

    /// The part of the words' keys that tells this page's text.
    pub fn key(self) -> &'static str {
        match self {
            FailureKind::NotFound => "not-found",
            FailureKind::BadRequest | FailureKind::TooLarge => "form",
            FailureKind::Forbidden => "cross-site",
            FailureKind::TooMany => "too-many",
            FailureKind::Slowed => "slowed",
            FailureKind::Busy => "busy",
            FailureKind::Internal => "internal",
        }
    }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let detail = self.to_string();
        let (kind, retry_after) = match self {
            Error::NotFound => (FailureKind::NotFound, None),
            Error::BadRequest(_) => (FailureKind::BadRequest, None),
            Error::TooLarge => (FailureKind::TooLarge, None),
            Error::TooMany { retry_after } => (FailureKind::TooMany, Some(retry_after)),
            Error::Slowed { retry_after } => (FailureKind::Slowed, Some(retry_after)),
            Error::Busy { retry_after } => (FailureKind::Busy, Some(retry_after)),
            Error::Store(error) if error.is_transient() => (FailureKind::Busy, Some(Duration::from_secs(2))),
            Error::Store(_) | Error::Internal(_) => (FailureKind::Internal, None),
        };
        let mut response = kind.status().into_response();
        response.extensions_mut().insert(Failure { kind, retry_after, detail });
        response
    }
}
