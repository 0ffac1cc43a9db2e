use store::{Error, Tx};

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
