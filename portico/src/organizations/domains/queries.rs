use store::{Error, Row, Tx};

use super::listed::Listed;
use super::rules::{How, Record};
use super::watch::Due;
use crate::platform::clock::Time;
use crate::platform::domain::Domain;
use crate::platform::ids::{AccountId, OrganizationId};
use crate::platform::spelled::parse;

/// The secret of an organization's claim.
pub async fn secret_of(tx: &mut Tx, organization: &OrganizationId, domain: &Domain) -> Result<Option<String>, Error> {
    let sql = "SELECT challenge FROM domain_claims WHERE organization_id = $1 AND domain = $2";
    tx.first(sql, &[organization, &domain.as_str()]).await?.map(|row| row.get(0)).transpose()
}

fn record(row: &Row, at: usize) -> Result<Record, Error> {
    Ok(Record { check_at: row.get(at)?, missing_since: row.get(at + 1)?, warned_at: row.get(at + 2)? })
}

/// False when the organization claims it already.
pub async fn insert(tx: &mut Tx, organization: &OrganizationId, domain: &Domain, secret: &str) -> Result<bool, Error> {
    let now = Time(tx.now());
    let inserted = tx
        .execute(
            "INSERT INTO domain_claims (organization_id, domain, challenge, claimed_at) VALUES ($1, $2, $3, $4)
             ON CONFLICT (organization_id, domain) DO NOTHING",
            &[organization, &domain.as_str(), &secret, &now],
        )
        .await?;
    Ok(inserted == 1)
}

/// Makes a domain an organization's; false when it is another's, or has been this one's before.
pub async fn give(tx: &mut Tx, organization: &OrganizationId, domain: &Domain) -> Result<bool, Error> {
    let now = Time(tx.now());
    let given = tx
        .execute(
            "INSERT INTO organization_domains (domain, organization_id, verified_at) VALUES ($1, $2, $3)
             ON CONFLICT (domain) DO UPDATE
             SET organization_id = excluded.organization_id, verified_at = excluded.verified_at
             WHERE organization_domains.verified_at IS NULL",
            &[&domain.as_str(), organization, &now],
        )
        .await?;
    Ok(given == 1)
}

/// Notes how a claim was verified; false when there is none any more, or it has another secret.
pub async fn set_verified(
    tx: &mut Tx,
    organization: &OrganizationId,
    domain: &Domain,
    secret: &str,
    (how, vouched_by, record): (How, Option<&AccountId>, Record),
) -> Result<bool, Error> {
    let set = tx
        .execute(
            "UPDATE domain_claims SET verified_by = $1, vouched_by = $2, check_at = $3, missing_since = $4, warned_at = $5
             WHERE organization_id = $6 AND domain = $7 AND challenge = $8",
            &[
                &how.as_str(),
                &vouched_by.map(AccountId::as_str),
                &record.check_at,
                &record.missing_since,
                &record.warned_at,
                organization,
                &domain.as_str(),
                &secret,
            ],
        )
        .await?;
    Ok(set == 1)
}

/// Whether it was the organization's, and whether it had claimed it.
pub async fn take(tx: &mut Tx, organization: &OrganizationId, domain: &Domain) -> Result<(bool, bool), Error> {
    let sql = "DELETE FROM organization_domains WHERE organization_id = $1 AND domain = $2";
    let taken = tx.execute(sql, &[organization, &domain.as_str()]).await?;
    let sql = "DELETE FROM domain_claims WHERE organization_id = $1 AND domain = $2";
    let claimed = tx.execute(sql, &[organization, &domain.as_str()]).await?;
    Ok((taken > 0, claimed > 0))
}

/// How many domains an organization claims that it has not shown.
pub async fn open_claims(tx: &mut Tx, organization: &OrganizationId) -> Result<i64, Error> {
    let sql = "SELECT COUNT(*) FROM domain_claims WHERE organization_id = $1 AND verified_by IS NULL";
    tx.first(sql, &[organization]).await?.map_or(Ok(0), |row| row.get(0))
}

/// The domains of all other organizations, with whose they are.
pub async fn others(tx: &mut Tx, organization: &OrganizationId) -> Result<Vec<(String, String)>, Error> {
    let rows = tx
        .all(
            "SELECT d.domain, o.name FROM organization_domains d JOIN organizations o ON o.id = d.organization_id
             WHERE d.organization_id <> $1 AND d.verified_at IS NOT NULL ORDER BY d.domain",
            &[organization],
        )
        .await?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}

