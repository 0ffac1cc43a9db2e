//! What is kept of the temporary passwords in a mail, and the same work for a mail that has none.

use secrecy::ExposeSecret;

use super::Supplies;
use crate::platform::entropy::Secret;
use crate::platform::ids::OneTimeId;
use crate::platform::one_time;

/// Made at hand-over, because before that moment there is no such password anywhere. `None` when it cannot be made just now.
pub(super) async fn hashes(supplies: &Supplies, kind: &str, typed: &[OneTimeId]) -> Option<Vec<(OneTimeId, String)>> {
    let Supplies { keys, letters, hash_typed, .. } = supplies;
    let mut hashes = Vec::new();
    for id in typed {
        let password = one_time::canonical(one_time::temporary_password(keys, id).expose_secret());
        let hash = match password {
            Some(password) => hash_typed(password).await,
            None => None,
        };
        hashes.push((id.clone(), hash.or_else(waits)?));
    }
    // Or a stranger who watches the line on the page would see by the moment of the hand-over who has been invited.
    if typed.is_empty() && letters.answers(kind) {
        hash_typed(Secret::from(String::new())).await.or_else(waits)?;
    }
    Some(hashes)
}

fn waits() -> Option<String> {
    tracing::warn!("a mail waits: no place was free to hash a temporary password");
    None
}
