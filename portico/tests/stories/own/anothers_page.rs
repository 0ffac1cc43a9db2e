//! A ward's computer: somebody signs in while the page of whoever was here before is still open in another tab.

use std::fs;
use std::path::Path;

use super::{OMAR, STALE, signed_in};
use crate::stories;
use crate::support::continuity::{TOMAS, VERA};
use crate::support::passkey::Authenticator;
use crate::support::product::{self, Product};
use crate::support::world::shown_code;
use crate::support::{Browser, PASSWORD, Page, TestApp};

const MIA: &str = "mia@riverside.example";
const DANA: &str = "dana@riverside.example";
const LUCIA: &str = "lucia@riverside.example";
const STOLEN: &str = "stolen@mail.example";

/// What stands on the pages of my account, for who has all of it.
const BUTTONS: [(&str, &str); 12] = [
    ("/account/download", "Download"),
    ("/account/sessions", "End Session"),
    ("/account/sessions", "End All Other Sessions"),
    ("/account/sessions", "Forget"),
    ("/account/second-factor", "Set Up Another App"),
    ("/account/second-factor", "Remove"),
    ("/account/second-factor", "Make New Codes"),
    ("/account/passkeys", "Save Name"),
    ("/account/passkeys", "Remove"),
    ("/account/secondary-email", "Send the Mail"),
    ("/account/secondary-email", "Remove It"),
    ("/account/products/bed-board", "Withdraw"),
];

/// What any of them would have left in the trail.
const EVENTS: [&str; 9] = [
    "account.exported",
    "device.removed",
    "authenticator.removed",
    "authenticator.replaced",
    "recovery_codes.renewed",
    "passkey.removed",
    "secondary_email.requested",
    "secondary_email.removed",
    "consent.withdrawn",
];

/// Signs in, with the passkey where there is one.
async fn comes(browser: &Browser, who: &str, key: Option<&mut Authenticator>) {
    let page = browser.try_password(who, PASSWORD).await;
    let page = match key {
        Some(key) => key.use_on(&page.click("Use a passkey instead").await).await,
        None => page,
    };
    assert_eq!(page.path(), "/", "{}", page.text());
}

/// Somebody who has an app, a passkey, a second mailbox, an allowed product, another session and a known browser.
async fn has_everything(app: &TestApp, who: &str, bed: &Product, mut key: Authenticator) -> Authenticator {
    let browser = signed_in(app, who).await;
    let app_page = browser.get("/account/second-factor").await.press("Set Up an App").await;
    app_page.enter_code(&shown_code(app, &app_page)).await.press("I have kept them").await;
    key.add(&browser.get("/account/passkeys").await).await.shows("Your passkey was added.");
    app.has_second_mailbox(&app.id_of(who).await, &format!("{who}.test")).await;
    bed.callback(&bed.send(&browser, &[]).await.press("Allow").await);
    let known = app.browser();
    comes(&known, who, Some(&mut key)).await;
    known.get("/").await.press("Sign out").await;
    app.pass_seconds(60);
    key
}

/// Whoever is in the browser is out, and somebody else comes.
async fn changes_hands(browser: &Browser, to: &str, key: Option<&mut Authenticator>) {
    browser.get("/").await.press("Sign out").await;
    comes(browser, to, key).await;
}

async fn events(app: &TestApp) -> Vec<i64> {
    let mut counts = Vec::new();
    for event in EVENTS {
        counts.push(app.events(event).await);
    }
    counts.push(app.count("SELECT count(*) FROM sessions WHERE ended_at IS NULL", &[]).await);
    counts
}

fn pressed_by_whoever_is_here(page: &Page, button: &str) -> impl Future<Output = Page> + Send + use<> {
    match button {
        "Send the Mail" => page.clone().fill("Email", STOLEN).press(button),
        "Save Name" => page.clone().fill("Name", "stolen").press(button),
        _ => page.press(button),
    }
}

