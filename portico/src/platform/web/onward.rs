//! The way out of a form of ours to wherever else (docs/decisions/0010-a-page-between.md).

use askama::Template;
use axum::response::Response;

use super::{Error, Page, Visit, html, see_other};

#[derive(Template)]
#[template(path = "platform/web/onward.html")]
struct OnwardPage {
    page: Page,
    address: String,
}

impl Visit {
    /// Answers a form whose way may end at another site: by a page that leads on by itself. Browsers hold the `form-action` of
    /// the page with the form against every redirect that follows; a page in between ends that, so no page has to name
    /// products. `address` is shown to whatever reads the page: an address of ours, which gives the code, and never the code.
    ///
    /// What does not ask for pages (a program that signs in by HTTP) is under no page's policy, and is redirected.
    pub fn onward(&self, address: &str) -> Result<Response, Error> {
        match self.reads_pages {
            true => html(&OnwardPage { page: self.page(), address: address.to_owned() }),
            false => Ok(see_other(address)),
        }
    }
}
