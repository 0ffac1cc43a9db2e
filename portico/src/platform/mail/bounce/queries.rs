use store::{Error, Tx};

use crate::platform::ids::AccountId;

/// Recipient, kind and account of a mail that was handed over, and not sent back yet.
pub(super) async fn handed_over(tx: &mut Tx, id: &str) -> Result<Option<(String, String, Option<AccountId>)>, Error> {
    let row = tx
        .first("SELECT recipient, kind, account_id FROM outbox WHERE id = $1 AND state = 'handed_over'", &[&id])
        .await?;
    row.map(|row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).transpose()
}

/// Whether a courier has this mail in his hands: it may be with the other side before he has written so.
pub(super) async fn is_under_way(tx: &mut Tx, id: &str) -> Result<bool, Error> {
    let now = tx.now();
    let row = tx
        .first(
            "SELECT id FROM outbox WHERE id = $1 AND state IN ('queued', 'deferred') AND leased_until > $2",
            &[&id, &now],
        )
        .await?;
    Ok(row.is_some())
}

/// True for exactly one report, however often it comes.
pub(super) async fn bounce(tx: &mut Tx, id: &str) -> Result<bool, Error> {
    let now = tx.now();
    let changed = tx
        .execute(
            "UPDATE outbox SET state = 'bounced', bounced_at = $1 WHERE id = $2 AND state = 'handed_over'",
            &[&now, &id],
        )
        .await?;
    Ok(changed == 1)
}
