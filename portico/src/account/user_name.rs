//! The user name: set, changed, taken away.
//!
//! That one is taken has to be said, because it is unique. So a few tries a day are all there is: enough to find one that is free, and
//! too few to learn whose there are.

use std::time::Duration;

use askama::Template;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::Tx;

use super::own::{self, Arrival, Change, Closed, KeptBy};
use crate::audit::Event;
use crate::notices::{self, Cause};
use crate::people::{self, NotRenamed, UserName};
use crate::platform::limits;
use crate::platform::spelled::spelled;
use crate::platform::web::{self, Error, Page, Problem, Query, html, kept, see_other};
use crate::session::{self, OwnForm, Pressed, RecentlyVerified, STALE, SignedIn};

const HERE: &str = "/account/user-name";
const PURPOSE: &str = "own_user_name";
const SHORTEST: usize = 3;
const LONGEST: usize = 64;
/// Tries of one account.
const TRIES: i64 = 10;
const DAY: Duration = Duration::from_secs(24 * 3_600);

#[derive(Template)]
#[template(path = "account/user_name.html")]
struct UserNamePage {
    page: Page,
    user_name: Option<String>,
    email: String,
    typed: String,
    closed: Option<Closed>,
    problem: Option<Problem>,
}

#[derive(Deserialize)]
pub struct UserNameForm {
    #[serde(default)]
    user_name: String,
}

#[derive(Serialize, Deserialize)]
struct Typed(String);

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Trouble {
    Missing,
    Odd,
    Short,
    Long,
    Taken,
    Same,
    Needed,
    Often,
    Stale,
}

spelled!(Trouble {
    Missing = "missing",
    Odd = "odd",
    Short = "short",
    Long = "long",
    Taken = "taken",
    Same = "same",
    Needed = "needed",
    Often = "often",
    Stale = "stale",
});

impl From<NotRenamed> for Trouble {
    fn from(why: NotRenamed) -> Trouble {
        match why {
            NotRenamed::Taken => Trouble::Taken,
            NotRenamed::Same => Trouble::Same,
            NotRenamed::Needed => Trouble::Needed,
        }
    }
}

impl Trouble {
    fn told(self, page: &Page) -> Problem {
        let numbers = [("min", SHORTEST.to_string()), ("max", LONGEST.to_string()), ("tries", TRIES.to_string())];
        let numbers = numbers.each_ref().map(|(name, number)| (*name, number.as_str()));
        match self {
            Trouble::Stale => session::stale(page),
            _ => Problem {
                summary: page.with(&format!("account-user-name-{}", self.as_str()), &numbers),
                field: if self == Trouble::Needed { "" } else { "user_name" },
            },
        }
    }
}

/// `GET /account/user-name`
pub async fn page(
    RecentlyVerified { person }: RecentlyVerified,
    Query(arrival): Query<Arrival>,
) -> Result<Response, Error> {
    let account = own::account_of(&person).await?;
    let page = person.page();
    let typed: Option<Typed> = web::unseal(&person.visit.app.keys, PURPOSE, &arrival.typed);
    let trouble: Option<Trouble> = arrival.problem.parse().ok();
    html(&UserNamePage {
        closed: Closed::of(&page, KeptBy::of(&account), "user-name", &account),
        typed: typed.map_or_else(|| account.user_name.clone().unwrap_or_default(), |Typed(typed)| typed),
        user_name: account.user_name,
        email: account.email,
        problem: trouble.map(|trouble| trouble.told(&page)),
        page,
    })
}

/// `POST /account/user-name`
pub async fn submit(
    RecentlyVerified { person }: RecentlyVerified,
    form: OwnForm<UserNameForm>,
) -> Result<Response, Error> {
    let Some(form) = form.of(&person) else { return Ok(own::back(HERE, STALE)) };
    let change = match judge(&form.user_name) {
        Ok(new) => change(&person, Some((&new, form.user_name.trim()))).await?,
        Err(trouble) => Change::Refused(trouble),
    };
    let typed = web::seal(&person.visit.app.keys, PURPOSE, &Typed(kept(&form.user_name)));
    let again = |trouble: Trouble| see_other(&format!("{HERE}?problem={}&typed={typed}", trouble.as_str()));
    Ok(match change {
        Change::Done(renewed) => renewed.answer(&person, own::done("user-name")),
        Change::Overtaken => again(Trouble::Stale),
        Change::Refused(trouble) => again(trouble),
    })
}

