//! Room for a new session: in its browser, and among those that its account may have.

use serde_json::json;
use store::{Error, Tx};

use super::browsers::recognize_with_session;
use super::{browser_name, queries, rules};
use crate::audit::{self, Actor, Entry, Event};
use crate::notices::Circumstances;
use crate::people::Account;
use crate::platform::ids::SessionId;
use crate::platform::web::Visit;

/// Makes the browser of a session that was just born one the account is known in, and ends what has no place beside it. In the
/// transaction that bears it: of many at once each sees the others or is run again, so that there are never more than allowed.
///
/// # Errors
/// When the database says no.
pub async fn settle(
    tx: &mut Tx,
    visit: &Visit,
    browser: &[u8; 32],
    account: &Account,
    new: &SessionId,
) -> Result<Circumstances, Error> {
    let (circumstances, old) = recognize_with_session(tx, visit, browser, account, new).await?;
    if let Some(old) = old.filter(|old| old.id != *new) {
        queries::replace_one(tx, &old, new, account).await?;
        let ended = Entry::by(Event::SessionEnded, &account.id).from(visit);
        let ended = Entry { details: json!({ "why": "replaced" }), ..ended };
        audit::record(tx, &visit.app.entropy, ended).await?;
    }
    if let Some(at_once) = account.organization.policy.session.at_once {
        end_the_oldest(tx, visit, account, new, at_once).await?;
    }
    Ok(circumstances)
}

/// Products are told, and the owner reads of it in the list of their sessions.
async fn end_the_oldest(
    tx: &mut Tx,
    visit: &Visit,
    account: &Account,
    new: &SessionId,
    at_once: usize,
) -> Result<(), Error> {
    let others = queries::others(tx, account, new).await?;
    for id in rules::too_many(others, at_once) {
        let Some(session) = queries::open_one(tx, &account.id, &id).await? else { continue };
        queries::end_one(tx, &account.id, &id).await?;
        queries::ended_for_limit(tx, &id).await?;
        let details = json!({
            "why": "limit", "at_once": at_once, "browser": browser_name(&session.user_agent), "address": session.address,
        });
        let entry = Entry { actor: Actor::System, details, ..Entry::of(Event::SessionEnded, account) };
        audit::record(tx, &visit.app.entropy, entry).await?;
    }
    Ok(())
}
