//! One browser, several tabs: each sign-in is a row of its own, and all of them share the cookies.

use crate::stories;
use crate::support::steps::{LOCKED, NEW_PASSWORD, WRONG, WRONG_PASSWORD};
use crate::support::{PASSWORD, code_now};

const OMAR: &str = "omar@riverside.example";
const DANA: &str = "dana@riverside.example";
const KIM: &str = "kim@northwind.example";

stories! {
    async fn two_tabs_each_reach_what_they_were_opened_for(app: TestApp) {
        let browser = app.browser();
        let portal_tab = browser.name(OMAR).await;
        let account_tab = browser.get("/account").await.fill("Email or username", OMAR).press("Next").await;
        account_tab.try_password(PASSWORD).await.is_headed("My account");
        portal_tab.try_password(PASSWORD).await.is_the_portal_of("Omar Haddad");
        browser.get("/account").await.is_headed("My account");
        assert_eq!(app.count("SELECT count(*) FROM sessions WHERE ended_at IS NULL", &[]).await, 1);
    }

    async fn two_tabs_of_two_people_do_not_mix(app: TestApp) {
        let browser = app.browser();
        let omars = browser.name(OMAR).await;
        let danas = browser.name(DANA).await;
        omars.try_password(PASSWORD).await.is_the_portal_of("Omar Haddad");
        danas.try_password(PASSWORD).await.is_the_portal_of("Dana Whitfield");
        browser.get("/").await.is_the_portal_of("Dana Whitfield");
    }

    async fn two_tabs_of_one_sign_in_finish_it_once(app: TestApp) {
        let browser = app.browser();
        let here = browser.name(OMAR).await;
        let there = browser.get(here.path()).await;
        here.try_password(PASSWORD).await.is_the_portal_of("Omar Haddad");
        there.try_password(WRONG).await.is_the_portal_of("Omar Haddad");
        assert_eq!(app.count("SELECT count(*) FROM sessions", &[]).await, 1);
        assert_eq!(app.events("password.refused").await, 0, "a stale form burns no attempt");
    }

    async fn two_tabs_a_password_typed_for_one_name_is_not_tried_on_another(app: TestApp) {
        let browser = app.browser();
        let omars = browser.name(OMAR).await;
        let who = browser.get(omars.path()).await.click("Not you?").await;
        let danas = who.fill("Email or username", DANA).press("Next").await;
        danas.is_the_password_page_of(DANA);
        // The first tab still shows Omar's page; his password must not be checked against Dana's account.
        omars.try_password(WRONG).await.is_the_password_page_of(DANA);
        assert_eq!(app.events("password.refused").await, 0);
        danas.try_password(PASSWORD).await.is_the_portal_of("Dana Whitfield");
    }

    async fn two_tabs_the_code_counts_once_and_the_other_tab_goes_along(app: TestApp) {
        let browser = app.browser();
        let here = browser.try_password(KIM, PASSWORD).await;
        let there = browser.get(here.path()).await;
        let code = code_now(&app);
        here.enter_code(&code).await.is_the_portal_of("Kim Nakamura");
        there.enter_code(&code).await.is_the_portal_of("Kim Nakamura");
        there.enter_code("000000").await.is_the_portal_of("Kim Nakamura");
        assert_eq!(app.events("second_factor.refused").await, 0);
        assert_eq!(app.count("SELECT count(*) FROM sessions", &[]).await, 1);
    }

    async fn two_tabs_signed_out_in_one_is_signed_out_in_the_other(app: TestApp) {
        let browser = app.browser();
        let here = browser.sign_in(OMAR).await;
        let there = browser.get("/account").await;
        here.press("Sign out").await.is_headed("You are signed out");
        there.click("Help").await;
        browser.reload().await;
        browser.get("/account").await.is_the_first_page();
        there.press("Sign out").await.is_headed("You are signed out");
    }

    async fn two_tabs_a_lock_in_one_is_told_in_the_other(app: TestApp) {
        let browser = app.browser();
        let here = browser.name(OMAR).await;
        let there = browser.name(OMAR).await;
        for _ in 0..3 {
            here.try_password(WRONG).await;
        }
        there.try_password(PASSWORD).await.complains(LOCKED);
        app.mail_to(OMAR).await.shows("locked");
    }

    async fn two_tabs_a_reset_in_one_lets_the_waiting_one_in(app: TestApp) {
        let browser = app.browser();
        let waiting = browser.get("/account").await.fill("Email or username", OMAR).press("Next").await;
        let asked = waiting.click("Forgot Password?").await;
        assert_eq!(asked.value_of("Email or username"), OMAR, "nothing is asked twice");
        asked.by_mail().await.is_headed("Check your mail");
        let link = app.mail_to(OMAR).await.link("Reset Password");
        let done = browser.get(&link).await.choose_password(NEW_PASSWORD).await;
        done.is_headed("Your password was successfully reset");
        app.mail_to(OMAR).await.shows("was changed");
        waiting.try_password(PASSWORD).await.complains(WRONG_PASSWORD);
        waiting.try_password(NEW_PASSWORD).await.is_headed("My account");
    }

    async fn two_tabs_somebody_else_signing_in_leaves_the_others_form_harmless(app: TestApp) {
        let browser = app.browser();
        let noras = browser.sign_in("nora@riverside.example").await;
        let again = browser.get("/sign-in").await.fill("Email or username", OMAR).press("Next").await;
        again.try_password(PASSWORD).await.is_the_portal_of("Omar Haddad");
        // Nora's page is still open, but this browser is Omar's now: what is pressed is his.
        noras.press("Ask for access").await;
        let noras_requests = "SELECT count(*) FROM access_requests WHERE account_id = 'nora@riverside.example'";
        assert_eq!(app.count(noras_requests, &[]).await, 0);
        app.leaves_mail_behind();
    }
}
