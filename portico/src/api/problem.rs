//! What a program is told instead of what it asked for.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use crate::platform::web::Error;
use crate::provider::Unanswered;

/// RFC 9457, with a word that never changes.
#[derive(Clone, Debug)]
pub struct Problem {
    status: StatusCode,
    code: &'static str,
    detail: String,
    more: Vec<(&'static str, Value)>,
}

impl Problem {
    pub fn new(status: StatusCode, code: &'static str, detail: impl Into<String>) -> Problem {
        Problem { status, code, detail: detail.into(), more: Vec::new() }
    }

    /// It is not there, or not the caller's.
    pub fn not_found() -> Problem {
        Problem::new(StatusCode::NOT_FOUND, "not_found", "There is nothing of yours at this address.")
    }

    /// What was sent cannot be used.
    pub fn unusable(problems: &[String]) -> Problem {
        let list = json!(problems);
        Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "unusable", problems.join(" ")).and("problems", list)
    }

    /// It is not in a state in which this can be done.
    pub fn conflict(code: &'static str, detail: impl Into<String>) -> Problem {
        Problem::new(StatusCode::CONFLICT, code, detail)
    }

    #[must_use]
    pub fn and(mut self, name: &'static str, value: Value) -> Problem {
        self.more.push((name, value));
        self
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut body = json!({
            "type": "about:blank",
            "title": self.status.canonical_reason().unwrap_or_default(),
            "status": self.status.as_u16(),
            "code": self.code,
            "detail": self.detail,
        });
        if let Some(object) = body.as_object_mut() {
            object.extend(self.more.into_iter().map(|(name, value)| (name.to_owned(), value)));
        }
        let mut response = (self.status, body.to_string()).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        response
    }
}

/// Either the token was not good enough, or what was asked cannot be done.
#[derive(Debug)]
pub enum Refused {
    Token(Unanswered),
    Problem(Problem),
}

impl From<Problem> for Refused {
    fn from(problem: Problem) -> Refused {
        Refused::Problem(problem)
    }
}

impl From<Unanswered> for Refused {
    fn from(unanswered: Unanswered) -> Refused {
        Refused::Token(unanswered)
    }
}

impl From<Error> for Refused {
    fn from(error: Error) -> Refused {
        Refused::Token(error.into())
    }
}

impl From<store::Error> for Refused {
    fn from(error: store::Error) -> Refused {
        Refused::Token(error.into())
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        match self {
            Refused::Token(unanswered) => unanswered.into_response(),
            Refused::Problem(problem) => problem.into_response(),
        }
    }
}
