//! Proof Key for Code Exchange (RFC 7636), S256 and nothing else: with `plain`, whoever reads the request has the verifier.

use aws_lc_rs::digest::{SHA256, digest};
use data_encoding::BASE64URL_NOPAD;
use subtle::ConstantTimeEq;

/// The SHA-256 of a verifier that only the client knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Challenge(pub [u8; 32]);

impl Challenge {
    /// Reads `code_challenge`; `None` for what can be no S256 challenge.
    #[must_use]
    pub fn parse(text: &str) -> Option<Challenge> {
        let bytes = BASE64URL_NOPAD.decode(text.as_bytes()).ok()?;
        bytes.try_into().ok().map(Challenge)
    }

    /// The challenge of a verifier; `None` for what can be no verifier (43 to 128 unreserved characters).
    #[must_use]
    pub fn of(verifier: &str) -> Option<Challenge> {
        let unreserved = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
        if !(43..=128).contains(&verifier.len()) || !verifier.bytes().all(unreserved) {
            return None;
        }
        digest(&SHA256, verifier.as_bytes()).as_ref().try_into().ok().map(Challenge)
    }

    /// Whether this is the verifier that was meant.
    #[must_use]
    pub fn is_met_by(&self, verifier: &str) -> bool {
        Challenge::of(verifier).is_some_and(|other| self.0.ct_eq(&other.0).into())
    }

    #[must_use]
    pub fn to_text(&self) -> String {
        BASE64URL_NOPAD.encode(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_rfc_7636_holds() {
        let challenge = Challenge::parse("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM").unwrap();
        assert!(challenge.is_met_by("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"));
        assert!(!challenge.is_met_by("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXl"));
        assert_eq!(challenge.to_text(), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    }

    #[test]
    fn what_is_no_challenge_and_no_verifier_is_neither() {
        for bad in
            ["", "abc", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM=", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cN"]
        {
            assert_eq!(Challenge::parse(bad), None, "{bad}");
        }
        for bad in ["short", &"a".repeat(129), &format!("{}+", "a".repeat(43))] {
            assert_eq!(Challenge::of(bad), None, "{bad}");
        }
    }
}
