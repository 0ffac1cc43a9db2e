//! An account with a second factor shows it before its password is reset: a mailbox alone must not be enough (C6).

use axum::response::Response;
use serde::Deserialize;
use store::Tx;

use super::link;
use super::passkey;
use super::rules::Step;
use super::ticket::{self, Ticket};
use crate::mfa::{self, Checked, CodePage};
use crate::platform::one_time;
use crate::platform::web::{Arrival, Browser, Error, Form, Moment, Query, Visit, html, see_other, to_the_end};

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
    if !account.has_authenticator {
        return Ok(see_other(passkey::HERE));
    }
    let (page, now) = (visit.page(), visit.app.clock.now());
    let locked = mfa::locked_until(visit, &account.id).await?;
    let locked = locked.map(|until| Moment::new(until, &account.organization.time_zone, now));
    html(&CodePage {
        problem: mfa::problem(&page, locked.as_ref(), &arrival.problem),
        page,
        action: "/recover/code".into(),
        resume: String::new(),
        identifier: account.sign_in_name().to_owned(),
        identify_url: "/recover".into(),
        passkey_url: account.has_passkey.then(|| passkey::HERE.to_owned()),
    })
}
