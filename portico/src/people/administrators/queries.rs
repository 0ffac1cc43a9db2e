use store::{Error, Row, Tx};

use super::Administrator;
use crate::platform::entropy::Entropy;
use crate::platform::ids::{AccountId, ConnectionId, OrganizationId};

/// Lets an account administer a whole organization because its connection's role mapping says so; once, however often it does.
pub async fn map_administrator(
    tx: &mut Tx,
    entropy: &Entropy,
    (organization, connection): (&OrganizationId, &ConnectionId),
    account: &AccountId,
    role: &str,
) -> Result<(), Error> {
    let there = "SELECT id FROM administrators
                 WHERE organization_id = $1 AND account_id = $2 AND role = $3 AND site_id IS NULL";
    if tx.first(there, &[organization, account, &role]).await?.is_some() {
        return Ok(());
    }
    tx.execute(
        "INSERT INTO administrators (id, organization_id, account_id, role, connection_id) VALUES ($1, $2, $3, $4, $5)",
        &[&entropy.id(), organization, account, &role, connection],
    )
    .await
    .map(drop)
}

/// What role mapping has made of an account, in the words of roles.
pub async fn mapped_roles(tx: &mut Tx, connection: &ConnectionId, account: &AccountId) -> Result<Vec<String>, Error> {
    let sql = "SELECT role FROM administrators WHERE connection_id = $1 AND account_id = $2 ORDER BY role";
    tx.all(sql, &[connection, account]).await?.iter().map(|row| row.get(0)).collect()
}

/// Takes that back.
pub async fn unmap_administrator(tx: &mut Tx, connection: &ConnectionId, account: &AccountId) -> Result<u64, Error> {
    let sql = "DELETE FROM administrators WHERE connection_id = $1 AND account_id = $2";
    tx.execute(sql, &[connection, account]).await
}

/// Those who run the deployment, and can act today.
pub async fn operators(tx: &mut Tx) -> Result<Vec<Administrator>, Error> {
    let rows = tx
        .all(
            "SELECT a.id, a.first_name, a.last_name, a.email_shown, a.language,
                    CASE WHEN a.email_changed_at IS NOT NULL AND a.email_verified_at IS NULL THEN 1 ELSE 0 END
             FROM staff s JOIN accounts a ON a.id = s.account_id
             WHERE s.role = 'operator' AND a.disabled_at IS NULL
             ORDER BY a.last_name, a.first_name, a.id",
            &[],
        )
        .await?;
    rows.iter().map(|row| administrator(row, false, row.get::<i64>(5)? > 0)).collect()
}

fn administrator(row: &Row, license_owner: bool, unproved: bool) -> Result<Administrator, Error> {
    Ok(Administrator {
        account: row.get(0)?,
        name: format!("{} {}", row.get::<String>(1)?, row.get::<String>(2)?).trim().to_owned(),
        email: row.get(3)?,
        language: row.get(4)?,
        license_owner,
        unproved,
    })
}

/// The administrators of an organization who can act today, each once whatever they administer; License Owners first.
pub async fn administrators_of(tx: &mut Tx, organization: &OrganizationId) -> Result<Vec<Administrator>, Error> {
    let rows = tx
        .all(
            // Whoever owns the licenses of one site is an administrator, and no owner of the organization's.
            "SELECT a.id, a.first_name, a.last_name, a.email_shown, a.language,
                    MIN(CASE WHEN m.role = 'license_owner' AND m.site_id IS NULL THEN 0 ELSE 1 END),
                    MIN(CASE WHEN a.email_changed_at IS NOT NULL AND a.email_verified_at IS NULL THEN 1 ELSE 0 END)
             FROM administrators m JOIN accounts a ON a.id = m.account_id
             WHERE m.organization_id = $1 AND a.disabled_at IS NULL
             GROUP BY a.id, a.first_name, a.last_name, a.email_shown, a.language
             ORDER BY MIN(CASE WHEN m.role = 'license_owner' AND m.site_id IS NULL THEN 0 ELSE 1 END), a.last_name, a.first_name, a.id",
            &[organization],
        )
        .await?;
    rows.iter().map(|row| administrator(row, row.get::<i64>(5)? == 0, row.get::<i64>(6)? > 0)).collect()
}
