use store::{Error, Tx};

use super::Terms;
use crate::platform::clock::Time;
use crate::platform::ids::AccountId;

pub async fn are_accepted(tx: &mut Tx, terms: &Terms, account: &AccountId) -> Result<bool, Error> {
    let row = tx
        .first(
            "SELECT accepted_at FROM terms_acceptances WHERE account_id = $1 AND version = $2",
            &[account, &terms.version],
        )
        .await?;
    Ok(row.is_some())
}

/// False when they were accepted before.
pub async fn accept(tx: &mut Tx, terms: &Terms, account: &AccountId) -> Result<bool, Error> {
    let now = Time(tx.now());
    let accepted = tx
        .execute(
            "INSERT INTO terms_acceptances (account_id, version, hash, accepted_at) VALUES ($1, $2, $3, $4)
             ON CONFLICT (account_id, version) DO NOTHING",
            &[account, &terms.version, &terms.hash, &now],
        )
        .await?;
    Ok(accepted == 1)
}
