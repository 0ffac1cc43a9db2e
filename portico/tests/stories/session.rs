//! Sessions: born once, looked at on the server at every request, ended everywhere at once.

use crate::stories;
use crate::support::PASSWORD;
use crate::support::steps::NEW_PASSWORD;

const OMAR: &str = "omar@riverside.example";

stories! {
    async fn signing_out_ends_the_session_on_every_node(app: TestApp) {
        let other = app.second_node().await;
        let browser = app.browser();
        let portal = browser.sign_in(OMAR).await;
        let secret = browser.cookie("session").unwrap();
        browser.on(&other).get("/").await.is_the_portal_of("Omar Haddad");
        let out = portal.press("Sign out").await;
        out.is_headed("You are signed out");
        assert_eq!(browser.cookie("session"), None);
        let thief = other.browser();
        thief.plant_cookie("session", &secret);
        thief.get("/").await.is_the_first_page();
        assert_eq!(app.events("session.ended").await, 1);
        out.click("Sign in again").await.is_the_first_page();
    }

    async fn signing_out_clears_what_the_browser_kept_of_pages_and_nothing_else(app: TestApp) {
        let browser = app.browser();
        let answer = browser.sign_in(OMAR).await.press_and_stay("Sign out").await;
        assert_eq!(answer.header("clear-site-data"), "\"cache\", \"storage\"");
        assert!(browser.cookie("browser").is_some(), "it stays a browser that is known here");
    }

    async fn signing_out_without_a_session_is_no_error(app: TestApp) {
        app.browser().post("/sign-out", &[]).await.is_headed("You are signed out");
        let browser = app.browser();
        browser.plant_cookie("session", "not-a-session");
        browser.post("/sign-out", &[]).await.is_headed("You are signed out");
        assert_eq!(app.events("session.ended").await, 0);
    }

    async fn a_session_is_nothing_a_browser_could_guess_or_choose(app: TestApp) {
        let browser = app.browser();
        browser.plant_cookie("session", "chosen-by-an-attacker-before-the-sign-in-xx");
        browser.plant_cookie("browser", &"A".repeat(43));
        browser.sign_in(OMAR).await;
        let secret = browser.cookie("session").unwrap();
        assert_eq!(secret.len(), 43);
        assert_ne!(secret, "chosen-by-an-attacker-before-the-sign-in-xx");
        let stored = app.count("SELECT count(*) FROM sessions WHERE secret = $1", &[&secret.as_bytes()]).await;
        assert_eq!(stored, 0, "only its hash is stored");
    }

    async fn switching_an_account_off_ends_its_sessions_at_once(app: TestApp) {
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        app.switch(OMAR, false).await;
        browser.get("/").await.is_the_first_page();
        app.switch(OMAR, true).await;
        browser.get("/").await.is_the_first_page();
        browser.sign_in(OMAR).await;
    }

    async fn any_change_of_a_credential_ends_all_sessions(app: TestApp) {
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        app.change_a_credential_of(OMAR).await;
        browser.get("/").await.is_the_first_page();
        assert_eq!(browser.sign_in(OMAR).await.click("My account").await.texts_of(".people li").len(), 1);
    }

    async fn a_changed_password_ends_all_sessions_on_every_node(app: TestApp) {
        let other = app.second_node().await;
        let browsers = [app.browser(), other.browser()];
        for browser in &browsers {
            browser.sign_in(OMAR).await;
        }
        let resetting = app.reset_password(OMAR, NEW_PASSWORD).await;
        for browser in &browsers {
            browser.get("/").await.is_the_first_page();
        }
        resetting.get("/").await.is_the_first_page();
    }

    async fn a_changed_password_makes_half_a_sign_in_worthless(app: TestApp) {
        let half = app.browser().try_password("kim@northwind.example", PASSWORD).await;
        half.is_headed("One more step");
        app.change_a_credential_of("kim@northwind.example").await;
        half.browser().reload().await.is_the_password_page_of("kim@northwind.example");
        half.enter_code(&crate::support::code_now(&app)).await.is_the_password_page_of("kim@northwind.example");
        assert_eq!(app.events("second_factor.verified").await, 0);
    }

    async fn my_account_shows_where_i_am_signed_in(app: TestApp) {
        let edge = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0";
        app.browser().calling_itself(edge).at_address("198.51.100.9").sign_in(OMAR).await;
        let here = app.browser();
        let account = here.sign_in(OMAR).await.click("My account").await;
        account.is_headed("My account").shows("Omar Haddad").shows(OMAR).shows("Riverside Health");
        account.shows("Edge, Windows").shows("198.51.100.9").shows("Firefox, Linux");
        assert_eq!(account.texts_of(".people .pill"), ["This browser"]);
    }

    async fn my_account_does_not_list_a_session_that_idled_out(app: TestApp) {
        app.browser().calling_itself("Firefox/128.0 (Windows NT 10.0)").sign_in(OMAR).await;
        app.pass_seconds(12 * 3_600);
        let account = app.browser().sign_in(OMAR).await.click("My account").await;
        assert_eq!(account.texts_of(".people .pill"), ["This browser"]);
        account.lacks("Windows");
    }

    async fn a_user_agent_is_shown_as_text_and_not_as_page(app: TestApp) {
        let browser = app.browser().calling_itself("<script>alert(1)</script>");
        browser.sign_in(OMAR).await;
        let account = browser.get("/account").await;
        assert!(account.body().contains("&#60;script&#62;") || account.body().contains("&lt;script&gt;"));
        assert!(!account.body().contains("<script>alert"));
    }

    async fn a_session_goes_on_when_the_window_does_and_ends_with_it(app: TestApp) {
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        browser.close();
        browser.get("/").await.is_the_first_page();
    }
}
