//! The page: an address to type, or the code that was mailed to one.

use askama::Template;
use axum::response::Response;
use secrecy::ExposeSecret;
use serde::{Deserialize, Serialize};
use store::Tx;
use subtle::ConstantTimeEq;

use super::change::{self, Trouble, Typed};
use crate::account::own::{self, Arrival, Change, Closed, KeptBy};
use crate::lockout::{self, Attempt, Class, Counter, Factor};
use crate::password;
use crate::people::{self, Email};
use crate::platform::clock::Time;
use crate::platform::one_time::{self, Status};
use crate::platform::web::{
    self, Browser, Error, Moment, Page, Problem, Query, html, kept, see_other, to_the_end, with_cookies,
};
use crate::session::{self, OwnForm, Pressed, RecentlyVerified, STALE, SignedIn};
use crate::sign_in::{CODE_RESENT_AFTER, CODE_TRIES};

const HERE: &str = "/account/email";
const PURPOSE: &str = "own_email";

#[derive(Template)]
#[template(path = "account/email/email.html")]
struct EmailPage {
    page: Page,
    email: String,
    typed: String,
    waits: Option<Waits>,
    sender: String,
    closed: Option<Closed>,
    problem: Option<Problem>,
}

/// A code was mailed.
struct Waits {
    address: String,
    /// In this browser, where alone it counts.
    here: bool,
    resend_at: Option<Moment>,
}

#[derive(Deserialize)]
pub struct EmailForm {
    #[serde(default)]
    email: String,
}

#[derive(Deserialize)]
pub struct CodeForm {
    #[serde(default)]
    code: String,
}

#[derive(Serialize, Deserialize)]
struct GivenBack(String);

/// `GET /account/email`
pub async fn page(
    RecentlyVerified { person }: RecentlyVerified,
    Query(arrival): Query<Arrival>,
) -> Result<Response, Error> {
    let app = &person.visit.app;
    let (browser, cookie) = person.visit.browser_or_new();
    let read = async |tx: &mut Tx| {
        let Some(account) = people::by_id(tx, &person.account).await? else { return Ok(None) };
        let waiting = change::waiting(tx, &account).await?;
        Ok::<_, store::Error>(Some((account, waiting)))
    };
    let (account, waiting) = app.db.read("account.email", read).await?.ok_or(Error::NotFound)?;
    let now = app.clock.now();
    let zone = &account.organization.time_zone;
    let waits = waiting.map(|(wanted, open)| Waits {
        address: wanted.shown,
        here: wanted.browser == browser.hash,
        resend_at: soon(open.created_at, now).map(|at| Moment::new(at, zone, now)),
    });
    let page = person.page();
    let typed: Option<GivenBack> = web::unseal(&app.keys, PURPOSE, &arrival.typed);
    let answer = html(&EmailPage {
        closed: Closed::of(&page, KeptBy::of(&account), "email", &account),
        problem: arrival.problem.parse().ok().map(|trouble| problem_of(&page, trouble, waits.as_ref())),
        typed: typed.map_or_else(String::new, |GivenBack(typed)| typed),
        sender: app.sender.clone(),
        email: account.email,
        waits,
        page,
    })?;
    Ok(with_cookies(answer, cookie))
}

/// When another code may be sent, as long as that is not yet.
fn soon(sent_at: Time, now: Time) -> Option<Time> {
    Some(sent_at + CODE_RESENT_AFTER).filter(|at| now < *at)
}

/// The problem is told at a field that is there.
fn problem_of(page: &Page, trouble: Trouble, waits: Option<&Waits>) -> Problem {
    let code = waits.is_some_and(|waits| waits.here);
    let words = |key: &str| page.t(key).into_owned();
    match trouble {
        Trouble::Stale => session::stale(page),
        Trouble::Soon => Problem { summary: words("registration-code-soon"), field: "" },
        Trouble::Often => Problem { summary: words("registration-code-often"), field: "" },
        Trouble::CodeMissing | Trouble::CodeWrong => Problem {
            summary: words(&format!("registration-{}", trouble.as_str())),
            field: if code { "code" } else { "" },
        },
        Trouble::CodeOver | Trouble::CodeBurnt => {
            Problem { summary: words(&format!("registration-{}", trouble.as_str())), field: "" }
        }
        _ => Problem {
            summary: words(&format!("account-email-{}", trouble.as_str())),
            field: if waits.is_none() { "email" } else { "" },
        },
    }
}

