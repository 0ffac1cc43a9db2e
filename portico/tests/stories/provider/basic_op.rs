//! What the certification suite's plans "Config OP" and "Basic OP" look for, as far as it can be told without the suite.

use axum::http::{HeaderMap, Method, header};
use oidc::jose::{Algorithm, JwkSet, Unverified};
use serde_json::Value;

use crate::stories;
use crate::support::product::{self, Answer, Product, SECRET, program, published};
use crate::support::world::PUBLIC_URL;
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

    async fn config_op_the_discovery_document_is_complete_and_of_this_issuer(app: TestApp) {
        client(&app).await;
        let answer = get(&app, "/.well-known/openid-configuration").await;
        assert_eq!(answer.headers[header::CONTENT_TYPE], "application/json");
        let document = answer.is_good().body.clone();
        assert_eq!(document["issuer"], PUBLIC_URL);
        assert_eq!(get(&app, "/.well-known/oauth-authorization-server").await.body, document);
        for endpoint in [
            "authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri", "introspection_endpoint",
            "revocation_endpoint", "pushed_authorization_request_endpoint", "end_session_endpoint",
        ] {
            assert!(document[endpoint].as_str().unwrap().starts_with(&format!("{PUBLIC_URL}/oauth2/")), "{endpoint}");
        }
        let has = |name: &str, value: &str| document[name].as_array().unwrap().contains(&Value::from(value));
        assert!(has("response_types_supported", "code") && has("subject_types_supported", "public"));
        assert!(has("id_token_signing_alg_values_supported", "RS256") && has("scopes_supported", "openid"));
        assert!(has("code_challenge_methods_supported", "S256") && has("claims_supported", "sub"));
        assert!(has("token_endpoint_auth_methods_supported", "client_secret_post"));
        for (name, value) in [
            ("claims_parameter_supported", true), ("request_parameter_supported", false),
            ("request_uri_parameter_supported", false), ("backchannel_logout_supported", true),
            ("backchannel_logout_session_supported", true), ("authorization_response_iss_parameter_supported", true),
        ] {
            assert_eq!(document[name], value, "{name}");
        }
    }

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

    async fn basic_op_code_flow_with_client_secret_basic_and_post(app: TestApp) {
        let client = client(&app).await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        client.tokens(&browser).await;
        let code = client.code(&browser, &[]).await;
        let form = [
            ("grant_type", "authorization_code"), ("code", &code), ("redirect_uri", &client.redirect_uri),
            ("client_id", "try-it"), ("client_secret", SECRET),
        ];
        let answer = program(&app, Method::POST, "/oauth2/token", HeaderMap::new(), &form).await;
        answer.is_good();
        assert_eq!(answer.headers[header::CACHE_CONTROL], "no-store");
        assert_eq!(answer.body["expires_in"], 300);
    }

    async fn basic_op_the_id_token_is_rs256_with_a_key_id_and_at_hash(app: TestApp) {
        let client = client(&app).await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        let tokens = client.tokens(&browser).await;
        let token = tokens.text("id_token");
        let parsed = Unverified::parse(&token).unwrap();
        assert_eq!(parsed.header.algorithm, Algorithm::Rs256);
        let kid = parsed.header.kid.clone();
        assert!(kid.is_some() && published(&app).await.iter().any(|key| key.kid() == kid.as_deref()));
        let claims = client.claims_of(&token).await;
        let at_hash = oidc::id_token::at_hash(Algorithm::Rs256, &tokens.text("access_token"));
        assert_eq!(claims["at_hash"].as_str().map(str::to_owned), at_hash);
        let now = app.clock().now().seconds();
        assert_eq!((claims["iat"].as_i64(), claims["exp"].as_i64()), (Some(now), Some(now + 300)));
    }

    async fn basic_op_a_nonce_comes_back_and_is_not_needed(app: TestApp) {
        let client = client(&app).await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        let with = client.tokens(&browser).await;
        assert_eq!(client.claims_of(&with.text("id_token")).await["nonce"], "some nonce");
        let code = client.code(&browser, &[("nonce", "")]).await;
        let without = client.redeem(&code).await.text("id_token");
        assert!(client.claims_of(&without).await.get("nonce").is_none());
    }

    async fn basic_op_scopes_bring_their_claims_from_userinfo(app: TestApp) {
        let client = client(&app).await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        for (scope, there, absent) in [
            ("openid", vec!["sub"], vec!["name", "email"]),
            ("openid profile", vec!["sub", "name", "given_name", "family_name", "zoneinfo"], vec!["email"]),
            ("openid email", vec!["email", "email_verified"], vec!["name"]),
            // Nobody's address or telephone is kept: the scopes are left out.
            ("openid address phone", vec!["sub"], vec!["address", "phone_number", "name"]),
            ("openid profile email address phone", vec!["name", "email"], vec!["address"]),
        ] {
            let code = client.code(&browser, &[("scope", scope)]).await;
            let tokens = client.redeem(&code).await;
            let person = client.userinfo(&tokens.text("access_token")).await.is_good().body.clone();
            for name in there {
                assert!(person.get(name).is_some(), "{scope}: {name} is missing in {person}");
            }
            for name in absent {
                assert!(person.get(name).is_none(), "{scope}: {name} is in {person}");
            }
        }
    }

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

    async fn basic_op_prompt_login_asks_again_and_moves_auth_time(app: TestApp) {
        let client = client(&app).await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        let before = client.claims_of(&client.tokens(&browser).await.text("id_token")).await;
        app.pass_seconds(5);
        let page = client.send(&browser, &[("prompt", "login")]).await;
        page.is_the_first_page();
        assert_eq!(page.value_of("Email or username"), OMAR, "whoever is here is named");
        let back = page.press("Next").await.try_password(PASSWORD).await;
        let tokens = client.redeem(&client.callback(&back)["code"]).await;
        let after = client.claims_of(&tokens.text("id_token")).await;
        assert_eq!(before["sub"], after["sub"]);
        assert!(after["auth_time"].as_i64() > before["auth_time"].as_i64());
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

    async fn basic_op_hints_locales_display_and_unknown_parameters_are_tolerated(app: TestApp) {
        let client = client(&app).await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        let more = [
            ("login_hint", "somebody@else.example"), ("ui_locales", "se"), ("claims_locales", "se"), ("display", "page"),
            ("acr_values", "1 2"), ("extra", "foobar"),
        ];
        let tokens = client.redeem(&client.code(&browser, &more).await).await;
        let claims = client.claims_of(&tokens.text("id_token")).await;
        assert_eq!(claims["acr"], "urn:portico:acr:one-factor", "what was shown, not what was asked for");
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
        let refused = client.callback(&client.send(&omar, &[("claims", &essential)]).await);
        assert_eq!(refused["error"], "unmet_authentication_requirements");
        // An authenticator that was added since is asked for.
        app.execute("UPDATE sessions SET methods = 'pwd' WHERE account_id = $1", &[&KIM]).await;
        app.pass_seconds(40);
        let page = client.send(&kim, &[("acr_values", two)]).await.is_the_first_page().press("Next").await;
        let back = page.try_password(PASSWORD).await.enter_code(&code_now(&app)).await;
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

    async fn basic_op_code_reuse_is_refused_also_after_thirty_seconds(app: TestApp) {
        let client = client(&app).await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        let code = client.code(&browser, &[]).await;
        let tokens = client.redeem(&code).await;
        app.pass_seconds(30);
        client.redeem(&code).await.is_refused("invalid_grant");
        client.userinfo(&tokens.text("access_token")).await.is_refused("invalid_token");
    }

    async fn basic_op_request_objects_are_answered_as_not_supported(app: TestApp) {
        let client = client(&app).await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        for (name, error) in [("request", "request_not_supported"), ("request_uri", "request_uri_not_supported")] {
            let told = client.callback(&client.send(&browser, &[(name, "https://elsewhere.example/r")]).await);
            assert_eq!((told["error"].as_str(), told["state"].as_str()), (error, "some state"));
        }
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

    async fn basic_op_a_refresh_token_is_bound_to_its_client(app: TestApp) {
        let client = client(&app).await;
        let other = Product::register(&app, product::of("bed-board")).await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        let tokens = client.tokens(&browser).await;
        other.refresh(&tokens.text("refresh_token")).await.is_refused("invalid_grant");
        let next = client.refresh(&tokens.text("refresh_token")).await;
        let (old, new) = (tokens.text("id_token"), next.is_good().text("id_token"));
        assert_eq!(client.claims_of(&old).await["sub"], client.claims_of(&new).await["sub"]);
    }
}
