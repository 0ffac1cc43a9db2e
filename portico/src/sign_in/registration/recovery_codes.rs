//! The recovery codes that came with a second factor: shown until their owner says that they are kept, and never again.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use serde::Deserialize;
use store::Tx;

use super::{Due, Frame, Gate, still_due};
use crate::mfa;
use crate::platform::ids::SignInId;
use crate::platform::web::{Error, Form, Page, Visit, html, see_other};
use crate::sign_in::dispatcher::{address, go_on};
use crate::sign_in::rules::Step;

#[derive(Template)]
#[template(path = "sign_in/registration/recovery_codes.html")]
struct RecoveryCodesPage {
    page: Page,
    action: String,
    resume: String,
    identifier: String,
    identify_url: String,
    /// What the paper is for, when it is found in a drawer.
    brand: String,
    codes: Vec<String>,
}

#[derive(Deserialize)]
pub struct KeptForm {
    #[serde(default)]
    resume: String,
}

/// `GET /sign-in/{id}/recovery-codes`
pub async fn page(visit: Visit, Path(id): Path<SignInId>) -> Result<Response, Error> {
    match Gate::of_page(&visit, &id, Step::RecoveryCodes).await? {
        Gate::Elsewhere(answer) => Ok(*answer),
        Gate::Due(due) => show(&visit, &due).await,
    }
}

/// `POST /sign-in/{id}/recovery-codes`: they are kept.
pub async fn submit(visit: Visit, Path(id): Path<SignInId>, Form(form): Form<KeptForm>) -> Result<Response, Error> {
    if let Gate::Elsewhere(answer) = Gate::of_form(&visit, &id, Step::RecoveryCodes, &form.resume).await? {
        return Ok(*answer);
    }
    let write = async |tx: &mut Tx| match still_due(tx, &visit, &id, Step::RecoveryCodes).await? {
        Some(due) => mfa::keep_recovery_codes(tx, &due.account.id).await.map(drop),
        None => Ok(()),
    };
    visit.app.db.write("sign_in.keep_codes", write).await?;
    match visit.browser() {
        Some(_) => go_on(&visit, &id).await,
        None => Ok(see_other(&address(&id))),
    }
}

async fn show(visit: &Visit, due: &Due) -> Result<Response, Error> {
    let app = &visit.app;
    let read = async |tx: &mut Tx| mfa::shown_recovery_codes(tx, &app.keys, &due.account.id).await;
    let codes = app.db.read("sign_in.codes", read).await?;
    let Frame { page, action, resume, identifier, identify_url } = Frame::of(visit, due, Step::RecoveryCodes);
    html(&RecoveryCodesPage { brand: app.brand.name.clone(), page, action, resume, identifier, identify_url, codes })
}
