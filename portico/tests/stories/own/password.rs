//! The password, changed by whoever knows it.

use super::{BUTTON, OMAR, STALE, Told, change_password, choose_password, sessions, signed_in};
use crate::stories;
use crate::support::PASSWORD;
use crate::support::steps::{LOCKED, NEW_PASSWORD, WRONG, WRONG_PASSWORD};

const HERE: &str = "/account/password";
const SECOND: &str = "omar.private@mail.example";
const NOT_IT: &str = "That is not your current password. Please type it again. If you do not know it, sign out, and use “Forgot Password?” at the next sign-in.";
const PAUSED: &str = "That is not your current password, and there were several wrong ones, so that we take no more of them for a while. Sign out, and use “Forgot Password?” to choose a new one at once.";

stories! {
    async fn it_is_changed_and_only_this_browser_stays_signed_in(app: TestApp) {
        app.has_second_mailbox(OMAR, SECOND).await;
        let elsewhere = signed_in(&app, OMAR).await;
        let browser = signed_in(&app, OMAR).await;
        let (secret, known) = (browser.cookie("session").unwrap(), browser.cookie("browser").unwrap());
        change_password(&browser).await;
        elsewhere.get("/").await.is_the_first_page();
        browser.get("/").await.is_the_portal_of("Omar Haddad");
        assert_ne!(browser.cookie("session").unwrap(), secret, "whoever has copied the old one has nothing");
        assert_eq!(browser.cookie("browser").unwrap(), known);
        let thief = app.browser();
        thief.plant_cookie("session", &secret);
        thief.get("/").await.is_the_first_page();
        for mailbox in [OMAR, SECOND] {
            let told = app.mail_to(mailbox).await;
            assert_eq!(told.subject, "Your password was changed");
            told.shows("The password of omar@riverside.example was changed").shows("Firefox, Linux").link(BUTTON);
        }
        assert_eq!((sessions(&app).await, app.events("password.changed").await), (1, 1));
        app.browser().try_password(OMAR, PASSWORD).await.complains(WRONG_PASSWORD);
        app.browser().try_password(OMAR, NEW_PASSWORD).await.is_the_portal_of("Omar Haddad");
        // It is a browser that is known: strangers' locks are none of its.
        app.lock(OMAR).await;
        app.mail_to(OMAR).await;
        browser.get("/").await.press("Sign out").await;
        browser.try_password(OMAR, NEW_PASSWORD).await.is_the_portal_of("Omar Haddad");
        app.leaves_mail_behind();
    }

    async fn the_current_one_is_asked_for_and_guesses_are_counted_like_any(app: TestApp) {
        let browser = signed_in(&app, OMAR).await;
        choose_password(&browser, "", NEW_PASSWORD).await.complains("Please type your current password, too.");
        for problem in [NOT_IT, NOT_IT, PAUSED] {
            choose_password(&browser, WRONG, NEW_PASSWORD).await.complains(problem);
        }
        assert_eq!((app.events("password.refused").await, app.events("lockout.locked").await), (3, 1));
        // The right one is not even looked at.
        let page = choose_password(&browser, PASSWORD, NEW_PASSWORD).await;
        page.complains(PAUSED).shows("We take no passwords for this account here until");
        app.mail_to(OMAR).await.shows("several wrong passwords");
        assert_eq!(app.events("password.changed").await, 0);
        // It is this browser's own count: nobody else's door is closed, and this one's is.
        app.browser().sign_in(OMAR).await;
        browser.get("/").await.press("Sign out").await;
        browser.try_password(OMAR, PASSWORD).await.complains(LOCKED);
        app.pass_seconds(1_800);
        browser.sign_in(OMAR).await;
        change_password(&browser).await;
        app.mail_to(OMAR).await;
    }

    async fn a_weak_one_is_refused_before_anything_is_counted(app: TestApp) {
        let browser = signed_in(&app, OMAR).await;
        for (new, problem) in [
            ("short", "That password is too short."),
            ("password1", "Many people use that password"),
            ("riverside2024", "That password is a name"),
            (PASSWORD, "That is the password you have. Please choose another one."),
        ] {
            let page = choose_password(&browser, PASSWORD, new).await;
            let told = page.problem().unwrap_or_default();
            assert!(told.starts_with(problem), "{new}: {told}");
            for field in ["Current password", "New Password", "Verify Password"] {
                assert_eq!(page.value_of(field), "", "no secret comes back");
            }
        }
        let page = browser.get(HERE).await.fill("Current password", PASSWORD).fill("New Password", NEW_PASSWORD);
        page.fill("Verify Password", "another-lantern-ferry").press("Save").await.complains(
            "The two passwords are not the same. Please type both again.");
        assert_eq!(app.events("password.refused").await + app.events("password.verified").await, 1, "of the sign-in");


        assert_eq!(app.events("password.changed").await, 0);
    }

    async fn an_answer_to_a_security_question_cannot_be_it(app: TestApp) {
        let browser = signed_in(&app, "harbor-dispatch").await;
        let page = browser.get("/account/questions").await;
        let mut page = page;
        for (number, answer) in (1..).zip(["heron quay lantern", "violet steamer", "ferry of glass"]) {
            page = page.fill(&format!("Answer {number}"), answer);
        }
        page.press("Save").await.tells("Your security questions were saved. You are signed out everywhere else.");
        app.mail_to("harbor-dispatch@harbor.example").await;
        choose_password(&browser, PASSWORD, "heron quay lantern").await.complains(
            "That password is the answer to one of your security questions. Please choose another one, so that whoever knows the one does not know the other.");
        assert_eq!(app.events("password.changed").await, 0);
    }

    async fn two_tabs_the_older_form_changes_nothing(app: TestApp) {
        let browser = signed_in(&app, OMAR).await;
        let old = browser.get(HERE).await;
        change_password(&browser).await;
        app.mail_to(OMAR).await;
        let old = old.fill("Current password", NEW_PASSWORD).fill("New Password", "violet-steamer-glass");
        old.fill("Verify Password", "violet-steamer-glass").press("Save").await.complains(STALE);
        app.browser().try_password(OMAR, NEW_PASSWORD).await.is_the_portal_of("Omar Haddad");
    }

    async fn it_wasnt_me_takes_it_back(app: TestApp) {
        let thief = signed_in(&app, OMAR).await;
        change_password(&thief).await;
        let notice = app.mail_to(OMAR).await;
        app.browser().get(&notice.link(BUTTON)).await.press(BUTTON).await.is_headed("Check your mail");
        thief.get("/").await.is_the_first_page();
        app.browser().try_password(OMAR, NEW_PASSWORD).await.complains(WRONG_PASSWORD);
        app.mail_to(OMAR).await.link("Reset Password");
    }

    async fn an_account_that_is_suspended_from_its_organizations_sign_in_changes_its_password_of_these_days(app: TestApp) {
        use crate::support::continuity::{LEE, LEE_ID, SECOND};
        app.has_second_mailbox(LEE_ID, SECOND).await;
        app.suspend().await;
        let browser = app.reset_through_both().await;
        let page = browser.try_password(LEE, NEW_PASSWORD).await;
        page.is_the_portal_of("Lee Castillo");
        choose_password(&browser, NEW_PASSWORD, "violet-steamer-glass").await.tells(
            "Your password was changed. You are signed out everywhere else.");
        browser.get("/account/email").await.shows("which says what your address is");
        app.browser().try_password(LEE, "violet-steamer-glass").await.is_the_portal_of("Lee Castillo");
        app.resume().await;
        browser.get("/").await.is_the_first_page();
        app.leaves_mail_behind();
    }

    async fn whoever_is_disabled_changes_nothing(app: TestApp) {
        let browser = signed_in(&app, OMAR).await;
        let page = browser.get(HERE).await.fill("Current password", PASSWORD);
        app.switch(OMAR, false).await;
        let page = page.fill("New Password", NEW_PASSWORD).fill("Verify Password", NEW_PASSWORD).press("Save").await;
        page.is_the_first_page();
        assert_eq!(app.events("password.changed").await, 0);
    }
}
