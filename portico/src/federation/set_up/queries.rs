use store::{Error, Tx};

use crate::platform::clock::Time;
use crate::platform::ids::{ConnectionId, OrganizationId};

/// How many people are linked through a connection.
pub async fn linked(tx: &mut Tx, connection: &ConnectionId) -> Result<i64, Error> {
    let sql = "SELECT COUNT(*) FROM federated_identities WHERE connection_id = $1";
    tx.first(sql, &[connection]).await?.map_or(Ok(0), |row| row.get(0))
}

/// Whether it is the organization of whoever runs this.
pub async fn has_staff(tx: &mut Tx, organization: &OrganizationId) -> Result<bool, Error> {
    let sql =
        "SELECT s.account_id FROM staff s JOIN accounts a ON a.id = s.account_id WHERE a.organization_id = $1 LIMIT 1";
    Ok(tx.first(sql, &[organization]).await?.is_some())
}

/// An organization's verified domains, and whether each leads to this connection.
pub async fn verified_domains(
    tx: &mut Tx,
    organization: &OrganizationId,
    connection: &ConnectionId,
) -> Result<Vec<(String, bool)>, Error> {
    let rows = tx
        .all(
            "SELECT domain, CASE WHEN connection_id = $2 THEN 1 ELSE 0 END FROM organization_domains
             WHERE organization_id = $1 AND verified_at IS NOT NULL ORDER BY domain",
            &[organization, connection],
        )
        .await?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get::<i64>(1)? == 1))).collect()
}

/// From *off* to *trial*; false when it was not off.
pub async fn from_off_to_trial(tx: &mut Tx, connection: &ConnectionId) -> Result<bool, Error> {
    let now = Time(tx.now());
    let sql = "UPDATE connections SET state = 'trial', changed_at = $1 WHERE id = $2 AND state = 'off'";
    Ok(tx.execute(sql, &[&now, connection]).await? == 1)
}

/// How many of an organization's people have an address of a domain.
pub async fn people_of_domain(tx: &mut Tx, organization: &OrganizationId, domain: &str) -> Result<i64, Error> {
    // A domain has no letter that means something to LIKE.
    let ends = format!("%@{domain}");
    let sql = "SELECT COUNT(*) FROM accounts WHERE organization_id = $1 AND disabled_at IS NULL AND email LIKE $2";
    tx.first(sql, &[organization, &ends]).await?.map_or(Ok(0), |row| row.get(0))
}

/// Whether some domain of the organization leads to a connection that is on.
pub async fn leads_somewhere(tx: &mut Tx, organization: &OrganizationId) -> Result<bool, Error> {
    let sql = "SELECT domain FROM led_domains WHERE organization_id = $1 ORDER BY domain LIMIT 1";
    Ok(tx.first(sql, &[organization]).await?.is_some())
}
