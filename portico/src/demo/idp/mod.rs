//! The sample identity provider: where Lakeshore Hospital's people sign in, in a house of its own.
//!
//! - A small OpenID Provider, and a strict one: the code flow with PKCE, `client_secret_basic`, codes that work once, `iss` in
//!   its answers (RFC 9207), sign-out asked for by the client and told to it. Messages and signatures are those of `crates/oidc`;
//!   what is judged of its answers is Portico's own.
//! - It knows one client and of it what was agreed ([`Agreement`]), and learns nothing else of the house beside it. All it keeps is
//!   in memory: gone when the demo is. Its people have the same names there every time.
//! - It looks like another house, because it is one: a visitor should see where Portico ends.
//! - At its incident desk a visitor makes it misbehave ([`mood`]), which is how the pages about that are met.
//!
//! ```text
//! /authorize ──nobody, or not fresh──▶ the entrance ──/sign-in──▶ back, with a code
//!    ├─ somebody who fits ──▶ back, with a code
//!    └─ prompt=none, or no ──▶ back, with a refusal          not the client's own address: a page here
//! /token, /userinfo, /jwks, /.well-known/openid-configuration: for programs
//! /logout ──names this session──▶ back    └─ otherwise asks ──/sign-out──▶ a page here, or back
//! a session that ends ──▶ the client's back channel
//! /  the incident desk
//! ```

mod agreement;
mod authorize;
mod back_channel;
mod desk;
mod discovery;
mod grants;
mod layers;
mod mood;
mod rules;
mod sessions;
mod sign_in;
mod sign_out;
mod staff;
#[cfg(test)]
mod tests;
mod token;
mod trouble;

use std::sync::Arc;

use axum::Router;
use axum::http::HeaderMap;
use axum::routing::{get, post};
use oidc::client::{AuthMethod, GrantType, Profile};
use oidc::jose::{Algorithm, SigningKey};
use oidc::redirect::RedirectUri;
use oidc::{Client, Scope};

pub use self::agreement::{Agreement, CONNECTION};
use self::grants::Grants;
use self::mood::{Mood, Moods};
pub use self::rules::BADGE as SECOND_FACTOR;
use self::sessions::{Session, Sessions};
pub use self::staff::STAFF;
use super::houses;
use crate::platform::clock::{Clock, Time};
use crate::platform::entropy::{Entropy, Secret};
use crate::platform::i18n::{Locales, Words};
use crate::platform::outgoing::Outgoing;

/// What the client may ask for.
const SCOPES: [&str; 4] = ["openid", "profile", "email", "groups"];

/// What it is built from.
pub struct Ground {
    pub clock: Clock,
    pub entropy: Entropy,
    pub locales: Locales,
    pub way: Outgoing,
}

pub struct Idp {
    ground: Ground,
    agreement: Agreement,
    client: Client,
    /// Its name.
    cookie: String,
    key: SigningKey,
    /// Published nowhere.
    unknown_key: SigningKey,
    moods: Moods,
    sessions: Sessions,
    grants: Grants,
}

type Here = Arc<Idp>;

impl Idp {
    /// # Errors
    /// When the agreement names addresses that are none, or there is no randomness for a key.
    pub fn open(ground: Ground, agreement: Agreement) -> anyhow::Result<Idp> {
        let key = || {
            let fresh = SigningKey::generate(Algorithm::Es256)?;
            SigningKey::from_pkcs8(Algorithm::Es256, &fresh)
        };
        // Ports share cookies.
        let port = agreement.issuer.rsplit_once(':').map_or("", |(_, port)| port);
        Ok(Idp {
            client: Client {
                id: agreement.client.clone(),
                profile: Profile::Default,
                auth: AuthMethod::Secret,
                native: false,
                redirect_uris: vec![RedirectUri::register(&agreement.redirect_uri, false)?],
                post_logout_redirect_uris: vec![RedirectUri::register(&agreement.post_logout_redirect_uri, false)?],
                grants: vec![GrantType::AuthorizationCode],
                scope: Scope::of(&SCOPES),
                pkce_pinned: true,
                id_token_algorithm: Algorithm::Es256,
            },
            cookie: format!("lakeshore-{port}"),
            key: key()?,
            unknown_key: key()?,
            moods: Moods::default(),
            sessions: Sessions::default(),
            grants: Grants::default(),
            ground,
            agreement,
        })
    }

    fn issuer(&self) -> &str {
        &self.agreement.issuer
    }

    fn words(&self) -> Words {
        houses::words(&self.ground.locales)
    }

    fn now(&self) -> Time {
        self.ground.clock.now()
    }

    /// What its own clock says, which goes into tokens: seconds, and not always the right ones.
    fn stamp(&self) -> i64 {
        self.now().seconds().saturating_add(self.moods.now().clock_is_off_by())
    }

    /// What it signs with just now.
    fn signing_key(&self) -> &SigningKey {
        if self.moods.now() == Mood::UnknownKey { &self.unknown_key } else { &self.key }
    }

    fn token(&self) -> Secret {
        self.ground.entropy.token()
    }

    /// The browser's cookie, and who is signed in with it.
    fn seen(&self, headers: &HeaderMap) -> (Option<String>, Option<Session>) {
        let cookie = houses::cookie_of(headers, &self.cookie);
        let session = cookie.as_deref().and_then(|cookie| self.sessions.of(cookie, self.now()));
        (cookie, session)
    }
}

/// Everything of this house.
pub fn router(idp: Idp) -> Router {
    let pages = Router::new()
        .route("/", get(desk::show))
        .route("/mood", post(desk::set))
        .route("/sign-in", post(sign_in::sign_in))
        .route("/sign-out", post(sign_out::sign_out))
        .route("/signed-out", get(sign_out::signed_out))
        .route("/lakeshore.css", get(layers::stylesheet))
        .route("/waves.svg", get(layers::waves))
        .route("/icon.svg", get(layers::icon));
    // Other houses' pages lead here by GET or by a form (OpenID Connect Core 3.1.2.1, RP-Initiated Logout 2).
    let led_to = Router::new()
        .route("/authorize", get(authorize::begin).post(authorize::posted))
        .route("/logout", get(sign_out::asked).post(sign_out::posted));
    let for_programs = Router::new()
        .route("/.well-known/openid-configuration", get(discovery::document))
        .route("/jwks", get(discovery::keys))
        .route("/token", post(token::redeem))
        .route("/userinfo", get(token::person).post(token::person));
    layers::wrap(pages, led_to, for_programs, Arc::new(idp))
}
