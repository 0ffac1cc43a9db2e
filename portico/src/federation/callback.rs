//! The way back. A GET that uses something up, which no other one does (docs/decisions/0011-an-answer-by-get.md): it is
//! worth nothing without the cookie of the browser that left, so that a scanner's or a thief's GET uses up nothing.

use std::time::Duration;

use axum::extract::{Path, RawQuery};
use axum::response::Response;
use data_encoding::BASE64URL_NOPAD;
use store::Tx;
use tokio::time::timeout;

use super::contract::complete;
use super::departure::{Departure, Goes, State};
use super::enter::{self, Entered};
use super::failure::{self, Refused};
use super::leave::{Way, way};
use super::oidc;
use super::queries;
use super::strangers::{Asker, Strangers};
use crate::platform::ids::{ConnectionId, SignInId};
use crate::platform::web::{Browser, Error, Visit, see_other, to_the_end};
use crate::session;
use crate::sign_in::{self, Awaited, Newcomer};

/// What an answer's state stands for in this browser.
enum Taken {
    /// Nothing: another browser's, another connection's, made up, or long gone.
    Nothing,
    /// Its sign-in has gone on, or its time is over: the dispatcher knows what comes next.
    GoneOn(SignInId),
    /// To use up now.
    Now(Box<Answered>),
}

/// An answer to a question of this browser.
struct Answered {
    departure: Departure,
    awaited: Awaited,
    way: Way,
    asker: Asker,
}

/// When it is worth reloading where another tab's answer still waits.
const COME_BACK: Duration = Duration::from_secs(10);

/// `GET /federation/{connection}/callback`
pub async fn callback(
    visit: Visit,
    Path(connection): Path<ConnectionId>,
    RawQuery(query): RawQuery,
) -> Result<Response, Error> {
    let Some(browser) = visit.browser() else { return Ok(see_other("/sign-in?problem=cookies")) };
    let query = query.unwrap_or_default();
    // What was used up must come to something, even when the person hangs up.
    to_the_end(async move { come_back(&visit, &browser, &connection, &query).await }).await
}

async fn come_back(
    visit: &Visit,
    browser: &Browser,
    connection: &ConnectionId,
    query: &str,
) -> Result<Response, Error> {
    let Some(state) = oidc::state_of(query) else { return failure::not_awaited(visit) };
    let federation = &visit.app.federation;
    // One answer of a browser at a time: or whoever sends fifty at once takes the seats of fifty people. Another tab's waits in
    // line, and is not used up before its turn.
    let turn = timeout(federation.patience, federation.answers.enter(&BASE64URL_NOPAD.encode(&browser.hash))).await;
    let Ok(_turn) = turn else { return Err(Error::Busy { retry_after: COME_BACK }) };
    match take(visit, browser, connection, &state).await? {
        Taken::Nothing => failure::not_awaited(visit),
        Taken::GoneOn(sign_in) => sign_in::go_on(visit, &sign_in).await,
        Taken::Now(answered) => judge(visit, browser, &answered, query).await,
    }
}

/// Uses the departure up: of an answer that comes twice one counts. What was made up writes nothing.
async fn take(visit: &Visit, browser: &Browser, connection: &ConnectionId, state: &str) -> Result<Taken, Error> {
    let db = &visit.app.db;
    let state = State::hash_of(state);
    let look = async |tx: &mut Tx| look_up(tx, visit, browser, connection, &state).await;
    let answered = match db.read("federation.look", look).await? {
        Taken::Now(answered) => answered,
        nothing_new => return Ok(nothing_new),
    };
    let use_up = async |tx: &mut Tx| queries::use_up(tx, &answered.departure).await;
    match db.write("federation.take", use_up).await? {
        true => Ok(Taken::Now(answered)),
        false => Ok(Taken::GoneOn(answered.departure.sign_in)),
    }
}

/// What the state stands for, unless it is used up already. What is seen here is asked again by [`enter`].
async fn look_up(
    tx: &mut Tx,
    visit: &Visit,
    browser: &Browser,
    connection: &ConnectionId,
    state: &[u8; 32],
) -> Result<Taken, Error> {
    let app = &visit.app;
    let found = queries::departure(tx, state, &browser.hash, connection).await?;
    let Some(departure) = found else { return Ok(Taken::Nothing) };
    let gone_on = Taken::GoneOn(departure.sign_in.clone());
    let Some(awaited) = sign_in::awaited(tx, app, &departure.sign_in, &browser.hash).await? else {
        return Ok(gone_on);
    };
    // Somebody else was named meanwhile, who is sent elsewhere.
    if awaited.connection != departure.connection {
        return Ok(gone_on);
    }
    let Some(way) = way(tx, &awaited).await? else { return Ok(gone_on) };
    let known = session::recognized(tx, &browser.hash, &awaited.named.subject).await?.is_some();
    if queries::ways(tx, &departure.sign_in).await?.come_back(known) == Goes::WithinItsLimit {
        Strangers::who_answer(app, connection, visit.address).limit(tx).await?;
    }
    let asker = Asker::of(visit, known);
    Ok(Taken::Now(Box::new(Answered { departure, awaited, way, asker })))
}

/// Asks the identity provider, outside of any transaction, and then who this may be.
async fn judge(visit: &Visit, browser: &Browser, answered: &Answered, query: &str) -> Result<Response, Error> {
    let Answered { departure, awaited, way, asker } = answered;
    let wish = way.wish(&awaited.named.identifier, false);
    let sign_in = &departure.sign_in;
    let arrived = complete(&visit.app, &way.connection, departure, &wish, query, asker).await;
    let entered = match arrived {
        Err(trouble) => Entered::Refused { trouble, came_as: None },
        Ok(arrived) => match Newcomer::of(visit, sign_in) {
            Some(newcomer) => enter::enter(visit, &newcomer, departure, way, &arrived).await?,
            None => Entered::GoneOn,
        },
    };
    match entered {
        Entered::Finished(finished) => sign_in::go_on_from(visit, sign_in, finished).await,
        Entered::GoneOn => sign_in::go_on(visit, sign_in).await,
        Entered::Refused { trouble, came_as } => {
            let refused = Refused { sign_in, connection: &way.connection, trouble, came_as };
            failure::tell(visit, browser, refused).await
        }
    }
}
