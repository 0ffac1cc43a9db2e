//! A code is worth something once, to its own.

use crate::stories;
use crate::support::all_at_once;
use crate::support::product::{self, Product, VERIFIER};

const OMAR: &str = "omar@riverside.example";

stories! {
    async fn a_code_used_twice_revokes_what_it_gave(app: TestApp) {
        let bed = Product::register(&app, product::of("bed-board")).await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        let code = bed.code(&browser, &[]).await;
        let tokens = bed.redeem(&code).await;
        bed.userinfo(&tokens.text("access_token")).await.is_good();
        bed.redeem(&code).await.is_refused("invalid_grant");
        bed.userinfo(&tokens.text("access_token")).await.is_refused("invalid_token");
        assert_eq!(bed.introspect(&tokens.text("access_token")).await.body["active"], false);
        bed.refresh(&tokens.text("refresh_token")).await.is_refused("invalid_grant");
        assert_eq!(app.events("grant.revoked").await, 1);
    }

    async fn a_code_used_again_after_its_time_still_revokes_what_it_gave(app: TestApp) {
        let bed = Product::register(&app, product::of("bed-board")).await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        let code = bed.code(&browser, &[]).await;
        let tokens = bed.redeem(&code).await;
        app.pass_seconds(120);
        bed.redeem(&code).await.is_refused("invalid_grant");
        bed.userinfo(&tokens.text("access_token")).await.is_refused("invalid_token");
    }

    async fn clock_a_code_is_good_for_sixty_seconds(app: TestApp) {
        let bed = Product::register(&app, product::of("bed-board")).await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        let (early, late) = (bed.code(&browser, &[]).await, bed.code(&browser, &[]).await);
        app.pass_seconds(59);
        bed.redeem(&early).await.is_good();
        app.pass_seconds(1);
        bed.redeem(&late).await.is_refused("invalid_grant");
    }

    async fn a_code_of_another_client_redirect_or_challenge_is_worth_nothing(app: TestApp) {
        let bed = Product::register(&app, product::of("bed-board")).await;
        let desk = Product::register(&app, product::of("incident-desk")).await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        let code = bed.code(&browser, &[]).await;
        desk.redeem(&code).await.is_refused("invalid_grant");
        let form = |redirect: &'static str, verifier: &'static str| {
            vec![("grant_type", "authorization_code"), ("redirect_uri", redirect), ("code_verifier", verifier)]
        };
        for (redirect, verifier) in [
            ("https://incident-desk.example/callback", VERIFIER),
            ("", VERIFIER),
            ("https://bed-board.example/callback", ""),
            ("https://bed-board.example/callback", "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXx"),
        ] {
            let form = [form(redirect, verifier), vec![("code", code.as_str())]].concat();
            bed.token(&form).await.is_refused("invalid_grant");
        }
        for changed in [format!("{code}A"), code[1..].to_owned(), String::from("nonsense")] {
            bed.redeem(&changed).await.is_refused("invalid_grant");
        }
        // None of that has used it up.
        bed.redeem(&code).await.is_good();
    }

    async fn a_verifier_without_a_challenge_is_refused(app: TestApp) {
        let client = Product::register(&app, product::try_it()).await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        let code = client.code(&browser, &[]).await;
        let with_verifier = Product { pkce: true, ..client.clone() };
        with_verifier.redeem(&code).await.is_refused("invalid_grant");
    }

    async fn whoever_has_sent_a_challenge_once_always_must(app: TestApp) {
        let client = Product::register(&app, product::try_it()).await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        // A request alone pins nothing: anybody can make one.
        let with = Product { pkce: true, ..client.clone() };
        with.code(&browser, &[]).await;
        client.tokens(&browser).await;
        with.tokens(&browser).await;
        let refused = client.callback(&client.send(&browser, &[]).await);
        assert_eq!(refused["error"], "invalid_request");
        with.tokens(&browser).await;
    }

    async fn a_code_is_void_once_its_session_its_password_or_its_account_is_gone(app: TestApp) {
        let bed = Product::register(&app, product::of("bed-board")).await;
        let browser = app.browser();
        let portal = browser.sign_in(OMAR).await;
        let code = bed.code(&browser, &[]).await;
        portal.press("Sign out").await;
        bed.redeem(&code).await.is_refused("invalid_grant");
        browser.sign_in(OMAR).await;
        let code = bed.code(&browser, &[]).await;
        app.change_a_credential_of(OMAR).await;
        bed.redeem(&code).await.is_refused("invalid_grant");
        browser.sign_in(OMAR).await;
        let code = bed.code(&browser, &[]).await;
        app.switch(OMAR, false).await;
        bed.redeem(&code).await.is_refused("invalid_grant");
        assert_eq!(app.count("SELECT count(*) FROM grants", &[]).await, 0);
    }

    async fn race_fifty_uses_of_one_code_give_tokens_once(app: TestApp) {
        let nodes = [app.clone(), app.second_node().await];
        let bed = Product::register(&app, product::of("bed-board")).await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        let code = bed.code(&browser, &[]).await;
        let racers = (0..50).map(|number| {
            let (product, code) = (bed.on(&nodes[number % 2]), code.clone());
            async move { product.redeem(&code).await }
        });
        let answers = all_at_once(racers).await;
        let won = answers.iter().filter(|answer| answer.status == 200).count();
        assert_eq!(won, 1);
        for answer in answers.iter().filter(|answer| answer.status != 200) {
            let busy = answer.status == 503;
            assert!(busy || answer.body["error"] == "invalid_grant", "{} {}", answer.status, answer.body);
        }
        assert_eq!(app.count("SELECT count(*) FROM grants", &[]).await, 1);
        let sql = "SELECT count(*) FROM grants WHERE revoked_at IS NOT NULL";
        assert_eq!(app.count(sql, &[]).await, 1, "fifty hands are forty-nine too many");
    }
}
