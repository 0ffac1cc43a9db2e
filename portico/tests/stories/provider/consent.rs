//! Who is asked before a product learns who they are.

use oidc::client::{AuthMethod, GrantType};

use crate::stories;
use crate::support::PASSWORD;
use crate::support::product::{self, Product};

const OMAR: &str = "omar@riverside.example";

fn third_party() -> portico::provider::NewClient {
    let mut client = product::of("bed-board");
    client.third_party = true;
    client
}

/// A program on a person's own machine: others could listen where it does.
fn native() -> portico::provider::NewClient {
    let mut client = product::of("bed-board");
    client.auth = AuthMethod::None;
    client.native = true;
    client.redirect_uris = vec!["http://127.0.0.1/callback".into()];
    client.grants = vec![GrantType::AuthorizationCode];
    client
}

stories! {
    async fn a_third_party_learns_nothing_before_the_person_allows_it(app: TestApp) {
        let bed = Product::register(&app, third_party()).await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        assert_eq!(bed.callback(&bed.send(&browser, &[("prompt", "none")]).await)["error"], "consent_required");
        let page = bed.send(&browser, &[]).await;
        page.is_headed("Sign in to bed-board?").shows("bed-board.example").shows("your email address").shows("belongs to somebody else");
        page.lacks("while you are away");
        let back = page.press("Allow").await;
        bed.redeem(&bed.callback(&back)["code"]).await.is_good();
        assert_eq!(app.events("consent.granted").await, 1);
        bed.tokens(&browser).await;
        let code = bed.code(&browser, &[("prompt", "none")]).await;
        bed.redeem(&code).await.is_good();
        bed.send(&browser, &[("scope", "openid offline_access")]).await.shows("while you are away");
    }

    async fn what_is_asked_for_by_name_is_asked_of_the_person_too(app: TestApp) {
        let bed = Product::register(&app, third_party()).await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        bed.send(&browser, &[("scope", "openid")]).await.lacks("your email address").press("Allow").await;
        let by_name = r#"{"userinfo":{"email":null},"id_token":{"given_name":null}}"#;
        let asked = [("scope", "openid"), ("claims", by_name)];
        let silent = bed.callback(&bed.send(&browser, &[asked[0], asked[1], ("prompt", "none")]).await);
        assert_eq!(silent["error"], "consent_required");
        let page = bed.send(&browser, &asked).await;
        let back = page.shows("your email address").shows("your name").lacks("your organization").press("Allow").await;
        let tokens = bed.redeem(&bed.callback(&back)["code"]).await;
        assert_eq!(bed.userinfo(&tokens.text("access_token")).await.body["email"], OMAR);
    }

    async fn whoever_declines_is_brought_back_without_a_code(app: TestApp) {
        let bed = Product::register(&app, third_party()).await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        let back = bed.send(&browser, &[]).await.press_and_stay("Do not allow").await;
        assert_eq!(back.is_headed("One moment").status(), 200);
        let told = bed.callback(&back);
        assert_eq!((told["error"].as_str(), told.get("code")), ("access_denied", None));
        assert_eq!(app.count("SELECT count(*) FROM consents", &[]).await, 0);
    }

    async fn a_page_of_consent_outlives_the_session_and_leads_back_to_itself(app: TestApp) {
        let bed = Product::register(&app, third_party()).await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        let page = bed.send(&browser, &[("login_hint", OMAR)]).await;
        browser.get("/").await.press("Sign out").await;
        let first = page.press("Allow").await;
        assert_eq!(app.count("SELECT count(*) FROM consents", &[]).await, 0);
        let again = first.is_the_first_page().press("Next").await.try_password(PASSWORD).await;
        let back = again.is_headed("Sign in to bed-board?").press("Allow").await;
        bed.redeem(&bed.callback(&back)["code"]).await.is_good();
    }

    async fn one_of_our_own_products_asks_only_when_it_wants_to(app: TestApp) {
        let bed = Product::register(&app, product::of("bed-board")).await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        bed.tokens(&browser).await;
        let page = bed.send(&browser, &[("prompt", "consent")]).await;
        let back = page.is_headed("Sign in to bed-board?").lacks("somebody else").press("Allow").await;
        bed.redeem(&bed.callback(&back)["code"]).await.is_good();
    }

    async fn a_program_that_could_be_another_asks_each_time(app: TestApp) {
        let program = Product::register(&app, native()).await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        for port in [5_000, 6_000] {
            app.pass_seconds(1);
            let redirect_uri = format!("http://127.0.0.1:{port}/callback");
            let here = Product { redirect_uri, ..program.clone() };
            let page = here.send(&browser, &[]).await;
            let back = page.is_headed("Sign in to bed-board?").press("Allow").await;
            here.redeem(&here.callback(&back)["code"]).await.is_good();
            let silent = here.callback(&here.send(&browser, &[("prompt", "none")]).await);
            assert_eq!(silent["error"], "consent_required");
        }
    }

    async fn two_pages_of_one_product_that_want_different_things_do_not_ask_in_turns(app: TestApp) {
        let bed = Product::register(&app, third_party()).await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        for scope in ["openid email", "openid profile"] {
            bed.send(&browser, &[("scope", scope)]).await.press("Allow").await;
        }
        for scope in ["openid email", "openid profile", "openid profile email"] {
            bed.redeem(&bed.code(&browser, &[("scope", scope)]).await).await.is_good();
        }
    }

    async fn consent_cannot_be_given_by_another_site_or_for_another_browsers_request(app: TestApp) {
        let bed = Product::register(&app, third_party()).await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        let (action, _) = bed.send(&browser, &[]).await.form_of("Allow");
        let other = app.browser();
        other.sign_in("mia@riverside.example").await;
        other.post(&action, &[("answer", "allow")]).await.is_headed("This sign-in has waited too long");
        let mut headers = crate::support::form_headers();
        headers.insert("sec-fetch-site", "cross-site".parse().unwrap());
        headers.insert("origin", "https://elsewhere.example".parse().unwrap());
        let posted = browser.send(axum::http::Method::POST, &action, &headers, "answer=allow").await;
        assert_eq!(posted.status(), 403);
        assert_eq!(app.count("SELECT count(*) FROM consents", &[]).await, 0);
    }
}
