//! Back, reload, bookmark, the same form sent twice, a sign-in begun yesterday: never an error page, never a lost way.

use crate::stories;
use crate::support::steps::{NEW_PASSWORD, WRONG};
use crate::support::{PASSWORD, code_now};

const OMAR: &str = "omar@riverside.example";
const KIM: &str = "kim@northwind.example";
const DAY: u64 = 24 * 3_600;

stories! {
    async fn back_button_to_the_first_page_begins_again(app: TestApp) {
        let browser = app.browser();
        browser.name(OMAR).await;
        let first = browser.back();
        first.is_the_first_page();
        let password = first.fill("Email or username", "dana@riverside.example").press("Next").await;
        password.try_password(PASSWORD).await.is_the_portal_of("Dana Whitfield");
    }

    async fn back_button_after_signing_in_the_old_form_leads_on(app: TestApp) {
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        let password = browser.back();
        password.is_the_password_page_of(OMAR);
        password.try_password(WRONG).await.is_the_portal_of("Omar Haddad");
        browser.get(password.path()).await.is_the_portal_of("Omar Haddad");
        assert_eq!(app.events("password.refused").await, 0, "a page that is not due burns no attempt");
        assert_eq!(app.count("SELECT count(*) FROM sessions", &[]).await, 1);
    }

    async fn back_button_from_the_code_to_the_password_leads_to_the_code(app: TestApp) {
        let browser = app.browser();
        browser.try_password(KIM, PASSWORD).await.is_headed("One more step");
        let password = browser.back();
        password.try_password(WRONG).await.is_headed("One more step");
        let code = browser.get(password.path()).await;
        code.is_headed("One more step");
        assert_eq!(app.events("password.refused").await, 0);
        code.enter_code(&code_now(&app)).await.is_the_portal_of("Kim Nakamura");
    }

    async fn back_button_after_signing_out_shows_nothing_and_does_nothing(app: TestApp) {
        let browser = app.browser();
        let nora = browser.sign_in("nora@riverside.example").await;
        assert_eq!(nora.header("cache-control"), "no-store");
        nora.press("Sign out").await;
        let remembered = browser.back();
        remembered.press("Ask for access").await.is_the_first_page();
        assert_eq!(app.count("SELECT count(*) FROM access_requests", &[]).await, 0);
        browser.get("/").await.is_the_first_page();
    }

    async fn a_form_posted_twice_signs_in_once(app: TestApp) {
        let page = app.browser().name(OMAR).await.fill("Password", PASSWORD);
        let first = page.press_and_stay("Sign In").await;
        let second = page.press_and_stay("Sign In").await;
        assert_eq!((first.status(), second.status()), (303, 303));
        assert_eq!(first.leads_to().as_deref(), Some("/"));
        page.browser().get(&second.leads_to().unwrap()).await.is_the_portal_of("Omar Haddad");
        assert_eq!(app.count("SELECT count(*) FROM sessions", &[]).await, 1);
    }

    async fn an_answer_lost_on_its_way_is_given_again_to_the_same_browser(app: TestApp) {
        let page = app.browser().name(OMAR).await.fill("Password", PASSWORD);
        let dispatcher = page.path().replace("/password", "");
        let browser = page.browser();
        let lost = page.press_and_stay("Sign In").await;
        let session = browser.cookie("session").unwrap();
        browser.forget_cookie("session");
        app.pass_seconds(59);
        browser.get(&dispatcher).await.is_the_portal_of("Omar Haddad");
        assert_eq!(browser.cookie("session"), Some(session));
        assert_eq!(lost.status(), 303);
        assert_eq!(app.count("SELECT count(*) FROM sessions", &[]).await, 1);
        browser.forget_cookie("session");
        app.pass_seconds(2);
        browser.get(&dispatcher).await.is_the_first_page();
    }

    async fn a_lost_answer_is_not_given_to_a_session_that_was_ended(app: TestApp) {
        let page = app.browser().name(OMAR).await.fill("Password", PASSWORD);
        let dispatcher = page.path().replace("/password", "");
        page.press("Sign In").await.press("Sign out").await;
        page.browser().get(&dispatcher).await.is_the_first_page();
    }

    async fn reloading_any_page_shows_it_again(app: TestApp) {
        let browser = app.browser();
        let password = browser.try_password(KIM, WRONG).await;
        assert_eq!(browser.reload().await.text(), password.text());
        let code = password.try_password(PASSWORD).await.enter_code("000000").await;
        assert_eq!(browser.reload().await.text(), code.text());
        let check_mail = app.browser().ask_for_reset(OMAR).await;
        assert_eq!(check_mail.browser().reload().await.text(), check_mail.text());
        app.mail_to(OMAR).await;
    }

    async fn a_sign_in_begun_yesterday_goes_on(app: TestApp) {
        let browser = app.browser();
        let password = browser.get("/account").await.fill("Email or username", OMAR).press("Next").await;
        app.pass_seconds(DAY);
        password.try_password(PASSWORD).await.is_headed("My account");
    }

    async fn a_sign_in_long_forgotten_begins_again_with_name_and_destination_kept(app: TestApp) {
        let browser = app.browser();
        let password = browser.get("/account").await.fill("Email or username", OMAR).press("Next").await;
        app.pass_seconds(8 * DAY);
        portico::serve::forget_once(app.app()).await.unwrap();
        assert_eq!(app.count("SELECT count(*) FROM sign_ins", &[]).await, 0);
        let again = password.try_password(PASSWORD).await;
        again.is_the_password_page_of(OMAR);
        assert_ne!(again.path(), password.path());
        again.try_password(PASSWORD).await.is_headed("My account");
    }

    async fn a_forgotten_sign_ins_pages_begin_again_with_name_and_destination_when_they_are_only_looked_at(app: TestApp) {
        let browser = app.browser();
        let password = browser.get("/account").await.fill("Email or username", OMAR).press("Next").await;
        app.pass_seconds(8 * DAY);
        portico::serve::forget_once(app.app()).await.unwrap();
        password.click("Not you?").await.is_the_first_page();
        browser.get(&password.path().replace("/password", "")).await.is_the_first_page();
        let first = browser.get(password.path()).await;
        first.is_the_first_page();
        assert_eq!(first.value_of("Email or username"), OMAR);
        first.press("Next").await.try_password(PASSWORD).await.is_headed("My account");
        let stranger = app.browser();
        stranger.get("/sign-in").await;
        assert_eq!(stranger.get(password.path()).await.is_the_first_page().value_of("Email or username"), "");
    }

    async fn a_code_page_whose_sign_in_is_forgotten_begins_again(app: TestApp) {
        let code = app.browser().try_password(KIM, PASSWORD).await;
        app.pass_seconds(8 * DAY);
        portico::serve::forget_once(app.app()).await.unwrap();
        code.enter_code("123456").await.is_the_password_page_of(KIM);
    }

    async fn a_bookmarked_step_leads_where_things_stand(app: TestApp) {
        let browser = app.browser();
        let password = browser.name(OMAR).await;
        for step in ["code", "sso", "refused"] {
            let address = password.path().replace("password", step);
            browser.get(&address).await.is_the_password_page_of(OMAR);
        }
        password.try_password(PASSWORD).await;
        for step in ["identify", "password", "code", "sso", "refused"] {
            let address = password.path().replace("password", step);
            browser.get(&address).await.is_the_portal_of("Omar Haddad");
        }
    }

    async fn back_button_after_a_reset_the_form_sent_again_says_that_it_worked(app: TestApp) {
        let link = app.reset_link(OMAR).await;
        let browser = app.browser();
        let form = browser.get(&link).await;
        form.choose_password(NEW_PASSWORD).await.is_headed("Your password was successfully reset");
        form.choose_password("another-lantern-ferry").await.is_headed("Your password was successfully reset");
        app.mail_to(OMAR).await.shows("was changed");
        browser.get(&link).await.is_headed("Your password was successfully reset");
        assert_eq!(app.events("password.reset").await, 1);
        app.browser().try_password(OMAR, NEW_PASSWORD).await.is_the_portal_of("Omar Haddad");
        app.pass_seconds(601);
        browser.get(&link).await.is_headed("This link has already been used");
    }

    async fn back_button_to_asking_for_a_reset_asks_again(app: TestApp) {
        let browser = app.browser();
        browser.ask_for_reset("omar@riverside.exampel").await;
        let asking = browser.back();
        let page = asking.fill("Email or username", OMAR).by_mail().await;
        page.is_headed("Check your mail").shows(OMAR);
        app.mail_to(OMAR).await.link("Reset Password");
        app.mail_to("omar@riverside.exampel").await.shows("There is no account here with this address");
    }

    async fn a_finished_sign_in_cannot_be_given_another_name(app: TestApp) {
        let browser = app.browser();
        let password = browser.name(OMAR).await;
        let who = browser.get(&password.path().replace("password", "identify")).await;
        password.try_password(PASSWORD).await.is_the_portal_of("Omar Haddad");
        let dana = who.fill("Email or username", "dana@riverside.example").press("Next").await;
        dana.is_the_password_page_of("dana@riverside.example");
        assert!(!dana.path().contains(password.path().split('/').nth(2).unwrap()), "a new sign-in has begun");
        browser.get("/").await.is_the_portal_of("Omar Haddad");
    }
}
