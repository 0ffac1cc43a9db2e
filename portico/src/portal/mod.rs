//! The portal: the products a person may use, by site, and the way to ask for more.
//!
//! - What is listed is what access rows, licenses and moves say at this moment; nothing is cached.
//! - People who can help are named only to somebody who is signed in.
//! - A request for access is one row however often the button is pressed, and the mail it causes carries no text of the
//!   requester's and no approval by a click.

mod cards;
mod letters;
mod open;
mod pages;
mod queries;
mod refused;
mod request;
#[cfg(test)]
mod tests;

pub use cards::{Entry, State};
pub use letters::register;
pub use queries::{entries as openings, used};
pub use refused::{Refused, refused};
pub use request::ask_for;

use axum::Router;
use axum::routing::{get, post};

use crate::app::App;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/", get(pages::portal))
        .route("/open/{access}", get(open::open))
        .route("/access-requests", post(request::ask))
}
