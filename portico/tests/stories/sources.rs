//! Many names from one address: slowed and flagged, and nobody is locked out by it.

use std::time::Duration;

use portico::doctor::{self, Verdict};
use portico::people::Identifier;

use crate::stories;
use crate::support::steps::{NEW_PASSWORD, WRONG, WRONG_PASSWORD};
use crate::support::stranger::{assert_alike, seen};
use crate::support::{Browser, PASSWORD, Page, TestApp, all_at_once};

const OMAR: &str = "omar@riverside.example";
const ROOT: &str = "root@portico.example";
const HERE: &str = "198.51.100.7";
const MINUTE: u64 = 60;

/// A node that slows an address after four different names, and again after each one more.
async fn strict(app: &TestApp) -> TestApp {
    app.node_with(|parts| parts.limits.names = 4).await
}

/// One wrong password for each of these names, from one address.
async fn spray(node: &TestApp, names: impl IntoIterator<Item = usize>) -> Browser {
    let stranger = node.browser().at_address(HERE);
    for number in names {
        stranger.try_password(&format!("nobody-{number}"), WRONG).await.complains(WRONG_PASSWORD);
    }
    stranger
}

/// Four names from each of these addresses, as many as slow one.
async fn spray_from(node: &TestApp, addresses: std::ops::RangeInclusive<u8>) {
    for address in addresses {
        let stranger = node.browser().at_address(&format!("192.0.2.{address}"));
        for number in 0..4 {
            stranger.try_password(&format!("nobody-{address}-{number}"), WRONG).await;
        }
    }
}

#[track_caller]
fn refused(page: &Page) -> u64 {
    assert_eq!(page.status(), 429, "{}", page.text());
    page.is_headed("Please wait a little");
    page.header("retry-after").parse().unwrap()
}

async fn flagged(app: &TestApp) -> i64 {
    app.events("address.slowed").await
}

