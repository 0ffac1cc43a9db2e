//! Sign-ins that are not as always are told: another network, another browser, after failures.

use std::time::Duration;

use crate::stories;
use crate::support::steps::{LOCKED, NEW_PASSWORD, WRONG};
use crate::support::{Browser, Mail, PASSWORD, Page, TestApp, all_at_once};

const OMAR: &str = "omar@riverside.example";
const HOME: &str = "198.51.100.7";
const WORK: &str = "192.0.2.9";
const BUTTON: &str = "It wasn’t me";
const NETWORK: &str = "A sign-in to your account from a new network";
const FAILURES: &str = "A sign-in to your account after failed attempts";
const DAY: u64 = 24 * 3_600;
const HALF_AN_HOUR: u64 = 1_800;

/// Signs in there and out again.
async fn comes_in(browser: &Browser, address: &str) {
    browser.clone().at_address(address).sign_in(OMAR).await.press("Sign out").await;
}

/// What the owner was told of meanwhile.
async fn told(app: &TestApp) -> Vec<Mail> {
    app.told_of_sign_ins(OMAR).await
}

async fn networks(app: &TestApp) -> i64 {
    app.count("SELECT count(*) FROM account_networks", &[]).await
}

/// What is written down of networks when somebody comes in: rows that are new, and seen anew.
async fn newest(app: &TestApp) -> i64 {
    app.count("SELECT max(seen_at) FROM account_networks", &[]).await
}

