//! Signing out here signs out everywhere: the product asks Portico to (RP-initiated logout).

use askama::Template;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;

use super::sign_in::with_cookie;
use super::trouble::Trouble;
use super::{Here, Stall};
use crate::demo::houses::html;
use crate::platform::i18n::Words;
use crate::platform::web::see_other;

#[derive(Template)]
#[template(path = "demo/products/signed_out.html")]
struct SignedOutPage {
    words: Words,
    product: &'static str,
    slug: &'static str,
    portal_url: String,
}

/// `POST /sign-out`
pub async fn sign_out(State(stall): State<Here>, headers: HeaderMap) -> Response {
    let answer = match leave(&stall, &headers).await {
        Ok(address) => see_other(&address),
        Err(_) => Trouble::StillIn.page(&stall, "/"),
    };
    with_cookie(answer, &stall, "")
}

/// Ends the session here, whatever becomes of the rest; and says where that goes on. Whoever has none here any more (the program
/// was started anew) may still have one at Portico, and would be signed in again by the next click.
async fn leave(stall: &Stall, headers: &HeaderMap) -> Result<String, Trouble> {
    let cookie = stall.cookie_of(headers).unwrap_or_default();
    let seat = stall.sessions.seated(&cookie, stall.clock.now());
    stall.sessions.leave(&cookie);
    let id_token = match seat {
        Some(seat) => Some(seat.lock().await.tokens.id.clone()),
        None => None,
    };
    stall.issuer.sign_out(id_token.as_deref()).await
}

/// `GET /signed-out`
pub async fn signed_out(State(stall): State<Here>) -> Response {
    html(&SignedOutPage {
        words: stall.words(),
        product: stall.product.name,
        slug: stall.product.slug,
        portal_url: format!("{}/", stall.issuer.url()),
    })
}
