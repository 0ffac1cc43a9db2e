//! The mailed link. A GET (or a mail scanner's HEAD) uses nothing up: it puts the token into a cookie of this browser and
//! goes on to a clean address (security.md C14).

use std::time::Duration;

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use store::Tx;

use super::queries;
use super::rules::{Step, Why};
use super::ticket::Ticket;
use crate::platform::one_time::{self, Purpose};
use crate::platform::web::{Cookie, Error, Page, Visit, html, see_other, with_cookies};
use crate::sign_in::{Destination, Resume};
use crate::support::Topic;

/// How long an opened link stays open in this browser; the link's own expiry is checked at every use.
pub const OPENED: Duration = Duration::from_secs(24 * 3_600);

#[derive(Template)]
#[template(path = "recovery/expired.html")]
struct ExpiredPage {
    page: Page,
    reason: &'static str,
    identifier: Option<String>,
    resume: String,
    contact_url: String,
    fresh_action: String,
}

/// `GET /recover/link/{token}`
pub async fn open(visit: Visit, Path(token): Path<String>) -> Result<Response, Error> {
    if !one_time::is_token(&token) {
        return dead(&visit, None, "unknown").await;
    }
    let (_, browser) = visit.browser_or_new();
    let opened = visit.app.cookies.set(Cookie::Recovery, &token, Some(OPENED));
    Ok(with_cookies(see_other("/recover/new-password"), browser.into_iter().chain([opened])))
}

/// Where a link leads that is not (any longer) for `here`.
pub async fn elsewhere(visit: &Visit, ticket: Option<Ticket>, here: Step) -> Result<Option<Response>, Error> {
    let Some(ticket) = ticket else { return dead(visit, None, "unknown").await.map(Some) };
    let identifier = ticket.identifier();
    match ticket.step {
        step if step == here => Ok(None),
        Step::Dead(_) if ticket.purpose == Purpose::AnsweredQuestions => {
            dead(visit, identifier, "late").await.map(Some)
        }
        Step::Dead(Why::Expired) => dead(visit, identifier, "expired").await.map(Some),
        Step::Dead(Why::Used) => dead(visit, identifier, "used").await.map(Some),
        Step::Mailbox | Step::OtherMailbox => Ok(Some(see_other("/recover/mailbox"))),
        Step::Question => Ok(Some(see_other("/recover/challenge"))),
        Step::SecondFactor => Ok(Some(see_other("/recover/code"))),
        Step::NewPassword => Ok(Some(see_other("/recover/new-password"))),
        Step::Done => Ok(Some(see_other("/recover/done"))),
    }
}

/// Says what is the matter with the link, and offers a fresh one in place, towards where this browser wanted to go.
async fn dead(visit: &Visit, identifier: Option<String>, reason: &'static str) -> Result<Response, Error> {
    let destination = match visit.browser() {
        None => Destination::default(),
        Some(browser) => {
            let read = async |tx: &mut Tx| queries::destination(tx, &browser.hash).await;
            visit.app.db.read("recovery.destination", read).await?
        }
    };
    let resume = Resume { destination, identifier: identifier.clone() }.seal(&visit.app);
    html(&ExpiredPage {
        page: visit.page().help(format!("/help?resume={resume}")),
        contact_url: Topic::Link.contact(&resume),
        reason,
        identifier,
        resume,
        fresh_action: "/recover".into(),
    })
}
