//! Time: what ends, ends at its instant, and a clock turned back brings nothing back.

use std::time::Duration;

use portico::platform::jobs::Turn;

use crate::stories;
use crate::support::steps::{LOCKED, NEW_PASSWORD};
use crate::support::{PASSWORD, code_now};

const OMAR: &str = "omar@riverside.example";
const KIM: &str = "kim@northwind.example";
const MICRO: Duration = Duration::from_micros(1);
const HOUR: u64 = 3_600;
const DAY: u64 = 24 * HOUR;

stories! {
    async fn clock_a_lock_lasts_1800_seconds_to_the_microsecond(app: TestApp) {
        app.lock(OMAR).await;
        app.mail_to(OMAR).await;
        app.pass(Duration::from_secs(1_800) - MICRO);
        let page = app.browser().try_password(OMAR, PASSWORD).await;
        page.complains(LOCKED);
        app.pass(MICRO);
        page.try_password(PASSWORD).await.is_the_portal_of("Omar Haddad");
    }

    async fn clock_turned_back_neither_ends_a_lock_nor_makes_it_immortal(app: TestApp) {
        app.lock(OMAR).await;
        app.mail_to(OMAR).await;
        app.set_back(Duration::from_secs(HOUR));
        app.browser().try_password(OMAR, PASSWORD).await.complains(LOCKED);
        app.pass_seconds(HOUR + 1_800);
        app.browser().try_password(OMAR, PASSWORD).await.is_the_portal_of("Omar Haddad");
    }

    async fn clock_a_link_works_for_an_hour_from_its_hand_over_and_not_a_second_longer(app: TestApp) {
        app.browser().ask_for_reset(OMAR).await;
        app.pass_seconds(50 * 60);
        let link = app.mail_to(OMAR).await.link("Reset Password");
        app.pass(Duration::from_secs(HOUR) - MICRO);
        let form = app.browser().get(&link).await;
        form.is_headed("Set Up Password");
        app.pass(MICRO);
        app.browser().get(&link).await.is_headed("This link has expired");
        // The form was opened in time, and is sent too late.
        form.choose_password(NEW_PASSWORD).await.is_headed("This link has expired");
        assert_eq!(app.events("password.reset").await, 0);
    }

    async fn clock_a_link_used_at_the_last_moment_counts(app: TestApp) {
        let link = app.reset_link(OMAR).await;
        let form = app.browser().get(&link).await;
        app.pass_seconds(59 * 60 + 59);
        form.choose_password(NEW_PASSWORD).await.is_headed("Your password was successfully reset");
        app.mail_to(OMAR).await;
    }

    async fn clock_an_organization_may_let_links_live_for_a_quarter_of_an_hour(app: TestApp) {
        app.execute("UPDATE organizations SET reset_minutes = 15 WHERE id = 'riverside'", &[]).await;
        app.browser().ask_for_reset(OMAR).await.shows("once, for 15 minutes");
        let link = app.mail_to(OMAR).await.shows("for 15 minutes").link("Reset Password");
        app.pass_seconds(899);
        app.browser().get(&link).await.is_headed("Set Up Password");
        app.pass_seconds(1);
        app.browser().get(&link).await.is_headed("This link has expired");
    }

    async fn clock_turned_back_does_not_revive_a_used_link(app: TestApp) {
        let link = app.reset_link(OMAR).await;
        app.browser().get(&link).await.choose_password(NEW_PASSWORD).await;
        app.mail_to(OMAR).await;
        app.set_back(Duration::from_secs(HOUR));
        app.browser().get(&link).await.is_headed("This link has already been used");
    }

    async fn clock_turned_back_does_not_revive_a_code(app: TestApp) {
        let code = code_now(&app);
        app.browser().try_password(KIM, PASSWORD).await.enter_code(&code).await.is_the_portal_of("Kim Nakamura");
        app.pass_seconds(300);
        let later = code_now(&app);
        app.browser().try_password(KIM, PASSWORD).await.enter_code(&later).await.is_the_portal_of("Kim Nakamura");
        app.deliver_mail().await;
        app.set_back(Duration::from_secs(300));
        for replayed in [code, later] {
            let page = app.browser().try_password(KIM, PASSWORD).await.enter_code(&replayed).await;
            assert!(page.problem().is_some(), "{}", page.text());
        }
        // The notice of the second browser was queued at a time that has not come again.
        app.leaves_mail_behind();
    }

    async fn clock_a_password_proved_half_an_hour_ago_counts_no_more(app: TestApp) {
        let browser = app.browser();
        browser.try_password(KIM, PASSWORD).await.is_headed("One more step");
        app.pass(Duration::from_secs(1_800) - MICRO);
        browser.reload().await.is_headed("One more step");
        app.pass(MICRO);
        let code = browser.reload().await;
        code.is_the_password_page_of(KIM);
        let again = code.try_password(PASSWORD).await;
        again.enter_code(&code_now(&app)).await.is_the_portal_of("Kim Nakamura");
    }

    async fn clock_turned_back_does_not_make_a_proof_of_the_future_count(app: TestApp) {
        let browser = app.browser();
        browser.try_password(KIM, PASSWORD).await.is_headed("One more step");
        app.set_back(Duration::from_secs(60));
        browser.reload().await.is_the_password_page_of(KIM);
    }

    async fn clock_a_session_ends_when_nobody_has_used_it_for_twelve_hours(app: TestApp) {
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        for _ in 0..3 {
            app.pass(Duration::from_secs(12 * HOUR) - MICRO);
            browser.get("/").await.is_the_portal_of("Omar Haddad");
        }
        app.pass_seconds(12 * HOUR);
        browser.get("/").await.is_the_first_page();
    }

    async fn clock_a_session_ends_after_a_week_however_much_it_is_used(app: TestApp) {
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        for _ in 0..27 {
            app.pass_seconds(6 * HOUR);
            browser.get("/").await.is_the_portal_of("Omar Haddad");
        }
        app.pass(Duration::from_secs(6 * HOUR) - MICRO);
        browser.get("/").await.is_the_portal_of("Omar Haddad");
        app.pass(MICRO);
        browser.get("/").await.is_the_first_page();
    }

    async fn clock_a_modern_session_ends_after_an_idle_hour_and_after_a_day(app: TestApp) {
        let browser = app.browser();
        browser.sign_in_with_code(KIM).await;
        for _ in 0..47 {
            app.pass_seconds(HOUR / 2);
            browser.get("/").await.is_the_portal_of("Kim Nakamura");
        }
        app.pass_seconds(HOUR / 2);
        browser.get("/").await.is_the_first_page();
        browser.sign_in_with_code(KIM).await;
        app.pass_seconds(HOUR);
        browser.get("/").await.is_the_first_page();
    }

    async fn clock_turned_back_does_not_revive_a_session_that_was_ended(app: TestApp) {
        let browser = app.browser();
        let portal = browser.sign_in(OMAR).await;
        let secret = browser.cookie("session").unwrap();
        app.pass_seconds(60);
        portal.press("Sign out").await;
        app.set_back(Duration::from_secs(120));
        browser.plant_cookie("session", &secret);
        browser.get("/").await.is_the_first_page();
    }

    async fn clock_turned_back_a_day_stops_nobody_from_signing_in(app: TestApp) {
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        app.set_back(Duration::from_secs(DAY));
        browser.get("/").await.is_the_portal_of("Omar Haddad");
        app.browser().sign_in(OMAR).await;
        app.reset_password(OMAR, NEW_PASSWORD).await;
        app.browser().try_password(OMAR, NEW_PASSWORD).await.is_the_portal_of("Omar Haddad");
    }

    async fn clock_what_is_past_its_time_is_forgotten_and_nothing_else(app: TestApp) {
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        let check = app.browser().ask_for_reset(OMAR).await;
        app.mail_to(OMAR).await;
        app.pass_seconds(6 * DAY);
        portico::serve::forget_once(app.app()).await.unwrap();
        check.browser().reload().await.is_headed("Check your mail");
        assert_eq!(app.count("SELECT count(*) FROM sign_ins", &[]).await, 1);
        assert_eq!(app.count("SELECT count(*) FROM one_time", &[]).await, 1);
        app.pass_seconds(60 * DAY);
        portico::serve::forget_once(app.app()).await.unwrap();
        assert_eq!(app.count("SELECT count(*) FROM outbox", &[]).await, 1, "a mail is remembered for 90 days");
        app.pass_seconds(30 * DAY);
        portico::serve::forget_once(app.app()).await.unwrap();
        for gone in [
            "SELECT count(*) FROM outbox",
            "SELECT count(*) FROM one_time",
            "SELECT count(*) FROM sign_ins",
            "SELECT count(*) FROM recoveries",
            "SELECT count(*) FROM sessions",
            "SELECT count(*) FROM rate_counters",
            "SELECT count(*) FROM attempt_counters",
        ] {
            assert_eq!(app.count(gone, &[]).await, 0, "{gone}");
        }
        assert_eq!(app.count("SELECT count(*) FROM devices", &[]).await, 1, "a recognized browser lives for half a year");
        assert!(app.count("SELECT count(*) FROM audit", &[]).await > 0);
    }

    async fn clock_sign_ins_nobody_proved_are_forgotten_after_two_days_a_batch_at_a_time(app: TestApp) {
        app.browser().sign_in(OMAR).await;
        app.browser().name(KIM).await;
        let copy = "INSERT INTO sign_ins (id, browser, destination, created_at)
                    SELECT s.id || $1, s.browser, s.destination, s.created_at FROM sign_ins s WHERE s.first_at IS NULL";
        for number in 0..9 {
            app.execute(copy, &[&format!("-{number}")]).await;
        }
        app.pass_seconds(2 * DAY + 1);
        assert_eq!(portico::serve::forget_once(app.app()).await.unwrap(), Turn::Again);
        assert_eq!(app.count("SELECT count(*) FROM sign_ins", &[]).await, 13);
        assert_eq!(portico::serve::forget_once(app.app()).await.unwrap(), Turn::Rest);
        assert_eq!(app.count("SELECT count(*) FROM sign_ins", &[]).await, 1);
    }

    async fn clock_a_mail_that_still_waits_is_not_forgotten_nor_is_its_link(app: TestApp) {
        app.browser().ask_for_reset(OMAR).await;
        app.answer_requests().await;
        app.pass_seconds(200 * DAY);
        portico::serve::forget_once(app.app()).await.unwrap();
        app.mail_to(OMAR).await.link("Reset Password");
        assert_eq!(app.count("SELECT count(*) FROM one_time", &[]).await, 1);
    }
}
