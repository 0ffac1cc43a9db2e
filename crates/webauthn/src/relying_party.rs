//! Who asks. Both names follow from one configured origin.

use aws_lc_rs::digest::{SHA256, digest};

/// A relying party: its origin, and the host of that as its RP ID.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RelyingParty {
    id: String,
    origin: String,
}

impl RelyingParty {
    /// Of an origin as browsers spell it (`https://id.example.org`, no path, no slash at the end).
    ///
    /// `None` where there are no passkeys: an address that is a number is no RP ID, and browsers offer nothing without TLS but on
    /// this machine, by its name.
    #[must_use]
    pub fn of_origin(origin: &str) -> Option<RelyingParty> {
        let (scheme, authority) = origin.split_once("://")?;
        let (host, port) = match authority.rsplit_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => (authority, None),
        };
        let local = host == "localhost" || host.ends_with(".localhost");
        let trusted = scheme == "https" || (scheme == "http" && local);
        let numbered = port.is_none_or(|port| !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit()));
        (trusted && numbered && is_name(host)).then(|| RelyingParty { id: host.to_owned(), origin: origin.to_owned() })
    }

    /// The RP ID.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origin
    }

    pub(crate) fn is_hash_of_id(&self, hash: &[u8; 32]) -> bool {
        digest(&SHA256, self.id.as_bytes()).as_ref() == hash.as_slice()
    }
}

/// A host that is a name in the form browsers write: neither an IPv4 nor an IPv6 address.
fn is_name(host: &str) -> bool {
    let label = |label: &str| {
        !label.is_empty() && label.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_'))
    };
    // A last label of digits makes it a number to browsers (URL standard, "ends in a number").
    let numeric = |label: &str| label.bytes().all(|byte| byte.is_ascii_digit()) || label.starts_with("0x");
    host.split('.').all(label) && host.rsplit('.').next().is_some_and(|last| !numeric(last))
}
