//! What has come of a form: its number, and what happens next.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use serde::Deserialize;
use store::Tx;

use super::queries::{self, Sent};
use super::rules::Kind;
use crate::platform::ids::SupportId;
use crate::platform::web::{Error, Page, Query, Visit, html, see_other};
use crate::session::SignedIn;
use crate::sign_in::{self, Resume};

#[derive(Template)]
#[template(path = "support/sent.html")]
struct SentPage {
    page: Page,
    sent: Sent,
    topic: String,
    call_back: bool,
    back_url: String,
}

#[derive(Deserialize)]
pub struct Arrival {
    #[serde(default)]
    resume: String,
}

/// `GET /support/{id}`: for the browser that sent it.
pub async fn page(
    visit: Visit,
    person: Option<SignedIn>,
    Path(id): Path<SupportId>,
    Query(arrival): Query<Arrival>,
) -> Result<Response, Error> {
    let Some(browser) = visit.browser() else { return Ok(see_other("/support")) };
    let read = async |tx: &mut Tx| queries::of_browser(tx, &id, &browser.hash).await;
    let Some(sent) = visit.app.db.read("support.sent", read).await? else { return Ok(see_other("/support")) };
    let resume = Resume::open(&visit.app, &arrival.resume);
    let help = format!("/help?resume={}", resume.seal(&visit.app));
    let page = person.as_ref().map_or_else(|| visit.page().help(help), SignedIn::page);
    html(&SentPage {
        topic: page.t(&format!("support-topic-{}", sent.topic)).into_owned(),
        call_back: sent.kind == Kind::CallBack.as_str(),
        back_url: if person.is_some() { "/".into() } else { sign_in::address_for(&visit.app, &resume) },
        sent,
        page,
    })
}
