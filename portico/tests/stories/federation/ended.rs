//! Signing out here ends it there, and the other way round.

use std::collections::BTreeMap;

use axum::http::{HeaderMap, Method};
use portico::audit::Actor;
use portico::federation;
use portico::people;
use portico::platform::ids::{AccountId, ConnectionId};
use store::{Tx, Work};

use super::{LEE, lakeshore, lee, linked_notice, sign_in_as};
use crate::stories;
use crate::support::idp::{Idp, person, saying};
use crate::support::product::{self, Product, program, program_at};
use crate::support::{Browser, Page, TestApp, code_now};

const KIM: &str = "kim@northwind.example";

fn ending(page: &Page, issuer: &str) -> BTreeMap<String, String> {
    let address = page.leads_to().unwrap_or_else(|| panic!("{} stays here:\n{}", page.path(), page.text()));
    let (endpoint, query) = address.split_once('?').expect("a query");
    assert_eq!(endpoint, format!("{issuer}/end"));
    form_urlencoded::parse(query.as_bytes()).into_owned().collect()
}

async fn posted(app: &TestApp, token: &str) -> u16 {
    let path = "/federation/lakeshore-id/backchannel-logout";
    program(app, Method::POST, path, HeaderMap::new(), &[("logout_token", token)]).await.status
}

