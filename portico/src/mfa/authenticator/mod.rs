//! Authenticator apps (TOTP, RFC 6238): setting one up, and what one is asked for.
//!
//! - One of an account. Another takes its place in the write in which its first code was typed, so that nobody is ever between
//!   two of them without either.
//! - A secret that is only shown is kept nowhere: it follows from the server's key and the place where it is shown, so that a page
//!   that is looked at again, or on another node, shows the same. It is sealed and kept once a code of it was typed.

mod offer;
mod qr;
mod queries;
mod set_up;
mod totp;

pub use offer::{Confirmed, Offer, Place, confirm, offer};
pub use queries::{authenticators_of, remove, since, take_step};
pub use set_up::{add, set_up};
pub use totp::{PERIOD_SECONDS, code_at, matching_step, parse_secret, show_secret};

pub(super) fn secret_aad(id: &str) -> String {
    format!("authenticators:secret:{id}")
}
