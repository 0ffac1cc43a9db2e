//! Organizations: the customers, their domains, and the policy their people sign in under.
//!
//! A policy is the preset's values with the organization's own departures. What a stranger can see (the numbers of the
//! lock, the ways of recovery) is decided by the verified domain of what was *typed*, never by the account behind it:
//! an account's own data would tell strangers that it exists.

mod policy;
mod queries;
#[cfg(test)]
mod tests;

pub use policy::{LockRule, Mfa, Policy, Preset, Recovery, SignInWay};
pub use queries::{NewOrganization, add_domain, by_domain, by_id, by_slug, insert, read_at, ways_in_use};

use crate::platform::ids::OrganizationId;

/// A customer, with the policy in force for it.
#[derive(Clone, Debug)]
pub struct Organization {
    pub id: OrganizationId,
    pub slug: String,
    pub name: String,
    /// IANA name of the zone in which times are told to people whose own zone is not known.
    pub time_zone: String,
    /// What anybody may be told about whom to ask.
    pub contact: Option<String>,
    pub sign_in: SignInWay,
    pub policy: Policy,
}
