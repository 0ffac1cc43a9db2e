use store::{Error, Row, Tx};

use super::policy::Departures;
use super::{Organization, Policy};
use crate::platform::ids::OrganizationId;
use crate::platform::spelled::parse;

/// The organization that owns a **verified** domain; an unverified one routes nobody.
pub async fn by_domain(tx: &mut Tx, domain: &str) -> Result<Option<Organization>, Error> {
    let row = tx
        .first(
            "SELECT o.id, o.slug, o.name, o.time_zone, o.contact, o.sign_in, o.preset, o.recovery, o.mfa,
                    o.lock_failures, o.lock_minutes, o.reset_minutes
             FROM organization_domains d JOIN organizations o ON o.id = d.organization_id
             WHERE d.domain = $1 AND d.verified_at IS NOT NULL",
            &[&domain],
        )
        .await?;
    row.as_ref().map(read).transpose()
}

pub async fn by_id(tx: &mut Tx, id: &OrganizationId) -> Result<Option<Organization>, Error> {
    let row = tx
        .first(
            "SELECT id, slug, name, time_zone, contact, sign_in, preset, recovery, mfa,
                    lock_failures, lock_minutes, reset_minutes
             FROM organizations WHERE id = $1",
            &[id],
        )
        .await?;
    row.as_ref().map(read).transpose()
}

pub async fn by_slug(tx: &mut Tx, slug: &str) -> Result<Option<Organization>, Error> {
    let row = tx
        .first(
            "SELECT id, slug, name, time_zone, contact, sign_in, preset, recovery, mfa,
                    lock_failures, lock_minutes, reset_minutes
             FROM organizations WHERE slug = $1",
            &[&slug],
        )
        .await?;
    row.as_ref().map(read).transpose()
}

fn read(row: &Row) -> Result<Organization, Error> {
    let mfa: Option<String> = row.get(8)?;
    let own = Departures {
        mfa: mfa.as_deref().map(parse).transpose()?,
        lock_failures: row.get(9)?,
        lock_minutes: row.get(10)?,
        reset_minutes: row.get(11)?,
    };
    let preset = parse(&row.get::<String>(6)?)?;
    let recovery = parse(&row.get::<String>(7)?)?;
    Ok(Organization {
        id: row.get(0)?,
        slug: row.get(1)?,
        name: row.get(2)?,
        time_zone: row.get(3)?,
        contact: row.get(4)?,
        sign_in: parse(&row.get::<String>(5)?)?,
        policy: Policy::of(preset, recovery, own),
    })
}
