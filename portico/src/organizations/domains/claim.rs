//! Claiming a domain, and letting it go.

use secrecy::ExposeSecret;
use serde_json::json;
use store::Tx;

use super::rules::{Doubt, NotClaimable, challenge, claimable, doubts};
use super::{Challenge, queries};
use crate::app::App;
use crate::audit::{self, Actor, Entry, Event};
use crate::federation::{self, Census, Moved, TakesAnOperator};
use crate::organizations::{Organization, by_domain};
use crate::platform::domain::Domain;
use crate::platform::ids::OrganizationId;

/// Nobody has more to show at a time.
const MOST_OPEN: i64 = 100;

/// Why a domain was not claimed.
#[derive(Debug, thiserror::Error)]
pub enum NotClaimed {
    #[error("nobody can claim it: {0}")]
    Unclaimable(#[from] NotClaimable),
    #[error("it is {0}'s, verified. Only they can release it")]
    Anothers(String),
    #[error("{MOST_OPEN} domains are claimed and not verified: verify or release some of them first")]
    TooMany,
    #[error("{0}")]
    Database(#[from] store::Error),
}

/// A claim, new or as it was.
#[derive(Clone, Debug)]
pub struct Claimed {
    pub new: bool,
    pub verified: bool,
    pub challenge: Challenge,
    pub doubts: Vec<Doubt>,
}

/// Claims a domain for an organization, as an operator does, who is told at once what is in the way.
///
/// # Errors
/// [`NotClaimed`].
pub async fn claim(
    tx: &mut Tx,
    app: &App,
    actor: Actor<'_>,
    (organization, domain): (&Organization, &Domain),
) -> Result<Claimed, NotClaimed> {
    claimable(domain)?;
    if let Some(owner) = by_domain(tx, domain.as_str()).await?.filter(|owner| owner.id != organization.id) {
        return Err(NotClaimed::Anothers(owner.name));
    }
    let doubts = doubts_of(tx, &organization.id, domain).await?;
    Ok(Claimed { doubts, ..claim_untold(tx, app, actor, (organization, domain)).await? })
}

/// The same, and nothing is told or even looked at that is others': a claim shows nothing, and whoever makes one of each domain
/// there is would learn whose they are, and where others' people have their addresses. Once a record is there, [`super::verify`]
/// tells.
///
/// # Errors
/// [`NotClaimed`].
pub async fn claim_untold(
    tx: &mut Tx,
    app: &App,
    actor: Actor<'_>,
    (organization, domain): (&Organization, &Domain),
) -> Result<Claimed, NotClaimed> {
    claimable(domain)?;
    let verified = by_domain(tx, domain.as_str()).await?.is_some_and(|owner| owner.id == organization.id);
    let doubts = Vec::new();
    if let Some(secret) = queries::secret_of(tx, &organization.id, domain).await? {
        return Ok(Claimed { new: false, verified, challenge: challenge(domain, &secret), doubts });
    }
    if queries::open_claims(tx, &organization.id).await? >= MOST_OPEN {
        return Err(NotClaimed::TooMany);
    }
    let secret = app.entropy.token();
    let secret = secret.expose_secret();
    queries::insert(tx, &organization.id, domain, secret).await?;
    record(tx, app, (Event::DomainClaimed, actor), &organization.id, json!({ "domain": domain.as_str() })).await?;
    Ok(Claimed { new: true, verified, challenge: challenge(domain, secret), doubts })
}

/// What is odd about a domain at this moment.
pub(super) async fn doubts_of(
    tx: &mut Tx,
    organization: &OrganizationId,
    domain: &Domain,
) -> Result<Vec<Doubt>, store::Error> {
    let others = queries::others(tx, organization).await?;
    let people = queries::others_people(tx, organization, domain).await?;
    Ok(doubts(domain, &others, people))
}

/// Why a domain was not let go.
#[derive(Debug, thiserror::Error)]
pub enum NotReleased {
    #[error(transparent)]
    TakesAnOperator(#[from] TakesAnOperator),
    #[error("{0}")]
    Database(#[from] store::Error),
}

/// Lets a domain or a claim go; `None` when the organization has none of it. Only a domain that leads to its own sign-in moves
/// anybody by that.
///
/// # Errors
/// [`NotReleased`]; then nothing has changed.
pub async fn release(
    tx: &mut Tx,
    app: &App,
    actor: Actor<'_>,
    (organization, domain): (&Organization, &Domain),
) -> Result<Option<Moved>, NotReleased> {
    let leads = federation::leads_to(tx, domain.as_str()).await?.is_some();
    let census = Census::take(tx, &organization.id).await?;
    let (taken, claimed) = queries::take(tx, &organization.id, domain).await?;
    if !taken && !claimed {
        return Ok(None);
    }
    let moved = if taken && leads { census.moved(tx, actor).await?? } else { Moved::default() };
    let details = json!({ "domain": domain.as_str(), "was_verified": taken, "moved": moved.json() });
    record(tx, app, (Event::DomainReleased, actor), &organization.id, details).await?;
    moved.tell(tx, app, actor, &organization.id, domain.as_str()).await?;
    Ok(Some(moved))
}

pub(super) async fn record(
    tx: &mut Tx,
    app: &App,
    (event, actor): (Event, Actor<'_>),
    organization: &OrganizationId,
    details: serde_json::Value,
) -> Result<(), store::Error> {
    let entry = Entry { organization: Some(organization), ..Entry::plain(event, actor, details) };
    audit::record(tx, &app.entropy, entry).await
}
