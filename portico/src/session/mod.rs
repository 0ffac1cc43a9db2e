//! Sessions: they exist only once nothing is missing, and are checked on the server at every request.
//!
//! - Born by `sign_in::finish` alone ([`bear`]), in the transaction that closed the sign-in.
//! - Alive while: not ended, not idle too long, not too old, the account not disabled, and the credentials still of the
//!   epoch it was born under. Ending is therefore immediate on every node, and so is a limit that the organization makes shorter
//!   ([`Life`]).
//! - An account has as many as its organization allows, and the browser it came in with one: [`settle`] ends the others in the
//!   transaction that bears one.
//! - The cookie's value is derived from the sign-in and the browser's secret, so that an answer lost on its way can be
//!   given again to the same browser; only its SHA-256 is stored.
//! - Whoever changes a credential of their own goes on in the session they did it in, which gets another secret; every other one
//!   ends ([`renew`]).
//! - What ends a session ends what products were given in it, and tells them, in the same transaction; see `provider`.
//! - What could open an account to somebody else wants a proof of the last five minutes: [`RecentlyVerified`] in a handler's
//!   signature. Whoever has an older one signs in once more, at their organization too, and comes back.
//! - A page says, sealed, for whom it was shown, and so does every form of it that does something: one that somebody else's page sends
//!   does nothing ([`OwnForm`]).
//! - A *recognized browser* is one where an account has signed in fully (or finished a mailed reset); strangers' failures
//!   don't lock it (security.md C3). With it the network is kept that it is in ([`recognize`] says what of both is new).

mod browser_name;
mod browsers;
mod networks;
mod own;
mod queries;
mod recently_verified;
mod renew;
mod room;
mod rules;
mod shown_for;
mod signed_in;
mod signed_out;
#[cfg(test)]
mod tests;

pub use browser_name::{browser_name, known_browser};
pub use browsers::{forget_browsers, purge_devices, recognize, recognized};
pub use networks::{LIVES as NETWORK_KNOWN_FOR, MOST as NETWORKS_KNOWN, purge as purge_networks};
pub use queries::{
    Birth, SessionLine, bear, end_all, end_all_but, end_of_everybody, end_of_organization, end_one, go_on_alone,
    is_newborn, list_of, purge, replace,
};
pub use recently_verified::{RecentlyVerified, is_recent, name_to_prove};
pub use renew::{Renewed, lives_on, renew};
pub use room::settle;
pub use rules::Life;
pub use shown_for::{OwnForm, Pressed, STALE, stale};
pub use signed_in::SignedIn;
pub use signed_out::{SIGNED_OUT, run_out, sign_out_from_page, sign_out_to};

use axum::Router;
use axum::routing::{get, post};
use data_encoding::BASE64URL_NOPAD;

use crate::app::App;
use crate::platform::hashes::sha256;
use crate::platform::ids::SignInId;
use crate::platform::keys::Keys;
use crate::platform::web::Browser;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/sign-out", post(signed_out::sign_out))
        .route(SIGNED_OUT, get(signed_out::page))
        .merge(own::routes())
}

/// The session cookie's value: 256 bits nobody can compute without the server's key *and* the browser's secret.
pub fn secret(keys: &Keys, sign_in: &SignInId, browser: &Browser) -> String {
    BASE64URL_NOPAD.encode(&keys.mac("session", format!("{sign_in}/{}", browser.secret).as_bytes()))
}

pub fn hash_of(secret: &str) -> [u8; 32] {
    sha256(secret.as_bytes())
}
