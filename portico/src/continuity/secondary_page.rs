//! My second mailbox, until there is more of "my account". Whoever names one can open the account in the next suspension: each act
//! takes a proof of this moment.

use askama::Template;
use axum::response::Response;
use serde::Deserialize;
use store::Tx;

use super::by::By;
use super::queries::{self, Address};
use super::rules::HOURS;
use super::secondary;
use crate::notices::Cause;
use crate::people::{self, Account, Email};
use crate::platform::web::{Error, Moment, Page, Problem, Query, html, see_other};
use crate::session::{self, OwnForm, Pressed, RecentlyVerified, STALE, SignedIn};

const HERE: &str = "/account/secondary-email";

#[derive(Template)]
#[template(path = "continuity/secondary.html")]
struct SecondaryPage {
    page: Page,
    organization: String,
    primary: String,
    shared: bool,
    /// Nothing is changed while a reset may go through it.
    suspended: bool,
    /// The one that counts, and since when.
    confirmed: Option<(String, Moment)>,
    /// One that waits for its button.
    waiting: Option<String>,
    hours: String,
    sender: String,
    problem: Option<Problem>,
}

#[derive(Deserialize)]
pub struct Arrival {
    #[serde(default)]
    problem: String,
}

#[derive(Deserialize)]
pub struct SecondaryForm {
    #[serde(default)]
    email: String,
}

/// `GET /account/secondary-email`
pub async fn page(
    RecentlyVerified { person }: RecentlyVerified,
    Query(arrival): Query<Arrival>,
) -> Result<Response, Error> {
    let app = &person.visit.app;
    let read = async |tx: &mut Tx| {
        let account = people::by_id(tx, &person.account).await?;
        Ok::<_, store::Error>((account, queries::addresses_of(tx, &person.account).await?))
    };
    let (account, addresses) = app.db.read("continuity.secondary", read).await?;
    let account = account.ok_or(Error::NotFound)?;
    let page = person.page();
    let told = |address: &Address| {
        let at = address.verified_at?;
        Some((address.shown.clone(), Moment::new(at, &person.organization.time_zone, app.clock.now())))
    };
    html(&SecondaryPage {
        problem: problem_of(&page, &arrival.problem),
        organization: person.organization.name.clone(),
        shared: account.shared_at.is_some(),
        suspended: account.organization.suspended.is_some(),
        primary: account.email,
        confirmed: addresses.iter().find_map(told),
        waiting: addresses.iter().find(|one| one.verified_at.is_none()).map(|one| one.shown.clone()),
        hours: HOURS.to_string(),
        sender: app.sender.clone(),
        page,
    })
}

/// `POST /account/secondary-email`
pub async fn submit(
    RecentlyVerified { person }: RecentlyVerified,
    form: OwnForm<SecondaryForm>,
) -> Result<Response, Error> {
    // Or the second mailbox of whoever was here before could open the account of whoever has signed in since.
    let Some(form) = form.of(&person) else { return Ok(back(STALE)) };
    let app = &person.visit.app;
    let Some(email) = Email::parse(&form.email) else {
        let problem = if form.email.trim().is_empty() { "missing" } else { "odd" };
        return Ok(back(problem));
    };
    let write = async |tx: &mut Tx| {
        let Some(account) = mine(tx, &person).await? else { return Ok(Ok(())) };
        let by = By::person(&person.visit, &account);
        secondary::name(tx, app, by, &account, &email, &form.email).await
    };
    let named = app.db.write("continuity.name_secondary", write).await?;
    Ok(named.map_or_else(|why| back(why.word()), |()| see_other(HERE)))
}

/// `POST /account/secondary-email/remove`
pub async fn remove(RecentlyVerified { person }: RecentlyVerified, form: OwnForm<Pressed>) -> Result<Response, Error> {
    let Some(Pressed {}) = form.of(&person) else { return Ok(back(STALE)) };
    let app = &person.visit.app;
    let write = async |tx: &mut Tx| {
        let Some(account) = mine(tx, &person).await? else { return Ok(false) };
        secondary::remove(tx, &Cause::of(&person.visit), By::person(&person.visit, &account), &account).await
    };
    app.db.write("continuity.remove_secondary", write).await?;
    Ok(see_other(HERE))
}

async fn mine(tx: &mut Tx, person: &SignedIn) -> Result<Option<Account>, store::Error> {
    people::by_id(tx, &person.account).await
}

fn back(problem: &str) -> Response {
    see_other(&format!("{HERE}?problem={problem}"))
}

/// A closed set: what stands in an address is never shown.
fn problem_of(page: &Page, word: &str) -> Option<Problem> {
    let key = match word {
        "missing" => "continuity-second-missing",
        "odd" => "continuity-second-odd",
        "primary" => "continuity-second-primary",
        "their-domain" => "continuity-second-their-domain",
        "already" => "continuity-second-already",
        "suspended" => "continuity-second-suspended",
        "soon" => "continuity-second-soon",
        "often" => "continuity-second-often",
        STALE => return Some(session::stale(page)),
        _ => return None,
    };
    Some(Problem { summary: page.t(key).into_owned(), field: "email" })
}
