use askama::Template;
use axum::http::HeaderValue;
use axum::response::Response;
use store::Tx;

use super::{end_by_secret, hash_of};
use crate::audit::{self, Event};
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
    sign_out_to(&visit, see_other(SIGNED_OUT)).await
}

/// Ends the session on every node and in every product it has reached; the browser stays recognized. `answer`: the way to an
/// address that a product has registered, or to our own page.
pub async fn sign_out_to(visit: &Visit, answer: Response) -> Result<Response, Error> {
    if let Some(secret) = visit.cookie(Cookie::Session).map(hash_of) {
        let app = &visit.app;
        app.db
            .write("session.end", async |tx: &mut Tx| {
                if let Some(account) = end_by_secret(tx, &secret).await? {
                    audit::record(tx, &app.entropy, audit::Entry::by(Event::SessionEnded, &account).from(visit))
                        .await?;
                }
                Ok::<_, store::Error>(())
            })
            .await?;
    }
    let mut answer = with_cookies(answer, [visit.app.cookies.clear(Cookie::Session)]);
    // Cookies are left alone: the browser's own one keeps it recognized (ASVS 14.3.1).
    answer.headers_mut().insert("clear-site-data", HeaderValue::from_static("\"cache\", \"storage\""));
    Ok(answer)
}

/// `GET /signed-out`
pub async fn page(visit: Visit) -> Result<Response, Error> {
    html(&SignedOutPage { page: visit.page(), sign_in_url: "/sign-in".into() })
}
