//! My account: what there is of a second step, another app, none any more, and new recovery codes.

use super::{KIM, MAX, OMAR, code_of, codes_of, key_of, set_up};
use crate::stories;
use crate::support::continuity::SECOND;
use crate::support::passkey::Authenticator;
use crate::support::world::shown_code;
use crate::support::{Browser, PASSWORD, Page, TestApp, code_now};

const HERE: &str = "/account/second-factor";
const LAST: &str = "Your account needs a second step, and this is the only one, so that it cannot be removed.";

/// Omar has set an app up by his own wish, and looks at it.
async fn omar_with_app(app: &TestApp) -> (Browser, String, Page) {
    let browser = app.browser();
    browser.sign_in(OMAR).await;
    let page = browser.get(HERE).await.press("Set Up an App").await;
    let key = key_of(page.is_headed("Set up a second step"));
    let codes = page.enter_code(&shown_code(app, &page)).await;
    assert_eq!(codes.press("I have kept them").await.path(), "/account");
    app.mail_to(OMAR).await;
    app.pass_seconds(30);
    let page = browser.get(HERE).await;
    page.is_headed("Your second step").shows("Codes that are left: 10");
    (browser, key, page)
}

async fn password_page(app: &TestApp) -> Page {
    app.browser().try_password(OMAR, PASSWORD).await
}

