//! Names of domains, each in one form.

use idna::uts46::{AsciiDenyList, DnsLength, Hyphens, Uts46};

/// The name of a domain as it is stored and compared: Unicode in lower case, no dot at its end (UTS #46). However it is spelled,
/// `ａ`, `A`, `xn--…`, it is one value.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Domain(String);

impl Domain {
    /// `None` for what can be no name in the DNS.
    pub fn parse(typed: &str) -> Option<Domain> {
        let typed = typed.trim();
        let typed = typed.strip_suffix('.').unwrap_or(typed);
        let (folded, fits) = Uts46::new().to_unicode(typed.as_bytes(), AsciiDenyList::STD3, Hyphens::CheckFirstLast);
        fits.ok()?;
        let domain = Domain(folded.into_owned());
        domain.to_dns().is_some().then_some(domain)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// As the DNS has it: ASCII, `xn--` where it is not.
    pub fn ascii(&self) -> String {
        self.to_dns().unwrap_or_default()
    }

    fn to_dns(&self) -> Option<String> {
        let ascii =
            Uts46::new().to_ascii(self.0.as_bytes(), AsciiDenyList::STD3, Hyphens::CheckFirstLast, DnsLength::Verify);
        ascii.ok().map(std::borrow::Cow::into_owned)
    }
}

impl std::fmt::Display for Domain {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("riverside.example", "riverside.example")]
    #[case(" Riverside.EXAMPLE. ", "riverside.example")]
    #[case("ｒiverside。example", "riverside.example")]
    #[case("MÜLLER.example", "müller.example")]
    #[case("mu\u{308}ller.example", "müller.example")]
    #[case("XN--MLLER-KVA.example", "müller.example")]
    #[case("localhost", "localhost")]
    fn every_spelling_is_one_domain(#[case] typed: &str, #[case] folded: &str) {
        assert_eq!(Domain::parse(typed).as_ref().map(Domain::as_str), Some(folded));
    }

    #[rstest]
    #[case("")]
    #[case(".")]
    #[case("river side.example")]
    #[case("river_side.example")]
    #[case("-x.example")]
    #[case("a..example")]
    #[case("a.example..")]
    #[case("xn--zzzzzz-.example")]
    #[case("omar@riverside.example")]
    #[case("https://riverside.example")]
    #[case("ü\0.example")]
    fn what_the_dns_cannot_have_is_no_domain(#[case] typed: &str) {
        assert_eq!(Domain::parse(typed), None);
    }

    #[test]
    fn a_name_that_is_too_long_for_the_dns_is_no_domain() {
        assert!(Domain::parse(&format!("{}.example", "a".repeat(63))).is_some());
        assert_eq!(Domain::parse(&format!("{}.example", "a".repeat(64))), None);
        // Short enough as it is typed, too long as the DNS has it.
        assert_eq!(Domain::parse(&format!("{}.example", "ü".repeat(60))), None);
        assert_eq!(Domain::parse(&format!("{}example", "abcdefg.".repeat(32))), None);
    }

    #[test]
    fn the_dns_is_asked_in_ascii() {
        assert_eq!(Domain::parse("müller.example").unwrap().ascii(), "xn--mller-kva.example");
    }
}
