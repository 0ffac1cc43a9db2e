//! Pure: the form of a code, and what somebody may have meant who typed one.

use secrecy::SecretString;

use crate::platform::entropy::{Entropy, Secret};
use crate::platform::one_time::LETTERS_TO_TYPE as LETTERS;

pub const COUNT: usize = 10;
const LENGTH: usize = 12;
const NAME: usize = 2;
const GROUP: usize = 4;

/// A code as it was typed, in its one form.
pub struct Typed {
    pub name: String,
    pub code: Secret,
}

/// Ten codes, in their one form, no two of the same name.
pub fn draw(entropy: &Entropy) -> Vec<String> {
    let mut codes: Vec<String> = Vec::with_capacity(COUNT);
    while codes.len() < COUNT {
        let code = one(entropy);
        if codes.iter().all(|other| name_of(other) != name_of(&code)) {
            codes.push(code);
        }
    }
    codes
}

fn one(entropy: &Entropy) -> String {
    let mut code = String::with_capacity(LENGTH);
    while code.len() < LENGTH {
        // What is left of 256 would make the first letters likelier than the others.
        let even = 256 / LETTERS.len() * LETTERS.len();
        let drawn = entropy.bytes::<32>().into_iter().filter(|byte| usize::from(*byte) < even);
        let letters = drawn.filter_map(|byte| LETTERS.get(usize::from(byte) % LETTERS.len()).copied());
        let missing = LENGTH - code.len();
        code.extend(letters.map(char::from).take(missing));
    }
    code
}

pub fn name_of(code: &str) -> String {
    code.chars().take(NAME).collect()
}

/// `k7mq-p3xv-th29`
pub fn grouped(code: &str) -> String {
    let letters: Vec<char> = code.chars().collect();
    letters.chunks(GROUP).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

/// In capitals, with spaces for hyphens or with none it is still the same. `None` for what can be no code.
pub fn read(typed: &str) -> Option<Typed> {
    let mut code = String::with_capacity(LENGTH);
    for c in typed.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '‐' | '‑' | '–')) {
        let c = c.to_ascii_lowercase();
        if code.len() == LENGTH || !u8::try_from(c).is_ok_and(|byte| LETTERS.contains(&byte)) {
            return None;
        }
        code.push(c);
    }
    (code.len() == LENGTH).then(|| Typed { name: name_of(&code), code: SecretString::from(code) })
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use secrecy::ExposeSecret;

    use super::*;
    use crate::platform::clock::Clock;

    #[test]
    fn ten_codes_are_ten_names_in_three_groups_each() {
        let entropy = Entropy::new(Clock::system());
        for _ in 0..50 {
            let codes = draw(&entropy);
            let names: HashSet<String> = codes.iter().map(|code| name_of(code)).collect();
            assert_eq!((codes.len(), names.len()), (COUNT, COUNT));
            assert!(codes.iter().all(|code| grouped(code).split('-').map(str::len).eq([4, 4, 4])));
        }
        // What a stranger does not know when the name is known.
        assert!((LENGTH - NAME) as f64 * (LETTERS.len() as f64).log2() > 49.0);
    }

    #[test]
    fn however_a_code_is_typed_it_is_the_same() {
        for spelling in ["k7mq-p3xv-th29", "K7MQ P3XV TH29", " k7mqp3xvth29\n", "k7mq–p3xv‑th29"] {
            let typed = read(spelling).unwrap();
            assert_eq!((typed.name.as_str(), typed.code.expose_secret()), ("k7", "k7mqp3xvth29"), "{spelling:?}");
        }
        for other in ["", "k7mq-p3xv-th2", "k7mq-p3xv-th299", "k7mq-p3xv-th20", "123456"] {
            assert!(read(other).is_none(), "{other:?}");
        }
    }
}
