//! `/switcher.js`: the same for everybody, and readable by pages of other sites, which is what it is for.
//!
//! Two addresses: `/switcher.js` is the newest, asked for again after an hour; the one that carries its hash never changes, so that
//! a product can pin it with `integrity`.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use data_encoding::{BASE64, HEXLOWER};

use super::list::ScriptTag;
use crate::app::App;
use crate::platform::hashes::sha256;
use crate::platform::web::{Error, gzip};

const SOURCE: &[u8] = include_bytes!("switcher.js");
const NEWEST: &str = "public, max-age=3600";
const PINNED: &str = "public, max-age=31536000, immutable";

/// The script, hashed and compressed once.
pub struct Script {
    /// The last part of its own address.
    version: String,
    integrity: String,
    gzip: Bytes,
}

impl Default for Script {
    fn default() -> Script {
        let digest = sha256(SOURCE);
        let hex = HEXLOWER.encode(&digest);
        Script {
            version: format!("{}.js", hex.get(..16).unwrap_or_default()),
            integrity: format!("sha256-{}", BASE64.encode(&digest)),
            gzip: gzip(SOURCE),
        }
    }
}

impl Script {
    pub fn tag(&self, public_url: &str) -> ScriptTag {
        ScriptTag { url: format!("{public_url}/switcher/{}", self.version), integrity: self.integrity.clone() }
    }
}

/// `GET /switcher.js`
pub async fn newest(State(app): State<App>, headers: HeaderMap) -> Response {
    serve(&app.switcher, &headers, NEWEST)
}

/// `GET /switcher/{version}`
pub async fn pinned(
    State(app): State<App>,
    Path(version): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    match version == app.switcher.version {
        true => Ok(serve(&app.switcher, &headers, PINNED)),
        false => Err(Error::NotFound),
    }
}

fn serve(script: &Script, headers: &HeaderMap, kept: &'static str) -> Response {
    let asked = |name: header::HeaderName| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    // Weak: compressed or not, it is the same script.
    let tag = format!("W/\"{}\"", script.version);
    let known = asked(header::IF_NONE_MATCH).contains(&tag);
    let zipped = !script.gzip.is_empty() && asked(header::ACCEPT_ENCODING).contains("gzip");
    let mut response = match (known, zipped) {
        (true, _) => StatusCode::NOT_MODIFIED.into_response(),
        (false, true) => script.gzip.clone().into_response(),
        (false, false) => Bytes::from_static(SOURCE).into_response(),
    };
    let headers = response.headers_mut();
    let mut set = |name: header::HeaderName, value: &'static str| headers.insert(name, HeaderValue::from_static(value));
    set(header::CONTENT_TYPE, "text/javascript; charset=utf-8");
    set(header::CACHE_CONTROL, kept);
    set(header::VARY, "accept-encoding");
    // Pages of any site load it, and with `integrity` a browser wants to read it.
    set(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*");
    set(header::HeaderName::from_static("cross-origin-resource-policy"), "cross-origin");
    if zipped && !known {
        set(header::CONTENT_ENCODING, "gzip");
    }
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        headers.insert(header::ETAG, tag);
    }
    response
}
