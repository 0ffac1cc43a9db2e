//! Codes of an authenticator app: TOTP (RFC 6238) with SHA-1, 30 seconds, six digits, which is what every app speaks.
//!
//! - The current code and the one before it are accepted, never the next (security.md C4): a slow typist gets in, and no
//!   code lives longer than 60 seconds.
//! - Which step matched is the answer; the caller stores it and accepts only later ones, so that a code works once.

use aws_lc_rs::hmac::{self, HMAC_SHA1_FOR_LEGACY_USE_ONLY};
use data_encoding::BASE32_NOPAD;
use subtle::ConstantTimeEq;

use crate::platform::clock::Time;

pub const PERIOD_SECONDS: i64 = 30;
pub const DIGITS: usize = 6;

/// The time step whose code `code` is: the current one or the one before.
///
/// `code` may have spaces in it, as apps show it.
pub fn matching_step(secret: &[u8], code: &str, now: Time) -> Option<i64> {
    let code: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    let current = now.seconds().div_euclid(PERIOD_SECONDS);
    // Both are always computed and compared, so that the time taken tells nothing.
    let [is_current, is_previous] =
        [current, current - 1].map(|step| bool::from(code_at(secret, step).as_bytes().ct_eq(code.as_bytes())));
    match (is_current, is_previous) {
        (true, _) => Some(current),
        (false, true) => Some(current - 1),
        (false, false) => None,
    }
}

/// The code of one time step (RFC 4226, 5.3).
pub fn code_at(secret: &[u8], step: i64) -> String {
    let key = hmac::Key::new(HMAC_SHA1_FOR_LEGACY_USE_ONLY, secret);
    let mac = hmac::sign(&key, &step.to_be_bytes());
    let offset = usize::from(mac.as_ref().last().copied().unwrap_or_default() & 0x0f);
    let chosen = mac.as_ref().get(offset..).and_then(|rest| rest.first_chunk::<4>()).copied().unwrap_or_default();
    let number = u32::from_be_bytes(chosen) & 0x7fff_ffff;
    format!("{:0DIGITS$}", number % 1_000_000)
}

/// Reads a secret as people and apps write it: base32, any case, with or without spaces, dashes and padding.
pub fn parse_secret(text: &str) -> Option<Vec<u8>> {
    let text: String = text.chars().filter(|c| !c.is_whitespace() && !"-=".contains(*c)).collect();
    let secret = BASE32_NOPAD.decode(text.to_ascii_uppercase().as_bytes()).ok()?;
    (!secret.is_empty()).then_some(secret)
}

/// Writes a secret the way [`parse_secret`] reads it.
pub fn show_secret(secret: &[u8]) -> String {
    BASE32_NOPAD.encode(secret)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use rstest::rstest;

    use super::*;

    const SECRET: &[u8] = b"12345678901234567890";

    /// RFC 6238, appendix B, SHA-1; the last six of its eight digits.
    #[rstest]
    #[case(59, "287082")]
    #[case(1_111_111_109, "081804")]
    #[case(1_111_111_111, "050471")]
    #[case(1_234_567_890, "005924")]
    #[case(2_000_000_000, "279037")]
    #[case(20_000_000_000, "353130")]
    fn the_vectors_of_rfc_6238_match(#[case] at: i64, #[case] code: &str) {
        assert_eq!(code_at(SECRET, at / 30), code);
        assert_eq!(matching_step(SECRET, code, Time::from_seconds(at)), Some(at / 30));
    }

    #[test]
    fn a_code_works_in_its_step_and_the_next_and_never_before_or_after() {
        let step = 41_152_263;
        let code = code_at(SECRET, step);
        let begin = Time::from_seconds(step * 30);
        let at = |time| matching_step(SECRET, &code, time);
        assert_eq!(at(begin - Duration::from_micros(1)), None);
        assert_eq!(at(begin), Some(step));
        assert_eq!(at(begin + Duration::from_micros(59_999_999)), Some(step));
        assert_eq!(at(begin + Duration::from_secs(60)), None);
    }

    #[rstest]
    #[case("")]
    #[case("28708")]
    #[case("2870820")]
    #[case("94287082")]
    #[case("２８７０８２")]
    fn anything_but_the_six_digits_is_wrong(#[case] code: &str) {
        assert_eq!(matching_step(SECRET, code, Time::from_seconds(59)), None);
    }

    #[test]
    fn spaces_in_a_code_and_in_a_secret_are_for_the_eye_only() {
        assert_eq!(matching_step(SECRET, " 287 082 ", Time::from_seconds(59)), Some(1));
        let secret = parse_secret("gezd gnbv-GY3T QOJQ GEZD GNBV GY3T QOJQ").unwrap();
        assert_eq!(secret, SECRET);
        assert_eq!(parse_secret(&show_secret(SECRET)).unwrap(), SECRET);
        assert_eq!(parse_secret("MFRGG==="), Some(b"abc".to_vec()));
        assert_eq!((parse_secret(""), parse_secret("GEZ1")), (None, None));
    }
}
