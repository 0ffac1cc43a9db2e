//! Recognized browsers: those in which an account has signed in fully, or finished a mailed reset (security.md C3). They have tries of
//! their own, so that strangers' failures do not lock their owner out.
//!
//! - A browser is recognized under the credentials of one epoch. Changed credentials take its tries away; that it was an old acquaintance
//!   is forgotten only by [`forget_browsers`], or by its owner, one at a time.
//! - It is known in it which session the account has there: the next sign-in replaces that one, even where the window was closed and the
//!   cookie is gone. Or everybody's list would be full of sessions that nobody can use, and a limit of them would end those in use.

mod queries;

use store::{Error, Tx};

pub use queries::{KnownBrowser, forget_browsers, forget_one, known_without_session, purge_devices, recognized};

use self::queries::{Device, Found};
use super::networks;
use super::queries::Unended;
use crate::audit::{self, Event};
use crate::notices::{Acquaintance, Circumstances};
use crate::people::{self, Account};
use crate::platform::ids::{DeviceId, SessionId};
use crate::platform::web::Visit;

/// Makes this browser one the account is known in, under the credentials of `epoch`, and for as long again if it was one, and the network
/// it is in one it is known from. Answers how well both were known before, and what has failed: an old acquaintance stays one when
/// credentials change, until [`forget_browsers`].
pub async fn recognize(
    tx: &mut Tx,
    visit: &Visit,
    browser: &[u8; 32],
    account: &Account,
    epoch: i64,
) -> Result<Circumstances, Error> {
    note(tx, visit, Device { browser, account, epoch, session: None }).await.map(|(circumstances, _)| circumstances)
}

/// The same where a session of this account has just begun; and the one it has had there, if any.
pub async fn recognize_with_session(
    tx: &mut Tx,
    visit: &Visit,
    browser: &[u8; 32],
    account: &Account,
    session: &SessionId,
) -> Result<(Circumstances, Option<Unended>), Error> {
    note(tx, visit, Device { browser, account, epoch: account.credentials_epoch, session: Some(session) }).await
}

async fn note(tx: &mut Tx, visit: &Visit, device: Device<'_>) -> Result<(Circumstances, Option<Unended>), Error> {
    let (account, entropy) = (device.account, &visit.app.entropy);
    let network = networks::hash_of(&visit.app, &account.id, visit.address);
    let Found { known, network_seen_at, any_network, failures } =
        queries::found(tx, device.browser, &account.id, &network).await?;
    let before = Acquaintance::of(known.is_some(), account.first_browser_at.is_some());
    if before == Acquaintance::First {
        people::set_first_browser(tx, &account.id).await?;
    }
    // Since the credentials changed it had no tries of its own; from now on it has.
    if known.as_ref().is_none_or(|known| known.epoch != device.epoch) {
        audit::record(tx, entropy, audit::Entry::of(Event::DeviceRecognized, account).from(visit)).await?;
    }
    queries::put(tx, &DeviceId::generate(entropy), &device, visit).await?;
    networks::seen(tx, &account.id, &network, network_seen_at).await?;
    let network = Acquaintance::of(network_seen_at.is_some(), any_network);
    Ok((Circumstances { browser: before, network, failures }, known.and_then(|known| known.session)))
}
