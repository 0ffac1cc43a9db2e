//! What the house says when somebody's way does not lead in.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;

use super::Idp;
use crate::demo::houses::html;
use crate::platform::i18n::Words;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// It is no request of the client that is known here.
    Unreadable,
    NotFound,
}

#[derive(Template)]
#[template(path = "demo/idp/trouble.html")]
struct TroublePage<'a> {
    words: Words,
    heading: &'static str,
    text: &'static str,
    front_door: &'a str,
    mood: &'static str,
}

impl Trouble {
    pub fn page(self, idp: &Idp) -> Response {
        let (status, heading, text) = match self {
            Trouble::Unreadable => (StatusCode::BAD_REQUEST, "idp-unreadable-heading", "idp-unreadable"),
            Trouble::NotFound => (StatusCode::NOT_FOUND, "idp-lost-heading", "idp-lost"),
        };
        let mut response = html(&TroublePage {
            words: idp.words(),
            heading,
            text,
            front_door: &idp.agreement.front_door,
            mood: idp.moods.now().name(),
        });
        if response.status().is_success() {
            *response.status_mut() = status;
        }
        response
    }
}
