//! What was forgotten, and by whom: the two forms, and the request they make.
//!
//! Which ways to a new password a page offers is decided by the domain of what was typed, and so it can be offered only once
//! something was: by the sign-in that led here, or by a first press of the button.

use askama::Template;
use axum::response::Response;
use serde::Deserialize;
use store::Tx;

use super::queries::{self, Kind};
use super::rules::Way;
use super::send;
use crate::audit;
use crate::organizations::{self, Policy, Recovery};
use crate::people::{Email, Identifier};
use crate::platform::clock::Time;
use crate::platform::ids::{RecoveryId, SignInId};
use crate::platform::web::{Error, Form, Page, Problem, Query, Visit, html, kept, see_other, with_cookies};
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
    policy: Recovery,
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
    problem: String,
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
    /// The way chosen; empty where the page offered none.
    #[serde(default)]
    way: String,
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
    let resume = carried(&visit, &arrival.resume, &arrival.sign_in).await?;
    let (_, cookie) = visit.browser_or_new();
    Ok(with_cookies(ask_password(&visit, &resume, &arrival).await?, cookie))
}

/// `POST /recover`
pub async fn password(visit: Visit, Form(form): Form<AskForm>) -> Result<Response, Error> {
    let Some(identifier) = Identifier::parse(&form.identifier) else {
        let sign_in: String = form.sign_in.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
        let back = again(&visit, "/recover", &form.resume, &form.identifier);
        return Ok(see_other(&format!("{back}&sign_in={sign_in}")));
    };
    let resume = carried(&visit, &form.resume, &form.sign_in).await?;
    let sign_in = Some(form.sign_in.as_str()).filter(|id| !id.is_empty()).map(SignInId::from);
    let way = match (form.way.as_str(), policy_for(&visit, Some(&identifier)).await? == Recovery::QuestionsOrEmail) {
        ("email", _) | ("", false) => Way::Email,
        ("questions", true) => Way::Questions,
        // What can be done depends on what has just been typed: the page says so.
        _ => {
            let resume = Resume { identifier: Some(kept(form.identifier.trim())), ..resume }.seal(&visit.app);
            let sign_in = sign_in.map_or_else(String::new, |id| format!("&sign_in={id}"));
            return Ok(see_other(&format!("/recover?resume={resume}{sign_in}")));
        }
    };
    let typed = form.identifier.as_str();
    request(&visit, Asked { kind: Kind::Password, identifier, typed, resume, sign_in, way }).await
}

/// The policy of the domain that was typed. A user name has no domain, and whose it is would tell that there is somebody: it goes
/// by mail, as does a page on which nothing was typed yet.
async fn policy_for(visit: &Visit, identifier: Option<&Identifier>) -> Result<Recovery, Error> {
    let Some(email) = identifier.and_then(Identifier::email) else { return Ok(Recovery::Email) };
    let read = async |tx: &mut Tx| organizations::by_domain(tx, email.domain()).await;
    let organization = visit.app.db.read("recovery.ways", read).await?;
    let policy = organization.map_or_else(|| Policy::preset(visit.app.preset), |organization| organization.policy);
    Ok(policy.recovery)
}

/// What a page carried along, or what the sign-in it names would go on with.
async fn carried(visit: &Visit, sealed: &str, sign_in: &str) -> Result<Resume, Error> {
    if sealed.is_empty() && !sign_in.is_empty() {
        return Ok(sign_in::waiting(visit, &SignInId::from(sign_in)).await?.unwrap_or_default());
    }
    Ok(Resume::open(&visit.app, sealed))
}

/// `GET /recover/user-name`
pub async fn user_name_page(visit: Visit, Query(arrival): Query<Arrival>) -> Result<Response, Error> {
    let resume = Resume::open(&visit.app, &arrival.resume);
    let (_, cookie) = visit.browser_or_new();
    Ok(with_cookies(ask_user_name(&visit, &resume, &arrival)?, cookie))
}

/// `POST /recover/user-name`
pub async fn user_name(visit: Visit, Form(form): Form<AskUserNameForm>) -> Result<Response, Error> {
    match Email::parse(&form.email) {
        Some(email) => {
            let (identifier, resume) = (Identifier::Email(email), Resume::open(&visit.app, &form.resume));
            let typed = form.email.as_str();
            let asked = Asked { kind: Kind::UserName, identifier, typed, resume, sign_in: None, way: Way::Email };
            request(&visit, asked).await
        }
        None => Ok(see_other(&again(&visit, "/recover/user-name", &form.resume, &form.email))),
    }
}

