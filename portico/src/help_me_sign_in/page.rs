use askama::Template;
use axum::response::Response;
use serde::Deserialize;

use crate::people::Identifier;
use crate::platform::web::{Arrival, Error, Form, Page, Problem, Query, Visit, html, kept, see_other, with_cookies};
use crate::recovery;
use crate::sign_in::{self, Resume};

#[derive(Template)]
#[template(path = "help_me_sign_in/page.html")]
struct AskPage {
    page: Page,
    identifier: String,
    resume: String,
    back_url: String,
    problem: Option<Problem>,
}

#[derive(Deserialize)]
pub struct AskForm {
    #[serde(default)]
    identifier: String,
    #[serde(default)]
    resume: String,
}

/// `GET /help/sign-in`
pub async fn page(visit: Visit, Query(arrival): Query<Arrival>) -> Result<Response, Error> {
    let resume = Resume::open(&visit.app, &arrival.resume);
    let page = visit.page();
    // A closed set: what stands in an address is never shown.
    let summary = match arrival.problem.as_str() {
        "missing" => Some(page.t("recovery-identifier-missing").into_owned()),
        "odd" => Some(page.t("recovery-identifier-odd").into_owned()),
        _ => None,
    };
    let (_, cookie) = visit.browser_or_new();
    let sealed = resume.seal(&visit.app);
    let shown = html(&AskPage {
        problem: summary.map(|summary| Problem { summary, field: "identifier" }),
        back_url: sign_in::address_for(&visit.app, &resume),
        identifier: resume.identifier.unwrap_or_default(),
        page: page.help(format!("/help?resume={sealed}")),
        resume: sealed,
    })?;
    Ok(with_cookies(shown, cookie))
}

/// `POST /help/sign-in`: the same page follows for everybody, and one mail.
pub async fn submit(visit: Visit, Form(form): Form<AskForm>) -> Result<Response, Error> {
    let resume = Resume::open(&visit.app, &form.resume);
    if let Some(identifier) = Identifier::parse(&form.identifier) {
        return recovery::ask_for_help(&visit, identifier, &form.identifier, resume).await;
    }
    let problem = if form.identifier.trim().is_empty() { "missing" } else { "odd" };
    let resume = Resume { identifier: Some(kept(&form.identifier)), ..resume };
    Ok(see_other(&format!("/help/sign-in?problem={problem}&resume={}", resume.seal(&visit.app))))
}
