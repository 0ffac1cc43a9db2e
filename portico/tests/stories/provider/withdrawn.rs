//! Products and consents: what people see of who knows them, and how they take it back.

use axum::http::StatusCode;

use super::logout::{Listener, deliver, notices, told};
use crate::stories;
use crate::support::product::{self, Product};
use crate::support::{Browser, TestApp, all_at_once};

const OMAR: &str = "omar@riverside.example";
const MIA: &str = "mia@riverside.example";
const HERE: &str = "/account/products";

fn third_party(slug: &str) -> portico::provider::NewClient {
    let mut client = product::of(slug);
    client.third_party = true;
    client
}

/// Somebody who has allowed Bed Board, a third party's: their browser, and what it was given.
async fn allowed(app: &TestApp, who: &str, bed: &Product) -> (Browser, product::Answer) {
    let browser = app.browser();
    browser.sign_in(who).await;
    let page = bed.send(&browser, &[]).await;
    let tokens = bed.redeem(&bed.callback(&page.press("Allow").await)["code"]).await;
    tokens.is_good();
    (browser, tokens)
}

async fn consents(app: &TestApp) -> i64 {
    app.count("SELECT count(*) FROM consents WHERE revoked_at IS NULL", &[]).await
}

async fn living_grants(app: &TestApp) -> i64 {
    app.count("SELECT count(*) FROM grants WHERE revoked_at IS NULL", &[]).await
}

