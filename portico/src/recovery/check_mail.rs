//! "Check your mail": the page that replaces a help desk. Its delivery line leaks nothing, because every typed address
//! gets exactly one mail.

use askama::Template;
use axum::Json;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use store::Tx;

use super::queries::{self, Kind, Recovery};
use super::questions;
use super::rules::{MAY_COME_BACK, RESEND_AFTER, SENDS, Stage, Way};
use super::send;
use crate::delivery;
use crate::organizations::{self, Continuity, Policy};
use crate::people::{Email, Identifier};
use crate::platform::clock::{Time, micros};
use crate::platform::ids::RecoveryId;
use crate::platform::mail;
use crate::platform::web::{Error, Moment, Page, Problem, Visit, html, see_other};
use crate::sign_in::{self, Resume};
use crate::support::Topic;

/// How the mail is doing, in words.
pub struct Delivery {
    pub state: &'static str,
    pub text: String,
    pub at: Option<Moment>,
}

#[derive(Template)]
#[template(path = "recovery/check_mail.html")]
struct CheckMailPage {
    page: Page,
    identifier: String,
    typed_address: bool,
    sender: String,
    sender_domains: Vec<String>,
    expires_minutes: String,
    delivery: Option<Delivery>,
    delivery_url: String,
    resend_action: String,
    resend_at: Option<Moment>,
    sign_in_url: String,
    other_way_url: String,
    contact_url: String,
    direct_products: Vec<(String, String)>,
    /// Which mailboxes get a mail while the own sign-in of the typed domain's organization is out.
    through: Option<Continuity>,
    user_names: bool,
    /// It says what keeps the person out.
    answers: bool,
    refused_domain: Option<String>,
    problem: Option<Problem>,
}

/// A request with what its page tells of it.
struct Shown {
    recovery: Recovery,
    line: Option<mail::Line>,
    policy: Policy,
    zone: String,
    direct: Vec<(String, String)>,
    through: Option<Continuity>,
    /// The mail server of the typed domain turns our mail away.
    refused_domain: Option<String>,
}

/// `GET /recover/{id}`
pub async fn page(visit: Visit, Path(id): Path<RecoveryId>) -> Result<Response, Error> {
    let Some(shown) = show(&visit, &id).await? else { return Ok(see_other("/recover")) };
    if let Some(answer) = questions::elsewhere(&visit, &shown.recovery, Stage::CheckMail) {
        return Ok(answer);
    }
    let app = &visit.app;
    let now = app.clock.now();
    let page = visit.page();
    let recovery = &shown.recovery;
    let resend_at =
        (recovery.sent_at + RESEND_AFTER > now).then(|| Moment::new(recovery.sent_at + RESEND_AFTER, &shown.zone, now));
    let problem =
        (recovery.sends >= SENDS || (recovery.outbox.is_none() && !recovery.due)).then_some("recovery-resend-limit");
    let resume = Resume { destination: recovery.destination, identifier: Some(recovery.identifier.clone()) };
    html(&CheckMailPage {
        typed_address: recovery.identifier.contains('@'),
        sender: app.sender.clone(),
        sender_domains: app.sender_domains(),
        expires_minutes: (micros(shown.policy.reset_link) / 60_000_000).to_string(),
        delivery: delivery_of(&page, &shown, now),
        delivery_url: format!("/recover/{id}/delivery"),
        resend_action: format!("/recover/{id}/resend"),
        resend_at,
        sign_in_url: match &recovery.sign_in {
            Some(sign_in) => format!("/sign-in/{sign_in}"),
            None => sign_in::address_for(app, &resume),
        },
        other_way_url: ask_again(recovery, &resume.seal(app)),
        contact_url: Topic::Mail.contact(&resume.seal(app)),
        direct_products: shown.direct,
        through: shown.through.filter(|_| recovery.kind == Kind::Password),
        user_names: recovery.kind == Kind::UserName,
        answers: recovery.kind == Kind::Help,
        refused_domain: shown.refused_domain,
        problem: problem.map(|key| Problem { summary: page.t(key).into_owned(), field: "" }),
        identifier: recovery.identifier.clone(),
        page: page.help(format!("/help?resume={}", resume.seal(app))),
    })
}

/// The form again, with what was typed and where it was to lead.
pub fn ask_again(recovery: &Recovery, resume: &str) -> String {
    match (recovery.kind, &recovery.sign_in) {
        (Kind::Help, _) => format!("/help/sign-in?resume={resume}"),
        (Kind::UserName, _) => format!("/recover/user-name?resume={resume}"),
        (Kind::Password, None) => format!("/recover?resume={resume}"),
        (Kind::Password, Some(sign_in)) => format!("/recover?resume={resume}&sign_in={sign_in}"),
    }
}

#[derive(Serialize)]
struct DeliveryJson {
    state: &'static str,
    text: String,
    at_iso: Option<String>,
    at_text: Option<String>,
    done: bool,
}

