//! Requests that this program makes itself: one guarded way out (ASVS 1.3.6, 13.2.4).
//!
//! - The name is resolved once, the addresses are judged, and the connection goes to the address that was judged: nobody can
//!   answer with another one in between.
//! - A look-up that hangs keeps a thread of the system's, however long anybody waits for it: each owner of places has a few of
//!   them, and all together not all there are.
//! - This machine and link-local addresses are refused, where the services live that trust whoever can reach them. On a
//!   deployment that is itself on loopback (the demo, a test) loopback is allowed, and nothing but it.
//! - Addresses of a private network are allowed to products, which operators have written down: a hospital's own live there.
//!   Who else asks says how far it may go ([`Reach`]), and to which hosts in there.
//! - No redirects, no proxies, no cookies; https, or http on loopback; times and sizes are bounded.
//! - Whoever asks a stranger while a person waits makes a [`Trip`]: some requests with one budget of time, of which only so many
//!   go to one place at once. What is too much of them is refused, and nobody else waits. Of a place's seats strangers of one
//!   source have half at most, where the caller says so.

mod guard;
mod names;
mod places;
mod send;
#[cfg(test)]
mod tests;
mod trip;

pub use guard::{Host, Reach, Refused, Target};
pub use places::Seat;
pub use send::{Answer, Failed, Outgoing};
pub use trip::{Expects, Place, Trip};
