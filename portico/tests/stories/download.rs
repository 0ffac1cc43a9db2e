//! Download my data: everything that is kept about a person, for nobody else, and without a secret.

use std::time::Duration;

use data_encoding::{BASE64, BASE64URL_NOPAD, HEXLOWER};
use portico::platform::hashes::sha256;
use serde_json::Value;
use store::Tx;

use crate::stories;
use crate::support::product::{self, Product};
use crate::support::steps::WRONG;
use crate::support::world::TOTP;
use crate::support::{ANSWERS, Browser, PASSWORD, Page, TestApp};

const OMAR: &str = "omar@riverside.example";
const KIM: &str = "kim@northwind.example";
const HERE: &str = "/account/download";
const SUBJECT: &str = "Your data was downloaded";

async fn file(browser: &Browser) -> (Page, Value) {
    let page = browser.get(HERE).await.press("Download").await;
    assert_eq!((page.status(), page.header("content-type")), (200, "application/json"), "{}", page.text());
    let read = serde_json::from_str(page.body()).unwrap();
    (page, read)
}

fn rows<'a>(file: &'a Value, part: &str) -> &'a Vec<Value> {
    assert_eq!(file[part]["cut"], false, "{part}");
    file[part]["rows"].as_array().unwrap_or_else(|| panic!("no {part} in {file:#}"))
}

/// Every value of a column of bytes or text.
async fn kept(app: &TestApp, sql: &'static str) -> Vec<Vec<u8>> {
    let read = async |tx: &mut Tx| tx.all(sql, &[]).await;
    let rows = app.app().db.read("story", read).await.unwrap();
    let bytes = |row: &store::Row| row.get::<Vec<u8>>(0).or_else(|_| row.get::<String>(0).map(String::into_bytes));
    rows.iter().map(|row| bytes(row).unwrap()).collect()
}

/// However somebody may have written it down.
fn spellings(secret: &[u8]) -> Vec<String> {
    let plain = String::from_utf8(secret.to_vec()).ok();
    let encoded = [HEXLOWER.encode(secret), BASE64.encode(secret), BASE64URL_NOPAD.encode(secret)];
    plain.into_iter().chain(encoded).collect()
}

#[track_caller]
fn lacks(file: &Page, what: &str, secret: &[u8]) {
    assert!(secret.len() >= 3, "{what} would be found anywhere");
    for spelled in spellings(secret).into_iter().chain(spellings(&sha256(secret))) {
        assert!(!file.body().contains(&spelled), "{what} stands in the file as {spelled}");
    }
}

/// All columns that hold a secret, its hash, or an id that one is derived from.
const SECRETS: [&str; 20] = [
    "SELECT password FROM accounts WHERE password IS NOT NULL",
    "SELECT secret FROM authenticators",
    "SELECT hash FROM security_answers",
    "SELECT hash FROM recovery_codes",
    "SELECT shown FROM recovery_code_sets WHERE shown IS NOT NULL",
    "SELECT credential FROM passkeys",
    "SELECT secret FROM sessions",
    "SELECT id FROM sessions",
    "SELECT sign_in_id FROM sessions",
    "SELECT browser FROM devices",
    "SELECT id FROM devices",
    "SELECT browser FROM sign_ins",
    "SELECT id FROM sign_ins",
    "SELECT hash FROM one_time",
    "SELECT id FROM one_time",
    "SELECT id FROM outbox",
    "SELECT facts FROM outbox",
    "SELECT id FROM grants",
    "SELECT sid FROM grants",
    "SELECT mac FROM client_secrets",
];

