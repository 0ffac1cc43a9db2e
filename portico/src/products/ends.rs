//! What ends with a client, with its product, with a license: everything people were given there, and the product is told.
//!
//! - Tokens are worth nothing from the first moment, for they are asked of the facts. This is so that people are signed out of the
//!   product, too, and so that nothing of it lives again when the client or the license comes back.
//! - `told_at`, of both, says that it was done. A command does it at once; what one has left that stopped half-way, and a
//!   license that has come to its last day, the nodes do.
//! - Each write ends what some accounts have, and looks first whether that is still to be done.

use std::time::Duration;

use store::{Error, Tx};

use super::queries;
use crate::app::App;
use crate::platform::ids::{OrganizationId, ProductId};
use crate::platform::jobs::{self, Lease, Shutdown, Turn};
use crate::provider;

/// How late a product is told that a license has come to its last day.
const EVERY: Duration = Duration::from_secs(10);
const LEASE: Duration = Duration::from_secs(60);

/// Something that has ended, and of which somebody may still have something.
pub enum Ended {
    Client(String),
    License(ProductId, OrganizationId),
}

/// Ends what is to be ended by now, until there is nothing left.
///
/// # Errors
/// When the database says no.
pub async fn end_due(app: &App) -> Result<(), Error> {
    let mut done = Ok(());
    for ended in due(app).await? {
        // One that cannot be ended keeps nothing else waiting.
        done = done.and(ended.end(app).await);
    }
    done
}

/// The same, as one node does it at a time, until a stop is asked for.
pub async fn run(app: App, shutdown: Shutdown) {
    let lease = Lease::new("products.ends", LEASE, &app.entropy);
    jobs::every("products.ends", EVERY, shutdown, async || turn(&app, &lease).await).await;
}

async fn turn(app: &App, lease: &Lease) -> Result<Turn, Error> {
    // Looked at first: nearly always there is nothing, and a lease is a write.
    if !due(app).await?.is_empty()
        && app.db.write("products.ends_lease", async |tx: &mut Tx| lease.take(tx).await).await?
    {
        end_due(app).await?;
    }
    Ok(Turn::Rest)
}

async fn due(app: &App) -> Result<Vec<Ended>, Error> {
    app.db
        .read("products.ending", async |tx: &mut Tx| {
            let clients = provider::ending_clients(tx).await?.into_iter().map(Ended::Client);
            let licenses = queries::ending_licenses(tx).await?.into_iter();
            Ok(clients.chain(licenses.map(|(product, organization)| Ended::License(product, organization))).collect())
        })
        .await
}

impl Ended {
    async fn end(&self, app: &App) -> Result<(), Error> {
        for client in app.db.read("products.end_at", async |tx: &mut Tx| self.clients(tx).await).await? {
            let mut after = String::new();
            loop {
                let some = async |tx: &mut Tx| self.some(tx, &client, &after).await;
                match app.db.write("products.end", some).await? {
                    Some(last) => after = last,
                    None => break,
                }
            }
        }
        app.db.write("products.ended", async |tx: &mut Tx| self.told(tx).await).await
    }

    /// What is left of it, in one transaction: that of whatever comes back.
    ///
    /// # Errors
    /// When the database says no.
    pub async fn end_within(&self, tx: &mut Tx) -> Result<(), Error> {
        for client in self.clients(tx).await? {
            let mut after = String::new();
            while let Some(last) = self.some(tx, &client, &after).await? {
                after = last;
            }
        }
        self.told(tx).await
    }

    /// Ends what some accounts have, behind `after`; the last of them. `None`: there are no more, or it is done.
    async fn some(&self, tx: &mut Tx, client: &str, after: &str) -> Result<Option<String>, Error> {
        let organization = match self {
            Ended::Client(_) => None,
            Ended::License(_, organization) => Some(organization),
        };
        if self.is_due(tx).await? { provider::given_ends(tx, client, organization, after).await } else { Ok(None) }
    }

    async fn is_due(&self, tx: &mut Tx) -> Result<bool, Error> {
        match self {
            Ended::Client(id) => provider::is_client_ending(tx, id).await,
            Ended::License(product, organization) => queries::is_license_ending(tx, product, organization).await,
        }
    }

    async fn clients(&self, tx: &mut Tx) -> Result<Vec<String>, Error> {
        match self {
            Ended::Client(id) => Ok(vec![id.clone()]),
            Ended::License(product, _) => provider::clients_of(tx, product).await,
        }
    }

    async fn told(&self, tx: &mut Tx) -> Result<(), Error> {
        match self {
            Ended::Client(id) => provider::client_ended(tx, id).await,
            Ended::License(product, organization) => queries::license_ended(tx, product, organization).await,
        }
    }
}
