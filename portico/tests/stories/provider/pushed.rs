//! Requests that are pushed before a browser comes with them (RFC 9126).

use axum::http::{HeaderMap, Method, header};
use oidc::client::{AuthMethod, GrantType};

use crate::stories;
use crate::support::product::{self, Answer, Product, SECRET, basic, program, program_at};
use crate::support::world::PUBLIC_URL;
use crate::support::{Browser, TestApp};

use super::callers::{key, proof};

const OMAR: &str = "omar@riverside.example";

/// The parameters of an ordinary request.
fn pairs(product: &Product, changes: &[(&str, &str)]) -> Vec<(String, String)> {
    form_urlencoded::parse(product.query(changes).as_bytes()).into_owned().collect()
}

async fn push(product: &Product, mut headers: HeaderMap, changes: &[(&str, &str)]) -> Answer {
    headers.insert(header::AUTHORIZATION, basic(&product.id, SECRET));
    let pairs = pairs(product, changes);
    let form: Vec<(&str, &str)> = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    program(&product.app, Method::POST, "/oauth2/par", headers, &form).await
}

fn address(product: &Product, pushed: &Answer) -> String {
    let uri: String = form_urlencoded::byte_serialize(pushed.text("request_uri").as_bytes()).collect();
    format!("/oauth2/authorize?client_id={}&request_uri={uri}", product.id)
}

fn at_par(app: &TestApp, key: &oidc::jose::SigningKey) -> HeaderMap {
    proof(app, key, serde_json::json!({ "htu": format!("{PUBLIC_URL}/oauth2/par") }))
}

async fn push_as_anybody(place: &Browser, product: &Product) -> Answer {
    let pairs = pairs(product, &[]);
    let form: Vec<(&str, &str)> = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    program_at(place, Method::POST, "/oauth2/par", HeaderMap::new(), &form).await
}

stories! {
    async fn a_key_that_is_shown_with_the_push_is_the_one_the_code_is_bound_to(app: TestApp) {
        let bed = Product::register(&app, product::of("bed-board")).await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        let own = key(oidc::jose::Algorithm::Es256);
        let once = at_par(&app, &own);
        let pushed = push(&bed, once.clone(), &[]).await;
        let code = bed.callback(&browser.get(&address(&bed, &pushed)).await).remove("code").unwrap();
        bed.redeem(&code).await.is_refused("invalid_grant");
        push(&bed, once, &[]).await.is_refused("invalid_dpop_proof");
        let other = key(oidc::jose::Algorithm::Es256);
        push(&bed, at_par(&app, &own), &[("dpop_jkt", other.kid())]).await.is_refused("invalid_dpop_proof");
        assert_eq!(push(&bed, at_par(&app, &own), &[("dpop_jkt", own.kid())]).await.status, 201);
        push(&bed, proof(&app, &own, serde_json::json!({})), &[]).await.is_refused("invalid_dpop_proof");
    }

    async fn a_sign_in_before_the_browser_came_is_not_the_one_that_was_asked_for(app: TestApp) {
        let bed = Product::register(&app, product::of("bed-board")).await;
        let pushed = push(&bed, HeaderMap::new(), &[("prompt", "login")]).await;
        app.pass_seconds(1);
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        app.pass_seconds(1);
        browser.get(&address(&bed, &pushed)).await.is_the_first_page();
    }

    async fn whoever_only_knows_the_name_of_a_public_client_cannot_fill_the_table(app: TestApp) {
        let node = app.node_with(|parts| parts.limits.sign_ins = 3).await;
        let mut new = product::of("bed-board");
        new.auth = AuthMethod::None;
        new.grants = vec![GrantType::AuthorizationCode];
        let program = Product { app: node.clone(), ..Product::register(&app, new).await };
        let there = node.browser();
        for _ in 0..3 {
            assert_eq!(push_as_anybody(&there, &program).await.status, 201);
        }
        assert_eq!(push_as_anybody(&there, &program).await.status, 429);
        assert_eq!(app.count("SELECT count(*) FROM authorization_requests", &[]).await, 3);
    }

    async fn a_name_that_no_client_can_have_ends_on_our_own_page(app: TestApp) {
        let browser = app.browser();
        for client in ["%00", "a%00b", "", "nobody", "%C3%A4"] {
            let query = format!("client_id={client}&request_uri=urn:ietf:params:oauth:request_uri:x");
            let page = browser.get(&format!("/oauth2/authorize?{query}")).await;
            assert_eq!((page.status(), page.leads_to()), (400, None), "{client}");
        }
    }

    async fn only_what_a_request_says_is_kept_of_it(app: TestApp) {
        let bed = Product::register(&app, product::of("bed-board")).await;
        push(&bed, HeaderMap::new(), &[("padding", "0123456789")]).await;
        bed.send(&app.browser(), &[("padding", "0123456789")]).await.is_the_first_page();
        let sql = "SELECT count(*) FROM authorization_requests WHERE params LIKE '%padding%'";
        assert_eq!(app.count(sql, &[]).await, 0);
        assert_eq!(app.count("SELECT count(*) FROM authorization_requests", &[]).await, 2);
    }
}
