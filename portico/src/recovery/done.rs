//! It worked; and back to the sign-in that waited, with the identifier filled in.

use askama::Template;
use axum::response::Response;
use store::Tx;

use super::rules::Step;
use super::{link, queries, ticket};
use crate::platform::web::{Error, Page, Visit, html};
use crate::sign_in::{self, Resume};

#[derive(Template)]
#[template(path = "recovery/done.html")]
struct DonePage {
    page: Page,
    identifier: Option<String>,
    sign_in_url: String,
    mfa: bool,
}

/// `GET /recover/done`
pub async fn page(visit: Visit) -> Result<Response, Error> {
    let ticket = ticket::of_visit(&visit).await?;
    let account = ticket.as_ref().map(|ticket| (ticket.account.has_second_factor(), ticket.identifier()));
    if let Some(answer) = link::elsewhere(&visit, ticket, Step::Done).await? {
        return Ok(answer);
    }
    let (Some((mfa, identifier)), Some(browser)) = (account, visit.browser()) else { return Err(Error::NotFound) };
    let (waiting, destination) = visit
        .app
        .db
        .read("recovery.waiting", async |tx: &mut Tx| {
            let waiting = queries::waiting_sign_in(tx, &browser.hash).await?;
            Ok::<_, store::Error>((waiting, queries::destination(tx, &browser.hash).await?))
        })
        .await?;
    let resume = Resume { destination, identifier };
    html(&DonePage {
        page: visit.page(),
        sign_in_url: match waiting {
            // Not to where it stood: who was reset need not be who was named there, and the old refusal is history.
            Some(id) => format!("/sign-in/{id}/identify?resume={}", resume.seal(&visit.app)),
            None => sign_in::address_for(&visit.app, &resume),
        },
        identifier: resume.identifier,
        mfa,
    })
}
