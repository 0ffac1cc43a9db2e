//! The limits of an organization hold at every request, for sessions that have begun, too, and for what products were given in them.

use std::time::Duration;

use super::{OMAR, living};
use crate::provider::logout::{Listener, deliver, listening, notices};
use crate::stories;
use crate::support::TestApp;
use crate::support::product::{self, Product};

const MICRO: Duration = Duration::from_micros(1);
const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(3_600);

async fn limits(app: &TestApp, idle_minutes: Option<i64>, hours: Option<i64>) {
    let sql = "UPDATE organizations SET session_idle_minutes = $1, session_hours = $2 WHERE id = 'riverside'";
    app.execute(sql, &[&idle_minutes, &hours]).await;
}

stories! {
    async fn clock_an_idle_limit_that_is_made_shorter_ends_what_lies_unused_on_every_node(app: TestApp) {
        let other = app.second_node().await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        app.pass(31 * MINUTE);
        browser.on(&other).get("/").await.is_the_portal_of("Omar Haddad");
        app.pass(30 * MINUTE);
        limits(&app, Some(30), None).await;
        browser.on(&other).get("/").await.is_the_first_page();
        browser.get("/").await.is_the_first_page();
        app.browser().sign_in(OMAR).await.browser().get("/account/sessions").await.shows("You are signed in nowhere else.");
    }

    async fn clock_an_idle_limit_holds_to_the_microsecond_and_use_begins_it_anew(app: TestApp) {
        limits(&app, Some(5), None).await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        for _ in 0..4 {
            app.pass(5 * MINUTE - MICRO);
            browser.get("/").await.is_the_portal_of("Omar Haddad");
        }
        app.pass(5 * MINUTE);
        browser.get("/").await.is_the_first_page();
    }

    async fn clock_use_is_written_down_once_a_minute_and_so_much_too_early_a_session_ends(app: TestApp) {
        limits(&app, Some(5), None).await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        let seen = "SELECT seen_at FROM sessions";
        let began = app.count(seen, &[]).await;
        app.pass(MINUTE - MICRO);
        browser.get("/").await.is_the_portal_of("Omar Haddad");
        assert_eq!(app.count(seen, &[]).await, began, "one write a minute");
        app.pass(4 * MINUTE + MICRO);
        browser.get("/").await.is_the_first_page();
    }

    async fn clock_an_age_limit_that_is_made_shorter_ends_what_is_too_old(app: TestApp) {
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        app.pass(2 * HOUR);
        limits(&app, None, Some(3)).await;
        browser.get("/").await.is_the_portal_of("Omar Haddad");
        app.pass(HOUR - MICRO);
        browser.get("/").await.is_the_portal_of("Omar Haddad");
        assert_eq!(browser.get("/account/sessions").await.texts_of(".people li").len(), 1);
        app.pass(MICRO);
        browser.get("/").await.is_the_first_page();
        assert_eq!(app.browser().sign_in(OMAR).await.browser().get("/account").await.texts_of(".people li").len(), 1);
    }

    async fn clock_an_age_limit_that_is_made_longer_holds_for_sessions_that_begin_then(app: TestApp) {
        limits(&app, None, Some(1)).await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        limits(&app, None, Some(24)).await;
        app.pass(HOUR);
        browser.get("/").await.is_the_first_page();
        browser.sign_in(OMAR).await;
        app.pass(2 * HOUR);
        browser.get("/").await.is_the_portal_of("Omar Haddad");
    }

    async fn another_organizations_limits_are_its_own(app: TestApp) {
        limits(&app, Some(5), Some(1)).await;
        let browser = app.browser();
        browser.sign_in("harbor-dispatch").await;
        app.pass(3 * HOUR);
        browser.get("/").await.is_the_portal_of("Harbor Dispatch");
    }

    async fn a_value_out_of_range_is_kept_within_it(app: TestApp) {
        limits(&app, Some(0), Some(0)).await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        app.pass(5 * MINUTE - MICRO);
        browser.get("/").await.is_the_portal_of("Omar Haddad");
        browser.get("/account/sessions").await.shows("not used it for 5 minutes, and an hour after");
    }

    async fn a_session_that_ran_out_gives_products_nothing_silently(app: TestApp) {
        limits(&app, Some(5), None).await;
        let bed = Product::register(&app, product::of("bed-board")).await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        app.pass(5 * MINUTE - MICRO);
        bed.redeem(&bed.code(&browser, &[("prompt", "none")]).await).await.is_good();
        app.pass(5 * MINUTE);
        let silent = bed.callback(&bed.send(&browser, &[("prompt", "none")]).await);
        assert_eq!(silent["error"], "login_required");
    }

    async fn a_code_of_a_session_that_has_grown_too_old_meanwhile_is_void(app: TestApp) {
        let bed = Product::register(&app, product::of("bed-board")).await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        app.pass(HOUR);
        let code = bed.code(&browser, &[]).await;
        limits(&app, None, Some(1)).await;
        bed.redeem(&code).await.is_refused("invalid_grant");
    }

    async fn a_product_at_work_goes_on_while_nobody_comes_by_here(app: TestApp) {
        limits(&app, Some(30), Some(2)).await;
        let bed = Product::register(&app, product::of("bed-board")).await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        let mut tokens = bed.tokens(&browser).await;
        for _ in 0..4 {
            app.pass(29 * MINUTE);
            tokens = bed.refresh(&tokens.text("refresh_token")).await;
            bed.userinfo(&tokens.is_good().text("access_token")).await.is_good();
        }
        browser.get("/").await.is_the_first_page();
        // The age ends it all the same.
        app.pass(4 * MINUTE);
        bed.userinfo(&tokens.text("access_token")).await.is_refused("invalid_token");
        bed.refresh(&tokens.text("refresh_token")).await.is_refused("invalid_grant");
    }

    async fn a_product_that_lay_unused_as_long_as_the_session_is_given_nothing_more(app: TestApp) {
        limits(&app, Some(30), None).await;
        let bed = Product::register(&app, product::of("bed-board")).await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        let tokens = bed.tokens(&browser).await;
        app.pass(20 * MINUTE);
        browser.get("/").await.is_the_portal_of("Omar Haddad");
        app.pass(29 * MINUTE);
        let next = bed.refresh(&tokens.text("refresh_token")).await;
        next.is_good();
        app.pass(30 * MINUTE);
        bed.refresh(&next.text("refresh_token")).await.is_refused("invalid_grant");
    }

    async fn an_age_limit_that_is_made_shorter_ends_tokens_at_once(app: TestApp) {
        let bed = Product::register(&app, product::of("bed-board")).await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        app.pass(2 * HOUR);
        let tokens = bed.tokens(&browser).await;
        bed.userinfo(&tokens.text("access_token")).await.is_good();
        limits(&app, None, Some(2)).await;
        bed.userinfo(&tokens.text("access_token")).await.is_refused("invalid_token");
        bed.refresh(&tokens.text("refresh_token")).await.is_refused("invalid_grant");
    }

    async fn what_was_granted_to_outlive_its_session_does(app: TestApp) {
        limits(&app, Some(5), Some(1)).await;
        let bed = Product::register(&app, product::of("bed-board")).await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        let code = bed.code(&browser, &[("scope", "openid offline_access")]).await;
        let tokens = bed.redeem(&code).await;
        app.pass(5 * 24 * HOUR);
        bed.refresh(&tokens.text("refresh_token")).await.is_good();
    }

    async fn what_ran_out_with_a_session_does_not_come_to_life_with_the_next_one(app: TestApp) {
        limits(&app, Some(30), Some(2)).await;
        let other = app.second_node().await;
        let mut listener = Listener::start(&[200]).await;
        let bed = listening(&app, "bed-board", &listener).await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        // In a browser that was left open, in one whose window was closed, and after the session has grown too old.
        for (unused, closed) in [(30 * MINUTE, false), (30 * MINUTE, true), (3 * HOUR, false)] {
            let tokens = bed.tokens(&browser).await;
            app.pass(unused);
            if closed {
                browser.close();
            }
            browser.on(&other).sign_in(OMAR).await;
            bed.refresh(&tokens.text("refresh_token")).await.is_refused("invalid_grant");
            bed.on(&other).userinfo(&tokens.text("access_token")).await.is_refused("invalid_token");
            deliver(&app).await;
            assert!(listener.token().is_some(), "the product is told");
        }
        assert_eq!(living(&app, OMAR).await, 1);
    }

    async fn what_has_not_run_out_with_its_session_goes_on_under_the_next_one(app: TestApp) {
        limits(&app, Some(30), None).await;
        let mut listener = Listener::start(&[200]).await;
        let at_work = listening(&app, "bed-board", &listener).await;
        let away = listening(&app, "incident-desk", &listener).await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        let unused = at_work.tokens(&browser).await;
        let offline = away.redeem(&away.code(&browser, &[("scope", "openid offline_access")]).await).await;
        let tokens = at_work.tokens(&browser).await;
        app.pass(29 * MINUTE);
        let tokens = at_work.refresh(&tokens.text("refresh_token")).await;
        app.pass(20 * MINUTE);
        let portal = browser.sign_in(OMAR).await;
        assert_eq!(notices(&app, "waiting").await, 0, "nobody is thrown out");
        at_work.refresh(&unused.text("refresh_token")).await.is_refused("invalid_grant");
        let tokens = at_work.refresh(&tokens.text("refresh_token")).await;
        let offline = away.refresh(&offline.text("refresh_token")).await;
        tokens.is_good();
        offline.is_good();
        // They end with the session that they go on under.
        portal.press("Sign out").await;
        deliver(&app).await;
        assert!(listener.token().is_some() && listener.token().is_some(), "both are told");
        at_work.refresh(&tokens.text("refresh_token")).await.is_refused("invalid_grant");
        away.refresh(&offline.text("refresh_token")).await.is_refused("invalid_grant");
    }
}
