//! Plan "Basic OP": what comes of a request.

use axum::http::{HeaderMap, Method, header};
use oidc::client::AuthMethod;
use oidc::jose::Algorithm;

use super::{OMAR, client_and_person, id_token_of, tokens_for};
use crate::stories;
use crate::support::TestApp;
use crate::support::product::{self, Answer, Product, SECRET, program, published};

/// Who an access token stands for, asked by GET.
async fn person(client: &Product, tokens: &Answer) -> serde_json::Value {
    client.userinfo(&tokens.text("access_token")).await.is_good().body.clone()
}

/// Asks for a scope, and looks which claims come of it and which do not.
async fn scope_brings(app: &TestApp, scope: &str, brought: &[&str], kept: &[&str]) {
    let (client, browser) = client_and_person(app).await;
    let tokens = tokens_for(&client, &browser, &[("scope", scope)]).await;
    let claims = id_token_of(&client, &tokens).await;
    let person = person(&client, &tokens).await;
    assert_eq!(person["sub"], claims["sub"]);
    for name in brought {
        assert!(person.get(name).is_some_and(|value| !value.is_null()), "{name} is missing in {person}");
    }
    for name in kept {
        assert!(person.get(name).is_none() && claims.get(*name).is_none(), "{name} was told");
    }
}

/// And `preferred_username`, of whoever has a user name.
const PROFILE: [&str; 4] = ["name", "given_name", "family_name", "zoneinfo"];
const EMAIL: [&str; 2] = ["email", "email_verified"];
const NOBODYS: [&str; 3] = ["address", "phone_number", "phone_number_verified"];

