//! The user name.

use super::{BUTTON, OMAR, STALE, Told, choose_user_name, sessions, signed_in};
use crate::stories;
use crate::support::PASSWORD;
use crate::support::steps::WRONG_PASSWORD;

const HERE: &str = "/account/user-name";
const ANNA: &str = "anna@riverside.example";
const SAVED: &str = "Your username was saved. You are signed out everywhere else.";

stories! {
    async fn one_is_set_changed_and_taken_away_and_every_address_is_told(app: TestApp) {
        let second = "omar.private@mail.example";
        app.has_second_mailbox(OMAR, second).await;
        let elsewhere = signed_in(&app, OMAR).await;
        let browser = signed_in(&app, OMAR).await;
        choose_user_name(&browser, " Omar-Haddad ").await.tells(SAVED).shows("Omar-Haddad");
        elsewhere.get("/").await.is_the_first_page();
        for mailbox in [OMAR, second] {
            let told = app.mail_to(mailbox).await;
            assert_eq!(told.subject, "Your account has a username");
            told.shows("Omar-Haddad").link(BUTTON);
        }
        app.browser().sign_in("omar-haddad").await;
        app.browser().sign_in(OMAR).await;
        choose_user_name(&browser, "haddad_2").await.tells(SAVED);
        for mailbox in [OMAR, second] {
            app.mail_to(mailbox).await.shows("was Omar-Haddad and is haddad_2 from now on");
        }
        assert_eq!(sessions(&app).await, 1);
        app.browser().try_password("omar-haddad", PASSWORD).await.complains(WRONG_PASSWORD);
        app.browser().sign_in("haddad_2").await;
        let page = browser.get(HERE).await.shows(OMAR).press("Remove It").await;
        page.tells("Your username was removed. You are signed out everywhere else.").lacks("haddad_2");
        for mailbox in [OMAR, second] {
            app.mail_to(mailbox).await.shows("The username haddad_2 does not work any more");
        }
        app.browser().try_password("haddad_2", PASSWORD).await.complains(WRONG_PASSWORD);
        app.browser().sign_in(OMAR).await;
        assert_eq!(app.events("user_name.changed").await, 3);
        assert_eq!(app.count("SELECT count(*) FROM identifiers WHERE account_id = $1", &[&OMAR]).await, 1);
    }

    async fn what_cannot_be_one_is_said_and_given_back(app: TestApp) {
        let browser = signed_in(&app, OMAR).await;
        let odd = "That username cannot be used. Please use letters, digits, hyphens and underscores.";
        for (typed, problem) in [
            ("", "Please type the username that you want."),
            ("ab", "That username is too short. Please use at least 3 characters."),
            ("nora@riverside.example", odd),
            ("night shift", odd),
            ("evil.example", odd),
        ] {
            let page = choose_user_name(&browser, typed).await;
            page.complains(problem);
            assert_eq!(page.value_of("Username"), typed);
        }
        assert_eq!(app.events("user_name.changed").await, 0);
    }

    async fn a_taken_one_is_said_ten_times_a_day_and_not_more(app: TestApp) {
        let browser = signed_in(&app, OMAR).await;
        for taken in ["anna-riverside", "ANNA-Riverside", "ａnna-riverside"] {
            choose_user_name(&browser, taken).await.complains("Somebody has that username. Please choose another one.");
        }
        for number in 0..7 {
            choose_user_name(&browser, "harbor-ed").await.complains("Somebody has that username. Please choose another one.");
            assert_eq!(app.events("user_name.refused").await, 4 + number);
        }
        let often = "You have tried 10 usernames today. Please come back tomorrow, or ask your administrator.";
        for name in ["harbor-ed", "nobody-has-this"] {
            choose_user_name(&browser, name).await.complains(often);
        }
        app.browser().sign_in("anna-riverside").await;
        app.pass_seconds(24 * 3_600);
        browser.sign_in(OMAR).await;
        choose_user_name(&browser, "nobody-has-this").await.tells(SAVED);
        app.mail_to(OMAR).await;
    }

    async fn the_same_one_in_another_spelling_is_no_change(app: TestApp) {
        let browser = signed_in(&app, ANNA).await;
        choose_user_name(&browser, "Anna-Riverside").await.complains("That is your username already. Please type another one.");
        assert_eq!(app.events("user_name.changed").await, 0);
    }

    async fn whoever_shares_a_mailbox_cannot_do_without(app: TestApp) {
        let browser = signed_in(&app, "harbor-relief").await;
        browser.get(HERE).await.press("Remove It").await.complains(
            "Several accounts share your mailbox, and the username tells them apart. You can change it, but not do without.");
        app.browser().sign_in("harbor-relief").await;
        choose_user_name(&browser, "harbor-late").await.tells(SAVED);
        app.mail_to("night@harbor.example").await.shows("harbor-late");
        app.browser().sign_in("harbor-late").await;
    }

    async fn a_stale_form_changes_nothing(app: TestApp) {
        let browser = signed_in(&app, ANNA).await;
        let old = browser.get(HERE).await;
        choose_user_name(&browser, "anna-olsen").await.tells(SAVED);
        app.mail_to(ANNA).await;
        old.clone().fill("Username", "anna-other").press("Save").await.complains(STALE);
        old.press("Remove It").await.complains(STALE);
        app.browser().sign_in("anna-olsen").await;
    }

    async fn a_name_that_nobody_has_had_taken_away_is_free_again(app: TestApp) {
        let browser = signed_in(&app, ANNA).await;
        browser.get(HERE).await.press("Remove It").await.tells("Your username was removed. You are signed out everywhere else.");
        app.mail_to(ANNA).await;
        let omar = signed_in(&app, OMAR).await;
        choose_user_name(&omar, "anna-riverside").await.tells(SAVED);
        app.mail_to(OMAR).await;
        app.browser().try_password("anna-riverside", PASSWORD).await.is_the_portal_of("Omar Haddad");
    }
}
