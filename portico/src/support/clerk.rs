//! Behind the request: an organization's administrators are told which of their people asks.
//!
//! Looking that up, and writing to administrators, is more work for a name that somebody has; a stranger who waits for the
//! form's answer has it before any of this begins.

use std::sync::Arc;
use std::time::Duration;

use store::Tx;

use super::letters::AdministratorsLetter;
use super::queries::{self, Due};
use super::rules::{ADMINISTRATORS, DAY};
use crate::app::App;
use crate::notices;
use crate::people::{self, Account, Identifier};
use crate::platform::ids::SupportId;
use crate::platform::jobs::{self, Shutdown, Turn};
use crate::platform::limits;

const ROUND: Duration = Duration::from_secs(1);

/// Tells until a stop is asked for.
pub async fn run(app: App, shutdown: Shutdown) {
    let app = Arc::new(app);
    jobs::every("support.tell", ROUND, shutdown, async || tell_due(&app).await.map(|()| Turn::Rest)).await;
}

/// Tells of all requests that are due.
///
/// # Errors
/// The database's; what was not told stays due, and keeps nothing else waiting.
pub async fn tell_due(app: &App) -> Result<(), store::Error> {
    let due = app.db.read("support.due", async |tx: &mut Tx| queries::due(tx).await).await?;
    let mut failed = Ok(());
    for id in &due {
        let told = app.db.write("support.tell", async |tx: &mut Tx| tell(tx, app, id).await).await;
        failed = failed.and(told);
    }
    failed
}

/// Once a day about one person and topic.
async fn tell(tx: &mut Tx, app: &App, id: &SupportId) -> Result<(), store::Error> {
    let Some(due) = queries::take_due(tx, id).await? else { return Ok(()) };
    let Some(account) = whom(tx, &due).await? else { return Ok(()) };
    let key = app.limit_key("support_administrators", &format!("{}/{}", due.topic.as_str(), account.id));
    if !limits::count(tx, &key, DAY, 1).await?.is_within() {
        return Ok(());
    }
    let letter = AdministratorsLetter {
        number: due.number,
        topic: due.topic.key(),
        name: account.name(),
        email: account.email.clone(),
    };
    let mut administrators = people::administrators_of(tx, &due.organization).await?;
    administrators.truncate(ADMINISTRATORS);
    notices::tell_administrators(tx, app, &administrators, &letter).await
}

/// Whoever was signed in, else whose name was typed, where it is one of this organization's.
async fn whom(tx: &mut Tx, due: &Due) -> Result<Option<Account>, store::Error> {
    let account = match (&due.account, due.identifier.as_deref().and_then(Identifier::parse)) {
        (Some(account), _) => people::by_id(tx, account).await?,
        (None, Some(identifier)) => people::by_identifier(tx, &identifier).await?,
        (None, None) => None,
    };
    Ok(account.filter(|account| account.organization.id == due.organization))
}
