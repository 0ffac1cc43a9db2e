//! Devices and sessions: seen by whoever is signed in, ended by whoever has just shown that it is them.

use std::time::{Duration, Instant};

use super::{HERE, OMAR, ended_because, is_in, living};
use crate::provider::logout::{Listener, deliver, listening, told};
use crate::stories;
use crate::support::PASSWORD;
use crate::support::steps::LOCKED;

const EDGE: &str = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0";
const AGAIN: &str = "Please show once more that it is you.";
const DANA: &str = "dana@riverside.example";

stories! {
    async fn everybody_sees_where_they_are_signed_in_since_when_and_how_long_it_lasts(app: TestApp) {
        app.browser().calling_itself(EDGE).at_address("198.51.100.9").sign_in(OMAR).await;
        app.browser().sign_in(DANA).await;
        app.pass_seconds(3_600);
        let list = app.browser().sign_in(OMAR).await.click("My account").await.click("Devices and Sessions").await;
        assert_eq!(list.is_headed("Devices and Sessions").path(), HERE);
        let lines = list.texts_of(".people li");
        assert_eq!(lines.len(), 2, "{lines:?}");
        assert!(lines[0].starts_with("Firefox, Linux This browser"), "{lines:?}");
        assert!(lines[1].starts_with("Edge, Windows from 198.51.100.9 Signed in:"), "{lines:?}");
        list.shows("It ends when you have not used it for 12 hours, and 7 days after you have signed in at the latest.");
        list.lacks("Known Browsers").lacks("once more before");
    }

    async fn a_session_ended_from_elsewhere_is_out_on_the_other_node_at_once_and_comes_back_to_where_it_was(app: TestApp) {
        let other = app.second_node().await;
        let mut listener = Listener::start(&[200]).await;
        let bed = listening(&app, "bed-board", &listener).await;
        let left_open = other.browser().calling_itself(EDGE);
        left_open.sign_in(OMAR).await;
        let tokens = bed.tokens(&left_open).await;
        let list = app.browser().sign_in(OMAR).await.browser().get(HERE).await;
        let list = list.press("End Session").await;
        let ended = Instant::now();
        let sign_in = left_open.get("/account").await;
        assert!(ended.elapsed() < Duration::from_secs(1));
        sign_in.is_the_first_page();
        list.shows("That session has ended").shows("You are signed in nowhere else.");
        assert_eq!((living(&app, OMAR).await, ended_because(&app, "owner").await), (1, 1));
        bed.on(&other).userinfo(&tokens.text("access_token")).await.is_refused("invalid_token");
        deliver(&app).await;
        assert_eq!(told(&app, &bed, &listener.token().expect("it is told")).await["sub"], OMAR);
        let back = sign_in.fill("Email or username", OMAR).press("Next").await.try_password(PASSWORD).await;
        assert_eq!(back.is_headed("My account").path(), "/account");
    }

    async fn all_others_are_ended_with_one_press(app: TestApp) {
        let others = [app.browser(), app.browser(), app.browser()];
        for other in &others {
            other.sign_in(OMAR).await;
        }
        app.browser().sign_in(DANA).await;
        let list = app.browser().sign_in(OMAR).await.browser().get(HERE).await;
        let list = list.press("End All Other Sessions").await;
        list.shows("All other sessions have ended").shows("You are signed in nowhere else.");
        for other in &others {
            assert!(!is_in(other).await);
        }
        assert!(is_in(list.browser()).await);
        assert_eq!((living(&app, OMAR).await, living(&app, DANA).await), (1, 1));
    }

    async fn seeing_them_takes_a_session_and_ending_one_a_proof_of_this_moment(app: TestApp) {
        let other = app.browser();
        other.sign_in(OMAR).await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        app.pass_seconds(300);
        let list = browser.get(HERE).await;
        list.is_headed("Devices and Sessions").shows("once more before anything is ended");
        let (_, fields) = list.form_of("End Session");
        let session = fields[1].1.as_str();
        for (path, field) in [("end", "session"), ("end-others", "none"), ("forget", "browser")] {
            browser.post(&format!("{HERE}/{path}"), &[(field, session)]).await.is_the_first_page().shows(AGAIN);
        }
        assert!(is_in(&other).await);
        let again = browser.post(&format!("{HERE}/end-others"), &[]).await;
        assert_eq!(again.value_of("Email or username"), OMAR);
        let list = again.press("Next").await.try_password(PASSWORD).await;
        assert_eq!(list.is_headed("Devices and Sessions").path(), HERE);
        list.press("End Session").await.shows("That session has ended");
        assert!(!is_in(&other).await && is_in(&browser).await);
    }

    async fn nobody_ends_somebody_elses_session_nor_this_browsers_by_its_number(app: TestApp) {
        let dana = app.browser();
        let (_, hers) = dana.sign_in(DANA).await.browser().get(HERE).await.clone().form_of("Sign out");
        assert!(hers.is_empty());
        app.browser().sign_in(DANA).await;
        let (_, fields) = dana.get(HERE).await.form_of("End Session");
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        let page = browser.post_own(&format!("{HERE}/end"), &[("session", &fields[1].1)]).await;
        page.is_headed("Devices and Sessions").lacks("That session has ended");
        let own = app.browser();
        own.sign_in(OMAR).await;
        let (_, fields) = browser.get(HERE).await.form_of("End Session");
        own.post_own(&format!("{HERE}/end"), &[("session", &fields[1].1)]).await.lacks("That session has ended");
        assert!(is_in(&own).await);
        assert_eq!((living(&app, DANA).await, living(&app, OMAR).await), (2, 2));
        for odd in ["", "nobody", "../..", "\u{0}"] {
            browser.post_own(&format!("{HERE}/end"), &[("session", odd)]).await.lacks("That session has ended");
        }
    }

    async fn a_browser_whose_session_was_ended_forgets_pages_and_stays_known(app: TestApp) {
        let left_open = app.browser();
        left_open.sign_in(OMAR).await;
        let list = app.browser().sign_in(OMAR).await.browser().get(HERE).await;
        list.press("End Session").await;
        let first = left_open.send(axum::http::Method::GET, "/account", &axum::http::HeaderMap::new(), "").await;
        assert_eq!(first.header("clear-site-data"), "\"cache\", \"storage\"");
        let stranger = app.browser().send(axum::http::Method::GET, "/account", &axum::http::HeaderMap::new(), "").await;
        assert_eq!(stranger.header("clear-site-data"), "");
        app.lock(OMAR).await;
        app.mail_to(OMAR).await;
        left_open.try_password(OMAR, PASSWORD).await.is_the_portal_of("Omar Haddad");
    }

    async fn a_known_browser_is_shown_when_it_has_no_session_and_can_be_forgotten(app: TestApp) {
        let known = app.browser().calling_itself(EDGE).at_address("198.51.100.9");
        known.sign_in(OMAR).await.press("Sign out").await;
        app.pass_seconds(60);
        let list = app.browser().sign_in(OMAR).await.browser().get(HERE).await;
        list.shows("Known Browsers").shows("Edge, Windows").shows("198.51.100.9");
        let list = list.press("Forget").await;
        list.shows("That browser is forgotten").lacks("Known Browsers").lacks("Edge, Windows");
        assert_eq!(app.events("device.removed").await, 1);
        app.told_of_new_browsers(OMAR).await;
        app.lock(OMAR).await;
        app.mail_to(OMAR).await;
        known.try_password(OMAR, PASSWORD).await.complains(LOCKED);
        app.pass_seconds(1_800);
        known.try_password(OMAR, PASSWORD).await.is_the_portal_of("Omar Haddad");
        assert_eq!(app.told_of_new_browsers(OMAR).await.len(), 1, "it is a new one again");
    }

    async fn a_browser_whose_session_ran_out_is_shown_as_known_and_this_one_cannot_be_forgotten(app: TestApp) {
        app.browser().calling_itself(EDGE).sign_in(OMAR).await;
        app.pass_seconds(12 * 3_600);
        let browser = app.browser();
        let list = browser.sign_in(OMAR).await.browser().get(HERE).await;
        list.shows("Known Browsers").shows("Edge, Windows");
        list.press("Forget").await.shows("That browser is forgotten");
        let sql = "UPDATE devices SET id = 'here' WHERE revoked_at IS NULL";
        assert_eq!(app.execute(sql, &[]).await, 1);
        browser.post_own(&format!("{HERE}/forget"), &[("browser", "here")]).await.lacks("is forgotten");
        assert_eq!(app.events("device.removed").await, 1);
    }

    async fn a_browser_that_was_known_before_such_things_were_kept_has_no_name(app: TestApp) {
        app.browser().sign_in(OMAR).await.press("Sign out").await;
        app.execute("UPDATE devices SET user_agent = NULL, address = NULL, used_at = NULL, session_id = NULL", &[]).await;
        let list = app.browser().sign_in(OMAR).await.browser().get(HERE).await;
        assert!(list.texts_of("section .people li")[0].starts_with("A browser Last used:"));
    }

    async fn a_browser_stands_in_the_list_once_however_often_its_window_was_closed(app: TestApp) {
        let browser = app.browser();
        for _ in 0..4 {
            browser.sign_in(OMAR).await;
            browser.close();
        }
        let list = browser.sign_in(OMAR).await.browser().get(HERE).await;
        assert_eq!(list.texts_of(".people li").len(), 1);
        assert_eq!(living(&app, OMAR).await, 1);
    }

    async fn whoever_is_not_signed_in_signs_in_and_is_there(app: TestApp) {
        let browser = app.browser();
        let page = browser.get(HERE).await.fill("Email or username", OMAR).press("Next").await;
        page.try_password(PASSWORD).await.is_headed("Devices and Sessions");
    }

    async fn signing_out_at_a_product_reaches_the_others_though_the_session_ran_out_here(app: TestApp) {
        let mut listener = Listener::start(&[200]).await;
        let desk = listening(&app, "incident-desk", &listener).await;
        let bed = listening(&app, "bed-board", &listener).await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        desk.tokens(&browser).await;
        let hint = bed.tokens(&browser).await.text("id_token");
        app.pass_seconds(12 * 3_600);
        assert!(!is_in(&browser).await);
        // Without a token that names it nobody ends it: a link could come from anywhere.
        browser.get("/oauth2/logout").await.is_headed("You are signed out");
        assert_eq!(living(&app, OMAR).await, 1);
        browser.get(&format!("/oauth2/logout?id_token_hint={hint}")).await.is_headed("You are signed out");
        assert_eq!(living(&app, OMAR).await, 0);
        deliver(&app).await;
        assert!(listener.token().is_some() && listener.token().is_some(), "both are told");
    }

    async fn disabling_an_account_ends_its_sessions_on_both_nodes_at_once(app: TestApp) {
        let other = app.second_node().await;
        let browsers = [app.browser(), other.browser()];
        for browser in &browsers {
            browser.sign_in(OMAR).await;
        }
        app.switch(OMAR, false).await;
        let disabled = Instant::now();
        for browser in &browsers {
            browser.on(&other).get(HERE).await.is_the_first_page();
            browser.on(&app).get(HERE).await.is_the_first_page();
        }
        assert!(disabled.elapsed() < Duration::from_secs(1));
    }
}
