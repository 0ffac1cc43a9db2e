//! Common and breached passwords, as a filter that the program carries: 150,000 entries in 369 KB, read where they lie.
//!
//! An xor filter (Graf and Lemire, 2020): three places of 16 bits for each entry, whose xor is the entry's print. It never
//! misses an entry; of 65,536 other texts it takes one for an entry, so about one good password in 8,000 is refused for
//! nothing (a password is looked up in several forms). `blocklist.SOURCES` says what went in; `xtask` makes it.

use crate::platform::hashes::sha256;

/// A salt, the size of a third (little end first), then the places.
static FILTER: &[u8] = include_bytes!("blocklist.bin");

/// Whether a text, folded to lower case, is among them.
pub fn contains(folded: &str) -> bool {
    let Some((&[salt, a, b, c, d], prints)) = FILTER.split_first_chunk::<5>() else { return false };
    let third = u64::from(u32::from_le_bytes([a, b, c, d])).max(1);
    let digest = sha256(&[&[salt], folded.as_bytes()].concat());
    let [one, two, three, print] = [0, 8, 16, 24].map(|at| {
        let bytes = digest.iter().skip(at).take(8);
        bytes.fold(0_u64, |number, byte| number << 8 | u64::from(*byte))
    });
    let places = [one % third, two % third + third, three % third + 2 * third];
    let found = |place: u64| {
        let at = usize::try_from(place).ok()?;
        prints.as_chunks::<2>().0.get(at).map(|bytes| u16::from_le_bytes(*bytes))
    };
    let xor = places.into_iter().try_fold(0, |xor, place| found(place).map(|bits| xor ^ bits));
    xor == Some((print & 0xffff) as u16)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_everybody_uses_is_in_it() {
        let common = [
            "password",
            "123456",
            "qwerty",
            "iloveyou",
            "dragon",
            "monkey",
            "letmein",
            "sunshine",
            "p@ssw0rd",
            "1qaz2wsx",
            "trustno1",
            "football",
            "superman",
            "passw0rd",
            "qwertyuiop",
            "starwars",
            "princess",
        ];
        for password in common {
            assert!(contains(password), "{password}");
        }
    }

    #[test]
    fn of_a_hundred_thousand_others_hardly_any_is_taken_for_one() {
        // Two are to be expected; twelve would be a thousand times less likely than a broken filter.
        let taken = (0..100_000).filter(|number| contains(&format!("heron-{number}-quay"))).count();
        assert!(taken < 12, "{taken} of 100,000");
    }

    #[test]
    fn it_is_as_large_as_it_says() {
        assert!(FILTER.len() < 400_000, "{}", FILTER.len());
        // 1.23 places of two bytes for each entry.
        assert!(FILTER.len() > 5 + 100_000 * 123 / 100 * 2, "{}", FILTER.len());
    }
}
