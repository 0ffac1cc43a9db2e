//! The product menu: what a product's backend is told of its person's other products.

use std::collections::BTreeSet;

use axum::http::{HeaderMap, HeaderValue, Method, header};
use oidc::jose::{Algorithm, SigningKey};
use serde_json::{Value, json};

use crate::stories;
use crate::support::TestApp;
use crate::support::product::{self, Answer, Product, program};
use crate::support::world::PUBLIC_URL;

const DOCUMENTATION: &str = include_str!("../../../../docs/operate/product-menu.md");
const PATH: &str = "/api/v1/me/products";
const OMAR: &str = "omar@riverside.example";
const MIA: &str = "mia@riverside.example";
const SCOPE: (&str, &str) = ("scope", "openid products");

fn shown(scheme: &str, token: &str) -> HeaderMap {
    let value = format!("{scheme} {token}").parse().unwrap();
    HeaderMap::from_iter([(header::AUTHORIZATION, value)])
}

async fn menu(app: &TestApp, token: &str) -> Answer {
    program(app, Method::GET, PATH, shown("Bearer", token), &[]).await
}

/// An access token of somebody who signs in with a name, at a product.
async fn token(app: &TestApp, product: &Product, name: &str) -> String {
    let browser = app.browser();
    browser.sign_in(name).await;
    let code = product.code(&browser, &[SCOPE]).await;
    product.redeem(&code).await.is_good().text("access_token")
}

fn names(answer: &Answer) -> Vec<(&str, &str)> {
    let products = answer.is_good().body["products"].as_array().unwrap();
    products.iter().map(|item| (item["slug"].as_str().unwrap(), item["state"].as_str().unwrap())).collect()
}

fn keys(object: &Value) -> BTreeSet<&String> {
    object.as_object().unwrap().keys().collect()
}

/// A DPoP proof for asking for the menu with this token.
fn proof(app: &TestApp, key: &SigningKey, method: &str, path: &str, token: Option<&str>) -> HeaderValue {
    let jwk = serde_json::to_value(key.jwk()).unwrap();
    let head = json!({ "alg": key.algorithm().name(), "typ": "dpop+jwt", "jwk": jwk });
    let mut claims = json!({
        "jti": app.app().entropy.id(), "htm": method, "htu": format!("{PUBLIC_URL}{path}"),
        "iat": app.clock().now().seconds(),
    });
    if let Some(token) = token {
        let digest = portico::platform::hashes::sha256(token.as_bytes());
        claims["ath"] = Value::from(data_encoding::BASE64URL_NOPAD.encode(&digest));
    }
    oidc::jose::sign_with_header(key, &head, &claims).unwrap().parse().unwrap()
}

