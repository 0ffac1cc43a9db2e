//! What products are told of how and when somebody has proved who they are, whatever they have used. (An organization's own sign-in is in
//! `federation`, passkeys alone in `passkeys`.)

use serde_json::{Value, json};

use super::step_up::{ONE, TWO, client};
use super::{MAX, OMAR, code_of, set_up};
use crate::stories;
use crate::support::passkey::Authenticator;
use crate::support::product::Product;
use crate::support::{Browser, PASSWORD, TestApp};

/// A while after the sign-in of `browser`, which was just now.
async fn is_told(app: &TestApp, client: &Product, browser: &Browser, acr: &str, amr: Value) {
    let then = app.clock().now().seconds();
    app.pass_seconds(90);
    let token = client.tokens(browser).await.is_good().text("id_token");
    let claims = client.claims_of(&token).await;
    assert_eq!((&claims["acr"], &claims["amr"]), (&json!(acr), &amr));
    assert_eq!(claims["auth_time"], then);
}

stories! {
    async fn products_are_told_the_truth_of_password_app_recovery_code_code_by_mail_and_passkey(app: TestApp) {
        let client = client(&app).await;
        let omar = app.browser();
        omar.sign_in(OMAR).await;
        is_told(&app, &client, &omar, ONE, json!(["pwd"])).await;

        let kept = set_up(&app, &app.browser(), MAX).await;
        let code = app.browser().try_password(MAX, PASSWORD).await;
        let with_app = code.enter_code(&code_of(&app, &kept.key)).await;
        is_told(&app, &client, with_app.is_the_portal_of("Max Vogel").browser(), TWO, json!(["pwd", "otp", "mfa"])).await;

        let ways = app.browser().try_password(MAX, PASSWORD).await.click("Another way").await;
        let recovery = ways.click("Use a recovery code").await.fill("Recovery code", &kept.codes[0]).press("Verify").await;
        is_told(&app, &client, recovery.is_the_portal_of("Max Vogel").browser(), TWO, json!(["pwd", "otp", "mfa"])).await;
        app.mail_to(MAX).await;

        app.execute("UPDATE organizations SET mfa = 'offered', email_code = 'allowed' WHERE id = 'northwind'", &[]).await;
        let ways = app.browser().try_password(MAX, PASSWORD).await.click("Another way").await;
        let sent = ways.press("Mail me a code").await;
        let mail = app.mail_to(MAX).await.text;
        let is_code = |word: &&str| word.len() == 8 && word.bytes().all(|byte| byte.is_ascii_digit());
        let by_mail = sent.enter_code(mail.split_whitespace().find(is_code).unwrap()).await;
        is_told(&app, &client, by_mail.is_the_portal_of("Max Vogel").browser(), ONE, json!(["pwd"])).await;

        app.pass_seconds(30);
        let code = app.browser().try_password(MAX, PASSWORD).await.enter_code(&code_of(&app, &kept.key)).await;
        let mut phone = Authenticator::new(1).that_syncs();
        phone.add(&code.browser().get("/account/passkeys").await).await.shows("Your passkey was added.");
        let asked = app.browser().try_password(MAX, PASSWORD).await.click("Use a passkey instead").await;
        let with_passkey = phone.use_on(&asked).await;
        let amr = json!(["pwd", "swk", "user", "mfa"]);
        is_told(&app, &client, with_passkey.is_the_portal_of("Max Vogel").browser(), TWO, amr).await;
        app.leaves_mail_behind();
    }

    async fn another_app_makes_a_session_no_younger_and_is_told_once(app: TestApp) {
        let client = client(&app).await;
        let kept = set_up(&app, &app.browser(), MAX).await;
        let page = app.browser().try_password(MAX, PASSWORD).await.enter_code(&code_of(&app, &kept.key)).await;
        let browser = page.browser();
        let then = app.clock().now().seconds();
        let before = client.tokens(browser).await.is_good().text("access_token");
        app.pass_seconds(60);
        let next = browser.get("/account/second-factor").await.press("Set Up Another App").await;
        let codes = next.enter_code(&crate::support::world::shown_code(&app, &next)).await;
        codes.press("I have kept them").await;
        // What products were given goes on, and what they are told is true.
        client.userinfo(&before).await.is_good();
        let claims = client.claims_of(&client.tokens(browser).await.is_good().text("id_token")).await;
        assert_eq!((&claims["amr"], &claims["auth_time"]), (&json!(["pwd", "otp", "mfa"]), &json!(then)));
        app.mail_to(MAX).await;
    }
}
