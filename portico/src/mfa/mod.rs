//! Second factors: today the codes of an authenticator app.
//!
//! - A code is of the current 30 seconds or the ones before, never of the next; its step is stored, and no code of that
//!   step or an older one is taken again, on any node, whatever the clock does.
//! - Wrong codes have a counter of their own (see `lockout`).

mod check;
mod page;
mod queries;
mod totp;

pub use check::{Checked, Guess, guess};
pub use page::{CodePage, problem};
pub use totp::{PERIOD_SECONDS, code_at, parse_secret, show_secret};

use store::Tx;

use crate::lockout::{self, Class, Counter, Factor};
use crate::platform::clock::Time;
use crate::platform::entropy::Entropy;
use crate::platform::ids::AccountId;
use crate::platform::keys::Keys;
use crate::platform::web::Visit;
use crate::session;

fn secret_aad(id: &str) -> String {
    format!("authenticators:secret:{id}")
}

/// The end of the lock that keeps this browser from trying codes of an account. Asked of the database: a lock may have
/// been ended before its time, and what stands in an address is nobody's word.
pub async fn locked_until(visit: &Visit, account: &AccountId) -> Result<Option<Time>, store::Error> {
    let browser = visit.browser().map_or([0; 32], |browser| browser.hash);
    let read = async |tx: &mut Tx| {
        let device = session::recognized(tx, &browser, account.as_str()).await?;
        let class = device.map_or(Class::Unrecognized, Class::Device);
        let counter = Counter { subject: account.to_string(), factor: Factor::Totp, class }.id();
        let locks = lockout::locks_of(tx, account.as_str()).await?;
        Ok(locks.into_iter().find(|(id, _)| *id == counter).map(|(_, until)| until))
    };
    visit.app.db.read("mfa.locked_until", read).await
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
