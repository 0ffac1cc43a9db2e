//! A session without a second factor, and a product that wants one.

use serde_json::json;

use super::{KIM, OMAR, codes_of, key_of};
use crate::stories;
use crate::support::product::{self, Product};
use crate::support::world::shown_code;
use crate::support::{Browser, PASSWORD, TestApp, code_now};

pub(super) const TWO: &str = "urn:portico:acr:two-factors";
pub(super) const ONE: &str = "urn:portico:acr:one-factor";

fn essential() -> String {
    format!(r#"{{"id_token":{{"acr":{{"essential":true,"values":["{TWO}"]}}}}}}"#)
}

/// Kim, who was let in without her app once.
async fn kim_without(app: &TestApp) -> Browser {
    let browser = app.browser();
    browser.sign_in_with_code(KIM).await;
    app.execute("UPDATE sessions SET methods = 'pwd' WHERE account_id = $1", &[&KIM]).await;
    app.pass_seconds(3_000);
    browser
}

pub(super) async fn client(app: &TestApp) -> Product {
    app.execute("UPDATE organizations SET preset = 'classic' WHERE id = 'northwind'", &[]).await;
    let mut client = product::try_it();
    client.organizations.push(portico::platform::ids::OrganizationId::from("northwind"));
    Product::register(app, client).await
}

stories! {
    async fn a_product_that_wants_two_factors_gets_the_second_without_a_new_password(app: TestApp) {
        let client = client(&app).await;
        let kim = kim_without(&app).await;
        let first = client.claims_of(&client.tokens(&kim).await.text("id_token")).await;
        assert_eq!((&first["acr"], &first["amr"]), (&json!(ONE), &json!(["pwd"])));
        let page = client.send(&kim, &[("acr_values", TWO)]).await;
        page.is_headed("One more step").lacks("Mail me a code");
        page.enter_code("000000").await.is_headed("One more step");
        let back = page.enter_code(&code_now(&app)).await;
        let tokens = client.redeem(&client.callback(&back)["code"]).await;
        let second = client.claims_of(&tokens.text("id_token")).await;
        assert_eq!((&second["acr"], &second["amr"]), (&json!(TWO), &json!(["pwd", "otp", "mfa"])));
        // The password is as old as it was, and that is told.
        assert_eq!(second["auth_time"], first["auth_time"]);
        assert_ne!(second["sid"], first["sid"], "a session of its own, in the place of the old one");
        assert_eq!(app.count("SELECT count(*) FROM sessions WHERE ended_at IS NULL", &[]).await, 1);
        client.redeem(&client.code(&kim, &[("acr_values", TWO), ("prompt", "none")]).await).await.is_good();
    }

    async fn with_prompt_none_a_missing_second_factor_is_told_and_nothing_is_shown(app: TestApp) {
        let client = client(&app).await;
        let kim = kim_without(&app).await;
        let asked = [("acr_values", TWO), ("prompt", "none")];
        assert_eq!(client.callback(&client.send(&kim, &asked).await)["error"], "interaction_required");
        let omar = app.browser();
        omar.sign_in(OMAR).await;
        // Nobody could show one, and it is not essential: the truth is told.
        let tokens = client.redeem(&client.code(&omar, &asked).await).await;
        assert_eq!(client.claims_of(&tokens.text("id_token")).await["acr"], ONE);
        let essential = essential();
        let asked = [("claims", essential.as_str()), ("prompt", "none")];
        assert_eq!(client.callback(&client.send(&omar, &asked).await)["error"], "interaction_required");
    }

    async fn whoever_has_no_second_factor_is_led_to_one_where_it_is_essential(app: TestApp) {
        let client = client(&app).await;
        let (omar, elsewhere) = (app.browser(), app.browser());
        omar.sign_in(OMAR).await;
        elsewhere.sign_in(OMAR).await;
        // Whoever finds a browser that is signed in shows that it is theirs before they set anything up.
        app.pass_seconds(600);
        let first = client.send(&omar, &[("claims", &essential())]).await;
        let page = first.is_the_first_page().press("Next").await.try_password(PASSWORD).await;
        key_of(page.is_headed("Set up a second step"));
        let codes = page.enter_code(&shown_code(&app, &page)).await;
        assert_eq!(codes_of(&codes).len(), 10);
        let back = codes.press("I have kept them").await;
        let tokens = client.redeem(&client.callback(&back)["code"]).await;
        let claims = client.claims_of(&tokens.text("id_token")).await;
        assert_eq!((&claims["acr"], &claims["amr"]), (&json!(TWO), &json!(["pwd", "otp", "mfa"])));
        omar.get("/").await.is_the_portal_of("Omar Haddad");
        elsewhere.get("/").await.is_the_first_page();
        app.mail_to(OMAR).await.shows("code from an authenticator app");
    }

    async fn whoever_signs_out_on_the_way_begins_with_the_password(app: TestApp) {
        let client = client(&app).await;
        let kim = kim_without(&app).await;
        let page = client.send(&kim, &[("acr_values", TWO)]).await;
        kim.get("/").await.press("Sign out").await;
        page.enter_code(&code_now(&app)).await.is_the_password_page_of(KIM);
        let code = page.browser().reload().await.try_password(PASSWORD).await;
        let back = code.enter_code(&code_now(&app)).await;
        assert!(client.callback(&back).contains_key("code"));
    }

    async fn an_address_of_a_step_up_opens_nothing_in_another_browser(app: TestApp) {
        let client = client(&app).await;
        let kim = kim_without(&app).await;
        let page = client.send(&kim, &[("acr_values", TWO)]).await;
        app.browser().get(page.path()).await.lacks("One more step");
    }

    async fn a_max_age_still_asks_for_both(app: TestApp) {
        let client = client(&app).await;
        let kim = kim_without(&app).await;
        let page = client.send(&kim, &[("acr_values", TWO), ("max_age", "60")]).await;
        let code = page.is_the_first_page().press("Next").await.try_password(PASSWORD).await;
        let back = code.enter_code(&code_now(&app)).await;
        let tokens = client.redeem(&client.callback(&back)["code"]).await;
        let claims = client.claims_of(&tokens.text("id_token")).await;
        assert_eq!(claims["auth_time"], app.clock().now().seconds());
    }

    async fn a_product_that_requires_two_factors_asks_a_session_of_before_for_the_second(app: TestApp) {
        let tracer = Product::register(&app, product::of("tracer")).await;
        let omar = app.browser();
        omar.sign_in(OMAR).await;
        tracer.tokens(&omar).await;
        app.execute("UPDATE products SET mfa = 'required' WHERE id = 'tracer'", &[]).await;
        app.pass_seconds(60);
        // A node that has not met the client before.
        let there = omar.on(&app.second_node().await);
        let refused = tracer.callback(&tracer.send(&there, &[("prompt", "none")]).await);
        assert_eq!(refused["error"], "interaction_required");
        tracer.send(&there, &[]).await.is_headed("Set up a second step");
    }
}