/// Accounts of other organizations with an address of the domain.
pub async fn others_people(tx: &mut Tx, organization: &OrganizationId, domain: &Domain) -> Result<i64, Error> {
    // A domain has no letter that means something to LIKE.
    let ends = format!("%@{domain}");
    let sql = "SELECT COUNT(*) FROM accounts WHERE organization_id <> $1 AND email LIKE $2";
    tx.first(sql, &[organization, &ends]).await?.map_or(Ok(0), |row| row.get(0))
}

/// The domains that organizations have and want; of one of them, or of all.
pub async fn list(tx: &mut Tx, organization: Option<&OrganizationId>) -> Result<Vec<Listed>, Error> {
    let one = organization.map_or("", OrganizationId::as_str);
    let mut found = Vec::new();
    let claims = tx
        .all(
            "SELECT o.id, o.slug, o.name, c.domain, d.verified_at, c.challenge, c.claimed_at, c.verified_by, a.email_shown,
                    c.check_at, c.missing_since, c.warned_at
             FROM domain_claims c JOIN organizations o ON o.id = c.organization_id
             LEFT JOIN organization_domains d ON d.domain = c.domain AND d.organization_id = c.organization_id
                 AND d.verified_at IS NOT NULL
             LEFT JOIN accounts a ON a.id = c.vouched_by
             WHERE $1 = '' OR c.organization_id = $1",
            &[&one],
        )
        .await?;
    for row in &claims {
        let verified_by: Option<String> = row.get(7)?;
        found.push(Listed {
            secret: Some(row.get(5)?),
            claimed_at: Some(row.get(6)?),
            verified_by: verified_by.as_deref().map(parse).transpose()?,
            vouched_by: row.get(8)?,
            record: record(row, 9)?,
            ..listed(row)?
        });
    }
    // Given without a claim: by the demo, or by hand.
    let given = tx
        .all(
            "SELECT o.id, o.slug, o.name, d.domain, d.verified_at
             FROM organization_domains d JOIN organizations o ON o.id = d.organization_id
             WHERE ($1 = '' OR d.organization_id = $1) AND d.verified_at IS NOT NULL AND NOT EXISTS (
                 SELECT 1 FROM domain_claims c WHERE c.organization_id = d.organization_id AND c.domain = d.domain)",
            &[&one],
        )
        .await?;
    found.extend(given.iter().map(listed).collect::<Result<Vec<_>, _>>()?);
    found.sort_by(|a, b| (&a.slug, &a.domain).cmp(&(&b.slug, &b.domain)));
    Ok(found)
}

fn listed(row: &Row) -> Result<Listed, Error> {
    Ok(Listed {
        organization: row.get(0)?,
        slug: row.get(1)?,
        name: row.get(2)?,
        domain: row.get(3)?,
        verified_at: row.get(4)?,
        secret: None,
        claimed_at: None,
        verified_by: None,
        vouched_by: None,
        record: Record::default(),
    })
}

/// Records that are to be looked at, longest due first.
pub async fn due(tx: &mut Tx, most: i64) -> Result<Vec<Due>, Error> {
    let now = Time(tx.now());
    let rows = tx
        .all(
            "SELECT c.organization_id, c.domain, c.challenge, c.check_at, c.missing_since, c.warned_at
             FROM domain_claims c WHERE c.check_at <= $1 ORDER BY c.check_at, c.domain LIMIT $2",
            &[&now, &most],
        )
        .await?;
    rows.iter()
        .map(|row| {
            Ok(Due { organization: row.get(0)?, domain: row.get(1)?, secret: row.get(2)?, record: record(row, 3)? })
        })
        .collect()
}

/// Notes what a look has found, unless somebody else has looked meanwhile, or the claim is another.
pub async fn set_record(tx: &mut Tx, due: &Due, after: Record) -> Result<bool, Error> {
    let set = tx
        .execute(
            "UPDATE domain_claims SET check_at = $1, missing_since = $2, warned_at = $3
             WHERE organization_id = $4 AND domain = $5 AND challenge = $6 AND check_at = $7",
            &[
                &after.check_at,
                &after.missing_since,
                &after.warned_at,
                &due.organization,
                &due.domain,
                &due.secret,
                &due.record.check_at,
            ],
        )
        .await?;
    Ok(set == 1)
}
