use store::{Error, Row, Tx};

use super::{Accepted, Terms};
use crate::platform::clock::Time;
use crate::platform::ids::AccountId;

pub async fn are_accepted(tx: &Tx, terms: &Terms, account: &AccountId) -> Result<bool, Error> {
    let row = tx
        .first(
            "SELECT accepted_at FROM terms_acceptances WHERE account_id = $1 AND version = $2",
            &[account, &terms.version],
        )
        .await?;
    Ok(row.is_some())
}

/// What an account has accepted, the last first.
pub async fn accepted(tx: &mut Tx, account: &AccountId) -> Result<Vec<Accepted>, Error> {
    let rows = tx
        .all(
            "SELECT a.version, a.hash, a.accepted_at, t.kept_at
             FROM terms_acceptances a LEFT JOIN terms_texts t ON t.hash = a.hash
             WHERE a.account_id = $1 ORDER BY a.accepted_at DESC, a.version LIMIT 200",
            &[account],
        )
        .await?;
    let read = |row: &Row| {
        Ok(Accepted {
            version: row.get(0)?,
            hash: row.get(1)?,
            at: row.get(2)?,
            is_kept: row.get::<Option<Time>>(3)?.is_some(),
        })
    };
    rows.iter().map(read).collect()
}

/// The text of this hash, where it is kept.
pub async fn text(tx: &mut Tx, hash: &[u8]) -> Result<Option<String>, Error> {
    let row = tx.first("SELECT text FROM terms_texts WHERE hash = $1", &[&hash]).await?;
    row.map(|row| row.get(0)).transpose()
}

/// False when they were accepted before. The text is kept with the first who accept it.
pub async fn accept(tx: &mut Tx, terms: &Terms, account: &AccountId) -> Result<bool, Error> {
    let now = Time(tx.now());
    let accepted = tx
        .execute(
            "INSERT INTO terms_acceptances (account_id, version, hash, accepted_at) VALUES ($1, $2, $3, $4)
             ON CONFLICT (account_id, version) DO NOTHING",
            &[account, &terms.version, &terms.hash, &now],
        )
        .await?;
    if accepted == 1 {
        tx.execute(
            "INSERT INTO terms_texts (hash, text, kept_at) VALUES ($1, $2, $3) ON CONFLICT (hash) DO NOTHING",
            &[&terms.hash, &terms.text, &now],
        )
        .await?;
    }
    Ok(accepted == 1)
}
