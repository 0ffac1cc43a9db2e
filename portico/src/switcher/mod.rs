//! The product menu: any product can show a person's other products, so that they move from one to the next (product.md B2).
//!
//! - A product's *backend* asks for the list with its person's access token, at [`PATH`]. No cookie of ours is looked at, and
//!   none would come: browsers send ours to no other site.
//! - What is listed is what access rows, licenses and moves say at that moment, the same as on the portal.
//! - `/switcher.js` is a small custom element that renders the list it is given. It asks nobody for anything.
//!
//! ```text
//! person ── page of Bed Board ── its backend ──access token──▶ /api/v1/me/products
//!    ◀── page with the list in it ──┘
//!    └── /switcher.js, once; then a click ──▶ /open/{access} ──▶ the other product
//! ```

mod list;
mod products;
mod script;
#[cfg(test)]
mod tests;

use axum::Router;
use axum::routing::get;

pub use products::PATH;
pub use script::Script;

use crate::app::App;

/// What other sites' pages and programs ask for: they carry no cookie of ours, and change nothing.
pub fn open_routes() -> Router<App> {
    Router::new()
        .route(PATH, get(products::products))
        .route("/switcher.js", get(script::newest))
        .route("/switcher/{version}", get(script::pinned))
}