stories! {
    async fn oidcc_server_a_code_becomes_tokens_for_a_client_that_shows_its_secret_in_the_header(app: TestApp) {
        let (client, browser) = client_and_person(&app).await;
        let told = client.callback(&client.send(&browser, &[]).await);
        assert_eq!(told["state"], "some state");
        let answer = client.redeem(&told["code"]).await;
        answer.is_good();
        assert_eq!(answer.body["token_type"], "Bearer");
        assert_eq!(answer.body["expires_in"], 300);
        assert_eq!(answer.headers[header::CACHE_CONTROL], "no-store");
        assert!(answer.headers[header::CONTENT_TYPE].to_str().unwrap().starts_with("application/json"));
        assert_eq!(id_token_of(&client, &answer).await["nonce"], "some nonce");
        assert_eq!(person(&client, &answer).await["sub"], OMAR);
    }

    async fn oidcc_server_client_secret_post_a_code_becomes_tokens_for_a_secret_in_the_form(app: TestApp) {
        let (client, browser) = client_and_person(&app).await;
        let code = client.code(&browser, &[]).await;
        let form = [
            ("grant_type", "authorization_code"), ("code", &code), ("redirect_uri", &client.redirect_uri),
            ("client_id", &client.id), ("client_secret", SECRET),
        ];
        let answer = program(&app, Method::POST, "/oauth2/token", HeaderMap::new(), &form).await;
        answer.is_good();
        id_token_of(&client, &answer).await;
    }

    async fn oidcc_idtoken_signature_is_rs256_by_a_published_key_with_an_id(app: TestApp) {
        let (client, browser) = client_and_person(&app).await;
        let keys = published(&app).await;
        assert!(keys.iter().filter(|key| key.algorithm() == Algorithm::Rs256).count() >= 1);
        assert!(keys.iter().all(|key| key.kid().is_some()));
        let tokens = tokens_for(&client, &browser, &[]).await;
        id_token_of(&client, &tokens).await;
    }

    async fn oidcc_userinfo_get_tells_who_a_token_stands_for(app: TestApp) {
        let (client, browser) = client_and_person(&app).await;
        let tokens = tokens_for(&client, &browser, &[]).await;
        let answer = client.userinfo(&tokens.text("access_token")).await;
        assert!(answer.headers[header::CONTENT_TYPE].to_str().unwrap().starts_with("application/json"));
        assert_eq!(answer.is_good().body["sub"], id_token_of(&client, &tokens).await["sub"]);
    }

    async fn oidcc_userinfo_post_header_tells_the_same(app: TestApp) {
        let (client, browser) = client_and_person(&app).await;
        let tokens = tokens_for(&client, &browser, &[]).await;
        let mut headers = HeaderMap::new();
        headers.insert(header::AUTHORIZATION, format!("Bearer {}", tokens.text("access_token")).parse().unwrap());
        let answer = program(&app, Method::POST, "/oauth2/userinfo", headers, &[]).await;
        assert_eq!(answer.is_good().body, person(&client, &tokens).await);
    }

    async fn oidcc_userinfo_post_body_tells_the_same(app: TestApp) {
        let (client, browser) = client_and_person(&app).await;
        let tokens = tokens_for(&client, &browser, &[]).await;
        let token = tokens.text("access_token");
        let form = [("access_token", token.as_str())];
        let answer = program(&app, Method::POST, "/oauth2/userinfo", HeaderMap::new(), &form).await;
        assert_eq!(answer.is_good().body, person(&client, &tokens).await);
    }

    async fn oidcc_scope_profile_brings_names(app: TestApp) {
        scope_brings(&app, "openid profile", &PROFILE, &EMAIL).await;
    }

    async fn oidcc_scope_email_brings_the_address_and_whether_it_is_confirmed(app: TestApp) {
        scope_brings(&app, "openid email", &EMAIL, &["name", "given_name", "family_name"]).await;
    }

    async fn oidcc_scope_address_is_left_out_because_nobodys_is_kept(app: TestApp) {
        scope_brings(&app, "openid address", &["sub"], &NOBODYS).await;
    }

    async fn oidcc_scope_phone_is_left_out_because_nobodys_is_kept(app: TestApp) {
        scope_brings(&app, "openid phone", &["sub"], &NOBODYS).await;
    }

    async fn oidcc_scope_all_brings_all_there_is(app: TestApp) {
        scope_brings(&app, "openid profile email address phone", &[PROFILE.as_slice(), &EMAIL].concat(), &NOBODYS).await;
    }

    async fn oidcc_alternate_happy_flow_the_order_of_scopes_and_parameters_counts_for_nothing(app: TestApp) {
        let (client, browser) = client_and_person(&app).await;
        let query = client.query(&[("scope", "email openid")]);
        let turned: Vec<_> = query.split('&').rev().collect();
        let back = browser.get(&format!("/oauth2/authorize?{}", turned.join("&"))).await;
        let tokens = client.redeem(&client.callback(&back)["code"]).await;
        id_token_of(&client, &tokens).await;
        assert_eq!(person(&client, &tokens).await["email"], OMAR);
    }

    async fn oidcc_claims_essential_a_name_asked_for_comes_from_userinfo_and_not_in_the_id_token(app: TestApp) {
        let (client, browser) = client_and_person(&app).await;
        let asked = [("scope", "openid"), ("claims", r#"{"userinfo":{"name":{"essential":true}}}"#)];
        let tokens = tokens_for(&client, &browser, &asked).await;
        assert!(id_token_of(&client, &tokens).await.get("name").is_none());
        assert_eq!(person(&client, &tokens).await["name"], "Omar Haddad");
    }

    async fn oidcc_codereuse_a_second_use_is_refused(app: TestApp) {
        let (client, browser) = client_and_person(&app).await;
        let code = client.code(&browser, &[]).await;
        client.redeem(&code).await.is_good();
        client.redeem(&code).await.is_refused("invalid_grant");
    }

    async fn oidcc_codereuse_30seconds_a_second_use_half_a_minute_later_ends_what_the_first_has_given(app: TestApp) {
        let (client, browser) = client_and_person(&app).await;
        let code = client.code(&browser, &[]).await;
        let tokens = client.redeem(&code).await;
        person(&client, &tokens).await;
        app.pass_seconds(30);
        client.redeem(&code).await.is_refused("invalid_grant");
        client.userinfo(&tokens.text("access_token")).await.is_refused("invalid_token");
    }

    async fn oidcc_refresh_token_brings_a_new_access_token_to_its_own_client(app: TestApp) {
        let (client, browser) = client_and_person(&app).await;
        let mut other = product::try_it();
        other.id = "try-it-too".into();
        let other = Product::register(&app, other).await;
        let asked = [("scope", "openid offline_access"), ("prompt", "consent")];
        let back = client.send(&browser, &asked).await.press("Allow").await;
        let first = client.redeem(&client.callback(&back)["code"]).await;
        let token = first.text("refresh_token");
        assert!(token.bytes().all(|byte| (0x20..=0x7e).contains(&byte)));
        other.refresh(&token).await.is_refused("invalid_grant");
        app.pass_seconds(1);
        let second = client.refresh(&token).await;
        assert_ne!(second.is_good().text("access_token"), first.text("access_token"));
        let (before, after) = (id_token_of(&client, &first).await, id_token_of(&client, &second).await);
        for name in ["iss", "sub", "aud", "auth_time", "acr"] {
            assert_eq!(before[name], after[name], "{name}");
        }
        assert!(after["iat"].as_i64() > before["iat"].as_i64() && after.get("nonce").is_none());
        person(&client, &second).await;
    }

    async fn oidcc_ensure_request_with_valid_pkce_succeeds_for_a_client_that_need_not_send_one(app: TestApp) {
        let (client, browser) = client_and_person(&app).await;
        assert!(!client.pkce);
        let careful = Product { pkce: true, ..client };
        id_token_of(&careful, &tokens_for(&careful, &browser, &[]).await).await;
    }
}

/// Nobody can be registered for unsigned ID tokens, so that the suite's `oidcc-idtoken-unsigned` has nothing to try.
#[test]
fn no_algorithm_is_none() {
    assert_eq!(Algorithm::of_name("none"), None);
    assert!(AuthMethod::of_name("client_secret_jwt").is_none());
}
