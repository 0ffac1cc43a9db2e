use store::{Error, Tx};

use crate::platform::clock::Time;
use crate::platform::ids::AccountId;

pub async fn insert_set(tx: &mut Tx, account: &AccountId, shown: &[u8]) -> Result<(), Error> {
    let now = Time(tx.now());
    tx.execute(
        "INSERT INTO recovery_code_sets (account_id, shown, created_at) VALUES ($1, $2, $3)",
        &[account, &shown, &now],
    )
    .await
    .map(drop)
}

pub async fn insert(tx: &mut Tx, account: &AccountId, name: &str, hash: &[u8]) -> Result<(), Error> {
    tx.execute("INSERT INTO recovery_codes (account_id, name, hash) VALUES ($1, $2, $3)", &[account, &name, &hash])
        .await
        .map(drop)
}

pub async fn shown(tx: &mut Tx, account: &AccountId) -> Result<Option<Vec<u8>>, Error> {
    let row = tx.first("SELECT shown FROM recovery_code_sets WHERE account_id = $1", &[account]).await?;
    row.map_or(Ok(None), |row| row.get(0))
}

/// Their owner has kept them: nobody is shown them again. False when that was said before.
pub async fn keep(tx: &mut Tx, account: &AccountId) -> Result<bool, Error> {
    let sql = "UPDATE recovery_code_sets SET shown = NULL WHERE account_id = $1 AND shown IS NOT NULL";
    Ok(tx.execute(sql, &[account]).await? == 1)
}

pub async fn hash_of(tx: &mut Tx, account: &AccountId, name: &str) -> Result<Option<Vec<u8>>, Error> {
    let sql = "SELECT hash FROM recovery_codes WHERE account_id = $1 AND name = $2 AND used_at IS NULL";
    let row = tx.first(sql, &[account, &name]).await?;
    row.map(|row| row.get(0)).transpose()
}

/// The hash too: a newer set may have a code of the same name.
pub async fn take(tx: &mut Tx, account: &AccountId, name: &str, hash: &[u8]) -> Result<bool, Error> {
    let now = Time(tx.now());
    let taken = tx
        .execute(
            "UPDATE recovery_codes SET used_at = $1
             WHERE account_id = $2 AND name = $3 AND hash = $4 AND used_at IS NULL",
            &[&now, account, &name, &hash],
        )
        .await?;
    Ok(taken == 1)
}

/// Whether it has any, used or not.
pub async fn are_made(tx: &mut Tx, account: &AccountId) -> Result<bool, Error> {
    let sql = "SELECT account_id FROM recovery_code_sets WHERE account_id = $1";
    Ok(tx.first(sql, &[account]).await?.is_some())
}

/// How many are not used.
pub async fn left(tx: &mut Tx, account: &AccountId) -> Result<i64, Error> {
    let sql = "SELECT COUNT(*) FROM recovery_codes WHERE account_id = $1 AND used_at IS NULL";
    let row = tx.first(sql, &[account]).await?;
    row.map_or(Ok(0), |row| row.get(0))
}

/// Says how many there were, used or not.
pub async fn remove(tx: &mut Tx, account: &AccountId) -> Result<u64, Error> {
    tx.execute("DELETE FROM recovery_code_sets WHERE account_id = $1", &[account]).await?;
    tx.execute("DELETE FROM recovery_codes WHERE account_id = $1", &[account]).await
}
