//! A code by mail, where the organization allows it. It lets in, and is no second factor.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use serde::Deserialize;
use store::Tx;

use super::{answer, try_out, way};
use crate::lockout::Factor;
use crate::mfa::{self, Sent};
use crate::platform::ids::SignInId;
use crate::platform::spelled::spelled;
use crate::platform::web::{Arrival, Error, Form, Moment, Page, Problem, Query, Visit, html, see_other, to_the_end};
use crate::sign_in::dispatcher::address;
use crate::sign_in::facts::Method;
use crate::sign_in::queries;
use crate::sign_in::registration::{Due, Frame, Gate, still_due};
use crate::sign_in::rules::Step;

#[derive(Template)]
#[template(path = "sign_in/second_factor/email_code.html")]
struct EmailCodePage {
    page: Page,
    action: String,
    send_action: String,
    resume: String,
    identifier: String,
    identify_url: String,
    back_url: String,
    address: String,
    sender: String,
    problem: Option<Problem>,
}

#[derive(Deserialize)]
pub struct EmailCodeForm {
    #[serde(default)]
    code: String,
    #[serde(default)]
    resume: String,
}

/// What a page says is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Trouble {
    Missing,
    Wrong,
    Soon,
    Often,
}

spelled!(Trouble { Missing = "missing", Wrong = "wrong", Soon = "soon", Often = "often" });

/// The step, where a code by mail may stand in; anywhere else its pages are not there.
async fn gate(visit: &Visit, id: &SignInId, resume: Option<&str>) -> Result<Gate, Error> {
    let gate = match resume {
        None => Gate::of_page(visit, id, Step::SecondFactor).await?,
        Some(resume) => Gate::of_form(visit, id, Step::SecondFactor, resume).await?,
    };
    Ok(match gate {
        Gate::Due(due) if !is_offered(&due) => Gate::Elsewhere(Box::new(see_other(&address(id)))),
        gate => gate,
    })
}

/// Where a product or a page of one's own account asks for two factors a mailbox would not meet it.
pub fn is_offered(due: &Due) -> bool {
    due.sign_in.takes_mail() && mfa::mail_may_stand_in(&due.account)
}

/// `GET /sign-in/{id}/email-code`
pub async fn page(visit: Visit, Path(id): Path<SignInId>, Query(arrival): Query<Arrival>) -> Result<Response, Error> {
    match gate(&visit, &id, None).await? {
        Gate::Elsewhere(answer) => Ok(*answer),
        // Nothing was sent for this sign-in: why not is told where it was asked for.
        Gate::Due(due) if due.sign_in.second_code.is_none() => {
            let trouble = arrival.problem.parse().ok().map_or("", Trouble::as_str);
            Ok(see_other(&format!("{}?problem={trouble}", way(&id, "another-way"))))
        }
        Gate::Due(due) => show(&visit, &due, arrival.problem.parse().ok()).await,
    }
}

/// `POST /sign-in/{id}/email-code/send`
pub async fn send(visit: Visit, Path(id): Path<SignInId>, Form(form): Form<EmailCodeForm>) -> Result<Response, Error> {
    if let Gate::Elsewhere(answer) = gate(&visit, &id, Some(&form.resume)).await? {
        return Ok(*answer);
    }
    let write = async |tx: &mut Tx| {
        let Some(due) = still_due(tx, &visit, &id, Step::SecondFactor).await? else { return Ok(None) };
        let sent = mfa::send_email_code(tx, &visit.app, &due.account).await?;
        if let Sent::Queued(code) = &sent {
            queries::set_second_code(tx, &id, code).await?;
        }
        Ok::<_, store::Error>(Some(sent))
    };
    let here = way(&id, "email-code");
    Ok(see_other(&match visit.app.db.write("second_factor.send_code", write).await? {
        Some(Sent::Queued(_)) => here,
        Some(Sent::Soon) => format!("{here}?problem={}", Trouble::Soon.as_str()),
        Some(Sent::Often) => format!("{here}?problem={}", Trouble::Often.as_str()),
        Some(Sent::NotAllowed) | None => address(&id),
    }))
}

/// `POST /sign-in/{id}/email-code`
pub async fn submit(
    visit: Visit,
    Path(id): Path<SignInId>,
    Form(form): Form<EmailCodeForm>,
) -> Result<Response, Error> {
    let due = match gate(&visit, &id, Some(&form.resume)).await? {
        Gate::Elsewhere(answer) => return Ok(*answer),
        Gate::Due(due) => due,
    };
    let here = way(&id, "email-code");
    if form.code.trim().is_empty() {
        return Ok(see_other(&format!("{here}?problem=missing")));
    }
    to_the_end(async move {
        let newest = due.sign_in.second_code.as_ref();
        let guess = mfa::guess_mailed_code(&visit, &due.account, newest, &form.code).await?;
        let tried = try_out(&visit, &id, &due.account, guess, (Method::EmailCode, false)).await?;
        answer(&visit, &id, tried, &here).await
    })
    .await
}

async fn show(visit: &Visit, due: &Due, trouble: Option<Trouble>) -> Result<Response, Error> {
    let Frame { page, resume, identifier, identify_url, .. } = Frame::of(visit, due, Step::SecondFactor);
    let locked = mfa::locked_until(visit, &due.account, Factor::EmailCode).await?;
    let locked = locked.map(|until| Moment::new(until, due.named.zone(), visit.app.clock.now()));
    let id = &due.sign_in.id;
    let problem = match (locked, trouble) {
        (Some(until), _) => Some(page.with("mfa-locked", &[("until", &until.text)])),
        (None, Some(Trouble::Missing | Trouble::Wrong)) | (None, Some(_)) => {
            trouble.map(|trouble| page.with(&format!("mfa-email-{}", trouble.as_str()), &[]))
        }
        (None, None) => None,
    };
    html(&EmailCodePage {
        problem: problem.map(|summary| Problem { summary, field: "code" }),
        action: way(id, "email-code"),
        send_action: way(id, "email-code/send"),
        back_url: way(id, "another-way"),
        address: due.account.email.clone(),
        sender: visit.app.sender.clone(),
        page,
        resume,
        identifier,
        identify_url,
    })
}
