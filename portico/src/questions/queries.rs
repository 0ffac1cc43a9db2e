use store::{Error, Tx};

use super::catalog::Question;
use crate::platform::clock::Time;
use crate::platform::ids::AccountId;

pub async fn insert(tx: &mut Tx, account: &AccountId, question: Question, sealed: &[u8]) -> Result<(), Error> {
    let now = Time(tx.now());
    tx.execute(
        "INSERT INTO security_answers (account_id, question, hash, set_at) VALUES ($1, $2, $3, $4)",
        &[account, &question.as_str(), &sealed, &now],
    )
    .await?;
    Ok(())
}

pub async fn delete(tx: &mut Tx, account: &AccountId) -> Result<u64, Error> {
    tx.execute("DELETE FROM security_answers WHERE account_id = $1", &[account]).await
}
