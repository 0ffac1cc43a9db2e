//! The OpenID Provider: products ask here who somebody is.
//!
//! - The messages and their checks are `crates/oidc`, which knows nothing of this house; here they meet its facts.
//! - First-party products ask nothing of the person; a product somebody may not open is refused with who can help.
//! - What is handed out stands on a *grant*, and a grant stands on facts that are asked every time: the session's end, the
//!   credentials, the account, the access (see [`grants`]). Revoking is therefore immediate, but for what a node has in memory,
//!   which is at most [`FRESH`] old.
//! - A refusal goes to a client only at an address that the client has registered; everything else is told on our own page.
//! - Programs are answered in JSON, people in pages.
//!
//! ```text
//! /.well-known/openid-configuration, /oauth2/jwks     what we say of ourselves
//! /oauth2/authorize, /oauth2/authorize/{id}           the person's browser   (authorize)
//! /oauth2/par                                         before it              (authorize::pushed)
//! /oauth2/token                                       the product's backend  (token)
//! /oauth2/userinfo, /oauth2/introspect, /oauth2/revoke
//! /oauth2/logout                                      back out; back-channel (back_channel) for everybody else
//! ```
//!
//! For others: [`NewClient`] with [`put_client`] and [`add_client_secret`] register a client; [`presented_token`] and
//! [`require_scope`] judge an access token at a resource of ours; [`access_ends`] is to be told when an account's access to
//! a product ends, [`given_ends`] when everybody's does; [`reach`] tells a person which clients know them and by whose word,
//! [`withdraw_consent`] takes back what they have allowed, [`leave`] signs them out of one client.

mod answers;
mod attempts;
mod authorize;
mod back_channel;
pub mod bearers;
mod caller;
mod claims;
pub mod clients;
mod cors;
mod discovery;
mod form;
mod grants;
mod introspect;
pub mod keys;
mod logout;
mod reach;
mod revoke;
mod token;
mod tokens;
mod userinfo;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;

use axum::Router;
use axum::middleware::from_fn;
use axum::routing::{get, post};
use bytes::Bytes;
use oidc::jose::SigningKey;
use store::Tx;

pub use answers::{Unanswered, json};
pub use authorize::{Wishes, leave, wishes, withdraw_consent};
pub use back_channel::{Undelivered, run as run_notices, turn as send_notices, undelivered};
pub use bearers::{Held, Holder, presented as presented_token, require as require_scope};
pub use clients::{
    Listed as ListedClient, ListedSecret, NewClient, ORGANIZATION_SCOPE, SCOPES, SubjectType,
    add_secret as add_client_secret, all as all_clients, disable as disable_client, enable as enable_client,
    end_secrets as end_client_secrets, ended as client_ended, ending as ending_clients,
    generate_secret as generate_client_secret, has_secret as has_client_secret, is_ending as is_client_ending,
    of_product as clients_of, organizations_of as organizations_of_client, put as put_client,
    revoke_secret as revoke_client_secret,
};
pub use grants::{
    RanOut, Standing, access_ends, everybodys_sessions_end, given_ends, organizations_sessions_end, session_continues,
    session_ends, session_goes_on, session_ran_out, sessions_end, use_proof_once,
};
pub use keys::{
    ALGORITHMS as SIGNING_ALGORITHMS, Listed as ListedKey, Rotated, list as list_keys, rotate as rotate_keys,
    run as run_keys,
};
pub use reach::{Reach, Word, client_name, reach, reach_of};

use crate::app::App;
use crate::platform::clock::Time;
use crate::platform::fresh::Fresh;
use crate::platform::ids::GrantId;
use crate::platform::outgoing::Outgoing;

/// How long a node believes what it has read: half of the second in which a revocation has to hold everywhere.
pub const FRESH: Duration = Duration::from_millis(500);
// A standing holds its client, which may have been half of it old when that was read.
const _: () = assert!(FRESH.as_millis() * 2 <= 1_000);
const MOST_CLIENTS: usize = 10_000;
const MOST_GRANTS: usize = 50_000;

/// What a node has in memory of clients, keys and grants, and its way out to products.
pub struct Provider {
    clients: Fresh<String, Arc<clients::Registered>>,
    standings: Fresh<GrantId, Arc<grants::Standing>>,
    revoked: Fresh<[u8; 32], bool>,
    /// Which clients have shown who they are, from where; see [`attempts`].
    shown: Fresh<attempts::Pair, ()>,
    ring: Fresh<(), Arc<keys::Ring>>,
    /// Signing keys that were opened and parsed, by their id.
    parsed: Mutex<HashMap<String, Arc<SigningKey>>>,
    jwks: Fresh<(), Bytes>,
    configuration: OnceLock<Bytes>,
    outgoing: Outgoing,
}

impl Provider {
    /// `freshness`: [`FRESH`], or zero for a node that reads everything every time.
    pub fn new(freshness: Duration, outgoing: Outgoing) -> Provider {
        Provider {
            clients: Fresh::new(freshness, MOST_CLIENTS),
            standings: Fresh::new(freshness, MOST_GRANTS),
            revoked: Fresh::new(freshness, MOST_GRANTS),
            shown: Fresh::new(if freshness.is_zero() { freshness } else { attempts::REMEMBERED }, MOST_CLIENTS),
            ring: Fresh::new(freshness, 1),
            parsed: Mutex::default(),
            jwks: Fresh::new(freshness, 1),
            configuration: OnceLock::new(),
            outgoing,
        }
    }
}

/// Pages of ours, whose forms come from ours.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/oauth2/authorize/{id}", get(authorize::resume))
        .route("/oauth2/authorize/{id}/consent", post(authorize::decide))
        .route("/oauth2/authorize/{id}/ask", post(authorize::ask))
        .route("/oauth2/logout/confirm", post(logout::confirm))
}

/// What other sites' pages and programs may post to: they carry no cookie of ours, or change nothing by themselves.
pub fn open_routes() -> Router<App> {
    let readable = Router::new()
        .route("/.well-known/openid-configuration", get(discovery::configuration).options(nothing))
        .route("/.well-known/oauth-authorization-server", get(discovery::configuration).options(nothing))
        .route("/oauth2/jwks", get(discovery::jwks).options(nothing))
        .route("/oauth2/token", post(token::token).options(nothing))
        .route("/oauth2/userinfo", get(userinfo::get).post(userinfo::post).options(nothing))
        .layer(from_fn(cors::layer));
    Router::new()
        .route("/oauth2/authorize", get(authorize::get).post(authorize::post))
        .route("/oauth2/logout", get(logout::get).post(logout::post))
        .route("/oauth2/par", post(authorize::push))
        .route("/oauth2/introspect", post(introspect::introspect))
        .route("/oauth2/revoke", post(revoke::revoke))
        .merge(readable)
}

/// The layer answers before it comes here.
async fn nothing() {}

/// Forgets what is past its time; the numbers of rows.
///
/// # Errors
/// When the database says no.
pub async fn purge(app: &App, now: Time) -> Result<[u64; 4], store::Error> {
    let db = &app.db;
    let day = Duration::from_secs(24 * 3_600);
    Ok([
        db.write("forget.requests", async |tx: &mut Tx| authorize::purge(tx, now - day).await).await?,
        db.write("forget.grants", async |tx: &mut Tx| grants::purge(tx, now - day * 7).await).await?,
        db.write("forget.proofs", async |tx: &mut Tx| grants::purge_proofs(tx, now - day).await).await?,
        db.write("forget.notices", async |tx: &mut Tx| back_channel::purge(tx, now - day * 30).await).await?,
    ])
}
