//! The page that says what went wrong on the way, why, what to do, and who can help.

use std::time::Duration;

use askama::Template;
use axum::extract::Path;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use store::Tx;

use super::queries::{self, Shown};
use super::{Cause, Trouble};
use crate::federation::{Connection, health};
use crate::organizations;
use crate::platform::ids::SignInId;
use crate::platform::web::{Error, Page, Visit, html, see_other};
use crate::sign_in::{self, Resume};
use crate::support::Topic;

/// When it is worth coming back where too many wait already.
const COME_BACK: Duration = Duration::from_secs(10);

#[derive(Template)]
#[template(path = "federation/failure/failed.html")]
struct FailedPage {
    page: Page,
    heading: String,
    text: String,
    advice: String,
    identifier: Option<String>,
    again_url: String,
    identify_url: String,
    /// Another person, or nobody, is signed in over there.
    other: Option<Other>,
    contact: Option<String>,
    contact_url: String,
    reference: Option<String>,
    for_many: bool,
}

struct Other {
    choose_url: String,
    /// Who came, and how they go on.
    came: Option<Came>,
}

struct Came {
    name: String,
    label: String,
    resume: String,
}

/// `GET /federation/failed/{reference}`
pub async fn show(visit: Visit, Path(reference): Path<String>) -> Result<Response, Error> {
    let Some(browser) = visit.browser() else { return bare(&visit, Cause::Expired) };
    let app = &visit.app;
    let found = app
        .db
        .read("federation.failed", async |tx: &mut Tx| {
            let Some(shown) = queries::of_browser(tx, &reference, &browser.hash).await? else { return Ok(None) };
            let for_many = health::fails_for_many(tx, &shown.connection).await?;
            Ok::<_, store::Error>(Some((shown, for_many)))
        })
        .await?;
    let Some((shown, for_many)) = found else { return bare(&visit, Cause::Expired) };
    let Some(resume) = sign_in::waiting(&visit, &shown.sign_in).await? else {
        // The sign-in went on in another tab, or is long gone: it knows best.
        return Ok(see_other(&sign_in::dispatcher_address(&shown.sign_in)));
    };
    html(&failed(&visit, shown, resume, Some(reference), for_many))
}

/// Where so many wait for one connection that this one was not even tried.
pub async fn crowded(visit: &Visit, connection: &Connection, sign_in: &SignInId) -> Result<Response, Error> {
    let shown = unkept(visit, connection, sign_in, (Trouble::crowded().cause, None)).await?;
    let resume = sign_in::waiting(visit, sign_in).await?.unwrap_or_default();
    let mut answer = html(&failed(visit, shown, resume, None, true))?;
    *answer.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
    answer.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(COME_BACK.as_secs()));
    Ok(answer)
}

/// Where more has failed than is kept: the same words, and no reference to them.
pub async fn without_a_row(
    visit: &Visit,
    connection: &Connection,
    sign_in: &SignInId,
    told: (Cause, Option<String>),
) -> Result<Response, Error> {
    let shown = unkept(visit, connection, sign_in, told).await?;
    let fails = async |tx: &mut Tx| health::fails_for_many(tx, &connection.id).await;
    let for_many = visit.app.db.read("federation.for_many", fails).await?;
    let resume = sign_in::waiting(visit, sign_in).await?.unwrap_or_default();
    html(&failed(visit, shown, resume, None, for_many))
}

async fn unkept(
    visit: &Visit,
    connection: &Connection,
    sign_in: &SignInId,
    (cause, came_as): (Cause, Option<String>),
) -> Result<Shown, Error> {
    let theirs = &connection.organization;
    let read = async |tx: &mut Tx| organizations::by_id(tx, theirs).await;
    let organization = visit.app.db.read("federation.unkept", read).await?;
    Ok(Shown {
        cause,
        sign_in: sign_in.clone(),
        came_as,
        connection: connection.id.clone(),
        name: connection.settings.name.clone(),
        contact: organization.and_then(|organization| organization.contact),
    })
}

/// Without a sign-in to go on with.
pub fn bare(visit: &Visit, cause: Cause) -> Result<Response, Error> {
    let page = visit.page();
    let mut answer = html(&FailedPage {
        heading: words(&page, cause, "heading", ""),
        text: words(&page, cause, "text", ""),
        advice: words(&page, cause, "advice", ""),
        identifier: None,
        again_url: "/sign-in".into(),
        identify_url: String::new(),
        other: None,
        contact: None,
        contact_url: Topic::Refused.contact(""),
        reference: None,
        for_many: false,
        page,
    })?;
    *answer.status_mut() = StatusCode::BAD_REQUEST;
    Ok(answer)
}

fn failed(visit: &Visit, shown: Shown, resume: Resume, reference: Option<String>, for_many: bool) -> FailedPage {
    let Shown { cause, sign_in, came_as, name, contact, .. } = shown;
    let sealed = resume.seal(&visit.app);
    let page = visit.page().help(format!("/help?resume={sealed}"));
    let reported = reference.as_ref().map_or_else(String::new, |reference| format!("&reference={reference}"));
    let other =
        matches!(cause, Cause::NotWhoWasTyped | Cause::NoAccountHere | Cause::ForeignEmail | Cause::AlreadyLinked);
    let came = came_as.map(|came| Came {
        label: page.with("federation-failed-go-on", &[("name", &came)]),
        // The form's own page says the same, so that it goes on towards the same place.
        resume: sealed.clone(),
        name: came,
    });
    FailedPage {
        heading: words(&page, cause, "heading", &name),
        text: words(&page, cause, "text", &name),
        advice: words(&page, cause, "advice", &name),
        again_url: sign_in::dispatcher_address(&sign_in),
        identify_url: sign_in::identify_address(&sign_in),
        other: other.then(|| Other { choose_url: sign_in::choose_address(&sign_in), came }),
        contact_url: Topic::Refused.contact(&sealed) + &reported,
        identifier: resume.identifier,
        contact,
        reference,
        for_many,
        page,
    }
}

fn words(page: &Page, cause: Cause, part: &str, name: &str) -> String {
    page.with(&format!("federation-failed-{}-{part}", cause.key()), &[("name", name)])
}
