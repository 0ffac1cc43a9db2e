//! A product this person may not open, met on the way there.

use axum::extract::Path;
use axum::response::Response;

use super::{Asked, Judged, Problem, pages, waiting};
use crate::platform::web::{Error, Visit};
use crate::portal::{self, Refused};
use crate::provider::grants::Opening;
use crate::session::{OwnForm, Pressed, SignedIn};
use crate::sign_in::AuthorizationId;

pub async fn page(person: &SignedIn, asked: &Asked, id: AuthorizationId, opening: Opening) -> Result<Response, Error> {
    let refused = Refused {
        name: asked.client.name.clone(),
        mark: asked.client.mark.clone(),
        product: asked.client.product.as_ref(),
        entry: match opening {
            Opening::Closed(entry) => entry.map(|entry| *entry),
            Opening::Open => None,
        },
        ask_action: format!("{}/ask", waiting::address(id)),
    };
    portal::refused(person, refused).await
}

/// `POST /oauth2/authorize/{id}/ask`: **Ask for access**, and back to the page, which then says that it was sent.
pub async fn ask(
    visit: Visit,
    person: Option<SignedIn>,
    Path(id): Path<String>,
    form: OwnForm<Pressed>,
) -> Result<Response, Error> {
    let asked = match waiting::open_here(&visit, &id).await? {
        Some(Judged::Good(asked)) => *asked,
        _ => return pages::problem(&visit, Problem::Gone),
    };
    // Where the session has ended while the page was open, signing in anew leads back to it.
    if let Some(person) = person.filter(|person| form.unless_anothers(person).is_some()) {
        portal::ask_for(&person, asked.client.product.as_ref()).await?;
    }
    waiting::again(&visit, &asked)
}
