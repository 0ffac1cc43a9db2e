//! Asked before a guess, and told of one that failed.

use std::net::IpAddr;
use std::time::Duration;

use serde_json::json;
use store::Tx;

use super::letters::SlowedLetter;
use super::{queries, rules};
use crate::app::{App, Limits};
use crate::audit::{self, Actor, Entry, Event, Source};
use crate::notices;
use crate::people;
use crate::platform::clock::Time;
use crate::platform::limits::{self, Within};
use crate::platform::web::{self, Error};

const DAY: Duration = Duration::from_secs(24 * 3_600);
/// How many addresses a day operators are mailed about: of a flood from everywhere they have heard by then.
pub const TOLD_A_DAY: i64 = 5;

/// Refuses an address that has to wait; counts nothing. Not for a browser the account is known in.
///
/// # Errors
/// [`Error::TooMany`] or [`Error::Slowed`], or the database's.
pub async fn admit(tx: &mut Tx, app: &App, address: IpAddr) -> Result<(), Error> {
    if web::address::is_among(address, &app.known_networks) {
        return Ok(());
    }
    let source = web::address::prefix(address);
    let Limits { failures, window, .. } = app.limits;
    if let Within::Exceeded { retry_after } = limits::peek(tx, &failures_key(app, &source), window, failures).await? {
        return Err(refused("failures", Error::TooMany { retry_after }));
    }
    match queries::slowed_until(tx, &source).await? {
        Some(until) => Err(refused("names", Error::Slowed { retry_after: until.since(Time(tx.now())) })),
        None => Ok(()),
    }
}

fn refused(why: &'static str, error: Error) -> Error {
    metrics::counter!("portico_guesses_held_up_total", "why" => why).increment(1);
    error
}

/// A guess at this name (canonical) failed, in a browser its account is not known in. In the write that settles it.
///
/// # Errors
/// The database's.
pub async fn failed(tx: &mut Tx, app: &App, address: IpAddr, name: &str) -> Result<(), store::Error> {
    if web::address::is_among(address, &app.known_networks) {
        return Ok(());
    }
    failed_unread(tx, app, address).await?;
    let source = web::address::prefix(address);
    let Limits { names: most, names_window, .. } = app.limits;
    let member = app.limit_key("name", &format!("{source}/{name}"));
    let names = limits::count_different(tx, &names_key(app, &source), &member, names_window).await?;
    match names.and_then(|names| Some((names, rules::pause(names, most)?))) {
        Some((names, pause)) => slow(tx, app, &source, names, pause).await,
        None => Ok(()),
    }
}

/// The same of one that nobody has looked at: it crowded a counter.
///
/// # Errors
/// The database's.
pub async fn failed_unread(tx: &mut Tx, app: &App, address: IpAddr) -> Result<(), store::Error> {
    if web::address::is_among(address, &app.known_networks) {
        return Ok(());
    }
    let Limits { failures, window, .. } = app.limits;
    let key = failures_key(app, &web::address::prefix(address));
    limits::count(tx, &key, window, failures).await.map(drop)
}

async fn slow(tx: &mut Tx, app: &App, source: &str, names: i64, pause: Duration) -> Result<(), store::Error> {
    let now = Time(tx.now());
    let until = now + pause;
    queries::slow(tx, source, names, until).await?;
    if !rules::is_flagged(names, app.limits.names) {
        return Ok(());
    }
    // Counted again where this write is tried again: an alarm may come twice, and must not be missed.
    metrics::counter!("portico_addresses_slowed_total").increment(1);
    let details = json!({ "names": names, "until": until.0 });
    let from = Some(Source { address: source.to_owned(), browser: None });
    let entry = Entry { source: from, ..Entry::plain(Event::AddressSlowed, Actor::System, details) };
    audit::record(tx, &app.entropy, entry).await?;
    tell(tx, app, &SlowedLetter { address: source.to_owned(), names, at: now.0, minutes: minutes(app) }).await
}

fn minutes(app: &App) -> u64 {
    app.limits.names_window.as_secs() / 60
}

/// Mails the operators: of one address once a day, and of a few addresses at most.
async fn tell(tx: &mut Tx, app: &App, letter: &SlowedLetter) -> Result<(), store::Error> {
    let of_this = app.limit_key("slowed_notice", &letter.address);
    let of_all = app.limit_key("slowed_notices", "");
    if !limits::count(tx, &of_this, DAY, 1).await?.is_within()
        || !limits::count(tx, &of_all, DAY, TOLD_A_DAY).await?.is_within()
    {
        return Ok(());
    }
    let operators = people::operators(tx).await?;
    notices::tell_administrators(tx, app, &operators, letter).await
}

/// Lets an address go: what it is counted for begins anew. False when it had not to wait, and had not lately.
///
/// # Errors
/// The database's.
pub async fn release(tx: &mut Tx, app: &App, address: IpAddr) -> Result<bool, store::Error> {
    let source = web::address::prefix(address);
    if !queries::delete(tx, &source).await? {
        return Ok(false);
    }
    limits::forget(tx, &names_key(app, &source)).await?;
    limits::forget(tx, &failures_key(app, &source)).await?;
    let entry = Entry::plain(Event::AddressReleased, Actor::Command, json!({}));
    let source = Some(Source { address: source, browser: None });
    audit::record(tx, &app.entropy, Entry { source, ..entry }).await?;
    Ok(true)
}

fn failures_key(app: &App, source: &str) -> String {
    app.limit_key("failures", source)
}

fn names_key(app: &App, source: &str) -> String {
    app.limit_key("names", source)
}
