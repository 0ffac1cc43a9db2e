//! Making ten codes, and showing them until they are kept.

use store::{Error, Tx};
use zeroize::Zeroizing;

use super::queries;
use super::rules::{draw, grouped, name_of};
use crate::app::App;
use crate::password::{self, Busy};
use crate::platform::entropy::Secret;
use crate::platform::ids::AccountId;
use crate::platform::keys::Keys;
use crate::platform::web;

/// Ten codes with their hashes. They are no account's before they are put.
pub struct Made(Vec<(Zeroizing<String>, String)>);

/// Draws ten and hashes them, before and outside of the transaction that keeps them.
///
/// # Errors
/// Busy, when there is no place among the hashes.
pub async fn make(app: &App) -> Result<Made, web::Error> {
    let mut made = Vec::new();
    for code in draw(&app.entropy).into_iter().map(Zeroizing::new) {
        let slot = app.hasher.reserve().map_err(|Busy| web::Error::Busy { retry_after: password::RETRY_AFTER })?;
        let hash = slot.hash(Secret::from(code.as_str())).await;
        made.push((code, hash.map_err(|error| web::Error::Internal(error.to_string()))?));
    }
    Ok(Made(made))
}

/// Gives them to an account, in place of all that it had.
///
/// # Errors
/// When the database says no.
pub async fn put(tx: &mut Tx, keys: &Keys, account: &AccountId, made: &Made) -> Result<(), Error> {
    queries::remove(tx, account).await?;
    let list: Zeroizing<String> =
        Zeroizing::new(made.0.iter().map(|(code, _)| code.as_str()).collect::<Vec<_>>().join(" "));
    queries::insert_set(tx, account, &keys.seal(&shown_aad(account), list.as_bytes())).await?;
    for (code, hash) in &made.0 {
        let name = name_of(code);
        let sealed = keys.seal(&hash_aad(account, &name), hash.as_bytes());
        queries::insert(tx, account, &name, &sealed).await?;
    }
    Ok(())
}

/// The codes as their owner is to keep them; none once they are kept.
///
/// # Errors
/// When the database says no.
pub async fn shown(tx: &mut Tx, keys: &Keys, account: &AccountId) -> Result<Vec<String>, Error> {
    let Some(sealed) = queries::shown(tx, account).await? else { return Ok(Vec::new()) };
    let list = keys.open(&shown_aad(account), &sealed).map(Zeroizing::new).unwrap_or_default();
    Ok(String::from_utf8_lossy(&list).split(' ').filter(|code| !code.is_empty()).map(grouped).collect())
}

/// A code that can still be used, as it is kept.
pub struct Kept {
    pub name: String,
    /// Names the code among all that ever had this name.
    pub sealed: Vec<u8>,
}

impl Kept {
    /// The PHC string; `None` for what does not open, which then verifies like no code at all.
    pub fn phc(&self, keys: &Keys, account: &AccountId) -> Option<String> {
        String::from_utf8(keys.open(&hash_aad(account, &self.name), &self.sealed).ok()?).ok()
    }
}

/// What a typed code of this name is compared with; `None` where there is none, or it was used.
///
/// # Errors
/// When the database says no.
pub async fn of_name(tx: &mut Tx, account: &AccountId, name: &str) -> Result<Option<Kept>, Error> {
    let sealed = queries::hash_of(tx, account, name).await?;
    Ok(sealed.map(|sealed| Kept { name: name.to_owned(), sealed }))
}

/// Uses one up; false when that has happened before, or it is of a set that is void.
///
/// # Errors
/// When the database says no.
pub async fn take(tx: &mut Tx, account: &AccountId, kept: &Kept) -> Result<bool, Error> {
    queries::take(tx, account, &kept.name, &kept.sealed).await
}

fn shown_aad(account: &AccountId) -> String {
    format!("recovery_code_sets:shown:{account}")
}

fn hash_aad(account: &AccountId, name: &str) -> String {
    format!("recovery_codes:hash:{account}:{name}")
}
