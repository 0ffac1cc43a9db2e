//! The choice of a language at the foot of every page: kept in this browser, and, by whoever is signed in, for their mails and
//! every other browser.

use axum::response::Response;
use serde::Deserialize;
use store::Tx;

use crate::people;
use crate::platform::web::{Cookie, Error, Form, LANGUAGE_COOKIE_LIVES, Visit, see_other, with_cookies};
use crate::session::SignedIn;

#[derive(Deserialize)]
pub struct Chosen {
    language: String,
    /// Where it was chosen, sealed.
    #[serde(default)]
    here: String,
    #[serde(default)]
    shown: String,
}

/// `POST /language`
pub async fn choose(visit: Visit, person: Option<SignedIn>, Form(chosen): Form<Chosen>) -> Result<Response, Error> {
    let app = &visit.app;
    let back = see_other(&visit.came_from(&chosen.here).unwrap_or_else(|| "/".into()));
    let Some(words) = app.locales.best(&[chosen.language]) else { return Ok(back) };
    // On the page of somebody who was here before it is this browser's choice, and nobody's language.
    if let Some(person) = person.filter(|person| !person.is_anothers(&chosen.shown)) {
        app.db
            .write("account.language", async |tx: &mut Tx| people::reads(tx, &person.account, words.lang()).await)
            .await?;
    }
    Ok(with_cookies(back, [app.cookies.set(Cookie::Language, words.lang(), Some(LANGUAGE_COOKIE_LIVES))]))
}
