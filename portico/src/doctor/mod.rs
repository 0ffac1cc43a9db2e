//! The sign-in doctor: why can this person (not) sign in? A verdict in one sentence, the path as steps with evidence,
//! and what may be done. First for the command line; the console and the API show the same [`Report`].

mod facts;
mod own_sign_in;
mod rules;
#[cfg(test)]
mod tests;

pub use facts::examine;
pub use rules::{Report, State, Verdict};