stories! {
    async fn a_known_browser_on_a_new_network_is_told_with_when_where_and_which(app: TestApp) {
        let phone = app.browser();
        comes_in(&phone, HOME).await;
        assert!(told(&app).await.is_empty(), "whoever has just come need not be told");
        comes_in(&phone, WORK).await;
        let mail = told(&app).await.remove(0);
        assert_eq!(mail.subject, NETWORK);
        mail.shows("omar@riverside.example").shows(WORK).shows("Firefox, Linux").shows("04:00").shows("7 days").link(BUTTON);
        for address in [HOME, WORK] {
            comes_in(&phone, address).await;
        }
        assert!(told(&app).await.is_empty(), "both are known by now");
        let sql = "SELECT count(*) FROM audit WHERE event = 'session.started' AND details LIKE '%new_network%'";
        assert_eq!(app.count(sql, &[]).await, 1);
    }

    async fn a_new_browser_on_a_new_network_is_one_mail(app: TestApp) {
        comes_in(&app.browser(), HOME).await;
        comes_in(&app.browser(), WORK).await;
        let mails = told(&app).await;
        assert_eq!(mails.len(), 1);
        mails[0].shows("in a browser that we have not seen you use, and from a network that you have not used before");
        comes_in(&app.browser(), WORK).await;
        let mails = told(&app).await;
        assert_eq!(mails.len(), 1);
        mails[0].shows("in a browser that we have not seen you use.").lacks("network");
    }

    async fn neighbours_are_one_network_and_no_two_accounts_share_one(app: TestApp) {
        let phone = app.browser();
        for address in ["198.51.100.7", "198.51.100.200"] {
            comes_in(&phone, address).await;
        }
        assert_eq!(networks(&app).await, 1);
        for address in ["2001:db8:1:2::3", "2001:db8:1:ffff::4"] {
            comes_in(&phone, address).await;
        }
        assert_eq!((networks(&app).await, told(&app).await.len()), (2, 1));
        app.browser().at_address(HOME).sign_in("dana@riverside.example").await;
        assert_eq!(app.count("SELECT count(DISTINCT network) FROM account_networks", &[]).await, 3);
        let sql = "SELECT count(*) FROM account_networks WHERE length(network) = 32";
        assert_eq!(app.count(sql, &[]).await, 3, "a keyed hash, and no address");
    }

    async fn a_network_that_was_seen_today_is_not_written_again(app: TestApp) {
        let phone = app.browser();
        comes_in(&phone, HOME).await;
        let first = newest(&app).await;
        app.pass_seconds(DAY - 1);
        comes_in(&phone, HOME).await;
        assert_eq!(newest(&app).await, first);
        app.pass_seconds(1);
        comes_in(&phone, HOME).await;
        assert!(newest(&app).await > first);
    }

    async fn a_phone_that_moves_all_day_is_told_twice_a_day(app: TestApp) {
        let phone = app.browser();
        for network in 1..=9 {
            comes_in(&phone, &format!("10.0.{network}.1")).await;
        }
        assert_eq!(told(&app).await.len(), 2);
        // A browser that is new is another matter, and has its own measure.
        for network in 11..=19 {
            comes_in(&app.browser(), &format!("10.0.{network}.1")).await;
        }
        assert_eq!(told(&app).await.len(), 3);
        app.pass_seconds(DAY);
        comes_in(&phone, "10.0.21.1").await;
        assert_eq!(told(&app).await.len(), 1);
    }

    async fn an_organization_on_the_move_is_not_told_of_networks(app: TestApp) {
        app.execute("UPDATE organizations SET network_notices = 'off' WHERE id = 'riverside'", &[]).await;
        let phone = app.browser();
        comes_in(&phone, HOME).await;
        comes_in(&phone, WORK).await;
        assert!(told(&app).await.is_empty());
        comes_in(&app.browser(), "203.0.113.9").await;
        told(&app).await.remove(0).shows("in a browser that we have not seen you use.").lacks("network");
    }

    async fn a_network_is_known_for_half_a_year_and_the_last_hundred_are_kept(app: TestApp) {
        let phone = app.browser();
        comes_in(&phone, HOME).await;
        comes_in(&phone, WORK).await;
        app.pass_seconds(179 * DAY);
        comes_in(&phone, HOME).await;
        app.pass_seconds(2 * DAY);
        portico::serve::forget_once(app.app()).await.unwrap();
        assert_eq!(networks(&app).await, 1);
        told(&app).await;
        comes_in(&phone, WORK).await;
        assert_eq!(told(&app).await.len(), 1, "that was long ago");
        for network in 0..120 {
            comes_in(&phone, &format!("10.0.{network}.1")).await;
            app.pass_seconds(60);
        }
        assert_eq!(networks(&app).await, 100);
        assert_eq!(told(&app).await.len(), 1, "two a day");
    }

    async fn networks_are_forgotten_with_the_browsers(app: TestApp) {
        let phone = app.browser();
        comes_in(&phone, HOME).await;
        comes_in(&phone, WORK).await;
        let notice = told(&app).await.remove(0);
        app.browser().get(&notice.link(BUTTON)).await.press(BUTTON).await.is_headed("Check your mail");
        assert_eq!(networks(&app).await, 0);
        let link = app.mail_to(OMAR).await.link("Reset Password");
        let owner = app.browser().at_address(HOME);
        owner.get(&link).await.choose_password(NEW_PASSWORD).await;
        app.mail_to(OMAR).await.shows("was changed");
        assert_eq!(networks(&app).await, 1, "where the reset was finished");
        // The thief's browser is new again, and so is its network.
        let page = phone.at_address(WORK).try_password(OMAR, NEW_PASSWORD).await;
        page.press("Cancel").await.is_the_portal_of("Omar Haddad");
        told(&app).await.remove(0).shows("and from a network");
    }

    async fn a_sign_in_after_three_failures_is_told_once(app: TestApp) {
        let known = app.browser();
        known.sign_in(OMAR).await.press("Sign out").await;
        app.lock(OMAR).await;
        app.mail_to(OMAR).await.shows("locked");
        known.sign_in(OMAR).await.press("Sign out").await;
        let mail = told(&app).await.remove(0);
        assert_eq!(mail.subject, FAILURES);
        mail.shows("3 attempts had failed").link(BUTTON);
        known.sign_in(OMAR).await.press("Sign out").await;
        assert!(told(&app).await.is_empty(), "these were told");
        // Two more are few, and the three before are not told again.
        app.pass_seconds(HALF_AN_HOUR);
        for _ in 0..2 {
            app.browser().try_password(OMAR, WRONG).await;
        }
        known.sign_in(OMAR).await;
        assert!(told(&app).await.is_empty());
    }

    async fn whoever_guesses_right_after_all_is_told_of_with_all_that_failed_before(app: TestApp) {
        app.browser().sign_in(OMAR).await;
        let thief = app.browser();
        for _ in 0..2 {
            for _ in 0..3 {
                thief.try_password(OMAR, WRONG).await;
            }
            app.pass_seconds(HALF_AN_HOUR);
        }
        app.mail_to(OMAR).await.shows("locked");
        thief.try_password(OMAR, WRONG).await;
        thief.sign_in(OMAR).await;
        let mail = told(&app).await.remove(0);
        mail.shows("in a browser that we have not seen you use").shows("7 attempts had failed");
        assert_eq!(app.count("SELECT count(*) FROM attempt_counters", &[]).await, 0, "nothing is left to tell");
    }

    async fn failures_before_a_code_are_told_when_it_is_right(app: TestApp) {
        let kim = "kim@northwind.example";
        let known = app.browser();
        known.sign_in_with_code(kim).await.press("Sign out").await;
        app.pass_seconds(30);
        for _ in 0..2 {
            known.try_password(kim, WRONG).await;
        }
        let page = known.try_password(kim, PASSWORD).await;
        let page = page.enter_code("000000").await;
        page.enter_code(&crate::support::code_now(&app)).await.is_the_portal_of("Kim Nakamura");
        app.told_of_sign_ins(kim).await.remove(0).shows("3 attempts had failed");
    }

    async fn a_reset_begins_anew_and_a_mistake_or_two_is_nothing(app: TestApp) {
        let known = app.browser();
        known.sign_in(OMAR).await.press("Sign out").await;
        for _ in 0..2 {
            known.try_password(OMAR, WRONG).await;
        }
        known.sign_in(OMAR).await.press("Sign out").await;
        assert!(told(&app).await.is_empty());
        app.lock(OMAR).await.complains(LOCKED);
        app.mail_to(OMAR).await;
        let owner = app.reset_password(OMAR, NEW_PASSWORD).await;
        owner.try_password(OMAR, NEW_PASSWORD).await.is_the_portal_of("Omar Haddad");
        assert!(told(&app).await.is_empty());
    }

    async fn race_of_twenty_sign_ins_from_a_new_network_tells_once(app: TestApp) {
        let known = app.browser();
        comes_in(&known, HOME).await;
        let other = app.second_node().await;
        let mut pages = Vec::new();
        for number in 0..20 {
            let node = if number % 2 == 0 { &app } else { &other };
            pages.push(known.clone().on(node).at_address(WORK).name(OMAR).await);
        }
        let presses = pages.iter().map(|page| page.clone().fill("Password", PASSWORD).press("Sign In"));
        let answers: Vec<Page> = all_at_once(presses).await;
        assert!(answers.iter().all(|page| page.status() == 200));
        assert_eq!((told(&app).await.len(), networks(&app).await), (1, 2));
    }

    async fn the_button_of_such_a_notice_ends_the_sessions(app: TestApp) {
        let thief = app.browser();
        comes_in(&thief, HOME).await;
        let inside = thief.clone().at_address(WORK);
        inside.sign_in(OMAR).await;
        let link = told(&app).await.remove(0).link(BUTTON);
        app.pass(Duration::from_secs(6 * DAY));
        app.browser().get(&link).await.press(BUTTON).await.is_headed("Check your mail");
        app.mail_to(OMAR).await.link("Reset Password");
        inside.get("/").await.is_the_first_page();
    }
}
