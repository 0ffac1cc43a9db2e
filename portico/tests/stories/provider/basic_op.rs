//! What the certification suite's modules leave open: see `conformance` for these.

use axum::http::{HeaderMap, Method, header};
use oidc::jose::{Algorithm, JwkSet};

use crate::stories;
use crate::support::product::{self, Answer, Product, program};
use crate::support::{PASSWORD, TestApp, code_now};

const OMAR: &str = "omar@riverside.example";
const NORA: &str = "nora@riverside.example";
const KIM: &str = "kim@northwind.example";

async fn get(app: &TestApp, path: &str) -> Answer {
    program(app, Method::GET, path, HeaderMap::new(), &[]).await
}

/// A client that is everybody's at two organizations, held as the suite's own is.
async fn client(app: &TestApp) -> Product {
    let mut new = product::try_it();
    new.organizations.push("northwind".into());
    Product::register(app, new).await
}

stories! {
    // Config OP

    async fn config_op_the_keys_are_public_have_ids_and_stand_there_once(app: TestApp) {
        client(&app).await;
        let answer = get(&app, "/oauth2/jwks").await;
        let set = JwkSet::read(answer.is_good().body.to_string().as_bytes()).unwrap();
        let mut kids: Vec<_> = set.keys.iter().map(|key| key.kid.clone().unwrap()).collect();
        kids.sort();
        kids.dedup();
        assert_eq!(kids.len(), set.keys.len());
        for algorithm in [Algorithm::Rs256, Algorithm::Es256, Algorithm::EdDsa] {
            assert!(set.keys.iter().any(|key| key.algorithm == Some(algorithm)), "{algorithm:?}");
        }
        assert!(answer.headers[header::CACHE_CONTROL].to_str().unwrap().contains("max-age=300"));
    }

    async fn config_op_scripts_of_other_sites_may_read_what_needs_no_cookie_and_nothing_else(app: TestApp) {
        client(&app).await;
        for path in ["/.well-known/openid-configuration", "/oauth2/jwks"] {
            assert_eq!(get(&app, path).await.headers[header::ACCESS_CONTROL_ALLOW_ORIGIN], "*", "{path}");
        }
        for path in ["/oauth2/token", "/oauth2/userinfo"] {
            let mut headers = HeaderMap::new();
            headers.insert(header::ORIGIN, "https://elsewhere.example".parse().unwrap());
            headers.insert("sec-fetch-site", "cross-site".parse().unwrap());
            let asked = program(&app, Method::OPTIONS, path, headers.clone(), &[]).await;
            assert_eq!(asked.status, 204, "{path}");
            assert_eq!(asked.headers[header::ACCESS_CONTROL_ALLOW_ORIGIN], "*");
            let posted = program(&app, Method::POST, path, headers, &[]).await;
            assert!(posted.status == 401 || posted.status == 400, "{path} {}", posted.status);
            assert!(posted.headers.get(header::ACCESS_CONTROL_ALLOW_CREDENTIALS).is_none());
        }
        let page = app.browser().get("/oauth2/authorize").await;
        assert_eq!(page.header("access-control-allow-origin"), "");
    }

    // Basic OP

    async fn basic_op_userinfo_takes_the_token_in_the_header_and_in_a_form(app: TestApp) {
        let client = client(&app).await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        let token = client.tokens(&browser).await.text("access_token");
        let mut headers = HeaderMap::new();
        headers.insert(header::AUTHORIZATION, format!("Bearer {token}").parse().unwrap());
        for method in [Method::GET, Method::POST] {
            program(&app, method, "/oauth2/userinfo", headers.clone(), &[]).await.is_good();
        }
        let form = [("access_token", token.as_str())];
        program(&app, Method::POST, "/oauth2/userinfo", HeaderMap::new(), &form).await.is_good();
        program(&app, Method::POST, "/oauth2/userinfo", headers, &form).await.is_refused("invalid_request");
        let query = get(&app, &format!("/oauth2/userinfo?access_token={token}")).await;
        assert_eq!(query.status, 401, "never in an address");
        assert!(query.headers[header::WWW_AUTHENTICATE].to_str().unwrap().starts_with("Bearer realm="));
        let wrong = client.userinfo("portico_at_nonsense").await;
        wrong.is_refused("invalid_token");
        assert!(wrong.headers[header::WWW_AUTHENTICATE].to_str().unwrap().contains("invalid_token"));
    }

    async fn basic_op_prompt_none_needs_a_session_and_shows_nothing(app: TestApp) {
        let client = client(&app).await;
        let browser = app.browser();
        let refused = client.callback(&client.send(&browser, &[("prompt", "none")]).await);
        assert_eq!((refused["error"].as_str(), refused["state"].as_str()), ("login_required", "some state"));
        browser.sign_in(OMAR).await;
        let code = client.code(&browser, &[("prompt", "none")]).await;
        client.redeem(&code).await.is_good();
        let both = client.callback(&client.send(&browser, &[("prompt", "none login")]).await);
        assert_eq!(both["error"], "invalid_request");
    }

    async fn basic_op_prompt_select_account_lets_somebody_else_sign_in(app: TestApp) {
        let client = client(&app).await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        app.pass_seconds(1);
        let page = client.send(&browser, &[("prompt", "select_account")]).await;
        page.is_the_first_page();
        let back = page.fill("Email or username", NORA).press("Next").await.try_password(PASSWORD).await;
        let tokens = client.redeem(&client.callback(&back)["code"]).await;
        assert_eq!(client.claims_of(&tokens.text("id_token")).await["sub"], NORA);
        browser.get("/").await.is_the_portal_of("Nora Lindqvist");
    }

    async fn basic_op_max_age_asks_again_when_the_sign_in_is_older(app: TestApp) {
        let client = client(&app).await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        app.pass_seconds(2);
        let code = client.code(&browser, &[("max_age", "10000")]).await;
        let first = client.claims_of(&client.redeem(&code).await.text("id_token")).await;
        assert!(first["auth_time"].is_i64());
        let silent = client.callback(&client.send(&browser, &[("max_age", "1"), ("prompt", "none")]).await);
        assert_eq!(silent["error"], "login_required");
        let page = client.send(&browser, &[("max_age", "1")]).await;
        let back = page.is_the_first_page().press("Next").await.try_password(PASSWORD).await;
        let tokens = client.redeem(&client.callback(&back)["code"]).await;
        let second = client.claims_of(&tokens.text("id_token")).await;
        assert!(second["auth_time"].as_i64() > first["auth_time"].as_i64());
    }

    async fn basic_op_id_token_hint_names_the_person_who_is_wanted(app: TestApp) {
        let client = client(&app).await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        let hint = client.tokens(&browser).await.text("id_token");
        app.pass_seconds(4_000);
        let asked = [("id_token_hint", hint.as_str()), ("prompt", "none")];
        client.redeem(&client.code(&browser, &asked).await).await.is_good();
        let other = app.browser();
        other.sign_in(NORA).await;
        app.pass_seconds(1);
        let refused = client.callback(&client.send(&other, &asked).await);
        assert_eq!(refused["error"], "login_required");
        client.send(&other, &[("id_token_hint", &hint)]).await.is_the_first_page();
        // Who signs in and is not the one who is wanted is not asked for ever.
        let page = client.send(&other, &[("id_token_hint", &hint)]).await;
        let back = page.fill("Email or username", NORA).press("Next").await.try_password(PASSWORD).await;
        assert_eq!(client.callback(&back)["error"], "login_required");
        let modified = [("id_token_hint", "eyJhbGciOiJSUzI1NiJ9.e30.AAAA"), ("prompt", "none")];
        assert_eq!(client.callback(&client.send(&browser, &modified).await)["error"], "login_required");
    }

    async fn basic_op_acr_says_what_was_shown_and_asks_for_more_only_where_there_is_more(app: TestApp) {
        let client = client(&app).await;
        let two = "urn:portico:acr:two-factors";
        let kim = app.browser();
        kim.sign_in_with_code(KIM).await;
        let tokens = client.redeem(&client.code(&kim, &[("acr_values", two)]).await).await;
        let claims = client.claims_of(&tokens.text("id_token")).await;
        assert_eq!(claims["acr"], two);
        assert_eq!(claims["amr"], serde_json::json!(["pwd", "otp", "mfa"]));
        let omar = app.browser();
        omar.sign_in(OMAR).await;
        client.tokens(&omar).await;
        let essential = format!(r#"{{"id_token":{{"acr":{{"essential":true,"values":["{two}"]}}}}}}"#);
        client.send(&omar, &[("claims", &essential)]).await.is_headed("Set up a second step");
        app.execute("UPDATE accounts SET shared_at = 1 WHERE id = $1", &[&OMAR]).await;
        let refused = client.callback(&client.send(&omar, &[("claims", &essential)]).await);
        assert_eq!(refused["error"], "unmet_authentication_requirements");
        // An authenticator that was added since is asked for, and nothing else.
        app.execute("UPDATE sessions SET methods = 'pwd' WHERE account_id = $1", &[&KIM]).await;
        app.pass_seconds(40);
        let page = client.send(&kim, &[("acr_values", two)]).await;
        let back = page.is_headed("One more step").enter_code(&code_now(&app)).await;
        client.redeem(&client.callback(&back)["code"]).await.is_good();
    }

    async fn basic_op_single_claims_are_given_where_they_are_asked_for(app: TestApp) {
        let client = client(&app).await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        let claims = r#"{"userinfo":{"name":{"essential":true}},"id_token":{"email":null,"auth_time":{"essential":true}}}"#;
        let code = client.code(&browser, &[("scope", "openid"), ("claims", claims)]).await;
        let tokens = client.redeem(&code).await;
        let person = client.userinfo(&tokens.text("access_token")).await.body;
        assert_eq!((person["name"].as_str(), person.get("email")), (Some("Omar Haddad"), None));
        assert_eq!(client.claims_of(&tokens.text("id_token")).await["email"], OMAR);
        let other = r#"{"id_token":{"sub":{"value":"somebody-else"}}}"#;
        let refused = client.callback(&client.send(&browser, &[("claims", other), ("prompt", "none")]).await);
        assert_eq!(refused["error"], "login_required");
    }

    async fn basic_op_a_posted_request_works_from_another_site(app: TestApp) {
        let client = client(&app).await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_TYPE, "application/x-www-form-urlencoded".parse().unwrap());
        headers.insert(header::ORIGIN, "https://elsewhere.example".parse().unwrap());
        headers.insert("sec-fetch-site", "cross-site".parse().unwrap());
        // As browsers do it: a form of another site comes without our cookies.
        let posted = app.browser().send(Method::POST, "/oauth2/authorize", &headers, client.query(&[])).await;
        assert_eq!(posted.status(), 303);
        let waiting = posted.leads_to().unwrap();
        assert!(waiting.starts_with("/oauth2/authorize/"), "{waiting}");
        let back = browser.get(&waiting).await;
        client.redeem(&client.callback(&back)["code"]).await.is_good();
        app.browser().get(&waiting).await.is_headed("This sign-in has waited too long");
    }

    async fn basic_op_other_response_types_are_refused(app: TestApp) {
        let client = client(&app).await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        for kind in ["token", "id_token", "code id_token", "none"] {
            let told = client.callback(&client.send(&browser, &[("response_type", kind)]).await);
            assert_eq!(told["error"], "unsupported_response_type", "{kind}");
        }
        let told = client.callback(&client.send(&browser, &[("response_type", "")]).await);
        assert_eq!(told["error"], "invalid_request");
    }
}
