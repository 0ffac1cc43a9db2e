//! `/api/v1/me/products`: the list, for a product's backend with its person's access token.

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use data_encoding::HEXLOWER;
use oidc::bearer::INVALID_TOKEN;
use store::Tx;

use super::list::{List, MenuWords, Reader, items};
use crate::app::App;
use crate::platform::hashes::sha256;
use crate::platform::i18n::UNSAID;
use crate::platform::web::Error;
use crate::portal;
use crate::provider::{self, Holder, Standing, Unanswered};

pub const PATH: &str = "/api/v1/me/products";
const SCOPE: &str = "products";

/// `GET /api/v1/me/products`
pub async fn products(State(app): State<App>, headers: HeaderMap) -> Result<Response, Unanswered> {
    let held = provider::presented_token(&app, &headers, None, ("GET", PATH)).await?;
    provider::require_scope(&held, SCOPE)?;
    let Holder::Person(standing) = &held.holder else {
        return Err(held.refused(INVALID_TOKEN));
    };
    let list = list(&app, standing).await?;
    let body =
        serde_json::to_vec(&list).map_err(|error| Error::Internal(format!("a menu cannot be written: {error}")))?;
    Ok(answer(&headers, body))
}

async fn list(app: &App, standing: &Standing) -> Result<List, Error> {
    let organization = &standing.organization;
    let openings = async |tx: &mut Tx| portal::openings(tx, &organization.id, &standing.account, None).await;
    let entries = app.db.read("switcher.list", openings).await?;
    let words = app.locales.words(standing.person.language.as_deref().unwrap_or(UNSAID));
    let public_url = app.public_url.as_str();
    let reader = Reader {
        public_url,
        words: &words,
        zone: &organization.time_zone,
        now: app.clock.now(),
        current: standing.client.product.as_ref(),
    };
    Ok(List {
        products: items(entries, &reader),
        portal_url: format!("{public_url}/"),
        account_url: format!("{public_url}/account"),
        sign_out_url: format!("{public_url}/oauth2/logout"),
        script: app.switcher.tag(public_url),
        words: MenuWords::of(&words),
    })
}

/// The list, unless the product has it as it is. It is one person's: nothing on the way may keep it, and the product asks again
/// each time it wants to be sure.
fn answer(headers: &HeaderMap, body: Vec<u8>) -> Response {
    let digest = HEXLOWER.encode(&sha256(&body));
    let tag = format!("\"{}\"", digest.get(..32).unwrap_or_default());
    let known = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    let known = known.flat_map(|line| line.split(',')).any(|known| known.trim().trim_start_matches("W/") == tag);
    let mut response = if known { StatusCode::NOT_MODIFIED.into_response() } else { body.into_response() };
    let mut set = |name: header::HeaderName, value: &'static str| {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    };
    set(header::CACHE_CONTROL, "private, no-cache");
    set(header::VARY, "authorization");
    if !known {
        set(header::CONTENT_TYPE, "application/json");
    }
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    response
}