stories! {
    async fn no_button_of_the_one_does_anything_to_the_account_of_the_other(app: TestApp) {
        let mut third = product::of("bed-board");
        third.third_party = true;
        let bed = Product::register(&app, third).await;
        let mut omars = has_everything(&app, OMAR, &bed, Authenticator::new(1)).await;
        let mut mias = has_everything(&app, MIA, &bed, Authenticator::new(2)).await;
        let browser = app.browser();
        comes(&browser, OMAR, Some(&mut omars)).await;
        let mut pages = Vec::new();
        for (path, button) in BUTTONS {
            let page = browser.get(path).await;
            assert_eq!(page.path(), path, "{}", page.text());
            page.form_of(button);
            pages.push((page, button));
        }
        changes_hands(&browser, MIA, Some(&mut mias)).await;
        let before = events(&app).await;
        for (page, button) in &pages {
            pressed_by_whoever_is_here(page, button).await.complains(STALE);
        }
        assert_eq!(events(&app).await, before);
        browser.get("/account").await.is_headed("My account").shows("Mia Tanaka");
        // Her own do.
        browser.get("/account/second-factor").await.press("Make New Codes").await.is_headed("Keep your recovery codes");
        app.leaves_mail_behind();
    }

    async fn codes_that_nobody_has_seen_are_not_said_to_be_kept_by_somebody_elses_page(app: TestApp) {
        let [browser, here] = [app.browser(), app.browser()];
        for (browser, who) in [(&browser, OMAR), (&here, MIA)] {
            browser.sign_in(who).await;
            let page = browser.get("/account/second-factor").await.press("Set Up an App").await;
            page.enter_code(&shown_code(&app, &page)).await.is_headed("Keep your recovery codes");
        }
        app.pass_seconds(30);
        for who in [OMAR, MIA] {
            let key = app.count("SELECT count(*) FROM recovery_codes WHERE account_id = $1", &[&app.id_of(who).await]).await;
            assert_eq!(key, 10, "{who}");
        }
        let omars = browser.shown_now().await;
        here.post("/account/second-factor/recovery-codes/kept", &[("shown", &omars)]).await.complains(STALE);
        here.get("/account/second-factor").await.shows("You have not said yet");
        app.leaves_mail_behind();
    }

    async fn what_an_administrator_decides_is_not_decided_by_the_next_one(app: TestApp) {
        let browser = signed_in(&app, DANA).await;
        let page = browser.get("/account/lost-factors").await.fill("Email or username", OMAR);
        let page = page.fill("How did you make sure?", "seen at the desk");
        changes_hands(&browser, LUCIA, None).await;
        page.press("Have It Taken Away").await.complains(STALE);
        assert_eq!(app.events("factor_reset.started").await, 0);
    }

    async fn the_second_person_does_not_approve_on_the_page_of_the_first(app: TestApp) {
        app.two_license_owners().await;
        let [vera, tomas] = [app.signed_in_before_sso(VERA).await, app.signed_in_before_sso(TOMAS).await];
        let veras = vera.shown_now().await;
        for act in ["ask", "approve", "suspend", "decline", "resume"] {
            let fields = [("reason", "Their page is out"), ("shown", veras.as_str())];
            tomas.post(&format!("/account/sso/lakeshore/{act}"), &fields).await.complains(STALE);
        }
        assert_eq!(app.events("sso_suspension.requested").await, 0);
    }

    async fn what_the_one_was_asked_the_other_does_not_answer_nor_ask_nor_read_its_language(app: TestApp) {
        let mut third = product::of("bed-board");
        third.third_party = true;
        let bed = Product::register(&app, third).await;
        let browser = signed_in(&app, OMAR).await;
        let consent = bed.send(&browser, &[]).await;
        changes_hands(&browser, MIA, None).await;
        consent.press("Allow").await.is_headed("Sign in to bed-board?");
        assert_eq!(app.events("consent.granted").await, 0);
        consent.press("Español").await;
        assert_eq!(app.count("SELECT count(*) FROM accounts WHERE language IS NOT NULL", &[]).await, 0);
        let omars = signed_in(&app, OMAR).await.shown_now().await;
        browser.post("/access-requests", &[("shown", &omars)]).await;
        assert_eq!(app.events("access.requested").await, 0);
        browser.post_own("/access-requests", &[]).await;
        assert_eq!(app.events("access.requested").await, 1);
        browser.post("/account/second-factor/later", &[("shown", &omars)]).await;
        assert_eq!(app.count("SELECT count(*) FROM accounts WHERE factor_put_off_at IS NOT NULL", &[]).await, 0);
        app.leaves_mail_behind();
    }
}

/// Forms that say otherwise what they count for: a question of this very session, a link of a mail; and one that does nothing.
const OTHERWISE: [&str; 3] =
    ["data-passkey=\"create\"", "action=\"/account/passkeys/confirm\"", "action=\"/account/secondary-email/confirm\""];

#[test]
fn every_form_of_my_account_says_for_whom_it_was_shown() {
    let rooms = ["account", "session/own", "mfa/own", "mfa/resets", "passkeys", "continuity", "portal"];
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut forms = 0;
    for room in rooms {
        for template in files_of(&source.join(room), "html") {
            let text = fs::read_to_string(&template).unwrap();
            for form in text.split("<form").skip(1).filter_map(|rest| rest.split("</form>").next()) {
                let says = form.contains("m::shown(page)");
                let otherwise = OTHERWISE.iter().any(|mark| form.contains(mark)) || form.contains("{{ ask.asked }}");
                assert!(says || otherwise, "{}: <form{form}", template.display());
                forms += usize::from(says);
            }
        }
    }
    assert!(forms > 25, "{forms}");
}

/// Handlers whose form says otherwise what it counts for, or does nothing to an account.
const BY_OTHER_FORMS: [&str; 2] = ["passkeys/pages.rs: add", "support/form.rs: submit"];

#[test]
fn whoever_has_a_form_of_somebody_who_is_signed_in_asks_for_whom_it_was_shown() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut asked = 0;
    for file in files_of(&source, "rs") {
        let text = fs::read_to_string(&file).unwrap();
        let file = file.strip_prefix(&source).unwrap().display().to_string();
        for handler in text.split("async fn ").skip(1) {
            let handler = handler.split("\n}\n").next().unwrap();
            let (Some((name, _)), Some((takes, does))) = (handler.split_once('('), handler.split_once(") -> ")) else {
                continue;
            };
            if !does.starts_with("Result<Response") {
                continue;
            }
            if takes.contains("OwnForm<") {
                assert!(
                    does.contains(".of(&person)")
                        || does.contains(".of_this_browser()")
                        || does.contains(".unless_anothers("),
                    "{file}: {name}"
                );
                asked += 1;
            } else if takes.contains("Form<") && (takes.contains("SignedIn") || takes.contains("RecentlyVerified")) {
                assert!(BY_OTHER_FORMS.contains(&format!("{file}: {name}").as_str()), "{file}: {name}");
            }
        }
    }
    assert!(asked > 25, "{asked}");
}

fn files_of(folder: &Path, ending: &str) -> Vec<std::path::PathBuf> {
    let entries: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    let (folders, files): (Vec<_>, Vec<_>) = entries.into_iter().partition(|path| path.is_dir());
    let files = files.into_iter().filter(|path| path.extension().is_some_and(|found| found == ending));
    files.chain(folders.iter().flat_map(|folder| files_of(folder, ending))).collect()
}
