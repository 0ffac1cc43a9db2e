//! The way out: asked for by the client (OpenID Connect RP-Initiated Logout 1.0), or here.

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::http::HeaderMap;
use axum::response::Response;
use oidc::Params;
use oidc::id_token::{Hint, hint};
use oidc::logout::{LogoutRequest, post_logout_redirect};

use super::{Here, Idp, back_channel, discovery};
use crate::demo::houses::{html, with_cookie};
use crate::platform::i18n::Words;
use crate::platform::web::see_other;

#[derive(Template)]
#[template(path = "demo/idp/leaving.html")]
struct LeavingPage<'a> {
    words: Words,
    /// What was asked, to be judged again with the answer.
    query: &'a str,
    name: String,
    mood: &'static str,
}

#[derive(Template)]
#[template(path = "demo/idp/left.html")]
struct LeftPage<'a> {
    words: Words,
    front_door: &'a str,
    mood: &'static str,
}

/// `POST /logout`: the same as by GET, and from there on it is one.
pub async fn posted(body: String) -> Response {
    let params = Params::parse(&body).unwrap_or_default();
    see_other(&format!("/logout?{}", params.to_text()))
}

/// `GET /logout`: at once where a token of ours names this very session; otherwise anybody's link could sign people out.
pub async fn asked(State(idp): State<Here>, headers: HeaderMap, RawQuery(query): RawQuery) -> Response {
    let query = query.unwrap_or_default();
    let request = read(&query);
    let (_, session) = idp.seen(&headers);
    let named = named(&idp, &request);
    let Some(session) = session else { return go_back(&idp, &request, named.as_ref()) };
    if named.as_ref().is_some_and(|hint| hint.sid.as_deref() == Some(&session.sid)) {
        return leave(&idp, &headers, go_back(&idp, &request, named.as_ref()));
    }
    let (words, name) = (idp.words(), session.person.name());
    html(&LeavingPage { words, query: &query, name, mood: idp.moods.now().name() })
}

/// `POST /sign-out`: the person's own word, with which a client's request may come along.
pub async fn sign_out(State(idp): State<Here>, headers: HeaderMap, RawQuery(query): RawQuery) -> Response {
    let request = read(&query.unwrap_or_default());
    let named = named(&idp, &request);
    leave(&idp, &headers, go_back(&idp, &request, named.as_ref()))
}

/// `GET /signed-out`
pub async fn signed_out(State(idp): State<Here>) -> Response {
    html(&LeftPage { words: idp.words(), front_door: &idp.agreement.front_door, mood: idp.moods.now().name() })
}

fn read(query: &str) -> LogoutRequest {
    LogoutRequest::read(&Params::parse(query).unwrap_or_default())
}

/// What the client's token says, if it is ours and for the client that is named.
fn named(idp: &Idp, request: &LogoutRequest) -> Option<Hint> {
    let token = request.id_token_hint.as_deref()?;
    let hint = hint(token, &discovery::verifying_keys(idp), idp.issuer()).ok()?;
    let ours = hint.audience == idp.client.id && request.client_id.as_ref().is_none_or(|id| *id == idp.client.id);
    ours.then_some(hint)
}

/// Only to an address that was agreed, and only for a client that is known.
fn go_back(idp: &Idp, request: &LogoutRequest, named: Option<&Hint>) -> Response {
    let known = named.is_some() || request.client_id.as_deref() == Some(&idp.client.id);
    let asked = request.post_logout_redirect_uri.as_deref();
    match asked.filter(|uri| known && idp.client.returns_to_after_logout(uri)) {
        Some(uri) => see_other(&post_logout_redirect(uri, request.state.as_deref())),
        None => see_other("/signed-out"),
    }
}

fn leave(idp: &Here, headers: &HeaderMap, answer: Response) -> Response {
    let (cookie, _) = idp.seen(headers);
    if let Some(ended) = cookie.and_then(|cookie| idp.sessions.end(&cookie)) {
        back_channel::tell(idp, &ended);
    }
    with_cookie(answer, &idp.cookie, "")
}
