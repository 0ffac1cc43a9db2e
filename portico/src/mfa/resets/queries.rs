use store::{Error, Row, Tx};

use super::rules::{Power, REQUEST_LIVES};
use crate::people::Account;
use crate::platform::clock::Time;
use crate::platform::ids::{AccountId, OrganizationId};

/// A reset that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    pub id: String,
    pub begun_at: Time,
    pub due_at: Time,
    pub reason: String,
    /// `account:<id>`, `command`, or `api`.
    pub begun_by: String,
    /// Whose the account was then.
    pub organization: OrganizationId,
}

impl Waiting {
    /// The administrator who has begun it; `None`: whoever may run commands.
    pub fn administrator(&self) -> Option<AccountId> {
        self.begun_by.strip_prefix("account:").map(AccountId::from)
    }
}

pub struct NewReset<'a> {
    pub id: &'a str,
    pub begun_by: &'a str,
    pub reason: &'a str,
    pub due_at: Time,
}

/// False where one waits already.
pub async fn insert(tx: &mut Tx, account: &Account, new: &NewReset<'_>) -> Result<bool, Error> {
    let now = Time(tx.now());
    let inserted = tx
        .execute(
            "INSERT INTO factor_resets (id, organization_id, account_id, open_key, begun_by, reason, begun_at, due_at)
             VALUES ($1, $2, $3, $3, $4, $5, $6, $7) ON CONFLICT (open_key) DO NOTHING",
            &[&new.id, &account.organization.id, &account.id, &new.begun_by, &new.reason, &now, &new.due_at],
        )
        .await?;
    Ok(inserted == 1)
}

/// The one that waits for an account.
///
/// # Errors
/// When the database says no.
pub async fn waiting(tx: &mut Tx, account: &AccountId) -> Result<Option<Waiting>, Error> {
    let sql = "SELECT id, begun_at, due_at, reason, begun_by, organization_id FROM factor_resets WHERE open_key = $1";
    tx.first(sql, &[account]).await?.map(|row| read(&row, 0)).transpose()
}

fn read(row: &Row, at: usize) -> Result<Waiting, Error> {
    Ok(Waiting {
        id: row.get(at)?,
        begun_at: row.get(at + 1)?,
        due_at: row.get(at + 2)?,
        reason: row.get(at + 3)?,
        begun_by: row.get(at + 4)?,
        organization: row.get(at + 5)?,
    })
}

/// Those whose time has come, oldest first.
pub async fn due(tx: &mut Tx) -> Result<Vec<(AccountId, Waiting)>, Error> {
    let now = Time(tx.now());
    let rows = tx
        .all(
            "SELECT account_id, id, begun_at, due_at, reason, begun_by, organization_id FROM factor_resets
             WHERE due_at <= $1 AND open_key IS NOT NULL ORDER BY due_at, id LIMIT 100",
            &[&now],
        )
        .await?;
    rows.iter().map(|row| Ok((row.get(0)?, read(row, 1)?))).collect()
}

/// Stops the one of this id, and no later one. True for exactly one caller: here, in [`stop`], or in [`finish`].
pub async fn lapse(tx: &mut Tx, id: &str) -> Result<bool, Error> {
    let now = Time(tx.now());
    let sql = "UPDATE factor_resets SET stopped_at = $1, open_key = NULL WHERE id = $2 AND open_key IS NOT NULL";
    Ok(tx.execute(sql, &[&now, &id]).await? == 1)
}

/// True for exactly one caller: here, in [`lapse`], or in [`finish`].
pub async fn stop(tx: &mut Tx, account: &AccountId) -> Result<bool, Error> {
    let now = Time(tx.now());
    let sql = "UPDATE factor_resets SET stopped_at = $1, open_key = NULL WHERE open_key = $2";
    Ok(tx.execute(sql, &[&now, account]).await? == 1)
}

pub async fn finish(tx: &mut Tx, id: &str) -> Result<bool, Error> {
    let now = Time(tx.now());
    let finished = tx
        .execute(
            "UPDATE factor_resets SET done_at = $1, open_key = NULL
             WHERE id = $2 AND open_key IS NOT NULL AND due_at <= $1",
            &[&now, &id],
        )
        .await?;
    Ok(finished == 1)
}

/// Those of an organization that wait, first due first.
pub async fn waiting_of(tx: &mut Tx, organization: &OrganizationId) -> Result<Vec<(AccountId, Waiting)>, Error> {
    let rows = tx
        .all(
            "SELECT account_id, id, begun_at, due_at, reason, begun_by, organization_id FROM factor_resets
             WHERE organization_id = $1 AND open_key IS NOT NULL ORDER BY due_at, id LIMIT 100",
            &[organization],
        )
        .await?;
    rows.iter().map(|row| Ok((row.get(0)?, read(row, 1)?))).collect()
}

/// Somebody asks for help; however often, it is one row.
pub async fn ask(tx: &mut Tx, account: &Account) -> Result<(), Error> {
    let now = Time(tx.now());
    tx.tell(
        "INSERT INTO factor_requests (account_id, organization_id, asked_at) VALUES ($1, $2, $3)
         ON CONFLICT (account_id) DO UPDATE
         SET asked_at = excluded.asked_at, organization_id = excluded.organization_id, closed_at = NULL",
        &[&account.id, &account.organization.id, &now],
    )
    .await
}

/// Nobody need look at it any more.
pub async fn close_request(tx: &mut Tx, account: &AccountId) -> Result<(), Error> {
    let now = Time(tx.now());
    tx.tell("UPDATE factor_requests SET closed_at = $1 WHERE account_id = $2 AND closed_at IS NULL", &[&now, account])
        .await
}

/// Those of an organization's people who have asked for help and got none yet, latest first.
pub async fn asked_of(tx: &mut Tx, organization: &OrganizationId) -> Result<Vec<(AccountId, Time)>, Error> {
    let since = Time(tx.now()) - REQUEST_LIVES;
    let rows = tx
        .all(
            "SELECT account_id, asked_at FROM factor_requests
             WHERE organization_id = $1 AND asked_at > $2 AND closed_at IS NULL
             ORDER BY asked_at DESC, account_id LIMIT 100",
            &[organization, &since],
        )
        .await?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}

/// Whether somebody looks after people of an organization, of all of them or of a site's.
pub async fn administers(tx: &mut Tx, account: &AccountId, organization: &OrganizationId) -> Result<bool, Error> {
    let sql = "SELECT id FROM administrators WHERE account_id = $1 AND organization_id = $2 LIMIT 1";
    Ok(tx.first(sql, &[account, organization]).await?.is_some())
}

/// What an administrator is to somebody of an organization; `None`: nothing. Who administers a site looks after those who have access
/// there.
pub async fn power_over(
    tx: &mut Tx,
    administrator: &AccountId,
    organization: &OrganizationId,
    person: &AccountId,
) -> Result<Option<Power>, Error> {
    let row = tx
        .first(
            "SELECT MIN(CASE WHEN m.role = 'license_owner' AND m.site_id IS NULL THEN 0 ELSE 1 END)
             FROM administrators m
             WHERE m.account_id = $1 AND m.organization_id = $2
               AND (m.site_id IS NULL OR EXISTS (
                    SELECT 1 FROM access x
                    WHERE x.account_id = $3 AND x.organization_id = $2 AND x.site_id = m.site_id))",
            &[administrator, organization, person],
        )
        .await?;
    let least: Option<i64> = row.map_or(Ok(None), |row| row.get(0))?;
    Ok(least.map(|least| if least == 0 { Power::Owner } else { Power::Administrator }))
}
