//! Security questions: what is asked, what may be an answer, how answers are kept.
//!
//! ```text
//!   set up   three questions, three answers ──rules──▶ Chosen ──pepper, Argon2id──▶ Hashed ──keep──▶ rows
//! ```
//!
//! - Questions come from a closed catalog; nobody writes their own. An account has three or none.
//! - An answer is worth little by itself, so a hash alone would not hide it. It is brought into one form, peppered with a
//!   key that is not in the database, hashed like a password, and sealed: a stolen database verifies no answer.
//! - An answer that others would try first is refused when it is set: short, common, out of the question, about the
//!   person, or the same twice. So is the password, and a new password that is one of the answers.
//! - Questions never stand in for a second factor, and never alone for whoever has one, administers others, is shared or
//!   signs in elsewhere ([`may_stand_alone`]).
//! - Setting answers is a change of credentials, except while an account is registered for the first time.

mod answers;
mod apart;
mod catalog;
mod challenge;
mod form;
mod queries;
mod rules;
#[cfg(test)]
mod tests;

pub use answers::{Hashed, NotHashed, Occasion, clear, hash, keep, put, remove, remove_own};
pub use apart::{COMPARED_AT_ONCE, Kept, is_answer, is_password};
pub use catalog::Question;
pub use challenge::{Challenge, Checked, Guess, guess, reopen};
pub use form::{FormRow, OVERTAKEN, QuestionsArrival, QuestionsForm, again, problem_of, rows};
pub use rules::{About, COUNT, Chosen, Flaw, MIN_CHARS, Typed, Weakness, are_of_use, decoys, may_stand_alone, missing};

use store::{Error, Tx};

use crate::platform::ids::AccountId;

/// Which questions an account has answers to, in the order in which they are asked.
///
/// # Errors
/// When the database says no.
pub async fn asked_of(tx: &mut Tx, account: &AccountId) -> Result<Vec<Question>, Error> {
    Ok(queries::of_account(tx, account).await?.into_iter().map(|(question, _)| question).collect())
}