fn parameter(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

/// kim has come back from her organization's sign-in, and a code of her app is still asked for.
async fn kim_waits(app: &TestApp, idp: &Idp) -> (Browser, Page) {
    let browser = app.browser();
    let page = sign_in_as(&browser, idp, KIM, person("kim-there", KIM)).await;
    page.shows("Enter code");
    (browser, page)
}

/// What she types now opens nothing, and she is asked there once more.
async fn has_to_prove_it_again(app: &TestApp, idp: &Idp, (browser, page): (Browser, Page)) {
    let away = page.enter_code(&code_now(app)).await;
    let page = browser.get(&idp.answer(&away, person("kim-there", KIM))).await;
    page.shows("Enter code");
}

async fn done<T: Send, E: From<store::Error> + std::fmt::Debug + Send, F>(app: &TestApp, act: F) -> T
where
    F: AsyncFnMut(&mut Tx) -> Result<T, E> + for<'t> Work<'t, T, E>,
{
    app.app().db.write("story", act).await.unwrap()
}

stories! {
    async fn the_way_to_sign_out_there_counts_in_its_browser_and_for_minutes(app: TestApp) {
        let idp = lakeshore(&app).await;
        let browser = app.browser();
        sign_in_as(&browser, &idp, LEE, lee()).await.is_the_portal_of("Lee Castillo");
        linked_notice(&app, LEE).await;
        let leaving = browser.post_and_stay("/sign-out", &[]).await.leads_to().unwrap();
        assert!(leaving.starts_with("/federation/lakeshore-id/sign-out?carried="), "{leaving}");
        let thief = app.browser();
        thief.get("/sign-in").await;
        for finder in [&thief, &app.browser()] {
            finder.get(&leaving).await.is_headed("You are signed out");
        }
        let away = browser.get(&leaving).await;
        let state = ending(&away, idp.issuer())["state"].clone();
        let back = format!("/federation/lakeshore-id/signed-out?state={}", parameter(&state));
        thief.get(&back).await.is_headed("You are signed out");
        browser.get(&back).await.is_headed("You are signed out");
        app.pass_seconds(301);
        browser.get(&leaving).await.is_headed("You are signed out");
    }

    async fn whoever_signs_out_there_before_the_second_factor_has_not_proved_it_here(app: TestApp) {
        let idp = Idp::start(&app).await;
        idp.connect(&app, "northwind-id", "northwind", "northwind.example").await;
        idp.behave(|script| script.id_token = saying("sid", "one"));
        let waiting = kim_waits(&app, &idp).await;
        app.mail_to(KIM).await;
        idp.behave(|script| script.id_token = saying("sid", "two"));
        let other = kim_waits(&app, &idp).await;
        let token = idp.logout_token("kim-there", Some("one"), "j1");
        let path = "/federation/northwind-id/backchannel-logout";
        let posted = program(&app, Method::POST, path, HeaderMap::new(), &[("logout_token", &token)]).await;
        assert_eq!(posted.status, 200);
        has_to_prove_it_again(&app, &idp, waiting).await;
        other.1.enter_code(&code_now(&app)).await.is_the_portal_of("Kim Nakamura");
    }

    async fn whoever_is_unlinked_or_whose_way_is_closed_has_not_proved_it_here(app: TestApp) {
        let idp = Idp::start(&app).await;
        let id = idp.connect(&app, "northwind-id", "northwind", "northwind.example").await;
        let waiting = kim_waits(&app, &idp).await;
        app.mail_to(KIM).await;
        let kim = AccountId::from(app.id_of(KIM).await.as_str());
        done(&app, async |tx: &mut Tx| {
            let account = people::by_id(tx, &kim).await?.unwrap();
            let connection = federation::connection(tx, &id).await?.unwrap();
            federation::unlink_person(tx, app.app(), Actor::Command, (&connection, &account)).await
        }).await;
        has_to_prove_it_again(&app, &idp, waiting).await;
        app.mail_to(KIM).await;
        let (browser, page) = kim_waits(&app, &idp).await;
        done(&app, async |tx: &mut Tx| {
            let connection = federation::connection(tx, &ConnectionId::from("northwind-id")).await?.unwrap();
            federation::turn_off(tx, app.app(), Actor::Command, (&connection, None)).await
        }).await;
        page.enter_code(&code_now(&app)).await.is_the_first_page();
        browser.get("/").await.is_the_first_page();
        assert_eq!(app.events("session.started").await, 0);
    }

    async fn what_was_proved_by_a_link_is_worth_nothing_when_the_link_is_taken_back(app: TestApp) {
        let idp = Idp::start(&app).await;
        let id = idp.connect(&app, "northwind-id", "northwind", "northwind.example").await;
        app.execute("UPDATE organization_domains SET connection_id = NULL", &[]).await;
        app.execute("UPDATE organizations SET sign_in = 'password' WHERE id = 'northwind'", &[]).await;
        let (token, _) = done(&app, async |tx: &mut Tx| {
            let connection = federation::connection(tx, &id).await?.unwrap();
            federation::new_link(tx, app.app(), Actor::Command, &connection).await
        }).await;
        let link = format!("/sign-in/with/{}", secrecy::ExposeSecret::expose_secret(&token));
        let browser = app.browser();
        let away = browser.get(&link).await.fill("Email or username", KIM).press("Next").await;
        let page = browser.get(&idp.answer(&away, person("kim-there", KIM))).await;
        page.shows("Enter code");
        app.mail_to(KIM).await;
        done(&app, async |tx: &mut Tx| {
            let connection = federation::connection(tx, &id).await?.unwrap();
            federation::no_link(tx, app.app(), Actor::Command, &connection).await
        }).await;
        page.enter_code(&code_now(&app)).await;
        assert_eq!(app.events("session.started").await, 0);
    }

    async fn whoever_posts_what_is_no_logout_token_is_refused_where_they_come_from(app: TestApp) {
        let node = app.node_with(|parts| parts.limits.failures = 3).await;
        let idp = lakeshore(&app).await;
        let browser = app.browser();
        sign_in_as(&browser, &idp, LEE, lee()).await;
        linked_notice(&app, LEE).await;
        let stranger = node.browser();
        let token = idp.logout_token("lee-there", None, "j");
        let post = async |from: &Browser, token: &str| {
            let path = "/federation/lakeshore-id/backchannel-logout";
            program_at(from, Method::POST, path, HeaderMap::new(), &[("logout_token", token)]).await.status
        };
        for _ in 0..3 {
            assert_eq!(post(&stranger, "a.b.c").await, 400);
        }
        assert_eq!(post(&stranger, "a.b.c").await, 429);
        // A good one, too: whose it is shows only when it is verified.
        assert_eq!(post(&stranger, &token).await, 429);
        browser.get("/").await.is_the_portal_of("Lee Castillo");
        assert_eq!(post(&node.browser(), &token).await, 200);
        browser.get("/").await.is_the_first_page();
    }

    async fn whoever_signs_out_here_is_signed_out_there_and_comes_back(app: TestApp) {
        let idp = lakeshore(&app).await;
        let browser = app.browser();
        let portal = sign_in_as(&browser, &idp, LEE, lee()).await;
        let away = portal.press("Sign out").await;
        let asked = ending(&away, idp.issuer());
        assert_eq!(asked["client_id"], "portico");
        assert_eq!(asked["post_logout_redirect_uri"], "https://login.portico.example/federation/lakeshore-id/signed-out");
        assert_eq!(asked["id_token_hint"].split('.').count(), 3);
        let state: String = form_urlencoded::byte_serialize(asked["state"].as_bytes()).collect();
        browser.get(&format!("/federation/lakeshore-id/signed-out?state={state}")).await.is_headed("You are signed out");
        browser.get("/federation/lakeshore-id/signed-out?state=https://evil.example").await.is_headed("You are signed out");
        browser.get("/").await.is_the_first_page();
        linked_notice(&app, LEE).await;
    }

    async fn where_there_is_no_place_to_sign_out_it_ends_here(app: TestApp) {
        let idp = lakeshore(&app).await;
        idp.behave(|script| script.metadata = saying("end_session_endpoint", serde_json::Value::Null));
        let portal = sign_in_as(&app.browser(), &idp, LEE, lee()).await;
        portal.press("Sign out").await.is_headed("You are signed out");
        linked_notice(&app, LEE).await;
    }

    async fn whoever_signs_out_there_is_signed_out_here_once(app: TestApp) {
        let idp = lakeshore(&app).await;
        let bed = Product::register(&app, product::of("bed-board")).await;
        drop(bed);
        idp.behave(|script| script.id_token = saying("sid", "one"));
        let one = app.browser();
        sign_in_as(&one, &idp, LEE, lee()).await;
        linked_notice(&app, LEE).await;
        idp.behave(|script| script.id_token = saying("sid", "two"));
        let two = app.browser();
        sign_in_as(&two, &idp, LEE, lee()).await;
        let token = idp.logout_token("lee-there", Some("one"), "j1");
        assert_eq!(posted(&app, &token).await, 200);
        one.get("/").await.is_the_first_page();
        two.get("/").await.is_the_portal_of("Lee Castillo");
        // The same token ends nothing that began since.
        idp.behave(|script| script.id_token = saying("sid", "one"));
        sign_in_as(&one, &idp, LEE, lee()).await;
        assert_eq!(posted(&app, &token).await, 200);
        one.get("/").await.is_the_portal_of("Lee Castillo");
        // Without a session's name it means all of them.
        assert_eq!(posted(&app, &idp.logout_token("lee-there", None, "j2")).await, 200);
        one.get("/").await.is_the_first_page();
        two.get("/").await.is_the_first_page();
    }

    async fn a_logout_token_that_is_none_signs_nobody_out(app: TestApp) {
        let idp = lakeshore(&app).await;
        let browser = app.browser();
        sign_in_as(&browser, &idp, LEE, lee()).await;
        let good = idp.logout_token("lee-there", None, "j");
        let forged = {
            let (rest, signature) = good.rsplit_once('.').unwrap();
            format!("{rest}.{}", signature.chars().rev().collect::<String>())
        };
        for token in ["", "a.b.c", forged.as_str()] {
            assert_eq!(posted(&app, token).await, 400, "{token}");
        }
        app.pass_seconds(600);
        assert_eq!(posted(&app, &good).await, 400);
        browser.get("/").await.is_the_portal_of("Lee Castillo");
        assert_eq!(posted(&app, &idp.logout_token("somebody", None, "k")).await, 200);
        browser.get("/").await.is_the_portal_of("Lee Castillo");
        linked_notice(&app, LEE).await;
    }
}
