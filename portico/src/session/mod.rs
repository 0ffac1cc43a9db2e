//! Sessions: they exist only once nothing is missing, and are checked on the server at every request.
//!
//! - Born by `sign_in::finish` alone ([`bear`]), in the transaction that closed the sign-in.
//! - Alive while: not ended, not idle too long, not too old, the account not disabled, and the credentials still of the
//!   epoch it was born under. Ending is therefore immediate on every node.
//! - The cookie's value is derived from the sign-in and the browser's secret, so that an answer lost on its way can be
//!   given again to the same browser; only its SHA-256 is stored.
//! - What ends a session ends what products were given in it, and tells them, in the same transaction; see `provider`.
//! - What could open an account to somebody else wants a proof of the last five minutes: [`RecentlyVerified`] in a handler's
//!   signature. Whoever has an older one signs in once more, at their organization too, and comes back.
//! - A *recognized browser* is one where an account has signed in fully (or finished a mailed reset); strangers' failures
//!   don't lock it (security.md C3).

mod browser_name;
mod queries;
mod recently_verified;
mod signed_in;
mod signed_out;

pub use browser_name::{browser_name, known_browser};
pub use queries::{
    Birth, SessionLine, bear, end_all, end_all_but, end_by_secret, end_of_organization, end_one, forget_browsers,
    go_on_alone, is_newborn, list_of, purge, purge_devices, recognize, recognized, replace,
};
pub use recently_verified::{RecentlyVerified, is_recent, name_to_prove};
pub use signed_in::SignedIn;
pub use signed_out::{SIGNED_OUT, sign_out_from_page, sign_out_to};

use axum::Router;
use axum::routing::{get, post};
use data_encoding::BASE64URL_NOPAD;

use crate::app::App;
use crate::platform::hashes::sha256;
use crate::platform::ids::SignInId;
use crate::platform::keys::Keys;
use crate::platform::web::Browser;

pub fn routes() -> Router<App> {
    Router::new().route("/sign-out", post(signed_out::sign_out)).route(SIGNED_OUT, get(signed_out::page))
}

/// The session cookie's value: 256 bits nobody can compute without the server's key *and* the browser's secret.
pub fn secret(keys: &Keys, sign_in: &SignInId, browser: &Browser) -> String {
    BASE64URL_NOPAD.encode(&keys.mac("session", format!("{sign_in}/{}", browser.secret).as_bytes()))
}

pub fn hash_of(secret: &str) -> [u8; 32] {
    sha256(secret.as_bytes())
}
