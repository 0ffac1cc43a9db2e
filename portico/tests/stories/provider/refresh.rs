//! Refresh tokens change hands once, and die with what they stand on.

use std::time::{Duration, Instant};

use portico::platform::outgoing::Outgoing;
use portico::provider::{self, Provider};

use crate::stories;
use crate::support::all_at_once;
use crate::support::product::{self, Product};
use crate::support::steps::NEW_PASSWORD;

const OMAR: &str = "omar@riverside.example";

stories! {
    async fn a_refresh_token_is_changed_for_the_next_one(app: TestApp) {
        let bed = Product::register(&app, product::of("bed-board")).await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        let first = bed.tokens(&browser).await;
        app.pass_seconds(400);
        bed.userinfo(&first.text("access_token")).await.is_refused("invalid_token");
        let second = bed.refresh(&first.text("refresh_token")).await;
        bed.userinfo(&second.is_good().text("access_token")).await.is_good();
        assert_ne!(first.text("refresh_token"), second.text("refresh_token"));
        let (old, new) = (
            bed.claims_of(&first.text("id_token")).await,
            bed.claims_of(&second.text("id_token")).await,
        );
        for same in ["sub", "aud", "iss", "auth_time", "sid", "acr"] {
            assert_eq!(old[same], new[same], "{same}");
        }
        assert!(new.get("nonce").is_none());
        bed.refresh(&second.text("refresh_token")).await.is_good();
    }

    async fn an_old_refresh_token_ends_the_whole_family(app: TestApp) {
        let bed = Product::register(&app, product::of("bed-board")).await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        let first = bed.tokens(&browser).await;
        let second = bed.refresh(&first.text("refresh_token")).await;
        app.pass_seconds(11);
        bed.refresh(&first.text("refresh_token")).await.is_refused("invalid_grant");
        bed.refresh(&second.text("refresh_token")).await.is_refused("invalid_grant");
        bed.userinfo(&second.text("access_token")).await.is_refused("invalid_token");
        assert_eq!(app.events("grant.revoked").await, 1);
    }

    async fn two_workers_of_one_product_do_not_end_each_others_family(app: TestApp) {
        let bed = Product::register(&app, product::of("bed-board")).await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        let first = bed.tokens(&browser).await;
        let second = bed.refresh(&first.text("refresh_token")).await;
        bed.refresh(&first.text("refresh_token")).await.is_refused("invalid_grant");
        bed.refresh(&second.text("refresh_token")).await.is_good();
    }

    async fn of_a_public_client_every_second_use_is_a_theft(app: TestApp) {
        let bed = Product::register(&app, product::public("bed-board")).await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        let first = bed.tokens(&browser).await;
        let second = bed.refresh(&first.text("refresh_token")).await;
        bed.refresh(&first.text("refresh_token")).await.is_refused("invalid_grant");
        bed.refresh(&second.text("refresh_token")).await.is_refused("invalid_grant");
    }

    async fn a_refresh_token_is_its_own_clients(app: TestApp) {
        let bed = Product::register(&app, product::of("bed-board")).await;
        let desk = Product::register(&app, product::of("incident-desk")).await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        let tokens = bed.tokens(&browser).await;
        desk.refresh(&tokens.text("refresh_token")).await.is_refused("invalid_grant");
        bed.refresh(&tokens.text("refresh_token")).await.is_good();
        bed.refresh("portico_rt_nonsense").await.is_refused("invalid_grant");
    }

    async fn less_may_be_asked_for_and_more_may_not(app: TestApp) {
        let bed = Product::register(&app, product::of("bed-board")).await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        let first = bed.tokens(&browser).await;
        let form = |token, scope| [("grant_type", "refresh_token"), ("refresh_token", token), ("scope", scope)];
        let token = first.text("refresh_token");
        bed.token(&form(&token, "openid offline_access")).await.is_refused("invalid_scope");
        let less = bed.token(&form(&token, "openid")).await;
        assert_eq!(less.is_good().body["scope"], "openid");
        let person = bed.userinfo(&less.text("access_token")).await;
        assert!(person.is_good().body.get("email").is_none());
        let again = bed.refresh(&less.text("refresh_token")).await;
        assert!(again.text("scope").contains("email"), "what was granted stays");
    }

    async fn race_fifty_uses_of_one_refresh_token_give_tokens_once(app: TestApp) {
        let nodes = [app.clone(), app.second_node().await];
        let bed = Product::register(&app, product::of("bed-board")).await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        let token = bed.tokens(&browser).await.text("refresh_token");
        let racers = (0..50).map(|number| {
            let (product, token) = (bed.on(&nodes[number % 2]), token.clone());
            async move { product.refresh(&token).await }
        });
        let answers = all_at_once(racers).await;
        let won: Vec<_> = answers.iter().filter(|answer| answer.status == 200).collect();
        assert_eq!(won.len(), 1);
        // Two workers that come together have not stolen anything.
        bed.refresh(&won[0].text("refresh_token")).await.is_good();
    }

    async fn signing_out_ends_refresh_tokens_of_every_product_on_every_node(app: TestApp) {
        let other = app.second_node().await;
        let bed = Product::register(&app, product::of("bed-board")).await;
        let desk = Product::register(&app, product::of("incident-desk")).await;
        let browser = app.browser();
        let portal = browser.sign_in(OMAR).await;
        let given = [bed.tokens(&browser).await, desk.tokens(&browser).await];
        portal.press("Sign out").await;
        bed.on(&other).refresh(&given[0].text("refresh_token")).await.is_refused("invalid_grant");
        desk.on(&other).refresh(&given[1].text("refresh_token")).await.is_refused("invalid_grant");
        desk.on(&other).userinfo(&given[1].text("access_token")).await.is_refused("invalid_token");
    }

    async fn signed_out_means_signed_out_within_a_second_on_a_node_that_remembers(app: TestApp) {
        let remembers = |parts: &mut portico::app::Parts| {
            parts.provider = Provider::new(provider::FRESH, Outgoing::new("http://127.0.0.1").unwrap());
        };
        let other = app.node_with(remembers).await;
        let bed = Product::register(&app, product::of("bed-board")).await;
        let browser = app.browser();
        let portal = browser.sign_in(OMAR).await;
        let token = bed.tokens(&browser).await.text("access_token");
        let there = bed.on(&other);
        there.userinfo(&token).await.is_good();
        portal.press("Sign out").await;
        let signed_out = Instant::now();
        while there.userinfo(&token).await.status == 200 {
            assert!(signed_out.elapsed() < Duration::from_secs(1));
        }
        there.userinfo(&token).await.is_refused("invalid_token");
    }

    async fn signing_out_in_one_browser_leaves_the_others_products_alone(app: TestApp) {
        let bed = Product::register(&app, product::of("bed-board")).await;
        let (one, other) = (app.browser(), app.browser());
        let portal = one.sign_in(OMAR).await;
        other.sign_in(OMAR).await;
        let given = [bed.tokens(&one).await, bed.tokens(&other).await];
        portal.press("Sign out").await;
        bed.refresh(&given[0].text("refresh_token")).await.is_refused("invalid_grant");
        bed.refresh(&given[1].text("refresh_token")).await.is_good();
    }

    async fn a_new_password_or_a_disabled_account_ends_refresh_tokens(app: TestApp) {
        let bed = Product::register(&app, product::of("bed-board")).await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        let tokens = bed.tokens(&browser).await;
        app.reset_password(OMAR, NEW_PASSWORD).await;
        bed.refresh(&tokens.text("refresh_token")).await.is_refused("invalid_grant");
        browser.try_password(OMAR, NEW_PASSWORD).await.is_the_portal_of("Omar Haddad");
        let tokens = bed.tokens(&browser).await;
        app.switch(OMAR, false).await;
        bed.refresh(&tokens.text("refresh_token")).await.is_refused("invalid_grant");
        bed.userinfo(&tokens.text("access_token")).await.is_refused("invalid_token");
    }

    async fn clock_a_refresh_token_ends_with_the_sessions_age_unless_it_may_outlive_it(app: TestApp) {
        let bed = Product::register(&app, product::of("bed-board")).await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        let plain = bed.tokens(&browser).await.text("refresh_token");
        let code = bed.code(&browser, &[("scope", "openid offline_access")]).await;
        let offline = bed.redeem(&code).await.text("refresh_token");
        app.pass_seconds(29 * 24 * 3_600);
        bed.refresh(&plain).await.is_refused("invalid_grant");
        let offline = bed.refresh(&offline).await.is_good().text("refresh_token");
        app.pass_seconds(30 * 24 * 3_600);
        bed.refresh(&offline).await.is_refused("invalid_grant");
    }
}
