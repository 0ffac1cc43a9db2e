//! The page behind the button in the mail to a second mailbox. Opening it confirms nothing: scanners open links first.

use std::time::Duration;

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use secrecy::ExposeSecret;
use store::Tx;

use super::queries;
use super::secondary;
use crate::people::{self, Account};
use crate::platform::one_time::{self, Purpose, State, Status};
use crate::platform::web::{Cookie, Error, Page, Visit, html, see_other, with_cookies};

/// How long an opened link stays open in this browser; its own expiry is checked at every use.
const OPENED: Duration = Duration::from_secs(24 * 3_600);
const HERE: &str = "/account/secondary-email/confirm";

/// What the page says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Offer {
    Button,
    Done,
    /// Single sign-on is suspended: nothing changes until it resumes.
    Later,
    /// Its time is over, or another address was named since.
    Over,
}

#[derive(Template)]
#[template(path = "continuity/confirm.html")]
struct ConfirmPage {
    page: Page,
    offer: Offer,
    account: String,
    organization: String,
    address: String,
}

/// `GET /account/secondary-email/confirm/{token}`: the token goes into a cookie, and the browser on to a clean address.
pub async fn open(visit: Visit, Path(token): Path<String>) -> Result<Response, Error> {
    if !one_time::is_token(&token) {
        return Ok(see_other(HERE));
    }
    let (_, browser) = visit.browser_or_new();
    let opened = visit.app.cookies.set(Cookie::Mailbox, &token, Some(OPENED));
    Ok(with_cookies(see_other(HERE), browser.into_iter().chain([opened])))
}

/// `GET /account/secondary-email/confirm`
pub async fn page(visit: Visit) -> Result<Response, Error> {
    let found = visit.app.db.read("continuity.confirm_page", async |tx: &mut Tx| find(tx, &visit).await).await?;
    let (offer, account, address) = match found {
        Some((offer, account, found)) => (offer, Some(account), found.sent_to),
        None => (Offer::Over, None, String::new()),
    };
    html(&ConfirmPage {
        page: visit.page(),
        offer,
        account: account.as_ref().map_or_else(String::new, |account| account.sign_in_name().to_owned()),
        organization: account.map_or_else(String::new, |account| account.organization.name),
        address,
    })
}

/// `POST /account/secondary-email/confirm`
pub async fn submit(visit: Visit) -> Result<Response, Error> {
    let Some(browser) = visit.browser() else { return Ok(see_other(HERE)) };
    let write = async |tx: &mut Tx| {
        let Some((Offer::Button, account, found)) = find(tx, &visit).await? else { return Ok(false) };
        secondary::confirm(tx, &visit, &account, &found, &browser).await
    };
    visit.app.db.write("continuity.confirm", write).await?;
    // Whoever posted twice, or lost the race, is told how it stands.
    Ok(see_other(HERE))
}

/// The link that was opened in this browser, with what it comes to now.
async fn find(tx: &mut Tx, visit: &Visit) -> Result<Option<(Offer, Account, State)>, store::Error> {
    let Some(token) = visit.cookie(Cookie::Mailbox) else { return Ok(None) };
    let hash = one_time::hash(secrecy::SecretString::from(token.to_owned()).expose_secret());
    let Some(found) = one_time::peek(tx, Purpose::VerifySecondary, &hash).await? else { return Ok(None) };
    let Some(account) = people::by_id(tx, &found.account).await? else { return Ok(None) };
    let addresses = queries::addresses_of(tx, &account.id).await?;
    let named = addresses.into_iter().find(|one| one.email == found.sent_to);
    let offer = match (found.status, named.map(|one| one.verified_at.is_some())) {
        (_, Some(true)) => Offer::Done,
        // It has become the first one since: both in one would be one.
        _ if account.has_address(&found.sent_to) => Offer::Over,
        (Status::Valid { .. }, Some(false)) if account.organization.suspended.is_some() => Offer::Later,
        (Status::Valid { .. }, Some(false)) => Offer::Button,
        _ => Offer::Over,
    };
    Ok(Some((offer, account, found)))
}
