//! "It wasn't me": the page behind a notice's button. It says what pressing it will do, and what it has done.

use std::time::Duration;

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use secrecy::SecretString;
use store::Tx;

use super::rules::{Hears, Offer, Remedy, name_for};
use super::take_back::{hearers_of, notice_of, remedy_of, take_back};
use crate::people::{self, Account};
use crate::platform::one_time;
use crate::platform::web::{Cookie, Error, Page, Visit, html, see_other, with_cookies};
use crate::sign_in::Resume;

/// How long an opened link stays open in this browser; its own expiry is checked at every use.
const OPENED: Duration = Duration::from_secs(24 * 3_600);

#[derive(Template)]
#[template(path = "notices/not_me.html")]
struct NotMePage {
    page: Page,
    offer: Offer,
    /// What the person signs in with, and where the mail will go; empty where the link is none of ours.
    account: String,
    address: String,
    remedy: Remedy,
    /// Whoever hears of it today: nobody else is promised.
    hears: Hears,
    has_questions: bool,
    takes_factors: bool,
    /// What anybody may be told about whom to ask. Who is named stands in the mail.
    contact: Option<String>,
    action: String,
    recover_url: String,
}

/// A link of ours that was opened in this browser, with whom it is about.
struct Opened {
    offer: Offer,
    account: Account,
    sent_to: String,
    remedy: Remedy,
    /// The second factor goes, too.
    takes_factors: bool,
    hears: Hears,
}

/// `GET /recover/not-me/{token}`: uses nothing up. The token goes into a cookie, and the browser on to a clean address.
pub async fn open(visit: Visit, Path(token): Path<String>) -> Result<Response, Error> {
    if !one_time::is_token(&token) {
        return show(&visit, None);
    }
    let (_, browser) = visit.browser_or_new();
    let opened = visit.app.cookies.set(Cookie::Notice, &token, Some(OPENED));
    Ok(with_cookies(see_other("/recover/not-me"), browser.into_iter().chain([opened])))
}

/// `GET /recover/not-me`
pub async fn page(visit: Visit) -> Result<Response, Error> {
    let Some(token) = token(&visit) else { return show(&visit, None) };
    let opened = visit.app.db.read("notices.opened", async |tx: &mut Tx| find(tx, &visit, &token).await).await?;
    show(&visit, opened)
}

/// `POST /recover/not-me`
pub async fn submit(visit: Visit) -> Result<Response, Error> {
    let (Some(token), Some(browser)) = (token(&visit), visit.browser()) else {
        return Ok(see_other("/recover/not-me"));
    };
    let began =
        visit.app.db.write("notices.not_me", async |tx: &mut Tx| take_back(tx, &visit, &token, &browser).await).await?;
    // Whoever lost the race, or posted twice, is told that it has been done; and so is who has to ask somebody now.
    Ok(see_other(&began.map_or_else(|| "/recover/not-me".into(), |id| format!("/recover/{id}"))))
}

fn token(visit: &Visit) -> Option<SecretString> {
    visit.cookie(Cookie::Notice).map(|token| SecretString::from(token.to_owned()))
}

async fn find(tx: &mut Tx, visit: &Visit, token: &SecretString) -> Result<Option<Opened>, store::Error> {
    let Some((occasion, found)) = notice_of(tx, token).await? else { return Ok(None) };
    let Some(account) = people::by_id(tx, &found.account).await? else { return Ok(None) };
    let hears = hearers_of(tx, &visit.app, &account).await?.who();
    let (occasion, remedy) = remedy_of(tx, &account, &found.sent_to, occasion).await?;
    let takes_factors = occasion.takes_factors_away() && remedy.ends_answers();
    let offer = Offer::of(Some(found.status));
    Ok(Some(Opened { offer, account, sent_to: found.sent_to, remedy, takes_factors, hears }))
}

fn show(visit: &Visit, opened: Option<Opened>) -> Result<Response, Error> {
    let offer = opened.as_ref().map_or(Offer::Unknown, |opened| opened.offer);
    let remedy = opened.as_ref().map(|opened| opened.remedy);
    let hears = opened.as_ref().map_or(Hears::Nobody, |opened| opened.hears);
    let takes_factors = opened.as_ref().is_some_and(|opened| opened.takes_factors);
    let address = opened.as_ref().map_or_else(String::new, |opened| opened.sent_to.clone());
    let account = opened.map(|opened| opened.account);
    // Never the address that took the place of the one this was mailed to.
    let identifier = account.as_ref().map(|account| name_for(account, &address).to_owned());
    let resume = Resume { identifier: identifier.clone(), ..Resume::default() }.seal(&visit.app);
    html(&NotMePage {
        page: visit.page().help(format!("/help?resume={resume}")),
        offer,
        account: identifier.unwrap_or_default(),
        remedy: remedy.unwrap_or(Remedy::Reset),
        hears,
        address,
        takes_factors,
        has_questions: account.as_ref().is_some_and(|account| account.has_questions),
        contact: account.and_then(|account| account.organization.contact),
        action: "/recover/not-me".into(),
        recover_url: format!("/recover?resume={resume}"),
    })
}
