//! My account: what is kept about a person, where they are signed in, and which language they read.
//!
//! - [`activity`]: what happened to it. [`products`]: who knows them. [`terms`]: what they have accepted. [`download`]: all of it in one
//!   file.

mod activity;
mod download;
mod language;
mod products;
mod terms;

use askama::Template;
use axum::Router;
use axum::response::Response;
use axum::routing::{get, post};
use store::Tx;

use crate::app::App;
use crate::continuity;
use crate::mfa;
use crate::passkeys;
use crate::people::{self, Account};
use crate::platform::web::{Error, Moment, Page, html};
use crate::session::{self, SignedIn, browser_name};

pub fn routes() -> Router<App> {
    Router::new()
        .route("/account", get(page))
        .route("/language", post(language::choose))
        .merge(products::routes())
        .merge(activity::routes())
        .merge(terms::routes())
        .merge(download::routes())
}

struct SessionLine {
    browser: String,
    address: String,
    at: Moment,
    current: bool,
}

#[derive(Template)]
#[template(path = "account/account.html")]
struct AccountPage {
    page: Page,
    name: String,
    email: String,
    user_name: Option<String>,
    organization: String,
    /// The second mailbox, if one is confirmed.
    second: Option<String>,
    /// How many there are, where there can be any.
    passkeys: Option<usize>,
    /// A second factor is set up; with how many recovery codes are left.
    factor: Option<String>,
    by_passkey: bool,
    /// One can be set up here.
    may_set_up: bool,
    /// Looks after an organization's own sign-in.
    responsible: bool,
    sessions: Vec<SessionLine>,
}

/// `GET /account`
async fn page(person: SignedIn) -> Result<Response, Error> {
    let app = &person.visit.app;
    let Some((account, own, sessions)) =
        app.db.read("account.show", async |tx: &mut Tx| gather(tx, &person).await).await?
    else {
        return Err(Error::NotFound);
    };
    let now = app.clock.now();
    let line = |session: session::SessionLine| SessionLine {
        browser: browser_name(&session.user_agent),
        address: session.address,
        at: Moment::new(session.seen_at, &person.organization.time_zone, now),
        current: session.id == person.session,
    };
    html(&AccountPage {
        factor: account.has_authenticator.then(|| own.codes.to_string()),
        by_passkey: account.has_passkey,
        may_set_up: !account.has_second_factor() && mfa::may_set_up(&account),
        page: person.page(),
        name: account.name(),
        email: account.email,
        user_name: account.user_name,
        organization: person.organization.name.clone(),
        second: own.second,
        passkeys: own.passkeys,
        responsible: own.responsible,
        sessions: sessions.into_iter().map(line).collect(),
    })
}

/// What other rooms know of a person.
struct Own {
    second: Option<String>,
    responsible: bool,
    passkeys: Option<usize>,
    /// Recovery codes that are left.
    codes: i64,
}

async fn gather(
    tx: &mut Tx,
    person: &SignedIn,
) -> Result<Option<(Account, Own, Vec<session::SessionLine>)>, store::Error> {
    let Some(account) = people::by_id(tx, &person.account).await? else { return Ok(None) };
    let own = Own {
        second: continuity::address_of(tx, &account.id).await?.map(|address| address.shown),
        codes: mfa::recovery_codes_left(tx, &account.id).await?,
        responsible: continuity::is_responsible(tx, &account).await?,
        passkeys: passkeys::count_of(tx, &person.visit.app, &account).await?,
    };
    let sessions = session::list_of(tx, &account.id, &person.organization.policy).await?;
    Ok(Some((account, own, sessions)))
}
