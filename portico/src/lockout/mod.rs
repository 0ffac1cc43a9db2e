//! Lockout: guessing is paused, the account is not closed (security.md C3).
//!
//! ```text
//!            reserve                      verify                    settle
//!   attempt ─────────▶ Permit ──────────────────────▶ right: counter cleared
//!              │                                    └▶ wrong: one failure more; the third locks
//!              ├─────▶ wait     others are being verified: their outcome decides
//!              └─────▶ Locked   until a time
//! ```
//!
//! - An attempt is counted *before* it is verified, in its own committed write; a crash in between counts as a failure
//!   once the lease runs out. So 100 parallel guesses are at most three verifications.
//! - Only a [`Permit`] can verify anything, and only [`reserve`] makes one. Whoever has proved who they are and sets something
//!   new may have it compared with what is kept: that takes a [`Comparison`], which is counted, too.
//! - A counter is of one subject (account, or keyed pseudo-id of an unknown name), one factor, one class of browser.
//!   Strangers' failures lock strangers; each recognized browser has its own count.
//! - What failed is kept until its owner signs in, whatever succeeds in between: a sign-in after failures is told ([`told`], `notices`).
//! - Unknown names run the same machine.

mod attempt;
mod closed;
mod comparison;
mod queries;
mod refused;
mod rules;
#[cfg(test)]
mod tests;

pub use attempt::{Attempt, Permit, Queue, reserve};
pub use closed::{Closed, closed_of};
pub use comparison::{Comparison, compare};
pub use queries::{clear_factor, clear_subject, locks_of, purge, restart_total, told};
pub use refused::{is_recorded, record as record_refused};
pub use rules::{Class, Counter, Factor, Lock, QUESTIONS};
