//! Our own page for a request that cannot be answered at the product: it never redirects.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;

use crate::platform::web::{Error, Page, Visit, html};

/// Why a request stays here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// Its address cannot be read.
    Unreadable,
    /// It names no product that is known here.
    NoClient,
    /// It wants to lead back to somewhere the product has not registered, or names that badly.
    Redirect,
    /// It has waited too long, was used in another browser, or never was.
    Gone,
}

#[derive(Template)]
#[template(path = "provider/authorize/problem.html")]
struct ProblemPage {
    page: Page,
    heading: String,
    text: String,
}

pub fn problem(visit: &Visit, problem: Problem) -> Result<Response, Error> {
    let page = visit.page();
    let (heading, text) = match problem {
        Problem::Gone => ("provider-gone-heading", "provider-gone"),
        Problem::Unreadable => ("provider-problem-heading", "provider-unreadable"),
        Problem::NoClient => ("provider-problem-heading", "provider-no-client"),
        Problem::Redirect => ("provider-problem-heading", "provider-redirect"),
    };
    let (heading, text) = (page.t(heading).into_owned(), page.t(text).into_owned());
    let mut response = html(&ProblemPage { heading, text, page })?;
    *response.status_mut() = StatusCode::BAD_REQUEST;
    Ok(response)
}
