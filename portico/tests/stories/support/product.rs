//! A product behind the door: what it sends, and what it makes of the answers.

use std::collections::BTreeMap;

use axum::http::{HeaderMap, HeaderValue, Method, header};
use data_encoding::{BASE64, BASE64URL_NOPAD};
use oidc::client::{AuthMethod, GrantType, Profile};
use oidc::jose::{Algorithm, JwkSet, Unverified, VerifyingKey};
use oidc::pkce::Challenge;
use portico::platform::ids::{OrganizationId, ProductId};
use portico::provider::{self, NewClient, keys};
use serde_json::{Map, Value};
use store::Tx;

use super::app::TestApp;
use super::browser::Browser;
use super::page::Page;
use super::world::PUBLIC_URL;

/// 2,048 bits: finding one takes longer than most stories.
const RSA_KEY: &str = include_str!("rsa_key.txt");
pub const SECRET: &str = "a-secret-of-this-product:with+%signs";
pub const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

/// A registered client and what it knows of itself.
#[derive(Clone)]
pub struct Product {
    pub app: TestApp,
    pub id: String,
    pub redirect_uri: String,
    pub public: bool,
    /// Whether it sends a challenge.
    pub pkce: bool,
}

/// What a program is answered.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Value,
}

impl Answer {
    #[track_caller]
    pub fn text(&self, name: &str) -> String {
        self.body[name].as_str().unwrap_or_else(|| panic!("no {name} in {}", self.body)).to_owned()
    }

    #[track_caller]
    pub fn is_refused(&self, error: &str) {
        assert_eq!(self.body["error"], error, "{} {}", self.status, self.body);
        assert!((400..500).contains(&self.status), "{}", self.status);
    }

    #[track_caller]
    pub fn is_good(&self) -> &Answer {
        assert_eq!(self.status, 200, "{}", self.body);
        self
    }
}

/// The client of one of Riverside's products: strictly held, refreshing, first-party.
pub fn of(slug: &str) -> NewClient {
    let mut client = NewClient::of(slug, slug, Some(ProductId::from(slug)));
    client.redirect_uris = vec![format!("https://{slug}.example/callback")];
    client.post_logout_redirect_uris = vec![format!("https://{slug}.example/bye")];
    client.grants = GrantType::ALL.to_vec();
    client
}

/// The same of a program that can keep no secret.
pub fn public(slug: &str) -> NewClient {
    let mut client = of(slug);
    client.auth = AuthMethod::None;
    client.grants.retain(|grant| *grant != GrantType::ClientCredentials);
    client
}

/// The client for trying libraries: RS256, PKCE as one likes, open to everybody at Riverside.
pub fn try_it() -> NewClient {
    let mut client = NewClient::of("try-it", "Try it", None);
    client.organizations = vec![OrganizationId::from("riverside")];
    client.profile = Profile::OidcBasic;
    client.id_token_algorithm = Algorithm::Rs256;
    client.redirect_uris = vec!["http://127.0.0.1:9999/callback".into(), "http://localhost:9100/authz_cb".into()];
    client.post_logout_redirect_uris = vec!["http://127.0.0.1:9999/".into()];
    client
}

impl Product {
    pub async fn register(app: &TestApp, new: NewClient) -> Product {
        new.check().unwrap();
        let node = app.app();
        let rsa = BASE64.decode(RSA_KEY.replace('\n', "").as_bytes()).unwrap();
        let secret = new.auth == AuthMethod::Secret;
        node.db
            .write("story.client", async |tx: &mut Tx| {
                keys::adopt(tx, node, Algorithm::Rs256, &rsa).await?;
                provider::put_client(tx, &new).await?;
                if secret {
                    provider::add_client_secret(tx, &node.keys, &node.entropy, &new.id, SECRET, None).await?;
                }
                Ok::<_, store::Error>(())
            })
            .await
            .unwrap();
        Product {
            app: app.clone(),
            redirect_uri: new.redirect_uris.first().cloned().unwrap_or_default(),
            public: new.auth == AuthMethod::None,
            pkce: new.profile == Profile::Default,
            id: new.id,
        }
    }

    /// The same product, asking another node.
    pub fn on(&self, node: &TestApp) -> Product {
        Product { app: node.clone(), ..self.clone() }
    }

    /// The parameters of an ordinary request, with some of them changed, added, or (empty) left out.
    pub fn query(&self, changes: &[(&str, &str)]) -> String {
        let challenge = Challenge::of(VERIFIER).unwrap().to_text();
        let mut pairs: BTreeMap<&str, &str> = BTreeMap::from([
            ("client_id", self.id.as_str()),
            ("redirect_uri", self.redirect_uri.as_str()),
            ("response_type", "code"),
            ("scope", "openid profile email access"),
            ("state", "some state"),
            ("nonce", "some nonce"),
        ]);
        if self.pkce {
            pairs.insert("code_challenge", &challenge);
            pairs.insert("code_challenge_method", "S256");
        }
        pairs.extend(changes.iter().copied());
        pairs.retain(|_, value| !value.is_empty());
        form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
    }

    pub fn address(&self, changes: &[(&str, &str)]) -> String {
        format!("/oauth2/authorize?{}", self.query(changes))
    }

