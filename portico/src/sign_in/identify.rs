//! Who is it? The only step that is always open ("not you?"); choosing somebody else resets the proofs.

use std::time::Duration;

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use serde::Deserialize;
use store::Tx;

use super::destination::{Destination, Resume};
use super::dispatcher::{address, begin_anew, opened, to_step};
use super::facts::Named;
use super::queries;
use super::rules::Step;
use crate::federation;
use crate::organizations::Organization;
use crate::passkeys::{self, Ask};
use crate::people::{self, Identifier};
use crate::platform::clock::Time;
use crate::platform::ids::{ConnectionId, SignInId};
use crate::platform::web::{
    self, Arrival, Cookie, Error, Form, Page, Problem, Query, Visit, html, see_other, with_cookies,
};

/// *Remember me* fills the identifier in; it never shortens authentication (security.md C16).
const REMEMBERED: Duration = Duration::from_secs(180 * 24 * 3_600);
const REMEMBERED_PURPOSE: &str = "remembered";

#[derive(Template)]
#[template(path = "sign_in/identify.html")]
struct IdentifyPage {
    page: Page,
    action: String,
    resume: String,
    identifier: String,
    remember: bool,
    remembered: bool,
    problem: Option<Problem>,
    /// Where the person is sent, it fails for many right now.
    for_many: bool,
    /// They are signed in, and what they want to do takes a proof of this moment.
    again: bool,
    passkey: Option<Ask>,
}

#[derive(Deserialize)]
pub struct IdentifyForm {
    #[serde(default)]
    identifier: String,
    #[serde(default)]
    remember: String,
    #[serde(default)]
    resume: String,
}

/// `GET /sign-in`: stores nothing; the destination travels sealed in the page.
pub async fn first_page(visit: Visit, Query(arrival): Query<Arrival>) -> Result<Response, Error> {
    let resume = Resume::open(&visit.app, &arrival.resume);
    let (browser, cookie) = visit.browser_or_new();
    let passkey = passkeys::of_first_page(&visit.app, &browser);
    Ok(with_cookies(ask(&visit, "/sign-in".into(), resume, &arrival.problem, (false, passkey))?, cookie))
}

/// `GET /sign-in/{id}/identify`
pub async fn page(visit: Visit, Path(id): Path<SignInId>, Query(arrival): Query<Arrival>) -> Result<Response, Error> {
    let Some(opened) = opened(&visit, &id).await? else { return Ok(begin_anew(&visit, &id)) };
    if opened.sign_in.finished_at.is_some() {
        return Ok(see_other(&address(&id)));
    }
    let typed = Resume::open(&visit.app, &arrival.resume).identifier;
    let for_many = match opened.sign_in.named.as_ref().and_then(|named| named.connection.as_ref()) {
        Some(connection) => {
            let fails = async |tx: &mut Tx| federation::fails_for_many(tx, connection).await;
            visit.app.db.read("sign_in.for_many", fails).await?
        }
        None => false,
    };
    let identifier = typed.or(opened.sign_in.named.map(|named| named.identifier));
    let resume = Resume { destination: opened.sign_in.destination, identifier };
    let passkey = visit.browser().and_then(|browser| passkeys::of_first_page(&visit.app, &browser));
    ask(&visit, format!("/sign-in/{id}/identify"), resume, &arrival.problem, (for_many, passkey))
}

/// `POST /sign-in`: the first row of this sign-in.
pub async fn begin(visit: Visit, Form(form): Form<IdentifyForm>) -> Result<Response, Error> {
    let resume = Resume::open(&visit.app, &form.resume);
    match Identifier::parse(&form.identifier) {
        None => Ok(ask_again(&visit, "/sign-in", resume, &form)),
        Some(identifier) => {
            let answer = start(&visit, resume.destination, &identifier, &form.identifier).await?;
            Ok(with_cookies(answer, [remember(&visit, &form)]))
        }
    }
}

/// `POST /sign-in/{id}/identify`: somebody else, same destination.
pub async fn choose(visit: Visit, Path(id): Path<SignInId>, Form(form): Form<IdentifyForm>) -> Result<Response, Error> {
    let resume = Resume::open(&visit.app, &form.resume);
    let Some(identifier) = Identifier::parse(&form.identifier) else {
        return Ok(ask_again(&visit, &format!("/sign-in/{id}/identify"), resume, &form));
    };
    let changed = match visit.browser() {
        None => None,
        Some(browser) => {
            let app = &visit.app;
            app.db
                .write("sign_in.name", async |tx: &mut Tx| {
                    let named = resolve(tx, app, &identifier, &form.identifier).await?;
                    let changed = queries::name(tx, &id, &browser.hash, &named).await?;
                    Ok::<_, store::Error>(changed.then(|| Step::of_stranger(named.route())))
                })
                .await?
        }
    };
    let answer = match changed {
        Some(step) => {
            visit.app.count_sign_in(visit.address).await?;
            let about = Resume { identifier: Some(form.identifier.trim().to_owned()), ..resume };
            with_cookies(to_step(&visit, &id, step)?, [about.cookie(&visit.app, &id)])
        }
        None => start(&visit, resume.destination, &identifier, &form.identifier).await?,
    };
    Ok(with_cookies(answer, [remember(&visit, &form)]))
}

/// `POST /sign-in/forget`: "not you?" on the first page.
pub async fn forget(visit: Visit, Form(form): Form<IdentifyForm>) -> Result<Response, Error> {
    let resume = Resume { identifier: None, ..Resume::open(&visit.app, &form.resume) };
    let answer = see_other(&super::address_for(&visit.app, &resume));
    Ok(with_cookies(answer, [visit.app.cookies.clear(Cookie::Remembered)]))
}

