//! A second step that is required and missing, or lost: an authenticator app is set up, and counts once a code of it was typed.
//!
//! It is the one kind that can be set up on the way in: a passkey is added in my account, and meets the requirement of the next sign-in.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use serde::Deserialize;
use store::Tx;

use super::{Due, Frame, Gate, still_due};
use crate::mfa::{self, NewFactor, Offer, Place};
use crate::platform::clock::Time;
use crate::platform::ids::SignInId;
use crate::platform::web::{Arrival, Error, Form, Page, Problem, Query, Visit, html, see_other, to_the_end};
use crate::sign_in::dispatcher::{address, step_address};
use crate::sign_in::facts::{Method, Proof};
use crate::sign_in::queries;
use crate::sign_in::rules::Step;

#[derive(Template)]
#[template(path = "sign_in/registration/set_up.html")]
struct SetUpPage {
    page: Page,
    action: String,
    resume: String,
    identifier: String,
    identify_url: String,
    offer: Offer,
    /// Why it is set up, in its words.
    lead: &'static str,
    /// Whoever is signed in and need not have one may leave it at that.
    may_leave: bool,
    problem: Option<Problem>,
}

#[derive(Deserialize)]
pub struct SetUpForm {
    #[serde(default)]
    code: String,
    #[serde(default)]
    resume: String,
}

/// `GET /sign-in/{id}/set-up`
pub async fn page(visit: Visit, Path(id): Path<SignInId>, Query(arrival): Query<Arrival>) -> Result<Response, Error> {
    match Gate::of_page(&visit, &id, Step::EnrollMfa).await? {
        Gate::Elsewhere(answer) => Ok(*answer),
        Gate::Due(due) => show(&visit, &due, &arrival.problem),
    }
}

/// `POST /sign-in/{id}/set-up`
pub async fn submit(visit: Visit, Path(id): Path<SignInId>, Form(form): Form<SetUpForm>) -> Result<Response, Error> {
    let due = match Gate::of_form(&visit, &id, Step::EnrollMfa, &form.resume).await? {
        Gate::Elsewhere(answer) => return Ok(*answer),
        Gate::Due(due) => due,
    };
    let again = |problem: &str| see_other(&format!("{}?problem={problem}", step_address(&id, Step::EnrollMfa)));
    if form.code.trim().is_empty() {
        return Ok(again("missing"));
    }
    // No guess: whoever types it has been shown the secret.
    let Some(confirmed) = mfa::confirm(&visit.app, Place::SignIn(&id), &due.account, &form.code) else {
        return Ok(again("wrong"));
    };
    let here = id.clone();
    to_the_end(async move {
        let codes = mfa::make_recovery_codes(&visit.app).await?;
        set_up(&visit, &here, &NewFactor { confirmed, codes }).await
    })
    .await?;
    Ok(see_other(&address(&id)))
}

/// One write. Of many posts one finds the step due; the code that showed the new factor is this sign-in's second proof.
async fn set_up(visit: &Visit, id: &SignInId, new: &NewFactor) -> Result<(), Error> {
    let write = async |tx: &mut Tx| {
        let Some(Due { sign_in, account, .. }) = still_due(tx, visit, id, Step::EnrollMfa).await? else {
            return Ok(());
        };
        let stepped = sign_in.stepped.as_ref().map(|stepped| &stepped.session);
        let epoch = mfa::set_up(tx, visit, &account, new, stepped).await?;
        queries::restamp(tx, id, account.credentials_epoch, epoch, false).await?;
        let proof = Proof { method: Method::Otp, epoch, at: Time(tx.now()) };
        queries::prove_second(tx, id, account.id.as_str(), proof).await?;
        queries::set_app_wanted(tx, id, false).await
    };
    Ok(visit.app.db.write("sign_in.set_up_factor", write).await?)
}

fn show(visit: &Visit, due: &Due, problem: &str) -> Result<Response, Error> {
    let Frame { page, action, resume, identifier, identify_url } = Frame::of(visit, due, Step::EnrollMfa);
    let summary = match problem {
        "missing" => Some(page.t("mfa-missing").into_owned()),
        "wrong" => Some(page.t("mfa-set-up-wrong").into_owned()),
        _ => None,
    };
    let required = mfa::is_required(&due.account);
    html(&SetUpPage {
        offer: mfa::offer(&visit.app, Place::SignIn(&due.sign_in.id), &due.account),
        lead: match required {
            _ if due.account.has_authenticator => "mfa-set-up-instead",
            _ if due.account.has_passkey => "mfa-set-up-beside",
            true => "mfa-set-up-lead",
            false => "mfa-set-up-wish",
        },
        may_leave: due.sign_in.stepped.is_some() && (due.account.has_second_factor() || !required),
        problem: summary.map(|summary| Problem { summary, field: "code" }),
        page,
        action,
        resume,
        identifier,
        identify_url,
    })
}
