//! Somebody who is signed in at a product, and whether they still are welcome.

use std::time::Duration;

use axum::http::HeaderMap;
use serde::{Deserialize, Serialize};

use super::Stall;
use super::menu::{self, Asked, Menu};
use super::trouble::Trouble;
use crate::platform::clock::Time;

/// Between two questions: fast enough to see that access was taken away, seldom enough for a page with many parts.
const SURE_FOR: Duration = Duration::from_secs(2);
/// While the issuer is away, nobody is thrown out; but not for longer than an access token would have lived.
const TRUSTED_FOR: Duration = Duration::from_secs(300);
/// Refreshed before it ends, so that no request is lost on the way.
const AHEAD: Duration = Duration::from_secs(15);

/// Kept here, and but for the hint of a sign-out never sent to a browser.
#[derive(Clone)]
pub struct Tokens {
    pub access: String,
    pub expires_at: Time,
    pub refresh: String,
    pub id: String,
}

/// What userinfo says of them beside the standard claims.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub struct Person {
    #[serde(skip)]
    pub shown: String,
    #[serde(default)]
    pub organization: Option<Named>,
    #[serde(default)]
    pub sites: Vec<Place>,
    #[serde(default)]
    pub roles: Vec<String>,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Named {
    pub name: String,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Place {
    pub name: String,
    #[serde(default)]
    pub roles: Vec<String>,
}

pub struct Member {
    pub sub: String,
    pub sid: Option<String>,
    pub tokens: Tokens,
    pub person: Person,
    /// With the moment at which the issuer last said that all is well.
    pub menu: Option<(Time, Menu)>,
}

/// What a page shows of them.
pub struct Seen {
    pub person: Person,
    pub menu: Menu,
}

/// Who is here; `None` when nobody is, or not any more.
pub async fn seen(stall: &Stall, headers: &HeaderMap) -> Result<Option<Seen>, Trouble> {
    let now = stall.clock.now();
    let Some(cookie) = stall.cookie_of(headers) else { return Ok(None) };
    let Some(seat) = stall.sessions.seated(&cookie, now) else { return Ok(None) };
    let mut member = seat.lock().await;
    if !is_welcome(stall, &mut member, now).await? {
        stall.sessions.leave(&cookie);
        return Ok(None);
    }
    Ok(member.menu.as_ref().map(|(_, menu)| Seen { person: member.person.clone(), menu: menu.clone() }))
}

/// Asks the issuer, unless it was asked just now: the list for the menu, with the person's access token, which is good only while
/// session, credentials and access are.
async fn is_welcome(stall: &Stall, member: &mut Member, now: Time) -> Result<bool, Trouble> {
    let known_for = member.menu.as_ref().map(|(asked_at, _)| now.since(*asked_at));
    if known_for.is_some_and(|known_for| known_for < SURE_FOR) {
        return Ok(true);
    }
    match ask(stall, member, now).await {
        Err(Trouble::Away) if known_for.is_some_and(|known_for| known_for < TRUSTED_FOR) => Ok(true),
        other => other,
    }
}

async fn ask(stall: &Stall, member: &mut Member, now: Time) -> Result<bool, Trouble> {
    let mut refreshed = false;
    if member.tokens.expires_at <= now + AHEAD {
        refreshed = true;
        if !renew(stall, member).await? {
            return Ok(false);
        }
    }
    loop {
        let known = member.menu.as_ref().map(|(_, menu)| menu);
        match menu::ask(&stall.issuer, &member.tokens.access, known).await? {
            Asked::List(menu) => {
                member.menu = Some((now, menu));
                return Ok(true);
            }
            Asked::NotGood if refreshed => return Ok(false),
            Asked::NotGood => {
                refreshed = true;
                if !renew(stall, member).await? {
                    return Ok(false);
                }
            }
        }
    }
}

/// The next tokens, and a fresh look at who it is; false when the issuer says that this is over.
async fn renew(stall: &Stall, member: &mut Member) -> Result<bool, Trouble> {
    let Some(tokens) = stall.issuer.refresh(&member.tokens).await? else { return Ok(false) };
    member.tokens = tokens;
    member.person = stall.issuer.person(&member.tokens.access, &member.sub).await?;
    Ok(true)
}
