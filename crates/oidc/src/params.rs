//! Parameters, as a query or a form carries them (`application/x-www-form-urlencoded`).

use data_encoding::HEXLOWER_PERMISSIVE;
use thiserror::Error;

/// More than any request has.
const MAX_PARAMETERS: usize = 64;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("the parameters cannot be read: bad encoding, or too many")]
pub struct Malformed;

/// Names and values in the order in which they came. A parameter without a value counts as absent (RFC 6749 section 3.1).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Params(Vec<(String, String)>);

impl Params {
    /// # Errors
    /// When an escape is none, the text is not UTF-8, or there are too many. A lenient reader would see another request than
    /// the one that was checked.
    pub fn parse(text: &str) -> Result<Params, Malformed> {
        let pairs = text.split('&').filter(|pair| !pair.is_empty());
        let mut list = Vec::new();
        for pair in pairs {
            if list.len() == MAX_PARAMETERS {
                return Err(Malformed);
            }
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            list.push((decoded(name)?, decoded(value)?));
        }
        Ok(Params(list))
    }

    /// The value of a parameter that is there and not empty; the first, should it stand there twice (see
    /// [`Params::repeated`], which every check of a whole request asks first).
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, value)| known == name && !value.is_empty()).map(|(_, value)| value.as_str())
    }

    /// Whether this one stands there more than once.
    #[must_use]
    pub fn is_repeated(&self, name: &str) -> bool {
        self.0.iter().filter(|(known, _)| known == name).count() > 1
    }

    /// Whether any stands there more than once (RFC 6749 section 3.1). `resource` may (RFC 8707).
    #[must_use]
    pub fn any_repeated(&self) -> bool {
        self.0.iter().any(|(name, _)| name != "resource" && self.is_repeated(name))
    }

    /// The same again, to be kept or to be sent.
    #[must_use]
    pub fn to_text(&self) -> String {
        let pairs = self.0.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value)));
        pairs.collect::<Vec<_>>().join("&")
    }

    /// Those of some names.
    #[must_use]
    pub fn only(&self, names: &[&str]) -> Params {
        Params(self.0.iter().filter(|(name, _)| names.contains(&name.as_str())).cloned().collect())
    }

    /// Without some of them.
    #[must_use]
    pub fn without(&self, names: &[&str]) -> Params {
        Params(self.0.iter().filter(|(name, _)| !names.contains(&name.as_str())).cloned().collect())
    }

    /// With one more.
    #[must_use]
    pub fn and(mut self, name: &str, value: &str) -> Params {
        self.0.push((name.to_owned(), value.to_owned()));
        self
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Takes the escapes out of one name or value.
///
/// # Errors
/// As [`Params::parse`].
pub fn decoded(text: &str) -> Result<String, Malformed> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, behind)) = rest.split_first() {
        rest = behind;
        match first {
            b'+' => bytes.push(b' '),
            b'%' => {
                let (digits, behind) = rest.split_first_chunk::<2>().ok_or(Malformed)?;
                rest = behind;
                bytes.extend(HEXLOWER_PERMISSIVE.decode(digits).map_err(|_| Malformed)?);
            }
            other => bytes.push(*other),
        }
    }
    String::from_utf8(bytes).map_err(|_| Malformed)
}

/// Puts the escapes in, for a query or a form.
#[must_use]
pub fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            other => {
                out.push('%');
                out.push_str(&data_encoding::HEXUPPER.encode(&[other]));
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_parameter_without_a_value_is_not_there_and_one_that_stands_twice_is_seen() {
        let params = Params::parse("a=1&b=&c&a=2&&d=%C3%A4+%2b").unwrap();
        assert_eq!(params.get("a"), Some("1"));
        assert_eq!(params.get("b"), None);
        assert_eq!(params.get("c"), None);
        assert_eq!(params.get("d"), Some("ä +"));
        assert!(params.is_repeated("a") && params.any_repeated() && !params.is_repeated("d"));
        assert!(!Params::parse("resource=a&resource=b").unwrap().any_repeated());
        // An empty one and a full one are two readings of one request, too.
        assert!(Params::parse("scope=&scope=openid").unwrap().any_repeated());
    }

    #[test]
    fn bad_escapes_are_not_guessed_at() {
        for bad in ["a=%", "a=%2", "a=%zz", "a=%ff", "%ff=a"] {
            assert_eq!(Params::parse(bad), Err(Malformed), "{bad}");
        }
        assert_eq!(Params::parse(&"a=b&".repeat(65)), Err(Malformed));
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(pairs in prop::collection::vec((".{1,9}", ".{0,9}"), 0..9)) {
            let params = pairs.iter().fold(Params::default(), |params, (name, value)| params.and(name, value));
            prop_assert_eq!(Params::parse(&params.to_text()).unwrap(), params);
        }
    }
}
