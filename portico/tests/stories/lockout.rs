//! Three strikes, thirty minutes: guessing is paused, the account is not closed.

use std::time::Duration;

use portico::lockout::{self, Attempt, Class, Counter, Factor};
use portico::organizations::{Policy, Preset};
use portico::platform::clock::micros;
use store::Tx;

use crate::stories;
use crate::support::PASSWORD;
use crate::support::steps::{LOCKED, NEW_PASSWORD, WRONG, WRONG_PASSWORD};

const OMAR: &str = "omar@riverside.example";
const HALF_AN_HOUR: u64 = 1_800;

stories! {
    async fn three_wrong_passwords_lock_for_thirty_minutes_in_the_words_of_the_help_page(app: TestApp) {
        let mut page = app.browser().name(OMAR).await;
        for _ in 0..2 {
            page = page.try_password(WRONG).await;
            page.complains(WRONG_PASSWORD).lacks("locked");
        }
        let locked = page.try_password(WRONG).await;
        locked.complains(LOCKED).shows("Locked until");
        assert!(locked.title().starts_with("Error: "), "{}", locked.title());
        // The time it ends, exact, and told in the organization's zone: it is 10:00 in Chicago.
        assert_eq!(locked.attributes(".problem time", "datetime"), ["2026-11-21T10:30:00Z"]);
        assert_eq!(locked.texts_of(".problem time"), ["04:30 CST"]);
        locked.click("Forgot Password?").await.is_headed("Reset Password");
        app.mail_to(OMAR).await.shows("locked");
    }

    async fn during_the_lock_the_right_password_is_answered_like_a_wrong_one(app: TestApp) {
        let locked = app.lock(OMAR).await;
        app.mail_to(OMAR).await;
        let right = locked.try_password(PASSWORD).await;
        let wrong = locked.try_password(WRONG).await;
        assert_eq!(right.text(), wrong.text());
        right.complains(LOCKED);
        app.browser().try_password(OMAR, PASSWORD).await.complains(LOCKED);
        assert_eq!(app.events("password.verified").await, 0);
    }

    async fn trying_on_during_the_lock_does_not_make_it_longer(app: TestApp) {
        let locked = app.lock(OMAR).await;
        app.mail_to(OMAR).await;
        let end = locked.attributes(".problem time", "datetime");
        for _ in 0..5 {
            app.pass_seconds(299);
            let again = locked.try_password(WRONG).await;
            assert_eq!(again.attributes(".problem time", "datetime"), end);
        }
        app.pass_seconds(HALF_AN_HOUR - 5 * 299);
        locked.try_password(PASSWORD).await.is_the_portal_of("Omar Haddad");
    }

    async fn a_lock_that_is_over_is_not_told_any_more(app: TestApp) {
        let locked = app.lock(OMAR).await;
        app.mail_to(OMAR).await;
        locked.browser().reload().await.complains(LOCKED);
        app.pass_seconds(HALF_AN_HOUR);
        let page = locked.browser().reload().await;
        assert_eq!(page.problem(), None, "{}", page.text());
        page.is_the_password_page_of(OMAR);
    }

    async fn after_a_lock_there_are_three_tries_again(app: TestApp) {
        let page = app.lock(OMAR).await;
        app.mail_to(OMAR).await;
        app.pass_seconds(HALF_AN_HOUR);
        page.try_password(WRONG).await.complains(WRONG_PASSWORD);
        page.try_password(WRONG).await.complains(WRONG_PASSWORD);
        page.try_password(WRONG).await.complains(LOCKED);
    }

    async fn a_right_password_ends_the_count(app: TestApp) {
        for _ in 0..3 {
            let page = app.browser().name(OMAR).await;
            page.try_password(WRONG).await.complains(WRONG_PASSWORD);
            page.try_password(WRONG).await.complains(WRONG_PASSWORD);
            page.try_password(PASSWORD).await.is_the_portal_of("Omar Haddad");
        }
    }

    async fn failures_half_an_hour_apart_do_not_add_up(app: TestApp) {
        let page = app.browser().name(OMAR).await;
        for _ in 0..3 {
            page.try_password(WRONG).await.complains(WRONG_PASSWORD);
            page.try_password(WRONG).await.complains(WRONG_PASSWORD);
            app.pass_seconds(HALF_AN_HOUR);
        }
        page.try_password(PASSWORD).await.is_the_portal_of("Omar Haddad");
    }

    async fn all_names_and_spellings_of_an_account_share_one_count(app: TestApp) {
        for typed in ["anna@riverside.example", "ANNA-Riverside"] {
            app.browser().try_password(typed, WRONG).await.complains(WRONG_PASSWORD);
        }
        app.browser().try_password(" Anna@RIVERSIDE.example", WRONG).await.complains(LOCKED);
        for typed in ["anna@riverside.example", "anna-riverside", "ａnna@riverside.example"] {
            app.browser().try_password(typed, PASSWORD).await.complains(LOCKED);
        }
        app.mail_to("anna@riverside.example").await;
    }

    async fn all_spellings_of_an_unknown_name_share_one_count(app: TestApp) {
        for typed in ["Nobody@riverside.example", "nobody@RIVERSIDE.example"] {
            app.browser().try_password(typed, WRONG).await.complains(WRONG_PASSWORD);
        }
        app.browser().try_password("nobody@riverside.example", WRONG).await.complains(LOCKED);
    }

    async fn an_unknown_name_locks_and_opens_identically(app: TestApp) {
        let known = app.lock("omar@riverside.example").await;
        let unknown = app.lock("omax@riverside.example").await;
        assert_eq!(known.text().replace("omar", "omax"), unknown.text());
        app.mail_to(OMAR).await;
        app.pass_seconds(HALF_AN_HOUR);
        unknown.try_password(WRONG).await.complains(WRONG_PASSWORD);
        known.try_password(WRONG).await.complains(WRONG_PASSWORD);
        assert!(app.mails_to("omax@riverside.example").await.is_empty());
    }

    async fn one_locked_account_locks_nobody_else(app: TestApp) {
        let stranger = app.lock(OMAR).await;
        app.mail_to(OMAR).await;
        stranger.browser().try_password("dana@riverside.example", PASSWORD).await.is_the_portal_of("Dana Whitfield");
    }

    async fn a_lock_holds_on_every_node_and_after_a_restart(app: TestApp) {
        app.lock(OMAR).await;
        app.mail_to(OMAR).await;
        let other = app.second_node().await;
        other.browser().try_password(OMAR, PASSWORD).await.complains(LOCKED);
        app.pass_seconds(HALF_AN_HOUR);
        other.browser().try_password(OMAR, PASSWORD).await.is_the_portal_of("Omar Haddad");
    }

    async fn a_lock_touches_no_running_session(app: TestApp) {
        let here = app.browser();
        here.sign_in(OMAR).await;
        app.lock(OMAR).await;
        app.mail_to(OMAR).await;
        here.reload().await.is_the_portal_of("Omar Haddad");
    }

    async fn a_finished_reset_unlocks_and_asking_for_one_does_not(app: TestApp) {
        app.lock(OMAR).await;
        app.mail_to(OMAR).await;
        let link = app.reset_link(OMAR).await;
        app.browser().get(&link).await.is_headed("Set Up Password");
        app.browser().try_password(OMAR, PASSWORD).await.complains(LOCKED);
        app.browser().get(&link).await.choose_password(NEW_PASSWORD).await;
        app.mail_to(OMAR).await.shows("was changed");
        app.browser().try_password(OMAR, NEW_PASSWORD).await.is_the_portal_of("Omar Haddad");
    }

    async fn the_owner_is_told_once_a_day_with_a_link_that_unlocks(app: TestApp) {
        app.lock(OMAR).await;
        let notice = app.mail_to(OMAR).await;
        assert_eq!(notice.subject, "Your account is locked for a while");
        notice.shows(OMAR).shows("04:30");
        for _ in 0..2 {
            app.pass_seconds(HALF_AN_HOUR);
            app.lock(OMAR).await;
        }
        assert!(app.mails_to(OMAR).await.is_empty(), "one notice a day");
        app.browser().get(&notice.link("Reset Password")).await.is_headed("This link has expired");
        app.pass_seconds(24 * 3_600);
        app.lock(OMAR).await;
        let link = app.mail_to(OMAR).await.link("Reset Password");
        app.browser().get(&link).await.choose_password(NEW_PASSWORD).await;
        app.mail_to(OMAR).await.shows("was changed");
        app.browser().try_password(OMAR, NEW_PASSWORD).await.is_the_portal_of("Omar Haddad");
    }

    async fn an_unknown_name_leaves_the_row_of_one_notice_a_day_like_a_known_one(app: TestApp) {
        for _ in 0..3 {
            app.lock("nobody-at-all").await;
            app.pass_seconds(HALF_AN_HOUR);
        }
        // The other one stands for the mail to whoever signs in elsewhere.
        assert_eq!(app.count("SELECT count(*) FROM outbox", &[]).await, 2);
    }

    async fn a_hundred_failures_in_a_row_need_a_recovery(app: TestApp) {
        app.browser().try_password(OMAR, WRONG).await.complains(WRONG_PASSWORD);
        app.execute("UPDATE attempt_counters SET total = 99", &[]).await;
        app.browser().try_password(OMAR, WRONG).await;
        app.pass_seconds(2 * HALF_AN_HOUR);
        app.browser().try_password(OMAR, PASSWORD).await.complains(LOCKED);
        app.mails_to(OMAR).await;
        app.reset_password(OMAR, NEW_PASSWORD).await;
        app.browser().try_password(OMAR, NEW_PASSWORD).await.is_the_portal_of("Omar Haddad");
    }

    async fn an_attempt_lost_in_a_crash_counts_as_a_failure(app: TestApp) {
        let counter = format!("{OMAR}/password/-");
        let crashed = app.clock().now().0 + micros(Duration::from_secs(15));
        for id in ["one", "two", "three"] {
            let sql = "INSERT INTO attempt_reservations (id, counter_id, subject, leased_until) VALUES ($1, $2, $3, $4)";
            app.execute(sql, &[&id, &counter, &OMAR, &crashed]).await;
        }
        app.pass_seconds(15);
        for _ in 0..2 {
            app.browser().try_password(OMAR, PASSWORD).await.complains(LOCKED);
        }
        assert_eq!(app.events("lockout.locked").await, 1);
        app.mail_to(OMAR).await.shows("locked");
    }

    async fn guesses_whose_count_the_database_lost_count_when_they_are_told(app: TestApp) {
        let (db, entropy) = (&app.app().db, &app.app().entropy);
        let counter = Counter { subject: OMAR.into(), factor: Factor::Password, class: Class::Unrecognized };
        let rule = Policy::preset(Preset::Classic).lock;
        for _ in 0..3 {
            let place = || Some(());
            let reserved = lockout::reserve(db, entropy, &lockout::Queue::default(), counter.clone(), rule, place).await;
            let Attempt::Permit(permit, ()) = reserved.unwrap() else { panic!("a guess was refused") };
            app.execute("DELETE FROM attempt_reservations", &[]).await;
            db.write("story.fail", async |tx: &mut Tx| permit.fail(tx).await).await.unwrap();
        }
        app.browser().try_password(OMAR, PASSWORD).await.complains(LOCKED);
    }

    async fn attempts_lost_before_an_unlock_do_not_count_after_it(app: TestApp) {
        let counter = format!("{OMAR}/password/-");
        let crashed = app.clock().now().0;
        for id in ["one", "two", "three"] {
            let sql = "INSERT INTO attempt_reservations (id, counter_id, subject, leased_until) VALUES ($1, $2, $3, $4)";
            app.execute(sql, &[&id, &counter, &OMAR, &crashed]).await;
        }
        let db = &app.app().db;
        db.write("story.unlock", async |tx: &mut Tx| portico::lockout::clear_subject(tx, OMAR).await).await.unwrap();
        app.browser().try_password(OMAR, PASSWORD).await.is_the_portal_of("Omar Haddad");
    }

    async fn whoever_hangs_up_before_the_answer_is_not_locked_out(app: TestApp) {
        let page = app.browser().name(OMAR).await.fill("Password", PASSWORD);
        let reserved = "SELECT count(*) FROM attempt_reservations";
        for _ in 0..3 {
            let post = tokio::spawn(page.press_and_stay("Sign In"));
            while !post.is_finished() && app.count(reserved, &[]).await == 0 {
                tokio::task::yield_now().await;
            }
            post.abort();
        }
        page.press("Sign In").await.is_the_portal_of("Omar Haddad");
        // The session may be the first one's, while another is still being checked: each is settled to its end.
        while app.count(reserved, &[]).await > 0 {
            tokio::task::yield_now().await;
        }
        app.browser().try_password(OMAR, PASSWORD).await.is_the_portal_of("Omar Haddad");
    }

    async fn failures_in_a_row_are_remembered_over_quiet_days(app: TestApp) {
        app.browser().try_password(OMAR, WRONG).await.complains(WRONG_PASSWORD);
        app.pass(Duration::from_secs(100 * 24 * 3_600));
        portico::serve::forget_once(app.app()).await.unwrap();
        assert_eq!(app.count("SELECT total FROM attempt_counters", &[]).await, 1);
        app.pass(Duration::from_secs(100 * 24 * 3_600));
        portico::serve::forget_once(app.app()).await.unwrap();
        assert_eq!(app.count("SELECT count(*) FROM attempt_counters", &[]).await, 0);
    }

    async fn an_organization_may_allow_more_failures_and_the_typed_domain_says_so(app: TestApp) {
        app.execute("UPDATE organizations SET lock_failures = 5, lock_minutes = 10 WHERE id = 'riverside'", &[]).await;
        for typed in [OMAR, "nobody@riverside.example"] {
            let page = app.browser().name(typed).await;
            for _ in 0..4 {
                page.try_password(WRONG).await.complains(WRONG_PASSWORD);
            }
            let locked = page.try_password(WRONG).await;
            locked.complains(LOCKED);
            assert_eq!(locked.attributes(".problem time", "datetime"), ["2026-11-21T10:10:00Z"]);
        }
        app.mail_to(OMAR).await;
    }

    async fn an_address_with_too_many_failures_must_wait_and_recognized_browsers_need_not(app: TestApp) {
        let node = app.node_with(|parts| parts.limits.failures = 5).await;
        let ours = node.browser().at_address("198.51.100.7");
        ours.sign_in(OMAR).await.press("Sign out").await;
        let stranger = node.browser().at_address("198.51.100.7");
        for number in 0..5 {
            stranger.try_password(&format!("nobody-{number}"), WRONG).await.complains(WRONG_PASSWORD);
        }
        let page = stranger.name("nobody-else").await.try_password(WRONG).await;
        assert_eq!(page.status(), 429);
        assert!(page.header("retry-after").parse::<u64>().is_ok_and(|seconds| (1..=600).contains(&seconds)));
        page.is_headed("That was a little too fast");
        ours.sign_in(OMAR).await;
        let elsewhere = node.browser().at_address("198.51.100.8");
        elsewhere.try_password("nobody-else", WRONG).await.complains(WRONG_PASSWORD);
        app.pass_seconds(600);
        stranger.try_password("nobody-else", WRONG).await.complains(WRONG_PASSWORD);
    }

    async fn neighbours_in_one_ipv6_network_are_one_address(app: TestApp) {
        let node = app.node_with(|parts| parts.limits.failures = 2).await;
        for host in ["2001:db8:1:2::1", "2001:db8:1:2:ffff::2"] {
            let page = node.browser().at_address(host).try_password(&format!("nobody-{}", host.len()), WRONG).await;
            page.complains(WRONG_PASSWORD);
        }
        let third = node.browser().at_address("2001:db8:1:2::3").name("nobody-else").await;
        assert_eq!(third.try_password(WRONG).await.status(), 429);
        let other = node.browser().at_address("2001:db8:1:3::1");
        other.try_password("nobody-else", WRONG).await.complains(WRONG_PASSWORD);
    }
}