/// **Help me sign in**: a request like the others, answered by another mail.
pub async fn help(visit: &Visit, identifier: Identifier, typed: &str, resume: Resume) -> Result<Response, Error> {
    request(visit, Asked { kind: Kind::Help, identifier, typed, resume, sign_in: None, way: Way::Email }).await
}

/// The page again, with what was typed and why it cannot be used.
fn again(visit: &Visit, path: &str, sealed: &str, typed: &str) -> String {
    let problem = if typed.trim().is_empty() { "missing" } else { "odd" };
    let resume = Resume { identifier: Some(kept(typed)), ..Resume::open(&visit.app, sealed) };
    format!("{path}?problem={problem}&resume={}", resume.seal(&visit.app))
}

/// What was forgotten, of whom, and where they wanted to go.
struct Asked<'a> {
    kind: Kind,
    identifier: Identifier,
    typed: &'a str,
    resume: Resume,
    sign_in: Option<SignInId>,
    way: Way,
}

/// One row, the same for everybody. Its mail is written behind it, unless questions are answered instead.
async fn request(visit: &Visit, asked: Asked<'_>) -> Result<Response, Error> {
    let app = &visit.app;
    let Asked { kind, identifier, typed, resume, sign_in, way } = asked;
    let (browser, cookie) = visit.browser_or_new();
    let id = RecoveryId::generate(&app.entropy);
    if way == Way::Questions {
        // Each is a row, as a sign-in is.
        app.count_sign_in(visit.address).await?;
    }
    app.db
        .write("recovery.request", async |tx: &mut Tx| {
            if way == Way::Email {
                send::count_source(tx, visit).await?;
            }
            let recovery = queries::Recovery {
                id: id.clone(),
                kind,
                identifier: typed.trim().to_owned(),
                language: visit.reads.map(str::to_owned),
                sign_in: sign_in.clone(),
                destination: resume.destination,
                due: way == Way::Email,
                outbox: None,
                sent_at: Time(tx.now()),
                sends: i64::from(way == Way::Email),
                way,
                grant: None,
            };
            queries::insert(tx, &browser.hash, &recovery).await?;
            let subject = app.pseudo_id(&identifier);
            audit::record(tx, &app.entropy, audit::Entry::about(kind.event(), None, &subject).from(visit)).await?;
            Ok::<_, Error>(())
        })
        .await?;
    app.clerk.ring();
    Ok(with_cookies(see_other(&format!("/recover/{id}")), cookie))
}

async fn ask_password(visit: &Visit, resume: &Resume, arrival: &Arrival) -> Result<Response, Error> {
    let page = visit.page();
    let sealed = resume.seal(&visit.app);
    let typed = resume.identifier.as_deref().and_then(Identifier::parse);
    let policy = policy_for(visit, typed.as_ref()).await?;
    html(&AskPage {
        action: "/recover".into(),
        problem: problem(&page, arrival, ["recovery-identifier-missing", "recovery-identifier-odd"], "identifier"),
        identifier: resume.identifier.clone().unwrap_or_default(),
        sign_in: arrival.sign_in.clone(),
        policy,
        back_url: if arrival.sign_in.is_empty() {
            sign_in::address_for(&visit.app, resume)
        } else {
            format!("/sign-in/{}", SignInId::from(arrival.sign_in.as_str()))
        },
        user_name_url: format!("/recover/user-name?resume={sealed}"),
        resume: sealed,
        page,
    })
}

fn ask_user_name(visit: &Visit, resume: &Resume, arrival: &Arrival) -> Result<Response, Error> {
    let page = visit.page();
    let given_back = |typed: &String| !arrival.problem.is_empty() || typed.contains('@');
    html(&AskUserNamePage {
        action: "/recover/user-name".into(),
        problem: problem(&page, arrival, ["recovery-email-missing", "recovery-email-odd"], "email"),
        email: resume.identifier.clone().filter(given_back).unwrap_or_default(),
        back_url: sign_in::address_for(&visit.app, resume),
        resume: resume.seal(&visit.app),
        page,
    })
}

/// A closed set: what stands in an address is never shown.
fn problem(page: &Page, arrival: &Arrival, [missing, odd]: [&str; 2], field: &'static str) -> Option<Problem> {
    let summary = match arrival.problem.as_str() {
        "missing" => page.t(missing).into_owned(),
        "odd" => page.t(odd).into_owned(),
        _ => return None,
    };
    Some(Problem { summary, field })
}
