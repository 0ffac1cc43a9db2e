//! Opening a product, or saying why not and who can change it.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use serde_json::json;
use store::Tx;

use super::cards::State;
use super::pages::{Helper, who_can_help};
use super::queries;
use crate::audit::{self, Event};
use crate::platform::ids::ProductId;
use crate::platform::web::{Error, Moment, Page, html, see_other};
use crate::products::{self, Mark};
use crate::session::SignedIn;

#[derive(Template)]
#[template(path = "portal/product_refused.html")]
struct RefusedPage {
    page: Page,
    product: String,
    mark: Mark,
    /// Its license ended; otherwise it has not moved here yet.
    ended: bool,
    moves_at: Option<Moment>,
    old_url: Option<String>,
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
            let entries = queries::entries(tx, &person.organization.id, &person.account, None).await?;
            // Compared here before it is looked for there: what stands in an address may be no text a database takes.
            let Some(entry) = entries.into_iter().find(|entry| entry.access == access) else { return Ok(None) };
            let opens = products::opens(tx, &person.account, &access).await?;
            Ok::<_, store::Error>(opens.map(|opens| (opens, entry)))
        })
        .await?;
    let Some((opens, entry)) = found else { return Ok(see_other("/")) };
    let product = &opens.product;
    let now = app.clock.now();
    let state = entry.state(now);
    if state == State::Open {
        app.db.write("portal.opened", async |tx: &mut Tx| opened(tx, &person, &access, product).await).await?;
        return Ok(see_other(&opens.address(&app.public_url)));
    }
    let page = person.page();
    let (helpers, asked) = who_can_help(&person, &page, Some(product)).await?;
    let moves_at = entry.moves_at.filter(|_| state == State::Scheduled);
    html(&RefusedPage {
        page,
        mark: Mark::of(&entry.product, entry.logo.as_deref()),
        product: entry.product,
        ended: state == State::Ended,
        moves_at: moves_at.map(|at| Moment::new(at, &person.organization.time_zone, now)),
        old_url: entry.old_url,
        helpers,
        ask_action: format!("/access-requests?product={product}&access={access}"),
        asked,
    })
}

async fn opened(tx: &mut Tx, person: &SignedIn, access: &str, product: &ProductId) -> Result<(), store::Error> {
    queries::opened(tx, &person.account, access).await?;
    let entry = audit::Entry {
        organization: Some(&person.organization.id),
        details: json!({ "product": product, "access": access }),
        ..audit::Entry::by(Event::ProductOpened, &person.account)
    };
    audit::record(tx, &person.visit.app.entropy, entry.from(&person.visit)).await
}
