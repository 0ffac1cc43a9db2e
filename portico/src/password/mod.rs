//! Passwords: how they are kept and which ones are accepted.
//!
//! - A password is kept as an Argon2id hash that says how it was made, sealed with a key that is not in the database; a
//!   hash made at an older cost is renewed at the next sign-in.
//! - What is checked is what a person chose: length, not among the common and breached ones, not about the person, no
//!   pattern. There are no rules of composition and no expiry (NIST SP 800-63B-4, 3.1.1.2). A page that sets a password
//!   asks [`judge`] with [`crate::people::words_around`], and shows what a [`Weakness`] says.
//! - Nothing verifies a password without a [`Permit`] from lockout, and nothing compares one without a [`Comparison`].

mod blocklist;
mod hash;
mod patterns;
mod phc;
mod rules;
mod weakness;
mod worker;

use std::sync::Arc;
use std::time::Duration;

use secrecy::ExposeSecret;

pub use hash::{Busy, Cost, HashError, Hasher, MAX_PASSWORD_BYTES, Options, Slot, TOGETHER};
pub use rules::{MIN_ALONE, MIN_WITH_SECOND_FACTOR, check, judge};
pub use weakness::Weakness;

use crate::lockout::{Comparison, Permit};
use crate::platform::entropy::Secret;
use crate::platform::ids::AccountId;
use crate::platform::keys::Keys;
use crate::platform::mail::HashTyped;
use crate::platform::one_time;

/// What to tell whoever comes while all places are taken.
pub const RETRY_AFTER: Duration = Duration::from_secs(2);

#[derive(Debug, PartialEq, Eq)]
pub enum Verdict {
    Wrong,
    Right,
    /// Right, and here is the same password hashed at today's cost.
    RightButStale(String),
    /// The temporary one was typed.
    Temporary,
}

/// Places among the hashes for one text that was typed: one, and one more where it can be a temporary password. What was
/// typed decides, never for whose name: the same text costs the same for everybody.
pub struct Places {
    password: Slot,
    temporary: Option<(Slot, Secret)>,
}

impl Places {
    /// All at once or none.
    pub fn take(hasher: &Hasher, typed: &Secret) -> Option<Places> {
        let temporary = match one_time::canonical(typed.expose_secret()) {
            Some(canonical) => Some((hasher.reserve().ok()?.that_settles(), canonical)),
            None => None,
        };
        let password = hasher.reserve().ok()?;
        let password = if temporary.is_none() { password.that_settles() } else { password };
        Some(Places { password, temporary })
    }

    /// What was typed can be a temporary password.
    pub fn may_be_temporary(&self) -> bool {
        self.temporary.is_some()
    }
}

/// What is known of an account's passwords, as PHC strings; nothing of a name nobody has.
#[derive(Default)]
pub struct Stored {
    pub password: Option<String>,
    pub temporary: Option<String>,
}

/// Verifies a typed password against what is stored, or does the same work against nothing.
pub async fn verify(hasher: &Hasher, places: Places, _counted: &Permit, typed: Secret, stored: Stored) -> Verdict {
    let verdict = match places.password.verify(typed.clone(), stored.password).await {
        hash::Verdict::Wrong => Verdict::Wrong,
        hash::Verdict::Right => Verdict::Right,
        hash::Verdict::RightButStale => {
            // Under load it stays stale until the next sign-in.
            match hasher.reserve() {
                Ok(slot) => slot.hash(typed).await.map_or(Verdict::Right, Verdict::RightButStale),
                Err(Busy) => Verdict::Right,
            }
        }
    };
    let Some((slot, canonical)) = places.temporary else { return verdict };
    match (verdict, slot.verify(canonical, stored.temporary).await) {
        (Verdict::Wrong, hash::Verdict::Right | hash::Verdict::RightButStale) => Verdict::Temporary,
        (verdict, _) => verdict,
    }
}

/// How a courier makes of a temporary password what is kept of it.
pub fn hash_typed(hasher: &Hasher) -> HashTyped {
    let hasher = hasher.clone();
    Arc::new(move |typed| {
        let hasher = hasher.clone();
        Box::pin(async move { hasher.hash_for_mail(typed).await.ok() })
    })
}

/// Whether what was typed fits a stored hash; the same work against nothing (`None`). Never renews the hash: of several
/// answers that are checked together, nothing may show which one was right.
pub fn matches(
    slot: Slot,
    _counted: &Permit,
    typed: Secret,
    stored: Option<String>,
) -> impl Future<Output = bool> + Send + use<> {
    async move { slot.verify(typed, stored).await != hash::Verdict::Wrong }
}

/// Whether what somebody sets is what a stored hash was made of; the same work against nothing (`None`). Also when
/// that could not be found out.
pub fn coincides(
    slot: Slot,
    _counted: &Comparison,
    set: Secret,
    stored: Option<String>,
) -> impl Future<Output = bool> + Send + use<> {
    slot.may_be(set, stored)
}

/// The stored form of a hash.
pub fn seal(keys: &Keys, account: &AccountId, phc: &str) -> Vec<u8> {
    keys.seal(&aad(account), phc.as_bytes())
}

/// `None` for what does not open, which then verifies like no password at all.
pub fn unseal(keys: &Keys, account: &AccountId, sealed: &[u8]) -> Option<String> {
    let opened = keys.open(&aad(account), sealed).ok().and_then(|plain| String::from_utf8(plain).ok());
    if opened.is_none() {
        tracing::error!(%account, "a stored password does not open with this master key");
    }
    opened
}

fn aad(account: &AccountId) -> String {
    format!("accounts:password:{account}")
}

/// The password of a form field that was not sent.
pub fn missing() -> Secret {
    Secret::from(String::new())
}

/// Whether two typed passwords are the same.
pub fn same(one: &Secret, other: &Secret) -> bool {
    one.expose_secret() == other.expose_secret()
}