stories! {
    async fn the_file_has_what_is_kept_and_is_told_and_written_down(app: TestApp) {
        let bed = Product::register(&app, product::of("bed-board")).await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        app.browser().at_address("198.51.100.7").try_password(OMAR, WRONG).await;
        bed.tokens(&browser).await;
        browser.get("/account").await.click("Download my data").await.is_headed("Download my data");
        let (page, file) = file(&browser).await;
        assert_eq!(page.header("cache-control"), "no-store");
        assert_eq!(page.header("content-disposition"), "attachment; filename=\"account-2026-11-21.json\"");
        assert_eq!((&file["format"], &file["version"]), (&"portico-account".into(), &1.into()));
        assert_eq!(file["made_at"], app.clock().now().to_text());
        assert_eq!((&file["account"]["email"], &file["account"]["organization"]), (&OMAR.into(), &"Riverside Health".into()));
        assert_eq!(rows(&file, "access").len(), 3);
        assert_eq!(rows(&file, "sessions")[0]["methods"], Value::from(vec!["pwd"]));
        assert_eq!(rows(&file, "product_sign_ins")[0]["product"], "bed-board");
        assert_eq!(rows(&file, "security_questions").len(), 3);
        assert_eq!(rows(&file, "terms")[0]["version"], "1");
        assert_eq!(rows(&file, "identifiers")[0]["name"], OMAR);
        assert_eq!(rows(&file, "failures")[0]["failures"], 1);
        let refused = rows(&file, "activity").iter().find(|row| row["event"] == "password.refused").unwrap();
        assert_eq!((&refused["address"], &refused["browser"]), (&"198.51.100.7".into(), &"Firefox, Linux".into()));
        assert_eq!(app.events("account.exported").await, 1);
        let told = app.mail_to(OMAR).await;
        assert_eq!(told.subject, SUBJECT);
        told.shows("has downloaded everything we keep about it").link("It wasn’t me");
        browser.get("/account/activity").await.shows("Everything kept about you was downloaded");
    }

    async fn no_secret_is_in_it_however_it_is_spelled(app: TestApp) {
        let link = app.reset_link(KIM).await;
        let token = link.rsplit('/').next().unwrap().to_owned();
        app.browser().ask_for_reset(OMAR).await;
        app.deliver_mail().await;
        let bed = Product::register(&app, product::of("bed-board")).await;
        let (omar, kim) = (app.browser(), app.browser());
        omar.sign_in(OMAR).await;
        kim.sign_in_with_code(KIM).await;
        let tokens = bed.tokens(&omar).await;
        app.execute("UPDATE outbox SET facts = facts || '{\"planted\":\"ABCDE-FGHJK\"}'", &[]).await;
        for browser in [&omar, &kim] {
            let (page, file) = file(browser).await;
            assert!(!rows(&file, "mails").is_empty() && !rows(&file, "links").is_empty());
            for secret in [PASSWORD, TOTP, &token, ANSWERS[1], "paris", "ABCDE-FGHJK", "planted", product::SECRET] {
                lacks(&page, secret, secret.as_bytes());
            }
            for cookie in ["session", "browser"] {
                lacks(&page, cookie, browser.cookie(cookie).unwrap().as_bytes());
            }
            for name in ["access_token", "refresh_token", "id_token"] {
                lacks(&page, name, tokens.text(name).as_bytes());
            }
            for sql in SECRETS {
                for secret in kept(&app, sql).await {
                    lacks(&page, sql, &secret);
                }
            }
        }
        app.leaves_mail_behind();
        // What was planted into the facts is no letter any more.
        app.execute("UPDATE outbox SET state = 'dropped' WHERE state IN ('queued', 'deferred')", &[]).await;
    }

    async fn nobody_else_is_in_it(app: TestApp) {
        app.reset_link("mia@riverside.example").await;
        app.browser().sign_in("mia@riverside.example").await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        let (page, _) = file(&browser).await;
        for other in ["mia", "Mia", "dana", "kim", "lucia"] {
            assert!(!page.body().contains(other), "{other}");
        }
        app.mail_to(OMAR).await;
    }

    async fn it_takes_a_proof_of_this_moment(app: TestApp) {
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        app.pass_seconds(299);
        let page = browser.get(HERE).await;
        page.is_headed("Download my data");
        app.pass_seconds(1);
        let again = page.press("Download").await;
        again.is_the_first_page().shows("Please show once more that it is you.");
        assert_eq!(app.events("account.exported").await, 0);
        let page = again.press("Next").await.try_password(PASSWORD).await;
        assert_eq!(page.is_headed("Download my data").path(), HERE);
        file(&browser).await;
        app.mail_to(OMAR).await;
        // An address gives nobody a file, and another site's form neither.
        assert_eq!(browser.get(HERE).await.header("content-type"), "text/html; charset=utf-8");
        let mut headers = crate::support::form_headers();
        headers.insert("sec-fetch-site", "cross-site".parse().unwrap());
        headers.insert("origin", "https://elsewhere.example".parse().unwrap());
        assert_eq!(browser.send(axum::http::Method::POST, HERE, &headers, "").await.status(), 403);
        app.browser().post(HERE, &[]).await.is_the_first_page();
        assert_eq!(app.events("account.exported").await, 1);
    }

    async fn clock_it_works_five_times_a_day_on_all_nodes_together(app: TestApp) {
        let nodes = [app.clone(), app.second_node().await];
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        for number in 0..5 {
            file(&browser.on(&nodes[number % 2])).await;
        }
        let refused = browser.get(HERE).await.press("Download").await;
        refused.complains("You have downloaded your data several times today. Please come back tomorrow.");
        assert_eq!(app.events("account.exported").await, 5);
        // Somebody else's count is their own.
        let mia = app.browser();
        mia.sign_in("mia@riverside.example").await;
        file(&mia).await;
        app.pass(Duration::from_secs(24 * 3_600));
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        file(&browser).await;
        app.leaves_mail_behind();
    }
}
