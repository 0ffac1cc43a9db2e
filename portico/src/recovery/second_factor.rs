//! An account with a second factor shows it before its password is reset: a mailbox alone must not be enough (C6).

use askama::Template;
use axum::response::Response;
use serde::Deserialize;
use store::Tx;

use super::link;
use super::rules::Step;
use super::ticket::{self, Ticket};
use crate::mfa::{self, Checked};
use crate::platform::one_time;
use crate::platform::web::{Browser, Error, Form, Moment, Page, Problem, Query, Visit, html, see_other, to_the_end};

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
pub struct Arrival {
    #[serde(default)]
    problem: String,
}

#[derive(Deserialize)]
pub struct CodeForm {
    #[serde(default)]
    code: String,
}

/// `GET /recover/code`
pub async fn page(visit: Visit, Query(arrival): Query<Arrival>) -> Result<Response, Error> {
    show(&visit, &arrival).await
}

/// `POST /recover/code`
pub async fn submit(visit: Visit, Form(form): Form<CodeForm>) -> Result<Response, Error> {
    let (Some(ticket), Some(browser)) = (ticket::of_visit(&visit).await?, visit.browser()) else {
        return Ok(see_other("/recover/new-password"));
    };
    if ticket.step != Step::SecondFactor {
        return Ok(see_other("/recover/new-password"));
    }
    if form.code.trim().is_empty() {
        return Ok(see_other("/recover/code?problem=missing"));
    }
    let checked = to_the_end(async move { try_code(&visit, &ticket, &browser, &form.code).await }).await?;
    Ok(match checked {
        Checked::Right => see_other("/recover/new-password"),
        Checked::Wrong => see_other("/recover/code?problem=wrong"),
        Checked::Locked(_) => see_other("/recover/code"),
    })
}

async fn try_code(visit: &Visit, ticket: &Ticket, browser: &Browser, code: &str) -> Result<Checked, Error> {
    let guess = mfa::guess(visit, &ticket.account, code).await?;
    let checked = visit
        .app
        .db
        .write("recovery.second_factor", async |tx: &mut Tx| {
            let checked = guess.settle(tx, visit, &ticket.account).await?;
            if checked == Checked::Right {
                one_time::mark_second_factor(tx, &ticket.id, &browser.hash).await?;
            }
            Ok::<_, store::Error>(checked)
        })
        .await?;
    guess.settled(visit);
    Ok(checked)
}

async fn show(visit: &Visit, arrival: &Arrival) -> Result<Response, Error> {
    let ticket = ticket::of_visit(visit).await?;
    let account = ticket.as_ref().map(|ticket| ticket.account.clone());
    if let Some(answer) = link::elsewhere(visit, ticket, Step::SecondFactor).await? {
        return Ok(answer);
    }
    let Some(account) = account else { return Err(Error::NotFound) };
    let page = visit.page();
    let now = visit.app.clock.now();
    let summary = match (mfa::locked_until(visit, &account.id).await?, arrival.problem.as_str()) {
        (Some(until), _) => {
            let until = Moment::new(until, &account.organization.time_zone, now).text;
            Some(page.with("mfa-locked", &[("until", &until)]))
        }
        (None, "missing") => Some(page.t("mfa-missing").into_owned()),
        (None, "wrong") => Some(page.t("mfa-wrong").into_owned()),
        _ => None,
    };
    html(&CodePage {
        problem: summary.map(|summary| Problem { summary, field: "code" }),
        page,
        action: "/recover/code".into(),
        resume: String::new(),
        identifier: account.sign_in_name().to_owned(),
        identify_url: "/recover".into(),
    })
}
