use store::{Error, Tx};

use crate::platform::clock::Time;
use crate::platform::ids::{AccountId, OneTimeId};

/// An address that somebody wants.
pub struct Wanted {
    /// The code that was mailed there.
    pub code: OneTimeId,
    pub address: String,
    pub shown: String,
    /// SHA-256 of the browser's cookie in which it was asked for.
    pub browser: Vec<u8>,
}

/// In the place of what was wanted before.
pub async fn want(
    tx: &mut Tx,
    account: &AccountId,
    (code, address, shown): (&OneTimeId, &str, &str),
    browser: &[u8; 32],
) -> Result<(), Error> {
    let now = Time(tx.now());
    tx.execute(
        "INSERT INTO email_changes (account_id, code, address, address_shown, browser, asked_at)
         VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (account_id) DO UPDATE SET code = excluded.code, address = excluded.address,
             address_shown = excluded.address_shown, browser = excluded.browser, asked_at = excluded.asked_at",
        &[account, code, &address, &shown, browser, &now],
    )
    .await
    .map(drop)
}

pub async fn wanted(tx: &mut Tx, account: &AccountId) -> Result<Option<Wanted>, Error> {
    let sql = "SELECT code, address, address_shown, browser FROM email_changes WHERE account_id = $1";
    let row = tx.first(sql, &[account]).await?;
    row.map(|row| Ok(Wanted { code: row.get(0)?, address: row.get(1)?, shown: row.get(2)?, browser: row.get(3)? }))
        .transpose()
}

pub async fn forget(tx: &mut Tx, account: &AccountId) -> Result<bool, Error> {
    Ok(tx.execute("DELETE FROM email_changes WHERE account_id = $1", &[account]).await? == 1)
}

/// Forgets some of what was wanted before `before`, and says how many.
pub async fn purge(tx: &mut Tx, before: Time) -> Result<u64, Error> {
    let sql = "DELETE FROM email_changes
               WHERE account_id IN (SELECT account_id FROM email_changes WHERE asked_at < $1 LIMIT 500)";
    tx.execute(sql, &[&before]).await
}
