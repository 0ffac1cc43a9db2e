//! The new password: link consumed, password set, everything older ended, in one write.

use axum::response::Response;
use store::Tx;

use super::link;
use super::rules::Step;
use super::set_password::{self, Around, Arrival, NewPasswordForm, OVERTAKEN, Prepared};
use super::ticket::{self, Ticket};
use crate::audit::{self, Event};
use crate::invitations;
use crate::notices::{self, Cause};
use crate::platform::one_time::{self, Purpose};
use crate::platform::web::{Error, Form, Query, Visit, see_other};
use crate::session;

/// `GET /recover/new-password`
pub async fn page(visit: Visit, Query(arrival): Query<Arrival>) -> Result<Response, Error> {
    let ticket = ticket::of_visit(&visit).await?;
    show(&visit, ticket, &arrival.problem).await
}

/// `POST /recover/new-password`
pub async fn submit(visit: Visit, Form(form): Form<NewPasswordForm>) -> Result<Response, Error> {
    let ticket = match ticket::of_visit(&visit).await? {
        Some(ticket) if ticket.step == Step::NewPassword => ticket,
        _ => return Ok(see_other("/recover/new-password")),
    };
    let again = |problem: &str| see_other(&format!("/recover/new-password?problem={problem}"));
    let prepared = match set_password::prepare(&visit, &ticket.account, form).await? {
        Err(weakness) => return Ok(again(weakness.as_str())),
        Ok(prepared) => prepared,
    };
    Ok(match set(&visit, &prepared).await? {
        // Won or lost the race: the page says what the link has come to.
        Set::Settled => see_other("/recover/new-password"),
        Set::Overtaken => again(OVERTAKEN),
    })
}

enum Set {
    Settled,
    /// Other answers were set meanwhile, and nobody has compared the password with these.
    Overtaken,
}

/// One write. The link is looked at again inside it, and consumed by a conditional UPDATE: of many posts one wins.
async fn set(visit: &Visit, prepared: &Prepared) -> Result<Set, Error> {
    let (Some(token), Some(browser)) = (ticket::token(visit), visit.browser()) else { return Ok(Set::Settled) };
    let app = &visit.app;
    let set = app
        .db
        .write("recovery.set_password", async |tx: &mut Tx| {
            let Some(ticket) = ticket::load(tx, &token, &browser).await? else { return Ok(Set::Settled) };
            if ticket.step != Step::NewPassword {
                return Ok(Set::Settled);
            }
            if !prepared.still_stands(tx, &ticket.account).await? {
                return Ok(Set::Overtaken);
            }
            if !one_time::consume(tx, ticket.purpose, &ticket.id, &browser.hash).await? {
                return Ok(Set::Settled);
            }
            let account = &ticket.account;
            let epoch = prepared.put(tx, account).await?;
            invitations::accepted(tx, &account.id).await?;
            // Or a thief's browser, known from when the old password was stolen, would sign in with the next one untold.
            session::forget_browsers(tx, &account.id).await?;
            if ticket.purpose != Purpose::AnsweredQuestions {
                // Or an attacker could lock the owner out again at once (security.md C3).
                session::recognize(tx, visit, &browser.hash, account, epoch).await?;
            }
            audit::record(tx, &app.entropy, audit::Entry::of(Event::PasswordReset, account).from(visit)).await?;
            notices::password_changed(tx, &Cause::of(visit), account).await?;
            Ok::<_, store::Error>(Set::Settled)
        })
        .await?;
    Ok(set)
}

async fn show(visit: &Visit, ticket: Option<Ticket>, problem: &str) -> Result<Response, Error> {
    let account = ticket.as_ref().map(|ticket| ticket.account.clone());
    if let Some(answer) = link::elsewhere(visit, ticket, Step::NewPassword).await? {
        return Ok(answer);
    }
    let Some(account) = account else { return Err(Error::NotFound) };
    let identifier = account.sign_in_name().to_owned();
    let action = "/recover/new-password".into();
    let around = Around { page: visit.page(), action, identifier, resume: String::new() };
    set_password::show(visit, &account, around, problem).await
}
