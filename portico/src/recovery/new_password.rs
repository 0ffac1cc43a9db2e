//! The new password: link consumed, password set, everything older ended, in one write.

use askama::Template;
use axum::response::Response;
use secrecy::SecretString;
use serde::Deserialize;
use store::Tx;

use super::rules::Step;
use super::ticket::{self, Ticket};
use super::{link, queries};
use crate::audit::{self, Event};
use crate::invitations;
use crate::lockout;
use crate::notices::{self, Cause};
use crate::password::{self, Weakness};
use crate::people::{self, Account};
use crate::platform::one_time::{self, Purpose};
use crate::platform::web::{Error, Form, Page, Problem, Query, Visit, html, see_other};
use crate::session;

#[derive(Template)]
#[template(path = "recovery/set_password.html")]
struct SetPasswordPage {
    page: Page,
    action: String,
    identifier: String,
    products: Vec<String>,
    min_length: String,
    problem: Option<Problem>,
}

#[derive(Deserialize)]
pub struct Arrival {
    #[serde(default)]
    problem: String,
}

#[derive(Deserialize)]
pub struct NewPasswordForm {
    #[serde(default = "password::missing")]
    password: SecretString,
    #[serde(default = "password::missing")]
    again: SecretString,
}

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
    if let Err(weakness) = judge(&visit, &ticket.account, &form).await? {
        return Ok(see_other(&format!("/recover/new-password?problem={}", weakness.as_str())));
    }
    let slot = visit.app.hasher.reserve().map_err(|_| Error::Busy { retry_after: password::RETRY_AFTER })?;
    let hash = slot.hash(form.password).await.map_err(|error| Error::Internal(error.to_string()))?;
    let sealed = password::seal(&visit.app.keys, &ticket.account.id, &hash);
    set(&visit, &sealed).await?;
    // Won or lost the race: the page says what the link has come to.
    Ok(see_other("/recover/new-password"))
}

/// One write. The link is looked at again inside it, and consumed by a conditional UPDATE: of many posts one wins.
async fn set(visit: &Visit, sealed: &[u8]) -> Result<(), Error> {
    let (Some(token), Some(browser)) = (ticket::token(visit), visit.browser()) else { return Ok(()) };
    let app = &visit.app;
    app.db
        .write("recovery.set_password", async |tx: &mut Tx| {
            let Some(ticket) = ticket::load(tx, &token, &browser).await? else { return Ok(()) };
            if ticket.step != Step::NewPassword
                || !one_time::consume(tx, ticket.purpose, &ticket.id, &browser.hash).await?
            {
                return Ok(());
            }
            let account = &ticket.account;
            let epoch = people::set_password(tx, &account.id, sealed).await?;
            invitations::accepted(tx, &account.id).await?;
            session::end_all(tx, &account.id).await?;
            lockout::clear_subject(tx, account.id.as_str()).await?;
            if ticket.purpose != Purpose::AnsweredQuestions {
                // Or an attacker could lock the owner out again at once (security.md C3).
                session::recognize(tx, visit, &browser.hash, account, epoch).await?;
            }
            audit::record(tx, &app.entropy, audit::Entry::of(Event::PasswordReset, account).from(visit)).await?;
            notices::password_changed(tx, &Cause::of(visit), account).await
        })
        .await?;
    Ok(())
}

async fn show(visit: &Visit, ticket: Option<Ticket>, problem: &str) -> Result<Response, Error> {
    let account = ticket.as_ref().map(|ticket| ticket.account.clone());
    if let Some(answer) = link::elsewhere(visit, ticket, Step::NewPassword).await? {
        return Ok(answer);
    }
    let Some(account) = account else { return Err(Error::NotFound) };
    let products =
        visit.app.db.read("recovery.products", async |tx: &mut Tx| queries::products_of(tx, &account.id).await).await?;
    let page = visit.page();
    html(&SetPasswordPage {
        // A closed set: what stands in an address is never shown.
        problem: problem.parse().ok().map(|weakness: Weakness| weakness.told(&page, floor(&account))),
        page,
        action: "/recover/new-password".into(),
        identifier: account.user_name.clone().unwrap_or_else(|| account.email.clone()),
        products,
        min_length: floor(&account).to_string(),
    })
}

fn floor(account: &Account) -> usize {
    account.organization.policy.password_floor(account.has_authenticator)
}

async fn judge(visit: &Visit, account: &Account, form: &NewPasswordForm) -> Result<Result<(), Weakness>, Error> {
    let mut about =
        visit.app.db.read("recovery.words", async |tx: &mut Tx| people::words_around(tx, account).await).await?;
    about.push(visit.app.brand.name.clone());
    Ok(password::judge(&form.password, &form.again, floor(account), &about))
}
