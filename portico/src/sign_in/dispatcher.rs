//! The one dispatcher: loads facts, asks [`next_step`], and sends the person there.

use axum::extract::Path;
use axum::response::Response;
use store::Tx;

use super::destination::{Destination, Resume};
use super::facts::{SignIn, Standing};
use super::finish::{self, Finished};
use super::queries;
use super::rules::{Step, next_step};
use super::standing::{accepts_terms, holds_there, lacks, standing};
use crate::app::App;
use crate::people::{self, Account};
use crate::platform::clock::Time;
use crate::platform::ids::SignInId;
use crate::platform::web::{self, Cookie, Error, Visit, see_other};

/// A sign-in of this browser, and what is due.
pub struct Opened {
    pub sign_in: SignIn,
    /// Whom it names, once something was proved: before that nobody's account is looked at, and none can be told from none.
    pub account: Option<Account>,
    pub step: Step,
}

/// Loads a sign-in within a transaction; `None` when it is not this browser's, or gone.
pub async fn open(tx: &mut Tx, app: &App, id: &SignInId, browser: &[u8; 32]) -> Result<Option<Opened>, store::Error> {
    let Some(sign_in) = queries::of_browser(tx, id, browser).await? else { return Ok(None) };
    let (account, accepts_terms) = match (&sign_in.named, sign_in.first) {
        (Some(named), Some(_)) => {
            let id = named.account();
            store::both(people::by_id(tx, &id), accepts_terms(tx, app, &id)).await?
        }
        _ => (None, true),
    };
    let standing = match &account {
        Some(account) => Some(Standing {
            lacks: lacks(account, accepts_terms),
            holds_there: holds_there(tx, &sign_in, account).await?,
            ..standing(account)
        }),
        None => None,
    };
    let step = next_step(&sign_in, standing.as_ref(), Time(tx.now()));
    Ok(Some(Opened { sign_in, account, step }))
}

/// The sign-in a page or a form is about; `None` when there is nothing to go on with.
pub async fn opened(visit: &Visit, id: &SignInId) -> Result<Option<Opened>, Error> {
    let Some(browser) = visit.browser() else { return Ok(None) };
    Ok(visit.app.db.read("sign_in.open", async |tx: &mut Tx| open(tx, &visit.app, id, &browser.hash).await).await?)
}

/// What a sign-in of this browser that is not finished would go on with; `None` when there is no such sign-in.
pub async fn waiting(visit: &Visit, id: &SignInId) -> Result<Option<Resume>, Error> {
    let opened = opened(visit, id).await?.filter(|opened| opened.sign_in.finished_at.is_none());
    Ok(opened.map(|opened| Resume {
        destination: opened.sign_in.destination,
        identifier: opened.sign_in.named.map(|named| named.identifier),
    }))
}

/// `GET /sign-in/{id}`
pub async fn dispatch(visit: Visit, Path(id): Path<SignInId>) -> Result<Response, Error> {
    go_on(&visit, &id).await
}

/// Where the facts lead now. A form that has just changed them answers this, and spares its browser the way here.
pub async fn go_on(visit: &Visit, id: &SignInId) -> Result<Response, Error> {
    match opened(visit, id).await? {
        None => Ok(begin_anew(visit, id)),
        Some(Opened { step: Step::Finish | Step::Finished, .. }) => {
            let finished = finish::finish(visit, id).await?;
            Ok(arrived(visit, finished)?.unwrap_or_else(|| see_other(&address(id))))
        }
        Some(Opened { step, .. }) => to_step(visit, id, step),
    }
}

/// The same after a write that recorded a proof, which most often was the last thing missing: then it has finished, too.
pub async fn go_on_from(visit: &Visit, id: &SignInId, finished: Finished) -> Result<Response, Error> {
    match arrived(visit, finished)? {
        Some(answer) => Ok(answer),
        None => go_on(visit, id).await,
    }
}

/// The session and the way to the destination; `None` when it is not due.
fn arrived(visit: &Visit, finished: Finished) -> Result<Option<Response>, Error> {
    Ok(match finished {
        Finished::Session { secret, destination } => {
            let cookies = &visit.app.cookies;
            let session = cookies.set(Cookie::Session, &secret, None);
            // The browser has just been recognized anew, for as long again.
            let browser = visit
                .browser()
                .map(|browser| cookies.set(Cookie::Browser, &browser.secret, Some(web::BROWSER_COOKIE_LIVES)));
            Some(web::with_cookies(to(visit, destination)?, browser.into_iter().chain([session])))
        }
        Finished::Earlier { destination } => Some(to(visit, destination)?),
        Finished::NotDue => None,
    })
}

/// Even a GET of the dispatcher's may be what a form was answered with.
fn to(visit: &Visit, destination: Destination) -> Result<Response, Error> {
    match destination.is_a_product() {
        true => visit.onward(&destination.path()),
        false => Ok(see_other(&destination.path())),
    }
}

/// The dispatcher's address: where stale forms and pages of a sign-in lead.
pub fn address(id: &SignInId) -> String {
    format!("/sign-in/{id}")
}

/// To a step's page. The way to an identity provider leads on to another site, and may be what a form is answered with.
pub fn to_step(visit: &Visit, id: &SignInId, step: Step) -> Result<Response, Error> {
    match step {
        Step::Sso => visit.onward(&step_address(id, step)),
        _ => Ok(see_other(&step_address(id, step))),
    }
}

pub fn step_address(id: &SignInId, step: Step) -> String {
    format!("/sign-in/{id}/{}", step.name())
}

/// Another browser's sign-in, or one long gone: then with name and destination, if it was begun here. Without any cookie
/// the person must be told, or this goes in circles.
pub fn begin_anew(visit: &Visit, id: &SignInId) -> Response {
    if visit.browser().is_none() {
        return see_other("/sign-in?problem=cookies");
    }
    see_other(&super::address_for(&visit.app, &Resume::of_cookie(visit, id).unwrap_or_default()))
}
