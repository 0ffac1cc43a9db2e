//! Products: what stands behind the door, as its operator has registered it.
//!
//! - A product has a name, a line, a home, and, where it has them, a logo, a default view and an address that begins a
//!   sign-in; its clients are [`crate::provider`]'s.
//! - It is retired, never deleted: what was done with it refers to it. With it, with a client and with a license ends what people
//!   were given ([`end_due`]).
//! - All of it is one description ([`File`]), read from a file, made of a command's options, or written back by an
//!   export. [`register`] compares it with what is there and does the difference, in one transaction.
//! - A logo is served under the hash of its own bytes, which never change ([`Mark`] says where).

mod acts;
mod by;
mod check;
mod client;
mod diff;
mod ends;
mod file;
mod license;
mod load;
mod logo;
mod mark;
mod nearest;
mod opens;
mod queries;
mod register;
mod rules;
mod secret;
mod stored;
#[cfg(test)]
mod tests;

use axum::Router;
use axum::routing::get;

pub use acts::{disable_client, enable_client, restore, retire, set_logo};
pub use by::By;
pub use check::{Around, Finding, Weight, findings, of_client};
pub use diff::Change;
pub use ends::{end_due, run as run_ends};
pub use file::{Client, File, Product, reference};
pub use license::{BadTerms, License, Terms, Until, close_to, open_to};
pub use load::{load, read_keys, read_logo};
pub use logo::Picture;
pub use mark::Mark;
pub use nearest::{Nearest, nearest};
pub use opens::{Opens, opens};
pub use queries::{logo as logo_bytes, set_mfa};
pub use register::{Done, NotRegistered, What, plan, register};
pub use rules::{Wanted, wanted};
pub use secret::{add as add_secret, revoke as revoke_secret};
pub use stored::{Registry, Stored, StoredClient};

use crate::app::App;

pub fn routes() -> Router<App> {
    Router::new().route("/logos/{name}", get(logo::serve))
}

/// A client as the file would have it. `product`: id and name of the one it belongs to.
pub fn client_written(stored: &StoredClient, product: Option<(&str, &str)>) -> Client {
    client::written(&stored.wanted(), product)
}
