//! The terms: read and accepted, in the version of today.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use data_encoding::HEXLOWER;
use serde::Deserialize;
use serde_json::json;
use store::Tx;

use super::{Frame, Gate, still_due};
use crate::audit::{self, Event};
use crate::platform::ids::SignInId;
use crate::platform::web::{Error, Form, Page, Visit, html, see_other};
use crate::sign_in::dispatcher::address;
use crate::sign_in::rules::Step;
use crate::terms;

#[derive(Template)]
#[template(path = "sign_in/registration/terms.html")]
struct TermsPage {
    page: Page,
    action: String,
    resume: String,
    identifier: String,
    identify_url: String,
    version: String,
    paragraphs: Vec<String>,
}

#[derive(Deserialize)]
pub struct TermsForm {
    #[serde(default)]
    version: String,
    #[serde(default)]
    resume: String,
}

/// `GET /sign-in/{id}/terms`
pub async fn page(visit: Visit, Path(id): Path<SignInId>) -> Result<Response, Error> {
    let due = match Gate::of_page(&visit, &id, Step::Terms).await? {
        Gate::Elsewhere(answer) => return Ok(*answer),
        Gate::Due(due) => due,
    };
    let Some(terms) = &visit.app.terms else { return Ok(see_other(&address(&id))) };
    let Frame { page, action, resume, identifier, identify_url } = Frame::of(&visit, &due, Step::Terms);
    let (version, paragraphs) = (terms.version.clone(), terms.paragraphs());
    html(&TermsPage { page, action, resume, identifier, identify_url, version, paragraphs })
}

/// `POST /sign-in/{id}/terms`: accepts what the page showed, if that is what is asked for today.
pub async fn submit(visit: Visit, Path(id): Path<SignInId>, Form(form): Form<TermsForm>) -> Result<Response, Error> {
    if let Gate::Elsewhere(answer) = Gate::of_form(&visit, &id, Step::Terms, &form.resume).await? {
        return Ok(*answer);
    }
    let app = &visit.app;
    if let Some(terms) = app.terms.as_ref().filter(|terms| terms.version == form.version) {
        app.db
            .write("sign_in.accept_terms", async |tx: &mut Tx| {
                let Some(due) = still_due(tx, &visit, &id, Step::Terms).await? else { return Ok(()) };
                if terms::accept(tx, terms, &due.account.id).await? {
                    let details = json!({ "version": terms.version, "sha256": HEXLOWER.encode(&terms.hash) });
                    let entry = audit::Entry::of(Event::TermsAccepted, &due.account).from(&visit);
                    audit::record(tx, &app.entropy, audit::Entry { details, ..entry }).await?;
                }
                Ok::<_, store::Error>(())
            })
            .await?;
    }
    Ok(see_other(&address(&id)))
}
