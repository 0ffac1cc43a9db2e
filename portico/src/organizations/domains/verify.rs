//! Whose a domain is: shown by its DNS, or vouched for by an operator.

use secrecy::ExposeSecret;
use serde_json::json;
use store::Tx;

use super::claim::{doubts_of, record};
use super::rules::{Doubt, How, NotClaimable, Record, challenge, claimable, is_there};
use super::{Challenge, queries};
use crate::app::App;
use crate::audit::{Actor, Event};
use crate::organizations::{Organization, by_domain};
use crate::people::Account;
use crate::platform::clock::Time;
use crate::platform::dns::Silent;
use crate::platform::domain::Domain;

/// Why a domain was not verified.
#[derive(Debug, thiserror::Error)]
pub enum NotVerified {
    #[error("nobody can have it: {0}")]
    Unclaimable(#[from] NotClaimable),
    #[error("the organization has not claimed it")]
    NotClaimed,
    #[error("it is {0}'s, verified. Only they can release it")]
    Anothers(String),
    #[error("{}", list(.0))]
    Doubtful(Vec<Doubt>),
    /// With the texts that stand there.
    #[error("the record is not there")]
    NotThere { wanted: Challenge, found: Vec<String> },
    #[error("{0}")]
    Silent(#[from] Silent),
    #[error("{0}")]
    Database(#[from] store::Error),
}

fn list(doubts: &[Doubt]) -> String {
    doubts.iter().map(Doubt::to_string).collect::<Vec<_>>().join("; ")
}

/// An operator who says whose a domain is, and why that is known.
pub struct Vouching<'a> {
    pub operator: &'a Account,
    pub because: &'a str,
}

/// Looks for the record, and makes the domain the organization's when it is there. False when it was before. `despite_doubts`: an
/// operator has looked at them.
///
/// # Errors
/// [`NotVerified`].
pub async fn verify(
    app: &App,
    actor: Actor<'_>,
    (organization, domain): (&Organization, &Domain),
    despite_doubts: bool,
) -> Result<bool, NotVerified> {
    let ready = async |tx: &mut Tx| {
        let secret = queries::secret_of(tx, &organization.id, domain).await?;
        let owned = by_domain(tx, domain.as_str()).await?;
        Ok::<_, NotVerified>((secret, owned.is_some_and(|owner| owner.id == organization.id)))
    };
    let (secret, owned) = app.db.read("domains.claim", ready).await?;
    if owned {
        return Ok(false);
    }
    let secret = secret.ok_or(NotVerified::NotClaimed)?;
    let wanted = challenge(domain, &secret);
    // Outside of the transaction: it may take seconds.
    let found = app.dns.texts(&wanted.name).await?;
    if !is_there(&wanted, &found) {
        return Err(NotVerified::NotThere { wanted, found });
    }
    let write = async |tx: &mut Tx| {
        let shown = Shown { how: How::Dns, vouching: None, secret: &secret, despite_doubts };
        settle(tx, app, actor, (organization, domain), shown).await
    };
    app.db.write("domains.verify", write).await
}

/// Makes a domain the organization's because an operator vouches for it, claimed or not. False when it was before.
///
/// # Errors
/// [`NotVerified`].
pub async fn vouch(
    app: &App,
    (organization, domain): (&Organization, &Domain),
    vouching: &Vouching<'_>,
    despite_doubts: bool,
) -> Result<bool, NotVerified> {
    claimable(domain)?;
    let fresh = app.entropy.token();
    let write = async |tx: &mut Tx| {
        queries::insert(tx, &organization.id, domain, fresh.expose_secret()).await?;
        let secret = queries::secret_of(tx, &organization.id, domain).await?.ok_or(NotVerified::NotClaimed)?;
        let shown = Shown { how: How::Operator, vouching: Some(vouching), secret: &secret, despite_doubts };
        settle(tx, app, Actor::Account(&vouching.operator.id), (organization, domain), shown).await
    };
    app.db.write("domains.vouch", write).await
}

struct Shown<'a> {
    how: How,
    vouching: Option<&'a Vouching<'a>>,
    secret: &'a str,
    despite_doubts: bool,
}

/// Of two organizations that come here at once one gets the row.
async fn settle(
    tx: &mut Tx,
    app: &App,
    actor: Actor<'_>,
    (organization, domain): (&Organization, &Domain),
    shown: Shown<'_>,
) -> Result<bool, NotVerified> {
    match by_domain(tx, domain.as_str()).await? {
        Some(owner) if owner.id == organization.id => return Ok(false),
        Some(owner) => return Err(NotVerified::Anothers(owner.name)),
        None => {}
    }
    let doubts = doubts_of(tx, &organization.id, domain).await?;
    if !doubts.is_empty() && !shown.despite_doubts {
        return Err(NotVerified::Doubtful(doubts));
    }
    if !queries::give(tx, &organization.id, domain).await? {
        return Ok(false);
    }
    let looked_at = match shown.how {
        How::Dns => Record::seen(Time(tx.now())),
        // There may never have been one.
        How::Operator => Record::default(),
    };
    let operator = shown.vouching.map(|vouching| &vouching.operator.id);
    let facts = (shown.how, operator, looked_at);
    if !queries::set_verified(tx, &organization.id, domain, shown.secret, facts).await? {
        // Released meanwhile, or claimed anew: what was shown is not what is wanted now.
        return Err(NotVerified::NotClaimed);
    }
    // Where its people have their passwords is not asked anew: one more domain, which leads nowhere yet, must not let the
    // passwords count again that an organization with a sign-in of its own has left here.
    let details = json!({
        "domain": domain.as_str(),
        "by": shown.how.as_str(),
        "operator": shown.vouching.map(|vouching| &vouching.operator.email),
        "because": shown.vouching.map(|vouching| vouching.because),
        "despite": doubts.iter().map(Doubt::name).collect::<Vec<_>>(),
    });
    record(tx, app, (Event::DomainVerified, actor), &organization.id, details).await?;
    Ok(true)
}
