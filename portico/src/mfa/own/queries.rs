use store::{Error, Tx};

use crate::platform::clock::Time;
use crate::platform::ids::AccountId;

/// It has none, may have one, and its owner has not said "not now".
pub async fn may_be_offered(tx: &mut Tx, account: &AccountId) -> Result<bool, Error> {
    let row = tx
        .first(
            "SELECT a.id FROM accounts a
             WHERE a.id = $1 AND a.factor_put_off_at IS NULL AND a.shared_at IS NULL
               AND NOT EXISTS (SELECT 1 FROM authenticators f WHERE f.account_id = a.id AND f.confirmed_at IS NOT NULL)
               AND NOT EXISTS (SELECT 1 FROM passkeys k WHERE k.account_id = a.id)",
            &[account],
        )
        .await?;
    Ok(row.is_some())
}

/// A product that the account may open today offers one to everybody, or requires it.
pub async fn product_offers(tx: &mut Tx, account: &AccountId) -> Result<bool, Error> {
    let now = Time(tx.now());
    let row = tx
        .first(
            "SELECT p.id FROM access x
             JOIN products p ON p.id = x.product_id
             JOIN licenses l ON l.product_id = x.product_id AND l.organization_id = x.organization_id
             WHERE x.account_id = $1 AND p.mfa <> 'off' AND p.retired_at IS NULL
               AND l.valid_from <= $2 AND (l.valid_until IS NULL OR l.valid_until > $2) LIMIT 1",
            &[account, &now],
        )
        .await?;
    Ok(row.is_some())
}

pub async fn put_off(tx: &mut Tx, account: &AccountId) -> Result<(), Error> {
    let now = Time(tx.now());
    let sql = "UPDATE accounts SET factor_put_off_at = $1 WHERE id = $2 AND factor_put_off_at IS NULL";
    tx.execute(sql, &[&now, account]).await.map(drop)
}
