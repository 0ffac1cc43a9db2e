use askama::Template;
use axum::Json;
use axum::extract::Path;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use super::data::{ORGANIZATIONS, Organization, PASSWORD, PEOPLE, PRODUCTS, Person};
use super::smtp::{Mail, Status};
use super::{Stage, summary};
use crate::mfa;
use crate::platform::clock::{Clock, Time};
use crate::platform::web::{Error, Moment, Page, Visit, html};

/// Mails carry their own styles, which no page of ours may, and nothing else that does anything.
const LETTER_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'";

const PASSING: [(u32, &str); 4] = [
    (60, "demo-clock-minute"),
    (15 * 60, "demo-clock-quarter"),
    (3_600, "demo-clock-hour"),
    (24 * 3_600, "demo-clock-day"),
];

/// People of one organization.
struct House {
    name: &'static str,
    people: Vec<Somebody>,
}

struct Somebody {
    identifier: &'static str,
    /// Where it differs from what is typed.
    mailbox: Option<&'static str>,
    is: String,
    totp: Option<Codes>,
}

struct Codes {
    secret: &'static str,
    code: String,
}

#[derive(Template)]
#[template(path = "demo/index.html")]
struct IndexPage {
    page: Page,
    password: &'static str,
    answers: String,
    houses: Vec<House>,
    /// What an administrator does, with the command for it.
    commands: Vec<(String, String)>,
    products: Vec<(&'static str, String)>,
    addresses: Vec<(String, String)>,
    /// A page of a product that somebody could have bookmarked.
    deep_url: String,
    /// Where the hospital's sign-in is made to misbehave.
    desk_url: String,
    /// It was started by a name, and has passkeys.
    passkeys: bool,
    now: Moment,
    /// What the buttons let pass, in seconds, with their names.
    passing: Vec<(u32, String)>,
}

struct MailLine {
    subject: String,
    to: String,
    url: String,
    at: Moment,
    status: String,
}

#[derive(Template)]
#[template(path = "demo/mailbox.html")]
struct MailboxPage {
    page: Page,
    mails: Vec<MailLine>,
}

#[derive(Template)]
#[template(path = "demo/message.html")]
struct MessagePage {
    page: Page,
    subject: String,
    from: String,
    to: String,
    at: Moment,
    status: String,
    text: String,
    raw_url: String,
}

/// A mail as scripts read it.
#[derive(Serialize)]
struct MailRecord {
    id: u64,
    to: String,
    from: String,
    subject: String,
    text: String,
    html: String,
    at: String,
    status: &'static str,
}

/// `GET /demo`
pub async fn index(visit: Visit) -> Result<Response, Error> {
    let stage = stage(&visit)?;
    let page = visit.page();
    let addresses = &stage.addresses;
    let now = visit.app.clock.now();
    let name = |(seconds, key): (u32, &str)| (seconds, page.t(key).into_owned());
    html(&IndexPage {
        password: PASSWORD,
        answers: summary::answers(),
        houses: houses(&page, now),
        commands: commands(&page, stage),
        products: PRODUCTS.iter().map(|product| (product.name, addresses.product_url(product))).collect(),
        addresses: vec![
            (page.t("demo-front-door").into_owned(), format!("{}/", addresses.public_url())),
            (page.t("demo-mailbox").into_owned(), format!("{}/demo/mail", addresses.public_url())),
            (page.t("demo-idp").into_owned(), format!("{}/", addresses.idp_url())),
            (page.t("demo-health").into_owned(), format!("http://{}/readyz", addresses.ops())),
        ],
        deep_url: PRODUCTS.first().map(|bed| format!("{}wards/3-west", addresses.product_url(bed))).unwrap_or_default(),
        desk_url: format!("{}/", addresses.idp_url()),
        passkeys: addresses.takes_passkeys(),
        // With its day where that is not the reader's.
        now: Moment::new(now, "UTC", Clock::system().now()),
        passing: PASSING.into_iter().map(name).collect(),
        page,
    })
}

fn houses(page: &Page, now: Time) -> Vec<House> {
    let house =
        |organization: &Organization| House { name: organization.name, people: people(page, now, organization.slug) };
    ORGANIZATIONS.iter().map(house).collect()
}

/// With the code that each authenticator app shows just now, for whoever has no app at hand.
fn people(page: &Page, now: Time, organization: &str) -> Vec<Somebody> {
    let codes = |secret: &'static str| {
        let step = now.seconds().div_euclid(mfa::PERIOD_SECONDS);
        let code = mfa::code_at(&mfa::parse_secret(secret)?, step);
        Some(Codes { secret, code })
    };
    let somebody = |person: &Person| Somebody {
        identifier: person.identifier(),
        mailbox: person.user_name.map(|_| person.mailbox()),
        is: page.t(person.about).into_owned(),
        totp: person.totp.and_then(codes),
    };
    PEOPLE.iter().filter(|person| person.organization == organization).map(somebody).collect()
}

