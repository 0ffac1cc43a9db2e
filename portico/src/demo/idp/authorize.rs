//! The way in: a client sends somebody here, and gets a code for whoever it turns out to be.

use axum::extract::{RawQuery, State};
use axum::http::HeaderMap;
use axum::response::Response;
use oidc::authorize::{AuthorizationRequest, PARAMETERS, Refused, code_redirect, error_redirect, judge};
use oidc::id_token::hint;
use oidc::token::CodeBinding;
use oidc::{ErrorCode, Params, Refusal};
use secrecy::ExposeSecret;

use super::grants::Grant;
use super::mood::Mood;
use super::rules::{self, Next};
use super::sessions::Session;
use super::trouble::Trouble;
use super::{Here, Idp, discovery, sign_in, staff};
use crate::platform::web::see_other;

const DENIED: Refusal = Refusal::new(ErrorCode::AccessDenied, "Lakeshore does not let this person in");
/// In whose name it answers when it does not in its own.
const OTHER_ISSUER: &str = "https://sign-in.hillside.example";

/// A request that has passed every check, and its text, with which the entrance asks again: nothing is kept meanwhile.
pub struct Asked {
    pub request: AuthorizationRequest,
    pub query: String,
}

/// `POST /authorize`: the same as by GET, and from there on it is one, which can be loaded again.
pub async fn posted(body: String) -> Response {
    let params = Params::parse(&body).unwrap_or_default();
    see_other(&format!("/authorize?{}", params.to_text()))
}

/// `GET /authorize`
pub async fn begin(State(idp): State<Here>, headers: HeaderMap, RawQuery(query): RawQuery) -> Response {
    let asked = match read(&idp, query.as_deref()) {
        Ok(asked) => asked,
        Err(not_asked) => return not_asked.answer(&idp),
    };
    let (_, session) = idp.seen(&headers);
    let named = asked.request.id_token_hint.as_deref().map(|token| subject(&idp, token));
    match (rules::next(&asked.request, session.as_ref(), named.as_deref(), idp.now()), &session) {
        (Next::Answer, Some(session)) => answer(&idp, &asked.request, session),
        (Next::Choose, Some(session)) => sign_in::choose(&idp, &asked, session),
        (Next::Refuse(refusal), _) => refuse(&idp, &asked.request, refusal),
        _ => sign_in::entrance(&idp, &asked),
    }
}

/// A request that does not pass.
pub enum NotAsked {
    /// It may not be the client's: told here.
    Here,
    /// Told to the client, at an address of its own.
    AtClient(String),
}

impl NotAsked {
    pub fn answer(self, idp: &Idp) -> Response {
        match self {
            NotAsked::Here => Trouble::Unreadable.page(idp),
            NotAsked::AtClient(address) => see_other(&address),
        }
    }
}

/// Judges a request anew each time its text comes.
///
/// # Errors
/// [`NotAsked`].
pub fn read(idp: &Idp, query: Option<&str>) -> Result<Asked, NotAsked> {
    let params = Params::parse(query.unwrap_or_default()).unwrap_or_default();
    if params.get("client_id") != Some(&idp.client.id) {
        return Err(NotAsked::Here);
    }
    let request = judge(&params, &idp.client).map_err(|refused| match refused {
        Refused::Here(_) => NotAsked::Here,
        Refused::AtClient { redirect_uri, state, refusal } => {
            NotAsked::AtClient(error_redirect(&redirect_uri, idp.issuer(), state.as_deref(), refusal))
        }
    })?;
    Ok(Asked { request, query: params.only(&PARAMETERS).to_text() })
}

/// Whom a hint names: what is no token of ours names nobody here.
fn subject(idp: &Idp, token: &str) -> String {
    hint(token, &discovery::verifying_keys(idp), idp.issuer()).map(|hint| hint.sub).unwrap_or_default()
}

pub fn refuse(idp: &Idp, request: &AuthorizationRequest, refusal: Refusal) -> Response {
    see_other(&error_redirect(&request.redirect_uri, idp.issuer(), request.state.as_deref(), refusal))
}

/// No, in words that the client knows.
pub fn deny(idp: &Idp, request: &AuthorizationRequest) -> Response {
    refuse(idp, request, DENIED)
}

/// Back to the client, with a code.
pub fn answer(idp: &Idp, request: &AuthorizationRequest, session: &Session) -> Response {
    let mood = idp.moods.now();
    if mood == Mood::SaysNo {
        return deny(idp, request);
    }
    let grant = Grant {
        person: staff::told(session.person, mood),
        sid: session.sid.clone(),
        auth_time: session.auth_time.seconds(),
        badge: session.badge,
        nonce: request.nonce.clone(),
        scope: request.scope.clone(),
    };
    let binding = CodeBinding {
        client_id: request.client_id.clone(),
        redirect_uri: request.redirect_uri.clone(),
        challenge: request.challenge,
        dpop_jkt: None,
    };
    let code = idp.token();
    let code = code.expose_secret();
    idp.grants.give_code(code, binding, grant, idp.now());
    let issuer = if mood == Mood::OtherIssuer { OTHER_ISSUER } else { idp.issuer() };
    see_other(&code_redirect(&request.redirect_uri, issuer, request.state.as_deref(), code))
}
