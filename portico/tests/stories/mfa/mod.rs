//! A second step: set up, lost, asked for later.

mod another_way;
mod lost;
mod own;
mod recovery_codes;
mod resets;
mod set_up;
mod step_up;
mod told;

use crate::support::world::shown_code;
use crate::support::{Browser, PASSWORD, Page, TestApp};

/// Must have a second step, and has none.
const MAX: &str = "max@northwind.example";
const OMAR: &str = "omar@riverside.example";
const KIM: &str = "kim@northwind.example";

/// Somebody who has set an app up, with the key and the recovery codes.
struct SetUp {
    key: String,
    codes: Vec<String>,
}

/// The key that a page shows.
fn key_of(page: &Page) -> String {
    page.texts_of("#key").concat()
}

fn codes_of(page: &Page) -> Vec<String> {
    page.texts_of("#codes").concat().split_whitespace().map(str::to_owned).collect()
}

/// What an app of this key shows now.
fn code_of(app: &TestApp, key: &str) -> String {
    let secret = portico::mfa::parse_secret(key).unwrap();
    portico::mfa::code_at(&secret, app.clock().now().seconds().div_euclid(portico::mfa::PERIOD_SECONDS))
}

/// Signs in where a second step is missing, and sets one up.
async fn set_up(app: &TestApp, browser: &Browser, who: &str) -> SetUp {
    let page = browser.try_password(who, PASSWORD).await;
    let key = key_of(page.is_headed("Set up a second step"));
    let codes = page.enter_code(&shown_code(app, &page)).await;
    let kept = codes_of(codes.is_headed("Keep your recovery codes"));
    assert_eq!(codes.press("I have kept them").await.path(), "/");
    app.mail_to(who).await.shows("code from an authenticator app");
    // The code that was just typed is used up.
    app.pass_seconds(30);
    SetUp { key, codes: kept }
}
