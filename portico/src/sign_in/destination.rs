//! Where a sign-in leads. A destination is data from a closed set, never a URL out of a request.

use std::time::Duration;

use axum::http::HeaderValue;
use serde::{Deserialize, Serialize};

use crate::app::App;
use crate::platform::ids::SignInId;
use crate::platform::spelled::spelled;
use crate::platform::web::{self, Cookie, Visit};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Destination {
    #[default]
    Portal,
    Account,
}

spelled!(Destination { Portal = "portal", Account = "account" });

impl Destination {
    pub fn path(self) -> &'static str {
        match self {
            Destination::Portal => "/",
            Destination::Account => "/account",
        }
    }
}

/// What a page carries, sealed, so that a sign-in whose row is gone begins anew with nothing lost.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resume {
    pub destination: Destination,
    pub identifier: Option<String>,
}

const PURPOSE: &str = "resume";
const COOKIE_PURPOSE: &str = "sign_in";
const KEPT: Duration = Duration::from_secs(30 * 24 * 3_600);

impl Resume {
    pub fn seal(&self, app: &App) -> String {
        web::seal(&app.keys, PURPOSE, self)
    }

    /// Whether a form was shown for somebody else than `identifier`: another tab has said "not you?" since. What was typed
    /// into it is not for this account's eyes, and must not burn its attempts.
    pub fn is_for_another(app: &App, sealed: &str, identifier: &str) -> bool {
        Resume::open(app, sealed).identifier.is_some_and(|shown| shown != identifier)
    }

    /// The cookie that remembers what the sign-in `id` is about for longer than its row lives. The one begun last in a
    /// browser is enough: it is the one whose page stayed open.
    pub fn cookie(&self, app: &App, id: &SignInId) -> HeaderValue {
        app.cookies.set(Cookie::SignIn, &web::seal(&app.keys, COOKIE_PURPOSE, &(id.as_str(), self)), Some(KEPT))
    }

    /// What the sign-in `id` was about, if it is the one begun last in this browser.
    pub fn of_cookie(visit: &Visit, id: &SignInId) -> Option<Resume> {
        let sealed = visit.cookie(Cookie::SignIn)?;
        let (of, resume): (String, Resume) = web::unseal(&visit.app.keys, COOKIE_PURPOSE, sealed)?;
        (of == id.as_str()).then_some(resume)
    }

    /// Anything that is not ours resumes nothing: the portal, nobody named.
    pub fn open(app: &App, sealed: &str) -> Resume {
        web::unseal(&app.keys, PURPOSE, sealed).unwrap_or_default()
    }
}

/// The address that begins a sign-in towards `destination`, with the identifier filled in when it is known.
pub fn address(app: &App, resume: &Resume) -> String {
    if *resume == Resume::default() { "/sign-in".into() } else { format!("/sign-in?resume={}", resume.seal(app)) }
}
