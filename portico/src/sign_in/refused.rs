//! Where it goes no further: says what, why, and who can help.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use serde_json::json;
use store::Tx;

use super::destination::Resume;
use super::dispatcher::{Opened, address, begin_anew, opened, step_address};
use super::facts::{Proof, SignIn};
use super::rules::{Step, next_step};
use super::standing::standing;
use crate::audit::{self, Event};
use crate::people::Account;
use crate::platform::ids::SignInId;
use crate::platform::web::{Error, Page, Visit, html, see_other};
use crate::support::Topic;

#[derive(Template)]
#[template(path = "sign_in/refused.html")]
struct RefusedPage {
    page: Page,
    identifier: String,
    identify_url: String,
    reason: &'static str,
    contact_url: String,
    contact: Option<String>,
}

/// `GET /sign-in/{id}/refused`
pub async fn page(visit: Visit, Path(id): Path<SignInId>) -> Result<Response, Error> {
    let Some(opened) = opened(&visit, &id).await? else { return Ok(begin_anew(&visit, &id)) };
    match opened.step {
        Step::Refused(reason) => refused(&visit, opened, reason.name()),
        _ => Ok(see_other(&address(&id))),
    }
}

/// Records that whoever has just shown the first factor may still not come in: in the write of the proof, because the page
/// that says so is only looked at.
pub async fn record_if_refused(
    tx: &mut Tx,
    visit: &Visit,
    sign_in: &SignIn,
    account: &Account,
    proof: Proof,
) -> Result<(), store::Error> {
    let proved = SignIn { first: Some(proof), ..sign_in.clone() };
    let Step::Refused(reason) = next_step(&proved, Some(&standing(account)), proof.at) else { return Ok(()) };
    let entry = audit::Entry::of(Event::SignInRefused, account).from(visit);
    let entry = audit::Entry { details: json!({ "why": reason.name() }), ..entry };
    audit::record(tx, &visit.app.entropy, entry).await
}

fn refused(visit: &Visit, opened: Opened, reason: &'static str) -> Result<Response, Error> {
    let named = opened.sign_in.named;
    // After a proof the person's own organization may be named.
    let organization = opened.account.as_ref().map(|account| &account.organization);
    let contact = organization.and_then(|organization| organization.contact.clone());
    let identifier = named.map(|named| named.identifier);
    let resume = Resume { destination: opened.sign_in.destination, identifier: identifier.clone() }.seal(&visit.app);
    html(&RefusedPage {
        page: visit.page().help(format!("/help?resume={resume}")),
        contact_url: Topic::Refused.contact(&resume),
        identifier: identifier.unwrap_or_default(),
        identify_url: step_address(&opened.sign_in.id, Step::Identify),
        reason,
        contact,
    })
}
