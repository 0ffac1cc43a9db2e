use store::{Error, Row, Tx};

use super::by::Admitted;
use super::requests::Request;
use super::rules::{Hand, MADE_COUNTS_AFTER};
use crate::organizations::Continuity;
use crate::platform::clock::Time;
use crate::platform::ids::{AccountId, OrganizationId};

/// A second mailbox of somebody's, or one that would be.
#[derive(Clone, Debug)]
pub struct Address {
    /// Canonical.
    pub email: String,
    pub shown: String,
    pub set_at: Time,
    /// `None`: nobody has confirmed it.
    pub verified_at: Option<Time>,
}

/// The one that counts first, if there is one.
///
/// # Errors
/// When the database says no.
pub async fn addresses_of(tx: &mut Tx, account: &AccountId) -> Result<Vec<Address>, Error> {
    let rows = tx
        .all(
            "SELECT email, email_shown, set_at, verified_at FROM secondary_addresses WHERE account_id = $1
             ORDER BY CASE WHEN verified_at IS NULL THEN 1 ELSE 0 END, set_at DESC",
            &[account],
        )
        .await?;
    rows.iter().map(read).collect()
}

/// The one that was confirmed.
///
/// # Errors
/// When the database says no.
pub async fn address_of(tx: &mut Tx, account: &AccountId) -> Result<Option<Address>, Error> {
    Ok(addresses_of(tx, account).await?.into_iter().find(|address| address.verified_at.is_some()))
}

fn read(row: &Row) -> Result<Address, Error> {
    Ok(Address { email: row.get(0)?, shown: row.get(1)?, set_at: row.get(2)?, verified_at: row.get(3)? })
}

/// Where else mail reaches somebody for certain.
pub async fn verified(tx: &mut Tx, account: &AccountId) -> Result<Option<String>, Error> {
    Ok(address_of(tx, account).await?.map(|address| address.shown))
}

/// One that would be; an older one that nobody has confirmed gives way. The confirmed one stays until this one is.
pub async fn name(tx: &mut Tx, account: &AccountId, new: &Address, domain: &str, set_by: &str) -> Result<(), Error> {
    let older = "DELETE FROM secondary_addresses WHERE account_id = $1 AND verified_at IS NULL";
    tx.execute(older, &[account]).await?;
    tx.execute(
        "INSERT INTO secondary_addresses (account_id, email, email_shown, domain, set_by, set_at)
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (account_id, email) DO NOTHING",
        &[account, &new.email, &new.shown, &domain, &set_by, &new.set_at],
    )
    .await
    .map(drop)
}

/// Somebody who reads there has confirmed it; false when it is not asked for any more, or was confirmed before.
pub async fn verify(tx: &mut Tx, account: &AccountId, email: &str) -> Result<bool, Error> {
    let now = Time(tx.now());
    let verified = tx
        .execute(
            "UPDATE secondary_addresses SET verified_at = $1
             WHERE account_id = $2 AND email = $3 AND verified_at IS NULL",
            &[&now, account, &email],
        )
        .await?;
    if verified == 1 {
        let others = "DELETE FROM secondary_addresses WHERE account_id = $1 AND email <> $2";
        tx.execute(others, &[account, &email]).await?;
    }
    Ok(verified == 1)
}

/// What was confirmed from then on counts for nothing, until somebody who reads there confirms it anew; what was named and waits for its
/// button is named no more. Says how many were confirmed.
pub async fn distrust(tx: &mut Tx, organization: &OrganizationId, since: Time) -> Result<u64, Error> {
    tx.execute(
        "DELETE FROM secondary_addresses
         WHERE verified_at IS NULL AND set_at >= $1
           AND account_id IN (SELECT a.id FROM accounts a WHERE a.organization_id = $2)",
        &[&since, organization],
    )
    .await?;
    tx.execute(
        "UPDATE secondary_addresses SET verified_at = NULL
         WHERE verified_at >= $1 AND account_id IN (SELECT a.id FROM accounts a WHERE a.organization_id = $2)",
        &[&since, organization],
    )
    .await
}

pub async fn remove(tx: &mut Tx, account: &AccountId) -> Result<u64, Error> {
    tx.execute("DELETE FROM secondary_addresses WHERE account_id = $1", &[account]).await
}

