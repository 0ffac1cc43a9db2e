//! Providers on loopback, good ones and others.

use std::sync::atomic::{AtomicUsize, Ordering};

use axum::Router;
use axum::http::header;
use axum::routing::get;
use oidc::jose::{Algorithm, JwkSet, SigningKey, sign};
use oidc::rp::{Expected, Kind, id_token};
use serde_json::json;
use tokio::net::TcpListener;

use super::*;
use crate::platform::clock::Time;

/// A provider whose keys can be changed, that can be away, and that counts who looks.
struct Idp {
    issuer: String,
    keys: Mutex<Vec<SigningKey>>,
    metadata_seen: AtomicUsize,
    keys_seen: AtomicUsize,
    /// Answers 503 to everybody.
    away: Mutex<bool>,
}

fn key() -> SigningKey {
    SigningKey::from_pkcs8(Algorithm::Es256, &SigningKey::generate(Algorithm::Es256).unwrap()).unwrap()
}

type Reply = Result<([(header::HeaderName, &'static str); 1], String), axum::http::StatusCode>;

impl Idp {
    async fn start() -> Arc<Idp> {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let issuer = format!("http://{}/realm", listener.local_addr().unwrap());
        let idp = Arc::new(Idp {
            issuer,
            keys: Mutex::new(vec![key()]),
            metadata_seen: AtomicUsize::default(),
            keys_seen: AtomicUsize::default(),
            away: Mutex::new(false),
        });
        let (metadata, keys) = (idp.clone(), idp.clone());
        let router = Router::new()
            .route("/realm/.well-known/openid-configuration", get(async move || metadata.metadata()))
            .route("/jwks", get(async move || keys.published()));
        tokio::spawn(async move { axum::serve(listener, router).await });
        idp
    }

    fn metadata(&self) -> Reply {
        self.metadata_seen.fetch_add(1, Ordering::SeqCst);
        let here = self.issuer.strip_suffix("/realm").unwrap();
        self.answer(json!({
            "issuer": self.issuer, "authorization_endpoint": format!("{here}/a"), "token_endpoint": format!("{here}/t"),
            "jwks_uri": format!("{here}/jwks"), "id_token_signing_alg_values_supported": ["ES256"],
        }))
    }

    fn published(&self) -> Reply {
        self.keys_seen.fetch_add(1, Ordering::SeqCst);
        let keys = self.keys.lock().unwrap().iter().map(SigningKey::jwk).collect();
        self.answer(serde_json::to_value(JwkSet { keys }).unwrap())
    }

    fn answer(&self, body: serde_json::Value) -> Reply {
        match *self.away.lock().unwrap() {
            true => Err(axum::http::StatusCode::SERVICE_UNAVAILABLE),
            false => Ok(([(header::CONTENT_TYPE, "application/json")], body.to_string())),
        }
    }

    fn seen(&self) -> (usize, usize) {
        (self.metadata_seen.load(Ordering::SeqCst), self.keys_seen.load(Ordering::SeqCst))
    }

    fn source(&self) -> Source<'_> {
        Source { connection: "c-1", owner: "lakeshore", issuer: &self.issuer, reach: Reach::Public }
    }

    /// Withdraws all keys, and signs with a new one.
    fn rolls_over(&self) {
        *self.keys.lock().unwrap() = vec![key()];
    }

    fn token(&self, now: i64) -> String {
        token(self.keys.lock().unwrap().first().unwrap(), &self.issuer, now)
    }
}

fn token(key: &SigningKey, issuer: &str, now: i64) -> String {
    let claims = json!({ "iss": issuer, "sub": "s", "aud": "door", "exp": now + 60, "iat": now, "nonce": "n" });
    sign(key, "JWT", &claims).unwrap()
}

fn published() -> (Published, Clock) {
    let clock = Clock::fake(Time::from_seconds(1_800_000_000));
    let outgoing = Outgoing::new("http://127.0.0.1:1").unwrap();
    (Published::new(outgoing, clock.clone()), clock)
}

async fn subject(published: &Published, idp: &Idp, token: &str) -> Result<String, Unpublished> {
    let metadata = published.metadata(idp.source()).await?;
    let expected = Expected {
        issuer: &idp.issuer,
        client_id: "door",
        nonce: "n",
        max_age: None,
        access_token: None,
        algorithms: &metadata.algorithms,
        now: published.clock.now().seconds(),
    };
    let check = |keys: &Keys| id_token::verify(token, keys, &expected);
    published.verified(idp.source(), &metadata, check).await.map(|claims| claims.sub)
}

async fn signs_in(published: &Published, idp: &Idp) -> Result<String, Unpublished> {
    subject(published, idp, &idp.token(published.clock.now().seconds())).await
}

#[tokio::test]
async fn clock_a_provider_is_asked_once_for_many_and_again_after_a_while() {
    let (idp, (published, clock)) = (Idp::start().await, published());
    let (first, second, third) =
        tokio::join!(signs_in(&published, &idp), signs_in(&published, &idp), signs_in(&published, &idp));
    assert!([first, second, third].iter().all(|subject| subject.as_deref() == Ok("s")));
    assert_eq!(idp.seen(), (1, 1));
    clock.advance(Duration::from_secs(600));
    assert!(signs_in(&published, &idp).await.is_ok());
    assert_eq!(idp.seen(), (2, 2));
}

#[tokio::test]
async fn clock_keys_that_were_changed_are_found_and_those_withdrawn_are_worth_nothing() {
    let (idp, (published, clock)) = (Idp::start().await, published());
    signs_in(&published, &idp).await.unwrap();
    let old = idp.token(clock.now().seconds());
    idp.rolls_over();
    clock.advance(FLOOR);
    assert!(signs_in(&published, &idp).await.is_ok());
    assert_eq!(idp.seen(), (1, 2));
    let Err(Unpublished::Wrong(wrong)) = subject(&published, &idp, &old).await else { panic!("it was withdrawn") };
    assert_eq!(wrong.kind(), Kind::Key);
}

#[tokio::test]
async fn clock_neither_flapping_keys_nor_tokens_of_no_key_make_us_a_nuisance() {
    let (idp, (published, clock)) = (Idp::start().await, published());
    signs_in(&published, &idp).await.unwrap();
    for _ in 0..20 {
        idp.rolls_over();
        assert!(signs_in(&published, &idp).await.is_err());
        let forged = token(&key(), &idp.issuer, clock.now().seconds());
        assert!(subject(&published, &idp, &forged).await.is_err());
    }
    assert_eq!(idp.seen(), (1, 1));
    clock.advance(FLOOR);
    for _ in 0..20 {
        let forged = token(&key(), &idp.issuer, clock.now().seconds());
        assert!(subject(&published, &idp, &forged).await.is_err());
    }
    assert_eq!(idp.seen(), (1, 2));
    assert!(signs_in(&published, &idp).await.is_ok(), "whoever forged has made us see the new keys");
}

#[tokio::test]
async fn clock_a_provider_that_is_away_is_believed_for_an_hour() {
    let (idp, (published, clock)) = (Idp::start().await, published());
    signs_in(&published, &idp).await.unwrap();
    *idp.away.lock().unwrap() = true;
    clock.advance(Duration::from_secs(3_599));
    assert!(signs_in(&published, &idp).await.is_ok());
    assert!(signs_in(&published, &idp).await.is_ok());
    assert_eq!(idp.seen(), (2, 2), "asked once, a moment ago");
    clock.advance(Duration::from_secs(1));
    assert_eq!(signs_in(&published, &idp).await, Err(Wrong::Status(Part::Keys, 503).into()));
    clock.advance(FLOOR);
    *idp.away.lock().unwrap() = false;
    assert!(signs_in(&published, &idp).await.is_ok());
}

#[tokio::test]
async fn a_connection_that_was_changed_begins_anew() {
    let (one, other, (published, _)) = (Idp::start().await, Idp::start().await, published());
    signs_in(&published, &one).await.unwrap();
    let moved = Source { connection: "c-1", ..other.source() };
    assert_eq!(published.metadata(moved).await.unwrap().issuer, other.issuer);
    let forged = token(&key(), &other.issuer, published.clock.now().seconds());
    assert!(subject(&published, &other, &forged).await.is_err());
    assert!(signs_in(&published, &other).await.is_ok());
}

#[tokio::test]
async fn what_a_provider_publishes_now_is_shown_and_not_kept() {
    let (idp, (published, _)) = (Idp::start().await, published());
    let (metadata, _) = published.now(idp.source()).await.unwrap();
    assert_eq!(metadata.issuer, idp.issuer);
    published.now(idp.source()).await.unwrap();
    assert_eq!(idp.seen(), (2, 2));
    let wrong = Source { issuer: &format!("{}/", idp.issuer), ..idp.source() };
    assert!(matches!(published.now(wrong).await, Err(Unpublished::Wrong(Wrong::OtherIssuer(..)))));
    let nobody = Source { issuer: &idp.issuer.replace("/realm", "/other"), ..idp.source() };
    let Err(Unpublished::Wrong(wrong)) = published.now(nobody).await else { panic!("nobody is there") };
    assert_eq!((wrong.kind(), wrong), (Kind::SetUp, Wrong::Status(Part::Metadata, 404)));
}
