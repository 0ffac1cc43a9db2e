//! Scopes (RFC 6749 section 3.3): a set of words.

use std::collections::BTreeSet;
use std::fmt;

use thiserror::Error;

const MAX_LENGTH: usize = 1024;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("the scope is not a list of words, or is too long")]
pub struct BadScope;

/// A set of scope words. Order and repetition say nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Scope(BTreeSet<String>);

impl Scope {
    /// # Errors
    /// When there is a character in it that RFC 6749 does not allow, or it is too long.
    pub fn parse(text: &str) -> Result<Scope, BadScope> {
        let allowed = |byte: u8| matches!(byte, b' ' | 0x21 | 0x23..=0x5b | 0x5d..=0x7e);
        if text.len() > MAX_LENGTH || !text.bytes().all(allowed) {
            return Err(BadScope);
        }
        Ok(Scope(text.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect()))
    }

    #[must_use]
    pub fn of(words: &[&str]) -> Scope {
        Scope(words.iter().map(|word| (*word).to_owned()).collect())
    }

    #[must_use]
    pub fn contains(&self, word: &str) -> bool {
        self.0.contains(word)
    }

    /// Whether everything in it is in `other`, too.
    #[must_use]
    pub fn is_within(&self, other: &Scope) -> bool {
        self.0.is_subset(&other.0)
    }

    /// What is in both.
    #[must_use]
    pub fn and(&self, other: &Scope) -> Scope {
        Scope(self.0.intersection(&other.0).cloned().collect())
    }

    /// What is in one or the other.
    #[must_use]
    pub fn or(&self, other: &Scope) -> Scope {
        Scope(self.0.union(&other.0).cloned().collect())
    }

    #[must_use]
    pub fn without(&self, word: &str) -> Scope {
        Scope(self.0.iter().filter(|known| *known != word).cloned().collect())
    }

    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, word) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str(" ")?;
            }
            f.write_str(word)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scope_is_a_set_of_words() {
        let scope = Scope::parse("openid  email openid").unwrap();
        assert_eq!(scope.to_string(), "email openid");
        assert!(Scope::of(&["email"]).is_within(&scope) && !scope.is_within(&Scope::of(&["email"])));
        assert_eq!(Scope::of(&["email", "access"]).and(&scope), Scope::of(&["email"]));
        assert_eq!(Scope::of(&["access"]).or(&scope), Scope::of(&["access", "email", "openid"]));
        for bad in ["a\"b", "a\\b", "ä", "a\tb"] {
            assert_eq!(Scope::parse(bad), Err(BadScope), "{bad}");
        }
        assert!(Scope::parse(&"a ".repeat(600)).is_err());
    }
}
