//! Passwords: how they are kept and which ones are accepted.
//!
//! - A password is kept as an Argon2id hash that says how it was made, sealed with a key that is not in the database; a
//!   hash made at an older cost is renewed at the next sign-in.
//! - What is checked is what a person chose: length, not among the common and breached ones, not about the person, no
//!   pattern. There are no rules of composition and no expiry (NIST SP 800-63B-4, 3.1.1.2). A page that sets a password
//!   asks [`judge`] with [`crate::people::words_around`], and shows what a [`Weakness`] says.
//! - Nothing verifies a password without a [`Permit`] from lockout.

mod blocklist;
mod hash;
mod patterns;
mod phc;
mod rules;
mod weakness;

use std::time::Duration;

use secrecy::ExposeSecret;

pub use hash::{Busy, Cost, HashError, Hasher, MAX_PASSWORD_BYTES, Options, Slot};
pub use rules::{MIN_ALONE, MIN_WITH_SECOND_FACTOR, check, judge};
pub use weakness::Weakness;

use crate::lockout::Permit;
use crate::platform::entropy::Secret;
use crate::platform::ids::AccountId;
use crate::platform::keys::Keys;

/// What to tell whoever comes while all places are taken.
pub const RETRY_AFTER: Duration = Duration::from_secs(2);

#[derive(Debug, PartialEq, Eq)]
pub enum Verdict {
    Wrong,
    Right,
    /// Right, and here is the same password hashed at today's cost.
    RightButStale(String),
}

/// Verifies a typed password against a stored hash, or does the same work against nothing (`None`).
pub async fn verify(hasher: &Hasher, slot: Slot, _counted: &Permit, typed: Secret, stored: Option<String>) -> Verdict {
    match slot.verify(typed.clone(), stored).await {
        hash::Verdict::Wrong => Verdict::Wrong,
        hash::Verdict::Right => Verdict::Right,
        hash::Verdict::RightButStale => {
            // Under load it stays stale until the next sign-in.
            let Ok(slot) = hasher.reserve() else { return Verdict::Right };
            slot.hash(typed).await.map_or(Verdict::Right, Verdict::RightButStale)
        }
    }
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
