//! Who does a job that one node does at a time.

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
        let now = tx.now();
        let until = now.saturating_add(micros(self.length));
        let taken = tx
            .execute(
                "INSERT INTO leases (name, holder, leased_until) VALUES ($1, $2, $3)
                 ON CONFLICT (name) DO UPDATE
                 SET holder = excluded.holder, leased_until = excluded.leased_until
                 WHERE leases.holder = excluded.holder OR leases.leased_until <= $4",
                &[&self.name, &self.holder, &until, &now],
            )
            .await?;
        Ok(taken == 1)
    }

    /// Gives the lease back, so that another node need not wait for its end.
    ///
    /// # Errors
    /// When the database says no.
    pub async fn release(&self, tx: &mut Tx) -> Result<(), Error> {
        tx.execute("DELETE FROM leases WHERE name = $1 AND holder = $2", &[&self.name, &self.holder]).await.map(drop)
    }
}
