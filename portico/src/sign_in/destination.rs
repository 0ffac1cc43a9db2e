//! Where a sign-in leads. A destination is data from a closed set, never a URL out of a request.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use axum::http::HeaderValue;
use serde::{Deserialize, Serialize};

use crate::app::App;
use crate::platform::ids::SignInId;
use crate::platform::spelled::{UnknownWord, spelled};
use crate::platform::web::{self, Cookie, Visit};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Destination {
    #[default]
    Portal,
    Account,
    /// A page of one's own account on which something sensitive is done: whoever comes there has just proved who they are.
    Verified(AccountPage),
    /// An organization's sign-in, for those who are responsible for it.
    SingleSignOn,
    /// A product's request, which waits for its answer.
    Authorization(AuthorizationId),
    /// A product, from another product's menu; whether it is this person's is asked there.
    Opening(OpeningId),
}

/// The pages of one's own account that want a proof of this moment; see `session::RecentlyVerified`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountPage {
    SecondaryEmail,
    SecondFactor,
    Passkeys,
    Download,
}

spelled!(AccountPage {
    SecondaryEmail = "secondary_email",
    SecondFactor = "second_factor",
    Passkeys = "passkeys",
    Download = "download",
});

impl AccountPage {
    pub const ALL: [AccountPage; 4] =
        [AccountPage::SecondaryEmail, AccountPage::SecondFactor, AccountPage::Passkeys, AccountPage::Download];

    pub fn path(self) -> &'static str {
        match self {
            AccountPage::SecondaryEmail => "/account/secondary-email",
            AccountPage::SecondFactor => "/account/second-factor",
            AccountPage::Passkeys => "/account/passkeys",
            AccountPage::Download => "/account/download",
        }
    }

    /// Whose page, or form, an address is.
    pub fn of(path: &str) -> Option<AccountPage> {
        let is_below = |below: &str| below.is_empty() || below.starts_with('/');
        AccountPage::ALL.into_iter().find(|page| path.strip_prefix(page.path()).is_some_and(is_below))
    }
}

macro_rules! copied_ids {
    ($($(#[$about:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(u128);

        impl $name {
            pub fn parse(text: &str) -> Option<$name> {
                uuid::Uuid::parse_str(text).ok().map(|id| $name(id.as_u128()))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                uuid::Uuid::from_u128(self.0).fmt(f)
            }
        }
    )+};
}

// UUIDs, small enough to be copied like the other destinations.
copied_ids! {
    /// The id of a product's request.
    AuthorizationId,
    /// The id of an access row.
    OpeningId,
}

const AUTHORIZATION: &str = "authorization:";
const OPENING: &str = "opening:";
const VERIFIED: &str = "verified:";

impl Destination {
    pub fn path(self) -> Cow<'static, str> {
        match self {
            Destination::Portal => "/".into(),
            Destination::Account => "/account".into(),
            Destination::Verified(page) => page.path().into(),
            Destination::SingleSignOn => "/account/sso".into(),
            Destination::Authorization(id) => format!("/oauth2/authorize/{id}").into(),
            Destination::Opening(id) => format!("/open/{id}").into(),
        }
    }

    /// Whether the way may go on from there to another site.
    pub fn is_a_product(self) -> bool {
        matches!(self, Destination::Authorization(_) | Destination::Opening(_))
    }

    /// Whether what was proved before is not enough for it.
    pub fn wants_fresh_proof(self) -> bool {
        matches!(self, Destination::Verified(_))
    }

    /// As the database spells it.
    pub fn word(self) -> String {
        match self {
            Destination::Portal => "portal".to_owned(),
            Destination::Account => "account".to_owned(),
            Destination::Verified(page) => format!("{VERIFIED}{}", page.as_str()),
            Destination::SingleSignOn => "single_sign_on".to_owned(),
            Destination::Authorization(id) => format!("{AUTHORIZATION}{id}"),
            Destination::Opening(id) => format!("{OPENING}{id}"),
        }
    }
}

impl FromStr for Destination {
    type Err = UnknownWord;

    fn from_str(word: &str) -> Result<Destination, UnknownWord> {
        let authorization = || word.strip_prefix(AUTHORIZATION).and_then(AuthorizationId::parse);
        let opening = || word.strip_prefix(OPENING).and_then(OpeningId::parse);
        let verified = || word.strip_prefix(VERIFIED).and_then(|page| page.parse().ok());
        match word {
            "portal" => Ok(Destination::Portal),
            "account" => Ok(Destination::Account),
            "single_sign_on" => Ok(Destination::SingleSignOn),
            _ => authorization()
                .map(Destination::Authorization)
                .or_else(|| opening().map(Destination::Opening))
                .or_else(|| verified().map(Destination::Verified))
                .ok_or_else(|| UnknownWord(word.into())),
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
