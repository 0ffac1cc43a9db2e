//! Which passwords are accepted. Pure; the words for a refusal are [`Weakness`]'s. No mixture of kinds of characters is asked
//! for (NIST SP 800-63B-4, 3.1.1.2), and nothing is cut off or changed.
//!
//! 1. Long enough: 8 characters beside a second factor or in `classic`, 15 where the password stands alone; never more than
//!    1024 bytes. Counted in NFC, which is also what is hashed.
//! 2. Not one pattern all along (`aaaaaaaa`, `abcabcabc`, `12345678`), no walk over the keyboard (`qwertasdfg`), no date.
//! 3. Not about the person: user name, mailbox, names, organization, site, product, brand; nor one of these in disguise:
//!    with a few digits or marks around it, with accents, or with figures for letters. The whole password is compared,
//!    never a part: `my omar sings in the rain` is nobody's name.
//! 4. Not one of the common and breached ones, whatever the case; the same disguises.

use secrecy::ExposeSecret;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::hash::MAX_PASSWORD_BYTES;
use super::{Weakness, blocklist, patterns, same};
use crate::platform::entropy::Secret;

/// Where a second factor is required.
pub const MIN_WITH_SECOND_FACTOR: usize = 8;
/// Where the password stands alone.
pub const MIN_ALONE: usize = 15;

/// Digits and marks around a word that do not make it another word: `Riverside2024!`.
const TRIMMINGS: usize = 6;
/// Shorter words are in half of all good passphrases.
pub(super) const SHORTEST_WORD: usize = 4;

/// Judges what was typed twice. `about` is what anybody knows of the person ([`crate::people::words_around`]).
///
/// # Errors
/// The first reason against it.
pub fn judge(typed: &Secret, again: &Secret, min: usize, about: &[String]) -> Result<(), Weakness> {
    if typed.expose_secret().is_empty() {
        return Err(Weakness::Missing);
    }
    check(typed.expose_secret(), min, about)?;
    if same(typed, again) { Ok(()) } else { Err(Weakness::Mismatch) }
}

/// # Errors
/// The first reason against it, in the order above.
pub fn check(password: &str, min: usize, about: &[String]) -> Result<(), Weakness> {
    if password.len() > MAX_PASSWORD_BYTES {
        return Err(Weakness::TooLong);
    }
    if password.nfc().count() < min {
        return Err(Weakness::TooShort);
    }
    let whole = fold(password);
    if let Some(weakness) = patterns::of(&whole) {
        return Err(weakness);
    }
    let forms = forms(&whole);
    // Before the common ones: a town's name is among these, and "your organization's name" is what helps to hear.
    let known: Vec<String> = about.iter().flat_map(|text| words(text)).collect();
    if forms.iter().any(|form| known.contains(form)) {
        return Err(Weakness::Personal);
    }
    if forms.iter().any(|form| blocklist::contains(form)) {
        return Err(Weakness::Common);
    }
    Ok(())
}

fn fold(text: &str) -> String {
    text.nfkc().flat_map(char::to_lowercase).collect()
}

fn letters_and_digits(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// What a password is when its disguise is taken away: itself; without accents; without marks; without a few digits and
/// marks around it; with letters for figures; and once when it is the same twice.
fn forms(whole: &str) -> Vec<String> {
    let plain: String = whole.nfkd().filter(|c| !is_combining_mark(*c)).collect();
    let bare = letters_and_digits(&plain);
    let mut forms = vec![whole.to_owned(), plain.clone(), bare.clone()];
    let trimmed = [plain.trim_matches(|c: char| !c.is_alphabetic()), bare.trim_matches(|c: char| c.is_numeric())];
    let kept = |core: &&str| core.chars().count() >= SHORTEST_WORD && lost(whole, core) <= TRIMMINGS;
    forms.extend(trimmed.into_iter().filter(kept).map(str::to_owned));
    for one in ['i', 'l'] {
        let spelled: Vec<String> = forms.iter().map(|form| form.chars().map(|c| letter(c, one)).collect()).collect();
        forms.extend(spelled);
    }
    let once: Vec<String> = forms.iter().filter_map(|form| patterns::unit(form)).collect();
    forms.extend(once);
    forms.sort();
    forms.dedup();
    // Nothing but marks is nobody's name.
    forms.retain(|form| !form.is_empty());
    forms
}

fn lost(whole: &str, core: &str) -> usize {
    whole.chars().count().saturating_sub(core.chars().count())
}

/// `p@55w0rd`
fn letter(figure: char, one: char) -> char {
    match figure {
        '@' | '4' => 'a',
        '3' => 'e',
        '0' => 'o',
        '$' | '5' => 's',
        '7' => 't',
        '1' | '!' => one,
        other => other,
    }
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

#[cfg(test)]
#[path = "rules_tests.rs"]
mod tests;
