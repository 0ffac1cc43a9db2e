//! Typed ids: an account's id cannot be passed where an organization's is wanted.

use std::fmt;

use serde::{Deserialize, Serialize};
use store::{Column, Param, Value};

use super::entropy::Entropy;

/// Nothing that means something in an address, in a header or to a terminal.
fn may_be_in_an_id(c: char) -> bool {
    c.is_ascii_graphic() && !matches!(c, '/' | '\\' | '?' | '#' | '%' | '"' | '\'' | '<' | '>')
}

macro_rules! ids {
    ($($(#[$about:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$about])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// A new one; see [`Entropy::id`].
            pub fn generate(entropy: &Entropy) -> $name {
                $name(entropy.id())
            }

            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl Param for $name {
            fn value(&self) -> Value<'_> {
                Value::Text(&self.0)
            }
        }

        impl Column for $name {
            fn read(value: Value<'_>) -> Result<$name, store::Error> {
                String::read(value).map($name)
            }
        }

        impl From<String> for $name {
            fn from(id: String) -> $name {
                // Ids come in by addresses and forms. One that could be nobody's becomes the empty one, which is nobody's:
                // PostgreSQL fails on a NUL before it looks, and an address with a line break is no address.
                if id.chars().all(may_be_in_an_id) { $name(id) } else { $name(String::new()) }
            }
        }

        impl From<&str> for $name {
            fn from(id: &str) -> $name {
                $name::from(id.to_owned())
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> String {
                id.0
            }
        }
    )+};
}

ids! {
    AccountId,
    OrganizationId,
    SiteId,
    ProductId,
    SignInId,
    SessionId,
    RecoveryId,
    OutboxId,
    OneTimeId,
    SupportId,
    /// A redeemed code and what it gave.
    GrantId,
    ClientId,
    /// An organization's way to its own identity provider.
    ConnectionId,
    /// One way to an identity provider and back.
    DepartureId,
    FailureId,
    LogoutNoticeId,
    /// A browser in which one account has signed in before.
    DeviceId,
    PasskeyId,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::clock::Clock;

    #[test]
    fn an_id_reads_as_the_text_it_was_made_from() {
        let id = AccountId::from("0190");
        assert_eq!((id.as_str(), id.to_string()), ("0190", "0190".to_owned()));
        for odd in ["a\0b", "a b", "../a", "a\r\nb", "\u{1f511}"] {
            assert_eq!(AccountId::from(odd).as_str(), "");
        }
        let entropy = Entropy::new(Clock::system());
        let stored = AccountId::read(id.value()).unwrap();
        assert_eq!(stored, id);
        assert!(AccountId::read(Value::Int(1)).is_err());
        assert_ne!(SignInId::generate(&entropy), SignInId::generate(&entropy));
    }
}
