//! Second factors: today the codes of an authenticator app.
//!
//! - A code is of the current 30 seconds or the ones before, never of the next; its step is stored, and no code of that
//!   step or an older one is taken again, on any node, whatever the clock does.
//! - Wrong codes have a counter of their own (see `lockout`).

mod check;
mod queries;
mod totp;

pub use check::{Checked, Guess, guess};
pub use totp::{PERIOD_SECONDS, code_at, parse_secret, show_secret};

use store::Tx;

use crate::platform::entropy::Entropy;
use crate::platform::ids::AccountId;
use crate::platform::keys::Keys;

fn secret_aad(id: &str) -> String {
    format!("authenticators:secret:{id}")
}

/// Gives an account an authenticator that counts from now on.
pub async fn add_authenticator(
    tx: &mut Tx,
    entropy: &Entropy,
    keys: &Keys,
    account: &AccountId,
    secret: &[u8],
) -> Result<(), store::Error> {
    let id = entropy.id();
    let sealed = keys.seal(&secret_aad(&id), secret);
    queries::insert_confirmed(tx, &id, account, &sealed).await
}
