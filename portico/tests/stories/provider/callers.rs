//! Programs show who they are, and what their tokens are worth.

use axum::http::{HeaderMap, HeaderValue, Method, header};
use oidc::client::{AuthMethod, GrantType, Profile};
use oidc::jose::{Algorithm, SigningKey, sign};
use serde_json::{Value, json};

use crate::stories;
use crate::support::product::{self, Answer, Product, SECRET, basic, program};
use crate::support::world::PUBLIC_URL;
use crate::support::{TestApp, all_at_once};

const OMAR: &str = "omar@riverside.example";

async fn token_with(app: &TestApp, headers: HeaderMap, form: &[(&str, &str)]) -> Answer {
    program(app, Method::POST, "/oauth2/token", headers, form).await
}

fn authorized(value: HeaderValue) -> HeaderMap {
    HeaderMap::from_iter([(header::AUTHORIZATION, value)])
}

pub fn key(algorithm: Algorithm) -> SigningKey {
    SigningKey::from_pkcs8(algorithm, &SigningKey::generate(algorithm).unwrap()).unwrap()
}

/// A proof of DPoP, with some of its claims changed. There is nothing in the crate that makes one but for tests of its own.
pub fn proof(app: &TestApp, key: &SigningKey, changes: Value) -> HeaderMap {
    let jwk = serde_json::to_value(key.jwk()).unwrap();
    let head = json!({ "alg": key.algorithm().name(), "typ": "dpop+jwt", "jwk": jwk });
    let mut claims = json!({
        "jti": app.app().entropy.id(), "htm": "POST", "htu": format!("{PUBLIC_URL}/oauth2/token"),
        "iat": app.clock().now().seconds(),
    });
    claims.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
    let proof = oidc::jose::sign_with_header(key, &head, &claims).unwrap();
    HeaderMap::from_iter([(header::HeaderName::from_static("dpop"), proof.parse().unwrap())])
}

