//! The networks an account has signed in from: which of them is new.
//!
//! - A network is the /24 of an IPv4 address or the /48 of an IPv6 address, kept as a keyed hash of account and network: the rows tell
//!   nobody where somebody is, and no two accounts share one.
//! - A sign-in reads it together with the browser it comes from, in one statement, and writes only where the network is new or was not seen
//!   today.
//! - Known for half a year, as browsers are, the last hundred of an account, and forgotten together with its browsers.

mod queries;

pub use queries::{forget, purge};

use std::net::IpAddr;
use std::time::Duration;

use store::{Error, Tx};

use crate::app::App;
use crate::platform::clock::Time;
use crate::platform::ids::AccountId;
use crate::platform::web::{BROWSER_COOKIE_LIVES, address};

/// A network that was seen within this is not written down again.
const SEEN_AGAIN: Duration = Duration::from_secs(24 * 3_600);
/// How many networks of an account are kept.
pub const MOST: i64 = 100;

/// For how long a network is known: as long as a browser.
pub const LIVES: Duration = BROWSER_COOKIE_LIVES;

/// A network, as an account's rows know it.
pub fn hash_of(app: &App, account: &AccountId, from: IpAddr) -> [u8; 32] {
    app.keys.mac("networks", format!("{account}/{}", address::network(from)).as_bytes())
}

/// The account has signed in from there, which it did last at `seen_at`, if ever.
///
/// # Errors
/// When the database says no.
pub async fn seen(tx: &mut Tx, account: &AccountId, network: &[u8; 32], seen_at: Option<Time>) -> Result<(), Error> {
    let now = Time(tx.now());
    if seen_at.is_some_and(|at| at <= now && now < at + SEEN_AGAIN) {
        return Ok(());
    }
    queries::remember(tx, account, network).await?;
    match seen_at {
        Some(_) => Ok(()),
        None => queries::keep_newest(tx, account, MOST).await,
    }
}