/// `POST /account/user-name/remove`
pub async fn remove(RecentlyVerified { person }: RecentlyVerified, form: OwnForm<Pressed>) -> Result<Response, Error> {
    let Some(Pressed {}) = form.of(&person) else { return Ok(own::back(HERE, STALE)) };
    Ok(match change(&person, None).await? {
        Change::Done(renewed) => renewed.answer(&person, own::done("user-name-gone")),
        Change::Overtaken => own::back(HERE, STALE),
        // There was none.
        Change::Refused(Trouble::Same) => see_other(HERE),
        Change::Refused(trouble) => own::back(HERE, trouble.as_str()),
    })
}

/// A user name stands in mails, to other people too: nothing in it may look like an address to click. Those that are there already may
/// be others.
fn judge(typed: &str) -> Result<UserName, Trouble> {
    let typed = typed.trim();
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    let name = UserName::parse(typed);
    match () {
        () if typed.is_empty() => Err(Trouble::Missing),
        () if typed.chars().count() < SHORTEST => Err(Trouble::Short),
        () if typed.chars().count() > LONGEST => Err(Trouble::Long),
        () if !typed.chars().all(plain) || !typed.chars().any(char::is_alphanumeric) => Err(Trouble::Odd),
        () => name.filter(|name| name.as_str().chars().all(plain)).ok_or(Trouble::Odd),
    }
}

async fn change(person: &SignedIn, new: Option<(&UserName, &str)>) -> Result<Change<Trouble>, Error> {
    let write = async |tx: &mut Tx| change_within(tx, person, new).await;
    Ok(person.visit.app.db.write("account.user_name", write).await?)
}

async fn change_within(
    tx: &mut Tx,
    person: &SignedIn,
    new: Option<(&UserName, &str)>,
) -> Result<Change<Trouble>, store::Error> {
    let Some(account) = own::still(tx, person).await?.filter(|account| KeptBy::of(account) == KeptBy::Owner) else {
        return Ok(Change::Overtaken);
    };
    // Counted whatever comes of it: it is asking that tells.
    let tries = person.visit.app.limit_key("user_name_tries", account.id.as_str());
    if new.is_some() && !limits::count(tx, &tries, DAY, TRIES).await?.is_within() {
        return Ok(Change::Refused(Trouble::Often));
    }
    let after = match people::change_user_name(tx, &account, new).await? {
        Ok(after) => after,
        Err(why) => {
            if why == NotRenamed::Taken {
                own::record(tx, person, Event::UserNameRefused, json!({})).await?;
            }
            return Ok(Change::Refused(why.into()));
        }
    };
    let (renewed, ended) = session::renew(tx, person, &after).await?;
    let details = json!({ "from": account.user_name, "to": after.user_name, "sessions_ended": ended });
    own::record(tx, person, Event::UserNameChanged, details).await?;
    notices::user_name_changed(tx, &Cause::of(&person.visit), &after, account.user_name.as_deref()).await?;
    Ok(Change::Done(renewed))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::plain("Harbor-Night_2", Ok("harbor-night_2"))]
    #[case::other_letters("Éloïse", Ok("éloïse"))]
    #[case::spaces_around("  omar ", Ok("omar"))]
    #[case::nothing(" ", Err(Trouble::Missing))]
    #[case::two("ab", Err(Trouble::Short))]
    #[case::an_address("omar@riverside.example", Err(Trouble::Odd))]
    #[case::a_wide_at("omar＠riverside", Err(Trouble::Odd))]
    #[case::a_site("evil.example", Err(Trouble::Odd))]
    #[case::two_words("night shift", Err(Trouble::Odd))]
    #[case::unseen("om\u{200b}ar", Err(Trouble::Odd))]
    #[case::only_marks("---", Err(Trouble::Odd))]
    #[case::a_ligature_of_a_company("℀abc", Err(Trouble::Odd))]
    fn a_user_name_is_letters_digits_and_little_else(#[case] typed: &str, #[case] name: Result<&str, Trouble>) {
        assert_eq!(judge(typed).as_ref().map(UserName::as_str), name.as_ref().map(|name| *name));
        assert_eq!(judge(&"x".repeat(LONGEST + 1)), Err(Trouble::Long));
    }
}
