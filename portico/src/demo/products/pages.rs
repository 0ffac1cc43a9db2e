//! The pages: an overview and what lies behind it, for whoever is signed in.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;

use super::member::{self, Person};
use super::menu::Menu;
use super::sheets::{self, Sheet};
use super::trouble::Trouble;
use super::{Here, Stall, sign_in};
use crate::demo::houses::html;
use crate::platform::i18n::Words;

#[derive(Template)]
#[template(path = "demo/products/sheet.html")]
struct SheetPage {
    words: Words,
    product: &'static str,
    slug: &'static str,
    sheet: &'static Sheet,
    is_front: bool,
    person: Person,
    menu: Menu,
}

#[derive(Template)]
#[template(path = "demo/products/old.html")]
struct OldPage {
    words: Words,
    product: &'static str,
    slug: &'static str,
    portal_url: String,
}

/// `GET /`
pub async fn front(State(stall): State<Here>, headers: HeaderMap) -> Response {
    show(&stall, &headers, "/").await
}

/// `GET /{kind}/{name}`: a page that people bookmark.
pub async fn deep(
    State(stall): State<Here>,
    Path((kind, name)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    show(&stall, &headers, &format!("/{kind}/{name}")).await
}

async fn show(stall: &Stall, headers: &HeaderMap, path: &str) -> Response {
    let Some(sheet) = sheets::find(stall.product.slug, path) else { return Trouble::NotFound.page(stall, "/") };
    match member::seen(stall, headers).await {
        Ok(Some(seen)) => html(&SheetPage {
            words: stall.words(),
            product: stall.product.name,
            slug: stall.product.slug,
            sheet,
            is_front: sheet.path == "/",
            person: seen.person,
            menu: seen.menu,
        }),
        Ok(None) => sign_in::begin(stall, headers, sheet.path, None).await,
        Err(trouble) => trouble.page(stall, sheet.path),
    }
}

/// `GET /old`: where people opened the product before it moved behind the front door.
pub async fn old(State(stall): State<Here>) -> Response {
    html(&OldPage {
        words: stall.words(),
        product: stall.product.name,
        slug: stall.product.slug,
        portal_url: format!("{}/", stall.issuer.url()),
    })
}
