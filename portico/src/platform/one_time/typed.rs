//! Secrets in a form that people type: a temporary password, a code.

use crate::platform::entropy::Secret;
use crate::platform::ids::OneTimeId;
use crate::platform::keys::Keys;

/// No letter or figure here is taken for another one on paper, on a screen or over the telephone.
pub const LETTERS_TO_TYPE: &[u8; 30] = b"abcdefghjkmnpqrstvwxyz23456789";
/// 20 of 30 are 98 bits.
const LETTERS: usize = 20;
const GROUP: usize = 5;
const DIGITS: usize = 8;

/// `k7mqp-x3vth-29sfd-wrn8c`. Derived like the link, so that the same id gives the same on every node, at every attempt.
pub fn temporary_password(keys: &Keys, id: &OneTimeId) -> Secret {
    let letters: Vec<char> = stream(keys, "one_time:temporary_password", id)
        // What is left of 256 would make the first letters likelier than the others.
        .filter(|byte| usize::from(*byte) < 256 / LETTERS_TO_TYPE.len() * LETTERS_TO_TYPE.len())
        .filter_map(|byte| LETTERS_TO_TYPE.get(usize::from(byte) % LETTERS_TO_TYPE.len()).copied().map(char::from))
        .take(LETTERS)
        .collect();
    let groups: Vec<String> = letters.chunks(GROUP).map(|group| group.iter().collect()).collect();
    Secret::from(groups.join("-"))
}

/// Eight digits.
pub fn code(keys: &Keys, id: &OneTimeId) -> Secret {
    let digits: String = stream(keys, "one_time:code", id)
        .filter(|byte| *byte < 250)
        .map(|byte| char::from(b'0' + byte % 10))
        .take(DIGITS)
        .collect();
    Secret::from(digits)
}

/// What was typed, in the one form that is hashed, if it can be a temporary password at all: in capitals, with spaces for
/// hyphens or with none it is still the same. `None` for every other text.
pub fn canonical(typed: &str) -> Option<Secret> {
    let mut letters = String::with_capacity(LETTERS);
    for c in typed.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '‐' | '‑' | '–')) {
        let c = c.to_ascii_lowercase();
        if letters.len() == LETTERS || !u8::try_from(c).is_ok_and(|byte| LETTERS_TO_TYPE.contains(&byte)) {
            return None;
        }
        letters.push(c);
    }
    (letters.len() == LETTERS).then(|| Secret::from(letters))
}

/// Bytes without end that nobody can compute without the key.
fn stream(keys: &Keys, purpose: &'static str, id: &OneTimeId) -> impl Iterator<Item = u8> {
    (0_u32..).flat_map(move |block| keys.mac(purpose, format!("{id}/{block}").as_bytes()))
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret;

    use super::*;
    use crate::platform::clock::Clock;
    use crate::platform::entropy::Entropy;

    fn keys() -> Keys {
        Keys::new(&[7; 32], Entropy::new(Clock::system()))
    }

    #[test]
    fn a_temporary_password_is_four_groups_of_five_that_depend_on_the_id() {
        let one = temporary_password(&keys(), &OneTimeId::from("one"));
        assert_eq!(one.expose_secret().split('-').map(str::len).collect::<Vec<_>>(), [5, 5, 5, 5]);
        assert_eq!(one.expose_secret(), temporary_password(&keys(), &OneTimeId::from("one")).expose_secret());
        assert_ne!(one.expose_secret(), temporary_password(&keys(), &OneTimeId::from("two")).expose_secret());
        assert!(LETTERS as f64 * (LETTERS_TO_TYPE.len() as f64).log2() >= 80.0);
    }

    #[test]
    fn however_it_is_typed_it_is_the_same() {
        let one = temporary_password(&keys(), &OneTimeId::from("one")).expose_secret().to_owned();
        let bare = one.replace('-', "");
        let spellings = [one.clone(), bare.clone(), one.to_uppercase(), one.replace('-', " "), format!(" {one}\n")];
        for spelling in spellings {
            assert_eq!(canonical(&spelling).unwrap().expose_secret(), bare, "{spelling:?}");
        }
        for other in ["", "correct-horse-battery", &one[1..], &format!("{one}a"), &one.replace(&one[..1], "0")] {
            assert!(canonical(other).is_none(), "{other:?}");
        }
    }

    #[test]
    fn every_letter_and_digit_is_as_likely_as_the_others() {
        let ids = (0..2_000).map(|number| OneTimeId::from(format!("{number}")));
        let mut counts = std::collections::HashMap::new();
        for id in ids {
            let code = code(&keys(), &id);
            assert_eq!(code.expose_secret().len(), DIGITS);
            code.expose_secret().chars().for_each(|digit| *counts.entry(digit).or_insert(0) += 1);
        }
        // 1600 of each are expected; seven standard deviations around it.
        assert!(counts.len() == 10 && counts.values().all(|count| (1_330..1_870).contains(count)), "{counts:?}");
    }
}
