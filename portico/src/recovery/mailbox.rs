//! One of two mailboxes: whoever reads it says so with a button, because a scanner opens links too. Then the other one is waited for,
//! which may say so in this browser, or in another that shows a number.

use askama::Template;
use axum::response::Response;
use store::Tx;

use super::rules::Step;
use super::ticket::{self, Ticket};
use super::{link, pair};
use crate::audit::{self, Event};
use crate::continuity::masked;
use crate::platform::one_time::{self, Purpose};
use crate::platform::web::{Arrival, Error, Page, Problem, Query, Visit, html, see_other};

#[derive(Template)]
#[template(path = "recovery/mailbox.html")]
struct MailboxPage {
    page: Page,
    organization: String,
    account: String,
    sent_to: String,
    /// The other one, masked, once this one has said yes; and the number of this one.
    other: Option<(String, String)>,
    problem: Option<Problem>,
}

/// `GET /recover/mailbox`
pub async fn page(visit: Visit, Query(arrival): Query<Arrival>) -> Result<Response, Error> {
    let ticket = match ticket::of_visit(&visit).await? {
        Some(ticket) if matches!(ticket.step, Step::Mailbox | Step::OtherMailbox) => ticket,
        ticket => {
            let elsewhere = link::elsewhere(&visit, ticket, Step::Mailbox).await?;
            return elsewhere.ok_or(Error::NotFound);
        }
    };
    let page = visit.page();
    let waits = ticket.step == Step::OtherMailbox;
    html(&MailboxPage {
        problem: problem_of(&page, &arrival.problem).filter(|_| waits),
        other: waits.then(|| (other_of(&ticket), pair::number(&visit.app, &ticket.id))),
        organization: ticket.account.organization.name.clone(),
        account: ticket.account.sign_in_name().to_owned(),
        sent_to: ticket.sent_to,
        page,
    })
}

/// `POST /recover/mailbox`: this mailbox says yes, in this browser.
pub async fn submit(visit: Visit) -> Result<Response, Error> {
    let (Some(token), Some(browser)) = (ticket::token(&visit), visit.browser()) else {
        return Ok(see_other("/recover/mailbox"));
    };
    let write = async |tx: &mut Tx| {
        let ticket = ticket::load(tx, &token, &browser).await?;
        let Some(ticket) = ticket.filter(|ticket| ticket.step == Step::Mailbox) else { return Ok(()) };
        if one_time::mark_mailbox(tx, &ticket.id, &browser.hash).await? {
            let entry = audit::Entry::of(Event::MailboxConfirmed, &ticket.account).from(&visit);
            let details = serde_json::json!({ "second": ticket.purpose == Purpose::SecondaryReset });
            audit::record(tx, &visit.app.entropy, audit::Entry { details, ..entry }).await?;
        }
        Ok::<_, store::Error>(())
    };
    visit.app.db.write("recovery.mailbox", write).await?;
    Ok(see_other("/recover/mailbox"))
}

/// A closed set: what stands in an address is never shown.
fn problem_of(page: &Page, word: &str) -> Option<Problem> {
    let (key, field) = match word {
        "not-yet" => ("continuity-mailbox-other-not-yet", ""),
        "missing" => ("continuity-mailbox-number-missing", "number"),
        "wrong" => ("continuity-mailbox-number-wrong", "number"),
        "burnt" => ("continuity-mailbox-number-burnt", ""),
        _ => return None,
    };
    Some(Problem { summary: page.t(key).into_owned(), field })
}

fn other_of(ticket: &Ticket) -> String {
    let account = &ticket.account;
    masked(match ticket.purpose {
        Purpose::SecondaryReset => &account.email,
        _ => account.second_mailbox.as_deref().unwrap_or_default(),
    })
}
