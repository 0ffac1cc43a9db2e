//! An account with a second factor shows it before its password is reset: a mailbox alone must not be enough (C6).

use askama::Template;
use axum::response::Response;
use serde::Deserialize;
use store::Tx;

use super::link;
use super::rules::Step;
use super::ticket;
use crate::mfa::{self, Checked};
use crate::platform::one_time;
use crate::platform::web::{Error, Form, Moment, Page, Problem, Visit, html, see_other};

#[derive(Template)]
#[template(path = "mfa/code.html")]
struct CodePage {
    page: Page,
    action: String,
    resume: String,
    identifier: String,
    identify_url: String,
    problem: Option<Problem>,
}

#[derive(Deserialize)]
pub struct CodeForm {
    #[serde(default)]
    code: String,
}

/// `GET /recover/code`
pub async fn page(visit: Visit) -> Result<Response, Error> {
    show(&visit, None).await
}

/// `POST /recover/code`
pub async fn submit(visit: Visit, Form(form): Form<CodeForm>) -> Result<Response, Error> {
    let (Some(ticket), Some(browser)) = (ticket::of_visit(&visit).await?, visit.browser()) else {
        return show(&visit, None).await;
    };
    if ticket.step != Step::SecondFactor {
        return Ok(see_other("/recover/new-password"));
    }
    let guess = mfa::guess(&visit, &ticket.account, &form.code).await?;
    let checked = visit
        .app
        .db
        .write("recovery.second_factor", async |tx: &mut Tx| {
            let checked = guess.settle(tx, &visit, &ticket.account).await?;
            if checked == Checked::Right {
                one_time::mark_second_factor(tx, &ticket.id, &browser.hash).await?;
            }
            Ok::<_, store::Error>(checked)
        })
        .await?;
    guess.settled(&visit);
    let page = visit.page();
    let summary = match checked {
        Checked::Right => return Ok(see_other("/recover/new-password")),
        Checked::Wrong => page.t("mfa-wrong").into_owned(),
        Checked::Locked(lock) => {
            let zone = &ticket.account.organization.time_zone;
            page.with("mfa-locked", &[("until", &Moment::new(lock.until, zone, visit.app.clock.now()).text)])
        }
    };
    show(&visit, Some(Problem { summary, field: "code" })).await
}

async fn show(visit: &Visit, problem: Option<Problem>) -> Result<Response, Error> {
    let ticket = ticket::of_visit(visit).await?;
    let identifier = ticket.as_ref().map(|ticket| ticket.account.email.clone()).unwrap_or_default();
    if let Some(answer) = link::elsewhere(visit, ticket, Step::SecondFactor)? {
        return Ok(answer);
    }
    html(&CodePage {
        page: visit.page(),
        action: "/recover/code".into(),
        resume: String::new(),
        identifier,
        identify_url: "/recover".into(),
        problem,
    })
}
