//! What may be typed at the first page, in its one canonical form.

use std::ops::RangeInclusive;

use unicode_normalization::UnicodeNormalization;

use crate::platform::domain::Domain;

/// Longest identifier taken; an address cannot be longer than 254 (RFC 5321, 4.5.3.1).
const LONGEST: usize = 254;

/// A mail address, canonical: NFKC, lower case, no spaces around it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Email(String);

/// A user name, canonical; never contains `@`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct UserName(String);

/// An email or a user name.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Identifier {
    Email(Email),
    UserName(UserName),
}

/// Characters of Unicode's category Cf (version 16), which nobody sees: with them two names look like one, and a list or a terminal
/// shows another than there is.
const FORMAT: [RangeInclusive<char>; 21] = [
    '\u{ad}'..='\u{ad}',
    '\u{600}'..='\u{605}',
    '\u{61c}'..='\u{61c}',
    '\u{6dd}'..='\u{6dd}',
    '\u{70f}'..='\u{70f}',
    '\u{890}'..='\u{891}',
    '\u{8e2}'..='\u{8e2}',
    '\u{180e}'..='\u{180e}',
    '\u{200b}'..='\u{200f}',
    '\u{202a}'..='\u{202e}',
    '\u{2060}'..='\u{2064}',
    '\u{2066}'..='\u{206f}',
    '\u{feff}'..='\u{feff}',
    '\u{fff9}'..='\u{fffb}',
    '\u{110bd}'..='\u{110bd}',
    '\u{110cd}'..='\u{110cd}',
    '\u{13430}'..='\u{1343f}',
    '\u{1bca0}'..='\u{1bca3}',
    '\u{1d173}'..='\u{1d17a}',
    '\u{e0001}'..='\u{e0001}',
    '\u{e0020}'..='\u{e007f}',
];

fn is_format(c: char) -> bool {
    FORMAT.iter().any(|range| range.contains(&c))
}

/// One form for every way to write it.
fn canonical(typed: &str) -> Option<String> {
    let folded: String = typed.trim().nfkc().flat_map(char::to_lowercase).collect();
    // Lower-casing can undo NFKC (İ becomes i and a combining dot), so it is applied once more.
    let folded: String = folded.nfkc().collect();
    let plain = folded.chars().all(|c| !c.is_control() && !c.is_whitespace() && !is_format(c));
    (plain && !folded.is_empty() && folded.len() <= LONGEST).then_some(folded)
}

impl Email {
    pub fn parse(typed: &str) -> Option<Email> {
        let address = canonical(typed)?;
        let (local, domain) = address.rsplit_once('@')?;
        let local_fits =
            !local.is_empty() && local.len() <= 64 && !local.contains(['@', '<', '>', ',', ';', '"', '\\', '(', ')']);
        // However it is spelled, as `xn--…` too: or the same mailbox would be two accounts, and its domain two domains.
        let folded = Domain::parse(domain).filter(|_| local_fits && !domain.ends_with('.'))?;
        let address = format!("{local}@{folded}");
        // A domain written as `xn--…` can hold what is refused above.
        (address.len() <= LONGEST && !address.chars().any(is_format)).then_some(Email(address))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn domain(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(_, domain)| domain)
    }
}

impl UserName {
    pub fn parse(typed: &str) -> Option<UserName> {
        canonical(typed).filter(|name| !name.contains('@') && name.len() <= 100).map(UserName)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Identifier {
    /// `None` when it can be neither: empty, too long, or an address no mail could go to.
    pub fn parse(typed: &str) -> Option<Identifier> {
        if typed.contains('@') || typed.nfkc().any(|c| c == '@') {
            Email::parse(typed).map(Identifier::Email)
        } else {
            UserName::parse(typed).map(Identifier::UserName)
        }
    }

    pub fn as_str(&self) -> &str {
        match self {
            Identifier::Email(email) => email.as_str(),
            Identifier::UserName(name) => name.as_str(),
        }
    }

    pub fn email(&self) -> Option<&Email> {
        match self {
            Identifier::Email(email) => Some(email),
            Identifier::UserName(_) => None,
        }
    }
}
