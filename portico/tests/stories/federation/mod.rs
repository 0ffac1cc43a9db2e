//! Organizations' own sign-in pages: the way there, the way back, and everybody who means harm on it.

mod believed;
mod elsewhere;
mod ended;
mod locked;
mod opt_in;
mod people;
mod products;
mod set_up;
mod strangers;
mod there_and_back;
mod wrong_answers;

use serde_json::{Map, Value};

use crate::support::idp::{Idp, person};
use crate::support::{Browser, Page, TestApp};

const LEE: &str = "lee@lakeshore.example";
const DOMAIN: &str = "lakeshore.example";

fn lee() -> Map<String, Value> {
    person("lee-there", LEE)
}

/// Lakeshore's identity provider, connected and on.
async fn lakeshore(app: &TestApp) -> Idp {
    let idp = Idp::start(app).await;
    idp.connect(app, "lakeshore-id", "lakeshore", DOMAIN).await;
    idp
}

/// Types an address, and is sent away; signs in there as somebody, and comes back.
async fn sign_in_as(browser: &Browser, idp: &Idp, typed: &str, claims: Map<String, Value>) -> Page {
    let away = browser.name(typed).await;
    browser.get(&idp.answer(&away, claims)).await
}

/// The one mail that says that the account is connected from now on.
async fn linked_notice(app: &TestApp, address: &str) {
    app.mail_to(address).await.shows("Lakeshore ID").shows("connected");
}
