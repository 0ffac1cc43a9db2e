//! Every attack on the redirect URI ends on our own page.

use crate::stories;
use crate::support::product::{self, Product};

const OMAR: &str = "omar@riverside.example";

/// Each begins with, ends with, contains or reads like `https://bed-board.example/callback`.
const ATTACKS: [&str; 20] = [
    "https://bed-board.example/callback/",
    "https://bed-board.example/callback/../evil",
    "https://bed-board.example/callback?next=https://evil.example",
    "https://bed-board.example/callback#fragment",
    "https://bed-board.example/callbac",
    "https://bed-board.example/CALLBACK",
    "https://BED-BOARD.example/callback",
    "HTTPS://bed-board.example/callback",
    "https://bed-board.example:443/callback",
    "https://bed-board.example:8443/callback",
    "https://bed-board.example/%63allback",
    "https://bed-board.example%2fcallback",
    "https://bed-board.example.evil.example/callback",
    "https://bed-board.example@evil.example/callback",
    "https://evil.example\\@bed-board.example/callback",
    "https://evil.example/https://bed-board.example/callback",
    "http://bed-board.example/callback",
    "//bed-board.example/callback",
    "javascript:alert(1)//https://bed-board.example/callback",
    " https://bed-board.example/callback",
];

stories! {
    async fn every_attack_on_the_redirect_uri_lands_on_our_own_page(app: TestApp) {
        let bed = Product::register(&app, product::of("bed-board")).await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        for attack in ATTACKS {
            for prompt in ["", "none"] {
                let page = bed.send(&browser, &[("redirect_uri", attack), ("prompt", prompt)]).await;
                assert_eq!((page.status(), page.leads_to()), (400, None), "{attack}");
                page.is_headed("This way in does not work").lacks("evil");
                page.shows("Go to your products");
            }
        }
    }

    async fn without_a_redirect_uri_or_with_two_nothing_is_redirected(app: TestApp) {
        let bed = Product::register(&app, product::of("bed-board")).await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        let good = bed.query(&[]);
        let without = bed.query(&[("redirect_uri", "")]);
        for query in [
            without.clone(),
            format!("{good}&redirect_uri=https://evil.example"),
            format!("redirect_uri=https://evil.example&{good}"),
            format!("{good}&client_id=bed-board"),
            good.replace("client_id=bed-board", "client_id=nobody"),
            good.replace("client_id=bed-board", "client_id=%00"),
            good.replace("client_id=bed-board", ""),
            format!("{without}&redirect_uri=%ff"),
        ] {
            let page = browser.get(&format!("/oauth2/authorize?{query}")).await;
            assert_eq!((page.status(), page.leads_to()), (400, None), "{query}");
        }
    }

    async fn another_clients_redirect_uri_is_no_redirect_uri(app: TestApp) {
        let bed = Product::register(&app, product::of("bed-board")).await;
        let desk = Product::register(&app, product::of("incident-desk")).await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        let page = bed.send(&browser, &[("redirect_uri", &desk.redirect_uri)]).await;
        assert_eq!(page.status(), 400);
    }

    async fn a_posted_request_that_cannot_be_read_is_told_to_the_person(app: TestApp) {
        Product::register(&app, product::of("bed-board")).await;
        let browser = app.browser();
        let headers = crate::support::form_headers();
        let page = browser.send(axum::http::Method::POST, "/oauth2/authorize", &headers, "client_id=%ff").await;
        assert_eq!(page.status(), 400);
        page.is_headed("This way in does not work").shows("Go to your products");
        let out = browser.send(axum::http::Method::POST, "/oauth2/logout", &headers, "state=%ff").await;
        assert_eq!(out.leads_to().as_deref(), Some("/oauth2/logout?"));
    }

    async fn a_stranger_to_us_is_redirected_nowhere_by_a_posted_request_either(app: TestApp) {
        let bed = Product::register(&app, product::of("bed-board")).await;
        let fields = bed.query(&[("redirect_uri", "https://evil.example/")]);
        let fields: Vec<(String, String)> = form_urlencoded::parse(fields.as_bytes()).into_owned().collect();
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let page = app.browser().post_and_stay("/oauth2/authorize", &fields).await;
        assert_eq!((page.status(), page.leads_to()), (400, None));
    }
}
