//! Notices: what was done to an account is told to its owner, with a way to say "it wasn't me".
//!
//! - One function a notice: [`password_changed`], [`email_changed`], [`questions_changed`], [`questions_answered`],
//!   [`secondary_email_changed`], [`locked`], [`new_browser`], [`linked`], [`factor_changed`], [`recovery_code_used`],
//!   [`factor_reset_begun`], [`factor_reset_stopped`], [`second_factor_removed`], [`account_exported`]. Each queues its mails in the transaction of its cause: no change without its notice, no notice without its change.
//! - A notice goes to every address that is proved to be the account's (the second mailbox only while a password can be reset with it:
//!   see `continuity`); of a changed email, to the old one if that was, with a mail without a button to the new one ([`email_assigned`]). Where a changed address is not proved yet, a notice
//!   comes to a mail that asks to confirm it and says no more.
//! - At most one notice of a lock in 24 hours for an account, whatever was guessed; for a name nobody has the row of one.
//! - Every notice has a button. Its link lives seven days, works once, is used up by no GET, and outlives later changes of
//!   credentials: whoever stole the account could otherwise void it by changing the password once more.
//! - The button ends what a thief may have (sessions, recognized browsers, proofs, the present password, the answers to
//!   security questions) and starts a recovery by mail to the address the notice went to. It opens nothing: a stolen link gives
//!   nobody an account.
//! - Under a notice of a lock it ends sessions and nothing else, and starts the ordinary reset: nobody got in, and a stranger's
//!   guesses must not cost the owner password and answers. The secret's purpose says which notice it was.
//! - Under a notice of a change of the second factor it takes every second factor away as well: what was set up may be a thief's, and
//!   would keep the owner out. So that a mailbox alone gets nobody in that way either, no link resets the account afterwards; who can
//!   help is mailed. Under the notice of a reset of the second factor that waits it stops that, and does nothing else.
//! - Pressed in a mail to an address that is the account's no more, or not yet proved to be, it ends sessions and nothing else,
//!   and tells the organization's administrators.
//! - Where a question comes after the link there is none any more, and so no link either: a mailbox alone must not get rid of
//!   the question. The mail and the page say whom to ask.
//!
//! ```text
//!   cause ──▶ notice (mail) ──▶ GET /recover/not-me/{token} ──303──▶ /recover/not-me   says what it will do
//!                                                                     └ POST: link used up, everything ended, one mail
//!                                                                       ├──▶ /recover/{id}  "Check your mail"
//!                                                                       └──▶ the same page: whom to ask
//! ```

mod dispute_letters;
mod factor;
mod letters;
mod lock;
mod not_me;
mod rules;
mod send;
mod take_back;
#[cfg(test)]
mod tests;

pub use factor::{
    FactorChange, factor_changed, factor_reset_begun, factor_reset_stopped, recovery_code_used, second_factor_removed,
};
pub use letters::register;
pub use lock::{Guessed, locked};
pub use rules::Acquaintance;
pub use send::{
    Cause, account_exported, email_assigned, email_changed, linked, new_browser, password_changed, questions_answered,
    questions_changed, secondary_email_changed, tell_administrators,
};

use axum::Router;
use axum::routing::get;

use crate::app::App;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/recover/not-me", get(not_me::page).post(not_me::submit))
        .route("/recover/not-me/{token}", get(not_me::open))
}