stories! {
    async fn omar_sets_up_another_app_without_a_new_password_and_the_old_one_is_worthless_on_both_nodes(app: TestApp) {
        let other = app.second_node().await;
        let (browser, old, page) = omar_with_app(&app).await;
        let elsewhere = password_page(&other).await.enter_code(&code_of(&app, &old)).await;
        elsewhere.is_the_portal_of("Omar Haddad");
        let link = app.reset_link(OMAR).await;
        let next = page.press("Set Up Another App").await;
        next.is_headed("Set up a second step").shows("Your old one stops working").shows("Not now");
        let new = key_of(&next);
        assert_ne!(new, old);
        let codes = next.enter_code(&shown_code(&app, &next)).await;
        assert_eq!(codes_of(&codes).len(), 10);
        codes.press("I have kept them").await.shows("An authenticator app. Recovery codes left: 10");
        assert_eq!(app.mail_to(OMAR).await.subject, "The second step of your account was changed");
        browser.on(&other).get("/").await.is_the_portal_of("Omar Haddad");
        assert_eq!(app.count("SELECT count(*) FROM sessions WHERE methods = 'pwd otp' AND ended_at IS NULL", &[]).await, 1);
        elsewhere.browser().get("/").await.is_the_first_page();
        app.browser().get(&link).await.lacks("Set Up Password").lacks("One more step");
        app.pass_seconds(30);
        for node in [&app, &other] {
            let page = password_page(node).await;
            page.enter_code(&code_of(&app, &old)).await.is_headed("One more step");
        }
        password_page(&other).await.enter_code(&code_of(&app, &new)).await.is_the_portal_of("Omar Haddad");
    }

    async fn whoever_leaves_the_page_of_another_app_keeps_the_old_one(app: TestApp) {
        let (browser, old, page) = omar_with_app(&app).await;
        let next = page.press("Set Up Another App").await;
        next.enter_code("000000").await.is_headed("Set up a second step").click("Not now").await;
        browser.get("/").await.is_the_portal_of("Omar Haddad");
        password_page(&app).await.enter_code(&code_of(&app, &old)).await.is_the_portal_of("Omar Haddad");
    }

    async fn omar_removes_his_app_and_everything_else_ends_on_both_nodes(app: TestApp) {
        let other = app.second_node().await;
        let (browser, key, page) = omar_with_app(&app).await;
        app.has_second_mailbox(&app.id_of(OMAR).await, SECOND).await;
        let elsewhere = password_page(&other).await.enter_code(&code_of(&app, &key)).await;
        let link = app.reset_link(OMAR).await;
        let gone = page.press("Remove").await;
        gone.shows("The app was removed.").shows("None is set up.").lacks("Codes that are left");
        for to in [OMAR, SECOND] {
            assert_eq!(app.mail_to(to).await.subject, "The authenticator app of your account was removed");
        }
        assert_eq!(app.events("authenticator.removed").await, 1);
        elsewhere.browser().get("/").await.is_the_first_page();
        app.browser().get(&link).await.lacks("Set Up Password");
        browser.on(&other).get("/").await.is_the_portal_of("Omar Haddad");
        assert_eq!(app.count("SELECT count(*) FROM recovery_codes", &[]).await, 0);
        // It is not asked for any more; and a form that is sent again changes nothing.
        password_page(&other).await.is_the_portal_of("Omar Haddad");
        page.press("Remove").await.is_headed("Your second step");
        assert_eq!(app.events("authenticator.removed").await, 1);
    }

    async fn the_last_factor_stays_where_one_is_required_and_the_page_says_why(app: TestApp) {
        let browser = app.browser();
        browser.sign_in_with_code(KIM).await;
        browser.get(HERE).await.shows(LAST).shows("Your account needs a second step").lacks("Remove the app");
        let refused = browser.post_own(&format!("{HERE}/remove"), &[]).await;
        assert!(refused.problem().is_some_and(|told| told.starts_with(LAST)), "{}", refused.text());
        assert_eq!(app.events("authenticator.removed").await, 0);
        // With a passkey beside it either may go, and then the other one stays.
        let mut key = Authenticator::new(1);
        key.add(&browser.get("/account/passkeys").await).await.shows("Your passkey was added.");
        browser.get(HERE).await.press("Remove").await.shows("The app was removed.");
        let refused = browser.get("/account/passkeys").await.press("Remove").await;
        assert!(refused.problem().is_some_and(|told| told.contains("this passkey is the only one")), "{}", refused.text());
        let page = app.browser().try_password(KIM, PASSWORD).await;
        key.use_on(&page).await.is_the_portal_of("Kim Nakamura");
        app.leaves_mail_behind();
    }

    async fn new_recovery_codes_are_shown_until_they_are_kept_and_the_old_ones_end(app: TestApp) {
        let kept = set_up(&app, &app.browser(), MAX).await;
        let browser = app.browser();
        let page = browser.try_password(MAX, PASSWORD).await.enter_code(&code_of(&app, &kept.key)).await;
        page.is_the_portal_of("Max Vogel");
        app.pass_seconds(30);
        let elsewhere = app.browser().try_password(MAX, PASSWORD).await.enter_code(&code_of(&app, &kept.key)).await;
        let shown = browser.get(HERE).await.press("Make New Codes").await;
        let new = codes_of(shown.is_headed("Keep your recovery codes"));
        assert!(new.len() == 10 && new.iter().all(|code| !kept.codes.contains(code)));
        assert_eq!(app.mail_to(MAX).await.subject, "New recovery codes were made for your account");
        elsewhere.browser().get("/").await.is_the_first_page();
        assert_eq!(codes_of(&browser.reload().await), new);
        shown.press("I have kept them").await.shows("Your recovery codes are kept.").shows("Codes that are left: 10");
        browser.get(&format!("{HERE}/recovery-codes")).await.is_headed("Your second step");
        let recovery = async |code: &str| {
            let ways = app.browser().try_password(MAX, PASSWORD).await.click("Another way").await;
            ways.click("Use a recovery code").await.fill("Recovery code", code).press("Verify").await
        };
        recovery(&kept.codes[0]).await.is_headed("Use a recovery code");
        recovery(&new[0]).await.is_the_portal_of("Max Vogel");
        app.mail_to(MAX).await.shows("Codes that are left: 9");
    }

    async fn each_act_takes_a_proof_of_just_now(app: TestApp) {
        let (browser, ..) = omar_with_app(&app).await;
        app.pass_seconds(300);
        for act in ["", "/remove", "/recovery-codes"] {
            browser.post(&format!("{HERE}{act}"), &[]).await.is_the_first_page().shows("once more that it is you");
        }
        browser.get(&format!("{HERE}/recovery-codes")).await.is_the_first_page();
        assert_eq!(app.count("SELECT count(*) FROM authenticators WHERE account_id = $1", &[&app.id_of(OMAR).await]).await, 1);
    }

    async fn a_code_by_mail_is_no_proof_for_what_could_give_the_account_away(app: TestApp) {
        app.execute("UPDATE organizations SET email_code = 'allowed' WHERE id = 'riverside'", &[]).await;
        let (_, key, _) = omar_with_app(&app).await;
        let by_mail = async |page: &Page| {
            let sent = page.click("Another way").await.press("Mail me a code").await;
            let mail = app.mail_to(OMAR).await.text;
            let is_code = |word: &&str| word.len() == 8 && word.bytes().all(|byte| byte.is_ascii_digit());
            sent.enter_code(mail.split_whitespace().find(is_code).unwrap()).await
        };
        let page = by_mail(&password_page(&app).await).await;
        page.is_the_portal_of("Omar Haddad");
        let thief = page.browser();
        app.pass_seconds(60);
        for here in [HERE, "/account/passkeys/confirm", "/account/secondary-email"] {
            let first = if here.ends_with("confirm") { thief.post(here, &[]).await } else { thief.get(here).await };
            let code = first.is_the_first_page().press("Next").await.try_password(PASSWORD).await;
            code.is_headed("One more step").click("Another way").await.lacks("Mail me a code");
        }
        assert!(thief.get("/account/passkeys").await.attributes("form[data-passkey]", "action").is_empty());
        thief.post(HERE, &[]).await.is_the_first_page();
        // With the app it is Omar.
        let first = thief.get(HERE).await.press("Next").await.try_password(PASSWORD).await;
        first.enter_code(&code_of(&app, &key)).await.is_headed("Your second step");
    }

    async fn whoever_has_only_passkeys_gets_codes_with_the_first_and_comes_back_with_one(app: TestApp) {
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        let page = browser.get("/account/passkeys").await;
        let added = Authenticator::new(1).make(&page).post(&browser).await;
        let codes = codes_of(added.is_headed("Keep your recovery codes").shows("Your passkey was added."));
        assert_eq!(codes.len(), 10);
        app.mail_to(OMAR).await;
        // Closed before they were kept: the next sign-in shows them, after both factors.
        let ways = password_page(&app).await.is_headed("One more step").click("Another way").await;
        let lost = ways.click("Use a recovery code").await;
        let again = lost.fill("Recovery code", &codes[0]).press("Verify").await;
        assert_eq!(codes_of(again.is_headed("Keep your recovery codes")), codes);
        again.press("I have kept them").await.is_the_portal_of("Omar Haddad");
        app.mail_to(OMAR).await.shows("Codes that are left: 9");
        // Passkey and password lost: a code stands in after the mailed link, too.
        let ways = app.browser().get(&app.reset_link(OMAR).await).await.is_headed("One more step").click("Another way").await;
        let set = ways.fill("Recovery code", &codes[1]).press("Verify").await.is_headed("Set Up Password").clone();
        assert_eq!(set.path(), "/recover/new-password");
        app.mail_to(OMAR).await.shows("Codes that are left: 8");
        // The second one brings none, and the last one takes them along.
        let here = again.browser();
        let page = here.get("/account/passkeys").await;
        Authenticator::new(2).make(&page).post(here).await.shows("Your passkey was added.").is_headed("Your passkeys");
        here.get("/account").await.shows("A passkey. Recovery codes left: 8");
        here.get("/account/passkeys").await.press("Remove").await.shows("The passkey was removed.");
        assert_eq!(app.count("SELECT count(*) FROM recovery_codes", &[]).await, 10);
        here.get("/account/passkeys").await.press("Remove").await.shows("You have none yet.");
        assert_eq!(app.count("SELECT count(*) FROM recovery_codes", &[]).await, 0);
        app.leaves_mail_behind();
    }

    async fn whoever_has_a_passkey_sets_up_an_app_beside_it(app: TestApp) {
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        let mut phone = Authenticator::new(1);
        phone.add(&browser.get("/account/passkeys").await).await;
        // This session has not shown the passkey yet.
        let asked = browser.get(HERE).await.press("Set Up an App").await;
        let page = phone.use_on(asked.is_headed("One more step")).await;
        page.is_headed("Set up a second step").shows("beside your passkeys");
        let codes = page.enter_code(&shown_code(&app, &page)).await;
        codes.press("I have kept them").await.shows("An authenticator app. Recovery codes left: 10");
        app.pass_seconds(30);
        let asked = password_page(&app).await;
        phone.use_on(&asked.click("Use a passkey instead").await).await.is_the_portal_of("Omar Haddad");
        app.leaves_mail_behind();
    }

    async fn race_two_acts_of_one_page_are_one(app: TestApp) {
        let (browser, _, page) = omar_with_app(&app).await;
        let posts = (0..6).map(|_| page.press_and_stay("Remove")).collect::<Vec<_>>();
        crate::support::all_at_once(posts).await;
        assert_eq!(app.events("authenticator.removed").await, 1);
        browser.get("/").await.is_the_portal_of("Omar Haddad");
        app.mail_to(OMAR).await;
    }

    async fn an_open_page_of_before_a_change_does_nothing_after_it(app: TestApp) {
        let browser = app.browser();
        browser.sign_in_with_code(KIM).await;
        let open = browser.get(HERE).await;
        app.change_a_credential_of(KIM).await;
        open.press("Make New Codes").await.is_the_first_page();
        assert_eq!(app.events("recovery_codes.renewed").await, 0);
        assert_eq!(code_now(&app).len(), 6);
    }
}
