//! Recent activity: what happened to the account, in words, from the audit trail.
//!
//! - Only rows about this account, of the last 90 days, newest first; a page reads a bounded number of them, by an index.
//! - Which event is told, and how, is [`rules::telling`]: a new one does not compile before somebody has decided.
//! - Who did it is told as somebody's part ("by an administrator of …"), never by name: it is for them to be known or not.
//! - A line that may be somebody else's work leads to where that is ended.

mod lines;
mod rules;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::time::Duration;

use askama::Template;
use axum::Router;
use axum::response::Response;
use axum::routing::get;
use serde::Deserialize;
use store::Tx;

use self::lines::{Line, read};
use self::rules::{Part, part_of};
use crate::app::App;
use crate::audit::{Doer, Place, Told};
use crate::people;
use crate::platform::ids::AccountId;
use crate::platform::web::{Error, Page, Query, html};
use crate::provider;
use crate::session::SignedIn;

const HERE: &str = "/account/activity";
const DAYS: u32 = 90;
const KEPT: Duration = Duration::from_secs(DAYS as u64 * 24 * 3_600);

pub fn routes() -> Router<App> {
    Router::new().route(HERE, get(page))
}

#[derive(Template)]
#[template(path = "account/activity/activity.html")]
struct ActivityPage {
    page: Page,
    days: String,
    lines: Vec<Line>,
    /// Where what is older begins.
    older: Option<String>,
    /// This is not the newest.
    is_older: bool,
}

#[derive(Deserialize)]
pub struct Arrival {
    #[serde(default)]
    before: String,
}

/// `GET /account/activity`
async fn page(person: SignedIn, Query(arrival): Query<Arrival>) -> Result<Response, Error> {
    let app = &person.visit.app;
    let before = Place::parse(&arrival.before);
    let is_older = before.is_some();
    let since = app.clock.now() - KEPT;
    let before = before.unwrap_or_else(Place::end);
    let gather = async |tx: &mut Tx| {
        let (rows, older) = read(tx, &person.account, since, &before).await?;
        let parts = parts(tx, &person, &rows).await?;
        Ok::<_, store::Error>((rows, older, parts))
    };
    let (rows, older, parts) = app.db.read("account.activity", gather).await?;
    let names = client_names(app, &rows).await?;
    let page = person.page();
    let lines = rows.iter().filter_map(|row| Line::of(row, &person, &page, &parts, &names)).collect();
    let older = older.map(|place| format!("{HERE}?before={place}"));
    html(&ActivityPage { page, days: DAYS.to_string(), lines, older, is_older })
}

/// What others who did something are to the person.
async fn parts(tx: &mut Tx, person: &SignedIn, rows: &[Told]) -> Result<HashMap<AccountId, Part>, store::Error> {
    let mut parts = HashMap::new();
    for row in rows {
        let Doer::Another(id) = &row.doer else { continue };
        if parts.contains_key(id) {
            continue;
        }
        let account = people::by_id(tx, id).await?;
        let part = account.map_or(Part::Somebody, |account| {
            part_of(account.staff, account.organization.id == person.organization.id)
        });
        parts.insert(id.clone(), part);
    }
    Ok(parts)
}

async fn client_names(app: &App, rows: &[Told]) -> Result<HashMap<String, String>, Error> {
    let mut names = HashMap::new();
    for client in rows.iter().filter_map(|row| row.detail("client")) {
        if names.contains_key(client) {
            continue;
        }
        if let Some(name) = provider::client_name(app, client).await? {
            names.insert(client.to_owned(), name);
        }
    }
    Ok(names)
}
