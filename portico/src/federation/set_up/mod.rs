//! Setting a connection up: what an operator, or the organization's own program, does from the first address to *on for all*.
//!
//! - Written down are an issuer and a client; everything else has a default. [`look`] asks the provider and says in words what it
//!   is, what cannot work, and what is weaker than it could be.
//! - A new connection is in `trial`: nobody is sent there but whoever opens its link. Then it is switched on, for some of the
//!   organization's verified domains or for all, unless something is found that cannot work.
//! - The issuer of a connection that somebody is linked through stays what it is. A subject of another issuer may be another person's.
//! - What reaches beyond the organization (the private network, user names, License Owners, whose second factor counts) is an operator's
//!   to allow, of the connection as it is then.
//! - Settings are read in the transaction that writes them. A secret is its issuer's and its client's: with another one it goes.
//! - A secret is sealed where it comes in, and shown nowhere. Before it ends the organization is told, 30, 7 and 1 days before.
//! - Whom an act moves, there or back here, is counted, written down and told; back here only an operator moves anybody ([`moved`]).
//! - Everything is in the audit trail.
//!
//! ```text
//! add ──► trial ──on──► on ──off──► off
//!           │  ▲                     │
//!           │  └───────trial─────────┘
//!           └ the link, the page for IT (/federation/{connection}/setup)
//! ```

mod accept;
mod acts;
mod allowed;
pub(super) mod api;
mod findings;
mod letters;
mod look;
mod made;
mod moved;
pub(super) mod page;
mod people;
mod queries;
mod settings;
#[cfg(test)]
mod tests;
mod told;
mod watch;

pub use accept::{NotAccepted, accept_mfa};
pub use acts::{
    NotAdded, NotSwitched, Switched, Wish, add, change, new_key, new_link, no_link, put_secret, turn_off, turn_on,
};
pub use api::kept_from;
pub use findings::{Finding, Weight, findings};
pub use letters::register;
pub use look::{Look, Seen, look};
pub use made::{Made, made_since, undo};
pub use moved::{Census, Moved, TakesAnOperator};
pub use people::{NotLinked, link_person, unlink_person};
pub use settings::{May, Wanted, WantedClaims};
pub use told::{Told, Values, told, values};
pub use watch::{run, turn as warn_of_secrets};
