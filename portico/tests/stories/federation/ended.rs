//! Signing out here ends it there, and the other way round.

use std::collections::BTreeMap;

use axum::http::{HeaderMap, Method};

use super::{LEE, lakeshore, lee, linked_notice, sign_in_as};
use crate::stories;
use crate::support::idp::saying;
use crate::support::product::{self, Product, program};
use crate::support::{Page, TestApp};

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

stories! {
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
