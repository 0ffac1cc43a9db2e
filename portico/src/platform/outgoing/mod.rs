//! Requests that this program makes itself: one guarded way out (ASVS 1.3.6, 13.2.4).
//!
//! - The name is resolved once, the addresses are judged, and the connection goes to the address that was judged: nobody can
//!   answer with another one in between.
//! - This machine and link-local addresses are refused, where the services live that trust whoever can reach them. On a
//!   deployment that is itself on loopback (the demo, a test) loopback is allowed, and nothing but it.
//! - Addresses of a private network are allowed: products of a hospital live there. Where these requests go is written by
//!   operators, not by people.
//! - No redirects, no proxies, no cookies; https, or http on loopback; times and sizes are bounded.

mod guard;
mod send;

pub use guard::{Refused, Target};
pub use send::{Answer, Failed, Outgoing};
