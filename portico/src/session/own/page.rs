//! `/account/sessions`

use std::time::Duration;

use askama::Template;
use axum::response::Response;
use serde::Deserialize;
use store::Tx;

use crate::organizations::SessionRule;
use crate::platform::clock::Time;
use crate::platform::i18n::Words;
use crate::platform::web::{Error, Moment, Page, Problem, Query, html};
use crate::session::browsers::{KnownBrowser, known_without_session};
use crate::session::queries::{self, SessionLine};
use crate::session::{STALE, SignedIn, browser_name, stale};

/// For how long somebody is told that a session of theirs was too many.
const TOLD_FOR: Duration = Duration::from_secs(7 * 24 * 3_600);
const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

#[derive(Template)]
#[template(path = "session/own/sessions.html")]
struct SessionsPage {
    page: Page,
    here: Option<Shown>,
    others: Vec<Shown>,
    /// Those that ended because there were too many.
    ended: Vec<Shown>,
    known: Vec<Shown>,
    /// The organization's limits, in words.
    life: String,
    at_once: Option<String>,
    /// Ending one asks first who it is.
    asks_first: bool,
    done: Option<&'static str>,
    problem: Option<Problem>,
}

/// A session, or a browser.
struct Shown {
    id: String,
    browser: String,
    address: Option<String>,
    began: Option<Moment>,
    used: Moment,
}

#[derive(Deserialize)]
pub struct Arrival {
    #[serde(default)]
    done: String,
    #[serde(default)]
    problem: String,
}

/// Everything there is to tell of.
struct Told {
    sessions: Vec<SessionLine>,
    ended: Vec<(SessionLine, Time)>,
    known: Vec<KnownBrowser>,
}

/// `GET /account/sessions`
pub async fn page(person: SignedIn, Query(arrival): Query<Arrival>) -> Result<Response, Error> {
    let rule = &person.organization.policy.session;
    let read = async |tx: &mut Tx| gather(tx, &person).await;
    let told = person.visit.app.db.read("session.own", read).await?;
    let page = person.page();
    let moment = |at| Moment::new(at, &person.organization.time_zone, person.visit.app.clock.now());
    let (here, others) = told.sessions.into_iter().partition::<Vec<_>, _>(|session| session.id == person.session);
    let [mut here, others] =
        [here, others].map(|all| all.into_iter().map(|one| of_session(one, moment)).collect::<Vec<_>>());
    let ended = told.ended.into_iter().map(|(session, at)| Shown { used: moment(at), ..of_session(session, moment) });
    html(&SessionsPage {
        here: here.pop(),
        others,
        ended: ended.collect(),
        known: told.known.into_iter().map(|known| of_browser(known, &page, moment)).collect(),
        life: life(rule, page.words()),
        at_once: rule.at_once.map(|most| counted(page.words(), "session-own-at-once", most as u64)),
        asks_first: !person.is_recently_verified(),
        done: done_of(&arrival.done),
        problem: (arrival.problem == STALE).then(|| stale(&page)),
        page,
    })
}

async fn gather(tx: &mut Tx, person: &SignedIn) -> Result<Told, store::Error> {
    let policy = &person.organization.policy;
    let since = Time(tx.now()) - TOLD_FOR;
    Ok(Told {
        sessions: queries::list_of(tx, &person.account, policy).await?,
        ended: queries::ended_by_limit(tx, &person.account, since).await?,
        known: known_without_session(tx, &person.account, &policy.session).await?,
    })
}

fn of_session(session: SessionLine, moment: impl Fn(Time) -> Moment) -> Shown {
    Shown {
        id: session.id.to_string(),
        browser: browser_name(&session.user_agent),
        address: Some(session.address),
        began: Some(moment(session.created_at)),
        used: moment(session.seen_at),
    }
}

fn of_browser(known: KnownBrowser, page: &Page, moment: impl Fn(Time) -> Moment) -> Shown {
    let unnamed = || page.t("session-own-unnamed").into_owned();
    Shown {
        id: known.id.to_string(),
        browser: known.user_agent.as_deref().map_or_else(unnamed, browser_name),
        address: known.address,
        began: None,
        used: moment(known.used_at),
    }
}

/// A closed set: what stands in an address is never shown.
fn done_of(word: &str) -> Option<&'static str> {
    match word {
        "session" => Some("session-own-done-session"),
        "others" => Some("session-own-done-others"),
        "browser" => Some("session-own-done-browser"),
        _ => None,
    }
}

fn life(rule: &SessionRule, words: &Words) -> String {
    let (idle, longest) = (told(rule.idle, words), told(rule.absolute, words));
    words.with("session-own-life", &[("idle", &idle), ("longest", &longest)])
}

/// In the largest unit that it is a multiple of; a single day is 24 hours, which nobody takes for "until tomorrow".
fn told(duration: Duration, words: &Words) -> String {
    match duration.as_secs() {
        seconds if seconds.is_multiple_of(DAY) && seconds > DAY => counted(words, "session-own-days", seconds / DAY),
        seconds if seconds.is_multiple_of(HOUR) => counted(words, "session-own-hours", seconds / HOUR),
        seconds => counted(words, "session-own-minutes", seconds / MINUTE),
    }
}

fn counted(words: &Words, key: &str, count: u64) -> String {
    words.counted(key, i64::try_from(count).unwrap_or(i64::MAX), &[])
}
