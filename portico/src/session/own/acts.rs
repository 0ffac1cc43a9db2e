//! Ending sessions of one's own, and forgetting browsers.

use axum::response::Response;
use serde::Deserialize;
use serde_json::{Value, json};
use store::{Error as StoreError, Tx};

use super::HERE;
use crate::audit::{self, Entry, Event};
use crate::platform::ids::{DeviceId, SessionId};
use crate::platform::web::{Error, see_other};
use crate::session::browsers::{self, KnownBrowser};
use crate::session::queries::{self, SessionLine};
use crate::session::{OwnForm, Pressed, RecentlyVerified, STALE, SignedIn, browser_name};

#[derive(Deserialize)]
pub struct Session {
    session: SessionId,
}

#[derive(Deserialize)]
pub struct Browser {
    browser: DeviceId,
}

/// `POST /account/sessions/end`: the one of this browser is ended by signing out.
pub async fn end(RecentlyVerified { person }: RecentlyVerified, form: OwnForm<Session>) -> Result<Response, Error> {
    let Some(Session { session }) = form.of(&person) else { return Ok(look_again()) };
    let write = async |tx: &mut Tx| {
        // Whose it is, is asked here: an id in a form may be anybody's.
        let mine = queries::open_one(tx, &person.account, &session).await?;
        let Some(mine) = mine.filter(|mine| mine.id != person.session) else { return Ok(false) };
        queries::end_one(tx, &person.account, &mine.id).await?;
        record(tx, &person, Event::SessionEnded, told_of_session(&mine)).await?;
        Ok::<_, StoreError>(true)
    };
    let done = person.visit.app.db.write("session.end_own", write).await?;
    Ok(back(done, "session"))
}

/// `POST /account/sessions/end-others`
pub async fn end_others(
    RecentlyVerified { person }: RecentlyVerified,
    form: OwnForm<Pressed>,
) -> Result<Response, Error> {
    let Some(Pressed {}) = form.of(&person) else { return Ok(look_again()) };
    let write = async |tx: &mut Tx| {
        let ended = queries::end_all_but(tx, &person.account, Some(&person.session)).await?;
        if ended > 0 {
            record(tx, &person, Event::SessionEnded, json!({ "why": "owner", "others": ended })).await?;
        }
        Ok::<_, StoreError>(())
    };
    person.visit.app.db.write("session.end_others", write).await?;
    Ok(back(true, "others"))
}

/// `POST /account/sessions/forget`
pub async fn forget(RecentlyVerified { person }: RecentlyVerified, form: OwnForm<Browser>) -> Result<Response, Error> {
    let Some(Browser { browser }) = form.of(&person) else { return Ok(look_again()) };
    let write = async |tx: &mut Tx| {
        let forgotten = browsers::forget_one(tx, &person.account, &browser, &person.session).await?;
        if let Some(forgotten) = &forgotten {
            record(tx, &person, Event::DeviceRemoved, told_of_browser(forgotten)).await?;
        }
        Ok::<_, StoreError>(forgotten.is_some())
    };
    let done = person.visit.app.db.write("session.forget_browser", write).await?;
    Ok(back(done, "browser"))
}

async fn record(tx: &mut Tx, person: &SignedIn, event: Event, details: Value) -> Result<(), StoreError> {
    let organization = Some(&person.organization.id);
    let entry = Entry { details, organization, ..Entry::by(event, &person.account).from(&person.visit) };
    audit::record(tx, &person.visit.app.entropy, entry).await
}

fn told_of_session(session: &SessionLine) -> Value {
    json!({ "why": "owner", "browser": browser_name(&session.user_agent), "address": session.address })
}

fn told_of_browser(known: &KnownBrowser) -> Value {
    json!({ "browser": known.user_agent.as_deref().map(browser_name), "address": known.address })
}

/// A second press, or one in another tab, finds nothing to do and is told nothing.
fn back(done: bool, what: &str) -> Response {
    see_other(&if done { format!("{HERE}?done={what}") } else { HERE.to_owned() })
}

/// The page was shown to somebody else, or before the credentials changed.
fn look_again() -> Response {
    see_other(&format!("{HERE}?problem={STALE}"))
}
