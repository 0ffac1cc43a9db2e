//! Signing out here signs out everywhere: the product asks Portico to (RP-initiated logout).

use askama::Template;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;

use super::sign_in::with_cookie;
use super::{Here, Stall};
use crate::demo::houses::html;
use crate::platform::i18n::Words;
use crate::platform::web::see_other;

#[derive(Template)]
#[template(path = "demo/products/signed_out.html")]
struct SignedOutPage<'a> {
    words: &'a Words,
    product: &'static str,
    slug: &'static str,
    portal_url: String,
}

/// `POST /sign-out`
pub async fn sign_out(State(stall): State<Here>, headers: HeaderMap) -> Response {
    with_cookie(see_other(&leave(&stall, &headers).await), &stall, "")
}

/// Ends the session here, whatever becomes of the rest; and says where that goes on.
async fn leave(stall: &Stall, headers: &HeaderMap) -> String {
    let nowhere = || "/signed-out".to_owned();
    let Some(cookie) = stall.cookie_of(headers) else { return nowhere() };
    let seat = stall.sessions.seated(&cookie, stall.clock.now());
    stall.sessions.leave(&cookie);
    let Some(seat) = seat else { return nowhere() };
    let id_token = seat.lock().await.tokens.id.clone();
    stall.issuer.sign_out(&id_token).await.unwrap_or_else(|_| nowhere())
}

/// `GET /signed-out`
pub async fn signed_out(State(stall): State<Here>) -> Response {
    html(&SignedOutPage {
        words: &stall.words,
        product: stall.product.name,
        slug: stall.product.slug,
        portal_url: format!("{}/", stall.issuer.url()),
    })
}