/// `POST /account/email`
pub async fn submit(
    RecentlyVerified { person }: RecentlyVerified,
    form: OwnForm<EmailForm>,
) -> Result<Response, Error> {
    let app = &person.visit.app;
    let Some(form) = form.of(&person) else { return Ok(own::back(HERE, STALE)) };
    let typed = web::seal(&app.keys, PURPOSE, &GivenBack(kept(&form.email)));
    let again = |trouble: Trouble| see_other(&format!("{HERE}?problem={}&typed={typed}", trouble.as_str()));
    let Some(email) = Email::parse(&form.email) else {
        return Ok(again(if form.email.trim().is_empty() { Trouble::Missing } else { Trouble::Odd }));
    };
    let Some(browser) = person.visit.browser() else { return Ok(own::back(HERE, STALE)) };
    let typed = Typed { email: &email, shown: form.email.trim() };
    let write = async |tx: &mut Tx| change::ask(tx, &person, &browser, &typed).await;
    let asked = app.db.write("account.ask_email", write).await?;
    Ok(asked.map_or_else(again, |()| see_other(HERE)))
}

/// `POST /account/email/send`: another code.
pub async fn resend(RecentlyVerified { person }: RecentlyVerified, form: OwnForm<Pressed>) -> Result<Response, Error> {
    let (Some(browser), Some(Pressed {})) = (person.visit.browser(), form.of(&person)) else {
        return Ok(own::back(HERE, STALE));
    };
    let write = async |tx: &mut Tx| change::ask_again(tx, &person, &browser).await;
    let asked = person.visit.app.db.write("account.ask_email_again", write).await?;
    Ok(asked.map_or_else(|trouble| own::back(HERE, trouble.as_str()), |()| see_other(HERE)))
}

/// `POST /account/email/verify`
pub async fn verify(RecentlyVerified { person }: RecentlyVerified, form: OwnForm<CodeForm>) -> Result<Response, Error> {
    let (Some(browser), Some(form)) = (person.visit.browser(), form.of(&person)) else {
        return Ok(own::back(HERE, STALE));
    };
    let digits: String = form.code.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    if digits.is_empty() {
        return Ok(own::back(HERE, Trouble::CodeMissing.as_str()));
    }
    // What has been counted must be settled, whether or not the person waits for it.
    to_the_end(async move {
        Ok(match try_code(&person, &browser, &digits).await? {
            Change::Done(renewed) => renewed.answer(&person, own::done("email")),
            Change::Overtaken => own::back(HERE, STALE),
            Change::Refused(trouble) => own::back(HERE, trouble.as_str()),
        })
    })
    .await
}

/// `POST /account/email/cancel`
pub async fn cancel(RecentlyVerified { person }: RecentlyVerified, form: OwnForm<Pressed>) -> Result<Response, Error> {
    let Some(Pressed {}) = form.of(&person) else { return Ok(own::back(HERE, STALE)) };
    let write = async |tx: &mut Tx| change::cancel(tx, &person).await;
    let cancelled = person.visit.app.db.write("account.cancel_email", write).await?;
    Ok(if cancelled { own::done("email-kept") } else { see_other(HERE) })
}

/// Counted before it is compared, like every guess.
async fn try_code(person: &SignedIn, browser: &Browser, digits: &str) -> Result<Change<Trouble>, Error> {
    let app = &person.visit.app;
    let read = async |tx: &mut Tx| {
        let Some(account) = change::still(tx, person).await? else { return Ok(None) };
        let waiting = change::waiting(tx, &account).await?;
        let here = waiting.filter(|(wanted, _)| wanted.browser == browser.hash);
        Ok::<_, store::Error>(here.map(|(_, open)| (account, open)))
    };
    let waiting = app.db.read("account.email_code", read).await?;
    let Some((account, open)) = waiting.filter(|(_, open)| matches!(open.status, Status::Valid { .. })) else {
        return Ok(Change::Refused(Trouble::CodeOver));
    };
    let counter = Counter { subject: open.id.to_string(), factor: Factor::EmailCode, class: Class::Unrecognized };
    let place = || Some(());
    let attempt = lockout::reserve(&app.db, &app.entropy, &app.lockout, counter.clone(), CODE_TRIES, place).await?;
    let permit = match attempt {
        Attempt::Permit(permit, ()) => permit,
        Attempt::Locked { .. } => {
            let record = async |tx: &mut Tx| lockout::record_refused(tx, &person.visit, Some(&account), &counter).await;
            app.db.write("account.email_code_burnt", record).await?;
            return Ok(Change::Refused(Trouble::CodeBurnt));
        }
        Attempt::Crowded => return Err(Error::Busy { retry_after: password::RETRY_AFTER }),
    };
    let right = one_time::code(&app.keys, &open.id);
    let right = bool::from(right.expose_secret().as_bytes().ct_eq(digits.as_bytes()));
    let write = async |tx: &mut Tx| change::settle(tx, person, browser, &open.id, &permit, right).await;
    let change = app.db.write("account.change_email", write).await?;
    permit.settled(&app.lockout);
    Ok(change)
}
