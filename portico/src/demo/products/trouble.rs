//! What a product says when something did not work: what happened, and the way on.

use std::fmt::Display;

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;

use super::Stall;
use crate::demo::houses::html;
use crate::platform::i18n::Words;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The issuer cannot be reached.
    Away,
    /// What it said does not hold.
    Refused,
    /// It said no.
    Denied,
    /// This sign-in is over, or was begun in another browser.
    Over,
    NotFound,
    /// Signed out here, and nobody can say whether anywhere else.
    StillIn,
}

#[derive(Template)]
#[template(path = "demo/products/trouble.html")]
struct TroublePage {
    words: Words,
    product: &'static str,
    slug: &'static str,
    heading: &'static str,
    text: String,
    again: &'static str,
    portal_url: String,
}

impl Trouble {
    pub fn away(error: impl Display) -> Trouble {
        tracing::warn!(%error, "a sample product cannot reach its issuer");
        Trouble::Away
    }

    pub fn refused(error: impl Display) -> Trouble {
        tracing::warn!(%error, "a sample product does not take what its issuer said");
        Trouble::Refused
    }

    fn status(self) -> StatusCode {
        match self {
            Trouble::Away | Trouble::Refused | Trouble::StillIn => StatusCode::BAD_GATEWAY,
            Trouble::Denied => StatusCode::FORBIDDEN,
            Trouble::Over => StatusCode::BAD_REQUEST,
            Trouble::NotFound => StatusCode::NOT_FOUND,
        }
    }

    fn keys(self) -> (&'static str, &'static str) {
        match self {
            Trouble::Away => ("demo-product-away-heading", "demo-product-away"),
            Trouble::Refused => ("demo-product-refused-heading", "demo-product-refused"),
            Trouble::Denied => ("demo-product-denied-heading", "demo-product-denied"),
            Trouble::Over => ("demo-product-over-heading", "demo-product-over"),
            Trouble::NotFound => ("demo-product-lost-heading", "demo-product-lost"),
            Trouble::StillIn => ("demo-product-still-heading", "demo-product-still"),
        }
    }

    /// `again`: a page of the product, which begins anew.
    pub fn page(self, stall: &Stall, again: &'static str) -> Response {
        let (heading, text) = self.keys();
        let mut response = html(&TroublePage {
            words: stall.words(),
            product: stall.product.name,
            slug: stall.product.slug,
            heading,
            text: stall.words().with(text, &[("product", stall.product.name)]),
            again,
            portal_url: format!("{}/", stall.issuer.url()),
        });
        if response.status().is_success() {
            *response.status_mut() = self.status();
        }
        response
    }
}
