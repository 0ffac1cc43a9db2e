//! The choice of a language at the foot of every page: kept in this browser, and, by whoever is signed in, for their mails and
//! every other browser.

use axum::response::Response;
use serde::Deserialize;
use store::Tx;

use crate::people;
use crate::platform::web::{Cookie, Error, LANGUAGE_COOKIE_LIVES, Visit, see_other, with_cookies};
use crate::session::{OwnForm, SignedIn};

#[derive(Deserialize)]
pub struct Chosen {
    language: String,
    /// Where it was chosen, sealed.
    #[serde(default)]
    here: String,
}

/// `POST /language`
pub async fn choose(visit: Visit, person: Option<SignedIn>, form: OwnForm<Chosen>) -> Result<Response, Error> {
    let app = &visit.app;
    let chosen = form.of_this_browser();
    let back = see_other(&visit.came_from(&chosen.here).unwrap_or_else(|| "/".into()));
    let Some(words) = app.locales.best(std::slice::from_ref(&chosen.language)) else { return Ok(back) };
    // On the page of somebody who was here before it is this browser's choice, and nobody's language.
    if let Some(person) = person.filter(|person| form.unless_anothers(person).is_some()) {
        app.db
            .write("account.language", async |tx: &mut Tx| people::reads(tx, &person.account, words.lang()).await)
            .await?;
    }
    Ok(with_cookies(back, [app.cookies.set(Cookie::Language, words.lang(), Some(LANGUAGE_COOKIE_LIVES))]))
}
