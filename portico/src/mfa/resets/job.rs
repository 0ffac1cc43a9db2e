//! Resets whose time has come, done by one node at a time.

use std::time::Duration;

use store::{Error, Tx};

use super::{acts, queries};
use crate::app::App;
use crate::people;
use crate::platform::jobs::{self, Lease, Shutdown, Turn};

/// How late one is done.
const EVERY: Duration = Duration::from_secs(10);
const LEASE: Duration = Duration::from_secs(60);

/// Does what is due by now.
///
/// # Errors
/// When the database says no.
pub async fn end_due(app: &App) -> Result<(), Error> {
    let due = app.db.read("mfa.resets_due", async |tx: &mut Tx| queries::due(tx).await).await?;
    for (account, waiting) in due {
        let write = async |tx: &mut Tx| match people::by_id(tx, &account).await? {
            Some(account) => acts::finish(tx, app, &account, &waiting).await,
            None => Ok(()),
        };
        app.db.write("mfa.reset_done", write).await?;
    }
    Ok(())
}

/// The same, until a stop is asked for.
pub async fn run(app: App, shutdown: Shutdown) {
    let lease = Lease::new("mfa.resets", LEASE, &app.entropy);
    jobs::every("mfa.resets", EVERY, shutdown, async || turn(&app, &lease).await).await;
}

async fn turn(app: &App, lease: &Lease) -> Result<Turn, Error> {
    // Looked at first: nearly always there is nothing, and a lease is a write.
    let due = app.db.read("mfa.resets_due", async |tx: &mut Tx| queries::due(tx).await).await?;
    if !due.is_empty() && app.db.write("mfa.resets_lease", async |tx: &mut Tx| lease.take(tx).await).await? {
        end_due(app).await?;
    }
    Ok(Turn::Rest)
}
