//! The password was right, and the second step was never finished: its owner is told.

use crate::passkeys::with_passkey;
use crate::stories;
use crate::support::passkey::Authenticator;
use crate::support::{Mail, PASSWORD, TestApp, all_at_once, code_now};

const KIM: &str = "kim@northwind.example";
const OMAR: &str = "omar@riverside.example";
const SUBJECT: &str = "A sign-in to your account stopped half-way";
const HALF_AN_HOUR: u64 = 1_800;
const DAY: u64 = 24 * 3_600;

/// Lets half an hour pass, and the node look.
async fn passes(app: &TestApp) {
    app.pass_seconds(HALF_AN_HOUR);
    portico::sign_in::tell_half(app.app()).await.unwrap();
}

async fn told(app: &TestApp) -> Vec<Mail> {
    app.mails_to(KIM).await
}

async fn rows(app: &TestApp) -> i64 {
    app.count("SELECT count(*) FROM half_sign_ins", &[]).await
}

stories! {
    async fn a_second_step_that_never_comes_is_told_with_when_where_and_which(app: TestApp) {
        let thief = app.browser().at_address("198.51.100.7");
        thief.try_password(KIM, PASSWORD).await.is_headed("One more step");
        app.pass_seconds(HALF_AN_HOUR - 1);
        portico::sign_in::tell_half(app.app()).await.unwrap();
        assert!(told(&app).await.is_empty(), "it may still be finished");
        app.pass_seconds(1);
        portico::sign_in::tell_half(app.app()).await.unwrap();
        let mail = told(&app).await.remove(0);
        assert_eq!(mail.subject, SUBJECT);
        // When the password was typed: it is 10:00 in Paris, and half an hour later now.
        mail.shows(KIM).shows("198.51.100.7").shows("Firefox, Linux").shows("11:00").shows("Nobody got in");
        assert_eq!((app.events("sign_in.abandoned").await, rows(&app).await), (1, 0));
        app.browser().get(&mail.link("It wasn’t me")).await.press("It wasn’t me").await.is_headed("Check your mail");
        told(&app).await;
        thief.try_password(KIM, PASSWORD).await.complains("Invalid email and/or password.");
    }

    async fn it_is_told_once_a_day_however_often(app: TestApp) {
        for _ in 0..3 {
            app.browser().try_password(KIM, PASSWORD).await.is_headed("One more step");
            passes(&app).await;
        }
        assert_eq!((told(&app).await.len(), app.events("sign_in.abandoned").await), (1, 3));
        app.pass_seconds(DAY);
        app.browser().try_password(KIM, PASSWORD).await;
        passes(&app).await;
        assert_eq!(told(&app).await.len(), 1);
    }

    async fn whoever_comes_back_in_the_same_browser_is_told_nothing(app: TestApp) {
        let kim = app.browser();
        kim.try_password(KIM, PASSWORD).await.is_headed("One more step");
        kim.try_password(KIM, PASSWORD).await.is_headed("One more step");
        assert_eq!(rows(&app).await, 2);
        kim.sign_in_with_code(KIM).await;
        passes(&app).await;
        assert!(told(&app).await.is_empty());
        assert_eq!(rows(&app).await, 0);
    }

    async fn the_owner_elsewhere_does_not_keep_the_notice_back(app: TestApp) {
        app.browser().try_password(KIM, PASSWORD).await.is_headed("One more step");
        app.browser().sign_in_with_code(KIM).await;
        passes(&app).await;
        assert_eq!(told(&app).await.len(), 1);
    }

    async fn naming_somebody_else_does_not_take_it_away(app: TestApp) {
        let thief = app.browser();
        thief.try_password(KIM, PASSWORD).await.click("Not you?").await.fill("Email or username", OMAR).press("Next").await;
        passes(&app).await;
        assert_eq!(told(&app).await.len(), 1);
    }

    async fn a_passkey_as_second_step_is_one_too(app: TestApp) {
        let (_, mut phone) = with_passkey(&app, OMAR, Authenticator::new(1)).await;
        let half = app.browser();
        half.try_password(OMAR, PASSWORD).await;
        assert_eq!(rows(&app).await, 1);
        let page = half.get("/").await;
        phone.use_on(&page).await.is_the_portal_of("Omar Haddad");
        assert_eq!(rows(&app).await, 0, "by the passkey alone: it is the same person");
        app.browser().try_password(OMAR, PASSWORD).await;
        passes(&app).await;
        assert_eq!(app.mail_to(OMAR).await.subject, SUBJECT);
    }

    async fn a_wrong_password_or_a_name_nobody_has_leaves_no_row(app: TestApp) {
        for name in [KIM, "kin@northwind.example"] {
            app.browser().try_password(name, "not-my-password").await;
        }
        app.browser().sign_in(OMAR).await;
        assert_eq!(rows(&app).await, 0);
    }

    async fn wrong_codes_that_lock_are_told_at_once_also_after_a_lock_of_passwords(app: TestApp) {
        app.lock(KIM).await;
        told(&app).await.remove(0).shows("several wrong passwords");
        app.pass_seconds(HALF_AN_HOUR);
        let mut page = app.browser().try_password(KIM, PASSWORD).await;
        for _ in 0..3 {
            page = page.enter_code("000000").await;
        }
        told(&app).await.remove(0).shows("several wrong codes").shows("somebody knows your password");
        passes(&app).await;
        assert!(told(&app).await.is_empty(), "that has said it");
    }

    async fn race_of_two_nodes_tells_once(app: TestApp) {
        app.browser().try_password(KIM, PASSWORD).await.is_headed("One more step");
        app.pass_seconds(HALF_AN_HOUR);
        let other = app.second_node().await;
        let looks = (0..8).map(|number| {
            let node = if number % 2 == 0 { app.clone() } else { other.clone() };
            async move { portico::sign_in::tell_half(node.app()).await.is_ok() }
        });
        assert!(all_at_once(looks.collect::<Vec<_>>()).await.into_iter().all(|done: bool| done));
        assert_eq!((told(&app).await.len(), app.events("sign_in.abandoned").await), (1, 1));
        app.browser().try_password(KIM, PASSWORD).await.enter_code(&code_now(&app)).await.is_the_portal_of("Kim Nakamura");
    }
}
