//! After the mailed link, one question of the account's own: the other half of `email_then_question`.

use askama::Template;
use axum::response::Response;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use store::Tx;

use super::link;
use super::rules::Step;
use super::ticket::{self, Ticket};
use crate::password::missing;
use crate::platform::one_time;
use crate::platform::web::{
    Arrival, Browser, Error, Form, Moment, Page, Problem, Query, Visit, html, see_other, to_the_end,
};
use crate::questions::{self, Challenge, Checked};

#[derive(Template)]
#[template(path = "recovery/challenge.html")]
struct ChallengePage {
    page: Page,
    identifier: String,
    question: String,
    problem: Option<Problem>,
}

#[derive(Deserialize)]
pub struct AnswerForm {
    #[serde(default = "missing")]
    answer: SecretString,
}

/// `GET /recover/challenge`
pub async fn page(visit: Visit, Query(arrival): Query<Arrival>) -> Result<Response, Error> {
    let ticket = ticket::of_visit(&visit).await?;
    let account = ticket.as_ref().map(|ticket| ticket.account.clone());
    if let Some(answer) = link::elsewhere(&visit, ticket, Step::Question).await? {
        return Ok(answer);
    }
    let Some(account) = account else { return Err(Error::NotFound) };
    let read = async |tx: &mut Tx| {
        let challenge = Challenge::one_of(tx, &visit.app, &account).await?;
        let closed = challenge.closed_until(tx).await?;
        Ok::<_, store::Error>((challenge, closed))
    };
    let (challenge, closed) = visit.app.db.read("recovery.challenge", read).await?;
    let page = visit.page();
    let summary = match (closed, arrival.problem.as_str()) {
        (Some(Some(until)), _) => {
            let until = Moment::new(until, &account.organization.time_zone, visit.app.clock.now());
            let until = until.told(page.words());
            page.with("recovery-challenge-locked", &[("until", &until)])
        }
        (Some(None), _) => page.t("recovery-challenge-closed").into_owned(),
        (None, "missing") => page.t("recovery-challenge-missing").into_owned(),
        (None, "wrong") => page.t("recovery-challenge-wrong").into_owned(),
        _ => String::new(),
    };
    html(&ChallengePage {
        problem: Some(summary).filter(|text| !text.is_empty()).map(|summary| Problem { summary, field: "answer" }),
        question: challenge.questions().map(|question| question.text(page.words())).collect(),
        identifier: account.sign_in_name().to_owned(),
        page,
    })
}

/// `POST /recover/challenge`
pub async fn submit(visit: Visit, Form(form): Form<AnswerForm>) -> Result<Response, Error> {
    let (Some(ticket), Some(browser)) = (ticket::of_visit(&visit).await?, visit.browser()) else {
        return Ok(see_other("/recover/new-password"));
    };
    if ticket.step != Step::Question {
        return Ok(see_other("/recover/new-password"));
    }
    if form.answer.expose_secret().trim().is_empty() {
        return Ok(see_other("/recover/challenge?problem=missing"));
    }
    let checked = to_the_end(async move { answer(&visit, &ticket, &browser, form.answer).await }).await?;
    Ok(match checked {
        Checked::Right => see_other("/recover/new-password"),
        Checked::Wrong => see_other("/recover/challenge?problem=wrong"),
        Checked::Locked => see_other("/recover/challenge"),
    })
}

async fn answer(visit: &Visit, ticket: &Ticket, browser: &Browser, typed: SecretString) -> Result<Checked, Error> {
    let app = &visit.app;
    let read = async |tx: &mut Tx| Challenge::one_of(tx, app, &ticket.account).await;
    let challenge = app.db.read("recovery.challenge", read).await?;
    let guess = questions::guess(visit, &challenge, &[typed]).await?;
    let checked = app
        .db
        .write("recovery.challenge", async |tx: &mut Tx| {
            let checked = guess.settle(tx, visit, &challenge).await?;
            if checked == Checked::Right {
                one_time::mark_answered(tx, &ticket.id, &browser.hash).await?;
            }
            Ok::<_, store::Error>(checked)
        })
        .await?;
    guess.settled(visit);
    Ok(checked)
}
