//! The domains an organization has or wants, as those who run this see them.

use store::{Error, Tx};

use super::rules::{How, Record, challenge};
use super::{Challenge, queries};
use crate::platform::clock::Time;
use crate::platform::domain::Domain;
use crate::platform::ids::OrganizationId;

#[derive(Clone, Debug)]
pub struct Listed {
    pub organization: OrganizationId,
    pub slug: String,
    pub name: String,
    pub domain: String,
    /// `None`: it is claimed, and routes nobody.
    pub verified_at: Option<Time>,
    pub claimed_at: Option<Time>,
    pub verified_by: Option<How>,
    /// The address of the operator who vouches for it.
    pub vouched_by: Option<String>,
    pub record: Record,
    pub(super) secret: Option<String>,
}

impl Listed {
    /// What has to stand in its DNS; none for one that was given without a claim.
    pub fn challenge(&self) -> Option<Challenge> {
        Some(challenge(&Domain::parse(&self.domain)?, self.secret.as_deref()?))
    }
}

/// By organization and domain; of all organizations, unless one is named.
///
/// # Errors
/// When the database says no.
pub async fn list(tx: &mut Tx, organization: Option<&OrganizationId>) -> Result<Vec<Listed>, Error> {
    queries::list(tx, organization).await
}
