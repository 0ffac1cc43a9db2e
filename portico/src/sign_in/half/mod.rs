//! Sign-ins that stop between two factors: the first proof was right, and the second one never came. Whoever began one knows the password,
//! and its owner is told (OWASP ASVS 5.0: 6.3.5).
//!
//! ```text
//!   first proof right, second one due ──▶ a row ──┬▶ somebody finishes in this browser within half an hour: gone
//!                                                 └▶ nobody does: one node takes it, audits it and tells the owner, once a day
//! ```
//!
//! - A row of its own, and not a column of the sign-in: whoever names somebody else in the same sign-in must not take it away.
//! - A row takes a right password, so that a stranger who guesses makes none.

mod queries;

use std::time::Duration;

use serde_json::json;
use store::{Error, Tx};

use super::facts::{Method, SignIn};
use super::rules::PROOF_LIVES;
use crate::app::App;
use crate::audit::{self, Entry, Event, Source};
use crate::notices::{self, Cause};
use crate::people::{self, Account};
use crate::platform::clock::Time;
use crate::platform::ids::{AccountId, SignInId};
use crate::platform::jobs::{self, Shutdown, Turn};
use crate::platform::web::Visit;
use crate::session::known_browser;

/// How late one is told.
const EVERY: Duration = Duration::from_secs(60);

/// One that has come as far as the second factor.
struct Half {
    sign_in: SignInId,
    account: AccountId,
    method: Method,
    address: String,
    user_agent: String,
    at: Time,
}

/// The first proof was right, and the second one is due. Said twice it counts once.
pub async fn began(
    tx: &mut Tx,
    visit: &Visit,
    sign_in: &SignIn,
    account: &Account,
    browser: &[u8; 32],
) -> Result<(), Error> {
    // Where a session is added to, nobody has shown a password now.
    let Some(first) = sign_in.first.filter(|_| sign_in.stepped.is_none()) else { return Ok(()) };
    let half = Half {
        sign_in: sign_in.id.clone(),
        account: account.id.clone(),
        method: first.method,
        address: visit.address.to_string(),
        user_agent: visit.user_agent.clone(),
        at: first.at,
    };
    queries::insert(tx, &half, browser, first.at + PROOF_LIVES).await
}

/// Somebody has come in with this browser: what stopped in it before was the same person.
pub async fn ended(tx: &mut Tx, account: &Account, browser: &[u8; 32]) -> Result<(), Error> {
    // Whoever has no second factor has none of these rows either.
    if account.has_second_factor() { queries::delete_of(tx, &account.id, browser).await } else { Ok(()) }
}

/// Tells what is due, until a stop is asked for.
pub async fn run(app: App, shutdown: Shutdown) {
    jobs::every("half_sign_ins", EVERY, shutdown, async || tell_due(&app).await).await;
}

/// One look. Of several nodes one tells.
///
/// # Errors
/// When the database says no.
pub async fn tell_due(app: &App) -> Result<Turn, Error> {
    let due = app.db.read("half.due", async |tx: &mut Tx| queries::due(tx).await).await?;
    for half in &due {
        app.db.write("half.tell", async |tx: &mut Tx| tell(tx, app, half).await).await?;
    }
    Ok(if due.is_empty() { Turn::Rest } else { Turn::Again })
}

async fn tell(tx: &mut Tx, app: &App, half: &Half) -> Result<(), Error> {
    if !queries::delete(tx, half).await? {
        return Ok(());
    }
    let Some(account) = people::by_id(tx, &half.account).await? else { return Ok(()) };
    let details = json!({ "method": half.method.as_str(), "at": half.at.0 });
    let source = Some(Source { address: half.address.clone(), browser: known_browser(&half.user_agent) });
    let entry = Entry { source, details, ..Entry::of(Event::SignInAbandoned, &account) };
    audit::record(tx, &app.entropy, entry).await?;
    let cause = Cause::seen(app, &half.address, &half.user_agent);
    notices::half_signed_in(tx, &cause, &account, half.at, half.method == Method::Federated).await
}
