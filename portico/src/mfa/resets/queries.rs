use store::{Error, Row, Tx};

use crate::people::Account;
use crate::platform::clock::Time;
use crate::platform::ids::AccountId;

/// A reset that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    pub id: String,
    pub begun_at: Time,
    pub due_at: Time,
    pub reason: String,
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
    let sql = "SELECT id, begun_at, due_at, reason FROM factor_resets WHERE open_key = $1";
    tx.first(sql, &[account]).await?.map(|row| read(&row, 0)).transpose()
}

fn read(row: &Row, at: usize) -> Result<Waiting, Error> {
    Ok(Waiting { id: row.get(at)?, begun_at: row.get(at + 1)?, due_at: row.get(at + 2)?, reason: row.get(at + 3)? })
}

/// Those whose time has come, oldest first.
pub async fn due(tx: &mut Tx) -> Result<Vec<(AccountId, Waiting)>, Error> {
    let now = Time(tx.now());
    let rows = tx
        .all(
            "SELECT account_id, id, begun_at, due_at, reason FROM factor_resets
             WHERE due_at <= $1 AND open_key IS NOT NULL ORDER BY due_at, id LIMIT 100",
            &[&now],
        )
        .await?;
    rows.iter().map(|row| Ok((row.get(0)?, read(row, 1)?))).collect()
}

/// True for exactly one caller: here, or in [`finish`].
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
