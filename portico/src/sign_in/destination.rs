//! Where a sign-in leads. A destination is data from a closed set, never a URL out of a request.

use serde::{Deserialize, Serialize};

use crate::app::App;
use crate::platform::spelled::spelled;
use crate::platform::web;

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

impl Resume {
    pub fn seal(&self, app: &App) -> String {
        web::seal(&app.keys, PURPOSE, self)
    }

    /// Whether a form was shown for somebody else than `identifier`: another tab has said "not you?" since. What was typed
    /// into it is not for this account's eyes, and must not burn its attempts.
    pub fn is_for_another(app: &App, sealed: &str, identifier: &str) -> bool {
        Resume::open(app, sealed).identifier.is_some_and(|shown| shown != identifier)
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
