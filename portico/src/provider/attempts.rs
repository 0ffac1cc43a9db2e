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
    pair: Pair,
    known: bool,
}

/// A client id, and what limits count an address by.
pub type Pair = (IpAddr, String);

impl<'a> Attempt<'a> {
    /// # Errors
    /// [`Error::TooMany`], whatever would be shown.
    pub async fn begin(app: &'a App, from: IpAddr, presented: &Presented) -> Result<Attempt<'a>, Error> {
        let pair = (address::subscriber(from), presented.client_id().to_owned());
        let known = app.provider.shown.get(&pair).is_some();
        let attempt = Attempt { app, pair, known };
        if known {
            return Ok(attempt);
        }
        let (key, Limits { failures, window, .. }) = (attempt.key_of_address(), app.limits);
        let peek = async |tx: &mut Tx| limits::peek(tx, &key, window, failures).await;
        within(app.db.read("provider.failures", peek).await?)?;
        // Who has nothing to show can guess nothing.
        if !matches!(presented, Presented::Public { .. }) {
            within(attempt.count(TRIES).await?)?;
        }
        Ok(attempt)
    }

    fn key_of_address(&self) -> String {
        self.app.limit_key("clients", &address::prefix(self.pair.0))
    }

    async fn count(&self, most: i64) -> Result<Within, store::Error> {
        let (address, id) = &self.pair;
        let key = self.app.limit_key("client", &format!("{}/{id}", address::prefix(*address)));
        limits::count_alone(&self.app.db, self.app.clock.now(), &key, self.app.limits.window, most).await
    }

    pub fn succeeded(self) {
        self.app.provider.shown.put(self.pair, Instant::now(), ());
    }

    /// # Errors
    /// When the database says no: then the failure is not told either.
    pub async fn failed(self) -> Result<(), store::Error> {
        metrics::counter!("portico_client_authentication_failures_total").increment(1);
        let (key, Limits { failures, window, .. }) = (self.key_of_address(), self.app.limits);
        limits::count_alone(&self.app.db, self.app.clock.now(), &key, window, failures).await?;
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
