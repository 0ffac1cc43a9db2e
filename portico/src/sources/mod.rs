//! Where guesses come from: an address from which too much fails has to wait (security.md C3).
//!
//! ```text
//!   a guess from a browser the account is not known in
//!     ├─ admit   the address has to wait: refused at once, with how long     nothing is counted, nothing made longer
//!     └─ failed ─┬▶ one failure more of the address       too many in the window: it waits for its end
//!                └▶ one different name more, if it is one too many: it waits a minute, after the next few two, then four …
//!                                                         the audit trail and the operators learn of it
//! ```
//!
//! - Only failures count, and no success takes any of them back: or whoever tries others' names would sign in under their own in between.
//! - Many names from one address is what trying one password on everybody looks like (password spraying), and what trying stolen
//!   lists does: each account is tried once, so that no lock of an account notices.
//! - Names that nobody has are counted as those that somebody has, by a keyed hash of what was typed: two names of one account are two.
//! - Nobody is locked out by it: browsers an account is known in are neither asked nor counted, nor are the networks that an operator
//!   has named (`limits.known_networks`). An organization's own sign-in, passkeys, and a reset by mail ask nothing here.
//! - A pause is an answer with a time, never a connection that is held.

mod guard;
mod letters;
mod queries;
mod rules;
#[cfg(test)]
mod tests;

pub use guard::{TOLD_A_DAY, admit, failed, failed_unread, release};
pub use letters::register;
pub use queries::{Slowed, count_waiting, list, purge};
pub use rules::{FIRST_PAUSE, LONGEST_PAUSE, pause, step};
