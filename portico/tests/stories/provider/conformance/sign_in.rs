//! Plan "Basic OP": when a person is asked to sign in, and when not.

use super::{OMAR, client_and_person, id_token_of, tokens_for};
use crate::stories;
use crate::support::PASSWORD;
use crate::support::product::{self, Product};

stories! {
    async fn oidcc_prompt_login_asks_again_and_moves_auth_time(app: TestApp) {
        let (client, browser) = client_and_person(&app).await;
        let before = id_token_of(&client, &tokens_for(&client, &browser, &[]).await).await;
        app.pass_seconds(2);
        let page = client.send(&browser, &[("prompt", "login")]).await;
        let back = page.is_the_first_page().press("Next").await.try_password(PASSWORD).await;
        let after = id_token_of(&client, &client.redeem(&client.callback(&back)["code"]).await).await;
        assert_eq!(before["sub"], after["sub"]);
        assert!(after["auth_time"].as_i64() > before["auth_time"].as_i64());
    }

    async fn oidcc_prompt_none_not_logged_in_shows_nothing_and_says_so(app: TestApp) {
        let client = Product::register(&app, product::try_it()).await;
        let told = client.callback(&client.send(&app.browser(), &[("prompt", "none")]).await);
        assert_eq!((told["error"].as_str(), told["state"].as_str()), ("login_required", "some state"));
        assert!(!told.contains_key("code"));
    }

    async fn oidcc_prompt_none_logged_in_gives_a_code_for_the_same_person(app: TestApp) {
        let (client, browser) = client_and_person(&app).await;
        let before = id_token_of(&client, &tokens_for(&client, &browser, &[]).await).await;
        let after = id_token_of(&client, &tokens_for(&client, &browser, &[("prompt", "none")]).await).await;
        assert_eq!((&before["sub"], &before["auth_time"]), (&after["sub"], &after["auth_time"]));
    }

    async fn oidcc_max_age_1_asks_again_after_two_seconds(app: TestApp) {
        let (client, browser) = client_and_person(&app).await;
        let before = id_token_of(&client, &tokens_for(&client, &browser, &[]).await).await;
        app.pass_seconds(2);
        let page = client.send(&browser, &[("max_age", "1")]).await;
        let back = page.is_the_first_page().press("Next").await.try_password(PASSWORD).await;
        let after = id_token_of(&client, &client.redeem(&client.callback(&back)["code"]).await).await;
        assert!(after["auth_time"].as_i64() > before["auth_time"].as_i64());
        assert_eq!(after["auth_time"].as_i64(), Some(app.clock().now().seconds()));
    }

    async fn oidcc_max_age_10000_asks_nothing_and_tells_the_same_auth_time(app: TestApp) {
        let (client, browser) = client_and_person(&app).await;
        let before = id_token_of(&client, &tokens_for(&client, &browser, &[]).await).await;
        app.pass_seconds(2);
        let after = id_token_of(&client, &tokens_for(&client, &browser, &[("max_age", "10000")]).await).await;
        assert_eq!(before["auth_time"], after["auth_time"]);
    }

    async fn oidcc_id_token_hint_of_who_is_here_needs_no_page(app: TestApp) {
        let (client, browser) = client_and_person(&app).await;
        let first = tokens_for(&client, &browser, &[]).await;
        let hint = first.text("id_token");
        let second = tokens_for(&client, &browser, &[("id_token_hint", &hint), ("prompt", "none")]).await;
        assert_eq!(id_token_of(&client, &first).await["sub"], id_token_of(&client, &second).await["sub"]);
    }

    async fn oidcc_login_hint_is_filled_in(app: TestApp) {
        let client = Product::register(&app, product::try_it()).await;
        let first = client.send(&app.browser(), &[("login_hint", OMAR)]).await;
        assert_eq!(first.is_the_first_page().value_of("Email or username"), OMAR);
        let back = first.press("Next").await.try_password(PASSWORD).await;
        id_token_of(&client, &client.redeem(&client.callback(&back)["code"]).await).await;
    }
}
