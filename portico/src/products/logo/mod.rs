//! Logos: pictures by the hash of their bytes.

mod decode;
mod picture;
#[cfg(test)]
mod tests;

pub use picture::{MAX_BYTES, Picture};

use axum::extract::{Path, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use store::Tx;

use super::queries;
use crate::app::App;
use crate::platform::web::Error;

/// A picture, and nothing that a browser would run if it took it for something else.
const POLICY: &str = "default-src 'none'; sandbox; frame-ancestors 'none'";

/// `GET /logos/{id}.png`
pub async fn serve(State(app): State<App>, Path(name): Path<String>) -> Result<Response, Error> {
    let id = name.strip_suffix(".png").filter(|id| is_hash(id)).ok_or(Error::NotFound)?;
    let found = app.db.read("products.logo", async |tx: &mut Tx| queries::logo(tx, id).await).await?;
    let mut response = found.ok_or(Error::NotFound)?.into_response();
    let mut set = |name: HeaderName, value: &'static str| {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    };
    set(header::CONTENT_TYPE, "image/png");
    set(header::CACHE_CONTROL, "public, max-age=31536000, immutable");
    set(header::CONTENT_SECURITY_POLICY, POLICY);
    // Products show it in their menus, and they are other sites.
    set(HeaderName::from_static("cross-origin-resource-policy"), "cross-origin");
    Ok(response)
}

fn is_hash(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}
