//! An account with a second factor shows it before its password is reset: a mailbox alone must not be enough (C6).

use axum::response::Response;
use serde::Deserialize;
use store::Tx;

use super::link;
use super::passkey;
use super::rules::Step;
use super::ticket::{self, Ticket};
use crate::lockout::Factor;
use crate::mfa::{self, Checked, CodePage, Guess, RecoveryCodePage};
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
    to_the_end(async move {
        let guess = mfa::guess(&visit, &ticket.account, &form.code).await?;
        try_out(&visit, &ticket, &browser, guess, "/recover/code").await
    })
    .await
}

/// `GET /recover/recovery-code`: the app is lost, and so is the password.
pub async fn recovery_page(visit: Visit, Query(arrival): Query<Arrival>) -> Result<Response, Error> {
    let ticket = ticket::of_visit(&visit).await?;
    let account = ticket.as_ref().map(|ticket| ticket.account.clone());
    if let Some(answer) = link::elsewhere(&visit, ticket, Step::SecondFactor).await? {
        return Ok(answer);
    }
    let Some(account) = account else { return Err(Error::NotFound) };
    let page = visit.page();
    let locked = mfa::locked_until(&visit, &account, Factor::RecoveryCode).await?;
    let locked = locked.map(|until| Moment::new(until, &account.organization.time_zone, visit.app.clock.now()));
    html(&RecoveryCodePage {
        problem: mfa::recovery_problem(&page, locked.as_ref(), &arrival.problem),
        page,
        action: "/recover/recovery-code".into(),
        resume: String::new(),
        identifier: account.sign_in_name().to_owned(),
        identify_url: "/recover".into(),
        back_url: "/recover/code".into(),
        // First the password: then whoever signs in with another recovery code sets another app up.
        may_replace: false,
    })
}

/// `POST /recover/recovery-code`
pub async fn recovery_submit(visit: Visit, Form(form): Form<CodeForm>) -> Result<Response, Error> {
    let (Some(ticket), Some(browser)) = (ticket::of_visit(&visit).await?, visit.browser()) else {
        return Ok(see_other("/recover/new-password"));
    };
    if ticket.step != Step::SecondFactor {
        return Ok(see_other("/recover/new-password"));
    }
    if form.code.trim().is_empty() {
        return Ok(see_other("/recover/recovery-code?problem=missing"));
    }
    to_the_end(async move {
        let guess = mfa::guess_recovery_code(&visit, &ticket.account, &form.code).await?;
        try_out(&visit, &ticket, &browser, guess, "/recover/recovery-code").await
    })
    .await
}

async fn try_out(
    visit: &Visit,
    ticket: &Ticket,
    browser: &Browser,
    guess: Guess,
    here: &str,
) -> Result<Response, Error> {
    let checked = visit
        .app
        .db
        .write("recovery.second_factor", async |tx: &mut Tx| {
            // Another tab may have shown it since, or set the password: a code is not spent on what nobody asks for any more.
            if !ticket::is_due(tx, visit, ticket, browser).await? {
                guess.drop_within(tx).await?;
                return Ok(None);
            }
            let checked = guess.settle(tx, visit, &ticket.account).await?;
            if checked == Checked::Right {
                one_time::mark_second_factor(tx, &ticket.id, &browser.hash).await?;
            }
            Ok::<_, store::Error>(Some(checked))
        })
        .await?;
    guess.settled(visit);
    Ok(match checked {
        Some(Checked::Right) | None => see_other("/recover/new-password"),
        Some(Checked::Wrong) => see_other(&format!("{here}?problem=wrong")),
        Some(Checked::Locked(_)) => see_other(here),
    })
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
    let locked = mfa::locked_until(visit, &account, Factor::Totp).await?;
    let locked = locked.map(|until| Moment::new(until, &account.organization.time_zone, now));
    html(&CodePage {
        problem: mfa::problem(&page, locked.as_ref(), &arrival.problem),
        page,
        action: "/recover/code".into(),
        another_url: "/recover/recovery-code".into(),
        resume: String::new(),
        identifier: account.sign_in_name().to_owned(),
        identify_url: "/recover".into(),
        passkey_url: account.has_passkey.then(|| passkey::HERE.to_owned()),
    })
}
