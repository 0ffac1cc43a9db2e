//! "Another way": what helps whoever does not have the app at hand, or has lost it.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use serde::Deserialize;
use store::Tx;

use super::email_code::is_offered;
use super::way;
use crate::audit::{self, Event};
use crate::mfa;
use crate::notices;
use crate::people::{self, Account};
use crate::platform::ids::SignInId;
use crate::platform::limits;
use crate::platform::mail::{self, Post};
use crate::platform::web::{Error, Form, Moment, Page, Problem, Query, Visit, html, see_other};
use crate::sign_in::dispatcher::step_address;
use crate::sign_in::letters::{FactorHelpLetter, FactorLostLetter};
use crate::sign_in::registration::{Due, Frame, Gate, still_due};
use crate::sign_in::rules::Step;

/// Between two mails to the administrators about one account.
const ASKED_FOR: std::time::Duration = std::time::Duration::from_secs(24 * 3_600);

#[derive(Template)]
#[template(path = "sign_in/second_factor/another_way.html")]
struct AnotherWayPage {
    page: Page,
    identifier: String,
    identify_url: String,
    /// The page of the app, or of the passkey.
    app_url: String,
    has_app: bool,
    /// Where there is a code left to be typed.
    recovery_url: Option<String>,
    /// Where a code can be mailed.
    email_action: Option<String>,
    resume: String,
    ask_action: String,
    /// It was asked for in this sign-in a moment ago.
    asked: bool,
    problem: Option<Problem>,
    /// Until when a reset that has been begun waits.
    waits: Option<Moment>,
    hours: String,
    /// What anybody may be told about whom to ask.
    contact: Option<String>,
}

#[derive(Deserialize)]
pub struct AskForm {
    #[serde(default)]
    resume: String,
}

#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    asked: String,
    #[serde(default)]
    problem: String,
}

/// `GET /sign-in/{id}/another-way`
pub async fn page(visit: Visit, Path(id): Path<SignInId>, Query(asked): Query<Asked>) -> Result<Response, Error> {
    match Gate::of_page(&visit, &id, Step::SecondFactor).await? {
        Gate::Elsewhere(answer) => Ok(*answer),
        Gate::Due(due) => show(&visit, &due, &asked).await,
    }
}

/// `POST /sign-in/{id}/another-way`: neither app nor codes are left, and somebody who can help is told.
pub async fn ask(visit: Visit, Path(id): Path<SignInId>, Form(form): Form<AskForm>) -> Result<Response, Error> {
    if let Gate::Elsewhere(answer) = Gate::of_form(&visit, &id, Step::SecondFactor, &form.resume).await? {
        return Ok(*answer);
    }
    let write = async |tx: &mut Tx| match still_due(tx, &visit, &id, Step::SecondFactor).await? {
        Some(due) => tell(tx, &visit, &due.account).await,
        None => Ok(()),
    };
    visit.app.db.write("second_factor.ask", write).await?;
    Ok(see_other(&format!("{}?asked=yes", way(&id, "another-way"))))
}

/// The administrators learn that somebody asks, and the owner who these are. However often it is pressed, once a day: whoever
/// presses knows the password and nothing more.
async fn tell(tx: &mut Tx, visit: &Visit, account: &Account) -> Result<(), store::Error> {
    let app = &visit.app;
    mfa::ask_for_help(tx, account).await?;
    let key = app.limit_key("factor_help", account.id.as_str());
    if !limits::count(tx, &key, ASKED_FOR, 1).await?.is_within() {
        return Ok(());
    }
    let mut administrators = people::administrators_of(tx, &account.organization.id).await?;
    administrators.retain(|one| one.account != account.id);
    let letter = FactorLostLetter {
        name: account.name(),
        account: account.sign_in_name().to_owned(),
        organization: account.organization.name.clone(),
    };
    notices::tell_administrators(tx, app, &administrators, &letter).await?;
    audit::record(tx, &app.entropy, audit::Entry::of(Event::FactorHelpRequested, account).from(visit)).await?;
    if account.has_unproved_address() {
        return Ok(());
    }
    let hours = hours_of(account);
    let helpers = people::helpers_of(tx, account).await?;
    let letter = FactorHelpLetter { account: account.sign_in_name().to_owned(), hours, helpers };
    let to = Some(account.email.as_str());
    let post = Post { to, letter: &letter, account: Some(&account.id), language: account.language() };
    mail::queue(tx, &app.office, post).await.map(drop)
}

fn hours_of(account: &Account) -> u64 {
    account.organization.policy.factor_reset.as_secs().div_ceil(3_600)
}

async fn show(visit: &Visit, due: &Due, asked: &Asked) -> Result<Response, Error> {
    let app = &visit.app;
    let account = &due.account;
    let read = async |tx: &mut Tx| {
        let left = mfa::recovery_codes_left(tx, &account.id).await?;
        Ok::<_, store::Error>((left, mfa::waiting_reset(tx, &account.id).await?))
    };
    let (left, waiting) = app.db.read("second_factor.ways", read).await?;
    let Frame { page, resume, identifier, identify_url, .. } = Frame::of(visit, due, Step::SecondFactor);
    let id = &due.sign_in.id;
    let summary = match asked.problem.as_str() {
        "soon" => Some(page.t("mfa-email-soon").into_owned()),
        "often" => Some(page.t("mfa-email-often").into_owned()),
        _ => None,
    };
    html(&AnotherWayPage {
        problem: summary.map(|summary| Problem { summary, field: "" }),
        page,
        identifier,
        identify_url,
        app_url: step_address(id, Step::SecondFactor),
        has_app: account.has_authenticator,
        recovery_url: (left > 0).then(|| way(id, "recovery-code")),
        email_action: is_offered(due).then(|| way(id, "email-code/send")),
        resume,
        ask_action: way(id, "another-way"),
        asked: asked.asked == "yes",
        waits: waiting.map(|waiting| Moment::new(waiting.due_at, due.named.zone(), app.clock.now())),
        hours: hours_of(account).to_string(),
        contact: account.organization.contact.clone(),
    })
}