    /// Sends a browser to the door, and looks at where that ends.
    pub async fn send(&self, browser: &Browser, changes: &[(&str, &str)]) -> Page {
        browser.get(&self.address(changes)).await
    }

    /// The code for whoever is signed in in this browser.
    pub async fn code(&self, browser: &Browser, changes: &[(&str, &str)]) -> String {
        self.callback(&self.send(browser, changes).await).remove("code").expect("a code")
    }

    /// What the product is told in the address a browser brings back.
    #[track_caller]
    pub fn callback(&self, page: &Page) -> BTreeMap<String, String> {
        let address =
            page.leads_to().unwrap_or_else(|| panic!("{} is {}:\n{}", page.path(), page.status(), page.text()));
        let (uri, query) = address.split_once('?').expect("a query");
        assert_eq!(uri, self.redirect_uri);
        let told: BTreeMap<String, String> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        assert_eq!(told["iss"], PUBLIC_URL, "every answer names who gives it");
        told
    }

    pub async fn redeem(&self, code: &str) -> Answer {
        let verifier = if self.pkce { VERIFIER } else { "" };
        self.token(&[
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", &self.redirect_uri),
            ("code_verifier", verifier),
        ])
        .await
    }

    pub async fn refresh(&self, token: &str) -> Answer {
        self.token(&[("grant_type", "refresh_token"), ("refresh_token", token)]).await
    }

    /// Signs somebody in who has a session in this browser: the tokens.
    pub async fn tokens(&self, browser: &Browser) -> Answer {
        let code = self.code(browser, &[]).await;
        let answer = self.redeem(&code).await;
        answer.is_good();
        answer
    }

    pub async fn token(&self, form: &[(&str, &str)]) -> Answer {
        self.post("/oauth2/token", form).await
    }

    /// Posts as this client.
    pub async fn post(&self, path: &str, form: &[(&str, &str)]) -> Answer {
        let mut form: Vec<_> = form.iter().copied().filter(|(_, value)| !value.is_empty()).collect();
        let mut headers = HeaderMap::new();
        if self.public {
            form.push(("client_id", &self.id));
        } else {
            headers.insert(header::AUTHORIZATION, basic(&self.id, SECRET));
        }
        program(&self.app, Method::POST, path, headers, &form).await
    }

    pub async fn userinfo(&self, token: &str) -> Answer {
        let mut headers = HeaderMap::new();
        headers.insert(header::AUTHORIZATION, format!("Bearer {token}").parse().unwrap());
        program(&self.app, Method::GET, "/oauth2/userinfo", headers, &[]).await
    }

    pub async fn introspect(&self, token: &str) -> Answer {
        self.post("/oauth2/introspect", &[("token", token)]).await
    }

    /// The claims of an ID token, verified against the published keys as any library does.
    pub async fn claims_of(&self, token: &str) -> Map<String, Value> {
        let parsed = Unverified::parse(token).unwrap();
        let algorithm = parsed.header.algorithm;
        let verified = parsed.verify_any(&published(&self.app).await).unwrap();
        assert_eq!(verified.members()["aud"], self.id.as_str());
        assert_eq!(verified.members()["iss"], PUBLIC_URL);
        assert!(Algorithm::ALL.contains(&algorithm));
        verified.members().clone()
    }
}

/// The published keys.
pub async fn published(app: &TestApp) -> Vec<VerifyingKey> {
    let answer = program(app, Method::GET, "/oauth2/jwks", HeaderMap::new(), &[]).await;
    let set = JwkSet::read(answer.is_good().body.to_string().as_bytes()).unwrap();
    set.keys.iter().map(|jwk| VerifyingKey::new(jwk, None).unwrap()).collect()
}

/// `Basic` as RFC 6749 section 2.3.1 wants it: both halves form-encoded first.
pub fn basic(id: &str, secret: &str) -> HeaderValue {
    let encode = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
    let both = format!("{}:{}", encode(id), encode(secret));
    format!("Basic {}", BASE64.encode(both.as_bytes())).parse().unwrap()
}

/// One request of a program: no cookies, no browser's headers.
pub async fn program(app: &TestApp, method: Method, path: &str, headers: HeaderMap, form: &[(&str, &str)]) -> Answer {
    program_at(&app.browser(), method, path, headers, form).await
}

/// The same from the address of this one.
pub async fn program_at(
    place: &Browser,
    method: Method,
    path: &str,
    mut headers: HeaderMap,
    form: &[(&str, &str)],
) -> Answer {
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
    if method == Method::POST && !headers.contains_key(header::CONTENT_TYPE) {
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
    }
    let page = place.send(method, path, &headers, body).await;
    let body = serde_json::from_str(page.body()).unwrap_or(Value::Null);
    Answer { status: page.status(), headers: page.headers().clone(), body }
}

/// Whether a JWS looks like one and what it says, unverified.
pub fn unverified(token: &str) -> Map<String, Value> {
    let payload = token.split('.').nth(1).unwrap();
    serde_json::from_slice(&BASE64URL_NOPAD.decode(payload.as_bytes()).unwrap()).unwrap()
}
