//! A product this person may not open: says so, says who can change it, offers the button (product.md B4).

use askama::Template;
use axum::extract::Path;
use axum::response::Response;

use super::{Asked, Judged, Problem, pages, waiting};
use crate::platform::web::{Error, Moment, Page, Visit, html};
use crate::portal::{self, Helper, State};
use crate::products::Mark;
use crate::provider::grants::Opening;
use crate::session::SignedIn;
use crate::sign_in::AuthorizationId;

#[derive(Template)]
#[template(path = "provider/authorize/no_access.html")]
struct NoAccessPage {
    page: Page,
    product: String,
    mark: Mark,
    /// `none`, `ended` or `moving`.
    why: &'static str,
    moves_at: Option<Moment>,
    old_url: Option<String>,
    helpers: Vec<Helper>,
    ask_action: String,
    asked: Option<Moment>,
}

pub async fn page(person: &SignedIn, asked: &Asked, id: AuthorizationId, opening: Opening) -> Result<Response, Error> {
    let page = person.page();
    let now = person.visit.app.clock.now();
    let (helpers, asked_at) = portal::who_can_help(person, &page, asked.client.product.as_ref()).await?;
    let entry = match opening {
        Opening::Closed(entry) => entry,
        Opening::Open => None,
    };
    let state = entry.as_ref().map(|entry| entry.state(now));
    let moves_at = entry.as_ref().and_then(|entry| entry.moves_at).filter(|_| state == Some(State::Scheduled));
    html(&NoAccessPage {
        page,
        product: asked.client.name.clone(),
        mark: asked.client.mark.clone(),
        why: match state {
            None | Some(State::Open) => "none",
            Some(State::Ended) => "ended",
            Some(State::Scheduled | State::Legacy) => "moving",
        },
        moves_at: moves_at.map(|at| Moment::new(at, &person.organization.time_zone, now)),
        old_url: entry.and_then(|entry| entry.old_url),
        helpers,
        ask_action: format!("{}/ask", waiting::address(id)),
        asked: asked_at,
    })
}

/// `POST /oauth2/authorize/{id}/ask`: **Ask for access**, and back to the page, which then says that it was sent.
pub async fn ask(visit: Visit, person: Option<SignedIn>, Path(id): Path<String>) -> Result<Response, Error> {
    let asked = match waiting::open_here(&visit, &id).await? {
        Some(Judged::Good(asked)) => *asked,
        _ => return pages::problem(&visit, Problem::Gone),
    };
    // Where the session has ended while the page was open, signing in anew leads back to it.
    if let Some(person) = person {
        portal::ask_for(&person, asked.client.product.as_ref()).await?;
    }
    waiting::again(&visit, &asked)
}
