//! "Need help signing in?": one page, its numbers and senders from the running configuration.

use askama::Template;
use axum::Router;
use axum::response::Response;
use axum::routing::get;
use serde::Deserialize;
use store::Tx;

use crate::app::App;
use crate::organizations::{self, LockRule, Policy};
use crate::people::Identifier;
use crate::platform::clock::micros;
use crate::platform::web::{Error, Page, Query, Visit, html};
use crate::sign_in::{self, Resume};

pub fn routes() -> Router<App> {
    Router::new().route("/help", get(page))
}

#[derive(Template)]
#[template(path = "help/help.html")]
struct HelpPage {
    page: Page,
    sign_in_url: String,
    recover_url: String,
    user_name_url: String,
    first_time_url: String,
    contact_url: String,
    tries: String,
    lock_minutes: String,
    sender: String,
    sender_domains: Vec<String>,
}

#[derive(Deserialize)]
struct Arrival {
    #[serde(default)]
    resume: String,
}

/// `GET /help`: keeps the identifier typed and the destination.
async fn page(visit: Visit, Query(arrival): Query<Arrival>) -> Result<Response, Error> {
    let app = &visit.app;
    let resume = Resume::open(app, &arrival.resume);
    let sealed = resume.seal(app);
    let lock = lock_of(app, resume.identifier.as_deref()).await?;
    html(&HelpPage {
        page: visit.page().help(String::new()),
        sign_in_url: sign_in::address_for(app, &resume),
        recover_url: format!("/recover?resume={sealed}"),
        user_name_url: format!("/recover/user-name?resume={sealed}"),
        contact_url: crate::support::Topic::Other.contact(&sealed),
        first_time_url: format!("/recover?resume={sealed}"),
        tries: lock.failures.to_string(),
        lock_minutes: (micros(lock.length) / 60_000_000).to_string(),
        sender: app.sender.clone(),
        sender_domains: vec![app.sender_domain().to_owned()],
    })
}

/// The numbers that hold for the name that was typed: of the organization that owns its domain, or of the preset.
async fn lock_of(app: &App, identifier: Option<&str>) -> Result<LockRule, Error> {
    let typed = identifier.and_then(Identifier::parse);
    let organization = match typed.as_ref().and_then(Identifier::email) {
        Some(email) => {
            app.db.read("help.policy", async |tx: &mut Tx| organizations::by_domain(tx, email.domain()).await).await?
        }
        None => None,
    };
    Ok(organization.map_or_else(|| Policy::preset(app.preset), |organization| organization.policy).lock)
}
