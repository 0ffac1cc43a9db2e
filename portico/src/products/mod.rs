//! Products: what stands behind the door, as its operator has registered it.
//!
//! - A product has a name, a line, a home, and, where it has them, a logo, a default view and an address that begins a
//!   sign-in; its clients are [`crate::provider`]'s.
//! - It is retired, never deleted: what was done with it refers to it.
//! - A logo is served under the hash of its own bytes, which never change ([`Mark`] says where).

mod logo;
mod mark;
mod opens;
mod queries;

use axum::Router;
use axum::routing::get;

pub use mark::Mark;
pub use opens::{Opens, opens};

use crate::app::App;

pub fn routes() -> Router<App> {
    Router::new().route("/logos/{name}", get(logo::serve))
}
