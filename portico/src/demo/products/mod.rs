//! The sample products: small relying parties of OpenID Connect, each on a port of its own.
//!
//! - They know nothing of the house they stand in. What they know of Portico they learn over HTTP, by a client library that
//!   somebody else wrote (`openidconnect`), so that each of them shows that others can do the same.
//! - Every page begins a sign-in by itself and is shown again when that is done. Nothing of theirs is in a database: a session is
//!   in the memory of this program. Access and refresh tokens never leave it; the ID token goes back to its issuer, by way of the
//!   browser, when its person signs out.
//! - The person is asked about again while they are here ([`member`]): what ends access or the session at Portico ends it here, at
//!   the next page if not before, by back-channel logout. Name, sites and roles are looked at again with each refresh.
//! - What is on their pages is made up ([`sheets`]).
//!
//! ```text
//! any page ──nobody──▶ Portico ──▶ /callback ──▶ that page
//!    │ somebody: the list for the menu, at most every few seconds; 401: refresh; refused: as nobody
//!    └─ /sign-out ──▶ Portico ──▶ /signed-out
//! Portico ──▶ /backchannel-logout
//! ```

mod back_channel;
mod issuer;
mod layers;
mod member;
mod menu;
mod pages;
mod sessions;
mod sheets;
mod sign_in;
mod sign_out;
#[cfg(test)]
mod tests;
mod trouble;

use std::sync::Arc;

use axum::Router;
use axum::http::HeaderMap;
use axum::routing::{get, post};

use self::issuer::Issuer;
use self::sessions::Sessions;
use super::data::{Product, secret_of};
use super::{Addresses, houses};
use crate::app::App;
use crate::platform::clock::Clock;
use crate::platform::entropy::Entropy;
use crate::platform::i18n::{Locales, Words};
use crate::platform::outgoing::Outgoing;

/// Where a product of ours answers its issuer, and where it is asked to begin a sign-in; what is registered for it says the same.
pub(super) const SIGN_IN: &str = "sign-in";
pub(super) const CALLBACK: &str = "callback";
pub(super) const SIGNED_OUT: &str = "signed-out";
pub(super) const BACK_CHANNEL: &str = "backchannel-logout";

/// One product, with everything it knows.
pub struct Stall {
    product: &'static Product,
    /// With a slash at the end.
    url: String,
    /// Of its cookie: ports share cookies.
    cookie: String,
    issuer: Issuer,
    sessions: Sessions,
    clock: Clock,
    entropy: Entropy,
    locales: Locales,
}

type Here = Arc<Stall>;

impl Stall {
    /// # Errors
    /// When this machine has no certificates to judge others by.
    pub fn new(app: &App, product: &'static Product, addresses: &Addresses) -> Result<Stall, rustls::Error> {
        let url = addresses.product_url(product);
        let issuer = Issuer::new(issuer::Registration {
            issuer: app.public_url.clone(),
            client: product.slug,
            secret: secret_of(&app.keys, product),
            home: url.clone(),
            way: Outgoing::new(&app.public_url)?,
            clock: app.clock.clone(),
        });
        Ok(Stall {
            product,
            cookie: format!("{}-{}", product.slug, addresses.product(product).port()),
            url,
            issuer,
            sessions: Sessions::default(),
            clock: app.clock.clone(),
            entropy: app.entropy.clone(),
            locales: app.locales.clone(),
        })
    }

    fn words(&self) -> Words {
        houses::words(&self.locales)
    }

    /// The session's secret, if the browser has shown one; a cookie that comes twice is none.
    fn cookie_of(&self, headers: &HeaderMap) -> Option<String> {
        houses::cookie_of(headers, &self.cookie)
    }
}

/// Everything of one product.
pub fn router(stall: Stall) -> Router {
    let pages = Router::new()
        .route("/", get(pages::front))
        .route("/{kind}/{name}", get(pages::deep))
        .route("/old", get(pages::old))
        .route(&format!("/{SIGN_IN}"), get(sign_in::asked))
        .route(&format!("/{CALLBACK}"), get(sign_in::callback))
        .route("/sign-out", post(sign_out::sign_out))
        .route(&format!("/{SIGNED_OUT}"), get(sign_out::signed_out))
        .route("/product.css", get(layers::stylesheet))
        .route("/icon.svg", get(layers::icon));
    let for_programs = Router::new().route(&format!("/{BACK_CHANNEL}"), post(back_channel::receive));
    layers::wrap(pages, for_programs, Arc::new(stall))
}
