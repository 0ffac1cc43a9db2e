//! The second factor of a reset by a passkey: a mailbox alone must not be enough (C6).

use askama::Template;
use axum::response::Response;
use serde_json::json;
use store::Tx;

use super::link;
use super::rules::Step;
use super::ticket::{self, Ticket};
use crate::audit::{self, Entry, Event};
use crate::passkeys::{self, About, AnswerForm, Ask, Asked, Refused};
use crate::platform::one_time;
use crate::platform::web::{Arrival, Browser, Error, Form, Page, Problem, Query, Visit, html, see_other, to_the_end};

pub const HERE: &str = "/recover/passkey";
const NEXT: &str = "/recover/new-password";

#[derive(Template)]
#[template(path = "recovery/passkey.html")]
struct PasskeyPage {
    page: Page,
    identifier: Option<String>,
    ask: Option<Ask>,
    code_url: Option<&'static str>,
    problem: Option<Problem>,
}

/// `GET /recover/passkey`
pub async fn page(visit: Visit, Query(arrival): Query<Arrival>) -> Result<Response, Error> {
    let ticket = ticket::of_visit(&visit).await?;
    let about = ticket.as_ref().map(|ticket| (ticket.id.clone(), ticket.account.clone(), ticket.identifier()));
    if let Some(answer) = link::elsewhere(&visit, ticket, Step::SecondFactor).await? {
        return Ok(answer);
    }
    let (Some((id, account, identifier)), Some(browser)) = (about, visit.browser()) else {
        return Err(Error::NotFound);
    };
    if !account.has_passkey {
        return Ok(see_other("/recover/code"));
    }
    let ask = passkeys::of_recovery(&visit.app, &browser, &account, &id).await?;
    let page = visit.page();
    let refused = (arrival.problem == "refused").then(|| page.t("passkeys-refused").into_owned());
    html(&PasskeyPage {
        problem: refused.map(|summary| Problem { summary, field: "" }),
        code_url: account.has_authenticator.then_some("/recover/code"),
        identifier,
        ask,
        page,
    })
}

/// `POST /recover/passkey`
pub async fn submit(visit: Visit, Form(form): Form<AnswerForm>) -> Result<Response, Error> {
    let (Some(ticket), Some(browser)) = (ticket::of_visit(&visit).await?, visit.browser()) else {
        return Ok(see_other(NEXT));
    };
    if ticket.step != Step::SecondFactor {
        return Ok(see_other(NEXT));
    }
    let believed = to_the_end(async move { try_out(&visit, &ticket, &browser, &form).await }).await?;
    Ok(see_other(&if believed { NEXT.to_owned() } else { format!("{HERE}?problem=refused") }))
}

async fn try_out(visit: &Visit, ticket: &Ticket, browser: &Browser, form: &AnswerForm) -> Result<bool, Error> {
    let app = &visit.app;
    let credential = form.credential();
    let find = async |tx: &mut Tx| passkeys::find(tx, &credential).await;
    let found = app.db.read("passkeys.find", find).await?;
    let asked = Asked::open(&app.keys, &form.asked).filter(|asked| asked.about == About::Recovery(ticket.id.clone()));
    let judged = match &asked {
        Some(asked) => passkeys::judge(app, browser, asked, &found, form),
        None => Err(Refused::Stale),
    };
    let account = &ticket.account;
    let write = async |tx: &mut Tx| {
        // Whatever another tab has come to since: the next page says.
        if !ticket::is_due(tx, visit, ticket, browser).await? {
            return Ok(true);
        }
        let why = match &judged {
            Ok(shown) if shown.account != account.id => Refused::Another,
            Ok(shown) if passkeys::take(tx, visit, shown).await?.is_some() => {
                let entry = Entry::of(Event::SecondFactorVerified, account).from(visit);
                let entry = Entry { details: json!({ "method": "passkey" }), ..entry };
                audit::record(tx, &app.entropy, entry).await?;
                // Shown again, it says the same of the same link in the same browser.
                return one_time::mark_second_factor(tx, &ticket.id, &browser.hash).await;
            }
            Ok(_) => Refused::Count,
            Err(why) => *why,
        };
        passkeys::record_refused(tx, visit, Some(account), why).await?;
        Ok(false)
    };
    Ok(app.db.write("recovery.passkey", write).await?)
}
