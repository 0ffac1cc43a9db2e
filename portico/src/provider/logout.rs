//! RP-initiated logout: a product asks that its person be signed out (OpenID Connect RP-Initiated Logout 1.0).
//!
//! - With an ID token of ours that names who is here, in the session that is here, it is done. Without, the person is asked:
//!   nobody may sign others out by a link (ASVS 10.6.2), nor by an ID token that was left lying in a log last week.
//! - It leads back only to an address that the client of that ID token has registered. Without such a token it leads nowhere, and
//!   a request for another address is not believed: the person is asked.

use askama::Template;
use axum::extract::RawQuery;
use axum::response::Response;
use oidc::Params;
use oidc::id_token::{self, Hint};
use oidc::logout::{LogoutRequest, post_logout_redirect};
use serde::{Deserialize, Serialize};
use store::Tx;

use super::answers::Unanswered;
use super::clients;
use super::form::OAuthForm;
use super::grants;
use super::keys::ring;
use crate::app::App;
use crate::platform::ids::{AccountId, SessionId};
use crate::platform::web::{self, Error, Form, Page, Visit, html, see_other};
use crate::session::{self, SignedIn};

#[derive(Template)]
#[template(path = "provider/logout.html")]
struct LogoutPage {
    page: Page,
    /// Of the product that asked, when that is known.
    client: Option<String>,
    carried: String,
}

/// What the page carries to its answer, sealed.
#[derive(Default, Serialize, Deserialize)]
struct Carried {
    back: Option<String>,
}

#[derive(Deserialize)]
pub struct Confirmation {
    #[serde(default)]
    carried: String,
}

const PURPOSE: &str = "rp_logout";

/// What is known of a request.
struct Understood {
    client: Option<String>,
    hint: Option<Hint>,
    back: Option<String>,
    /// It asked for an address that is not the client's.
    elsewhere: bool,
}

/// `GET /oauth2/logout`
pub async fn get(visit: Visit, person: Option<SignedIn>, RawQuery(query): RawQuery) -> Result<Response, Error> {
    let params = Params::parse(query.as_deref().unwrap_or_default()).unwrap_or_default();
    let understood = understand(&visit.app, &LogoutRequest::read(&params)).await?;
    let back = understood.back.as_deref().unwrap_or(session::SIGNED_OUT);
    let here = match &person {
        Some(person) => Some((person.session.clone(), person.account.clone())),
        // It may have run out here, and be in use at other products: they are to be told.
        None => session::run_out(&visit).await?,
    };
    let Some((session, account)) = here else { return Ok(see_other(back)) };
    if !understood.elsewhere && names(&visit.app, &understood, &session, &account).await? {
        // A product's form has led here, and its policy ends where its provider's begins: not so at an organization's own.
        let answer = |to: &str| if to == back { Ok(see_other(to)) } else { visit.onward(to) };
        return session::sign_out_to(&visit, back, answer).await;
    }
    if person.is_none() {
        return Ok(see_other(back));
    }
    html(&LogoutPage {
        // Without the bar of somebody who is signed in: it has a button of the same name, which would not lead back.
        page: visit.page(),
        client: understood.client,
        carried: web::seal(&visit.app.keys, PURPOSE, &Carried { back: understood.back }),
    })
}

/// `POST /oauth2/logout`: comes from another site and so without cookies; the same again at an address where they are.
pub async fn post(form: Result<OAuthForm, Unanswered>) -> Response {
    // What cannot be read says nothing: the person is asked.
    let params = form.map(|OAuthForm(params)| params).unwrap_or_default();
    let known = params.only(&["id_token_hint", "client_id", "post_logout_redirect_uri", "state"]);
    see_other(&format!("/oauth2/logout?{}", known.to_text()))
}

/// `POST /oauth2/logout/confirm`: the person has said so.
pub async fn confirm(visit: Visit, Form(confirmation): Form<Confirmation>) -> Result<Response, Error> {
    let carried: Carried = web::unseal(&visit.app.keys, PURPOSE, &confirmation.carried).unwrap_or_default();
    session::sign_out_from_page(&visit, carried.back.as_deref().unwrap_or(session::SIGNED_OUT)).await
}

async fn understand(app: &App, request: &LogoutRequest) -> Result<Understood, Error> {
    let nothing = Understood { client: None, hint: None, back: None, elsewhere: false };
    let Some(token) = &request.id_token_hint else { return Ok(nothing) };
    let keys = ring(app).await?.verifying(app.clock.now());
    let Ok(hint) = id_token::hint(token, &keys, &app.public_url) else { return Ok(nothing) };
    if request.client_id.as_ref().is_some_and(|id| *id != hint.audience) {
        return Ok(nothing);
    }
    let Some(client) = clients::find(app, &hint.audience).await? else { return Ok(nothing) };
    let back = request.post_logout_redirect_uri.as_deref().filter(|uri| client.client.returns_to_after_logout(uri));
    Ok(Understood {
        elsewhere: back.is_none() && request.post_logout_redirect_uri.is_some(),
        back: back.map(|uri| post_logout_redirect(uri, request.state.as_deref())),
        client: Some(client.name.clone()),
        hint: Some(hint),
    })
}

/// Whether the ID token names the person who is here, and the session.
async fn names(app: &App, understood: &Understood, session: &SessionId, account: &AccountId) -> Result<bool, Error> {
    let Some(Hint { sub, sid: Some(sid), audience }) = &understood.hint else { return Ok(false) };
    let Some(client) = clients::find(app, audience).await? else { return Ok(false) };
    if client.subject_of(&app.keys, account) != *sub {
        return Ok(false);
    }
    // A session that went on under a new one is still called by its first name at the products it had reached by then.
    let reached = async |tx: &mut Tx| grants::has_reached(tx, session, audience, sid).await;
    Ok(*sid == super::authorize::sid(app, audience, session) || app.db.read("provider.reached", reached).await?)
}
