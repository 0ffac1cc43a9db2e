//! What the trail tells of one account, newest first. Who may read it, and which of it in which words, is asked elsewhere.

use std::fmt;

use serde_json::Value;
use store::{Error, Tx};

use super::{Event, queries};
use crate::platform::clock::Time;
use crate::platform::ids::AccountId;

/// Who did it, seen from the account it was done to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Doer {
    /// The account itself, signed in.
    Owner,
    Another(AccountId),
    /// Somebody who was not signed in.
    Browser,
    /// An organization's own program.
    Client,
    /// Whoever may run commands.
    Command,
    /// Nobody: a job.
    System,
}

impl Doer {
    pub(super) fn of(actor: &str, account: &AccountId) -> Doer {
        match actor.split_once(':') {
            Some(("account", id)) if id == account.as_str() => Doer::Owner,
            Some(("account", id)) => Doer::Another(AccountId::from(id)),
            Some(("client", _)) => Doer::Client,
            _ if actor == "browser" => Doer::Browser,
            _ if actor == "command" => Doer::Command,
            _ => Doer::System,
        }
    }

    /// For programs.
    pub fn word(&self) -> &'static str {
        match self {
            Doer::Owner => "owner",
            Doer::Another(_) => "another",
            Doer::Browser => "browser",
            Doer::Client => "program",
            Doer::Command => "command",
            Doer::System => "system",
        }
    }
}

/// One row, as far as it may be told.
#[derive(Clone, Debug)]
pub struct Told {
    pub id: String,
    pub at: Time,
    /// `None`: another version wrote it.
    pub event: Option<Event>,
    pub name: String,
    pub doer: Doer,
    pub address: Option<String>,
    pub details: Value,
}

impl Told {
    pub fn browser(&self) -> Option<&str> {
        self.detail("browser")
    }

    /// One of the details, where that is a text.
    pub fn detail(&self, name: &str) -> Option<&str> {
        self.details.get(name)?.as_str()
    }

    /// Where what is older begins.
    pub fn place(&self) -> Place {
        Place { at: self.at, id: self.id.clone() }
    }
}

/// A place in the trail. It names a row and opens nothing: what is read from it on is asked of the account alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    pub(super) at: Time,
    pub(super) id: String,
}

impl Place {
    /// Behind everything that there is.
    pub fn end() -> Place {
        Place { at: Time(i64::MAX), id: String::new() }
    }

    /// Out of an address; `None` for what is no place.
    pub fn parse(text: &str) -> Option<Place> {
        let (at, id) = text.split_once('.')?;
        let is_id = id.len() == 36 && id.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-');
        is_id.then_some(Place { at: Time(at.parse().ok()?), id: id.to_owned() })
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.at.0, self.id)
    }
}

/// At most `most` rows about an account that are not older than `since`, newest first, from `before` on.
///
/// # Errors
/// When the database says no.
pub async fn told_of(
    tx: &mut Tx,
    account: &AccountId,
    since: Time,
    before: &Place,
    most: i64,
) -> Result<Vec<Told>, Error> {
    queries::told_of(tx, account, since, before, most).await
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("account:ann", Doer::Owner)]
    #[case("account:bob", Doer::Another(AccountId::from("bob")))]
    #[case("client:hr", Doer::Client)]
    #[case("browser", Doer::Browser)]
    #[case("command", Doer::Command)]
    #[case("system", Doer::System)]
    fn an_actor_is_somebody_to_the_account(#[case] actor: &str, #[case] expected: Doer) {
        assert_eq!(Doer::of(actor, &AccountId::from("ann")), expected);
    }

    #[rstest]
    #[case("")]
    #[case("12")]
    #[case("x.01920000-0000-7000-8000-00000000abcd")]
    #[case("12.' OR 1=1 --")]
    #[case("12.01920000-0000-7000-8000-00000000abcd/..")]
    fn what_is_no_place_is_none(#[case] text: &str) {
        assert_eq!(Place::parse(text), None);
    }

    #[test]
    fn a_place_is_found_again() {
        let place = Place { at: Time(-12), id: "01920000-0000-7000-8000-00000000abcd".into() };
        assert_eq!(Place::parse(&place.to_string()), Some(place));
    }
}
