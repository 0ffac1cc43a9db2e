//! Opening a product, or saying why not and who can change it.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use store::Tx;

use super::cards::State;
use super::pages::{Helper, who_can_help};
use super::queries;
use crate::platform::web::{Error, Moment, Page, html, see_other};
use crate::session::SignedIn;

#[derive(Template)]
#[template(path = "portal/product_refused.html")]
struct RefusedPage {
    page: Page,
    product: String,
    reason: &'static str,
    helpers: Vec<Helper>,
    ask_action: String,
    asked: Option<Moment>,
}

/// `GET /open/{access}`: an address that is not (or no longer) this person's leads back to the portal.
pub async fn open(person: SignedIn, Path(access): Path<String>) -> Result<Response, Error> {
    let app = &person.visit.app;
    let found = app
        .db
        .read("portal.open", async |tx: &mut Tx| {
            let entries = queries::entries(tx, &person.organization.id, &person.account).await?;
            // Compared here before it is looked for there: what stands in an address may be no text a database takes.
            let Some(entry) = entries.into_iter().find(|entry| entry.access == access) else { return Ok(None) };
            let target = queries::target(tx, &person.account, &access).await?;
            Ok::<_, store::Error>(target.map(|target| (target, entry)))
        })
        .await?;
    let Some(((url, product), entry)) = found else { return Ok(see_other("/")) };
    if entry.state(app.clock.now()) == State::Open {
        app.db.write("portal.opened", async |tx: &mut Tx| queries::opened(tx, &person.account, &access).await).await?;
        return Ok(see_other(&url));
    }
    let page = person.page();
    let (helpers, asked) = who_can_help(&person, &page, Some(&product)).await?;
    let ended = entry.state(app.clock.now()) == State::Ended;
    html(&RefusedPage {
        page,
        product: entry.product,
        reason: if ended { "license_ended" } else { "no_access" },
        helpers,
        ask_action: format!("/access-requests?product={product}&access={access}"),
        asked,
    })
}
