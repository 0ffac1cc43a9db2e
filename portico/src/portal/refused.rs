//! A product this person may not open: says so, says who can change it, offers the button (product.md B4).

use askama::Template;
use axum::response::Response;

use super::cards::{Entry, State};
use super::pages::{Helper, who_can_help};
use crate::platform::ids::ProductId;
use crate::platform::web::{Error, Moment, Page, html};
use crate::products::Mark;
use crate::session::SignedIn;

/// What does not open, whether somebody has come from our portal or from the product itself.
pub struct Refused<'a> {
    pub name: String,
    pub mark: Mark,
    /// `None`: it is no product of the registry.
    pub product: Option<&'a ProductId>,
    /// The access there is; `None`: none at all.
    pub entry: Option<Entry>,
    /// Where the form that asks for access goes.
    pub ask_action: String,
}

#[derive(Template)]
#[template(path = "portal/refused.html")]
struct RefusedPage {
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

pub async fn refused(person: &SignedIn, refused: Refused<'_>) -> Result<Response, Error> {
    let page = person.page();
    let now = person.visit.app.clock.now();
    let (helpers, asked) = who_can_help(person, &page, refused.product).await?;
    let state = refused.entry.as_ref().map(|entry| entry.state(now));
    let moves_at = refused.entry.as_ref().and_then(|entry| entry.moves_at).filter(|_| state == Some(State::Scheduled));
    html(&RefusedPage {
        page,
        product: refused.name,
        mark: refused.mark,
        why: match state {
            None | Some(State::Open) => "none",
            Some(State::Ended) => "ended",
            Some(State::Scheduled | State::Legacy) => "moving",
        },
        moves_at: moves_at.map(|at| Moment::new(at, &person.organization.time_zone, now)),
        old_url: refused.entry.and_then(|entry| entry.old_url),
        helpers,
        ask_action: refused.ask_action,
        asked,
    })
}
