//! The entrance: an email and a password of the hospital's own, and a badge for whoever wants to show one.

use askama::Template;
use axum::Form;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use secrecy::ExposeSecret;
use serde::Deserialize;
use subtle::ConstantTimeEq;

use super::authorize::{self, Asked};
use super::sessions::Session;
use super::staff::{self, Colleague};
use super::{Here, Idp, back_channel, rules};
use crate::demo::data::PASSWORD;
use crate::demo::houses::{html, with_cookie};
use crate::platform::i18n::Words;

#[derive(Template)]
#[template(path = "demo/idp/entrance.html")]
struct EntrancePage<'a> {
    words: Words,
    /// What is asked, to be judged again with the answer.
    query: &'a str,
    email: &'a str,
    wrong: bool,
    badge_wanted: bool,
    mood: &'static str,
}

#[derive(Template)]
#[template(path = "demo/idp/choose.html")]
struct ChoosePage<'a> {
    words: Words,
    query: &'a str,
    name: String,
    email: &'static str,
    mood: &'static str,
}

#[derive(Deserialize)]
pub struct Typed {
    #[serde(default)]
    email: String,
    #[serde(default)]
    password: String,
    badge: Option<String>,
    /// Which button: enter | cancel | go-on | another.
    #[serde(default)]
    way: String,
}

/// Asks who it is, with what the client knows already filled in.
pub fn entrance(idp: &Idp, asked: &Asked) -> Response {
    ask(idp, asked, asked.request.login_hint.as_deref().unwrap_or_default(), false)
}

fn ask(idp: &Idp, asked: &Asked, email: &str, wrong: bool) -> Response {
    html(&EntrancePage {
        words: idp.words(),
        query: &asked.query,
        email,
        wrong,
        badge_wanted: rules::wants_badge(&asked.request),
        mood: idp.moods.now().name(),
    })
}

/// Asks whether to go on as whoever is signed in.
pub fn choose(idp: &Idp, asked: &Asked, session: &Session) -> Response {
    html(&ChoosePage {
        words: idp.words(),
        query: &asked.query,
        name: session.person.name(),
        email: session.person.email,
        mood: idp.moods.now().name(),
    })
}

/// `POST /sign-in`
pub async fn sign_in(
    State(idp): State<Here>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
    Form(typed): Form<Typed>,
) -> Response {
    let asked = match authorize::read(&idp, query.as_deref()) {
        Ok(asked) => asked,
        Err(not_asked) => return not_asked.answer(&idp),
    };
    match (typed.way.as_str(), idp.seen(&headers)) {
        ("cancel", _) => authorize::deny(&idp, &asked.request),
        ("another", _) => ask(&idp, &asked, "", false),
        ("go-on", (_, Some(session))) => authorize::answer(&idp, &asked.request, &session),
        ("go-on", _) => entrance(&idp, &asked),
        (_, (cookie, session)) => match is_shown(&typed) {
            Some(person) => enter(&idp, &asked, cookie.zip(session), (person, typed.badge.is_some())),
            None => {
                let mut page = ask(&idp, &asked, &typed.email, true);
                *page.status_mut() = StatusCode::FORBIDDEN;
                page
            }
        },
    }
}

/// Whose email and password these are.
fn is_shown(typed: &Typed) -> Option<&'static Colleague> {
    let right: bool = typed.password.as_bytes().ct_eq(PASSWORD.as_bytes()).into();
    staff::by_email(&typed.email).filter(|_| right)
}

/// Under a cookie that is new each time: one that was known before is worth nothing after it.
fn enter(
    idp: &Here,
    asked: &Asked,
    before: Option<(String, Session)>,
    (person, badge): (&'static Colleague, bool),
) -> Response {
    // Whoever shows anew who they are stays in the session they are in; somebody else takes the place of who was there.
    let same = before.as_ref().filter(|(_, session)| session.person == person).map(|(_, session)| session.sid.clone());
    if let Some((cookie, _)) = before {
        let ended = idp.sessions.end(&cookie).filter(|ended| same.as_ref() != Some(&ended.sid));
        if let Some(ended) = ended {
            back_channel::tell(idp, &ended);
        }
    }
    let session = Session { person, sid: same.unwrap_or_else(|| idp.ground.entropy.id()), auth_time: idp.now(), badge };
    let cookie = idp.token();
    let answer = authorize::answer(idp, &asked.request, &session);
    idp.sessions.open(cookie.expose_secret(), session);
    with_cookie(answer, &idp.cookie, cookie.expose_secret())
}
