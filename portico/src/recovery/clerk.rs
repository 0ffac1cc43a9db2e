//! The clerk: answers, behind the request, what was asked for.
//!
//! A request writes one row and nothing else, whoever was named. Which mail answers it, and whether there is anybody to
//! write to, is found out here: what a stranger can time is the same for every name because it *is* the same.

use std::sync::Arc;
use std::time::Duration;

use store::Tx;
use tokio::sync::Notify;

use super::{queries, send};
use crate::app::App;
use crate::people::Identifier;
use crate::platform::ids::RecoveryId;
use crate::platform::jobs::{self, Shutdown, Turn};

/// How long a request waits at most when nobody rang: it was written on another node, or before a restart.
const ROUND: Duration = Duration::from_secs(1);

/// How long whoever has asked is ahead of the clerk. By then their answer has left, and the clerk's work, which is longer for a
/// name that somebody has, takes no time from it.
const HEAD_START: Duration = Duration::from_millis(20);

/// Wakes this node's clerk. Clones ring the same one.
#[derive(Clone, Default)]
pub struct Bell(Arc<Notify>);

impl Bell {
    pub fn ring(&self) {
        self.0.notify_one();
    }
}

/// Answers until a stop is asked for.
pub async fn run(app: App, shutdown: Shutdown) {
    let app = Arc::new(app);
    let stop = shutdown.clone();
    jobs::every("recovery.answer", Duration::ZERO, shutdown, async || {
        tokio::select! {
            () = app.clerk.0.notified() => tokio::time::sleep(HEAD_START).await,
            () = tokio::time::sleep(ROUND) => {}
            () = stop.requested() => {}
        }
        answer_due(&app).await.map(|()| Turn::Rest)
    })
    .await;
}

/// Answers everything that is due.
///
/// # Errors
/// The database's; what was not answered stays due. One that cannot be answered keeps nobody else waiting.
pub async fn answer_due(app: &App) -> Result<(), store::Error> {
    loop {
        let due = app.db.read("recovery.due", async |tx: &mut Tx| queries::due(tx).await).await?;
        if due.is_empty() {
            return Ok(());
        }
        let mut failed = None;
        for id in &due {
            let answered = app.db.write("recovery.answer", async |tx: &mut Tx| answer(tx, app, id).await).await;
            if let Err(error) = answered {
                app.db.write("recovery.answer_later", async |tx: &mut Tx| queries::answer_later(tx, id).await).await?;
                failed = Some(error);
            }
        }
        if let Some(error) = failed {
            return Err(error);
        }
    }
}

/// One write: the request is taken, by one node only, and its mail queued.
async fn answer(tx: &mut Tx, app: &App, id: &RecoveryId) -> Result<(), store::Error> {
    let Some((kind, typed, language)) = queries::take_due(tx, id).await? else { return Ok(()) };
    let Some(identifier) = Identifier::parse(&typed) else { return Ok(()) };
    let outbox = send::send(tx, app, kind, &identifier, language.as_deref()).await?;
    queries::sent(tx, id, outbox.as_ref()).await
}
