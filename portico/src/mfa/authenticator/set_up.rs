//! An authenticator app begins to count.

use store::{Error, Tx};

use super::offer::Confirmed;
use super::{queries, secret_aad};
use crate::platform::entropy::Entropy;
use crate::platform::ids::AccountId;
use crate::platform::keys::Keys;

/// Gives an account an authenticator that counts from now on: for data that is seeded, and for the first operator.
///
/// # Errors
/// When the database says no.
pub async fn add(tx: &mut Tx, entropy: &Entropy, keys: &Keys, account: &AccountId, secret: &[u8]) -> Result<(), Error> {
    insert(tx, entropy, keys, account, secret, 0).await
}

/// Puts the one that was just shown to work in the place of whatever there was. The code that showed it works nowhere else.
///
/// # Errors
/// When the database says no.
pub async fn set_up(
    tx: &mut Tx,
    entropy: &Entropy,
    keys: &Keys,
    account: &AccountId,
    confirmed: &Confirmed,
) -> Result<(), Error> {
    queries::remove(tx, account).await?;
    insert(tx, entropy, keys, account, &confirmed.secret, confirmed.step).await
}

async fn insert(
    tx: &mut Tx,
    entropy: &Entropy,
    keys: &Keys,
    account: &AccountId,
    secret: &[u8],
    last_step: i64,
) -> Result<(), Error> {
    let id = entropy.id();
    let sealed = keys.seal(&secret_aad(&id), secret);
    queries::insert_confirmed(tx, &id, account, &sealed, last_step).await
}
