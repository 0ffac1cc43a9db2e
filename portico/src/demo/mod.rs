//! What the demo needs and no deployment has.

pub mod smtp;

#[derive(Clone)]
pub struct Stage;

pub fn routes() -> axum::Router<crate::app::App> {
    axum::Router::new()
}
