//! The job that numbers committed rows and chains them.

use std::time::Duration;

use store::{Db, Error, Tx};

use super::chain::{self, Head};
use super::queries;
use crate::platform::entropy::Entropy;
use crate::platform::jobs::{self, Lease, Shutdown, Turn};
use crate::platform::keys::Keys;

const BATCH: i64 = 200;
const PERIOD: Duration = Duration::from_secs(1);
const LEASE: Duration = Duration::from_secs(10);

/// One per node; one of them at a time has the lease.
#[derive(Clone)]
pub struct Sealer {
    db: Db,
    keys: Keys,
    lease: Lease,
}

impl Sealer {
    pub fn new(db: Db, keys: Keys, entropy: &Entropy) -> Sealer {
        Sealer { db, keys, lease: Lease::new("audit", LEASE, entropy) }
    }

    pub async fn run(self, shutdown: Shutdown) {
        jobs::every("audit.seal", PERIOD, shutdown, || self.turn()).await;
    }

    /// Seals a batch, if there is anything to seal and no other node has the lease.
    ///
    /// # Errors
    /// When the database says no; the rows wait for the next turn.
    pub async fn turn(&self) -> Result<Turn, Error> {
        // A look first: on a quiet night no node writes anything.
        let waiting = self.db.read("audit.waiting", async |tx| queries::has_unsealed(tx).await).await?;
        if !waiting {
            return Ok(Turn::Rest);
        }
        let head = self.db.write("audit.seal", async |tx| self.seal(tx).await).await?;
        let Some(head) = head else {
            return Ok(Turn::Rest);
        };
        // Noted outside of the database, where whoever sets the database back does not reach.
        let mac = data_encoding::HEXLOWER.encode(&head.mac);
        tracing::debug!(sequence = head.sequence, mac, "the audit trail was sealed");
        Ok(Turn::Again)
    }

    /// One transaction: the lease, the rows and the head. It commits as a whole, so that a sealer who slept through his
    /// lease can neither number a row twice nor fork the chain.
    async fn seal(&self, tx: &mut Tx) -> Result<Option<Head>, Error> {
        if !self.lease.take(tx).await? {
            return Ok(None);
        }
        let head = match queries::head(tx).await? {
            Some(head) => head,
            None => queries::plant_head(tx).await?,
        };
        let from = head.sequence;
        let mut end = head;
        for row in queries::unsealed(tx, BATCH).await? {
            let sequence = end.sequence + 1;
            let mac = chain::mac(&self.keys, &end.mac, sequence, &row);
            if !queries::seal(tx, &row.id, sequence, &mac).await? {
                return Err(Error::Contended);
            }
            end = Head { sequence, mac: mac.to_vec() };
        }
        if !queries::move_head(tx, from, &end).await? {
            return Err(Error::Contended);
        }
        Ok((end.sequence > from).then_some(end))
    }
}
