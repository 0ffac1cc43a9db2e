//! The pages of my account: what their owners change there, what ends with it, who is told, and what nobody finds out.

mod anothers_page;
mod email;
mod email_stranger;
mod name;
mod password;
mod questions;
mod races;
mod user_name;
mod worthless;

use crate::support::steps::NEW_PASSWORD;
use crate::support::{Browser, PASSWORD, Page, TestApp};

const OMAR: &str = "omar@riverside.example";
const NEW: &str = "omar.haddad@mail.example";
const STALE: &str = "Something has changed since this page was opened, so that nothing was saved. Please look at it as it is now, and do it once more.";
const BUTTON: &str = "It wasn’t me";

/// Somebody signed in.
async fn signed_in(app: &TestApp, name: &str) -> Browser {
    let browser = app.browser();
    browser.sign_in(name).await;
    browser
}

/// Opens a page that wants a proof of this moment, and shows one where the last is too old.
async fn prove(browser: &Browser, path: &str) -> Page {
    let page = browser.get(path).await;
    match page.path().starts_with("/sign-in") {
        true => page.press("Next").await.try_password(PASSWORD).await,
        false => page,
    }
}

/// What everybody answers who has done something: my account, which says what.
trait Told {
    fn tells(&self, done: &str) -> &Page;
}

impl Told for Page {
    #[track_caller]
    fn tells(&self, done: &str) -> &Page {
        self.is_headed("My account");
        assert_eq!(self.texts_of("[role=status]"), [done], "{}", self.text());
        self
    }
}

async fn ask(browser: &Browser, address: &str) -> Page {
    browser.get("/account/email").await.fill("New email address", address).press("Send Verification Code").await
}

async fn type_code(page: &Page, code: &str) -> Page {
    page.clone().fill("Verification code", code).press("Verify").await
}

/// Moves to another address, and takes the mails out.
async fn move_to(app: &TestApp, browser: &Browser, address: &str) -> Page {
    let page = ask(browser, address).await;
    let code = app.mail_to(address).await.code();
    let page = type_code(&page, &code).await;
    page.tells("Your email address was changed. You are signed out everywhere else.");
    page
}

async fn choose_user_name(browser: &Browser, name: &str) -> Page {
    browser.get("/account/user-name").await.fill("Username", name).press("Save").await
}

async fn choose_password(browser: &Browser, current: &str, new: &str) -> Page {
    let page = browser.get("/account/password").await.fill("Current password", current);
    page.fill("New Password", new).fill("Verify Password", new).press("Save").await
}

async fn change_password(browser: &Browser) -> Page {
    let page = choose_password(browser, PASSWORD, NEW_PASSWORD).await;
    page.tells("Your password was changed. You are signed out everywhere else.");
    page
}

/// A code that is not the one.
fn other_than(code: &str) -> String {
    code.chars().map(|digit| if digit == '9' { '0' } else { char::from(digit as u8 + 1) }).collect()
}

async fn epoch(app: &TestApp, account: &str) -> i64 {
    app.count("SELECT credentials_epoch FROM accounts WHERE id = $1", &[&account]).await
}

async fn sessions(app: &TestApp) -> i64 {
    app.count("SELECT count(*) FROM sessions WHERE ended_at IS NULL", &[]).await
}
