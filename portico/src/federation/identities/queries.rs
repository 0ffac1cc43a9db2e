use store::{Error, Row, Tx};

use super::{Identity, LinkedBy};
use crate::people::Account;
use crate::platform::clock::Time;
use crate::platform::ids::{AccountId, ConnectionId, OrganizationId, SignInId};
use crate::platform::spelled::parse;

/// Links a subject to an account of the connection's organization; false when either of them is linked already.
pub async fn link(
    tx: &mut Tx,
    connection: &ConnectionId,
    subject: &str,
    account: &Account,
    by: LinkedBy,
) -> Result<bool, Error> {
    let now = Time(tx.now());
    let linked = tx
        .execute(
            "INSERT INTO federated_identities (connection_id, subject, account_id, organization_id, linked_by, linked_at)
             VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING",
            &[connection, &subject, &account.id, &account.organization.id, &by.as_str(), &now],
        )
        .await?;
    Ok(linked == 1)
}

/// Whoever comes with the account's subject next is a stranger. Call it with what ends the account's sessions.
pub async fn unlink(tx: &mut Tx, connection: &ConnectionId, account: &AccountId) -> Result<bool, Error> {
    let sql = "DELETE FROM federated_identities WHERE connection_id = $1 AND account_id = $2";
    Ok(tx.execute(sql, &[connection, account]).await? == 1)
}

/// Takes back who an account is, at every connection; says how many that were.
pub async fn unlink_all(tx: &mut Tx, account: &AccountId) -> Result<u64, Error> {
    tx.execute("DELETE FROM federated_identities WHERE account_id = $1", &[account]).await
}

pub async fn identity(tx: &mut Tx, connection: &ConnectionId, subject: &str) -> Result<Option<Identity>, Error> {
    let row = tx
        .first(
            "SELECT connection_id, subject, account_id, organization_id, linked_by, linked_at, seen_at,
                    factor_at
             FROM federated_identities WHERE connection_id = $1 AND subject = $2",
            &[connection, &subject],
        )
        .await?;
    row.as_ref().map(read).transpose()
}

/// Who an account is, at each connection it is known at.
pub async fn identities_of(tx: &mut Tx, account: &AccountId) -> Result<Vec<Identity>, Error> {
    let rows = tx
        .all(
            "SELECT connection_id, subject, account_id, organization_id, linked_by, linked_at, seen_at,
                    factor_at
             FROM federated_identities WHERE account_id = $1 ORDER BY linked_at, connection_id",
            &[account],
        )
        .await?;
    rows.iter().map(read).collect()
}

/// Those that an organization's connections have made by themselves since then, oldest first.
pub async fn linked_since(tx: &mut Tx, organization: &OrganizationId, since: Time) -> Result<Vec<Identity>, Error> {
    let rows = tx
        .all(
            "SELECT connection_id, subject, account_id, organization_id, linked_by, linked_at, seen_at
             FROM federated_identities WHERE organization_id = $1 AND linked_at >= $2 AND linked_by <> 'administrator'
             ORDER BY linked_at, connection_id, subject",
            &[organization, &since],
        )
        .await?;
    rows.iter().map(read).collect()
}

/// Takes all of these back; says how many they were.
///
/// # Errors
/// When the database says no.
pub async fn unlink_since(tx: &mut Tx, organization: &OrganizationId, since: Time) -> Result<u64, Error> {
    tx.execute(
        "DELETE FROM federated_identities
         WHERE organization_id = $1 AND linked_at >= $2 AND linked_by <> 'administrator'",
        &[organization, &since],
    )
    .await
}

/// Whether an account is somebody at a connection.
pub async fn is_linked(tx: &mut Tx, connection: &ConnectionId, account: &AccountId) -> Result<bool, Error> {
    let sql = "SELECT subject FROM federated_identities WHERE connection_id = $1 AND account_id = $2";
    Ok(tx.first(sql, &[connection, account]).await?.is_some())
}

/// Notes that somebody came with a subject.
pub async fn note_seen(tx: &mut Tx, connection: &ConnectionId, subject: &str) -> Result<(), Error> {
    let now = Time(tx.now());
    let sql = "UPDATE federated_identities SET seen_at = $1 WHERE connection_id = $2 AND subject = $3";
    tx.execute(sql, &[&now, connection, &subject]).await.map(drop)
}

/// Notes that whoever came by the subject of a sign-in has shown the second factor that the account has here.
pub async fn note_factor(tx: &mut Tx, sign_in: &SignInId) -> Result<(), Error> {
    let now = Time(tx.now());
    tx.execute(
        "UPDATE federated_identities SET factor_at = $1
         WHERE factor_at IS NULL AND EXISTS (
             SELECT 1 FROM federated_sessions f
             WHERE f.sign_in_id = $2 AND f.connection_id = federated_identities.connection_id
               AND f.subject = federated_identities.subject)",
        &[&now, sign_in],
    )
    .await
    .map(drop)
}

fn read(row: &Row) -> Result<Identity, Error> {
    Ok(Identity {
        connection: row.get(0)?,
        subject: row.get(1)?,
        account: row.get(2)?,
        organization: row.get(3)?,
        linked_by: parse(&row.get::<String>(4)?)?,
        linked_at: row.get(5)?,
        seen_at: row.get(6)?,
        factor_at: row.get(7)?,
    })
}
