//! A sign-in that begins at a product and ends there.

use axum::http::Method;
use oidc::Scope;

use crate::stories;
use crate::support::product::{self, Product};
use crate::support::steps::NEW_PASSWORD;
use crate::support::{PASSWORD, form_headers};

const OMAR: &str = "omar@riverside.example";
const NORA: &str = "nora@riverside.example";
const MIA: &str = "mia@riverside.example";

stories! {
    async fn a_sign_in_that_begins_at_a_product_ends_there(app: TestApp) {
        let bed = Product::register(&app, product::of("bed-board")).await;
        let browser = app.browser();
        let first = bed.send(&browser, &[("login_hint", OMAR)]).await;
        first.is_the_first_page();
        assert_eq!(first.value_of("Email or username"), OMAR);
        let back = first.press("Next").await.try_password(PASSWORD).await;
        let told = bed.callback(&back);
        assert_eq!(told["state"], "some state");
        let tokens = bed.redeem(&told["code"]).await;
        assert_eq!(tokens.is_good().body["token_type"], "Bearer");
        let claims = bed.claims_of(&tokens.text("id_token")).await;
        assert_eq!((claims["sub"].as_str(), claims["nonce"].as_str()), (Some(OMAR), Some("some nonce")));
        assert_eq!(claims["amr"], serde_json::json!(["pwd"]));
        let person = bed.userinfo(&tokens.text("access_token")).await;
        assert_eq!(person.is_good().body["name"], "Omar Haddad");
        assert_eq!(app.events("grant.issued").await, 1);
    }

    async fn with_a_session_nothing_is_typed_and_nothing_is_written_before_the_code_is_used(app: TestApp) {
        let bed = Product::register(&app, product::of("bed-board")).await;
        let desk = Product::register(&app, product::of("incident-desk")).await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        let codes = [bed.code(&browser, &[]).await, desk.code(&browser, &[]).await];
        assert_eq!(app.count("SELECT count(*) FROM authorization_requests", &[]).await, 0);
        assert_eq!(app.count("SELECT count(*) FROM grants", &[]).await, 0);
        bed.redeem(&codes[0]).await.is_good();
        desk.redeem(&codes[1]).await.is_good();
    }

    async fn a_product_learns_of_organization_sites_and_roles_what_is_its_own(app: TestApp) {
        let bed = Product::register(&app, product::of("bed-board")).await;
        let sql = "INSERT INTO access_roles (access_id, role) VALUES ('omar-bed-board', 'nurse')";
        app.execute(sql, &[]).await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        let tokens = bed.tokens(&browser).await;
        let person = bed.userinfo(&tokens.text("access_token")).await.body;
        assert_eq!(person["organization"]["slug"], "riverside");
        let place = serde_json::json!([{ "id": "main-campus", "name": "Main Campus", "roles": ["nurse"] }]);
        assert_eq!(person["sites"], place);
        assert_eq!(person["roles"], serde_json::json!(["nurse"]));
        let mia = app.browser();
        mia.sign_in(MIA).await;
        let tokens = bed.tokens(&mia).await;
        let person = bed.userinfo(&tokens.text("access_token")).await.body;
        assert_eq!(person["sites"].as_array().unwrap().len(), 2, "access to all sites is access to each");
    }

    async fn a_product_learns_nothing_by_name_that_its_registration_does_not_cover(app: TestApp) {
        let mut client = product::of("bed-board");
        client.scope = Scope::of(&["openid"]);
        let bed = Product::register(&app, client).await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        let named = r#"{"email":null,"name":null,"organization":null,"roles":null}"#;
        let claims = format!(r#"{{"userinfo":{named},"id_token":{named}}}"#);
        let tokens = bed.redeem(&bed.code(&browser, &[("claims", &claims)]).await).await;
        assert_eq!(tokens.text("scope"), "openid");
        let person = bed.userinfo(&tokens.text("access_token")).await.body;
        assert_eq!(person, serde_json::json!({ "sub": OMAR }));
        let told = bed.claims_of(&tokens.text("id_token")).await;
        assert!(["email", "name", "organization", "roles"].iter().all(|name| !told.contains_key(*name)), "{told:?}");
    }

    async fn a_scope_that_is_taken_from_a_product_is_taken_from_what_it_has(app: TestApp) {
        let bed = Product::register(&app, product::of("bed-board")).await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        let by_name = r#"{"userinfo":{"email":null}}"#;
        let tokens = bed.redeem(&bed.code(&browser, &[("claims", by_name)]).await).await;
        let own = bed.token(&[("grant_type", "client_credentials"), ("scope", "access")]).await.text("access_token");
        app.execute("UPDATE clients SET scope = 'openid profile'", &[]).await;
        let person = bed.userinfo(&tokens.text("access_token")).await.body;
        assert_eq!((person["name"].as_str(), person.get("email"), person.get("sites")), (Some("Omar Haddad"), None, None));
        assert_eq!(bed.introspect(&tokens.text("access_token")).await.body["scope"], "openid profile");
        assert_eq!(bed.introspect(&own).await.body["scope"], "");
        assert_eq!(bed.refresh(&tokens.text("refresh_token")).await.text("scope"), "openid profile");
    }

    async fn the_address_is_told_under_its_own_scope_only(app: TestApp) {
        let bed = Product::register(&app, product::of("bed-board")).await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        let tokens = bed.redeem(&bed.code(&browser, &[("scope", "openid profile")]).await).await;
        let person = bed.userinfo(&tokens.text("access_token")).await.body;
        assert!(person.get("preferred_username").is_none(), "{person}");
    }

    async fn two_tabs_of_two_products_end_each_at_its_own(app: TestApp) {
        let bed = Product::register(&app, product::of("bed-board")).await;
        let desk = Product::register(&app, product::of("incident-desk")).await;
        let browser = app.browser();
        let at_bed = bed.send(&browser, &[("login_hint", OMAR)]).await.press("Next").await;
        let at_desk = desk.send(&browser, &[("login_hint", OMAR), ("state", "desk")]).await.press("Next").await;
        let from_desk = at_desk.try_password(PASSWORD).await;
        assert_eq!(desk.callback(&from_desk)["state"], "desk");
        let from_bed = at_bed.try_password(PASSWORD).await;
        bed.redeem(&bed.callback(&from_bed)["code"]).await.is_good();
    }

    async fn back_button_into_a_finished_sign_in_leads_to_the_product_again(app: TestApp) {
        let bed = Product::register(&app, product::of("bed-board")).await;
        let browser = app.browser();
        let page = bed.send(&browser, &[("login_hint", OMAR)]).await.press("Next").await;
        let done = page.try_password(PASSWORD).await;
        bed.redeem(&bed.callback(&done)["code"]).await.is_good();
        let again = page.try_password(PASSWORD).await;
        bed.redeem(&bed.callback(&again)["code"]).await.is_good();
    }

    async fn a_request_waits_through_a_forgotten_password(app: TestApp) {
        let bed = Product::register(&app, product::of("bed-board")).await;
        let browser = app.browser();
        let password = bed.send(&browser, &[("login_hint", OMAR)]).await.press("Next").await;
        password.click("Forgot Password?").await.by_mail().await.is_headed("Check your mail");
        let link = app.mail_to(OMAR).await.link("Reset Password");
        let done = browser.get(&link).await.choose_password(NEW_PASSWORD).await;
        app.mail_to(OMAR).await.shows("was changed");
        let page = done.click("Sign In").await;
        let page = if page.heading() == "Sign in" { page.press("Next").await } else { page };
        let back = page.try_password(NEW_PASSWORD).await;
        bed.redeem(&bed.callback(&back)["code"]).await.is_good();
    }

    async fn a_request_that_waits_opens_nothing_in_another_browser(app: TestApp) {
        let bed = Product::register(&app, product::of("bed-board")).await;
        let mine = app.browser();
        bed.send(&mine, &[]).await.is_the_first_page();
        let sql = "SELECT count(*) FROM authorization_requests WHERE browser IS NOT NULL";
        assert_eq!(app.count(sql, &[]).await, 1);
        let page = bed.send(&mine, &[("login_hint", OMAR)]).await.press("Next").await.try_password(PASSWORD).await;
        let waiting = page.way().iter().find(|step| step.starts_with("/oauth2/authorize/")).unwrap().clone();
        let other = app.browser();
        other.sign_in(OMAR).await;
        let refused = other.get(&waiting).await;
        assert_eq!(refused.status(), 400);
        refused.is_headed("This sign-in has waited too long").shows("Go to your products");
    }

    async fn clock_a_request_waits_for_two_hours(app: TestApp) {
        let bed = Product::register(&app, product::of("bed-board")).await;
        let browser = app.browser();
        let page = bed.send(&browser, &[("login_hint", OMAR)]).await;
        app.pass_seconds(2 * 3_600);
        let late = page.press("Next").await.try_password(PASSWORD).await;
        late.is_headed("This sign-in has waited too long");
        late.click("Go to your products").await.is_the_portal_of("Omar Haddad");
    }

    async fn whoever_has_no_access_is_told_who_can_help_and_asks_with_one_button(app: TestApp) {
        let bed = Product::register(&app, product::of("bed-board")).await;
        let browser = app.browser();
        browser.sign_in(NORA).await;
        let page = bed.send(&browser, &[]).await;
        assert_eq!(page.status(), 200);
        page.is_headed("You cannot open bed-board").shows("Lucia Moreno").shows("Dana Whitfield");
        page.press("Ask for access").await.shows("Your request was sent.");
        assert_eq!(app.events("access.requested").await, 1);
        app.mail_to("lucia@riverside.example").await;
        app.mail_to("dana@riverside.example").await;
        let refused = bed.callback(&bed.send(&browser, &[("prompt", "none")]).await);
        assert_eq!(refused["error"], "access_denied");
    }

    async fn the_button_that_asks_for_access_outlives_the_session(app: TestApp) {
        let bed = Product::register(&app, product::of("bed-board")).await;
        let browser = app.browser();
        browser.sign_in(NORA).await;
        let page = bed.send(&browser, &[("login_hint", NORA)]).await.is_headed("You cannot open bed-board").clone();
        browser.get("/").await.press("Sign out").await;
        let first = page.press("Ask for access").await;
        let again = first.is_the_first_page().press("Next").await.try_password(PASSWORD).await;
        again.is_headed("You cannot open bed-board");
        assert_eq!(app.events("access.requested").await, 0);
    }

    async fn a_product_whose_license_has_ended_or_that_has_not_moved_is_not_opened(app: TestApp) {
        let night = Product::register(&app, product::of("night-log")).await;
        let desk = Product::register(&app, product::of("incident-desk")).await;
        app.execute("UPDATE licenses SET valid_until = valid_from WHERE product_id = 'night-log'", &[]).await;
        let anna = app.browser();
        anna.sign_in("anna-riverside").await;
        night.send(&anna, &[]).await.shows("license for night-log has ended");
        let mia = app.browser();
        mia.sign_in(MIA).await;
        desk.send(&mia, &[]).await.shows("has not moved here yet").shows("Sign in at incident-desk");
        app.pass_seconds(11 * 24 * 3_600);
        mia.sign_in(MIA).await;
        desk.tokens(&mia).await;
    }

    async fn access_that_is_taken_away_ends_what_was_given_on_every_node(app: TestApp) {
        let other = app.second_node().await;
        let bed = Product::register(&app, product::of("bed-board")).await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        let tokens = bed.tokens(&browser).await;
        let code = bed.code(&browser, &[]).await;
        app.execute("DELETE FROM access WHERE id = 'omar-bed-board'", &[]).await;
        let there = bed.on(&other);
        there.userinfo(&tokens.text("access_token")).await.is_refused("invalid_token");
        assert_eq!(there.introspect(&tokens.text("access_token")).await.body["active"], false);
        there.refresh(&tokens.text("refresh_token")).await.is_refused("invalid_grant");
        there.redeem(&code).await.is_refused("invalid_grant");
    }

    async fn a_product_that_was_opened_from_its_own_page_is_the_last_used(app: TestApp) {
        let bed = Product::register(&app, product::of("bed-board")).await;
        let opened = "SELECT COALESCE(MAX(last_opened_at), 0) FROM access WHERE id = 'omar-bed-board'";
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        bed.tokens(&browser).await;
        let first = app.clock().now();
        assert_eq!(app.count(opened, &[]).await, first.0);
        app.pass_seconds(59);
        bed.tokens(&browser).await;
        assert_eq!(app.count(opened, &[]).await, first.0, "once a minute is enough");
        app.pass_seconds(2);
        bed.tokens(&browser).await;
        assert_eq!(app.count(opened, &[]).await, app.clock().now().0);
        let others = "SELECT count(*) FROM access WHERE last_opened_at >= $1 AND id <> 'omar-bed-board'";
        assert_eq!(app.count(others, &[&first]).await, 0);
    }

    async fn people_of_other_organizations_are_not_let_in(app: TestApp) {
        let client = Product::register(&app, product::try_it()).await;
        let browser = app.browser();
        browser.sign_in(NORA).await;
        client.tokens(&browser).await;
        let stranger = app.browser();
        stranger.sign_in("harbor-dispatch").await;
        client.send(&stranger, &[]).await.is_headed("You cannot open Try it");
    }

    async fn the_door_tells_nobody_who_stands_behind_it(app: TestApp) {
        let bed = Product::register(&app, product::of("bed-board")).await;
        let first = bed.send(&app.browser(), &[("login_hint", OMAR)]).await;
        let password = first.press("Next").await;
        for page in [app.browser().get("/sign-in").await, first, password] {
            assert!(page.header("content-security-policy").contains("form-action 'self';"));
            let told = format!("{:?}{}", page.headers(), page.body());
            assert!(!["bed-board", "incident-desk", "tracer"].iter().any(|product| told.contains(product)), "{told}");
        }
    }

    async fn between_a_form_and_a_product_stands_a_page_of_ours_without_the_code(app: TestApp) {
        let bed = Product::register(&app, product::of("bed-board")).await;
        let page = bed.send(&app.browser(), &[("login_hint", OMAR)]).await.press("Next").await;
        let between = page.fill("Password", PASSWORD).press_and_stay("Sign In").await;
        between.is_headed("One moment");
        assert_eq!((between.status(), between.header("cache-control"), between.header("referrer-policy")), (200, "no-store", "no-referrer"));
        assert!(between.header("content-security-policy").contains("form-action 'self';"));
        let next = between.leads_to().unwrap();
        assert!(next.starts_with("/oauth2/authorize/") && !between.body().contains("bed-board"), "{}", between.body());
        // Whoever's browser does not go on by itself has time: the code is made behind the link.
        app.pass_seconds(600);
        let back = between.click("Continue").await;
        assert_eq!(back.way(), [next]);
        bed.redeem(&bed.callback(&back)["code"]).await.is_good();
    }

    async fn a_program_that_asks_for_no_page_is_redirected(app: TestApp) {
        let bed = Product::register(&app, product::of("bed-board")).await;
        let browser = app.browser();
        let (action, _) = bed.send(&browser, &[("login_hint", OMAR)]).await.press("Next").await.form_of("Sign In");
        let mut headers = form_headers();
        headers.insert("accept", "*/*".parse().unwrap());
        let answer = browser.send(Method::POST, &action, &headers, format!("password={PASSWORD}")).await;
        assert_eq!(answer.status(), 303);
        let back = browser.get(&answer.leads_to().unwrap()).await;
        bed.redeem(&bed.callback(&back)["code"]).await.is_good();
    }

    async fn whoever_asks_for_access_that_has_come_meanwhile_is_led_on_to_the_product(app: TestApp) {
        let bed = Product::register(&app, product::of("bed-board")).await;
        let browser = app.browser();
        browser.sign_in(NORA).await;
        let page = bed.send(&browser, &[]).await.is_headed("You cannot open bed-board").clone();
        let sql = "INSERT INTO access (id, organization_id, account_id, product_id, created_at)
                   VALUES ('given', 'riverside', $1, 'bed-board', 0)";
        app.execute(sql, &[&NORA]).await;
        let between = page.press_and_stay("Ask for access").await;
        assert_eq!(between.is_headed("One moment").status(), 200);
        bed.redeem(&bed.callback(&between.click("Continue").await)["code"]).await.is_good();
        app.leaves_mail_behind();
    }
}
