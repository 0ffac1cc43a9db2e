//! `/api/v1/organizations/…`: an organization's own program, and what it may not.

use axum::http::{HeaderMap, HeaderValue, Method, header};
use oidc::Scope;
use oidc::client::GrantType;
use portico::platform::ids::OrganizationId;
use portico::provider::NewClient;
use serde_json::{Value, json};

use crate::stories;
use crate::support::TestApp;
use crate::support::continuity::{LEE, ROOT, TOMAS, VERA};
use crate::support::idp::{CLIENT, Idp, SECRET, person};
use crate::support::product::{self, Answer, Product};

/// The client of an organization's own program.
fn client(organization: &str) -> NewClient {
    let mut client = NewClient::of(&format!("{organization}-it"), "IT", None);
    client.organizations = vec![OrganizationId::from(organization)];
    client.scope = Scope::of(&["organization"]);
    client.grants = vec![GrantType::ClientCredentials];
    client
}

/// A program with its token, and the organization it speaks about.
struct Program {
    app: TestApp,
    token: String,
    about: &'static str,
}

impl Program {
    async fn of(app: &TestApp, organization: &'static str) -> Program {
        let client = Product::register(app, client(organization)).await;
        let token = client.token(&[("grant_type", "client_credentials")]).await.is_good().text("access_token");
        Program { app: app.clone(), token, about: organization }
    }

    async fn send(&self, method: Method, path: &str, body: Value) -> Answer {
        let address = format!("/api/v1/organizations/{}/{path}", self.about);
        send(&self.app, method, &address, Some(&self.token), body).await
    }

    async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, Value::Null).await
    }

    async fn post(&self, path: &str, body: Value) -> Answer {
        self.send(Method::POST, path, body).await
    }
}

async fn send(app: &TestApp, method: Method, address: &str, token: Option<&str>, body: Value) -> Answer {
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    if let Some(token) = token {
        headers.insert(header::AUTHORIZATION, format!("Bearer {token}").parse().unwrap());
    }
    let body = if body.is_null() { String::new() } else { body.to_string() };
    let page = app.browser().send(method, address, &headers, body).await;
    let body = serde_json::from_str(page.body()).unwrap_or(Value::Null);
    Answer { status: page.status(), headers: page.headers().clone(), body }
}

#[track_caller]
fn is_problem(answer: &Answer, status: u16, code: &str) {
    assert_eq!((answer.status, answer.body["code"].as_str()), (status, Some(code)), "{}", answer.body);
    assert_eq!(answer.headers[header::CONTENT_TYPE], "application/problem+json");
}

fn settings(idp: &Idp) -> Value {
    json!({ "settings": { "name": "Lakeshore ID", "issuer": idp.issuer(), "client_id": CLIENT }, "secret": SECRET })
}

