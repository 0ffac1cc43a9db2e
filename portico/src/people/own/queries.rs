use store::{Error, Tx};

use super::super::UserName;
use crate::platform::ids::AccountId;

pub async fn rename(tx: &mut Tx, account: &AccountId, first: &str, last: &str) -> Result<bool, Error> {
    let renamed = tx
        .execute(
            "UPDATE accounts SET first_name = $1, last_name = $2
             WHERE id = $3 AND (first_name <> $1 OR last_name <> $2)",
            &[&first, &last, account],
        )
        .await?;
    Ok(renamed == 1)
}

/// Whether people with an address of this domain sign in at their organization.
pub async fn leads_elsewhere(tx: &mut Tx, domain: &str) -> Result<bool, Error> {
    Ok(tx.first("SELECT domain FROM led_domains WHERE domain = $1", &[&domain]).await?.is_some())
}

/// Whether an account is somebody's at an organization's identity provider.
pub async fn is_linked(tx: &mut Tx, account: &AccountId) -> Result<bool, Error> {
    let sql = "SELECT account_id FROM federated_identities WHERE account_id = $1 LIMIT 1";
    Ok(tx.first(sql, &[account]).await?.is_some())
}

pub async fn signs_in_by_email(tx: &mut Tx, account: &AccountId) -> Result<bool, Error> {
    let sql =
        "SELECT i.name FROM identifiers i JOIN accounts a ON a.id = i.account_id AND a.email = i.name WHERE a.id = $1";
    Ok(tx.first(sql, &[account]).await?.is_some())
}

/// False when it is somebody else's, and then nothing was written.
pub async fn set_user_name(tx: &mut Tx, account: &AccountId, new: Option<(&UserName, &str)>) -> Result<bool, Error> {
    let name = new.map(|(name, _)| name.as_str().to_owned());
    let shown = new.map(|(_, shown)| shown.to_owned());
    if let Some(name) = &name {
        let others = "SELECT id FROM accounts WHERE (email = $1 OR user_name = $1) AND id <> $2";
        if tx.first(others, &[name, account]).await?.is_some() {
            return Ok(false);
        }
        let insert = "INSERT INTO identifiers (name, account_id) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING";
        if tx.execute(insert, &[name, account]).await? == 0 {
            return Ok(false);
        }
    }
    let old = "DELETE FROM identifiers
               WHERE account_id = $1 AND name = (SELECT a.user_name FROM accounts a WHERE a.id = $1)";
    tx.execute(old, &[account]).await?;
    let changed = tx
        .execute(
            "UPDATE accounts SET user_name = $1, user_name_shown = $2, credentials_epoch = credentials_epoch + 1
             WHERE id = $3",
            &[&name, &shown, account],
        )
        .await?;
    Ok(changed == 1)
}
