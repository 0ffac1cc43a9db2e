//! My account: what is kept about a person, where they are signed in, which language they read, and what they change of it themselves.
//!
//! - The first page shows how things are, a line each; whoever wants to change one follows its line to a page of its own, which other
//!   rooms have, too. There a proof of the last five minutes is wanted (`session::RecentlyVerified`).
//! - A form says, sealed, for whom it was shown and under which credentials. One that is older changes nothing, and of two at once one
//!   wins: the write asks again whether the session lives under these credentials.
//! - Address, user name, password and answers are credentials: with a change every other session ends, and every link and code that was
//!   mailed before is void. The session it was done in goes on under another secret, and this browser stays known.
//! - Each is told by mail to every address, and recorded. Who keeps it is asked first: an organization with a sign-in of its own, or the
//!   several people of a shared account.
//! - What is kept beside that: [`activity`], what happened to it; [`products`], who knows them; [`terms`], what they have accepted;
//!   [`download`], all of it in one file.

mod activity;
mod current_password;
mod download;
mod email;
mod language;
mod name;
mod own;
mod password;
mod products;
mod questions;
mod terms;
mod user_name;

use std::time::Duration;

use askama::Template;
use axum::Router;
use axum::response::Response;
use axum::routing::{get, post};
use store::Tx;

use self::own::{Arrival, KeptBy};
use crate::app::App;
use crate::continuity;
use crate::mfa;
use crate::passkeys;
use crate::people::{self, Account};
use crate::platform::clock::Time;
use crate::platform::web::{Error, Moment, Page, Query, html};
use crate::questions as security_questions;
use crate::session::{self, SignedIn, browser_name};

pub use email::register;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/account", get(page))
        .route("/language", post(language::choose))
        .merge(products::routes())
        .merge(activity::routes())
        .merge(terms::routes())
        .merge(download::routes())
        .route("/account/name", get(name::page).post(name::submit))
        .route("/account/email", get(email::page).post(email::submit))
        .route("/account/email/verify", post(email::verify))
        .route("/account/email/send", post(email::resend))
        .route("/account/email/cancel", post(email::cancel))
        .route("/account/user-name", get(user_name::page).post(user_name::submit))
        .route("/account/user-name/remove", post(user_name::remove))
        .route("/account/password", get(password::page).post(password::submit))
        .route("/account/questions", get(questions::page).post(questions::submit))
        .route("/account/questions/remove", post(questions::remove))
}

/// Forgets some of the addresses that somebody wanted and never confirmed, and says how many.
///
/// # Errors
/// When the database says no.
pub async fn purge(tx: &mut Tx, before: Time) -> Result<u64, store::Error> {
    email::purge(tx, before).await
}

/// How long an address that was never confirmed is kept.
pub const WANTED_FOR: Duration = Duration::from_secs(24 * 3_600);

/// What was done on a page that led here.
const DONE: [&str; 8] =
    ["name", "email", "email-kept", "user-name", "user-name-gone", "password", "questions", "questions-gone"];

struct SessionLine {
    browser: String,
    address: String,
    at: Moment,
    current: bool,
}

/// What the ways to change something are called: where it is not the owner's to change, they lead to why.
struct Ways {
    name: String,
    /// Address and user name.
    address: String,
    user_name: String,
    password: String,
}

impl Ways {
    fn of(page: &Page, account: &Account) -> Ways {
        let way = |is_owners: bool, key: &str| page.t(if is_owners { key } else { "account-see" }).into_owned();
        let address = KeptBy::of(account) == KeptBy::Owner;
        let user_name = if account.user_name.is_some() { "account-change" } else { "account-add" };
        Ways {
            name: way(account.shared_at.is_none(), "account-change"),
            address: way(address, "account-change"),
            user_name: way(address, user_name),
            password: way(KeptBy::of_password(account) == KeptBy::Owner, "account-change"),
        }
    }
}

#[derive(Template)]
#[template(path = "account/account.html")]
struct AccountPage {
    page: Page,
    /// What has just been done, in words.
    done: Option<String>,
    name: String,
    email: String,
    user_name: Option<String>,
    organization: String,
    /// The second mailbox, if one is confirmed.
    second: Option<String>,
    ways: Ways,
    /// It is kept here; its owner's, or one that several people use.
    has_password_here: bool,
    /// When it was set.
    password_set: Option<Moment>,
    /// Security questions: whether they are set, where the account can have some.
    questions: Option<bool>,
    /// How many there are, where there can be any.
    passkeys: Option<usize>,
    /// A second factor is set up; with how many recovery codes are left.
    factor: Option<String>,
    /// It is a passkey, with as many.
    by_passkey: Option<String>,
    /// Looks after people of an organization.
    administers: bool,
    /// Looks after an organization's own sign-in.
    responsible: bool,
    sessions: Vec<SessionLine>,
}

/// `GET /account`
async fn page(person: SignedIn, Query(arrival): Query<Arrival>) -> Result<Response, Error> {
    let app = &person.visit.app;
    let Some((account, own, sessions)) =
        app.db.read("account.show", async |tx: &mut Tx| gather(tx, &person).await).await?
    else {
        return Err(Error::NotFound);
    };
    let page = person.page();
    let done = DONE.into_iter().find(|done| *done == arrival.done);
    html(&AccountPage {
        ways: Ways::of(&page, &account),
        done: done.map(|done| page.t(&format!("account-done-{done}")).into_owned()),
        page,
        factor: account.has_authenticator.then(|| own.codes.to_string()),
        by_passkey: account.has_passkey.then(|| own.codes.to_string()),
        administers: own.administers,
        name: account.name(),
        has_password_here: KeptBy::of_password(&account) != KeptBy::Organization,
        password_set: account.password_set_at.filter(|_| account.password.is_some()).map(|at| moment(&person, at)),
        questions: (account.has_questions || security_questions::are_of_use(&account)).then_some(account.has_questions),
        email: account.email,
        user_name: account.user_name,
        organization: person.organization.name.clone(),
        second: own.second,
        passkeys: own.passkeys,
        responsible: own.responsible,
        sessions: sessions.into_iter().map(|session| line(&person, session)).collect(),
    })
}

fn moment(person: &SignedIn, at: Time) -> Moment {
    Moment::new(at, &person.organization.time_zone, person.visit.app.clock.now())
}

fn line(person: &SignedIn, session: session::SessionLine) -> SessionLine {
    SessionLine {
        browser: browser_name(&session.user_agent),
        address: session.address,
        at: moment(person, session.seen_at),
        current: session.id == person.session,
    }
}

/// What other rooms know of a person.
struct Own {
    second: Option<String>,
    responsible: bool,
    administers: bool,
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
        administers: mfa::administers(tx, &account).await?,
        passkeys: passkeys::count_of(tx, &person.visit.app, &account).await?,
    };
    let sessions = session::list_of(tx, &account.id, &person.organization.policy).await?;
    Ok(Some((account, own, sessions)))
}