/// All domains of an organization, verified or claimed.
pub async fn domains_of(tx: &mut Tx, organization: &OrganizationId) -> Result<Vec<String>, Error> {
    let rows = tx
        .all(
            "SELECT domain FROM organization_domains WHERE organization_id = $1
             UNION SELECT domain FROM domain_claims WHERE organization_id = $1",
            &[organization],
        )
        .await?;
    rows.iter().map(|row| row.get(0)).collect()
}

/// The License Owners who speak for a whole organization: not those of one of its sites, nor whom its connection has made one. An
/// account that the connection has made counts after a while.
pub async fn owners(tx: &mut Tx, organization: &OrganizationId) -> Result<Vec<AccountId>, Error> {
    let made_before = Time(tx.now()) - MADE_COUNTS_AFTER;
    let rows = tx
        .all(
            "SELECT DISTINCT a.id FROM administrators m JOIN accounts a ON a.id = m.account_id
             WHERE m.organization_id = $1 AND m.role = 'license_owner' AND m.site_id IS NULL AND m.connection_id IS NULL
               AND a.disabled_at IS NULL AND (a.email_changed_at IS NULL OR a.email_verified_at IS NOT NULL)
               AND NOT EXISTS (SELECT 1 FROM federated_identities f
                               WHERE f.account_id = a.id AND f.linked_by = 'created' AND f.linked_at > $2)",
            &[organization, &made_before],
        )
        .await?;
    rows.iter().map(|row| row.get(0)).collect()
}

pub async fn insert(
    tx: &mut Tx,
    admitted: &Admitted<'_>,
    id: &str,
    reason: &str,
    expires_at: Time,
) -> Result<(), Error> {
    let now = Time(tx.now());
    let by = &admitted.by;
    tx.execute(
        "INSERT INTO suspensions (id, organization_id, reason, asked_by, asked_at, expires_at, typed_at, typed_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        &[
            &id,
            &admitted.organization.id,
            &reason,
            &admitted.id(),
            &now,
            &expires_at,
            &by.is_typed().then_some(now),
            &by.typist().map(|operator| &operator.id),
        ],
    )
    .await
    .map(drop)
}

/// The newest that neither began nor was closed, and whose time is not over.
pub async fn open(tx: &mut Tx, organization: &OrganizationId) -> Result<Option<Request>, Error> {
    let now = Time(tx.now());
    let row = tx
        .first(
            "SELECT id, reason, asked_by, asked_at, expires_at, typed_at, typed_by FROM suspensions
             WHERE organization_id = $1 AND asked_by IS NOT NULL AND closed_at IS NULL AND began_at IS NULL
               AND expires_at > $2
             ORDER BY asked_at DESC, id DESC LIMIT 1",
            &[organization, &now],
        )
        .await?;
    row.map(|row| {
        let asked_by: AccountId = row.get(2)?;
        // Only License Owners ask; what was typed in their name is an operator's doing.
        let hand = match row.get::<Option<Time>>(5)? {
            None => Hand { account: Some(asked_by.clone()), operator: false },
            Some(_) => Hand { account: row.get(6)?, operator: true },
        };
        Ok(Request {
            id: row.get(0)?,
            reason: row.get(1)?,
            asked_by,
            hand,
            asked_at: row.get(3)?,
            expires_at: row.get(4)?,
        })
    })
    .transpose()
}

pub async fn close(tx: &mut Tx, id: &str, by: Option<&AccountId>) -> Result<(), Error> {
    let now = Time(tx.now());
    tx.execute(
        "UPDATE suspensions SET closed_at = $1, closed_by = $2
         WHERE id = $3 AND closed_at IS NULL AND began_at IS NULL",
        &[&now, &by, &id],
    )
    .await
    .map(drop)
}

pub async fn begin(tx: &mut Tx, id: &str, by: Option<&AccountId>) -> Result<(), Error> {
    let now = Time(tx.now());
    let sql = "UPDATE suspensions SET began_at = $1, begun_by = $2 WHERE id = $3 AND began_at IS NULL";
    tx.execute(sql, &[&now, &by, &id]).await.map(drop)
}

pub async fn end(tx: &mut Tx, organization: &OrganizationId, by: Option<&AccountId>) -> Result<(), Error> {
    let now = Time(tx.now());
    tx.execute(
        "UPDATE suspensions SET ended_at = $1, ended_by = $2
         WHERE organization_id = $3 AND began_at IS NOT NULL AND ended_at IS NULL",
        &[&now, &by, organization],
    )
    .await
    .map(drop)
}

