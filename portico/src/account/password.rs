//! The password, changed by its owner: the current one is asked for (ASVS 6.2.3), whoever was signed in elsewhere is not any more, and
//! this browser goes on with a session of another secret.

use askama::Template;
use axum::response::Response;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde_json::json;
use store::Tx;

use super::current_password::{self, Checked};
use super::own::{self, Arrival, Change, Closed, KeptBy};
use crate::audit::Event;
use crate::notices::{self, Cause};
use crate::password::{self, Weakness};
use crate::people::Account;
use crate::platform::spelled::spelled;
use crate::platform::web::{Error, Moment, Page, Problem, Query, html, to_the_end};
use crate::recovery::{self, NewPasswordForm, PASSWORD_OVERTAKEN, PreparedPassword};
use crate::session::{self, OwnForm, RecentlyVerified, STALE, SignedIn};

const HERE: &str = "/account/password";

#[derive(Template)]
#[template(path = "account/password.html")]
struct PasswordPage {
    page: Page,
    identifier: String,
    /// There is one, and it is asked for.
    has_one: bool,
    min_length: String,
    products: Vec<String>,
    closed: Option<Closed>,
    locked: Option<Moment>,
    problem: Option<Problem>,
}

#[derive(Deserialize)]
pub struct PasswordForm {
    #[serde(default = "password::missing")]
    current: SecretString,
    #[serde(default = "password::missing")]
    password: SecretString,
    #[serde(default = "password::missing")]
    again: SecretString,
}

/// What is wrong, besides a weakness of the new one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Trouble {
    Missing,
    Wrong,
    Locked,
    /// The new one is the current one.
    Same,
}

spelled!(Trouble { Missing = "current-missing", Wrong = "current-wrong", Locked = "current-locked", Same = "current-same" });

/// `GET /account/password`
pub async fn page(
    RecentlyVerified { person }: RecentlyVerified,
    Query(arrival): Query<Arrival>,
) -> Result<Response, Error> {
    let visit = &person.visit;
    let account = own::account_of(&person).await?;
    let now = visit.app.clock.now();
    let until = current_password::locked_until(visit, &account).await?;
    let products = async |tx: &mut Tx| recovery::products_of(tx, &account.id).await;
    let page = person.page();
    html(&PasswordPage {
        products: visit.app.db.read("account.products", products).await?,
        closed: Closed::of(&page, KeptBy::of_password(&account), "password", &account),
        locked: until.map(|until| Moment::new(until, &account.organization.time_zone, now)),
        problem: problem_of(&page, &arrival.problem, &account),
        min_length: recovery::password_floor(&account).to_string(),
        has_one: account.password.is_some(),
        identifier: account.sign_in_name().to_owned(),
        page,
    })
}

fn problem_of(page: &Page, word: &str, account: &Account) -> Option<Problem> {
    if word == STALE {
        return Some(session::stale(page));
    }
    let Ok(trouble) = word.parse::<Trouble>() else {
        return recovery::password_problem(page, word, recovery::password_floor(account));
    };
    let field = if trouble == Trouble::Same { "password" } else { "current" };
    Some(Problem { summary: page.t(&format!("account-password-{}", trouble.as_str())).into_owned(), field })
}

/// `POST /account/password`
pub async fn submit(
    RecentlyVerified { person }: RecentlyVerified,
    form: OwnForm<PasswordForm>,
) -> Result<Response, Error> {
    let account = own::account_of(&person).await?;
    let keeps = KeptBy::of_password(&account) == KeptBy::Owner;
    let Some(form) = form.of(&person).filter(|_| keeps) else { return Ok(own::back(HERE, STALE)) };
    // What has been counted must be settled, whether or not the person waits for it.
    to_the_end(async move {
        Ok(match change(&person, &account, form).await? {
            Change::Done(renewed) => renewed.answer(&person, own::done("password")),
            Change::Overtaken => own::back(HERE, STALE),
            Change::Refused(problem) => own::back(HERE, problem),
        })
    })
    .await
}

async fn change(person: &SignedIn, account: &Account, form: PasswordForm) -> Result<Change<&'static str>, Error> {
    let visit = &person.visit;
    let has_one = account.password.is_some();
    if has_one && form.current.expose_secret().is_empty() {
        return Ok(Change::Refused(Trouble::Missing.as_str()));
    }
    let new = NewPasswordForm { password: form.password, again: form.again, resume: String::new() };
    // Before anything is counted: a weak one costs its owner no try.
    if let Err(weakness) = recovery::judge_password(visit, account, &new).await? {
        return Ok(Change::Refused(weakness.as_str()));
    }
    if has_one && password::same(&form.current, &new.password) {
        return Ok(Change::Refused(Trouble::Same.as_str()));
    }
    if has_one {
        match current_password::check(visit, account, form.current).await? {
            Checked::Right => {}
            Checked::Wrong => return Ok(Change::Refused(Trouble::Wrong.as_str())),
            Checked::Locked => return Ok(Change::Refused(Trouble::Locked.as_str())),
        }
    }
    match recovery::prepare_password(visit, account, new).await? {
        Ok(prepared) => set(person, &prepared).await,
        Err(weakness) => Ok(Change::Refused(Weakness::as_str(weakness))),
    }
}

/// One write. Of two that change it at once, one finds credentials that are not those its form was shown under.
async fn set(person: &SignedIn, prepared: &PreparedPassword) -> Result<Change<&'static str>, Error> {
    let write = async |tx: &mut Tx| {
        let account = own::still(tx, person).await?;
        let Some(account) = account.filter(|account| KeptBy::of_password(account) == KeptBy::Owner) else {
            return Ok(Change::Overtaken);
        };
        if !prepared.still_stands(tx, &account).await? {
            return Ok(Change::Refused(PASSWORD_OVERTAKEN));
        }
        let credentials_epoch = prepared.set(tx, &account).await?;
        let account = Account { credentials_epoch, ..account };
        let (renewed, ended) = session::renew(tx, person, &account).await?;
        own::record(tx, person, Event::PasswordChanged, json!({ "sessions_ended": ended })).await?;
        notices::password_changed(tx, &Cause::of(&person.visit), &account).await?;
        Ok::<_, store::Error>(Change::Done(renewed))
    };
    Ok(person.visit.app.db.write("account.password", write).await?)
}