/// `GET /recover/{id}/delivery`: the line again, for the page's script.
pub async fn delivery(visit: Visit, Path(id): Path<RecoveryId>) -> Result<Response, Error> {
    let shown = show(&visit, &id).await?.filter(|shown| shown.recovery.sends > 0).ok_or(Error::NotFound)?;
    let delivery = delivery_of(&visit.page(), &shown, visit.app.clock.now()).ok_or(Error::NotFound)?;
    // What was handed over may come back: mostly at once.
    let settled = |at: Time| at + MAY_COME_BACK < visit.app.clock.now();
    let done = match delivery.state {
        "handed_over" => shown.line.as_ref().and_then(|line| line.handed_over_at).is_some_and(settled),
        state => matches!(state, "refused" | "bounced"),
    };
    let (at_iso, at_text) = delivery.at.map(|at| (at.iso, at.text)).unzip();
    Ok(Json(DeliveryJson { state: delivery.state, text: delivery.text, at_iso, at_text, done }).into_response())
}

/// `POST /recover/{id}/resend`: one more mail, 60 s after the last; pressed sooner it changes nothing.
pub async fn resend(visit: Visit, Path(id): Path<RecoveryId>) -> Result<Response, Error> {
    let Some(browser) = visit.browser() else { return Ok(see_other("/recover")) };
    let app = &visit.app;
    app.db
        .write("recovery.resend", async |tx: &mut Tx| {
            let Some(recovery) = queries::of_browser(tx, &id, &browser.hash).await? else { return Ok(()) };
            if recovery.way == Way::Email && queries::take_resend(tx, &id, &browser.hash).await? {
                send::count_source(tx, &visit).await?;
            }
            Ok::<_, Error>(())
        })
        .await?;
    app.clerk.ring();
    Ok(see_other(&format!("/recover/{id}")))
}

async fn show(visit: &Visit, id: &RecoveryId) -> Result<Option<Shown>, Error> {
    let Some(browser) = visit.browser() else { return Ok(None) };
    let app = &visit.app;
    let shown = app
        .db
        .read("recovery.show", async |tx: &mut Tx| {
            let Some(recovery) = queries::of_browser(tx, id, &browser.hash).await? else { return Ok(None) };
            let line = match &recovery.outbox {
                Some(outbox) => mail::life_line(tx, outbox).await?,
                None => None,
            };
            // The minutes follow the typed domain, never the account.
            let identifier = Identifier::parse(&recovery.identifier);
            let organization = match identifier.as_ref().and_then(Identifier::email) {
                Some(email) => organizations::by_domain(tx, email.domain()).await?,
                None => None,
            };
            let direct = match &organization {
                Some(organization) => queries::direct_products(tx, &organization.id).await?,
                None => Vec::new(),
            };
            let suspended = organization.as_ref().filter(|organization| organization.suspended.is_some());
            let through = suspended.map(|organization| organization.policy.continuity);
            let zone = organization.as_ref().map_or("UTC", |organization| &organization.time_zone).to_owned();
            let policy = organization.map_or_else(|| Policy::preset(app.preset), |organization| organization.policy);
            let domain = identifier.as_ref().and_then(Identifier::email).map(Email::domain);
            let refused_domain = match domain {
                Some(domain) if delivery::trouble_of(tx, domain).await?.is_some() => Some(domain.to_owned()),
                _ => None,
            };
            Ok::<_, store::Error>(Some(Shown { recovery, line, policy, zone, direct, through, refused_domain }))
        })
        .await?;
    Ok(shown)
}

/// What we know is what our own mail server said; how the one of the address fares, it alone knows.
/// `None` for a typed user name: whether there is a mail at all would tell whether there is an account.
fn delivery_of(page: &Page, shown: &Shown, now: Time) -> Option<Delivery> {
    let (_, domain) = shown.recovery.identifier.rsplit_once('@')?;
    let Some(line) = &shown.line else {
        let queued = || Delivery {
            state: "queued",
            text: page.with("recovery-delivery-queued", &[("domain", domain)]),
            at: None,
        };
        return shown.recovery.due.then(queued);
    };
    let (state, key, at) = match line.state {
        mail::State::Queued => ("queued", "recovery-delivery-queued", None),
        mail::State::Deferred if line.smtp_code.is_some() => {
            ("deferred", "recovery-delivery-later", line.next_attempt_at)
        }
        mail::State::Deferred => ("deferred", "recovery-delivery-deferred", None),
        mail::State::Bounced => ("bounced", "recovery-delivery-bounced", line.bounced_at),
        mail::State::HandedOver => ("handed_over", "recovery-delivery-handed-over", line.handed_over_at),
        // Only a 5xx is a refusal; whatever else ended it, nobody has found fault with the address.
        mail::State::Refused if line.smtp_code.is_none_or(|code| code < 500) => {
            ("refused", "recovery-delivery-given-up", None)
        }
        mail::State::Refused | mail::State::Dropped => ("refused", "recovery-delivery-refused", None),
    };
    let code = line.smtp_code.map(|code| code.to_string()).unwrap_or_default();
    Some(Delivery {
        state,
        text: page.with(key, &[("domain", domain), ("code", &code)]),
        at: at.map(|at| Moment::new(at, &shown.zone, now)),
    })
}