stories! {
    async fn many_names_from_one_address_are_slowed_and_flagged(app: TestApp) {
        let node = strict(&app).await;
        let stranger = spray(&node, 0..4).await;
        let page = stranger.try_password("nobody-4", WRONG).await;
        assert_eq!(refused(&page), MINUTE);
        page.shows("1 min").shows("a browser in which you have signed in before").shows("a passkey").shows("Forgot Password?");
        assert_eq!(app.events("password.refused").await, 4, "what is held up is not looked at");
        assert_eq!(flagged(&app).await, 1);
        let sql = "SELECT count(*) FROM audit WHERE event = 'address.slowed' AND source = $1";
        assert_eq!(app.count(sql, &[&HERE]).await, 1);
        let told = app.mail_to(ROOT).await;
        assert_eq!(told.subject, "Sign-in failed for many names from 198.51.100.7");
        told.shows("4 different names").shows("portico address release 198.51.100.7");
        let elsewhere = node.browser().at_address("198.51.100.8");
        elsewhere.try_password("nobody-4", WRONG).await.complains(WRONG_PASSWORD);
    }

    async fn one_name_tried_often_is_no_crowd(app: TestApp) {
        let node = strict(&app).await;
        for _ in 0..3 {
            for name in ["nobody-1", " NOBODY-1", "ｎobody-1"] {
                node.browser().at_address(HERE).try_password(name, WRONG).await;
            }
        }
        assert_eq!(app.count("SELECT count(*) FROM rate_members", &[]).await, 1);
        assert_eq!(flagged(&app).await, 0);
    }

    async fn clock_each_pause_is_longer_and_a_new_window_begins_anew(app: TestApp) {
        let node = strict(&app).await;
        let stranger = spray(&node, 0..4).await;
        for (number, pause) in [(4, 60), (5, 120), (6, 240), (7, 480), (8, 900), (9, 900)] {
            assert_eq!(refused(&stranger.try_password("nobody-else", WRONG).await), pause);
            // Trying on makes it no longer.
            app.pass_seconds(pause - 1);
            assert_eq!(refused(&stranger.try_password("nobody-else", WRONG).await), 1);
            app.pass_seconds(1);
            stranger.try_password(&format!("nobody-{number}"), WRONG).await.complains(WRONG_PASSWORD);
        }
        assert_eq!(flagged(&app).await, 1, "once in a window");
        app.pass_seconds(3_600);
        spray(&node, 10..13).await;
        assert_eq!(flagged(&app).await, 1);
        spray(&node, 13..14).await;
        assert_eq!(flagged(&app).await, 2);
        app.mail_to(ROOT).await;
    }

    async fn a_success_in_between_takes_nothing_back(app: TestApp) {
        let node = strict(&app).await;
        let attacker = spray(&node, 0..3).await;
        attacker.sign_in("dana@riverside.example").await.press("Sign out").await;
        spray(&node, 3..4).await;
        refused(&node.browser().at_address(HERE).try_password("nobody-4", WRONG).await);
        app.mail_to(ROOT).await;
    }

    async fn a_known_browser_gets_in_from_a_slowed_address(app: TestApp) {
        let node = strict(&app).await;
        let known = node.browser().at_address(HERE);
        known.sign_in(OMAR).await.press("Sign out").await;
        spray(&node, 0..4).await;
        refused(&node.browser().at_address(HERE).try_password(OMAR, PASSWORD).await);
        known.try_password(OMAR, WRONG).await.complains(WRONG_PASSWORD);
        known.try_password(OMAR, PASSWORD).await.is_the_portal_of("Omar Haddad");
        app.mail_to(ROOT).await;
    }

    async fn mistakes_in_known_browsers_slow_no_address(app: TestApp) {
        let node = strict(&app).await;
        for name in [OMAR, "dana@riverside.example", "lucia@riverside.example", "mia@riverside.example", "nora@riverside.example"] {
            let ward = node.browser().at_address(HERE);
            ward.sign_in(name).await.press("Sign out").await;
            ward.try_password(name, WRONG).await.complains(WRONG_PASSWORD);
        }
        node.browser().at_address(HERE).try_password("nobody", WRONG).await.complains(WRONG_PASSWORD);
        assert_eq!(flagged(&app).await, 0);
    }

    async fn a_finished_reset_opens_a_slowed_address_for_its_owner(app: TestApp) {
        let node = strict(&app).await;
        spray(&node, 0..4).await;
        app.mail_to(ROOT).await;
        let owner = node.browser().at_address(HERE);
        owner.ask_for_reset(OMAR).await;
        let link = app.mail_to(OMAR).await.link("Reset Password");
        owner.get(&link).await.choose_password(NEW_PASSWORD).await;
        app.mail_to(OMAR).await.shows("was changed");
        owner.try_password(OMAR, NEW_PASSWORD).await.is_the_portal_of("Omar Haddad");
    }

    async fn the_networks_of_an_organization_are_not_counted_by_address(app: TestApp) {
        let node = app
            .node_with(|parts| {
                parts.limits.names = 4;
                parts.limits.failures = 6;
                parts.known_networks = vec!["198.51.100.0/24".parse().unwrap()];
            })
            .await;
        spray(&node, 0..12).await;
        assert_eq!(flagged(&app).await, 0);
        let elsewhere = node.browser().at_address("203.0.113.9");
        for number in 0..4 {
            elsewhere.try_password(&format!("somebody-{number}"), WRONG).await.complains(WRONG_PASSWORD);
        }
        refused(&elsewhere.try_password("somebody-else", WRONG).await);
        app.mail_to(ROOT).await;
    }

    async fn one_ipv6_network_is_one_address(app: TestApp) {
        let node = strict(&app).await;
        for host in 1..=4 {
            let stranger = node.browser().at_address(&format!("2001:db8:1:2::{host}"));
            stranger.try_password(&format!("nobody-{host}"), WRONG).await.complains(WRONG_PASSWORD);
        }
        refused(&node.browser().at_address("2001:db8:1:2:ffff::9").try_password("nobody-5", WRONG).await);
        let other = node.browser().at_address("2001:db8:1:3::1");
        other.try_password("nobody-5", WRONG).await.complains(WRONG_PASSWORD);
        app.mail_to(ROOT).await.shows("2001:db8:1:2::/64");
    }

    async fn answers_to_questions_of_many_names_count_with_passwords(app: TestApp) {
        let node = strict(&app).await;
        spray(&node, 0..2).await;
        let stranger = node.browser().at_address(HERE);
        for name in ["omax@riverside.example", OMAR] {
            stranger.ask_for_questions(name).await.answer(["red", "max", "rome"]).await;
        }
        refused(&stranger.try_password("nobody-2", WRONG).await);
        let asked = stranger.ask_for_questions("lucia@riverside.example").await;
        refused(&asked.answer(["red", "max", "rome"]).await);
        app.mail_to(ROOT).await;
    }

    async fn an_operator_lets_an_address_go(app: TestApp) {
        let node = strict(&app).await;
        let stranger = spray(&node, 0..4).await;
        refused(&stranger.try_password("nobody-4", WRONG).await);
        let release = async |tx: &mut store::Tx| {
            portico::sources::release(tx, node.app(), HERE.parse().unwrap()).await
        };
        assert!(node.app().db.write("story.release", release).await.unwrap());
        assert!(!node.app().db.write("story.release", release).await.unwrap(), "there is nothing left to let go");
        spray(&node, 4..7).await;
        assert_eq!((flagged(&app).await, app.events("address.released").await), (1, 1));
        app.mail_to(ROOT).await;
    }

    async fn the_doctor_tells_of_addresses_that_wait_and_of_none_that_waited(app: TestApp) {
        let node = strict(&app).await;
        spray(&node, 0..4).await;
        app.mail_to(ROOT).await;
        let examine = async |typed: &str| {
            let report = doctor::examine(app.app(), &Identifier::parse(typed).unwrap()).await.unwrap();
            let told = report.steps.into_iter().filter(|step| step.name == "address").map(|step| step.evidence);
            (report.verdict, told.collect::<Vec<_>>(), report.acts)
        };
        for (typed, verdict) in [(OMAR, Verdict::Can), ("nobody@riverside.example", Verdict::Unknown)] {
            let (found, told, acts) = examine(typed).await;
            assert_eq!((found, told.len()), (verdict, 1), "{typed}");
            assert!(told[0].starts_with("198.51.100.7 is slowed until ") && told[0].contains("for 4 names"), "{told:?}");
            assert!(acts.contains(&"portico address release 198.51.100.7".to_owned()), "{acts:?}");
        }
        app.pass_seconds(MINUTE);
        assert!(examine(OMAR).await.1.is_empty());
    }

    async fn the_doctor_names_a_few_addresses_and_counts_the_others(app: TestApp) {
        let node = strict(&app).await;
        spray_from(&node, 1..=5).await;
        let report = doctor::examine(app.app(), &Identifier::parse(OMAR).unwrap()).await.unwrap();
        let told: Vec<_> = report.steps.iter().filter(|step| step.name == "address").collect();
        assert_eq!((told.len(), told[3].evidence.as_str()), (4, "Slowed as well: 2 more."));
        assert!(report.acts.contains(&"portico address list".to_owned()), "{:?}", report.acts);
        app.mails_to(ROOT).await;
    }

    async fn operators_are_mailed_of_five_addresses_a_day(app: TestApp) {
        let node = strict(&app).await;
        spray_from(&node, 1..=7).await;
        assert_eq!(flagged(&app).await, 7);
        assert_eq!(app.mails_to(ROOT).await.len(), 5);
        app.pass(Duration::from_secs(24 * 3_600));
        spray(&node, 0..4).await;
        assert_eq!(app.mails_to(ROOT).await.len(), 1);
    }

    async fn race_of_many_names_on_two_nodes_flags_an_address_once(app: TestApp) {
        let (one, other) = (strict(&app).await, strict(&app).await);
        let mut pages = Vec::new();
        for number in 0..24 {
            let node = if number % 2 == 0 { &one } else { &other };
            pages.push(node.browser().at_address(HERE).name(&format!("nobody-{}", number / 2)).await);
        }
        let answers: Vec<Page> = all_at_once(pages.iter().map(|page| page.clone().fill("Password", WRONG).press("Sign In"))).await;
        assert!(answers.iter().any(|page| page.status() == 200), "some are looked at");
        assert_eq!(flagged(&app).await, 1);
        let counted = app.count("SELECT count(*) FROM rate_members", &[]).await;
        let sql = "SELECT count(*) FROM rate_counters WHERE id LIKE 'names/%' AND count = $1";
        assert_eq!(app.count(sql, &[&counted]).await, 1, "as many as there are different names");
        assert!((4..=12).contains(&counted), "{counted}");
        refused(&one.browser().at_address(HERE).try_password("nobody-else", WRONG).await);
        refused(&other.browser().at_address(HERE).try_password("nobody-else", WRONG).await);
        app.mail_to(ROOT).await;
    }

    async fn stranger_cannot_tell_who_is_known_by_when_an_address_is_slowed(app: TestApp) {
        // Two names of one account, a known and an unknown one, and two unknown ones.
        let walks = [
            ["anna@riverside.example", "anna-riverside", OMAR, "dana@riverside.example"],
            ["anna@riverside.example", "anni-riverside", OMAR, "danx@riverside.example"],
            ["anni@riverside.example", "anni-riverside", "omax@riverside.example", "danx@riverside.example"],
        ];
        let node = strict(&app).await;
        let mut shown = Vec::new();
        for (number, names) in walks.into_iter().enumerate() {
            let stranger = node.browser().at_address(&format!("192.0.2.{}", number + 1));
            for name in names {
                stranger.try_password(name, WRONG).await.complains(WRONG_PASSWORD);
            }
            for name in [OMAR, "omax@riverside.example"] {
                let page = stranger.try_password(name, WRONG).await;
                assert_eq!(refused(&page), MINUTE);
                let reference = page.texts_of("code").concat();
                let mut looked = seen(&page, name);
                looked.body = looked.body.replace(&reference, "REFERENCE");
                shown.push(looked);
            }
            app.pass_seconds(1_800);
        }
        for pair in shown.windows(2) {
            assert_alike(&pair[..1], &pair[1..]);
        }
        assert_eq!(app.mails_to(ROOT).await.len(), 3);
    }

    async fn names_that_were_counted_are_forgotten_after_a_day(app: TestApp) {
        let node = strict(&app).await;
        spray(&node, 0..4).await;
        app.mail_to(ROOT).await;
        app.pass(Duration::from_secs(26 * 3_600));
        portico::serve::forget_once(node.app()).await.unwrap();
        assert_eq!(app.count("SELECT count(*) FROM rate_members", &[]).await, 0);
        assert_eq!(app.count("SELECT count(*) FROM slowed_addresses", &[]).await, 1, "operators look within a week");
        app.pass(Duration::from_secs(7 * 24 * 3_600));
        portico::serve::forget_once(node.app()).await.unwrap();
        assert_eq!(app.count("SELECT count(*) FROM slowed_addresses", &[]).await, 0);
    }
}
