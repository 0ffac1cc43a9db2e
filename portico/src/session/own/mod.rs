//! Devices and sessions of my own account: the browsers I am signed in with, and those I am known in.
//!
//! Whoever is signed in sees them; ending one wants a proof of this moment (ASVS 7.5.2), or whoever sits down at an open browser could
//! throw its owner out of every other one. What is ended is ended on every node at once, and products are told.

mod acts;
mod page;

use axum::Router;
use axum::routing::{get, post};

use crate::app::App;

/// Named in `sign_in::AccountPage`, too.
pub const HERE: &str = "/account/sessions";

pub fn routes() -> Router<App> {
    Router::new()
        .route(HERE, get(page::page))
        .route("/account/sessions/end", post(acts::end))
        .route("/account/sessions/end-others", post(acts::end_others))
        .route("/account/sessions/forget", post(acts::forget))
}
