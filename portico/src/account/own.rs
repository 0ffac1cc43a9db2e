//! What the pages have in common on which people change who they are.

use axum::response::Response;
use serde::Deserialize;
use serde_json::Value;
use store::Tx;

use crate::audit::{self, Entry, Event};
use crate::people::{self, Account};
use crate::platform::spelled::spelled;
use crate::platform::web::{Error, Page, see_other};
use crate::session::{self, Renewed, SignedIn};

/// What a page is told by whoever leads to it.
#[derive(Deserialize)]
pub struct Arrival {
    #[serde(default)]
    pub problem: String,
    /// What was typed and could not be used, sealed.
    #[serde(default)]
    pub typed: String,
    #[serde(default)]
    pub done: String,
}

/// Who keeps what an account is known by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeptBy {
    Owner,
    /// Several people use it, and none of them may change it for the others.
    Several,
    /// Its people sign in at their organization, which says who they are; a suspension of that changes nothing.
    Organization,
}

spelled!(KeptBy { Owner = "owner", Several = "several", Organization = "organization" });

impl KeptBy {
    /// The address and the user name.
    pub fn of(account: &Account) -> KeptBy {
        match account {
            Account { shared_at: Some(_), .. } => KeptBy::Several,
            Account { federated: true, .. } => KeptBy::Organization,
            _ => KeptBy::Owner,
        }
    }

    /// The password: while single sign-on is suspended there is one here.
    pub fn of_password(account: &Account) -> KeptBy {
        match KeptBy::of(account) {
            KeptBy::Organization if !account.signs_in_elsewhere() => KeptBy::Owner,
            kept => kept,
        }
    }
}

/// Why something cannot be changed here, and whom to ask; shown in the form's place.
pub struct Closed {
    pub why: String,
    pub contact: Option<String>,
}

impl Closed {
    /// `what`: the part of the words' keys that says what it is.
    pub fn of(page: &Page, kept: KeptBy, what: &str, account: &Account) -> Option<Closed> {
        let organization = [("organization", account.organization.name.as_str())];
        (kept != KeptBy::Owner).then(|| Closed {
            why: page.with(&format!("account-{what}-kept-{}", kept.as_str()), &organization),
            contact: account.organization.contact.clone(),
        })
    }
}

/// What a change has come to.
pub enum Change<W> {
    Done(Renewed),
    /// The session ended meanwhile, or its credentials are others now: nothing was changed.
    Overtaken,
    Refused(W),
}

/// Whose page it is.
///
/// # Errors
/// When the database says no, or the account is gone.
pub async fn account_of(person: &SignedIn) -> Result<Account, Error> {
    let read = async |tx: &mut Tx| people::by_id(tx, &person.account).await;
    person.visit.app.db.read("account.own", read).await?.ok_or(Error::NotFound)
}

/// The account within a write, if the session that its form was sent in lives on.
pub async fn still(tx: &mut Tx, person: &SignedIn) -> Result<Option<Account>, store::Error> {
    match session::lives_on(tx, person).await? {
        true => people::by_id(tx, &person.account).await,
        false => Ok(None),
    }
}

/// What somebody did to their own account, for the trail.
pub async fn record(tx: &mut Tx, person: &SignedIn, event: Event, details: Value) -> Result<(), store::Error> {
    let organization = Some(&person.organization.id);
    let entry = Entry { organization, details, ..Entry::by(event, &person.account).from(&person.visit) };
    audit::record(tx, &person.visit.app.entropy, entry).await
}

/// Back to my account, which says what was done.
pub fn done(word: &str) -> Response {
    see_other(&format!("/account?done={word}"))
}

pub fn back(here: &str, problem: &str) -> Response {
    see_other(&format!("{here}?problem={problem}"))
}
