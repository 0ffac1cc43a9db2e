//! The sample products, each on a port of its own.

use askama::Template;
use axum::Router;
use axum::response::Response;
use axum::routing::get;

use super::data::Product;
use crate::app::App;
use crate::platform::web::{self, Error, Page, Visit, html};
use crate::products::Mark;

#[derive(Template)]
#[template(path = "demo/product.html")]
struct ProductPage {
    page: Page,
    product: &'static str,
    line: String,
    hue: u8,
    portico_url: String,
}

/// The pages of one product, styled and wrapped as all of ours are.
pub fn router(app: &App, product: &'static Product) -> Router {
    let front = async move |visit: Visit| page(&visit, product, product.line.to_owned());
    let old = async move |visit: Visit| {
        let line = visit.words.with("demo-product-old", &[("product", product.name)]);
        page(&visit, product, line)
    };
    let routes = web::asset_routes().route("/", get(front)).route("/old", get(old));
    web::wrap(routes, Router::new(), app)
}

fn page(visit: &Visit, product: &'static Product, line: String) -> Result<Response, Error> {
    html(&ProductPage {
        page: visit.page(),
        product: product.name,
        line,
        hue: Mark::of(product.name, None).hue,
        portico_url: visit.app.public_url.clone(),
    })
}
