//! Domains: which organization's they are.
//!
//! - An organization *claims* a domain. Several may claim the same one: a claim is a wish, and routes nobody.
//! - It is *verified* by a record in the domain's DNS, which only its owner can put there, or by an operator who vouches for it by
//!   name and says why. A domain has one organization: of two that verify at once one wins, and a verified one cannot be claimed.
//! - A name that many share (a public suffix, a bare top-level domain) is nobody's to claim. One that looks like another's or
//!   lies below or above it, mixes scripts, is a mail provider's, or is in use by another organization's people raises a [`Doubt`]: then
//!   an operator has to say so explicitly, whatever the DNS says. An organization's own program is told nothing of that by a claim, and
//!   by verifying only that an operator has to look: it could find out whose people have addresses where.
//! - The record is looked at again each week. When it is gone for a day, the organization and the operators are told. The domain stays
//!   verified: a mistake in a zone file must not shut a hospital out.
//! - *Released*, it is free for everybody; a new claim wants a new record.
//!
//! ```text
//! claimed ──record, or operator──► verified ──record gone──► told about ──record back──► verified
//!    └──────────── released ◄──────────┴─────────────────────────┘
//! ```

mod api;
mod claim;
mod letters;
mod listed;
mod queries;
mod rules;
#[cfg(test)]
mod tests;
mod verify;
mod watch;

pub use api::open_routes;
pub use claim::{NotClaimed, NotReleased, claim, release};
pub use letters::register;
pub use listed::{Listed, list};
pub use rules::{Doubt, How, NotClaimable};
pub use verify::{NotVerified, Vouching, verify, vouch};
pub use watch::{look, run};

/// Where an organization puts the record, and what stands in it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Challenge {
    pub name: String,
    pub value: String,
}
