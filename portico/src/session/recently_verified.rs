//! The extractor of pages on which something sensitive is done: a session alone is not enough, because somebody may have left it
//! open on a ward's computer.
//!
//! A page of this kind is named in `sign_in::AccountPage`; its handlers, that of its form too, take a [`RecentlyVerified`].

use std::time::Duration;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use store::Tx;

use super::signed_in::{SignedIn, Turned, find};
use crate::app::App;
use crate::people::{self, Account};
use crate::platform::clock::Time;
use crate::platform::web::{Cookie, Error, Visit};
use crate::sign_in::{AccountPage, Destination, Method, Resume, address_for};

/// For how long a proof is of this moment.
const RECENT: Duration = Duration::from_secs(5 * 60);

/// Somebody who is signed in, and has proved with everything that is asked of them who they are, within the last five minutes.
pub struct RecentlyVerified {
    pub person: SignedIn,
}

impl FromRequestParts<App> for RecentlyVerified {
    type Rejection = Turned;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Turned> {
        let Ok(visit) = Visit::from_request_parts(parts, app).await;
        let destination = AccountPage::of(parts.uri.path()).map_or(Destination::Account, Destination::Verified);
        let had_one = visit.cookie(Cookie::Session).is_some();
        let person = find(visit).await.map_err(Turned::Failed)?;
        let had_one = had_one && person.is_none();
        let identifier = match person {
            Some(person) if person.is_recently_verified() => return Ok(RecentlyVerified { person }),
            Some(person) => name_to_prove(&person).await.map_err(Turned::Failed)?,
            None => None,
        };
        Err(Turned::to_sign_in(address_for(app, &Resume { destination, identifier }), had_one))
    }
}

impl SignedIn {
    /// Whether a page may show what only a [`RecentlyVerified`] may do.
    pub fn is_recently_verified(&self) -> bool {
        is_recent(self.proved_at, self.visit.app.clock.now()) && !lacks_a_factor(&self.methods)
    }

    /// Whether two factors were shown for this session.
    pub fn has_shown_two_factors(&self) -> bool {
        shown(&self.methods).any(Method::is_second_factor)
    }
}

/// Whether a proof, as far as it is known when it was made, is of this moment.
pub fn is_recent(proved_at: Option<Time>, now: Time) -> bool {
    proved_at.is_some_and(|at| now < at + RECENT)
}

/// A code by mail stood in for the second factor: whoever reads the mail and knows the password could set up one of their own.
fn lacks_a_factor(methods: &str) -> bool {
    shown(methods).any(|method| method == Method::EmailCode) && !shown(methods).any(Method::is_second_factor)
}

fn shown(methods: &str) -> impl Iterator<Item = Method> {
    methods.split(' ').filter_map(|word| word.parse().ok())
}

/// By which name somebody who is signed in proves it again: the one that leads to where they proved it before.
///
/// # Errors
/// When the database says no.
pub async fn name_to_prove(person: &SignedIn) -> Result<Option<String>, Error> {
    let read = async |tx: &mut Tx| people::by_id(tx, &person.account).await;
    let account = person.visit.app.db.read("session.name", read).await?;
    Ok(account.map(|account| leading(&account, &person.methods).to_owned()))
}

/// A user name leads to no organization's own page: the domain of an address does.
fn leading<'a>(account: &'a Account, methods: &str) -> &'a str {
    match methods.split(' ').any(|method| method == "fed") {
        true => &account.email,
        false => account.sign_in_name(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Time = Time(1_800_000_000_000_000);

    #[test]
    fn a_proof_is_recent_for_five_minutes_and_one_that_nobody_has_told_of_never() {
        let proved = |seconds: u64| Some(NOW - Duration::from_secs(seconds));
        assert!(is_recent(proved(0), NOW) && is_recent(proved(299), NOW));
        assert!(!is_recent(proved(300), NOW) && !is_recent(None, NOW));
    }

    #[test]
    fn a_code_by_mail_is_no_proof_until_a_factor_was_shown_as_well() {
        assert!(["pwd", "pwd otp", "swk", "pwd email otp", "fed"].into_iter().all(|methods| !lacks_a_factor(methods)));
        assert!(lacks_a_factor("pwd email"));
    }

    #[test]
    fn every_page_of_this_kind_is_found_by_its_address_and_its_forms() {
        for page in AccountPage::ALL {
            assert_eq!(AccountPage::of(page.path()), Some(page));
            assert_eq!(AccountPage::of(&format!("{}/remove", page.path())), Some(page));
            assert_eq!(AccountPage::of(&format!("{}s", page.path())), None);
            assert_eq!(
                Destination::Verified(page).word().parse::<Destination>().ok(),
                Some(Destination::Verified(page))
            );
        }
    }
}