/// True for exactly one caller: it was not suspended.
pub async fn suspend(tx: &mut Tx, organization: &OrganizationId) -> Result<bool, Error> {
    let now = Time(tx.now());
    let suspended = tx
        .execute(
            "UPDATE organizations SET sso_suspended_at = $1 WHERE id = $2 AND sso_suspended_at IS NULL",
            &[&now, organization],
        )
        .await?;
    Ok(suspended == 1)
}

/// True for exactly one caller, and for this suspension only.
pub async fn resume(tx: &mut Tx, organization: &OrganizationId, suspended_at: Time) -> Result<bool, Error> {
    let resumed = tx
        .execute(
            "UPDATE organizations SET sso_suspended_at = NULL WHERE id = $1 AND sso_suspended_at = $2",
            &[organization, &suspended_at],
        )
        .await?;
    Ok(resumed == 1)
}

/// Which mailboxes a reset takes; false when it was so before.
///
/// # Errors
/// When the database says no.
pub async fn set_policy(tx: &mut Tx, organization: &OrganizationId, through: Continuity) -> Result<bool, Error> {
    let changed = tx
        .execute(
            "UPDATE organizations SET continuity = $1 WHERE id = $2 AND COALESCE(continuity, 'both') <> $1",
            &[&through.as_str(), organization],
        )
        .await?;
    Ok(changed == 1)
}

/// How many of an organization's people could reset a password through a second mailbox: that which is, or one that would begin now.
#[derive(Clone, Copy, Debug, Default)]
pub struct Readiness {
    pub people: i64,
    pub with_second: i64,
    /// Of these, who have set a password under the suspension that holds.
    pub with_password: i64,
}

/// # Errors
/// When the database says no.
pub async fn readiness(tx: &mut Tx, organization: &OrganizationId) -> Result<Readiness, Error> {
    let row = tx
        .first(
            // The same condition as where an account is read (`people`).
            "SELECT COUNT(*),
                    COUNT(CASE WHEN EXISTS (SELECT 1 FROM secondary_addresses y
                                            WHERE y.account_id = a.id
                                              AND y.verified_at < COALESCE(o.sso_suspended_at, y.verified_at + 1)
                                              AND NOT EXISTS (SELECT 1 FROM organization_domains d
                                                              WHERE d.organization_id = o.id
                                                                AND (d.domain = y.domain
                                                                     OR y.domain LIKE '%.' || d.domain))) THEN 1 END),
                    COUNT(CASE WHEN a.password_suspended_at = o.sso_suspended_at THEN 1 END)
             FROM accounts a JOIN organizations o ON o.id = a.organization_id
             WHERE a.organization_id = $1 AND a.disabled_at IS NULL AND a.shared_at IS NULL",
            &[organization],
        )
        .await?;
    let read = |row: Row| Ok(Readiness { people: row.get(0)?, with_second: row.get(1)?, with_password: row.get(2)? });
    row.map_or(Ok(Readiness::default()), read)
}

/// Organizations whose sign-in somebody has to look at: suspended, or asked to be. Slug and name.
pub async fn to_look_at(tx: &mut Tx) -> Result<Vec<(String, String)>, Error> {
    let now = Time(tx.now());
    let rows = tx
        .all(
            "SELECT o.slug, o.name FROM organizations o
             WHERE o.sso_suspended_at IS NOT NULL
                OR EXISTS (SELECT 1 FROM suspensions s
                           WHERE s.organization_id = o.id AND s.closed_at IS NULL AND s.began_at IS NULL
                             AND s.expires_at > $1)
             ORDER BY o.name LIMIT 100",
            &[&now],
        )
        .await?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}

/// Why the suspension that holds began.
pub async fn reason_of(tx: &mut Tx, organization: &OrganizationId) -> Result<Option<String>, Error> {
    let row = tx
        .first(
            "SELECT reason FROM suspensions WHERE organization_id = $1 AND began_at IS NOT NULL AND ended_at IS NULL
             ORDER BY began_at DESC LIMIT 1",
            &[organization],
        )
        .await?;
    row.map(|row| row.get(0)).transpose()
}
