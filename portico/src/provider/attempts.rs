//! How often a program may fail to show who it is (ASVS 2.4.1, 6.3.1).
//!
//! - What is counted is a client id at an address, whether there is such a client or not. From elsewhere the client gets in
//!   all the same: strangers must not be able to keep a product out.
//! - Whoever has not shown it here for a while is counted before anything is verified. Whoever has is verified at once, and
//!   counted when it fails, before that is told: products fetch thousands of tokens a second, and none of these may cost a write.
//! - An address that fails under many ids is refused altogether, which bounds the rows there can be.

use std::net::IpAddr;
use std::time::{Duration, Instant};

use oidc::client_auth::Presented;
use store::Tx;

use crate::app::{App, Limits};
use crate::platform::limits::{self, Within};
use crate::platform::web::{Error, address};

/// Tries of one client id at one address in a window of the configuration. A product that knows its secret needs one for each
/// node.
const TRIES: i64 = 100;
/// For how long a node remembers who has shown it from where.
pub const REMEMBERED: Duration = Duration::from_secs(600);

/// A try that may be made.
pub struct Attempt<'a> {
    app: &'a App,
    /// The client id at this address.
    pair: String,
    address: String,
    known: bool,
}

impl<'a> Attempt<'a> {
    /// # Errors
    /// [`Error::TooMany`], whatever would be shown.
    pub async fn begin(app: &'a App, from: IpAddr, presented: &Presented) -> Result<Attempt<'a>, Error> {
        let prefix = address::prefix(from);
        let pair = app.limit_key("client", &format!("{prefix}/{}", presented.client_id()));
        let known = app.provider.shown.get(&pair).is_some();
        let attempt = Attempt { app, pair, address: app.limit_key("clients", &prefix), known };
        if known {
            return Ok(attempt);
        }
        let Limits { failures, window, .. } = app.limits;
        let peek = async |tx: &mut Tx| limits::peek(tx, &attempt.address, window, failures).await;
        within(app.db.read("provider.failures", peek).await?)?;
        // Who has nothing to show can guess nothing.
        if !matches!(presented, Presented::Public { .. }) {
            within(attempt.count(TRIES).await?)?;
        }
        Ok(attempt)
    }

    async fn count(&self, most: i64) -> Result<Within, store::Error> {
        let window = self.app.limits.window;
        limits::count_alone(&self.app.db, self.app.clock.now(), &self.pair, window, most).await
    }

    pub fn succeeded(self) {
        self.app.provider.shown.put(self.pair, Instant::now(), ());
    }

    /// # Errors
    /// When the database says no: then the failure is not told either.
    pub async fn failed(self) -> Result<(), store::Error> {
        metrics::counter!("portico_client_authentication_failures_total").increment(1);
        let Limits { failures, window, .. } = self.app.limits;
        limits::count_alone(&self.app.db, self.app.clock.now(), &self.address, window, failures).await?;
        // Behind one address there may be a product, and somebody who guesses at it.
        if self.known && !self.count(TRIES).await?.is_within() {
            self.app.provider.shown.forget(&self.pair);
        }
        Ok(())
    }
}

fn within(counted: Within) -> Result<(), Error> {
    match counted {
        Within::Limit => Ok(()),
        Within::Exceeded { retry_after } => Err(Error::TooMany { retry_after }),
    }
}
