use oidc::jose::Algorithm;
use store::{Error, Row, Tx};

use super::rules::{KeyRow, KeyTimes};
use crate::platform::clock::Time;

pub async fn all(tx: &mut Tx) -> Result<Vec<KeyRow>, Error> {
    let rows = tx
        .all(
            "SELECT id, algorithm, created_at, active_at, gone_at FROM signing_keys
             ORDER BY algorithm, active_at DESC, id LIMIT 500",
            &[],
        )
        .await?;
    Ok(rows.iter().map(read).collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
}

pub async fn sealed(tx: &mut Tx) -> Result<Vec<(KeyRow, Vec<u8>)>, Error> {
    let rows = tx
        .all(
            "SELECT id, algorithm, created_at, active_at, gone_at, private FROM signing_keys
             ORDER BY algorithm, active_at DESC, id LIMIT 500",
            &[],
        )
        .await?;
    let mut all = Vec::new();
    for row in &rows {
        if let Some(key) = read(row)? {
            all.push((key, row.get(5)?));
        }
    }
    Ok(all)
}

/// `None`: of an algorithm that this version does not know, from a newer one that runs beside it. That one publishes it.
fn read(row: &Row) -> Result<Option<KeyRow>, Error> {
    let Some(algorithm) = Algorithm::of_name(&row.get::<String>(1)?) else { return Ok(None) };
    let times = KeyTimes { created_at: row.get(2)?, active_at: row.get(3)?, gone_at: row.get(4)? };
    Ok(Some(KeyRow { kid: row.get(0)?, algorithm, times }))
}

pub async fn insert(tx: &mut Tx, kid: &str, algorithm: Algorithm, sealed: &[u8], active_at: Time) -> Result<(), Error> {
    let now = Time(tx.now());
    tx.execute(
        "INSERT INTO signing_keys (id, algorithm, private, created_at, active_at) VALUES ($1, $2, $3, $4, $5)",
        &[&kid, &algorithm.name(), &sealed, &now, &active_at],
    )
    .await
    .map(drop)
}

/// Says when the keys there are will be gone, but for those that are gone earlier.
pub async fn retire(tx: &mut Tx, algorithm: Algorithm, gone_at: Time) -> Result<(), Error> {
    tx.execute(
        "UPDATE signing_keys SET gone_at = $1 WHERE algorithm = $2 AND (gone_at IS NULL OR gone_at > $1)",
        &[&gone_at, &algorithm.name()],
    )
    .await
    .map(drop)
}

pub async fn forget_gone(tx: &mut Tx) -> Result<u64, Error> {
    let now = Time(tx.now());
    tx.execute("DELETE FROM signing_keys WHERE gone_at IS NOT NULL AND gone_at <= $1", &[&now]).await
}
