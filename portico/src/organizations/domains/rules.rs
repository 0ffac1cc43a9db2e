//! Pure: which domains may be claimed, what is odd about one, and what a look at its record means.

use std::time::Duration;

use unicode_security::{MixedScript, skeleton};

use super::Challenge;
use crate::platform::clock::Time;
use crate::platform::domain::Domain;
use crate::platform::spelled::spelled;

/// A name of its own, so that it is in nobody's way, and may be given to others to keep (CNAME).
const RECORD: &str = "_portico-challenge";
const VALUE: &str = "portico-verification=";

const DAY: Duration = Duration::from_secs(24 * 3_600);
const WEEK: Duration = Duration::from_secs(7 * 24 * 3_600);

/// Mail of everybody lies there: whoever had one of these would be handed the sign-in of strangers.
const EVERYBODYS: [&str; 36] = [
    "126.com",
    "163.com",
    "aol.com",
    "att.net",
    "comcast.net",
    "fastmail.com",
    "free.fr",
    "gmail.com",
    "gmx.com",
    "gmx.de",
    "gmx.net",
    "googlemail.com",
    "hotmail.co.uk",
    "hotmail.com",
    "icloud.com",
    "libero.it",
    "live.com",
    "mac.com",
    "mail.com",
    "mail.ru",
    "me.com",
    "msn.com",
    "orange.fr",
    "outlook.com",
    "proton.me",
    "protonmail.com",
    "qq.com",
    "t-online.de",
    "verizon.net",
    "web.de",
    "yahoo.co.uk",
    "yahoo.com",
    "yandex.com",
    "yandex.ru",
    "ymail.com",
    "zoho.com",
];

/// How a domain was shown to be an organization's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    Dns,
    Operator,
}

spelled!(How { Dns = "dns", Operator = "operator" });

/// Why nobody can claim a domain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotClaimable {
    #[error("it is a top-level domain, or the name of one machine")]
    Bare,
    #[error("it is a public suffix: everybody can have a name below it")]
    PublicSuffix,
    #[error("it is a network address")]
    Address,
}

/// # Errors
/// [`NotClaimable`].
pub fn claimable(domain: &Domain) -> Result<(), NotClaimable> {
    let ascii = domain.ascii();
    match ascii.rsplit_once('.') {
        None => Err(NotClaimable::Bare),
        Some((_, top)) if top.bytes().all(|byte| byte.is_ascii_digit()) => Err(NotClaimable::Address),
        _ if psl::suffix_str(&ascii) == Some(ascii.as_str()) => Err(NotClaimable::PublicSuffix),
        _ => Ok(()),
    }
}

/// Something about a domain that a person has to look at.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Doubt {
    #[error("{0} mixes letters of several scripts, as names do that want to be taken for others")]
    MixedScripts(String),
    #[error("it looks like {domain}, which is {organization}'s")]
    LooksLike { domain: String, organization: String },
    #[error("it lies below {domain}, which is {organization}'s")]
    Below { domain: String, organization: String },
    #[error("{domain}, which is {organization}'s, lies below it")]
    Above { domain: String, organization: String },
    #[error("it is a mail provider's: strangers have addresses there")]
    Everybodys,
    #[error("{0} accounts of other organizations have an address there, and could no longer sign in")]
    OthersPeople(i64),
}

impl Doubt {
    /// For programs.
    pub fn name(&self) -> &'static str {
        match self {
            Doubt::MixedScripts(_) => "mixed_scripts",
            Doubt::LooksLike { .. } => "looks_like",
            Doubt::Below { .. } => "below",
            Doubt::Above { .. } => "above",
            Doubt::Everybodys => "mail_provider",
            Doubt::OthersPeople(_) => "in_use",
        }
    }
}

/// `others`: the domains of other organizations, with whose they are; `people`: accounts of others with an address of this one.
pub fn doubts(domain: &Domain, others: &[(String, String)], people: i64) -> Vec<Doubt> {
    let mut doubts = Vec::new();
    if domain.as_str().split('.').any(|label| !label.is_single_script()) {
        doubts.push(Doubt::MixedScripts(domain.ascii()));
    }
    doubts.extend(others.iter().filter_map(|(other, organization)| beside(domain.as_str(), other, organization)));
    if EVERYBODYS.contains(&domain.as_str()) {
        doubts.push(Doubt::Everybodys);
    }
    if people > 0 {
        doubts.push(Doubt::OthersPeople(people));
    }
    doubts
}

/// What is odd about a domain beside one that is another organization's. Below it is whoever was once given a part of its zone and has
/// kept it; above it, whoever could take theirs away.
fn beside(domain: &str, other: &str, organization: &str) -> Option<Doubt> {
    let (domain_of, organization) = (other.to_owned(), organization.to_owned());
    match () {
        () if domain == other => None,
        () if is_below(domain, other) => Some(Doubt::Below { domain: domain_of, organization }),
        () if is_below(other, domain) => Some(Doubt::Above { domain: domain_of, organization }),
        () if looks(domain) == looks(other) => Some(Doubt::LooksLike { domain: domain_of, organization }),
        () => None,
    }
}

fn is_below(domain: &str, other: &str) -> bool {
    domain.strip_suffix(other).is_some_and(|rest| rest.ends_with('.'))
}

/// The same for names that a tired eye takes for one another (UTS #39): `rn` and `m`, `1` and `l`, `а` and `a`.
fn looks(domain: &str) -> String {
    skeleton(domain).flat_map(char::to_lowercase).collect()
}

/// Where the record of a claim stands, and what it says.
pub fn challenge(domain: &Domain, secret: &str) -> Challenge {
    Challenge { name: format!("{RECORD}.{}", domain.ascii()), value: format!("{VALUE}{secret}") }
}

/// Whether one of the texts at that name is the one that is wanted. Others beside it are others' affair.
pub fn is_there(challenge: &Challenge, texts: &[String]) -> bool {
    texts.iter().any(|text| text.trim() == challenge.value)
}

/// What is known of a verified domain's record.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// When it is looked at next.
    pub check_at: Option<Time>,
    pub missing_since: Option<Time>,
    pub warned_at: Option<Time>,
}

impl Record {
    /// Of a domain that was verified at that moment.
    pub fn seen(now: Time) -> Record {
        Record { check_at: Some(now + WEEK), missing_since: None, warned_at: None }
    }
}

/// What is to be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News {
    Vanished { since: Time },
    Restored,
}

/// A look at a record: it was there, or not, or (`None`) nobody has said.
pub fn looked(before: Record, there: Option<bool>, now: Time) -> (Record, Option<News>) {
    let again = Record { check_at: Some(now + DAY), ..before };
    match (there, before.missing_since) {
        (None, _) => (again, None),
        (Some(true), _) => (Record::seen(now), before.warned_at.map(|_| News::Restored)),
        // Once is a mistake somebody may be correcting at this moment.
        (Some(false), None) => (Record { missing_since: Some(now), ..again }, None),
        (Some(false), Some(since)) if before.warned_at.is_none() => {
            (Record { warned_at: Some(now), ..again }, Some(News::Vanished { since }))
        }
        (Some(false), Some(_)) => (again, None),
    }
}
