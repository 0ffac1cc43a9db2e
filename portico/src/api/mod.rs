//! The HTTP API for organizations' own programs: what an operator does with a command about an organization's domains and its own
//! sign-in, its IT may do by itself.
//!
//! - A program shows the access token of a client that an operator has registered with the scope `organization`, the grant
//!   `client_credentials` and one organization. A person's token opens nothing here.
//! - [`Caller`] is that organization, and nothing of another is even named: what is not the caller's is not there.
//! - Whatever is refused is told as a [`Problem`] (RFC 9457), with a word for programs and a sentence for whoever reads its log.
//! - `/api/v1/openapi.json` describes it. What a feature offers here lies with the feature.

mod body;
mod caller;
mod problem;

use axum::Router;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

pub use body::Body;
pub use caller::Caller;
pub use problem::{Problem, Refused};

use crate::app::App;

const DOCUMENT: &str = include_str!("openapi.json");

/// For programs: they carry no cookie of ours.
pub fn open_routes() -> Router<App> {
    Router::new().route("/api/v1/openapi.json", get(document))
}

/// `GET /api/v1/openapi.json`
async fn document() -> Response {
    let kind = HeaderValue::from_static("application/json");
    ([(header::CONTENT_TYPE, kind)], DOCUMENT).into_response()
}