fn commands(page: &Page, stage: &Stage) -> Vec<(String, String)> {
    let command = |(key, line)| (page.t(key).into_owned(), summary::command(line, &stage.configuration));
    summary::COMMANDS.map(command).into()
}

/// `GET /demo/mail`
pub async fn mailbox(visit: Visit) -> Result<Response, Error> {
    let page = visit.page();
    let now = visit.app.clock.now();
    let line = |mail: Mail| MailLine {
        url: format!("/demo/mail/{}", mail.id),
        at: Moment::new(mail.at, "UTC", now),
        status: told(&page, mail.status),
        subject: mail.subject,
        to: mail.to,
    };
    let mails = newest_first(stage(&visit)?).map(line).collect();
    html(&MailboxPage { page, mails })
}

/// `GET /demo/mail.json`
pub async fn mails(visit: Visit) -> Result<Response, Error> {
    let now = visit.app.clock.now();
    let record = |mail: Mail| MailRecord {
        id: mail.id,
        to: mail.to,
        from: mail.sender,
        subject: mail.subject,
        text: mail.text,
        html: mail.html,
        at: Moment::new(mail.at, "UTC", now).iso,
        status: match mail.status {
            Status::Delivered => "delivered",
            Status::ReplyLost => "reply_lost",
        },
    };
    let mails: Vec<_> = newest_first(stage(&visit)?).map(record).collect();
    Ok(Json(mails).into_response())
}

/// `GET /demo/mail/{id}`
pub async fn message(visit: Visit, Path(id): Path<u64>) -> Result<Response, Error> {
    let mail = stage(&visit)?.inbox.get(id).ok_or(Error::NotFound)?;
    let page = visit.page();
    html(&MessagePage {
        at: Moment::new(mail.at, "UTC", visit.app.clock.now()),
        status: told(&page, mail.status),
        raw_url: format!("/demo/mail/{id}/html"),
        subject: mail.subject,
        from: mail.sender,
        to: mail.to,
        text: mail.text,
        page,
    })
}

/// `GET /demo/mail/{id}/html`
pub async fn letter(visit: Visit, Path(id): Path<u64>) -> Result<Response, Error> {
    let mail = stage(&visit)?.inbox.get(id).ok_or(Error::NotFound)?;
    let mut response = mail.html.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(LETTER_POLICY));
    Ok(response)
}

pub(super) fn stage(visit: &Visit) -> Result<&Stage, Error> {
    visit.app.demo.as_ref().ok_or(Error::NotFound)
}

fn newest_first(stage: &Stage) -> impl Iterator<Item = Mail> {
    stage.inbox.all().into_iter().rev()
}

fn told(page: &Page, status: Status) -> String {
    let key = match status {
        Status::Delivered => "demo-mail-delivered",
        Status::ReplyLost => "demo-mail-reply-lost",
    };
    page.t(key).into_owned()
}
