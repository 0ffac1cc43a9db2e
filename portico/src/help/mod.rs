//! "Need help signing in?": one page that leads on, and a page for each topic, step by step.
//!
//! ```text
//!   /help ──▶ /help/{topic}   what to do, in order, and the one right way on
//!         ├─▶ /help/guide     all topics on one page, to be printed and handed out
//!         ├─▶ /help/sign-in   Help me sign in: the answer comes by mail
//!         └─▶ /support        Contact Form
//! ```
//!
//! - Nothing on these pages is written by hand twice: numbers and senders come from the running configuration ([`Facts`]),
//!   names of buttons from the very messages the buttons show.
//! - Identifier and destination are kept. Numbers, ways and the contact follow the *domain that was typed*; without one, the
//!   deployment's preset and every way that any of its organizations offers.

mod facts;
mod pages;
#[cfg(test)]
mod tests;
mod topics;

pub use facts::Facts;

use axum::Router;
use axum::routing::get;

use crate::app::App;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/help", get(pages::index))
        .route("/help/guide", get(pages::guide))
        .route("/help/{topic}", get(pages::topic))
}
