//! An organization may allow an account so many sessions at a time; by itself it allows any number.

use super::{HERE, OMAR, ended_because, is_in, living};
use crate::provider::logout::{Listener, deliver, listening, notices, told};
use crate::stories;
use crate::support::product::Product;
use crate::support::{Browser, PASSWORD, TestApp, all_at_once};

async fn allow(app: &TestApp, at_once: i64) {
    app.execute("UPDATE organizations SET sessions_at_once = $1 WHERE id = 'riverside'", &[&at_once]).await;
}

async fn signed_in(app: &TestApp, name: &str) -> Browser {
    let browser = app.browser().calling_itself(name);
    browser.sign_in(OMAR).await;
    app.pass_seconds(120);
    browser
}

async fn many_sign_ins(app: &TestApp, nodes: &[TestApp]) {
    allow(app, 3).await;
    for _ in 0..3 {
        app.browser().sign_in(OMAR).await;
    }
    let mut pages = Vec::new();
    for number in 0..12 {
        pages.push(nodes[number % nodes.len()].browser().name(OMAR).await);
    }
    let racers = pages.into_iter().map(|page| async move { page.try_password(PASSWORD).await });
    let answers = all_at_once(racers).await;
    let signed_in = answers.iter().filter(|page| page.path() == "/").count();
    assert!(signed_in > 0, "{:?}", answers.iter().map(|page| page.status()).collect::<Vec<_>>());
    assert_eq!(living(app, OMAR).await, 3, "never more than allowed, and as many as that");
    assert_eq!(app.events("session.started").await - ended_because(app, "limit").await, 3);
}

stories! {
    async fn there_is_no_limit_until_an_organization_sets_one(app: TestApp) {
        for _ in 0..6 {
            app.browser().sign_in(OMAR).await;
        }
        assert_eq!(living(&app, OMAR).await, 6);
        app.browser().sign_in(OMAR).await.browser().get(HERE).await.lacks("at a time");
    }

    async fn at_the_limit_the_session_used_longest_ago_ends_and_its_products_and_its_owner_are_told(app: TestApp) {
        let mut listener = Listener::start(&[200]).await;
        let bed: Product = listening(&app, "bed-board", &listener).await;
        allow(&app, 2).await;
        let old = signed_in(&app, "Firefox/128.0 (Windows NT 10.0)").await;
        let forgotten = signed_in(&app, "Chrome/130.0 (Macintosh; Mac OS X)").await;
        bed.tokens(&forgotten).await;
        app.pass_seconds(120);
        assert!(is_in(&old).await, "two are allowed");
        app.pass_seconds(120);
        let third = signed_in(&app, "Firefox/128.0 (X11; Linux)").await;
        assert!(is_in(&old).await, "begun first, but used since");
        forgotten.get("/account").await.is_the_first_page();
        assert_eq!((living(&app, OMAR).await, ended_because(&app, "limit").await), (2, 1));
        deliver(&app).await;
        assert_eq!(told(&app, &bed, &listener.token().expect("it is told")).await["sub"], OMAR);
        let list = third.get(HERE).await;
        list.shows("Your organization allows 2 sessions at a time");
        list.shows("Ended for another one").shows("Chrome, Mac");
        app.pass_seconds(7 * 24 * 3_600);
        third.sign_in(OMAR).await.browser().get(HERE).await.lacks("Ended for another one");
    }

    async fn signing_in_again_in_a_browser_ends_no_other_ones_session(app: TestApp) {
        allow(&app, 2).await;
        let elsewhere = signed_in(&app, "Firefox/128.0 (Windows NT 10.0)").await;
        let browser = signed_in(&app, "Chrome/130.0 (Windows NT 10.0)").await;
        browser.post("/sign-in", &[("identifier", OMAR)]).await.try_password(PASSWORD).await;
        app.pass_seconds(60);
        // The window is closed, and its cookie with it.
        browser.close();
        browser.sign_in(OMAR).await;
        assert!(is_in(&elsewhere).await);
        assert_eq!((living(&app, OMAR).await, ended_because(&app, "limit").await), (2, 0));
        assert_eq!(ended_because(&app, "replaced").await, 2);
    }

    async fn a_session_that_ran_out_takes_nobodys_place(app: TestApp) {
        allow(&app, 1).await;
        let old = signed_in(&app, "Firefox/128.0 (Windows NT 10.0)").await;
        app.pass_seconds(12 * 3_600);
        let browser = signed_in(&app, "Chrome/130.0 (Windows NT 10.0)").await;
        assert!(is_in(&browser).await && !is_in(&old).await);
        assert_eq!(ended_because(&app, "limit").await, 0);
    }

    async fn one_at_a_time_is_the_browser_somebody_signed_in_with_last(app: TestApp) {
        allow(&app, 1).await;
        let one = app.browser();
        let other = app.browser();
        for (here, there) in [(&one, &other), (&other, &one), (&one, &other)] {
            here.sign_in(OMAR).await;
            app.pass_seconds(1);
            assert!(is_in(here).await && !is_in(there).await);
        }
        one.get(HERE).await.shows("Your organization allows one session at a time");
    }

    async fn products_of_a_window_that_was_closed_go_on_and_are_told_with_the_next_session(app: TestApp) {
        let mut listener = Listener::start(&[200]).await;
        let bed = listening(&app, "bed-board", &listener).await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        let tokens = bed.tokens(&browser).await;
        browser.close();
        let portal = browser.sign_in(OMAR).await;
        assert_eq!((living(&app, OMAR).await, notices(&app, "waiting").await), (1, 0));
        let next = bed.refresh(&tokens.text("refresh_token")).await;
        next.is_good();
        portal.press("Sign out").await;
        deliver(&app).await;
        assert!(listener.token().is_some());
        bed.refresh(&next.text("refresh_token")).await.is_refused("invalid_grant");
    }

    async fn race_of_sign_ins_leaves_no_more_sessions_than_allowed(app: TestApp) {
        many_sign_ins(&app, std::slice::from_ref(&app)).await;
    }

    async fn race_of_sign_ins_on_two_nodes_leaves_no_more_sessions_than_allowed(app: TestApp) {
        let nodes = [app.clone(), app.second_node().await];
        many_sign_ins(&app, &nodes).await;
    }
}
