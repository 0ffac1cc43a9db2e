//! The authorization endpoint: a product asks who somebody is.
//!
//! ```text
//! GET /oauth2/authorize ── judged ──┬▶ our own page      no client, or a redirect URI that is not the client's
//!                                   ├▶ client, error      everything else that is wrong
//!                                   └▶ what next? ──┬▶ client, code
//!                                        ▲          ├▶ client, error    `prompt=none`, or it cannot be met
//!                                        │          ├▶ /sign-in         waits as a row, comes back as
//!            GET /oauth2/authorize/{id} ─┘          │                   `Destination::Authorization`
//!                                                   ├▶ the same, for a second factor alone
//!                                                   └▶ a page at {id}   no access · consent
//! ```
//!
//! - What happens next is derived from facts ([`rules`]), never stored: a request that waits holds its parameters and nothing
//!   about how far it has come. Reload and Back ask again.
//! - A request that waits is bound to the browser it came in; an address alone opens nothing.
//! - A POST comes from another site and so without cookies: it is stored and sent on to an address of ours, where they are
//!   (security.md C13).
//! - With a living session and nothing to ask, a code is given and nothing is written.

mod consent;
mod consents;
mod gather;
mod grant;
mod no_access;
mod pages;
mod pushed;
mod queries;
mod rules;
#[cfg(test)]
mod tests;
mod waiting;

pub use consent::{decide, meanings};
pub use consents::{Consented, leave, withdraw as withdraw_consent};
pub use grant::sid;
pub use no_access::ask;
pub use pages::Problem;
pub use pushed::push;
pub use queries::{consents, is_allowed, of_administrators, purge};
pub use waiting::{Wishes, resume, wishes};

use std::sync::Arc;

use axum::extract::RawQuery;
use axum::response::Response;
use oidc::Params;
use oidc::authorize::{AuthorizationRequest, Refused, error_redirect, judge};
use oidc::error::Refusal;

use self::rules::Next;
use super::answers::Unanswered;
use super::clients::{self, Registered};
use super::form::OAuthForm;
use super::grants::Opening;
use crate::app::App;
use crate::platform::clock::Time;
use crate::platform::web::{Error, Visit, see_other, with_cookies};
use crate::session::SignedIn;
use crate::sign_in::AuthorizationId;

/// A request that was judged good, and whether it waits already.
pub(super) struct Asked {
    pub request: AuthorizationRequest,
    pub client: Arc<Registered>,
    pub params: Params,
    pub id: Option<AuthorizationId>,
    pub at: Time,
}

/// What became of parameters.
pub(super) enum Judged {
    Good(Box<Asked>),
    /// Told to the person.
    Here(Problem),
    /// Told to the client: the address that does it.
    AtClient(String),
}

/// `GET /oauth2/authorize`
pub async fn get(visit: Visit, person: Option<SignedIn>, RawQuery(query): RawQuery) -> Result<Response, Error> {
    let Ok(params) = Params::parse(query.as_deref().unwrap_or_default()) else {
        return pages::problem(&visit, Problem::Unreadable);
    };
    if let Some(secret) = pushed::secret_of(&params) {
        return pushed::take(visit, person, &params, secret).await;
    }
    let at = visit.app.clock.now();
    match judged(&visit.app, params, None, at).await? {
        Judged::Good(asked) => go_on(visit, person, *asked).await,
        Judged::Here(problem) => pages::problem(&visit, problem),
        Judged::AtClient(address) => Ok(see_other(&address)),
    }
}

/// `POST /oauth2/authorize`
pub async fn post(visit: Visit, form: Result<OAuthForm, Unanswered>) -> Result<Response, Error> {
    // It is a person who looks at the answer.
    let Ok(OAuthForm(params)) = form else { return pages::problem(&visit, Problem::Unreadable) };
    if pushed::secret_of(&params).is_some() {
        let named = params.only(&["client_id", "request_uri"]);
        return Ok(see_other(&format!("/oauth2/authorize?{}", named.to_text())));
    }
    match judged(&visit.app, params, None, visit.app.clock.now()).await? {
        Judged::Good(asked) => {
            let id = waiting::keep(&visit, &asked, None).await?;
            Ok(see_other(&waiting::address(id)))
        }
        Judged::Here(problem) => pages::problem(&visit, problem),
        Judged::AtClient(address) => Ok(see_other(&address)),
    }
}

/// Finds the client and makes every check.
async fn judged(app: &App, params: Params, id: Option<AuthorizationId>, at: Time) -> Result<Judged, Error> {
    let named = params.get("client_id").filter(|_| !params.is_repeated("client_id"));
    let client = match named {
        Some(named) => clients::find(app, named).await?,
        None => None,
    };
    let Some(client) = client else { return Ok(Judged::Here(Problem::NoClient)) };
    Ok(match judge(&params, &client.client) {
        Ok(request) => Judged::Good(Box::new(Asked { request, client, params, id, at })),
        Err(Refused::Here(refusal)) => {
            tracing::info!(
                client = client.id(),
                reason = refusal.description,
                "a request for sign-in was refused here"
            );
            Judged::Here(Problem::Redirect)
        }
        Err(Refused::AtClient { redirect_uri, state, refusal }) => {
            Judged::AtClient(error_redirect(&redirect_uri, &app.public_url, state.as_deref(), refusal))
        }
    })
}

/// What happens next, and the answer that makes it happen.
async fn go_on(visit: Visit, person: Option<SignedIn>, asked: Asked) -> Result<Response, Error> {
    // On its own pages a product's wish comes before what the person has chosen.
    let wished = visit.app.locales.best(&asked.request.ui_locales).is_some();
    let (visit, language) = visit.speaking(&asked.request.ui_locales);
    let person = person.map(|person| match wished {
        true => SignedIn { visit: visit.clone(), ..person },
        false => person,
    });
    let gathered = gather::gather(&visit.app, person.as_ref(), &asked).await?;
    let next = rules::next(&asked.request, &gathered.facts, visit.app.clock.now());
    Ok(with_cookies(make(next, visit, person, asked, gathered.opening).await?, language))
}

async fn make(
    next: Next,
    visit: Visit,
    person: Option<SignedIn>,
    asked: Asked,
    opening: Opening,
) -> Result<Response, Error> {
    let app = visit.app.clone();
    match (next, person, asked.id) {
        (Next::Refuse(refusal), ..) => Ok(see_other(&refused_at(&app, &asked, refusal))),
        (Next::Grant, Some(person), _) => Ok(grant::answer(&app, &person, &asked)),
        (Next::SignIn, ..) => waiting::sign_in(&visit, &asked, None).await,
        (Next::SignInAgain, person, _) => waiting::sign_in(&visit, &asked, person.as_ref()).await,
        (Next::StepUp, Some(person), _) => waiting::step_up(&visit, &asked, &person).await,
        // A page has an address of its own, so that it can be looked at again.
        (Next::NoAccess | Next::Consent, _, None) => waiting::wait(&visit, &asked).await,
        (Next::NoAccess, Some(person), Some(id)) => no_access::page(&person, &asked, id, opening).await,
        (Next::Consent, Some(person), Some(id)) => consent::page(&person, &asked, id),
        // The rules ask for a session first.
        (Next::Grant | Next::StepUp | Next::NoAccess | Next::Consent, None, _) => {
            waiting::sign_in(&visit, &asked, None).await
        }
    }
}

/// The address at which the client is told.
fn refused_at(app: &App, asked: &Asked, refusal: Refusal) -> String {
    let request = &asked.request;
    error_redirect(&request.redirect_uri, &app.public_url, request.state.as_deref(), refusal)
}
