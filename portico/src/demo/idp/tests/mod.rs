//! Stories of the house: a browser that is in it, and the program of its client.

mod moods;
mod tokens;
mod way_in;
mod way_out;

use axum::Router;
use axum::body::Body;
use axum::response::Response;
use data_encoding::BASE64;
use http::{Request, StatusCode, header};
use http_body_util::BodyExt;
use oidc::Params;
use oidc::jose::{JwkSet, Unverified, VerifyingKey};
use oidc::pkce::Challenge;
use scraper::{Html, Selector};
use serde_json::Value;
use tower::ServiceExt;

use super::{Agreement, Ground, Idp, router};
use crate::demo::data::PASSWORD;
use crate::platform::clock::{Clock, Time};
use crate::platform::entropy::Entropy;
use crate::platform::i18n::Locales;
use crate::platform::outgoing::Outgoing;

const NOW: Time = Time(1_800_000_000_000_000);
const ISSUER: &str = "http://127.0.0.1:8084";
const CALLBACK: &str = "http://127.0.0.1:8080/callback";
const OUT: &str = "http://127.0.0.1:8080/signed-out";
const SECRET: &str = "a secret: with odd/signs";
const VERIFIER: &str = "a-verifier-that-only-the-client-knows-of-0123456789";

/// The house, a browser that is in it, and the client's program.
struct Lakeshore {
    router: Router,
    clock: Clock,
    cookie: String,
}

struct Seen {
    status: StatusCode,
    location: String,
    body: String,
}

impl Seen {
    fn text_of(&self, css: &str) -> String {
        let page = Html::parse_document(&self.body);
        let found = page.select(&Selector::parse(css).unwrap()).next().map(|found| found.text().collect::<String>());
        found.unwrap_or_default().trim().to_owned()
    }

    fn heading(&self) -> String {
        self.text_of("h1")
    }

    fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }

    /// What the way back carries.
    fn back(&self) -> Params {
        assert_eq!(self.status, StatusCode::SEE_OTHER, "{}", self.heading());
        let (address, query) = self.location.split_once('?').unwrap();
        assert_eq!(address, CALLBACK);
        Params::parse(query).unwrap()
    }

    fn code(&self) -> String {
        self.back().get("code").unwrap().to_owned()
    }
}

impl Lakeshore {
    fn open() -> Lakeshore {
        Lakeshore::that_tells("http://127.0.0.1:9/nobody-listens")
    }

    fn that_tells(back_channel: &str) -> Lakeshore {
        let clock = Clock::fake(NOW);
        let ground = Ground {
            entropy: Entropy::new(clock.clone()),
            clock: clock.clone(),
            locales: Locales::embedded(),
            way: Outgoing::new("http://127.0.0.1:8080").unwrap(),
        };
        let agreement = Agreement {
            issuer: ISSUER.into(),
            client: "portico".into(),
            secret: SECRET.to_owned().into(),
            redirect_uri: CALLBACK.into(),
            post_logout_redirect_uri: OUT.into(),
            backchannel_logout_uri: back_channel.into(),
            front_door: "http://127.0.0.1:8080/".into(),
        };
        Lakeshore { router: router(Idp::open(ground, agreement).unwrap()), clock, cookie: String::new() }
    }

    async fn send(&mut self, request: http::request::Builder, body: String) -> Seen {
        let request = request.header(header::COOKIE, &self.cookie).header("sec-fetch-site", "same-origin");
        let answer: Response = self.router.clone().oneshot(request.body(Body::from(body)).unwrap()).await.unwrap();
        let header = |name| answer.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
        if let Some((cookie, _)) = header(header::SET_COOKIE).split_once(';') {
            cookie.clone_into(&mut self.cookie);
        }
        let (status, location) = (answer.status(), header(header::LOCATION).to_owned());
        let bytes = answer.into_body().collect().await.unwrap().to_bytes();
        Seen { status, location, body: String::from_utf8(bytes.to_vec()).unwrap() }
    }

    async fn get(&mut self, path: &str) -> Seen {
        self.send(Request::get(path), String::new()).await
    }

    async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Seen {
        let body = fields.iter().fold(Params::default(), |form, (name, value)| form.and(name, value)).to_text();
        let request = Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request, body).await
    }

    /// Asks the way in as the client does, with more than it always says.
    async fn ask(&mut self, more: &[(&str, &str)]) -> Seen {
        self.get(&format!("/authorize?{}", asked(more))).await
    }

    async fn sign_in(&mut self, email: &str, more: &[(&str, &str)]) -> Seen {
        let fields = [&[("email", email), ("password", PASSWORD), ("way", "enter")], more].concat();
        self.post(&format!("/sign-in?{}", asked(&[])), &fields).await
    }

    async fn redeem(&mut self, code: &str, verifier: &str) -> Seen {
        let basic = format!("portico:{}", Params::default().and("s", SECRET).to_text().trim_start_matches("s="));
        let request =
            Request::post("/token").header(header::AUTHORIZATION, format!("Basic {}", BASE64.encode(basic.as_bytes())));
        let form = Params::default().and("grant_type", "authorization_code").and("code", code);
        self.send(request, form.and("redirect_uri", CALLBACK).and("code_verifier", verifier).to_text()).await
    }

    /// What the ID token says, and the tokens.
    async fn tokens(&mut self, code: &str) -> (Value, Value) {
        let answer = self.redeem(code, VERIFIER).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        let tokens = answer.json();
        (self.verified(tokens["id_token"].as_str().unwrap()).await.unwrap(), tokens)
    }

    /// `None`: it is not signed with a key that is published.
    async fn verified(&mut self, token: &str) -> Option<Value> {
        let set = JwkSet::read(self.get("/jwks").await.body.as_bytes()).unwrap();
        let keys: Vec<_> = set.keys.iter().map(|jwk| VerifyingKey::new(jwk, None).unwrap()).collect();
        Unverified::parse(token).unwrap().verify_any(&keys).ok()?.claims().ok()
    }

    async fn person(&mut self, tokens: &Value) -> Seen {
        let bearer = format!("Bearer {}", tokens["access_token"].as_str().unwrap());
        self.send(Request::get("/userinfo").header(header::AUTHORIZATION, bearer), String::new()).await
    }

    async fn be(&mut self, mood: &str) {
        assert_eq!(self.post("/mood", &[("mood", mood)]).await.status, StatusCode::SEE_OTHER);
    }
}

fn asked(more: &[(&str, &str)]) -> String {
    let challenge = Challenge::of(VERIFIER).unwrap().to_text();
    let always = [
        ("client_id", "portico"),
        ("redirect_uri", CALLBACK),
        ("response_type", "code"),
        ("scope", "openid profile email groups address"),
        ("state", "s+t a"),
        ("nonce", "n"),
        ("code_challenge", challenge.as_str()),
        ("code_challenge_method", "S256"),
    ];
    let kept = always.iter().filter(|(name, _)| !more.iter().any(|(other, _)| other == name));
    kept.chain(more).fold(Params::default(), |params, (name, value)| params.and(name, value)).to_text()
}
