//! The incident desk: where a visitor sees who is signed in here, and makes the identity provider misbehave.

use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Deserialize;

use super::mood::Mood;
use super::staff::{Colleague, STAFF};
use super::trouble::Trouble;
use super::{Here, Idp};
use crate::demo::data::PASSWORD;
use crate::demo::houses::html;
use crate::platform::i18n::Words;
use crate::platform::web::see_other;

struct Choice {
    name: &'static str,
    words: String,
    /// What people are told then.
    shows: String,
    now: bool,
}

#[derive(Template)]
#[template(path = "demo/idp/desk.html")]
struct DeskPage<'a> {
    words: Words,
    mood: &'static str,
    choices: Vec<Choice>,
    who: Option<&'static Colleague>,
    staff: Vec<(&'static str, String)>,
    password: &'static str,
    front_door: &'a str,
}

#[derive(Deserialize)]
pub struct Wanted {
    #[serde(default)]
    mood: String,
}

/// `GET /`
pub async fn show(State(idp): State<Here>, headers: HeaderMap) -> Response {
    let words = idp.words();
    let (_, session) = idp.seen(&headers);
    html(&DeskPage {
        mood: idp.moods.now().name(),
        choices: Mood::ALL.into_iter().map(|mood| choice(&idp, mood)).collect(),
        who: session.map(|session| session.person),
        staff: STAFF.into_iter().map(|one| (one.email, words.t(one.about).into_owned())).collect(),
        password: PASSWORD,
        front_door: &idp.agreement.front_door,
        words,
    })
}

fn choice(idp: &Idp, mood: Mood) -> Choice {
    let (words, name) = (idp.words(), mood.name());
    Choice {
        name,
        words: words.t(&format!("idp-mood-{name}")).into_owned(),
        shows: words.t(&format!("idp-shows-{name}")).into_owned(),
        now: mood == idp.moods.now(),
    }
}

/// `POST /mood`
pub async fn set(State(idp): State<Here>, Form(wanted): Form<Wanted>) -> Response {
    match Mood::of_name(&wanted.mood) {
        Some(mood) => {
            idp.moods.set(mood);
            see_other("/")
        }
        None => Trouble::Unreadable.page(&idp),
    }
}
