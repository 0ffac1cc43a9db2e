use store::{Error, Row, Tx};

use super::Half;
use crate::platform::clock::Time;
use crate::platform::ids::AccountId;
use crate::platform::spelled::parse;

pub async fn insert(tx: &mut Tx, half: &Half, browser: &[u8; 32], due_at: Time) -> Result<(), Error> {
    tx.tell(
        "INSERT INTO half_sign_ins (sign_in_id, account_id, browser, method, address, user_agent, at, due_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (sign_in_id, account_id) DO NOTHING",
        &[
            &half.sign_in,
            &half.account,
            browser,
            &half.method.as_str(),
            &half.address,
            &half.user_agent,
            &half.at,
            &due_at,
        ],
    )
    .await
}

pub async fn delete_of(tx: &mut Tx, account: &AccountId, browser: &[u8; 32]) -> Result<(), Error> {
    tx.tell("DELETE FROM half_sign_ins WHERE account_id = $1 AND browser = $2", &[account, browser]).await
}

/// True for exactly one caller: the one that tells of it.
pub async fn delete(tx: &mut Tx, half: &Half) -> Result<bool, Error> {
    let sql = "DELETE FROM half_sign_ins WHERE sign_in_id = $1 AND account_id = $2";
    Ok(tx.execute(sql, &[&half.sign_in, &half.account]).await? == 1)
}

pub async fn due(tx: &mut Tx) -> Result<Vec<Half>, Error> {
    let now = Time(tx.now());
    let rows = tx
        .all(
            "SELECT sign_in_id, account_id, method, address, user_agent, at FROM half_sign_ins
             WHERE due_at <= $1 ORDER BY due_at LIMIT 100",
            &[&now],
        )
        .await?;
    rows.iter().map(read).collect()
}

fn read(row: &Row) -> Result<Half, Error> {
    Ok(Half {
        sign_in: row.get(0)?,
        account: row.get(1)?,
        method: parse(&row.get::<String>(2)?)?,
        address: row.get(3)?,
        user_agent: row.get(4)?,
        at: row.get(5)?,
    })
}
