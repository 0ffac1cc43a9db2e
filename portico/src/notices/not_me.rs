//! "It wasn't me": the page behind a notice's button, and what pressing it does.

use std::time::Duration;

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;
use store::Tx;

use super::rules::Offer;
use crate::audit::{self, Event};
use crate::organizations::Recovery;
use crate::people::{self, Account};
use crate::platform::ids::RecoveryId;
use crate::platform::one_time::{self, Purpose};
use crate::platform::web::{Browser, Cookie, Error, Page, Visit, html, see_other, with_cookies};
use crate::sign_in::Resume;
use crate::{questions, recovery, session};

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
    resets: bool,
    action: String,
    recover_url: String,
}

/// A link of ours that was opened in this browser, with whom it is about.
struct Opened {
    offer: Offer,
    account: Account,
    sent_to: String,
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
    let opened = visit.app.db.read("notices.opened", async |tx: &mut Tx| find(tx, &token).await).await?;
    show(&visit, opened)
}

/// `POST /recover/not-me`
pub async fn submit(visit: Visit) -> Result<Response, Error> {
    let (Some(token), Some(browser)) = (token(&visit), visit.browser()) else {
        return Ok(see_other("/recover/not-me"));
    };
    let began =
        visit.app.db.write("notices.not_me", async |tx: &mut Tx| take_back(tx, &visit, &token, &browser).await).await?;
    // Whoever lost the race, or posted twice, is told that it has been done.
    Ok(see_other(&began.map_or_else(|| "/recover/not-me".into(), |id| format!("/recover/{id}"))))
}

fn token(visit: &Visit) -> Option<SecretString> {
    visit.cookie(Cookie::Notice).map(|token| SecretString::from(token.to_owned()))
}

async fn find(tx: &mut Tx, token: &SecretString) -> Result<Option<Opened>, store::Error> {
    let hash = one_time::hash(token.expose_secret());
    let Some(found) = one_time::peek(tx, Purpose::NotMe, &hash).await? else { return Ok(None) };
    let Some(account) = people::by_id(tx, &found.account).await? else { return Ok(None) };
    Ok(Some(Opened { offer: Offer::of(Some(found.status)), account, sent_to: found.sent_to }))
}

/// One write. Of many posts of one link the conditional UPDATE lets one through; that one ends everything and starts the
/// recovery.
async fn take_back(
    tx: &mut Tx,
    visit: &Visit,
    token: &SecretString,
    browser: &Browser,
) -> Result<Option<RecoveryId>, store::Error> {
    let hash = one_time::hash(token.expose_secret());
    let Some(found) = one_time::peek(tx, Purpose::NotMe, &hash).await? else { return Ok(None) };
    let Some(account) = people::by_id(tx, &found.account).await? else { return Ok(None) };
    if !one_time::consume(tx, Purpose::NotMe, &found.id, &browser.hash).await? {
        return Ok(None);
    }
    // What earlier notices offered has been done with it.
    one_time::retire(tx, Purpose::NotMe, &account.id).await?;
    let sessions = session::end_all(tx, &account.id).await?;
    let browsers = session::forget_browsers(tx, &account.id).await?;
    // A thief may know the password, or have set it. Where its owner could not choose another one by mail it stays: a
    // whole ward must not be shut out of its shared account by one click in a mail.
    let resets = recovery::can_reset(&account);
    // A thief may know the answers, too, and where they alone reset a password it would be theirs again. Where they come on
    // top of a mailed link they stay: without any its owner could not reset it either.
    if account.organization.policy.recovery == Recovery::QuestionsOrEmail {
        questions::remove(tx, &account.id).await?;
    }
    let credentials_epoch = match resets {
        true => people::put_password_away(tx, &account.id).await?,
        false => people::credentials_changed(tx, &account.id).await?,
    };
    let entry = audit::Entry {
        details: json!({ "sessions": sessions, "browsers": browsers, "password_put_away": resets }),
        ..audit::Entry::of(Event::AccountDisputed, &account).from(visit)
    };
    audit::record(tx, &visit.app.entropy, entry).await?;
    let account = Account { credentials_epoch, password: None, ..account };
    recovery::begin(tx, visit, browser, &account, &found.sent_to).await.map(Some)
}

fn show(visit: &Visit, opened: Option<Opened>) -> Result<Response, Error> {
    let (offer, account, address, resets) = match opened {
        None => (Offer::Unknown, String::new(), String::new(), true),
        Some(Opened { offer, account, sent_to }) => {
            (offer, account.sign_in_name().to_owned(), sent_to, recovery::can_reset(&account))
        }
    };
    let identifier = Some(account.clone()).filter(|name| !name.is_empty());
    let resume = Resume { identifier, ..Resume::default() }.seal(&visit.app);
    html(&NotMePage {
        page: visit.page().help(format!("/help?resume={resume}")),
        offer,
        account,
        address,
        resets,
        action: "/recover/not-me".into(),
        recover_url: format!("/recover?resume={resume}"),
    })
}