stories! {
    async fn menu_lists_what_the_person_may_open_with_sites_and_where_a_click_leads(app: TestApp) {
        let bed = Product::register(&app, product::of("bed-board")).await;
        let answer = menu(&app, &token(&app, &bed, OMAR).await).await;
        assert_eq!(names(&answer), [("bed-board", "open"), ("incident-desk", "open"), ("tracer", "open")]);
        let desk = &answer.body["products"][1];
        assert_eq!(
            (&desk["id"], &desk["name"], &desk["current"], &desk["all_sites"], &desk["sites"]),
            (
                &json!("incident-desk"), &json!("Incident Desk"), &json!(false), &json!(false),
                &json!([{ "id": "main-campus", "name": "Main Campus" }])
            )
        );
        assert_eq!(desk["url"], format!("{PUBLIC_URL}/open/omar-incident-desk"));
        assert_eq!(answer.body["products"][0]["current"], true);
        assert_eq!(answer.text("portal_url"), format!("{PUBLIC_URL}/"));
        assert_eq!(answer.text("sign_out_url"), format!("{PUBLIC_URL}/oauth2/logout"));
        assert_eq!(answer.body["words"]["portal"], "All your products");
    }

    async fn menu_is_what_its_page_of_documentation_says(app: TestApp) {
        let bed = Product::register(&app, product::of("bed-board")).await;
        let answer = menu(&app, &token(&app, &bed, OMAR).await).await;
        let told = DOCUMENTATION.split("```json\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
        let told: Value = serde_json::from_str(told).unwrap();
        for part in ["", "/products/0", "/products/0/sites/0", "/script", "/words"] {
            let [told, given] = [&told, &answer.body].map(|whole| keys(whole.pointer(part).unwrap()));
            assert_eq!(told, given, "{part:?}");
        }
    }

    async fn menu_tells_what_has_not_moved_and_what_has_ended(app: TestApp) {
        let bed = Product::register(&app, product::of("bed-board")).await;
        app.execute("UPDATE licenses SET valid_until = valid_from WHERE product_id = 'tracer'", &[]).await;
        app.execute("DELETE FROM product_moves WHERE product_id = 'tracer'", &[]).await;
        let answer = menu(&app, &token(&app, &bed, MIA).await).await;
        assert_eq!(names(&answer), [("bed-board", "open"), ("incident-desk", "scheduled"), ("tracer", "ended")]);
        let desk = &answer.body["products"][1];
        assert_eq!(desk["url"], "https://old.incident-desk.example/");
        assert!(desk["note"].as_str().unwrap().starts_with("Moves here "));
        assert_eq!(desk["moves_at"].as_str().unwrap().len(), 20);
        assert_eq!(answer.body["products"][2]["note"], "License ended");
    }

    async fn menu_is_as_short_for_a_hundred_sites_as_for_one(app: TestApp) {
        let bed = Product::register(&app, product::of("bed-board")).await;
        let token = token(&app, &bed, MIA).await;
        let before = menu(&app, &token).await;
        let all = &before.is_good().body["products"][0];
        assert_eq!((&all["all_sites"], &all["sites"]), (&json!(true), &json!([])));
        for number in 0..100 {
            let sql = "INSERT INTO sites (id, organization_id, name) VALUES ($1, 'riverside', $2)";
            app.execute(sql, &[&format!("site-{number}"), &format!("Clinic {number}")]).await;
        }
        assert_eq!(menu(&app, &token).await.body, before.body);
    }

    async fn menu_a_click_in_it_opens_the_product_and_is_the_last_use(app: TestApp) {
        let bed = Product::register(&app, product::of("bed-board")).await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        let code = bed.code(&browser, &[SCOPE]).await;
        let list = menu(&app, &bed.redeem(&code).await.text("access_token")).await;
        let url = list.body["products"][1]["url"].as_str().unwrap().strip_prefix(PUBLIC_URL).unwrap().to_owned();
        let there = browser.get(&url).await;
        assert_eq!(there.leads_to().as_deref(), Some("https://incident-desk.example/start"));
        let sql = "SELECT count(*) FROM access WHERE id = 'omar-incident-desk' AND last_opened_at IS NOT NULL";
        assert_eq!(app.count(sql, &[]).await, 1);
    }

    async fn menu_a_click_after_the_session_has_ended_signs_in_and_goes_on_to_the_product(app: TestApp) {
        let id = app.app().entropy.id();
        app.execute("UPDATE access SET id = $1 WHERE id = 'omar-incident-desk'", &[&id]).await;
        let opening = format!("/open/{id}");
        let browser = app.browser();
        let first = browser.get(&opening).await;
        first.is_the_first_page();
        let there = first.fill("Email or username", OMAR).press("Next").await.try_password(crate::support::PASSWORD).await;
        assert_eq!(there.leads_to().as_deref(), Some("https://incident-desk.example/start"));
        // Somebody else's address leads to one's own portal, as it does with a session.
        let other = app.browser();
        let first = other.get(&opening).await;
        let there = first.fill("Email or username", MIA).press("Next").await.try_password(crate::support::PASSWORD).await;
        there.is_the_portal_of("Mia Tanaka");
    }

    async fn menu_is_for_tokens_with_its_scope_that_are_a_persons(app: TestApp) {
        let bed = Product::register(&app, product::of("bed-board")).await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        let less = bed.tokens(&browser).await.text("access_token");
        let refused = menu(&app, &less).await;
        refused.is_refused("insufficient_scope");
        assert_eq!(refused.status, 403);
        assert!(refused.headers[header::WWW_AUTHENTICATE].to_str().unwrap().contains("insufficient_scope"));
        let own = bed.token(&[("grant_type", "client_credentials")]).await.text("access_token");
        menu(&app, &own).await.is_refused("insufficient_scope");
        let asked = [("grant_type", "client_credentials"), ("scope", "products")];
        bed.token(&asked).await.is_refused("invalid_scope");
        for nothing in ["", "nonsense", &less[..less.len() - 4]] {
            let refused = menu(&app, nothing).await;
            assert_eq!(refused.status, 401, "{nothing}");
            assert_eq!(refused.headers[header::CACHE_CONTROL], "no-store");
        }
    }

    async fn menu_no_cookie_opens_it(app: TestApp) {
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        let answer = browser.get(PATH).await;
        assert_eq!(answer.status(), 401);
        assert!(answer.header("www-authenticate").starts_with("Bearer"));
        assert!(answer.headers().get(header::SET_COOKIE).is_none());
        assert!(answer.headers().get(header::ACCESS_CONTROL_ALLOW_ORIGIN).is_none());
    }

    async fn menu_a_bound_token_is_shown_with_its_proof_or_not_at_all(app: TestApp) {
        let bed = Product::register(&app, product::of("bed-board")).await;
        let key = SigningKey::from_pkcs8(Algorithm::Es256, &SigningKey::generate(Algorithm::Es256).unwrap()).unwrap();
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        let code = bed.code(&browser, &[SCOPE]).await;
        let mut headers = HeaderMap::from_iter([(header::AUTHORIZATION, product::basic(&bed.id, product::SECRET))]);
        headers.insert("dpop", proof(&app, &key, "POST", "/oauth2/token", None));
        let form = [
            ("grant_type", "authorization_code"), ("code", code.as_str()), ("redirect_uri", bed.redirect_uri.as_str()),
            ("code_verifier", product::VERIFIER),
        ];
        let token = program(&app, Method::POST, "/oauth2/token", headers, &form).await.is_good().text("access_token");
        menu(&app, &token).await.is_refused("invalid_token");
        let bare = program(&app, Method::GET, PATH, shown("DPoP", &token), &[]).await;
        assert_eq!(bare.status, 401);
        let mut headers = shown("DPoP", &token);
        headers.insert("dpop", proof(&app, &key, "GET", PATH, Some(&token)));
        assert_eq!(names(&program(&app, Method::GET, PATH, headers.clone(), &[]).await).len(), 3);
        let again = program(&app, Method::GET, PATH, headers, &[]).await;
        assert_eq!(again.status, 401, "a proof is used once");
        let mut headers = shown("DPoP", &token);
        headers.insert("dpop", proof(&app, &key, "GET", "/oauth2/userinfo", Some(&token)));
        assert_eq!(program(&app, Method::GET, PATH, headers, &[]).await.status, 401, "for another address");
    }

    async fn menu_ends_with_whatever_ends_the_token_on_every_node(app: TestApp) {
        let other = app.second_node().await;
        let bed = Product::register(&app, product::of("bed-board")).await;
        let browser = app.browser();
        let portal = browser.sign_in(OMAR).await;
        let code = bed.code(&browser, &[SCOPE]).await;
        let signed_out = bed.redeem(&code).await.text("access_token");
        names(&menu(&app, &signed_out).await);
        portal.press("Sign out").await;
        menu(&other, &signed_out).await.is_refused("invalid_token");

        let revoked = token(&app, &bed, OMAR).await;
        app.execute("DELETE FROM access WHERE id = 'omar-bed-board'", &[]).await;
        menu(&other, &revoked).await.is_refused("invalid_token");

        let expired = token(&app, &bed, MIA).await;
        app.pass_seconds(301);
        menu(&other, &expired).await.is_refused("invalid_token");

        let disabled = token(&app, &bed, MIA).await;
        app.switch(MIA, false).await;
        menu(&other, &disabled).await.is_refused("invalid_token");
        app.leaves_mail_behind();
    }

    async fn menu_access_that_is_taken_away_is_gone_from_it_at_once(app: TestApp) {
        let bed = Product::register(&app, product::of("bed-board")).await;
        let token = token(&app, &bed, OMAR).await;
        app.execute("DELETE FROM access WHERE id = 'omar-tracer'", &[]).await;
        assert_eq!(names(&menu(&app, &token).await), [("bed-board", "open"), ("incident-desk", "open")]);
    }

    async fn menu_of_another_organization_has_nothing_of_this_one(app: TestApp) {
        let mut new = product::try_it();
        new.organizations.push(portico::platform::ids::OrganizationId::from("harbor"));
        let client = Product::register(&app, new).await;
        // Access that says it is Riverside's does not open anything for somebody of Harbor.
        let sql = "INSERT INTO access (id, organization_id, account_id, product_id, created_at)
                   VALUES ('odd', 'riverside', 'harbor-dispatch', 'tracer', 0)";
        app.execute(sql, &[]).await;
        let answer = menu(&app, &token(&app, &client, "harbor-dispatch").await).await;
        assert_eq!(names(&answer), []);
        assert_eq!(answer.body["portal_url"], format!("{PUBLIC_URL}/"));
    }

    async fn menu_that_has_not_changed_is_not_sent_again_and_nobody_on_the_way_keeps_it(app: TestApp) {
        let bed = Product::register(&app, product::of("bed-board")).await;
        let token = token(&app, &bed, OMAR).await;
        let first = menu(&app, &token).await;
        assert_eq!(first.headers[header::CACHE_CONTROL], "private, no-cache");
        assert_eq!(first.headers[header::VARY], "authorization");
        let mut headers = shown("Bearer", &token);
        headers.insert(header::IF_NONE_MATCH, first.headers[header::ETAG].clone());
        let again = program(&app, Method::GET, PATH, headers.clone(), &[]).await;
        assert_eq!((again.status, &again.body), (304, &Value::Null));
        assert_eq!(again.headers[header::ETAG], first.headers[header::ETAG]);
        app.execute("DELETE FROM access WHERE id = 'omar-tracer'", &[]).await;
        assert_eq!(program(&app, Method::GET, PATH, headers, &[]).await.status, 200);
    }

    async fn menu_script_is_for_every_site_and_can_be_pinned(app: TestApp) {
        let bed = Product::register(&app, product::of("bed-board")).await;
        let list = menu(&app, &token(&app, &bed, OMAR).await).await;
        let stranger = app.browser();
        let newest = stranger.get("/switcher.js").await;
        for (name, value) in [
            ("content-type", "text/javascript; charset=utf-8"), ("x-content-type-options", "nosniff"),
            ("cross-origin-resource-policy", "cross-origin"), ("access-control-allow-origin", "*"),
            ("cache-control", "public, max-age=3600"),
        ] {
            assert_eq!(newest.header(name), value, "{name}");
        }
        assert!(newest.headers().get(header::SET_COOKIE).is_none());
        let url = list.body["script"]["url"].as_str().unwrap().strip_prefix(PUBLIC_URL).unwrap().to_owned();
        let pinned = stranger.get(&url).await;
        assert_eq!(pinned.header("cache-control"), "public, max-age=31536000, immutable");
        assert_eq!(pinned.body(), newest.body());
        let digest = data_encoding::BASE64.encode(&portico::platform::hashes::sha256(newest.body().as_bytes()));
        assert_eq!(list.body["script"]["integrity"], format!("sha256-{digest}"));
        let known = HeaderMap::from_iter([(header::IF_NONE_MATCH, newest.headers()[header::ETAG].clone())]);
        assert_eq!(stranger.send(Method::GET, "/switcher.js", &known, "").await.status(), 304);
        assert_eq!(stranger.get("/switcher/0123456789abcdef.js").await.status(), 404);
    }
}
