//! Download my data: one JSON file with everything that is kept about the person.
//!
//! - It is for whoever has just proved who they are (`session::RecentlyVerified`), by a form, a few times a day; it is written down,
//!   and told by mail like anything else that could be somebody else's work.
//! - What is in it is one table of statements ([`queries`]); what is not, and why, is one for all tables ([`tables`]). No secret, no
//!   hash of one and nothing that one is derived from is in either.
//! - Each part is bounded, so that a file is; one that was cut short says so.

mod file;
mod queries;
#[cfg(test)]
mod tables;
#[cfg(test)]
mod tests;

use std::time::Duration;

use askama::Template;
use axum::Router;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde::Deserialize;
use serde_json::json;
use store::Tx;

use self::file::File;
use crate::app::App;
use crate::audit::{self, Event};
use crate::notices::{self, Cause};
use crate::people;
use crate::platform::limits;
use crate::platform::web::{Error, Page, Problem, Query, html, see_other};
use crate::session::{self, OwnForm, Pressed, RecentlyVerified, STALE, SignedIn};

const HERE: &str = "/account/download";
/// Within a day.
const TIMES: i64 = 5;
const DAY: Duration = Duration::from_secs(24 * 3_600);

pub fn routes() -> Router<App> {
    Router::new().route(HERE, get(page).post(download))
}

#[derive(Template)]
#[template(path = "account/download/download.html")]
struct DownloadPage {
    page: Page,
    times: String,
    problem: Option<Problem>,
}

#[derive(Deserialize)]
pub struct Arrival {
    #[serde(default)]
    problem: String,
}

/// `GET /account/download`
async fn page(
    RecentlyVerified { person }: RecentlyVerified,
    Query(arrival): Query<Arrival>,
) -> Result<Response, Error> {
    let page = person.page();
    let problem = match arrival.problem.as_str() {
        "often" => Some(Problem { summary: page.t("download-often").into_owned(), field: "" }),
        STALE => Some(session::stale(&page)),
        _ => None,
    };
    html(&DownloadPage { problem, times: TIMES.to_string(), page })
}

/// `POST /account/download`: the one form that is answered by a file and not by a redirect. It has no address of its own, under which
/// it could lie in a history or be fetched once more.
async fn download(RecentlyVerified { person }: RecentlyVerified, form: OwnForm<Pressed>) -> Result<Response, Error> {
    // Or all that is known of whoever has signed in meanwhile would lie in the folder of whoever was here before.
    let Some(Pressed {}) = form.of(&person) else { return Ok(back(STALE)) };
    let app = &person.visit.app;
    let key = app.limit_key("downloads", person.account.as_str());
    let gather = async |tx: &mut Tx| match limits::peek(tx, &key, DAY, TIMES).await?.is_within() {
        true => file::of(tx, app, &person.account).await.map(Some),
        false => Ok(None),
    };
    let Some(file) = app.db.read("account.gather", gather).await? else { return Ok(back("often")) };
    let write = async |tx: &mut Tx| match limits::count(tx, &key, DAY, TIMES).await?.is_within() {
        true => tell(tx, &person, &file).await.map(|()| true),
        false => Ok(false),
    };
    // Nobody gets a file that is not written down.
    match app.db.write("account.export", write).await? {
        true => Ok(attachment(file, &app.clock.now().to_text())),
        false => Ok(back("often")),
    }
}

fn back(problem: &str) -> Response {
    see_other(&format!("{HERE}?problem={problem}"))
}

async fn tell(tx: &mut Tx, person: &SignedIn, file: &File) -> Result<(), store::Error> {
    let entry = audit::Entry {
        organization: Some(&person.organization.id),
        details: json!({ "cut": file.cut }),
        ..audit::Entry::by(Event::AccountExported, &person.account)
    };
    audit::record(tx, &person.visit.app.entropy, entry.from(&person.visit)).await?;
    match people::by_id(tx, &person.account).await? {
        Some(account) => notices::account_exported(tx, &Cause::of(&person.visit), &account).await,
        None => Ok(()),
    }
}

/// `now`: its day is part of the name.
fn attachment(file: File, now: &str) -> Response {
    let day = now.split('T').next().unwrap_or_default();
    let name = format!("attachment; filename=\"account-{day}.json\"");
    let mut response = file.text.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(
        header::CONTENT_DISPOSITION,
        HeaderValue::from_str(&name).unwrap_or(HeaderValue::from_static("attachment")),
    );
    response
}
