//! Requests that wait for their person.

use std::time::Duration;

use axum::extract::Path;
use axum::response::Response;
use oidc::Params;
use oidc::authorize::PARAMETERS;
use store::Tx;

use super::queries::{self, NewRequest, Waiting};
use super::{Asked, Judged, Problem, go_on, judged, pages};
use crate::platform::web::{self, Browser, Error, Visit, see_other, with_cookies};
use crate::session::{self, SignedIn};
use crate::sign_in::{self, AuthorizationId, Destination, Resume, address_for};

/// Long enough to reset a password on the way.
pub const WAITS: Duration = Duration::from_secs(2 * 3_600);

pub fn address(id: AuthorizationId) -> String {
    Destination::Authorization(id).path().into_owned()
}

/// How whoever signs in for a waiting request is to do so, as far as others may have to ask for it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wishes {
    /// Prove it anew.
    pub login: bool,
    pub select_account: bool,
    /// Seconds since they proved it, at most.
    pub max_age: Option<u32>,
}

/// What a request wants, if it still waits.
///
/// # Errors
/// When the database says no.
pub async fn wishes(tx: &mut Tx, id: AuthorizationId) -> Result<Wishes, store::Error> {
    let Some(waiting) = queries::by_id(tx, &id.to_string()).await? else { return Ok(Wishes::default()) };
    // What was kept was judged once before.
    let params = Params::parse(&waiting.params).unwrap_or_default();
    let prompts = params.get("prompt").unwrap_or_default();
    let wants = |word| prompts.split(' ').any(|prompt| prompt == word);
    Ok(Wishes {
        login: wants("login"),
        select_account: wants("select_account"),
        max_age: params.get("max_age").and_then(|seconds| seconds.parse().ok()),
    })
}

/// `GET /oauth2/authorize/{id}`: where a sign-in that began at a product ends.
pub async fn resume(visit: Visit, person: Option<SignedIn>, Path(id): Path<String>) -> Result<Response, Error> {
    let (browser, cookie) = visit.browser_or_new();
    let Some(asked) = open(&visit, &browser, &id).await? else { return pages::problem(&visit, Problem::Gone) };
    let answer = match asked {
        Judged::Good(asked) => go_on(visit, person, *asked).await?,
        Judged::Here(problem) => pages::problem(&visit, problem)?,
        Judged::AtClient(address) => see_other(&address),
    };
    Ok(with_cookies(answer, cookie))
}

/// A form of a page at that address has been answered: what comes next is asked there. It may be open to the person by now.
pub(super) fn again(visit: &Visit, asked: &Asked) -> Result<Response, Error> {
    visit.onward(&asked.id.map_or_else(|| "/".to_owned(), address))
}

/// A request that waits for this browser; the first browser that comes with one that had none yet is its browser.
pub(super) async fn open(visit: &Visit, browser: &Browser, id: &str) -> Result<Option<Judged>, Error> {
    let Some(id) = AuthorizationId::parse(id) else { return Ok(None) };
    let app = &visit.app;
    let name = id.to_string();
    let found = app.db.read("provider.waiting", async |tx: &mut Tx| queries::by_id(tx, &name).await).await?;
    let Some(waiting) = found else { return Ok(None) };
    let ours = match &waiting.browser {
        Some(known) => known.as_slice() == browser.hash.as_slice(),
        None => {
            app.db.write("provider.bind", async |tx: &mut Tx| queries::bind(tx, &name, &browser.hash).await).await?
        }
    };
    match ours {
        true => read(visit, waiting).await.map(Some),
        false => Ok(None),
    }
}

/// The same for a form, which comes from a page that this browser was shown.
pub(super) async fn open_here(visit: &Visit, id: &str) -> Result<Option<Judged>, Error> {
    let Some(browser) = visit.browser() else { return Ok(None) };
    open(visit, &browser, id).await
}

pub(super) async fn read(visit: &Visit, waiting: Waiting) -> Result<Judged, Error> {
    // What was kept was read once before.
    let params = Params::parse(&waiting.params).unwrap_or_default();
    judged(&visit.app, params, AuthorizationId::parse(&waiting.id), waiting.asked_at).await
}

/// Keeps a request that does not wait yet. Each is a row, so they are counted like sign-ins that were begun.
pub(super) async fn keep(visit: &Visit, asked: &Asked, browser: Option<&Browser>) -> Result<AuthorizationId, Error> {
    if let Some(id) = asked.id {
        return Ok(id);
    }
    let app = &visit.app;
    let name = app.entropy.id();
    let params = asked.params.only(&PARAMETERS).to_text();
    let new = NewRequest {
        id: &name,
        client: asked.client.id(),
        params: &params,
        browser: browser.map(|browser| browser.hash),
        pushed: None,
        expires_at: app.clock.now() + WAITS,
    };
    app.count_sign_in(visit.address).await?;
    // Lost with the last moment, the product asks again; nobody was told anything yet.
    app.db.write_unsynced("provider.wait", async |tx: &mut Tx| queries::insert(tx, &new).await).await?;
    AuthorizationId::parse(&name).ok_or_else(|| Error::Internal("an id that is none".into()))
}

/// To the address at which this request waits.
pub(super) async fn wait(visit: &Visit, asked: &Asked) -> Result<Response, Error> {
    let (browser, cookie) = visit.browser_or_new();
    let id = keep(visit, asked, Some(&browser)).await?;
    Ok(with_cookies(see_other(&address(id)), cookie))
}

/// To the front door, and back. Whoever is to prove it again is named there.
pub(super) async fn sign_in(visit: &Visit, asked: &Asked, again: Option<&SignedIn>) -> Result<Response, Error> {
    let (browser, cookie) = visit.browser_or_new();
    let id = keep(visit, asked, Some(&browser)).await?;
    let hinted = asked.request.login_hint.as_deref().map(web::kept);
    let named = match again {
        None => None,
        Some(person) => session::name_to_prove(person).await?,
    };
    let resume = Resume { destination: Destination::Authorization(id), identifier: named.or(hinted) };
    Ok(with_cookies(see_other(&address_for(&visit.app, &resume)), cookie))
}

/// To the second factor, and back: the session that is here is the first one.
pub(super) async fn step_up(visit: &Visit, asked: &Asked, person: &SignedIn) -> Result<Response, Error> {
    let (browser, cookie) = visit.browser_or_new();
    let id = keep(visit, asked, Some(&browser)).await?;
    // A browser that has lost its cookie would be another one there.
    match cookie {
        Some(_) => sign_in(visit, asked, Some(person)).await,
        None => sign_in::step_up(visit, person, Destination::Authorization(id)).await,
    }
}
