//! What is wrong with a password that a person chose, in words that also say what helps.

use super::MAX_PASSWORD_BYTES;
use crate::platform::spelled::spelled;
use crate::platform::web::{Page, Problem};

/// A closed set: a page's address names one of these, and only their words are ever shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weakness {
    Missing,
    TooShort,
    TooLong,
    /// Among the common and breached ones, or one of them in disguise.
    Common,
    /// Made of what anybody knows: person, organization, site, product, brand.
    Personal,
    /// One thing over and over, or counting.
    Pattern,
    /// Neighbors on the keyboard.
    Keyboard,
    Date,
    /// The two that were typed differ.
    Mismatch,
    /// The temporary one that is to be replaced.
    Temporary,
    /// One of the account's answers to security questions.
    Answer,
}

spelled!(Weakness {
    Missing = "missing",
    TooShort = "short",
    TooLong = "long",
    Common = "common",
    Personal = "named",
    Pattern = "pattern",
    Keyboard = "keyboard",
    Date = "date",
    Mismatch = "mismatch",
    Temporary = "temporary",
    Answer = "answer",
});

impl Weakness {
    /// The problem a page tells, for fields called `password` and `again`.
    pub fn told(self, page: &Page, min: usize) -> Problem {
        let (min, max) = (min.to_string(), MAX_PASSWORD_BYTES.to_string());
        let key = format!("password-weak-{}", self.as_str());
        let summary = page.with(&key, &[("min", &min), ("max", &max)]);
        Problem { summary, field: if self == Weakness::Mismatch { "again" } else { "password" } }
    }
}
