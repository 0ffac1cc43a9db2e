//! What is kept of the temporary passwords in a mail, and the same work for a mail that has none.

use secrecy::ExposeSecret;

use super::Supplies;
use super::smtp::Failure;
use crate::platform::entropy::Secret;
use crate::platform::ids::OneTimeId;
use crate::platform::one_time;

/// Of a secret that there is not: what is written to it is written nowhere, in the same time.
pub(super) fn nobodys() -> OneTimeId {
    OneTimeId::from("-")
}

/// Made at hand-over, because before that moment there is no such password anywhere.
///
/// # Errors
/// When this node can make none just now: the mail waits, and says so.
pub(super) async fn hashes(
    supplies: &Supplies,
    kind: &str,
    typed: &[OneTimeId],
) -> Result<Vec<(OneTimeId, String)>, Failure> {
    let Supplies { keys, letters, hash_typed, .. } = supplies;
    let failed = || Failure::Unwritten("a temporary password could not be hashed".to_owned());
    let mut hashes = Vec::new();
    for id in typed {
        let password = one_time::canonical(one_time::temporary_password(keys, id).expose_secret());
        let hash = match password {
            Some(password) => hash_typed(password).await,
            None => None,
        };
        hashes.push((id.clone(), hash.ok_or_else(failed)?));
    }
    // Or a stranger who watches the line on the page would see by the moment of the hand-over who has been invited.
    if typed.is_empty() && letters.answers(kind) {
        let hash = hash_typed(Secret::from(String::new())).await.ok_or_else(failed)?;
        hashes.push((nobodys(), hash));
    }
    Ok(hashes)
}
