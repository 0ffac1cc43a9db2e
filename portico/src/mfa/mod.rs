//! Second factors: an authenticator app, and what stands in for it on a bad day.
//!
//! | | counts as a second factor | who |
//! | --- | --- | --- |
//! | code of an authenticator app | yes | whoever has set one up |
//! | passkey | yes, and as the first factor too | whoever has added one (see `passkeys`) |
//! | recovery code | yes, once | the same |
//! | code by mail | no, and lets in all the same | the same, where the organization allows it and nothing asks for two factors |
//!
//! - A code is of the current 30 seconds or the ones before, never of the next; its step is stored, and no code of that
//!   step or an older one is taken again, on any node, whatever the clock does.
//! - Wrong codes have counters of their own (see `lockout`), one for each kind.
//! - Who needs a second factor is decided by the most restrictive among the organization's rule and those of the products that the
//!   person may open ([`is_required`]).
//! - Whoever lacks one that is required sets it up at the next sign-in, with the password alone: there is nothing stronger yet.
//!   Every address is told, and "it wasn't me" takes it back. Whoever has one sets another up after showing it.
//! - A factor is taken away by its owner, by a reset that waits (`resets`), or by "it wasn't me". After the last two no mailbox alone
//!   opens the account until somebody has signed in with its password ([`Account::is_guarded`]).
//! - Setting up, taking away and replacing raise the credentials epoch, end all other sessions and tell every address. Using a
//!   recovery code does not: it is what it was made for.

mod authenticator;
mod change;
mod email_code;
mod guess;
mod own;
mod page;
mod recovery_codes;
mod resets;
mod rules;

pub use authenticator::{
    Confirmed, Offer, PERIOD_SECONDS, Place, add as add_authenticator, code_at, confirm, offer, parse_secret,
    show_secret,
};
pub use change::{
    NewFactor, NotRemoved, changed, forget_recovery_codes, give_recovery_codes, remove_all, removed, set_up,
};
pub use email_code::{RESEND_AFTER, Sent, send as send_email_code};
pub use guess::{Checked, Guess, guess, guess_mailed_code, guess_recovery_code, locked_until};
pub use own::{CODES_WITH_PASSKEY, is_offered};
pub use page::{CodePage, RecoveryCodePage, problem, recovery_problem};
pub use recovery_codes::{
    Made as RecoveryCodes, are_made as has_recovery_codes, keep as keep_recovery_codes, left as recovery_codes_left,
    make as make_recovery_codes, shown as shown_recovery_codes,
};
pub use resets::{
    MadeSure, NotBegun as ResetNotBegun, Waiting as WaitingReset, administers, ask as ask_for_help,
    begin as begin_reset, end_due as end_due_resets, ends_by_use, run as run_resets, stop as stop_reset,
    waiting as waiting_reset,
};
pub use rules::{is_required, mail_may_stand_in, may_remove, may_set_up};

use axum::Router;

use crate::app::App;
use crate::platform::mail::Letters;

pub fn register(letters: Letters) -> Letters {
    resets::register(email_code::register(letters))
}

pub fn routes() -> Router<App> {
    own::routes().merge(resets::routes())
}

#[cfg(doc)]
use crate::people::Account;
