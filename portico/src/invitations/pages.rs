//! The mailed link. A GET uses nothing up: it puts the token into a cookie of this browser and goes on to a clean address,
//! where the temporary password of the same mail is typed.

use std::time::Duration;

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use store::Tx;

use super::{newest, send};
use crate::password;
use crate::people::{self, Account};
use crate::platform::one_time::{self, Purpose, Status};
use crate::platform::web::{Arrival, Cookie, Error, Form, Page, Problem, Query, Visit, html, see_other, with_cookies};
use crate::sign_in::{self, Destination, Resume};

/// How long an opened link stays open in this browser; its own time is asked at every use.
const OPENED: Duration = Duration::from_secs(24 * 3_600);

#[derive(Template)]
#[template(path = "invitations/welcome.html")]
struct WelcomePage {
    page: Page,
    action: &'static str,
    identifier: String,
    organization: String,
    problem: Option<Problem>,
}

#[derive(Template)]
#[template(path = "invitations/over.html")]
struct OverPage {
    page: Page,
    /// The address on file, which gets the fresh one; `None` when the link is none of ours.
    identifier: Option<String>,
    resume: String,
    fresh_action: &'static str,
    sign_in_url: String,
}

#[derive(Deserialize)]
pub struct WelcomeForm {
    #[serde(default = "password::missing")]
    password: SecretString,
}

/// What a link leads to.
enum Found {
    Welcome(Account),
    /// Over, replaced or not valid yet; the account still has no password.
    Over(Account),
    /// The account has a password, or nothing can be set here.
    Registered(Account),
    Unknown,
}

/// `GET /invitation/{token}`
pub async fn open(visit: Visit, Path(token): Path<String>) -> Result<Response, Error> {
    let (_, browser) = visit.browser_or_new();
    let cookies = &visit.app.cookies;
    let opened = if one_time::is_token(&token) {
        cookies.set(Cookie::Invitation, &token, Some(OPENED))
    } else {
        cookies.clear(Cookie::Invitation)
    };
    Ok(with_cookies(see_other("/invitation"), browser.into_iter().chain([opened])))
}

/// `GET /invitation`
pub async fn page(visit: Visit, Query(arrival): Query<Arrival>) -> Result<Response, Error> {
    match find(&visit).await? {
        Found::Welcome(account) => welcome(&visit, &account, &arrival),
        Found::Over(account) => over(&visit, Some(&account)),
        Found::Registered(account) => Ok(see_other(&sign_in::address_for(&visit.app, &resume(&account)))),
        Found::Unknown => over(&visit, None),
    }
}

/// `POST /invitation`: the ordinary sign-in, begun with its first proof.
pub async fn submit(visit: Visit, Form(form): Form<WelcomeForm>) -> Result<Response, Error> {
    let Found::Welcome(account) = find(&visit).await? else { return Ok(see_other("/invitation")) };
    if form.password.expose_secret().is_empty() {
        return Ok(see_other("/invitation?problem=missing"));
    }
    sign_in::arrive(visit, &account, form.password).await
}

/// Whether this browser has opened the link that was mailed to invite the account: whoever sits there reads its mailbox.
///
/// # Errors
/// When the database says no.
pub async fn is_open_here(tx: &mut Tx, visit: &Visit, account: &Account) -> Result<bool, store::Error> {
    let Some(token) = visit.cookie(Cookie::Invitation) else { return Ok(false) };
    let state = one_time::peek(tx, Purpose::TemporaryPassword, &one_time::hash(token)).await?;
    Ok(state.is_some_and(|state| {
        let counts = matches!(state.status, Status::Valid { .. });
        counts && state.account == account.id && account.has_address(&state.sent_to)
    }))
}

async fn find(visit: &Visit) -> Result<Found, Error> {
    let Some(token) = visit.cookie(Cookie::Invitation) else { return Ok(Found::Unknown) };
    let hash = one_time::hash(token);
    let found = visit
        .app
        .db
        .read("invitations.find", async |tx: &mut Tx| {
            let Some(state) = one_time::peek(tx, Purpose::TemporaryPassword, &hash).await? else { return Ok(None) };
            let Some(account) = people::by_id(tx, &state.account).await? else { return Ok(None) };
            if !account.has_mailbox(&state.sent_to) {
                // Whoever reads the old mailbox has no business with the address of today: the link is none of ours to them.
                return Ok(None);
            }
            let newest = newest(tx, &account.id).await?;
            let pending = newest.map(|newest| send::pending(&visit.app, newest, &account));
            // Also one that was guessed at too often, or has a successor, is over.
            let counts = pending.is_some_and(|pending| pending.secret == state.id && pending.phc.is_some());
            Ok::<_, store::Error>(Some((account, counts)))
        })
        .await?;
    Ok(match found {
        None => Found::Unknown,
        Some((account, _)) if !account.is_pending() || account.disabled_at.is_some() => Found::Registered(account),
        Some((account, true)) => Found::Welcome(account),
        Some((account, false)) => Found::Over(account),
    })
}

fn resume(account: &Account) -> Resume {
    Resume { destination: Destination::default(), identifier: Some(account.sign_in_name().to_owned()) }
}

fn welcome(visit: &Visit, account: &Account, arrival: &Arrival) -> Result<Response, Error> {
    let page = visit.page().help(format!("/help?resume={}", resume(account).seal(&visit.app)));
    let missing = arrival.problem == "missing";
    let problem =
        missing.then(|| Problem { summary: page.t("invitations-password-missing").into_owned(), field: "password" });
    html(&WelcomePage {
        problem,
        page,
        action: "/invitation",
        identifier: account.sign_in_name().to_owned(),
        organization: account.organization.name.clone(),
    })
}

/// A fresh one is asked for like any reset, under the same caps, and answered by the same page.
fn over(visit: &Visit, account: Option<&Account>) -> Result<Response, Error> {
    let resume = account.map(resume).unwrap_or_default();
    html(&OverPage {
        page: visit.page(),
        identifier: resume.identifier.clone(),
        resume: resume.seal(&visit.app),
        fresh_action: "/recover",
        sign_in_url: sign_in::address_for(&visit.app, &resume),
    })
}