stories! {
    async fn a_program_shows_whose_a_domain_is(app: TestApp) {
        let program = Program::of(&app, "riverside").await;
        let claimed = program.post("domains", json!({ "domain": "Clinic.example" })).await;
        assert_eq!((claimed.status, claimed.text("state").as_str()), (201, "claimed"));
        let name = claimed.body["record"]["name"].as_str().unwrap();
        is_problem(&program.post("domains/clinic.example/verify", Value::Null).await, 409, "record_missing");
        app.dns().fail(name);
        is_problem(&program.post("domains/clinic.example/verify", Value::Null).await, 503, "dns_silent");
        app.dns().put(name, &[claimed.body["record"]["value"].as_str().unwrap()]);
        program.post("domains/clinic.example/verify", Value::Null).await.is_good();
        let listed = program.get("domains").await;
        let told: Vec<&str> =
            listed.body["domains"].as_array().unwrap().iter().map(|one| one["domain"].as_str().unwrap()).collect();
        assert_eq!(told, ["clinic.example", "riverside.example"]);
        let actor = "SELECT count(*) FROM audit WHERE event = 'domain.verified' AND actor = 'client:riverside-it'";
        assert_eq!(app.count(actor, &[]).await, 1);
        assert_eq!(program.send(Method::DELETE, "domains/clinic.example", Value::Null).await.status, 204);
        is_problem(&program.send(Method::DELETE, "domains/clinic.example", Value::Null).await, 404, "not_found");

        // What an operator has to look at, no program does.
        let show = async |claimed: &Answer| {
            let record = &claimed.body["record"];
            app.dns().put(record["name"].as_str().unwrap(), &[record["value"].as_str().unwrap()]);
        };
        // A claim tells nothing of others, whatever the domain is to them.
        let members = |answer: &Answer| answer.body.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
        for domain in ["lakeshore.example", "1akeshore.example", "sso.lakeshore.example", "gmail.com", "free.example"] {
            let claimed = program.post("domains", json!({ "domain": domain })).await;
            assert_eq!((claimed.status, claimed.text("state").as_str()), (201, "claimed"), "{domain}: {}", claimed.body);
            assert_eq!(members(&claimed), ["domain", "record", "state"]);
            let early = program.post(&format!("domains/{domain}/verify"), Value::Null).await;
            is_problem(&early, 409, "record_missing");
            show(&claimed).await;
        }
        let taken = program.post("domains/lakeshore.example/verify", Value::Null).await;
        is_problem(&taken, 409, "anothers");
        assert!(!taken.body.to_string().contains("Lakeshore"), "whose it is, is theirs to tell: {}", taken.body);
        for domain in ["1akeshore.example", "sso.lakeshore.example", "gmail.com"] {
            let doubtful = program.post(&format!("domains/{domain}/verify"), Value::Null).await;
            is_problem(&doubtful, 409, "needs_operator");
            assert_eq!(doubtful.body.get("doubts"), None, "{}", doubtful.body);
        }
        is_problem(&program.post("domains", json!({ "domain": "co.uk" })).await, 409, "unclaimable");
        is_problem(&program.post("domains", json!({ "domain": "no domain" })).await, 422, "unusable");
        is_problem(&program.post("domains", json!({ "domian": "clinic.example" })).await, 400, "unreadable");
    }

    async fn a_program_connects_its_organization_from_the_first_address_to_on_for_all(app: TestApp) {
        let idp = Idp::start(&app).await;
        let program = Program::of(&app, "lakeshore").await;
        let made = program.post("connections", settings(&idp)).await;
        assert_eq!((made.status, made.text("state").as_str()), (201, "trial"), "{}", made.body);
        let at = format!("connections/{}", made.text("id"));
        assert!(!made.body.to_string().contains(SECRET), "a secret is shown nowhere");
        let redirect = made.body["register"]["redirect_uri"].as_str().unwrap();
        assert_eq!(redirect, format!("https://login.portico.example/federation/{}/callback", made.text("id")));

        let seen = program.post(&format!("{at}/test"), Value::Null).await;
        assert_eq!((&seen.body["usable"], &seen.body["knows_us"]), (&json!(true), &json!(true)), "{}", seen.body);
        app.browser().name(LEE).await.is_the_password_page_of(LEE);

        let link = program.post(&format!("{at}/trial"), Value::Null).await.text("link");
        let path = link.strip_prefix("https://login.portico.example").unwrap();
        let browser = app.browser();
        let away = browser.get(path).await.fill("Email or username", LEE).press("Next").await;
        browser.get(&idp.answer(&away, person("lee-there", LEE))).await.is_the_portal_of("Lee Castillo");
        app.mail_to(LEE).await.shows("connected");

        let on = program.send(Method::PUT, &format!("{at}/state"), json!({ "state": "on", "all_domains": true })).await;
        assert_eq!(on.is_good().body["domains"], json!(["lakeshore.example"]));
        let away = app.browser().name(LEE).await;
        assert_eq!(idp.asked_by(&away)["login_hint"], LEE);
        app.mail_to(ROOT).await.shows("The program lakeshore-it of the organization");
        assert_eq!(app.events("connection.switched").await, 1);
    }

    async fn a_program_that_would_bring_people_back_here_is_refused_and_the_responsible_are_told(app: TestApp) {
        app.two_license_owners().await;
        let idp = Idp::start(&app).await;
        idp.connect(&app, "lakeshore-id", "lakeshore", "lakeshore.example").await;
        let program = Program::of(&app, "lakeshore").await;
        for _ in 0..2 {
            let off = program.send(Method::PUT, "connections/lakeshore-id/state", json!({ "state": "off" })).await;
            is_problem(&off, 409, "takes_an_operator");
            assert_eq!(off.body["people"], json!(3));
            assert!(off.text("detail").contains("https://login.portico.example/account/sso/lakeshore"), "{}", off.body);
            let released = program.send(Method::DELETE, "domains/lakeshore.example", Value::Null).await;
            is_problem(&released, 409, "takes_an_operator");
        }
        for told in [VERA, TOMAS, ROOT] {
            let mail = app.mail_to(told).await;
            assert_eq!(mail.subject, "A program wanted people of Lakeshore Hospital to sign in here");
            mail.shows("Lakeshore ID").shows("The program lakeshore-it of the organization");
        }
        let trail = "SELECT count(*) FROM audit WHERE event = 'connection.kept' AND actor = 'client:lakeshore-it'";
        assert_eq!(app.count(trail, &[]).await, 1, "once a day");
        idp.asked_by(&app.browser().name(LEE).await);
        // Nobody is moved by what leads nowhere.
        let second = program.post("connections", settings(&idp)).await.text("id");
        let off = program.send(Method::PUT, &format!("connections/{second}/state"), json!({ "state": "off" })).await;
        assert_eq!(off.is_good().text("state"), "off");
    }

    async fn what_cannot_work_is_told_and_not_switched_on(app: TestApp) {
        let idp = Idp::start(&app).await;
        let program = Program::of(&app, "lakeshore").await;
        let mut wrong = settings(&idp);
        wrong["secret"] = "another".into();
        let at = format!("connections/{}", program.post("connections", wrong).await.text("id"));
        let seen = program.post(&format!("{at}/test"), Value::Null).await;
        assert_eq!(seen.body["usable"], json!(false));
        assert!(seen.body["findings"][0]["text"].as_str().unwrap().contains("invalid_client"), "{}", seen.body);
        let on = json!({ "state": "on", "domains": ["lakeshore.example"] });
        is_problem(&program.send(Method::PUT, &format!("{at}/state"), on.clone()).await, 409, "broken");
        program.send(Method::PUT, &format!("{at}/secret"), json!({ "secret": SECRET })).await.is_good();
        let foreign = json!({ "state": "on", "domains": ["riverside.example"] });
        is_problem(&program.send(Method::PUT, &format!("{at}/state"), foreign).await, 409, "domain");
        is_problem(&program.send(Method::PUT, &format!("{at}/state"), json!({ "state": "on" })).await, 409, "domain");
        program.send(Method::PUT, &format!("{at}/state"), on).await.is_good();
        app.mail_to(ROOT).await.shows("sign in through Lakeshore ID");
        app.browser().name("omar@riverside.example").await.is_the_password_page_of("omar@riverside.example");

        for operators in [
            json!({ "private_network": true }),
            json!({ "roles": { "it": "license_owner" } }),
            json!({ "claims": { "user_name": ["nickname"] } }),
            json!({ "accounts_a_day": 1_000_000 }),
        ] {
            is_problem(&program.send(Method::PATCH, &at, operators).await, 422, "unusable");
        }
        is_problem(&program.send(Method::PATCH, &at, json!({ "mfa_accepted_at": "2027-06-30T00:00:00Z" })).await, 400, "unreadable");
        let changed = program.send(Method::PATCH, &at, json!({ "name": "Lakeshore sign-in" })).await;
        assert_eq!(changed.is_good().text("name"), "Lakeshore sign-in");
        assert_eq!((&changed.body["has_secret"], &changed.body["mfa_accepted_at"]), (&json!(true), &Value::Null));
        let mine = Idp::start(&app).await;
        let moved = program.send(Method::PATCH, &at, json!({ "issuer": mine.issuer() })).await;
        assert_eq!(moved.is_good().body["has_secret"], json!(false));
        program.post(&format!("{at}/test"), Value::Null).await.is_good();
        assert_eq!(mine.asked("token"), 0, "nobody is shown the secret of another");
    }

    async fn a_program_finds_nothing_of_another_organization(app: TestApp) {
        let idp = Idp::start(&app).await;
        let lakeshore = Program::of(&app, "lakeshore").await;
        let id = lakeshore.post("connections", settings(&idp)).await.text("id");
        let harbor = Program::of(&app, "harbor").await;
        let everywhere = [
            (Method::GET, "domains"), (Method::POST, "domains"), (Method::DELETE, "domains/lakeshore.example"),
            (Method::POST, "domains/lakeshore.example/verify"), (Method::GET, "connections"), (Method::POST, "connections"),
        ];
        let of_connection = [
            (Method::GET, ""), (Method::PATCH, ""), (Method::POST, "/test"), (Method::PUT, "/secret"),
            (Method::POST, "/trial"), (Method::DELETE, "/trial"), (Method::PUT, "/state"), (Method::GET, "/failures"),
        ];
        let mut addresses: Vec<(Method, String)> =
            everywhere.map(|(method, path)| (method, format!("/api/v1/organizations/lakeshore/{path}"))).into();
        for organization in ["lakeshore", "harbor", "atlantis"] {
            addresses.extend(of_connection.clone().map(|(method, what)| {
                (method, format!("/api/v1/organizations/{organization}/connections/{id}{what}"))
            }));
        }
        for (method, address) in addresses {
            let body = json!({ "state": "off" });
            let body = if address.ends_with("/state") { body } else { json!({}) };
            let answer = send(&app, method.clone(), &address, Some(&harbor.token), body).await;
            is_problem(&answer, 404, "not_found");
            assert!(!answer.body.to_string().contains("akeshore"), "{method} {address}: {}", answer.body);
        }
        assert_eq!(harbor.get("connections").await.body["connections"], json!([]));
        assert_eq!(app.events("connection_secret.changed").await + app.events("domain.released").await, 0);
    }

    async fn only_a_program_with_the_scope_is_heard(app: TestApp) {
        let address = "/api/v1/organizations/riverside/domains";
        let none = send(&app, Method::GET, address, None, Value::Null).await;
        assert_eq!(none.status, 401);
        assert!(none.headers.contains_key(header::WWW_AUTHENTICATE));
        assert_eq!(send(&app, Method::GET, address, Some("portico_at_x"), Value::Null).await.status, 401);
        // A product's own token, and that of a person through a product, lack it; the one cannot even ask for it.
        let bed = Product::register(&app, product::of("bed-board")).await;
        let token = bed.token(&[("grant_type", "client_credentials")]).await.text("access_token");
        assert_eq!(send(&app, Method::GET, address, Some(&token), Value::Null).await.status, 403);
        let asks = [("grant_type", "client_credentials"), ("scope", "organization")];
        bed.token(&asks).await.is_refused("invalid_scope");
        let program = Program::of(&app, "riverside").await;
        program.get("domains").await.is_good();
        app.execute("UPDATE clients SET disabled_at = created_at WHERE id = 'riverside-it'", &[]).await;
        assert_eq!(program.get("domains").await.status, 401, "and a client that is disabled is nobody at once");
    }

    async fn a_program_may_have_us_ask_others_so_often(app: TestApp) {
        let program = Program::of(&app, "riverside").await;
        program.post("domains", json!({ "domain": "clinic.example" })).await;
        for _ in 1..60 {
            assert_eq!(program.post("domains/clinic.example/verify", Value::Null).await.status, 409);
        }
        assert_eq!(program.post("domains", json!({ "domain": "another.example" })).await.status, 429, "a claim is one, too");
        let much = program.post("domains/clinic.example/verify", Value::Null).await;
        assert_eq!(much.status, 429);
        assert!(much.headers.contains_key(header::RETRY_AFTER));
        // Another organization's program is not in its way.
        let harbor = Program::of(&app, "harbor").await;
        is_problem(&harbor.post("domains/clinic.example/verify", Value::Null).await, 404, "not_found");
    }

    async fn the_document_describes_what_there_is(app: TestApp) {
        let document = send(&app, Method::GET, "/api/v1/openapi.json", None, Value::Null).await;
        assert_eq!(document.is_good().text("openapi"), "3.1.0");
        let paths = document.body["paths"].as_object().unwrap();
        for (path, methods) in paths {
            let address = path
                .replace("{organization}", "riverside")
                .replace("{domain}", "riverside.example")
                .replace("{connection}", "none");
            for method in methods.as_object().unwrap().keys() {
                let method = Method::from_bytes(method.to_uppercase().as_bytes()).unwrap();
                let status = send(&app, method.clone(), &address, None, Value::Null).await.status;
                // Heard, and asked for a token.
                assert!(status == 401 || path.ends_with("openapi.json"), "{method} {path}: {status}");
            }
            let other = send(&app, Method::TRACE, &address, None, Value::Null).await.status;
            assert_eq!(other, 405, "{path} is there");
        }
        let used = document.body.to_string();
        for schema in document.body["components"]["schemas"].as_object().unwrap().keys() {
            assert!(used.contains(&format!("#/components/schemas/{schema}\"")), "nothing refers to {schema}");
        }
    }
}

#[test]
fn a_client_that_acts_for_an_organization_is_confidential_and_nothing_else() {
    assert!(client("riverside").check().is_ok());
    let mut odd = client("riverside");
    odd.grants.push(GrantType::RefreshToken);
    assert!(odd.check().is_err());
    let mut third = client("riverside");
    third.third_party = true;
    assert!(third.check().is_err());
    let mut product = product::of("bed-board");
    product.scope = Scope::of(&["openid", "organization"]);
    assert!(product.check().is_err());
}
