//! A code of the authenticator app.

use axum::extract::Path;
use axum::response::Response;
use serde::Deserialize;

use super::{answer, passkey, try_out, way};
use crate::lockout::Factor;
use crate::mfa::{self, CodePage};
use crate::platform::ids::SignInId;
use crate::platform::web::{Arrival, Error, Form, Moment, Query, Visit, html, see_other, to_the_end};
use crate::sign_in::dispatcher::step_address;
use crate::sign_in::facts::Method;
use crate::sign_in::registration::{Due, Frame, Gate};
use crate::sign_in::rules::Step;

#[derive(Deserialize)]
pub struct CodeForm {
    #[serde(default)]
    code: String,
    #[serde(default)]
    resume: String,
}

/// `GET /sign-in/{id}/code`
pub async fn page(visit: Visit, Path(id): Path<SignInId>, Query(arrival): Query<Arrival>) -> Result<Response, Error> {
    match Gate::of_page(&visit, &id, Step::SecondFactor).await? {
        Gate::Elsewhere(answer) => Ok(*answer),
        Gate::Due(due) => show(&visit, &due, &arrival.problem).await,
    }
}

/// `POST /sign-in/{id}/code`
pub async fn submit(visit: Visit, Path(id): Path<SignInId>, Form(form): Form<CodeForm>) -> Result<Response, Error> {
    let due = match Gate::of_form(&visit, &id, Step::SecondFactor, &form.resume).await? {
        Gate::Elsewhere(answer) => return Ok(*answer),
        Gate::Due(due) => due,
    };
    let here = step_address(&id, Step::SecondFactor);
    if form.code.trim().is_empty() {
        return Ok(see_other(&format!("{here}?problem=missing")));
    }
    to_the_end(async move {
        let guess = mfa::guess(&visit, &due.account, &form.code).await?;
        let tried = try_out(&visit, &id, &due.account, guess, (Method::Otp, false)).await?;
        answer(&visit, &id, tried, &here).await
    })
    .await
}

async fn show(visit: &Visit, due: &Due, problem: &str) -> Result<Response, Error> {
    if !due.account.has_authenticator {
        return Ok(see_other(&passkey::here(&due.sign_in.id)));
    }
    let Frame { page, action, resume, identifier, identify_url } = Frame::of(visit, due, Step::SecondFactor);
    let locked = mfa::locked_until(visit, &due.account, Factor::Totp).await?;
    let locked = locked.map(|until| Moment::new(until, due.named.zone(), visit.app.clock.now()));
    html(&CodePage {
        problem: mfa::problem(&page, locked.as_ref(), problem),
        another_url: way(&due.sign_in.id, "another-way"),
        passkey_url: due.account.has_passkey.then(|| passkey::here(&due.sign_in.id)),
        page,
        action,
        resume,
        identifier,
        identify_url,
    })
}
