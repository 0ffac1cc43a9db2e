//! The stylesheet, the script and the mark: hashed into their address, compressed once, kept by browsers for good.

use std::io::Write;
use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use data_encoding::HEXLOWER;
use flate2::Compression;
use flate2::write::GzEncoder;

use super::Error;
use crate::app::App;
use crate::platform::hashes::sha256;

struct Asset {
    /// The last part of its address: hash and name.
    name: String,
    kind: &'static str,
    plain: Bytes,
    gzip: Bytes,
}

/// Addresses of the assets, and the assets themselves.
pub struct Assets {
    pub css: String,
    pub js: String,
    pub icon: String,
    /// The deployment's colors, where it has its own.
    pub brand: Option<String>,
    pub logo: Option<String>,
    all: Arc<[Asset]>,
}

/// The deployment's own mark, as its operator named it.
pub struct Logo {
    /// `image/png` or `image/svg+xml`.
    pub kind: &'static str,
    pub bytes: Vec<u8>,
}

impl Assets {
    /// The embedded assets, a stylesheet of the deployment's accent (`#rrggbb`) and its logo, if it has them.
    pub fn new(accent: Option<&str>, logo: Option<Logo>) -> Assets {
        let css =
            asset("portico.css", "text/css; charset=utf-8", include_bytes!("../../../assets/portico.css").as_slice());
        let js = asset(
            "portico.js",
            "text/javascript; charset=utf-8",
            // Two files, one request.
            concat!(include_str!("../../../assets/portico.js"), include_str!("../../../assets/passkeys.js")),
        );
        let icon = asset("portico.svg", "image/svg+xml", include_bytes!("../../../assets/portico.svg").as_slice());
        let address = |asset: &Asset| format!("/assets/{}", asset.name);
        let brand = accent.map(|accent| asset("brand.css", "text/css; charset=utf-8", brand_css(accent)));
        let logo = logo.map(|logo| asset("logo", logo.kind, logo.bytes));
        Assets {
            css: address(&css),
            js: address(&js),
            icon: address(&icon),
            brand: brand.as_ref().map(address),
            logo: logo.as_ref().map(address),
            all: [css, js, icon].into_iter().chain(brand).chain(logo).collect(),
        }
    }
}

/// White text on the accent was checked when the configuration was. A color that carries white text is too dark for dark
/// pages; mixed with more than half of white it is readable there, and carries black.
fn brand_css(accent: &str) -> String {
    let night = format!("color-mix(in srgb,{accent} 45%,#fff)");
    format!(":root{{--brand:{accent};--on-brand:#fff;--brand-night:{night};--on-brand-night:#000}}")
}

fn asset(name: &str, kind: &'static str, plain: impl Into<Bytes>) -> Asset {
    let plain = plain.into();
    let digest = HEXLOWER.encode(&sha256(&plain));
    let gzip = gzip(&plain);
    Asset { name: format!("{}-{name}", digest.get(..16).unwrap_or_default()), kind, plain, gzip }
}

/// Compresses what is served again and again. Writing to memory cannot fail; were it to, nothing comes of it, and the plain bytes
/// are served.
pub fn gzip(plain: &[u8]) -> Bytes {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(plain).and_then(|()| encoder.finish()).unwrap_or_default().into()
}

pub fn routes() -> Router<App> {
    Router::new().route("/assets/{name}", get(serve))
}

async fn serve(State(app): State<App>, Path(name): Path<String>, headers: HeaderMap) -> Result<Response, Error> {
    let asset = app.assets.all.iter().find(|asset| asset.name == name).ok_or(Error::NotFound)?;
    let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let zipped = !asset.gzip.is_empty() && accepted.contains("gzip");
    let body = if zipped { asset.gzip.clone() } else { asset.plain.clone() };
    let mut response = body.into_response();
    let mut set = |name: HeaderName, value: &'static str| {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    };
    set(header::CONTENT_TYPE, asset.kind);
    set(header::CACHE_CONTROL, "public, max-age=31536000, immutable");
    set(header::VARY, "accept-encoding");
    if zipped {
        set(header::CONTENT_ENCODING, "gzip");
    }
    Ok(response)
}
