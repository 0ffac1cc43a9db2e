//! The way back. A GET that uses something up, which no other one does (docs/decisions/0011-the-answer-of-a-get.md): it is
//! worth nothing without the cookie of the browser that left, so that a scanner's or a thief's GET uses up nothing.

use axum::extract::{Path, RawQuery};
use axum::response::Response;
use store::Tx;

use super::contract::complete;
use super::departure::{Departure, State};
use super::enter::{self, Entered};
use super::failure::{self, Refused};
use super::leave::{Way, way};
use super::oidc;
use super::queries;
use crate::platform::ids::{ConnectionId, SignInId};
use crate::platform::web::{Browser, Error, Visit, see_other, to_the_end};
use crate::sign_in::{self, Awaited, Newcomer};

/// What an answer's state stands for in this browser.
enum Taken {
    /// Nothing: another browser's, another connection's, made up, or long gone.
    Nothing,
    /// Its sign-in has gone on, or its time is over: the dispatcher knows what comes next.
    GoneOn(SignInId),
    /// Used up now.
    Now(Box<(Departure, Awaited, Way)>),
}

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
    match take(visit, browser, connection, &state).await? {
        Taken::Nothing => failure::not_awaited(visit),
        Taken::GoneOn(sign_in) => sign_in::go_on(visit, &sign_in).await,
        Taken::Now(taken) => {
            let (departure, awaited, way) = *taken;
            judge(visit, browser, &departure, &awaited, &way, query).await
        }
    }
}

/// Uses the departure up: of an answer that comes twice one counts.
async fn take(visit: &Visit, browser: &Browser, connection: &ConnectionId, state: &str) -> Result<Taken, Error> {
    let app = &visit.app;
    let state = State::hash_of(state);
    let write = async |tx: &mut Tx| {
        let found = queries::departure(tx, &state, &browser.hash, connection).await?;
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
        match queries::use_up(tx, &departure).await? {
            true => Ok::<_, store::Error>(Taken::Now(Box::new((departure, awaited, way)))),
            false => Ok(gone_on),
        }
    };
    Ok(app.db.write("federation.take", write).await?)
}

/// Asks the identity provider, outside of any transaction, and then who this may be.
async fn judge(
    visit: &Visit,
    browser: &Browser,
    departure: &Departure,
    awaited: &Awaited,
    way: &Way,
    query: &str,
) -> Result<Response, Error> {
    let wish = way.wish(&awaited.named.identifier, false);
    let sign_in = &departure.sign_in;
    let arrived = complete(&visit.app, &way.connection, departure, &wish, query).await;
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
