//! **Ask for access**: one row however often pressed, in the administrators' queue, and one mail to each of them.

use axum::response::Response;
use serde::Deserialize;
use store::Tx;

use super::letters::AccessRequestLetter;
use super::queries;
use crate::audit::{self, Event};
use crate::notices;
use crate::people;
use crate::platform::ids::ProductId;
use crate::platform::web::{Error, Query, see_other};
use crate::session::{OwnForm, Pressed, SignedIn};

#[derive(Deserialize)]
pub struct Asked {
    product: Option<ProductId>,
    /// The access row on whose page it was asked.
    #[serde(default)]
    access: String,
}

/// `POST /access-requests`
pub async fn ask(person: SignedIn, Query(asked): Query<Asked>, form: OwnForm<Pressed>) -> Result<Response, Error> {
    if let Some(Pressed {}) = form.unless_anothers(&person) {
        ask_for(&person, asked.product.as_ref()).await?;
    }
    // The page that was pressed says that the request was sent. Only an address of ours comes of it.
    let access: String = asked.access.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    match access.is_empty() {
        true => Ok(see_other("/")),
        // It may be open by now, and then leads on to the product.
        false => person.visit.onward(&format!("/open/{access}")),
    }
}

/// Puts the request for a product, or for any at all, before those who can grant it.
pub async fn ask_for(person: &SignedIn, product: Option<&ProductId>) -> Result<(), Error> {
    let app = &person.visit.app;
    app.db
        .write("access.request", async |tx: &mut Tx| {
            let product = match product {
                None => None,
                Some(product) => {
                    let name = queries::askable(tx, &person.organization.id, &person.account, product).await?;
                    let Some(name) = name else { return Ok(()) };
                    Some((product, name))
                }
            };
            let id = product.as_ref().map(|(id, _)| *id);
            if queries::request(tx, &app.entropy, &person.organization.id, &person.account, id).await?.is_none() {
                return Ok(());
            }
            let account = people::by_id(tx, &person.account).await?;
            let letter = AccessRequestLetter {
                name: person.name.clone(),
                email: account.map(|account| account.email).unwrap_or_default(),
                product: product.map(|(_, name)| name),
            };
            let administrators = people::administrators_of(tx, &person.organization.id).await?;
            notices::tell_administrators(tx, app, &administrators, &letter).await?;
            let entry = audit::Entry::by(Event::AccessRequested, &person.account).from(&person.visit);
            audit::record(tx, &app.entropy, entry).await?;
            Ok::<_, store::Error>(())
        })
        .await?;
    Ok(())
}
