use store::{Error, Tx};

/// Takes or prolongs a lease; false while it is another holder's.
pub(super) async fn take(tx: &mut Tx, name: &str, holder: &str, until: i64) -> Result<bool, Error> {
    let now = tx.now();
    let taken = tx
        .execute(
            "INSERT INTO leases (name, holder, leased_until) VALUES ($1, $2, $3)
             ON CONFLICT (name) DO UPDATE
             SET holder = excluded.holder, leased_until = excluded.leased_until
             WHERE leases.holder = excluded.holder OR leases.leased_until <= $4",
            &[&name, &holder, &until, &now],
        )
        .await?;
    Ok(taken == 1)
}

pub(super) async fn release(tx: &mut Tx, name: &str, holder: &str) -> Result<(), Error> {
    tx.execute("DELETE FROM leases WHERE name = $1 AND holder = $2", &[&name, &holder]).await.map(drop)
}