stories! {
    async fn a_client_that_cannot_show_who_it_is_gets_nothing(app: TestApp) {
        let bed = Product::register(&app, product::of("bed-board")).await;
        let form = [("grant_type", "client_credentials")];
        bed.token(&form).await.is_good();
        for wrong in [basic("bed-board", "wrong"), basic("nobody", SECRET), "Basic !".parse().unwrap(), "Bearer x".parse().unwrap()] {
            let answer = token_with(&app, authorized(wrong), &form).await;
            answer.is_refused("invalid_client");
            assert_eq!(answer.status, 401);
            assert!(answer.headers[header::WWW_AUTHENTICATE].to_str().unwrap().starts_with("Basic"));
        }
        let public = [("grant_type", "client_credentials"), ("client_id", "bed-board")];
        token_with(&app, HeaderMap::new(), &public).await.is_refused("invalid_client");
        let twice = [("grant_type", "client_credentials"), ("client_secret", SECRET)];
        token_with(&app, authorized(basic("bed-board", SECRET)), &twice).await.is_refused("invalid_request");
    }

    async fn a_disabled_client_is_nobody_and_its_tokens_are_worth_nothing(app: TestApp) {
        let bed = Product::register(&app, product::of("bed-board")).await;
        let desk = Product::register(&app, product::of("incident-desk")).await;
        let token = bed.token(&[("grant_type", "client_credentials")]).await.text("access_token");
        assert_eq!(desk.introspect(&token).await.body["active"], true);
        app.execute("UPDATE clients SET disabled_at = created_at WHERE id = 'bed-board'", &[]).await;
        assert_eq!(desk.introspect(&token).await.body["active"], false);
        bed.token(&[("grant_type", "client_credentials")]).await.is_refused("invalid_client");
        assert_eq!(bed.send(&app.browser(), &[]).await.status(), 400);
    }

    async fn a_secret_rests_as_a_mac_and_its_successor_takes_over(app: TestApp) {
        let bed = Product::register(&app, product::of("bed-board")).await;
        let sql = "SELECT count(*) FROM client_secrets WHERE mac = $1";
        assert_eq!(app.count(sql, &[&SECRET.as_bytes()]).await, 0);
        let (node, end) = (app.app(), app.clock().now() + std::time::Duration::from_secs(60));
        node.db
            .write("story", async |tx: &mut store::Tx| {
                portico::provider::add_client_secret(tx, &node.keys, &node.entropy, "bed-board", "new", Some(end)).await
            })
            .await
            .unwrap();
        let form = [("grant_type", "client_credentials")];
        bed.token(&form).await.is_good();
        app.pass_seconds(60);
        bed.token(&form).await.is_refused("invalid_client");
        token_with(&app, authorized(basic("bed-board", "new")), &form).await.is_good();
    }

    async fn a_clients_own_access_is_its_own_and_says_nothing_of_people(app: TestApp) {
        let bed = Product::register(&app, product::of("bed-board")).await;
        let desk = Product::register(&app, product::of("incident-desk")).await;
        let form = |scope| [("grant_type", "client_credentials"), ("scope", scope)];
        bed.token(&form("openid")).await.is_refused("invalid_scope");
        let token = bed.token(&form("access")).await.is_good().text("access_token");
        let told = desk.introspect(&token).await.body;
        assert_eq!((told["active"].as_bool(), told["sub"].as_str()), (Some(true), Some("bed-board")));
        bed.userinfo(&token).await.is_refused("insufficient_scope");
        bed.post("/oauth2/revoke", &[("token", &token)]).await.is_good();
        assert_eq!(desk.introspect(&token).await.body["active"], false);
        let token = bed.token(&form("")).await.text("access_token");
        app.pass_seconds(300);
        assert_eq!(desk.introspect(&token).await.body["active"], false);
    }

    async fn introspection_tells_clients_that_are_somebody_and_only_what_is_theirs(app: TestApp) {
        let bed = Product::register(&app, product::of("bed-board")).await;
        let mut foreign = product::of("incident-desk");
        foreign.third_party = true;
        let foreign = Product::register(&app, foreign).await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        let tokens = bed.tokens(&browser).await;
        let told = bed.introspect(&tokens.text("access_token")).await;
        let body = told.is_good().body.clone();
        assert_eq!((body["client_id"].as_str(), body["sub"].as_str()), (Some("bed-board"), Some(OMAR)));
        assert_eq!(foreign.introspect(&tokens.text("access_token")).await.body, json!({ "active": false }));
        assert_eq!(bed.introspect(&tokens.text("refresh_token")).await.body["active"], true);
        assert_eq!(bed.introspect("nonsense").await.body, json!({ "active": false }));
        let nobody = program(&app, Method::POST, "/oauth2/introspect", HeaderMap::new(), &[("token", "x")]).await;
        nobody.is_refused("invalid_client");
    }

    async fn a_client_gives_back_what_it_has(app: TestApp) {
        let bed = Product::register(&app, product::of("bed-board")).await;
        let desk = Product::register(&app, product::of("incident-desk")).await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        let tokens = bed.tokens(&browser).await;
        let token = tokens.text("refresh_token");
        desk.post("/oauth2/revoke", &[("token", &token)]).await.is_good();
        bed.userinfo(&tokens.text("access_token")).await.is_good();
        bed.post("/oauth2/revoke", &[("token", &token), ("token_type_hint", "access_token")]).await.is_good();
        bed.userinfo(&tokens.text("access_token")).await.is_refused("invalid_token");
        bed.refresh(&token).await.is_refused("invalid_grant");
        bed.post("/oauth2/revoke", &[("token", "nonsense")]).await.is_good();
        bed.post("/oauth2/revoke", &[]).await.is_refused("invalid_request");
    }

    async fn a_signed_assertion_shows_a_client_once(app: TestApp) {
        let key = key(Algorithm::Es256);
        let mut new = product::of("bed-board");
        new.auth = AuthMethod::PrivateKeyJwt;
        new.jwks = Some(json!({ "keys": [key.jwk()] }).to_string());
        new.assertion_algorithm = Some(Algorithm::Es256);
        Product::register(&app, new).await;
        let now = app.clock().now().seconds();
        let assertion = |claims: Value, key: &SigningKey| {
            let mut all = json!({ "iss": "bed-board", "sub": "bed-board", "aud": PUBLIC_URL, "exp": now + 60, "jti": "1" });
            all.as_object_mut().unwrap().extend(claims.as_object().unwrap().clone());
            sign(key, "JWT", &all).unwrap()
        };
        let show = async |assertion: String| {
            let kind = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
            let form = [
                ("grant_type", "client_credentials"), ("client_assertion_type", kind), ("client_assertion", &assertion),
            ];
            token_with(&app, HeaderMap::new(), &form).await
        };
        let good = assertion(json!({}), &key);
        show(good.clone()).await.is_good();
        show(good).await.is_refused("invalid_client");
        show(assertion(json!({ "jti": "2", "aud": format!("{PUBLIC_URL}/oauth2/token") }), &key)).await.is_good();
        show(assertion(json!({ "jti": "3", "aud": "https://elsewhere.example" }), &key)).await.is_refused("invalid_client");
        show(assertion(json!({ "jti": "4" }), &self::key(Algorithm::Es256))).await.is_refused("invalid_client");
        token_with(&app, authorized(basic("bed-board", SECRET)), &[("grant_type", "client_credentials")])
            .await
            .is_refused("invalid_client");
    }

    async fn a_token_bound_to_a_key_is_worth_nothing_without_it(app: TestApp) {
        let bed = Product::register(&app, product::of("bed-board")).await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        let key = key(Algorithm::Es256);
        let code = bed.code(&browser, &[("dpop_jkt", key.kid())]).await;
        let form = [
            ("grant_type", "authorization_code"), ("code", code.as_str()), ("redirect_uri", &bed.redirect_uri),
            ("code_verifier", product::VERIFIER),
        ];
        let with = |mut headers: HeaderMap| {
            headers.insert(header::AUTHORIZATION, basic("bed-board", SECRET));
            headers
        };
        bed.token(&form).await.is_refused("invalid_grant");
        token_with(&app, with(proof(&app, &self::key(Algorithm::Es256), json!({}))), &form).await.is_refused("invalid_grant");
        token_with(&app, with(proof(&app, &key, json!({ "htm": "GET" }))), &form).await.is_refused("invalid_dpop_proof");
        let once = proof(&app, &key, json!({}));
        let tokens = token_with(&app, with(once.clone()), &form).await;
        assert_eq!(tokens.is_good().body["token_type"], "DPoP");
        token_with(&app, with(once), &form).await.is_refused("invalid_dpop_proof");
        let token = tokens.text("access_token");
        bed.userinfo(&token).await.is_refused("invalid_token");
        assert_eq!(bed.introspect(&token).await.body["cnf"]["jkt"], key.kid());
        let ath = oidc::dpop::hash_of(&token);
        let here = json!({ "htm": "GET", "htu": format!("{PUBLIC_URL}/oauth2/userinfo"), "ath": ath });
        let mut headers = proof(&app, &key, here);
        headers.insert(header::AUTHORIZATION, format!("DPoP {token}").parse().unwrap());
        program(&app, Method::GET, "/oauth2/userinfo", headers, &[]).await.is_good();
        bed.refresh(&tokens.text("refresh_token")).await.is_refused("invalid_grant");
        let refresh = tokens.text("refresh_token");
        let form = [("grant_type", "refresh_token"), ("refresh_token", refresh.as_str())];
        token_with(&app, with(proof(&app, &key, json!({}))), &form).await.is_good();
    }

    async fn a_proof_leaves_a_row_only_where_it_was_good_for_something(app: TestApp) {
        Product::register(&app, product::public("bed-board")).await;
        let key = key(Algorithm::Es256);
        for form in [
            [("grant_type", "authorization_code"), ("code", "nonsense"), ("client_id", "bed-board")],
            [("grant_type", "refresh_token"), ("refresh_token", "nonsense"), ("client_id", "bed-board")],
        ] {
            token_with(&app, proof(&app, &key, json!({})), &form).await.is_refused("invalid_grant");
        }
        assert_eq!(app.count("SELECT count(*) FROM used_proofs", &[]).await, 0);
    }

    async fn a_parameter_that_comes_twice_is_read_by_nobody(app: TestApp) {
        let bed = Product::register(&app, product::of("bed-board")).await;
        for path in ["/oauth2/introspect", "/oauth2/revoke", "/oauth2/token", "/oauth2/par"] {
            bed.post(path, &[("token", "a"), ("token", "b")]).await.is_refused("invalid_request");
        }
    }

    async fn race_fifty_uses_of_one_proof_are_good_once(app: TestApp) {
        let nodes = [app.clone(), app.second_node().await];
        Product::register(&app, product::of("bed-board")).await;
        let mut headers = proof(&app, &key(Algorithm::EdDsa), json!({}));
        headers.insert(header::AUTHORIZATION, basic("bed-board", SECRET));
        let racers = (0..50).map(|number| {
            let (node, headers) = (nodes[number % 2].clone(), headers.clone());
            async move { token_with(&node, headers, &[("grant_type", "client_credentials")]).await.status }
        });
        let answers = all_at_once(racers).await;
        assert_eq!(answers.iter().filter(|status| **status == 200).count(), 1);
    }

    async fn a_pushed_request_works_once_in_one_browser_for_its_client(app: TestApp) {
        let bed = Product::register(&app, product::of("bed-board")).await;
        let desk = Product::register(&app, product::of("incident-desk")).await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        let query = bed.query(&[]);
        let form: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let push = async || bed.post("/oauth2/par", &form).await;
        let pushed = push().await;
        assert_eq!((pushed.status, pushed.body["expires_in"].as_u64()), (201, Some(60)));
        let address = |client: &str, uri: &str| {
            let uri: String = form_urlencoded::byte_serialize(uri.as_bytes()).collect();
            format!("/oauth2/authorize?client_id={client}&request_uri={uri}&redirect_uri=https://evil.example")
        };
        let uri = pushed.text("request_uri");
        assert_eq!(browser.get(&address(&desk.id, &uri)).await.status(), 400);
        let back = browser.get(&address(&bed.id, &uri)).await;
        bed.redeem(&bed.callback(&back)["code"]).await.is_good();
        assert_eq!(browser.get(&address(&bed.id, &uri)).await.status(), 400);
        let late = push().await.text("request_uri");
        app.pass_seconds(60);
        assert_eq!(browser.get(&address(&bed.id, &late)).await.status(), 400);
        let bad = [form.clone(), vec![("prompt", "nonsense")]].concat();
        bed.post("/oauth2/par", &bad).await.is_refused("invalid_request");
        let elsewhere = [form, vec![("redirect_uri", "https://evil.example")]].concat();
        bed.post("/oauth2/par", &elsewhere).await.is_refused("invalid_request");
    }

    async fn a_pairwise_subject_is_another_one_in_each_sector(app: TestApp) {
        let sector = |slug: &str, sector: &str| {
            let mut client = product::of(slug);
            client.subject = portico::provider::clients::SubjectType::Pairwise { sector: sector.into() };
            client
        };
        let bed = Product::register(&app, sector("bed-board", "a.example")).await;
        let desk = Product::register(&app, sector("incident-desk", "b.example")).await;
        let tracer = Product::register(&app, sector("tracer", "b.example")).await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        let mut subjects = Vec::new();
        for product in [&bed, &desk, &tracer] {
            let tokens = product.tokens(&browser).await;
            let claims = product.claims_of(&tokens.text("id_token")).await;
            let person = product.userinfo(&tokens.text("access_token")).await.body;
            assert_eq!(claims["sub"], person["sub"]);
            subjects.push(claims["sub"].clone());
        }
        assert_ne!(subjects[0], subjects[1]);
        assert_eq!(subjects[1], subjects[2]);
        assert!(!subjects.contains(&Value::from(OMAR)));
    }

    async fn what_a_registration_may_not_say_is_told(app: TestApp) {
        let _ = &app;
        let bad = |change: fn(&mut portico::provider::NewClient)| {
            let mut client = product::of("bed-board");
            change(&mut client);
            client.check().unwrap_err().to_string()
        };
        assert!(bad(|c| c.id = "0192f0c1-0000-7000-8000-000000000000".into()).contains("look like an account's"));
        assert!(bad(|c| c.redirect_uris = vec!["http://bed.example/cb".into()]).contains("https://"));
        assert!(bad(|c| c.redirect_uris.clear()).contains("needs a redirect URI"));
        assert!(bad(|c| c.backchannel_logout_uri = Some("http://bed.example/".into())).contains("back-channel"));
        assert!(bad(|c| c.auth = AuthMethod::PrivateKeyJwt).contains("JWK set"));
        let mut machine = product::of("bed-board");
        (machine.redirect_uris, machine.grants) = (Vec::new(), vec![GrantType::ClientCredentials]);
        machine.profile = Profile::Default;
        machine.check().unwrap();
    }
}
