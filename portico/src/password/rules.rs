//! Which passwords are accepted. Pure; the words for a refusal are the page's.
//!
//! 1. Long enough: 8 characters beside a second factor, 15 where the password stands alone; never more than 1024 bytes.
//! 2. Not one of the common ones, whatever the case, and not one of them with a few digits or marks around it.
//! 3. Not about the person: user name, mailbox, organization, product; the same derivatives.
//! 4. Not one pattern all along (`aaaaaaaa`, `abcabcabc`, `12345678`).

use thiserror::Error;
use unicode_normalization::UnicodeNormalization;

use super::hash::MAX_PASSWORD_BYTES;

/// Where a second factor is required.
pub const MIN_WITH_SECOND_FACTOR: usize = 8;
/// Where the password stands alone.
pub const MIN_ALONE: usize = 15;

/// Digits and marks around a word that do not make it another word: `Riverside2024!`.
const TRIMMINGS: usize = 6;
/// Shorter words are in half of all good passphrases.
const SHORTEST_WORD: usize = 4;

/// Sorted, lower case, ASCII, one a line.
const COMMON: &str = include_str!("common.txt");

#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Refusal {
    #[error("shorter than {min} characters")]
    TooShort { min: usize },
    #[error("longer than {max} bytes")]
    TooLong { max: usize },
    #[error("among the most common passwords")]
    Common,
    #[error("made of the person's or the organization's name")]
    Personal,
    #[error("one pattern repeated")]
    Pattern,
}

/// Judges a password that a person chose. `about` is what anybody knows of the person: user name, mailbox, first and last
/// name, the organization's and the products' names.
///
/// # Errors
/// The first reason against it, in the order above.
pub fn check(password: &str, min: usize, about: &[&str]) -> Result<(), Refusal> {
    if password.len() > MAX_PASSWORD_BYTES {
        return Err(Refusal::TooLong { max: MAX_PASSWORD_BYTES });
    }
    if password.nfc().count() < min {
        return Err(Refusal::TooShort { min });
    }
    let whole = fold(password);
    if is_pattern(&whole) {
        return Err(Refusal::Pattern);
    }
    let forms = forms(&whole);
    if forms.iter().any(|form| is_common(form)) {
        return Err(Refusal::Common);
    }
    let known: Vec<String> = about.iter().flat_map(|text| words(text)).collect();
    if forms.iter().any(|form| known.contains(form)) {
        return Err(Refusal::Personal);
    }
    Ok(())
}

fn fold(text: &str) -> String {
    text.nfkc().flat_map(char::to_lowercase).collect()
}

fn letters_and_digits(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// What a password is when its decoration is taken away: itself, without marks, without a few digits around it, and once
/// when it is the same twice.
fn forms(whole: &str) -> Vec<String> {
    let bare = letters_and_digits(whole);
    let core = bare.trim_matches(|c: char| c.is_numeric());
    let mut forms = vec![whole.to_owned(), bare.clone()];
    if core.chars().count() >= SHORTEST_WORD && whole.chars().count() - core.chars().count() <= TRIMMINGS {
        forms.push(core.to_owned());
    }
    let once: Vec<String> = forms.iter().filter_map(|form| unit(form)).collect();
    forms.extend(once);
    // Nothing but marks is nobody's name.
    forms.retain(|form| !form.is_empty());
    forms
}

/// What is repeated in a text that is one thing two times or more.
fn unit(text: &str) -> Option<String> {
    let chars: Vec<char> = text.chars().collect();
    let lengths = (1..=chars.len() / 2).filter(|length| chars.len().is_multiple_of(*length));
    let repeats = |length: &usize| chars.iter().zip(chars.iter().skip(*length)).all(|(a, b)| a == b);
    lengths.into_iter().find(repeats).map(|length| chars.iter().take(length).collect())
}

fn is_pattern(whole: &str) -> bool {
    if unit(whole).is_some_and(|unit| unit.chars().count() < SHORTEST_WORD) {
        return true;
    }
    let steps: Vec<i64> = whole
        .chars()
        .zip(whole.chars().skip(1))
        .map(|(a, b)| i64::from(u32::from(b)) - i64::from(u32::from(a)))
        .collect();
    // 9 and -9: after 9 people type 0.
    let runs = |step: i64, wrap: i64| steps.iter().all(|s| *s == step || *s == wrap);
    !steps.is_empty() && (runs(1, -9) || runs(-1, 9) || runs(0, 0))
}

/// The forms in which a known text may come back as a password: all of it, without marks, and its longer words.
fn words(text: &str) -> Vec<String> {
    let whole = fold(text);
    let parts = whole.split(|c: char| !c.is_alphanumeric()).map(str::to_owned);
    // A mailbox also gives its local part with the dots left out.
    let local = whole.split('@').next().map(letters_and_digits);
    let mut words = vec![whole.clone(), letters_and_digits(&whole)];
    words.extend(parts.chain(local).filter(|word| word.chars().count() >= SHORTEST_WORD));
    let cores: Vec<String> = words.iter().map(|word| word.trim_matches(|c: char| c.is_numeric()).to_owned()).collect();
    words.extend(cores.into_iter().filter(|word| word.chars().count() >= SHORTEST_WORD));
    words
}

/// Binary search over the lines of the text itself: an index would be kept in memory for something asked once a year a person.
fn is_common(word: &str) -> bool {
    let (mut from, mut to) = (0, COMMON.len());
    while from < to {
        let middle = from + (to - from) / 2;
        let start = COMMON.get(from..middle).and_then(|head| head.rfind('\n')).map_or(from, |at| from + at + 1);
        let line = COMMON.get(start..to).and_then(|rest| rest.split('\n').next()).unwrap_or_default();
        match line.cmp(word) {
            std::cmp::Ordering::Equal => return true,
            std::cmp::Ordering::Less => from = start + line.len() + 1,
            std::cmp::Ordering::Greater => to = start,
        }
    }
    false
}

#[cfg(test)]
#[path = "rules_tests.rs"]
mod tests;
