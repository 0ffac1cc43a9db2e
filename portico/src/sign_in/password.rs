//! The page of the first proof; the same words for a name nobody has.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use store::Tx;

use super::destination::Resume;
use super::dispatcher::{address, begin_anew, opened, step_address};
use super::facts::{Named, Refusal};
use super::guess::{self, Prepared};
use super::identify;
use super::rules::Step;
use crate::lockout;
use crate::passkeys::{self, Ask};
use crate::password;
use crate::platform::clock::Time;
use crate::platform::ids::SignInId;
use crate::platform::web::{Arrival, Error, Form, Moment, Page, Problem, Query, Visit, html, see_other, to_the_end};
use crate::support::Topic;

#[derive(Template)]
#[template(path = "sign_in/password.html")]
struct PasswordPage {
    page: Page,
    action: String,
    resume: String,
    identifier: String,
    identify_url: String,
    recover_url: String,
    contact_url: String,
    locked: Option<Moment>,
    /// Its organization's own sign-in is out: by the domain that was typed, and nothing else.
    suspended: bool,
    /// For whoever has a passkey after all; the same for every name.
    passkey: Option<Ask>,
    problem: Option<Problem>,
}

#[derive(Deserialize)]
pub struct PasswordForm {
    #[serde(default = "password::missing")]
    password: SecretString,
    #[serde(default)]
    resume: String,
}

/// `GET /sign-in/{id}/password`
pub async fn page(visit: Visit, Path(id): Path<SignInId>, Query(arrival): Query<Arrival>) -> Result<Response, Error> {
    let Some(opened) = opened(&visit, &id).await? else { return Ok(begin_anew(&visit, &id)) };
    let (Step::Password, Some(named)) = (opened.step, &opened.sign_in.named) else {
        return Ok(see_other(&address(&id)));
    };
    let now = visit.app.clock.now();
    let resume = Resume { destination: opened.sign_in.destination, identifier: Some(named.identifier.clone()) };
    let resume = resume.seal(&visit.app);
    let page = visit.page().help(format!("/help?resume={resume}"));
    let locked = match opened.sign_in.refusal {
        Some(Refusal::PasswordLocked { until }) if still_locked(&visit, &named.subject, until).await? => {
            Some(Moment::new(until, named.zone(), now))
        }
        _ => None,
    };
    let problem = match opened.sign_in.refusal {
        _ if locked.is_some() => Some("sign-in-locked"),
        _ if arrival.problem == "missing" => Some("sign-in-password-missing"),
        _ if arrival.problem == "replaced" => Some("sign-in-password-replaced"),
        Some(Refusal::WrongPassword) => Some("sign-in-wrong"),
        _ => None,
    };
    html(&PasswordPage {
        problem: problem.map(|key| Problem { summary: page.t(key).into_owned(), field: "password" }),
        locked,
        action: step_address(&id, Step::Password),
        identifier: named.identifier.clone(),
        suspended: named.organization.as_ref().is_some_and(|organization| organization.suspended.is_some()),
        identify_url: step_address(&id, Step::Identify),
        recover_url: format!("/recover?sign_in={id}"),
        contact_url: Topic::Locked.contact(&resume),
        passkey: visit.browser().and_then(|browser| passkeys::of_first_page(&visit.app, &browser)),
        resume,
        page,
    })
}

/// A lock may have ended before its time, by a finished reset or an administrator: then the page no longer tells of it.
async fn still_locked(visit: &Visit, subject: &str, until: Time) -> Result<bool, Error> {
    let locks = visit.app.db.read("password.locks", async |tx: &mut Tx| lockout::locks_of(tx, subject).await).await?;
    Ok(locks.iter().any(|(_, end)| *end == until))
}

/// `POST /sign-in/{id}/password`
pub async fn submit(visit: Visit, Path(id): Path<SignInId>, Form(form): Form<PasswordForm>) -> Result<Response, Error> {
    let places = guess::places(&visit, &form.password)?;
    let shown_for = |named: &Named| !Resume::is_for_another(&visit.app, &form.resume, &named.identifier);
    match Box::pin(guess::prepare(&visit, &id, shown_for)).await? {
        Prepared::Gone => identify::resume(&visit, &form.resume).await,
        Prepared::NotDue => Ok(see_other(&address(&id))),
        // Nothing was guessed, so nothing is counted.
        Prepared::Guess(_) if form.password.expose_secret().is_empty() => {
            Ok(see_other(&format!("{}?problem=missing", step_address(&id, Step::Password))))
        }
        Prepared::Guess(guess) => to_the_end(async move { guess.answer(&visit, form.password, places).await }).await,
    }
}
