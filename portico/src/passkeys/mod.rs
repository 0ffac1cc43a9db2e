//! Passkeys: a key on a device or in its owner's cloud signs what this server asks, once its owner was recognized by a finger, a face
//! or a PIN. One gesture, two factors.
//!
//! ```text
//!   first page ── page carries what is asked, sealed ──▶ POST /sign-in/passkey ── a row, once ──▶ first proof, for two factors
//!   after a password ────────────────────────────────▶ POST /sign-in/{id}/passkey ─────────────▶ second proof
//!   after a mailed link ─────────────────────────────▶ POST /recover/passkey ──────────────────▶ second factor of the reset
//!   my account, just proved ─────────────────────────▶ POST /account/passkeys ────────────────▶ one more
//! ```
//!
//! - **What is asked is stored nowhere before it is answered** ([`Asked`]): it travels sealed in the form, for a quarter of an hour, and
//!   the challenge follows from it, the browser's cookie and the server's key. What makes it count once is the row it is about: the
//!   sign-in of that id is begun once; a sign-in takes what was asked last, and nothing of before; a passkey is added under the epoch it was
//!   asked under, which adding it ends.
//! - **Refused is one word.** Unknown, stale, of another browser or origin, gone back in its count: one page, one cost, one row in the
//!   trail (which has the reason), counted for the address it came from.
//! - A lock of passwords or codes does not touch them: there is nothing to guess. A disabled account's passkey proves whose it is, and
//!   opens nothing.
//! - **Never shared, never beside an organization's own sign-in**, suspended or not ([`Account::takes_passkeys`]):
//!   who has left an organization is switched off over there, and a key that was kept here would outlive that.
//! - The count must go on. One that stands still or goes back is refused: a second device with the same key may be somebody else's.
//! - Adding and removing one take a proof of just now, raise the credentials epoch, end all other sessions and tell every address.
//! - Nothing is believed about an authenticator's make (docs/decisions/0014-own-webauthn.md).

mod add;
mod answer;
mod ask;
mod asked;
mod pages;
mod queries;
mod remove;
mod rules;
#[cfg(test)]
mod tests;

pub use answer::{AnswerForm, Found, Refused, Shown, find, judge, record_refused, take};
pub use ask::{Ask, of_first_page, of_recovery, of_second_factor};
pub use asked::{About, Asked};
pub use remove::forget_all;

use axum::Router;
use axum::routing::{get, post};
use store::Tx;
use webauthn::RelyingParty;

use crate::app::App;
use crate::people::Account;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/account/passkeys", get(pages::page).post(pages::add))
        .route("/account/passkeys/confirm", post(pages::confirm))
        .route("/account/passkeys/{id}/name", post(pages::rename))
        .route("/account/passkeys/{id}/remove", post(pages::remove))
}

/// How many an account has; `None` where it can have none.
///
/// # Errors
/// When the database says no.
pub async fn count_of(tx: &mut Tx, app: &App, account: &Account) -> Result<Option<usize>, store::Error> {
    if relying_party(app).is_none() || !account.takes_passkeys() {
        return Ok(None);
    }
    Ok(Some(queries::of_account(tx, &account.id).await?.len()))
}

/// Who asks; `None` where there are no passkeys, because this deployment has no name or no TLS.
pub fn relying_party(app: &App) -> Option<RelyingParty> {
    RelyingParty::of_origin(&app.public_url)
}
