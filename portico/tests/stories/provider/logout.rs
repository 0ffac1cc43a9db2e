//! Out again: at the product's wish, and everywhere at once.

use std::time::Duration;

use portico::provider;
use serde_json::{Map, Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::sync::mpsc;

use crate::stories;
use crate::support::product::{self, Product, published};
use crate::support::steps::NEW_PASSWORD;
use crate::support::world::PUBLIC_URL;
use crate::support::{Browser, PASSWORD, TestApp};

const OMAR: &str = "omar@riverside.example";
const BYE: &str = "https://bed-board.example/bye";

/// A product that listens for notices and answers each with the next of its statuses, the last one for good.
pub struct Listener {
    pub uri: String,
    heard: mpsc::UnboundedReceiver<String>,
}

impl Listener {
    pub async fn start(statuses: &'static [u16]) -> Listener {
        let socket = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let uri = format!("http://{}/logout", socket.local_addr().unwrap());
        let (tell, heard) = mpsc::unbounded_channel();
        tokio::spawn(async move {
            for number in 0.. {
                let (mut stream, _) = socket.accept().await.unwrap();
                let mut request = Vec::new();
                let mut buffer = [0; 4096];
                let body = loop {
                    let read = stream.read(&mut buffer).await.unwrap();
                    request.extend_from_slice(&buffer[..read]);
                    let text = String::from_utf8_lossy(&request).into_owned();
                    let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
                    let length = head.to_ascii_lowercase();
                    let length = length.split("content-length: ").nth(1).unwrap().lines().next().unwrap().to_owned();
                    if body.len() >= length.parse::<usize>().unwrap() {
                        break body.to_owned();
                    }
                };
                let status = statuses[number.min(statuses.len() - 1)];
                let answer = format!("HTTP/1.1 {status} x\r\ncontent-length: 0\r\nlocation: /elsewhere\r\n\r\n");
                // First what the test looks for: whoever has the answer goes on at once.
                tell.send(body).unwrap();
                stream.write_all(answer.as_bytes()).await.unwrap();
            }
        });
        Listener { uri, heard }
    }

    /// The token of the next notice that has come.
    pub fn token(&mut self) -> Option<String> {
        let form = self.heard.try_recv().ok()?;
        let (name, value) = form_urlencoded::parse(form.as_bytes()).next().unwrap();
        assert_eq!(name, "logout_token");
        Some(value.into_owned())
    }
}

pub async fn listening(app: &TestApp, slug: &str, listener: &Listener) -> Product {
    let mut client = product::of(slug);
    client.backchannel_logout_uri = Some(listener.uri.clone());
    Product::register(app, client).await
}

pub async fn deliver(app: &TestApp) {
    provider::send_notices(app.app()).await.unwrap();
}

pub async fn notices(app: &TestApp, state: &str) -> i64 {
    app.count("SELECT count(*) FROM logout_notices WHERE state = $1", &[&state]).await
}

/// Verified as a product verifies it.
pub async fn told(app: &TestApp, product: &Product, token: &str) -> Map<String, Value> {
    let now = app.clock().now().seconds();
    let keys = published(app).await;
    oidc::logout::verify(token, &keys, PUBLIC_URL, &product.id, now).unwrap();
    product::unverified(token)
}

pub fn address(pairs: &[(&str, &str)]) -> String {
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    format!("/oauth2/logout?{query}")
}

pub async fn is_signed_in(browser: &Browser) -> bool {
    browser.get("/").await.path() == "/"
}

stories! {
    // RP-Initiated OP

    async fn rp_initiated_a_good_hint_signs_out_and_leads_back_with_the_state(app: TestApp) {
        let bed = Product::register(&app, product::of("bed-board")).await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        let hint = bed.tokens(&browser).await.text("id_token");
        app.pass_seconds(4_000);
        let asked = [("id_token_hint", hint.as_str()), ("post_logout_redirect_uri", BYE), ("state", "a b")];
        let out = browser.get(&address(&asked)).await;
        assert_eq!(out.leads_to().as_deref(), Some("https://bed-board.example/bye?state=a%20b"));
        assert!(!is_signed_in(&browser).await);
        let silent = bed.callback(&bed.send(&browser, &[("prompt", "none")]).await);
        assert_eq!(silent["error"], "login_required");
        assert_eq!(browser.get(&address(&asked)).await.leads_to().as_deref(), Some("https://bed-board.example/bye?state=a%20b"));
    }

    async fn rp_initiated_without_state_or_without_an_address_it_ends_where_it_should(app: TestApp) {
        let bed = Product::register(&app, product::of("bed-board")).await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        let hint = bed.tokens(&browser).await.text("id_token");
        let out = browser.get(&address(&[("id_token_hint", &hint), ("post_logout_redirect_uri", BYE)])).await;
        assert_eq!(out.leads_to().as_deref(), Some(BYE));
        browser.sign_in(OMAR).await;
        let hint = bed.tokens(&browser).await.text("id_token");
        browser.get(&address(&[("id_token_hint", &hint)])).await.is_headed("You are signed out");
        assert!(!is_signed_in(&browser).await);
    }

    async fn rp_initiated_a_hint_of_another_sign_in_asks_first(app: TestApp) {
        let bed = Product::register(&app, product::of("bed-board")).await;
        let desk = Product::register(&app, product::of("incident-desk")).await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        let old = bed.tokens(&browser).await.text("id_token");
        let elsewhere = app.browser();
        elsewhere.sign_in(OMAR).await;
        let asked = [("id_token_hint", old.as_str()), ("post_logout_redirect_uri", BYE)];
        let page = elsewhere.get(&address(&asked)).await;
        page.is_headed("Do you want to sign out?").shows("bed-board asks us");
        assert!(is_signed_in(&elsewhere).await);
        // By a page of ours: the form's own page names no product.
        let between = page.press_and_stay("Sign out").await;
        assert_eq!((between.is_headed("One moment").status(), between.leads_to().as_deref()), (200, Some(BYE)));
        // Proved again in the same browser, it is still the session that bed-board knows.
        app.pass_seconds(1);
        let page = desk.send(&browser, &[("prompt", "login")]).await;
        desk.callback(&page.press("Next").await.try_password(PASSWORD).await);
        assert_eq!(browser.get(&address(&asked)).await.leads_to().as_deref(), Some(BYE));
        assert!(!is_signed_in(&browser).await);
    }

    async fn rp_initiated_an_unregistered_or_changed_address_is_not_gone_to(app: TestApp) {
        let bed = Product::register(&app, product::of("bed-board")).await;
        let browser = app.browser();
        for bad in ["https://evil.example/", "https://bed-board.example/bye?x=1", "https://bed-board.example/bye/", "https://bed-board.example/BYE"] {
            browser.sign_in(OMAR).await;
            let hint = bed.tokens(&browser).await.text("id_token");
            let asked = [("id_token_hint", hint.as_str()), ("post_logout_redirect_uri", bad), ("state", "s")];
            let page = browser.get(&address(&asked)).await;
            page.is_headed("Do you want to sign out?").shows("bed-board asks us");
            page.press("Sign out").await.is_headed("You are signed out");
        }
    }

    async fn rp_initiated_a_missing_bad_or_modified_hint_asks_and_leads_nowhere(app: TestApp) {
        let bed = Product::register(&app, product::of("bed-board")).await;
        let desk = Product::register(&app, product::of("incident-desk")).await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        let hint = bed.tokens(&browser).await.text("id_token");
        let modified = format!("{}AAAA", &hint[..hint.len() - 4]);
        for pairs in [
            vec![],
            vec![("state", "only")],
            vec![("post_logout_redirect_uri", BYE)],
            vec![("client_id", "bed-board"), ("post_logout_redirect_uri", BYE)],
            vec![("id_token_hint", "nonsense"), ("post_logout_redirect_uri", BYE)],
            vec![("id_token_hint", &modified), ("post_logout_redirect_uri", BYE)],
            vec![("id_token_hint", &hint), ("client_id", &desk.id), ("post_logout_redirect_uri", BYE)],
        ] {
            if !is_signed_in(&browser).await {
                browser.sign_in(OMAR).await;
            }
            let page = browser.get(&address(&pairs)).await;
            page.is_headed("Do you want to sign out?");
            assert!(is_signed_in(&browser).await, "{pairs:?}");
            page.press("Sign out").await.is_headed("You are signed out");
            assert!(!is_signed_in(&browser).await, "{pairs:?}");
        }
        browser.get(&address(&[])).await.is_headed("You are signed out");
    }

    async fn rp_initiated_another_persons_hint_does_not_sign_out_who_is_here(app: TestApp) {
        let bed = Product::register(&app, product::of("bed-board")).await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        let hint = bed.tokens(&browser).await.text("id_token");
        let mia = app.browser();
        mia.sign_in("mia@riverside.example").await;
        let page = mia.get(&address(&[("id_token_hint", &hint), ("post_logout_redirect_uri", BYE)])).await;
        page.is_headed("Do you want to sign out?").shows("bed-board asks us");
        assert!(is_signed_in(&mia).await);
        assert_eq!(page.press_and_stay("Sign out").await.leads_to().as_deref(), Some(BYE));
    }

    async fn rp_initiated_a_posted_request_goes_the_same_way(app: TestApp) {
        let bed = Product::register(&app, product::of("bed-board")).await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        let hint = bed.tokens(&browser).await.text("id_token");
        let fields = [("id_token_hint", hint.as_str()), ("post_logout_redirect_uri", BYE), ("state", "s")];
        let posted = app.browser().post_and_stay("/oauth2/logout", &fields).await;
        let out = browser.get(&posted.leads_to().unwrap()).await;
        assert_eq!(out.leads_to().as_deref(), Some("https://bed-board.example/bye?state=s"));
    }

    // Back-Channel OP

    async fn back_channel_signing_out_tells_every_product_the_session_has_reached(app: TestApp) {
        let (mut at_bed, mut at_desk) = (Listener::start(&[200]).await, Listener::start(&[204]).await);
        let bed = listening(&app, "bed-board", &at_bed).await;
        let desk = listening(&app, "incident-desk", &at_desk).await;
        let browser = app.browser();
        let portal = browser.sign_in(OMAR).await;
        let given = [bed.tokens(&browser).await, desk.tokens(&browser).await];
        bed.tokens(&browser).await;
        portal.press("Sign out").await;
        assert_eq!(notices(&app, "waiting").await, 2);
        deliver(&app).await;
        for (product, listener, tokens) in [(&bed, &mut at_bed, &given[0]), (&desk, &mut at_desk, &given[1])] {
            let claims = told(&app, product, &listener.token().unwrap()).await;
            let id_token = product.claims_of(&tokens.text("id_token")).await;
            assert_eq!(claims["sid"], id_token["sid"]);
            assert_eq!(claims["sub"], id_token["sub"]);
            assert_eq!(claims["events"], json!({ "http://schemas.openid.net/event/backchannel-logout": {} }));
            assert!(claims.get("nonce").is_none());
            assert!(listener.token().is_none(), "once is enough");
        }
        assert_eq!(notices(&app, "delivered").await, 2);
        let silent = bed.callback(&bed.send(&browser, &[("prompt", "none")]).await);
        assert_eq!(silent["error"], "login_required");
    }

    async fn back_channel_the_logout_token_is_signed_as_the_id_token_is(app: TestApp) {
        let mut listener = Listener::start(&[200]).await;
        let mut new = product::try_it();
        new.backchannel_logout_uri = Some(listener.uri.clone());
        let client = Product::register(&app, new).await;
        let browser = app.browser();
        let portal = browser.sign_in(OMAR).await;
        client.tokens(&browser).await;
        portal.press("Sign out").await;
        deliver(&app).await;
        let token = listener.token().unwrap();
        let parsed = oidc::jose::Unverified::parse(&token).unwrap();
        assert_eq!(parsed.header.algorithm, oidc::jose::Algorithm::Rs256);
        assert_eq!(parsed.header.typ.as_deref(), Some("logout+jwt"));
    }

    async fn back_channel_signing_out_at_one_product_signs_out_of_the_others(app: TestApp) {
        let mut at_bed = Listener::start(&[200]).await;
        listening(&app, "bed-board", &at_bed).await;
        let bed = listening(&app, "bed-board", &at_bed).await;
        let desk = Product::register(&app, product::of("incident-desk")).await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        bed.tokens(&browser).await;
        let hint = desk.tokens(&browser).await.text("id_token");
        browser.get(&address(&[("id_token_hint", &hint)])).await.is_headed("You are signed out");
        deliver(&app).await;
        assert!(at_bed.token().is_some());
    }

    async fn back_channel_a_product_that_is_away_is_told_when_it_is_back_with_a_fresh_token(app: TestApp) {
        let mut listener = Listener::start(&[503, 302, 200]).await;
        let bed = listening(&app, "bed-board", &listener).await;
        let browser = app.browser();
        let portal = browser.sign_in(OMAR).await;
        bed.tokens(&browser).await;
        portal.press("Sign out").await;
        for _ in 0..2 {
            deliver(&app).await;
            assert!(listener.token().is_some());
            assert_eq!(notices(&app, "waiting").await, 1);
            deliver(&app).await;
            assert!(listener.token().is_none(), "not again before its time");
            app.pass(Duration::from_secs(300));
        }
        app.pass(Duration::from_secs(3_600));
        deliver(&app).await;
        told(&app, &bed, &listener.token().unwrap()).await;
        assert_eq!(notices(&app, "delivered").await, 1);
    }

    async fn back_channel_a_product_that_says_no_is_not_asked_again(app: TestApp) {
        let mut listener = Listener::start(&[400]).await;
        let bed = listening(&app, "bed-board", &listener).await;
        let browser = app.browser();
        let portal = browser.sign_in(OMAR).await;
        bed.tokens(&browser).await;
        portal.press("Sign out").await;
        deliver(&app).await;
        assert!(listener.token().is_some());
        assert_eq!(notices(&app, "given_up").await, 1);
    }

    async fn back_channel_of_two_nodes_one_tells(app: TestApp) {
        let other = app.second_node().await;
        let mut listener = Listener::start(&[200]).await;
        let bed = listening(&app, "bed-board", &listener).await;
        let browser = app.browser();
        let portal = browser.sign_in(OMAR).await;
        bed.tokens(&browser).await;
        portal.press("Sign out").await;
        let (one, two) = tokio::join!(provider::send_notices(app.app()), provider::send_notices(other.app()));
        one.and(two).unwrap();
        assert!(listener.token().is_some() && listener.token().is_none());
    }

    async fn back_channel_a_new_password_tells_products_too(app: TestApp) {
        let mut listener = Listener::start(&[200]).await;
        let bed = listening(&app, "bed-board", &listener).await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        bed.tokens(&browser).await;
        app.reset_password(OMAR, NEW_PASSWORD).await;
        deliver(&app).await;
        told(&app, &bed, &listener.token().unwrap()).await;
    }

    async fn back_channel_proving_it_again_tells_nobody_and_signing_out_then_tells_all(app: TestApp) {
        let mut listener = Listener::start(&[200]).await;
        let bed = listening(&app, "bed-board", &listener).await;
        let desk = Product::register(&app, product::of("incident-desk")).await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        let first = bed.tokens(&browser).await;
        app.pass_seconds(1);
        let page = desk.send(&browser, &[("prompt", "login")]).await;
        let back = page.press("Next").await.try_password(PASSWORD).await;
        desk.redeem(&desk.callback(&back)["code"]).await.is_good();
        assert_eq!(notices(&app, "waiting").await, 0);
        bed.refresh(&first.text("refresh_token")).await.is_good();
        browser.get("/").await.press("Sign out").await;
        deliver(&app).await;
        let claims = told(&app, &bed, &listener.token().unwrap()).await;
        assert_eq!(claims["sid"], bed.claims_of(&first.text("id_token")).await["sid"], "the one it was told");
    }

    async fn back_channel_somebody_else_in_the_same_browser_ends_what_was_there(app: TestApp) {
        let mut listener = Listener::start(&[200]).await;
        let bed = listening(&app, "bed-board", &listener).await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        bed.tokens(&browser).await;
        app.pass_seconds(1);
        let page = bed.send(&browser, &[("prompt", "login")]).await;
        let page = page.fill("Email or username", "mia@riverside.example").press("Next").await;
        let back = page.try_password(PASSWORD).await;
        bed.redeem(&bed.callback(&back)["code"]).await.is_good();
        deliver(&app).await;
        assert_eq!(told(&app, &bed, &listener.token().unwrap()).await["sub"], OMAR);
    }
}
