//! Who does a job that one node does at a time.

use super::queries;
use std::time::Duration;

use store::{Error, Tx};

use crate::platform::clock::micros;
use crate::platform::entropy::Entropy;

/// A named right that one holder has until it ends or is not renewed.
#[derive(Clone, Debug)]
pub struct Lease {
    name: &'static str,
    holder: String,
    length: Duration,
}

impl Lease {
    /// A candidate for `name`. Each call is a holder of its own, also within one node.
    pub fn new(name: &'static str, length: Duration, entropy: &Entropy) -> Lease {
        Lease { name, holder: entropy.id(), length }
    }

    /// Takes or renews the lease; false while somebody else has it.
    ///
    /// Called in the transaction that does the work, it is a fence as well: the work commits only together with the
    /// proof that the lease was this holder's.
    ///
    /// # Errors
    /// When the database says no.
    pub async fn take(&self, tx: &mut Tx) -> Result<bool, Error> {
        let until = tx.now().saturating_add(micros(self.length));
        queries::take(tx, self.name, &self.holder, until).await
    }

    /// Gives the lease back, so that another node need not wait for its end.
    ///
    /// # Errors
    /// When the database says no.
    pub async fn release(&self, tx: &mut Tx) -> Result<(), Error> {
        queries::release(tx, self.name, &self.holder).await
    }
}
