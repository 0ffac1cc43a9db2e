use askama::Template;
use axum::http::HeaderValue;
use axum::response::Response;
use store::Tx;

use super::hash_of;
use super::queries::{end_by_secret, open_by_secret};
use crate::audit::{self, Event};
use crate::federation;
use crate::platform::ids::{AccountId, SessionId};
use crate::platform::web::{Cookie, Error, Page, Visit, html, see_other, with_cookies};

/// Our own page, for whoever is not led back to a product.
pub const SIGNED_OUT: &str = "/signed-out";

#[derive(Template)]
#[template(path = "session/signed_out.html")]
struct SignedOutPage {
    page: Page,
    sign_in_url: String,
}

/// `POST /sign-out`
pub async fn sign_out(visit: Visit) -> Result<Response, Error> {
    sign_out_from_page(&visit, SIGNED_OUT).await
}

/// The same for a form of ours, whose page names no other place.
pub async fn sign_out_from_page(visit: &Visit, back: &str) -> Result<Response, Error> {
    let answer = |to: &str| match to == SIGNED_OUT {
        true => Ok(see_other(to)),
        false => visit.onward(to),
    };
    sign_out_to(visit, back, answer).await
}

/// Ends the session on every node and in every product it has reached; the browser stays recognized. `back` is an address that a
/// product has registered, or our own page; `answer` leads there, or first to where the session has to be ended, too.
pub async fn sign_out_to(
    visit: &Visit,
    back: &str,
    answer: impl FnOnce(&str) -> Result<Response, Error>,
) -> Result<Response, Error> {
    let mut there = None;
    if let Some(secret) = visit.cookie(Cookie::Session).map(hash_of) {
        let app = &visit.app;
        there = app
            .db
            .write("session.end", async |tx: &mut Tx| {
                let there = federation::sign_out_address(visit, tx, &secret, back).await?;
                if let Some(account) = end_by_secret(tx, &secret).await? {
                    audit::record(tx, &app.entropy, audit::Entry::by(Event::SessionEnded, &account).from(visit))
                        .await?;
                }
                Ok::<_, store::Error>(there)
            })
            .await?;
    }
    let answer = answer(there.as_deref().unwrap_or(back))?;
    Ok(clear_site(with_cookies(answer, [visit.app.cookies.clear(Cookie::Session)])))
}

/// Makes the browser forget what it has kept of our pages (ASVS 14.3.1): with the answer of a sign-out, and with the
/// first one it gets here after its session has ended elsewhere.
///
/// Not `"cookies"`: it takes those of the whole site, products beside us included. And of ours, only the session's has to go; none of the
/// others lets anybody in. By the browser's own one it is recognized, so that a stranger's wrong guesses do not lock the person out of
/// it (security.md C3); the name to fill in is there because they have asked for it, and goes with "not you?"; the language is the
/// reader's.
pub fn clear_site(mut answer: Response) -> Response {
    answer.headers_mut().insert("clear-site-data", HeaderValue::from_static("\"cache\", \"storage\""));
    answer
}

/// The session of a browser that nobody is signed in with any more, though nobody has ended it.
pub async fn run_out(visit: &Visit) -> Result<Option<(SessionId, AccountId)>, Error> {
    let Some(secret) = visit.cookie(Cookie::Session).map(hash_of) else { return Ok(None) };
    let read = async |tx: &mut Tx| open_by_secret(tx, &secret).await;
    let found = visit.app.db.read("session.run_out", read).await?;
    Ok(found.map(|found| (found.id, found.account)))
}

/// `GET /signed-out`
pub async fn page(visit: Visit) -> Result<Response, Error> {
    html(&SignedOutPage { page: visit.page(), sign_in_url: "/sign-in".into() })
}
