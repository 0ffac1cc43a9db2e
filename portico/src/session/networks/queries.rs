use store::{Error, Tx};

use crate::platform::clock::Time;
use crate::platform::ids::AccountId;

pub async fn remember(tx: &mut Tx, account: &AccountId, network: &[u8; 32]) -> Result<(), Error> {
    let now = Time(tx.now());
    tx.tell(
        "INSERT INTO account_networks (account_id, network, seen_at) VALUES ($1, $2, $3)
         ON CONFLICT (account_id, network) DO UPDATE SET seen_at = excluded.seen_at",
        &[account, network, &now],
    )
    .await
}

pub async fn keep_newest(tx: &mut Tx, account: &AccountId, most: i64) -> Result<(), Error> {
    tx.tell(
        "DELETE FROM account_networks WHERE account_id = $1 AND network NOT IN
             (SELECT network FROM account_networks WHERE account_id = $1 ORDER BY seen_at DESC, network LIMIT $2)",
        &[account, &most],
    )
    .await
}

/// From no network is the account known any more.
///
/// # Errors
/// When the database says no.
pub async fn forget(tx: &mut Tx, account: &AccountId) -> Result<(), Error> {
    tx.tell("DELETE FROM account_networks WHERE account_id = $1", &[account]).await
}

/// Forgets some of those that were seen last before `before`, and says how many.
///
/// # Errors
/// When the database says no.
pub async fn purge(tx: &mut Tx, before: Time) -> Result<u64, Error> {
    // No row has an id of its own: of an account that was away for so long all that are old go.
    let sql = "DELETE FROM account_networks WHERE seen_at < $1 AND account_id IN
                   (SELECT account_id FROM account_networks WHERE seen_at < $1 ORDER BY seen_at LIMIT 500)";
    tx.execute(sql, &[&before]).await
}
