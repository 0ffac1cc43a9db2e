//! My account: what is kept about a person, and where they are signed in.

use askama::Template;
use axum::Router;
use axum::response::Response;
use axum::routing::get;
use store::Tx;

use crate::app::App;
use crate::people;
use crate::platform::web::{Error, Moment, Page, html};
use crate::session::{self, SignedIn, browser_name};

pub fn routes() -> Router<App> {
    Router::new().route("/account", get(page))
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
    sessions: Vec<SessionLine>,
}

/// `GET /account`
async fn page(person: SignedIn) -> Result<Response, Error> {
    let app = &person.visit.app;
    let (account, sessions) = app
        .db
        .read("account.show", async |tx: &mut Tx| {
            let account = people::by_id(tx, &person.account).await?;
            Ok::<_, store::Error>((account, session::list_of(tx, &person.account, &person.organization.policy).await?))
        })
        .await?;
    let account = account.ok_or(Error::NotFound)?;
    let now = app.clock.now();
    let line = |session: session::SessionLine| SessionLine {
        browser: browser_name(&session.user_agent),
        address: session.address,
        at: Moment::new(session.seen_at, &person.organization.time_zone, now),
        current: session.id == person.session,
    };
    html(&AccountPage {
        page: person.page(),
        name: account.name(),
        email: account.email,
        user_name: account.user_name,
        organization: person.organization.name.clone(),
        sessions: sessions.into_iter().map(line).collect(),
    })
}
