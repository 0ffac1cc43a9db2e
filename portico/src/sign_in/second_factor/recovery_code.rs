//! A recovery code, in place of an app that is not at hand or lost.

use axum::extract::Path;
use axum::response::Response;
use serde::Deserialize;

use super::{answer, try_out, way};
use crate::lockout::Factor;
use crate::mfa::{self, RecoveryCodePage};
use crate::platform::ids::SignInId;
use crate::platform::web::{Arrival, Error, Form, Moment, Query, Visit, html, see_other, to_the_end};
use crate::sign_in::facts::Method;
use crate::sign_in::registration::{Due, Frame, Gate};
use crate::sign_in::rules::Step;

#[derive(Deserialize)]
pub struct RecoveryForm {
    #[serde(default)]
    code: String,
    /// Checked: the app is lost, and another one is set up next.
    #[serde(default)]
    lost: Option<String>,
    #[serde(default)]
    resume: String,
}

/// `GET /sign-in/{id}/recovery-code`
pub async fn page(visit: Visit, Path(id): Path<SignInId>, Query(arrival): Query<Arrival>) -> Result<Response, Error> {
    match Gate::of_page(&visit, &id, Step::SecondFactor).await? {
        Gate::Elsewhere(answer) => Ok(*answer),
        Gate::Due(due) => show(&visit, &due, &arrival.problem).await,
    }
}

/// `POST /sign-in/{id}/recovery-code`
pub async fn submit(visit: Visit, Path(id): Path<SignInId>, Form(form): Form<RecoveryForm>) -> Result<Response, Error> {
    let due = match Gate::of_form(&visit, &id, Step::SecondFactor, &form.resume).await? {
        Gate::Elsewhere(answer) => return Ok(*answer),
        Gate::Due(due) => due,
    };
    let here = way(&id, "recovery-code");
    if form.code.trim().is_empty() {
        return Ok(see_other(&format!("{here}?problem=missing")));
    }
    to_the_end(async move {
        let guess = mfa::guess_recovery_code(&visit, &due.account, &form.code).await?;
        let lost = form.lost.is_some();
        let tried = try_out(&visit, &id, &due.account, guess, (Method::RecoveryCode, lost)).await?;
        answer(&visit, &id, tried, &here).await
    })
    .await
}

async fn show(visit: &Visit, due: &Due, problem: &str) -> Result<Response, Error> {
    let Frame { page, resume, identifier, identify_url, .. } = Frame::of(visit, due, Step::SecondFactor);
    let locked = mfa::locked_until(visit, &due.account, Factor::RecoveryCode).await?;
    let locked = locked.map(|until| Moment::new(until, due.named.zone(), visit.app.clock.now()));
    let id = &due.sign_in.id;
    html(&RecoveryCodePage {
        problem: mfa::recovery_problem(&page, locked.as_ref(), problem),
        page,
        action: way(id, "recovery-code"),
        resume,
        identifier,
        identify_url,
        back_url: way(id, "another-way"),
        may_replace: true,
    })
}
