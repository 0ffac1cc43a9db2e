use store::{Error, Tx};

use crate::platform::clock::Time;
use crate::platform::ids::AccountId;

/// An authenticator app that has been confirmed.
pub struct Authenticator {
    pub id: String,
    /// Sealed.
    pub secret: Vec<u8>,
}

pub async fn authenticators_of(tx: &mut Tx, account: &AccountId) -> Result<Vec<Authenticator>, Error> {
    let rows = tx
        .all(
            "SELECT id, secret FROM authenticators
             WHERE account_id = $1 AND confirmed_at IS NOT NULL ORDER BY id",
            &[account],
        )
        .await?;
    rows.iter().map(|row| Ok(Authenticator { id: row.get(0)?, secret: row.get(1)? })).collect()
}

/// Since when the account has its app.
pub async fn since(tx: &mut Tx, account: &AccountId) -> Result<Option<Time>, Error> {
    let sql = "SELECT confirmed_at FROM authenticators WHERE account_id = $1 AND confirmed_at IS NOT NULL ORDER BY id";
    tx.first(sql, &[account]).await?.map(|row| row.get(0)).transpose()
}

/// Uses a time step up, and with it every older one; false when that has happened before.
pub async fn take_step(tx: &mut Tx, id: &str, step: i64) -> Result<bool, Error> {
    let taken =
        tx.execute("UPDATE authenticators SET last_step = $1 WHERE id = $2 AND last_step < $1", &[&step, &id]).await?;
    Ok(taken == 1)
}

pub async fn insert_confirmed(
    tx: &mut Tx,
    id: &str,
    account: &AccountId,
    sealed: &[u8],
    last_step: i64,
) -> Result<(), Error> {
    let now = Time(tx.now());
    tx.execute(
        "INSERT INTO authenticators (id, account_id, secret, confirmed_at, last_step, created_at)
         VALUES ($1, $2, $3, $4, $5, $4)",
        &[&id, account, &sealed, &now, &last_step],
    )
    .await?;
    Ok(())
}

/// Says how many there were.
pub async fn remove(tx: &mut Tx, account: &AccountId) -> Result<u64, Error> {
    tx.execute("DELETE FROM authenticators WHERE account_id = $1", &[account]).await
}
