//! A browser the account is known in: strangers' failures do not lock it, and its own do not lock strangers.

use crate::stories;
use crate::support::PASSWORD;
use crate::support::steps::{LOCKED, NEW_PASSWORD, WRONG, WRONG_PASSWORD};

const OMAR: &str = "omar@riverside.example";
const KIM: &str = "kim@northwind.example";

stories! {
    async fn a_recognized_browser_gets_in_while_strangers_are_locked_out(app: TestApp) {
        let known = app.browser();
        known.sign_in(OMAR).await.press("Sign out").await;
        app.lock(OMAR).await;
        app.mail_to(OMAR).await;
        app.browser().try_password(OMAR, PASSWORD).await.complains(LOCKED);
        known.try_password(OMAR, PASSWORD).await.is_the_portal_of("Omar Haddad");
        app.browser().try_password(OMAR, PASSWORD).await.complains(LOCKED);
    }

    async fn a_recognized_browser_has_three_tries_of_its_own(app: TestApp) {
        let known = app.browser();
        known.sign_in(OMAR).await.press("Sign out").await;
        let page = known.name(OMAR).await;
        page.try_password(WRONG).await.complains(WRONG_PASSWORD);
        page.try_password(WRONG).await.complains(WRONG_PASSWORD);
        page.try_password(WRONG).await.complains(LOCKED);
        page.try_password(PASSWORD).await.complains(LOCKED);
        app.browser().try_password(OMAR, PASSWORD).await.is_the_portal_of("Omar Haddad");
        app.mail_to(OMAR).await;
    }

    async fn a_browser_is_recognized_for_the_account_that_signed_in_there_only(app: TestApp) {
        let known = app.browser();
        known.sign_in("dana@riverside.example").await.press("Sign out").await;
        app.lock(OMAR).await;
        app.mail_to(OMAR).await;
        known.try_password(OMAR, PASSWORD).await.complains(LOCKED);
    }

    async fn half_a_sign_in_makes_no_recognized_browser(app: TestApp) {
        let half = app.browser();
        half.try_password(KIM, PASSWORD).await.is_headed("One more step");
        app.lock(KIM).await;
        app.mail_to(KIM).await;
        half.try_password(KIM, PASSWORD).await.complains(LOCKED);
    }

    async fn a_finished_mailed_reset_makes_its_browser_a_recognized_one(app: TestApp) {
        let owner = app.reset_password(OMAR, NEW_PASSWORD).await;
        app.lock(OMAR).await;
        app.mail_to(OMAR).await;
        app.browser().try_password(OMAR, NEW_PASSWORD).await.complains(LOCKED);
        owner.try_password(OMAR, NEW_PASSWORD).await.is_the_portal_of("Omar Haddad");
    }

    async fn a_changed_credential_forgets_recognized_browsers(app: TestApp) {
        let known = app.browser();
        known.sign_in(OMAR).await.press("Sign out").await;
        app.reset_password(OMAR, NEW_PASSWORD).await;
        app.lock(OMAR).await;
        app.mail_to(OMAR).await;
        known.try_password(OMAR, NEW_PASSWORD).await.complains(LOCKED);
        assert!(app.told_of_new_browsers(OMAR).await.is_empty());
    }

    async fn a_known_browser_has_tries_of_its_own_again_after_a_sign_in_under_the_new_credentials(app: TestApp) {
        let known = app.browser();
        known.sign_in(OMAR).await;
        app.change_a_credential_of(OMAR).await;
        known.sign_in(OMAR).await.press("Sign out").await;
        assert_eq!(app.events("device.recognized").await, 2);
        app.lock(OMAR).await;
        app.mail_to(OMAR).await;
        known.try_password(OMAR, PASSWORD).await.is_the_portal_of("Omar Haddad");
        assert!(app.told_of_new_browsers(OMAR).await.is_empty());
    }

    async fn a_stolen_name_of_a_browser_is_no_recognized_browser(app: TestApp) {
        app.browser().sign_in(OMAR).await;
        app.lock(OMAR).await;
        app.mail_to(OMAR).await;
        let thief = app.browser();
        thief.plant_cookie("browser", &"B".repeat(43));
        thief.try_password(OMAR, PASSWORD).await.complains(LOCKED);
        let id = app.count("SELECT count(*) FROM devices WHERE account_id = $1", &[&OMAR]).await;
        assert_eq!(id, 1);
    }

    async fn a_browser_is_recognized_for_half_a_year(app: TestApp) {
        let known = app.browser();
        known.sign_in(OMAR).await;
        app.pass_seconds(180 * 24 * 3_600 - 3_600);
        app.lock(OMAR).await;
        app.mail_to(OMAR).await;
        known.try_password(OMAR, WRONG).await.complains(WRONG_PASSWORD);
        app.pass_seconds(3_600);
        app.lock(OMAR).await;
        known.try_password(OMAR, WRONG).await.complains(LOCKED);
    }

    async fn codes_are_counted_for_each_recognized_browser_too(app: TestApp) {
        let known = app.browser();
        known.sign_in_with_code(KIM).await.press("Sign out").await;
        let stranger = app.browser().try_password(KIM, PASSWORD).await;
        for _ in 0..3 {
            stranger.enter_code("000000").await;
        }
        app.pass_seconds(30);
        let code = crate::support::code_now(&app);
        let locked = stranger.enter_code(&code).await;
        assert!(locked.problem().is_some_and(|told| told.contains("too many wrong codes")), "{}", locked.text());
        known.try_password(KIM, PASSWORD).await.enter_code(&code).await.is_the_portal_of("Kim Nakamura");
        app.mail_to(KIM).await.shows("several wrong codes");
    }
}
