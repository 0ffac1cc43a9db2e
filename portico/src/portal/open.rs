//! Opening a product, or saying why not and who can change it.

use axum::extract::Path;
use axum::response::Response;
use serde_json::json;
use store::Tx;

use super::cards::State;
use super::queries;
use super::refused::{Refused, refused};
use crate::audit::{self, Event};
use crate::platform::ids::ProductId;
use crate::platform::web::{Error, see_other};
use crate::products::{self, Mark};
use crate::session::SignedIn;

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
    if entry.state(app.clock.now()) == State::Open {
        if !person.visit.ahead {
            app.db.write("portal.opened", async |tx: &mut Tx| opened(tx, &person, &access, product).await).await?;
        }
        return Ok(see_other(&opens.address(&app.public_url)));
    }
    let ask_action = format!("/access-requests?product={product}&access={access}");
    let (name, mark) = (entry.product.clone(), Mark::of(&entry.product, entry.logo.as_deref()));
    refused(&person, Refused { name, mark, product: Some(product), entry: Some(entry), ask_action }).await
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
