use store::{Error, Row, Tx};
use webauthn::Backup;

use crate::platform::clock::Time;
use crate::platform::ids::{AccountId, PasskeyId};

/// A passkey as it is checked.
pub struct Kept {
    pub id: PasskeyId,
    pub account: AccountId,
    /// Sealed.
    pub public_key: Vec<u8>,
    pub may_sync: bool,
    /// Its holder's.
    pub handle: Vec<u8>,
}

/// The passkey of a credential ID.
pub async fn by_credential(tx: &mut Tx, credential: &[u8]) -> Result<Option<Kept>, Error> {
    // In the place of one that nobody has the next one is read, and let go, as with names.
    let sql = "SELECT p.id, p.account_id, p.public_key, p.may_sync_at, h.handle, p.credential
               FROM passkeys p JOIN passkey_holders h ON h.account_id = p.account_id
               WHERE p.credential >= $1 ORDER BY p.credential LIMIT 1";
    let Some(row) = tx.first(sql, &[&credential]).await? else { return Ok(None) };
    let kept = Kept {
        id: row.get(0)?,
        account: row.get(1)?,
        public_key: row.get(2)?,
        may_sync: row.get::<Option<Time>>(3)?.is_some(),
        handle: row.get(4)?,
    };
    Ok((row.get::<Vec<u8>>(5)? == credential).then_some(kept))
}

/// What is noted of a use.
pub struct Use<'a> {
    pub sign_count: i64,
    pub backup: Backup,
    /// The browser, in words.
    pub browser: &'a str,
    pub address: &'a str,
}

/// Notes a use; false where its count does not go on, or it was removed meanwhile. Of many that say the same count one wins.
pub async fn note_use(tx: &mut Tx, id: &PasskeyId, account: &AccountId, used: &Use<'_>) -> Result<bool, Error> {
    let now = Time(tx.now());
    let synced = used.backup.state.then_some(now);
    let noted = tx
        .execute(
            "UPDATE passkeys SET sign_count = $1, last_used_at = $2, last_used_in = $3, last_used_from = $4,
                 synced_at = COALESCE(synced_at, $5)
             WHERE id = $6 AND account_id = $7 AND (sign_count < $1 OR (sign_count = 0 AND $1 = 0))",
            &[&used.sign_count, &now, &used.browser, &used.address, &synced, id, account],
        )
        .await?;
    Ok(noted == 1)
}

/// A passkey to be kept.
pub struct New<'a> {
    pub id: &'a PasskeyId,
    pub account: &'a AccountId,
    pub credential: &'a [u8],
    /// Sealed.
    pub public_key: &'a [u8],
    pub name: &'a str,
    pub sign_count: i64,
    pub backup: Backup,
    pub transports: &'a str,
    pub browser: &'a str,
}

/// False when somebody has it already.
pub async fn insert(tx: &mut Tx, new: &New<'_>) -> Result<bool, Error> {
    let now = Time(tx.now());
    let inserted = tx
        .execute(
            "INSERT INTO passkeys (id, account_id, credential, public_key, name, sign_count, may_sync_at, synced_at,
                                   transports, created_at, created_in)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
             ON CONFLICT (credential) DO NOTHING",
            &[
                new.id,
                new.account,
                &new.credential,
                &new.public_key,
                &new.name,
                &new.sign_count,
                &new.backup.eligible.then_some(now),
                &new.backup.state.then_some(now),
                &new.transports,
                &now,
                &new.browser,
            ],
        )
        .await?;
    Ok(inserted == 1)
}

/// A passkey as its owner sees it.
pub struct Line {
    pub id: PasskeyId,
    pub credential: Vec<u8>,
    pub name: String,
    pub syncs: bool,
    pub transports: String,
    pub created_at: Time,
    pub created_in: String,
    pub last_used_at: Option<Time>,
    pub last_used_in: Option<String>,
    pub last_used_from: Option<String>,
}

/// An account's passkeys, oldest first.
pub async fn of_account(tx: &mut Tx, account: &AccountId) -> Result<Vec<Line>, Error> {
    let sql =
        "SELECT id, credential, name, may_sync_at, transports, created_at, created_in, last_used_at, last_used_in,
                      last_used_from
               FROM passkeys WHERE account_id = $1 ORDER BY created_at, id LIMIT 100";
    let read = |row: &Row| {
        Ok(Line {
            id: row.get(0)?,
            credential: row.get(1)?,
            name: row.get(2)?,
            syncs: row.get::<Option<Time>>(3)?.is_some(),
            transports: row.get(4)?,
            created_at: row.get(5)?,
            created_in: row.get(6)?,
            last_used_at: row.get(7)?,
            last_used_in: row.get(8)?,
            last_used_from: row.get(9)?,
        })
    };
    tx.all(sql, &[account]).await?.iter().map(read).collect()
}

/// By what authenticators know the account, if it has had a passkey.
pub async fn handle(tx: &mut Tx, account: &AccountId) -> Result<Option<Vec<u8>>, Error> {
    let row = tx.first("SELECT handle FROM passkey_holders WHERE account_id = $1", &[account]).await?;
    row.map(|row| row.get(0)).transpose()
}

pub async fn insert_handle(tx: &mut Tx, account: &AccountId, handle: &[u8]) -> Result<(), Error> {
    let sql = "INSERT INTO passkey_holders (account_id, handle) VALUES ($1, $2) ON CONFLICT (account_id) DO NOTHING";
    tx.execute(sql, &[account, &handle]).await.map(drop)
}

/// False when it is nobody's, or not this account's.
pub async fn rename(tx: &mut Tx, id: &PasskeyId, account: &AccountId, name: &str) -> Result<bool, Error> {
    let sql = "UPDATE passkeys SET name = $1 WHERE id = $2 AND account_id = $3";
    Ok(tx.execute(sql, &[&name, id, account]).await? == 1)
}

/// False when it is nobody's, or not this account's.
pub async fn delete(tx: &mut Tx, id: &PasskeyId, account: &AccountId) -> Result<bool, Error> {
    Ok(tx.execute("DELETE FROM passkeys WHERE id = $1 AND account_id = $2", &[id, account]).await? == 1)
}

/// Says how many there were.
pub async fn delete_all(tx: &mut Tx, account: &AccountId) -> Result<u64, Error> {
    tx.execute("DELETE FROM passkeys WHERE account_id = $1", &[account]).await
}