/// Begins a sign-in of a known destination for what was typed, and goes to it. Also how a page whose row is gone goes on.
pub async fn start(
    visit: &Visit,
    destination: Destination,
    identifier: &Identifier,
    typed: &str,
) -> Result<Response, Error> {
    start_with(visit, destination, identifier, typed, None).await
}

/// Where an opt-in link routes, whatever was typed.
#[derive(Clone)]
pub struct OptedIn {
    pub connection: ConnectionId,
    pub organization: Organization,
}

/// The same, by an opt-in link where there is one.
pub async fn start_with(
    visit: &Visit,
    destination: Destination,
    identifier: &Identifier,
    typed: &str,
    opted_in: Option<OptedIn>,
) -> Result<Response, Error> {
    let (browser, cookie) = visit.browser_or_new();
    let app = &visit.app;
    let id = SignInId::from(app.entropy.id());
    let step = app
        .write_sign_in(visit.address, "sign_in.begin", async |tx: &mut Tx| {
            let named = resolve(tx, app, identifier, typed).await?;
            let named = match opted_in.clone() {
                Some(OptedIn { connection, organization }) => {
                    let opted_in = Some(Time(tx.now()));
                    Named { connection: Some(connection), opted_in, organization: Some(organization), ..named }
                }
                None => named,
            };
            queries::insert(tx, &id, &browser.hash, destination, Some(&named)).await?;
            Ok::<_, store::Error>(Step::of_stranger(named.route()))
        })
        .await?;
    let about = Resume { destination, identifier: Some(typed.trim().to_owned()) };
    Ok(with_cookies(to_step(visit, &id, step)?, cookie.into_iter().chain([about.cookie(app, &id)])))
}

/// A form whose sign-in is gone begins a new one with what the page carried; else the first page.
pub async fn resume(visit: &Visit, sealed: &str) -> Result<Response, Error> {
    let resume = Resume::open(&visit.app, sealed);
    match resume.identifier.as_deref().and_then(|typed| Some((Identifier::parse(typed)?, typed))) {
        Some((identifier, typed)) => start(visit, resume.destination, &identifier, typed).await,
        None => Ok(see_other(&super::address_for(&visit.app, &resume))),
    }
}

/// From what was typed to a name. Known and unknown take the same look-ups, and whose account it is, is not asked yet.
pub async fn resolve(
    tx: &Tx,
    app: &crate::app::App,
    identifier: &Identifier,
    typed: &str,
) -> Result<Named, store::Error> {
    let nobodys = app.pseudo_id(identifier);
    let routed = async {
        match identifier.email() {
            Some(email) => federation::route(tx, email.domain()).await,
            None => Ok(None),
        }
    };
    let (account, routed) = store::both(people::named(tx, identifier), routed).await?;
    let (organization, connection) = routed.map_or((None, None), |(theirs, connection)| (Some(theirs), connection));
    Ok(Named {
        identifier: typed.trim().to_owned(),
        subject: account.map_or(nobodys, String::from),
        connection,
        opted_in: None,
        organization,
    })
}

fn ask(
    visit: &Visit,
    action: String,
    resume: Resume,
    problem: &str,
    (for_many, passkey): (bool, Option<Ask>),
) -> Result<Response, Error> {
    let remembered: Option<String> =
        visit.cookie(Cookie::Remembered).and_then(|sealed| web::unseal(&visit.app.keys, REMEMBERED_PURPOSE, sealed));
    let page = visit.page();
    // A closed set: what stands in an address is never shown.
    let problem = match problem {
        "missing" => Some(Problem { summary: page.t("sign-in-identifier-missing").into_owned(), field: "identifier" }),
        "odd" => Some(Problem { summary: page.t("sign-in-identifier-odd").into_owned(), field: "identifier" }),
        "cookies" => Some(Problem { summary: page.t("sign-in-cookies-off").into_owned(), field: "" }),
        "passkey" => Some(Problem { summary: page.t("passkeys-refused").into_owned(), field: "" }),
        _ => None,
    };
    html(&IdentifyPage {
        problem,
        for_many,
        again: resume.destination.wants_fresh_proof(),
        passkey,
        action,
        resume: resume.seal(&visit.app),
        remember: remembered.is_some(),
        remembered: remembered.is_some() && resume.identifier.is_none(),
        identifier: resume.identifier.clone().or(remembered).unwrap_or_default(),
        page: page.help(help(visit, &resume)),
    })
}

/// What was typed can be nobody's name: back to the page, nothing lost, and why.
fn ask_again(visit: &Visit, path: &str, resume: Resume, form: &IdentifyForm) -> Response {
    let problem = if form.identifier.trim().is_empty() { "missing" } else { "odd" };
    let resume = Resume { identifier: Some(web::kept(&form.identifier)), ..resume };
    see_other(&format!("{path}?problem={problem}&resume={}", resume.seal(&visit.app)))
}

fn help(visit: &Visit, resume: &Resume) -> String {
    if *resume == Resume::default() { "/help".into() } else { format!("/help?resume={}", resume.seal(&visit.app)) }
}

fn remember(visit: &Visit, form: &IdentifyForm) -> axum::http::HeaderValue {
    if !form.remember.is_empty() {
        let sealed = web::seal(&visit.app.keys, REMEMBERED_PURPOSE, &form.identifier.trim());
        visit.app.cookies.set(Cookie::Remembered, &sealed, Some(REMEMBERED))
    } else {
        visit.app.cookies.clear(Cookie::Remembered)
    }
}
