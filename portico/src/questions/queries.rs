use store::{Error, Tx};

use super::catalog::Question;
use crate::platform::clock::Time;
use crate::platform::ids::AccountId;
use crate::platform::spelled::parse;

pub async fn insert(tx: &mut Tx, account: &AccountId, question: Question, sealed: &[u8]) -> Result<(), Error> {
    let now = Time(tx.now());
    tx.execute(
        "INSERT INTO security_answers (account_id, question, hash, set_at) VALUES ($1, $2, $3, $4)",
        &[account, &question.as_str(), &sealed, &now],
    )
    .await?;
    Ok(())
}

/// What an account has stored, by question; nothing for the id of nobody, by the same statement.
pub async fn of_account(tx: &mut Tx, account: &AccountId) -> Result<Vec<(Question, Vec<u8>)>, Error> {
    let rows = tx.all("SELECT question, hash FROM security_answers WHERE account_id = $1", &[account]).await?;
    let mut stored = rows
        .iter()
        .map(|row| Ok((parse(&row.get::<String>(0)?)?, row.get(1)?)))
        .collect::<Result<Vec<(Question, Vec<u8>)>, Error>>()?;
    stored.sort_by_key(|(question, _)| *question);
    Ok(stored)
}

pub async fn delete(tx: &mut Tx, account: &AccountId) -> Result<u64, Error> {
    tx.execute("DELETE FROM security_answers WHERE account_id = $1", &[account]).await
}
