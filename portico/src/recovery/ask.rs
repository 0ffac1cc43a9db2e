//! What was forgotten, and by whom: the two forms, and the request they make.

use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use serde::Deserialize;
use store::Tx;

use super::queries::{self, Kind, Recovery};
use super::rules::MAILS_WINDOW;
use super::send;
use crate::audit::{self, Event};
use crate::people::{Email, Identifier};
use crate::platform::clock::Time;
use crate::platform::ids::{RecoveryId, SignInId};
use crate::platform::limits::{self, Within};
use crate::platform::web::address;
use crate::platform::web::{Error, Form, Page, Problem, Visit, html, see_other, with_cookies};
use crate::sign_in::{self, Resume};

#[derive(Template)]
#[template(path = "recovery/ask.html")]
struct AskPage {
    page: Page,
    action: String,
    identifier: String,
    resume: String,
    sign_in: String,
    back_url: String,
    user_name_url: String,
    problem: Option<Problem>,
}

#[derive(Template)]
#[template(path = "recovery/ask_user_name.html")]
struct AskUserNamePage {
    page: Page,
    action: String,
    email: String,
    resume: String,
    back_url: String,
    problem: Option<Problem>,
}

#[derive(Deserialize)]
pub struct Arrival {
    #[serde(default)]
    sign_in: String,
    #[serde(default)]
    resume: String,
}

#[derive(Deserialize)]
pub struct AskForm {
    #[serde(default)]
    identifier: String,
    #[serde(default)]
    sign_in: String,
    #[serde(default)]
    resume: String,
}

#[derive(Deserialize)]
pub struct AskUserNameForm {
    #[serde(default)]
    email: String,
    #[serde(default)]
    resume: String,
}

/// `GET /recover`
pub async fn password_page(visit: Visit, Query(arrival): Query<Arrival>) -> Result<Response, Error> {
    let waiting = sign_in::waiting(&visit, &SignInId::from(arrival.sign_in.as_str())).await?;
    let resume = waiting.unwrap_or_else(|| Resume::open(&visit.app, &arrival.resume));
    let (_, cookie) = visit.browser_or_new();
    Ok(with_cookies(ask_password(&visit, &resume, &arrival.sign_in, None)?, cookie))
}

/// `POST /recover`
pub async fn password(visit: Visit, Form(form): Form<AskForm>) -> Result<Response, Error> {
    let resume = Resume::open(&visit.app, &form.resume);
    let Some(identifier) = Identifier::parse(&form.identifier) else {
        let resume = Resume { identifier: Some(form.identifier), ..resume };
        return ask_password(&visit, &resume, &form.sign_in, Some("recovery-identifier-odd"));
    };
    let sign_in = Some(form.sign_in).filter(|id| !id.is_empty()).map(SignInId::from);
    request(&visit, Kind::Password, &identifier, &form.identifier, sign_in).await
}

/// `GET /recover/user-name`
pub async fn user_name_page(visit: Visit, Query(arrival): Query<Arrival>) -> Result<Response, Error> {
    let resume = Resume::open(&visit.app, &arrival.resume);
    let (_, cookie) = visit.browser_or_new();
    Ok(with_cookies(ask_user_name(&visit, &resume, None)?, cookie))
}

/// `POST /recover/user-name`
pub async fn user_name(visit: Visit, Form(form): Form<AskUserNameForm>) -> Result<Response, Error> {
    match Email::parse(&form.email) {
        Some(email) => request(&visit, Kind::UserName, &Identifier::Email(email), &form.email, None).await,
        None => {
            let resume = Resume { identifier: Some(form.email), ..Resume::open(&visit.app, &form.resume) };
            ask_user_name(&visit, &resume, Some("recovery-email-odd"))
        }
    }
}

/// One row and, in the same write, one mail (or the row of a mail that is never sent).
async fn request(
    visit: &Visit,
    kind: Kind,
    identifier: &Identifier,
    typed: &str,
    sign_in: Option<SignInId>,
) -> Result<Response, Error> {
    let app = &visit.app;
    let (browser, cookie) = visit.browser_or_new();
    let id = RecoveryId::generate(&app.entropy);
    app.db
        .write("recovery.request", async |tx: &mut Tx| {
            let source = app.limit_key("mails_per_address", &address::prefix(visit.address));
            let count = limits::count(tx, &source, MAILS_WINDOW, app.limits.mails_per_address).await?;
            if let Within::Exceeded { retry_after } = count {
                return Err(Error::TooMany { retry_after });
            }
            let outbox = send::send(tx, app, kind, identifier).await?;
            let recovery = Recovery {
                id: id.clone(),
                kind,
                identifier: typed.trim().to_owned(),
                sign_in: sign_in.clone(),
                outbox,
                sent_at: Time(tx.now()),
                sends: 1,
            };
            queries::insert(tx, &browser.hash, &recovery).await?;
            let subject = app.pseudo_id(identifier);
            audit::record(tx, &app.entropy, audit::Entry::about(Event::RecoveryRequested, None, &subject).from(visit))
                .await?;
            Ok(())
        })
        .await?;
    Ok(with_cookies(see_other(&format!("/recover/{id}")), cookie))
}

fn ask_password(visit: &Visit, resume: &Resume, sign_in: &str, problem: Option<&str>) -> Result<Response, Error> {
    let page = visit.page();
    let sealed = resume.seal(&visit.app);
    html(&AskPage {
        action: "/recover".into(),
        problem: problem.map(|key| Problem { summary: page.t(key).into_owned(), field: "identifier" }),
        identifier: resume.identifier.clone().unwrap_or_default(),
        sign_in: sign_in.to_owned(),
        back_url: if sign_in.is_empty() {
            sign_in::address_for(&visit.app, resume)
        } else {
            format!("/sign-in/{sign_in}")
        },
        user_name_url: format!("/recover/user-name?resume={sealed}"),
        resume: sealed,
        page,
    })
}

fn ask_user_name(visit: &Visit, resume: &Resume, problem: Option<&str>) -> Result<Response, Error> {
    let page = visit.page();
    html(&AskUserNamePage {
        action: "/recover/user-name".into(),
        problem: problem.map(|key| Problem { summary: page.t(key).into_owned(), field: "email" }),
        email: resume.identifier.clone().filter(|typed| problem.is_some() || typed.contains('@')).unwrap_or_default(),
        back_url: sign_in::address_for(&visit.app, resume),
        resume: resume.seal(&visit.app),
        page,
    })
}