stories! {
    async fn what_was_allowed_is_seen_and_withdrawn_on_every_node(app: TestApp) {
        let other = app.second_node().await;
        let mut listener = Listener::start(&[200]).await;
        let mut client = third_party("bed-board");
        client.backchannel_logout_uri = Some(listener.uri.clone());
        let bed = Product::register(&app, client).await;
        let (browser, tokens) = allowed(&app, OMAR, &bed).await;
        app.pass_seconds(90);
        let list = browser.get("/account").await.click("Products and consents").await;
        list.is_headed("Products and consents").shows("Allowed by you").shows("bed-board").shows("Signed in").shows("since");
        let page = list.click("bed-board").await;
        page.shows("You have allowed bed-board to learn who you are. It belongs to somebody else.");
        page.shows("your email address").shows("your organization, your sites and what you do there");
        page.lacks("while you are away").lacks("which other products");
        let done = page.press("Withdraw").await;
        done.shows("Withdrawn. It was told").shows("You have allowed nobody else’s product anything.");
        for node in [&app, &other] {
            let bed = bed.on(node);
            bed.userinfo(&tokens.text("access_token")).await.is_refused("invalid_token");
            bed.refresh(&tokens.text("refresh_token")).await.is_refused("invalid_grant");
            assert_eq!(bed.introspect(&tokens.text("access_token")).await.body["active"], false);
        }
        deliver(&app).await;
        told(&app, &bed, &listener.token().expect("the product is told")).await;
        assert_eq!((app.events("consent.withdrawn").await, consents(&app).await), (1, 0));
        assert_eq!(bed.callback(&bed.send(&browser, &[("prompt", "none")]).await)["error"], "consent_required");
        bed.send(&browser, &[]).await.is_headed("Sign in to bed-board?");
        browser.get("/").await.is_the_portal_of("Omar Haddad");
    }

    async fn a_code_that_was_on_its_way_when_it_was_withdrawn_is_worth_nothing(app: TestApp) {
        let bed = Product::register(&app, third_party("bed-board")).await;
        let (browser, _) = allowed(&app, OMAR, &bed).await;
        let code = bed.code(&browser, &[]).await;
        browser.post_own(&format!("{HERE}/bed-board/withdraw"), &[]).await.shows("Withdrawn.");
        bed.redeem(&code).await.is_refused("invalid_grant");
        assert_eq!(living_grants(&app).await, 0);
    }

    async fn race_what_is_redeemed_and_refreshed_while_it_is_withdrawn_ends_all_the_same(app: TestApp) {
        let other = app.second_node().await;
        let bed = Product::register(&app, third_party("bed-board")).await;
        let (browser, tokens) = allowed(&app, OMAR, &bed).await;
        let code = bed.code(&browser, &[]).await;
        let withdraw = browser.on(&other);
        let (refresher, redeemer, token) = (bed.clone(), bed.on(&other), tokens.text("refresh_token"));
        let racers: Vec<std::pin::Pin<Box<dyn Future<Output = Option<product::Answer>> + Send>>> = vec![
            Box::pin(async move { Some(refresher.refresh(&token).await) }),
            Box::pin(async move { Some(redeemer.redeem(&code).await) }),
            Box::pin(async move {
                withdraw.post_own(&format!("{HERE}/bed-board/withdraw"), &[]).await.shows("Withdrawn.");
                None
            }),
        ];
        for answer in all_at_once(racers).await.into_iter().flatten().filter(|answer| answer.status == 200) {
            bed.userinfo(&answer.text("access_token")).await.is_refused("invalid_token");
            bed.refresh(&answer.text("refresh_token")).await.is_refused("invalid_grant");
        }
        assert_eq!((living_grants(&app).await, consents(&app).await), (0, 0));
    }

    async fn an_old_form_withdraws_nothing_a_second_time_and_never_anothers(app: TestApp) {
        let bed = Product::register(&app, third_party("bed-board")).await;
        let (omar, _) = allowed(&app, OMAR, &bed).await;
        let (mia, hers) = allowed(&app, MIA, &bed).await;
        let page = omar.get(&format!("{HERE}/bed-board")).await;
        page.press("Withdraw").await.shows("Withdrawn.");
        page.press("Withdraw").await.is_headed("Products and consents").lacks("Withdrawn.");
        assert_eq!((app.events("consent.withdrawn").await, consents(&app).await), (1, 1));
        bed.userinfo(&hers.text("access_token")).await.is_good();
        mia.get(HERE).await.shows("bed-board");
        assert_eq!(omar.get(&format!("{HERE}/bed-board")).await.status(), 404);
        // Names of clients there are, and of none; nobody's person is in any of them.
        for client in ["incident-desk", "nothing", "%00", "..%2f..%2fsessions", &"x".repeat(300)] {
            for act in ["withdraw", "sign-out"] {
                let page = omar.post_own(&format!("{HERE}/{client}/{act}"), &[]).await;
                assert!([200, 404].contains(&page.status()), "{client}: {}", page.status());
            }
            assert_eq!(omar.get(&format!("{HERE}/{client}")).await.status(), StatusCode::NOT_FOUND.as_u16(), "{client}");
        }
        assert_eq!((app.events("consent.withdrawn").await, app.events("grants.ended").await), (1, 0));
    }

    async fn what_an_administrator_has_allowed_is_seen_and_left_but_not_withdrawn(app: TestApp) {
        let other = app.second_node().await;
        let mut listener = Listener::start(&[200]).await;
        let mut client = product::of("bed-board");
        client.backchannel_logout_uri = Some(listener.uri.clone());
        let bed = Product::register(&app, client).await;
        let desk = Product::register(&app, product::of("incident-desk")).await;
        Product::register(&app, product::of("night-log")).await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        let given = [bed.tokens(&browser).await, desk.tokens(&browser).await];
        let list = browser.get(HERE).await;
        list.shows("Allowed by Riverside Health").shows("bed-board").shows("incident-desk").lacks("night-log");
        let page = list.click("bed-board").await;
        page.shows("Riverside Health has allowed bed-board to learn who you are").shows("Who can take it away");
        page.shows("Dana Whitfield, dana@riverside.example").lacks("Withdraw");
        browser.post_own(&format!("{HERE}/bed-board/withdraw"), &[]).await.lacks("Withdrawn.");
        bed.userinfo(&given[0].text("access_token")).await.is_good();
        page.press("Sign Out of bed-board").await.shows("You are signed out there. You are still signed in here.");
        for node in [&app, &other] {
            bed.on(node).userinfo(&given[0].text("access_token")).await.is_refused("invalid_token");
            bed.on(node).refresh(&given[0].text("refresh_token")).await.is_refused("invalid_grant");
            desk.on(node).userinfo(&given[1].text("access_token")).await.is_good();
        }
        deliver(&app).await;
        told(&app, &bed, &listener.token().expect("the product is told")).await;
        assert_eq!((app.events("grants.ended").await, notices(&app, "delivered").await), (1, 1));
        // A second press of the old form finds nothing.
        page.press("Sign Out of bed-board").await.lacks("You are signed out there.");
        assert_eq!(app.events("grants.ended").await, 1);
        bed.tokens(&browser).await;
    }

    async fn a_product_that_is_open_no_more_and_one_that_nobody_allowed_are_not_listed(app: TestApp) {
        Product::register(&app, product::of("tracer")).await;
        Product::register(&app, third_party("bed-board")).await;
        Product::register(&app, product::try_it()).await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        browser.get(HERE).await.shows("tracer").shows("Try it").lacks("bed-board");
        app.execute("UPDATE licenses SET valid_until = 1 WHERE product_id = 'tracer'", &[]).await;
        browser.get(HERE).await.lacks("tracer").shows("Try it");
        assert_eq!(browser.get(&format!("{HERE}/tracer")).await.status(), 404);
        app.browser().get(HERE).await.is_the_first_page();
    }

    async fn a_product_of_ours_that_wanted_to_ask_is_an_administrators_all_the_same(app: TestApp) {
        let bed = Product::register(&app, product::of("bed-board")).await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        let page = bed.send(&browser, &[("prompt", "consent")]).await;
        bed.redeem(&bed.callback(&page.press("Allow").await)["code"]).await.is_good();
        browser.get(&format!("{HERE}/bed-board")).await.lacks("Withdraw").shows("Riverside Health has allowed");
    }
}
