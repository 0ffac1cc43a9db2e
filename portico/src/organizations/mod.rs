//! Organizations: the customers, their domains, and the policy their people sign in under.
//!
//! A policy is the preset's values with the organization's own departures. What a stranger can see (the numbers of the
//! lock, the ways of recovery) is decided by the verified domain of what was *typed*, never by the account behind it:
//! an account's own data would tell strangers that it exists. Whose a domain is, is
//! settled in `domains`.

mod domains;
mod policy;
mod queries;
#[cfg(test)]
mod tests;

pub use domains::{
    Challenge as DomainChallenge, Doubt as DomainDoubt, How as DomainShown, Listed as ListedDomain, NotClaimable,
    NotClaimed, NotReleased, NotVerified, Vouching, claim as claim_domain, list as list_domains,
    look as look_at_domains, open_routes, register, release as release_domain, run as run_domains,
    verify as verify_domain, vouch as vouch_for_domain,
};
pub use policy::{Continuity, EmailCode, FactorPolicy, LockRule, Mfa, Policy, Preset, Recovery, SignInWay};
pub use queries::{
    NewOrganization, add_domain, by_domain, by_id, by_slug, give_up_elsewhere, insert, read_at, set_factor_policy,
    ways_in_use,
};

use store::{Error, Tx};

use crate::platform::clock::Time;
use crate::platform::ids::OrganizationId;

/// A customer, with the policy in force for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organization {
    pub id: OrganizationId,
    pub slug: String,
    pub name: String,
    /// IANA name of the zone in which times are told to people whose own zone is not known.
    pub time_zone: String,
    /// What anybody may be told about whom to ask.
    pub contact: Option<String>,
    /// Elsewhere when some of its people do, or when that was said of it as a whole; here, too, while single sign-on is suspended.
    /// Of one person only the account knows: [`crate::people::Account::signs_in_elsewhere`].
    pub sign_in: SignInWay,
    /// Since when single sign-on is suspended.
    pub suspended: Option<Time>,
    pub policy: Policy,
}

/// An account with an address there would be theirs: it follows their policy at the door, and their own sign-in.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("Its domain belongs to {0}, so that it would be their account. Use an address of another domain.")]
pub struct AnothersDomain(pub String);

/// Whether an account of an organization may have an address of this domain.
///
/// # Errors
/// When the database says no.
pub async fn may_use(
    tx: &mut Tx,
    organization: &OrganizationId,
    domain: &str,
) -> Result<Result<(), AnothersDomain>, Error> {
    Ok(match by_domain(tx, domain).await? {
        Some(owner) if owner.id != *organization => Err(AnothersDomain(owner.name)),
        _ => Ok(()),
    })
}
