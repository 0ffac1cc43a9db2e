//! Plan "Basic OP": what a request may say, and what it may not.

use axum::http::{HeaderMap, Method, header};

use super::{OMAR, client_and_person, id_token_of, tokens_for};
use crate::stories;
use crate::support::PASSWORD;
use crate::support::product::{self, Product};

/// An unsigned request object, as the suite makes them.
const REQUEST_OBJECT: &str = "eyJhbGciOiJub25lIn0.eyJyZWRpcmVjdF91cmkiOiJodHRwOi8vMTI3LjAuMC4xOjk5OTkvY2FsbGJhY2sifQ.";

stories! {
    async fn oidcc_response_type_missing_is_told_to_the_client(app: TestApp) {
        let (client, browser) = client_and_person(&app).await;
        let told = client.callback(&client.send(&browser, &[("response_type", "")]).await);
        assert_eq!((told["error"].as_str(), told["state"].as_str()), ("invalid_request", "some state"));
    }

    async fn oidcc_ensure_request_without_nonce_succeeds_for_code_flow_and_none_comes_back(app: TestApp) {
        let (client, browser) = client_and_person(&app).await;
        let tokens = tokens_for(&client, &browser, &[("nonce", "")]).await;
        assert!(id_token_of(&client, &tokens).await.get("nonce").is_none());
    }

    async fn oidcc_display_page_is_how_it_is_displayed(app: TestApp) {
        let client = Product::register(&app, product::try_it()).await;
        let first = client.send(&app.browser(), &[("display", "page"), ("login_hint", OMAR)]).await;
        let back = first.is_the_first_page().press("Next").await.try_password(PASSWORD).await;
        client.redeem(&client.callback(&back)["code"]).await.is_good();
    }

    async fn oidcc_display_popup_is_displayed_the_same_way(app: TestApp) {
        let client = Product::register(&app, product::try_it()).await;
        let first = client.send(&app.browser(), &[("display", "popup"), ("login_hint", OMAR)]).await;
        let back = first.is_the_first_page().press("Next").await.try_password(PASSWORD).await;
        client.redeem(&client.callback(&back)["code"]).await.is_good();
    }

    async fn oidcc_ensure_request_with_unknown_parameter_succeeds_as_if_it_were_not_there(app: TestApp) {
        let (client, browser) = client_and_person(&app).await;
        id_token_of(&client, &tokens_for(&client, &browser, &[("extra", "foobar")]).await).await;
    }

    async fn oidcc_ui_locales_that_are_not_spoken_here_are_no_error(app: TestApp) {
        let client = Product::register(&app, product::try_it()).await;
        let first = client.send(&app.browser(), &[("ui_locales", "se"), ("login_hint", OMAR)]).await;
        let back = first.is_the_first_page().press("Next").await.try_password(PASSWORD).await;
        client.redeem(&client.callback(&back)["code"]).await.is_good();
    }

    async fn oidcc_claims_locales_are_no_error(app: TestApp) {
        let (client, browser) = client_and_person(&app).await;
        id_token_of(&client, &tokens_for(&client, &browser, &[("claims_locales", "se")]).await).await;
    }

    async fn oidcc_ensure_request_with_acr_values_succeeds_and_one_that_is_known_is_met(app: TestApp) {
        let (client, browser) = client_and_person(&app).await;
        for asked in ["urn:portico:acr:one-factor", "1 2"] {
            let tokens = tokens_for(&client, &browser, &[("acr_values", asked)]).await;
            assert_eq!(id_token_of(&client, &tokens).await["acr"], "urn:portico:acr:one-factor");
        }
    }

    async fn oidcc_ensure_registered_redirect_uri_another_one_is_refused_on_our_own_page(app: TestApp) {
        let (client, browser) = client_and_person(&app).await;
        let bad = format!("{}/random", client.redirect_uri);
        let page = client.send(&browser, &[("redirect_uri", &bad)]).await;
        assert_eq!((page.status(), page.leads_to()), (400, None));
        page.is_headed("This way in does not work");
    }

    async fn oidcc_ensure_post_request_succeeds_from_another_site(app: TestApp) {
        let (client, browser) = client_and_person(&app).await;
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_TYPE, "application/x-www-form-urlencoded".parse().unwrap());
        headers.insert("sec-fetch-site", "cross-site".parse().unwrap());
        // A form of another site comes without our cookies.
        let posted = app.browser().send(Method::POST, "/oauth2/authorize", &headers, client.query(&[])).await;
        let back = browser.get(&posted.leads_to().unwrap()).await;
        let tokens = client.redeem(&client.callback(&back)["code"]).await;
        id_token_of(&client, &tokens).await;
    }

    async fn oidcc_request_uri_unsigned_supported_correctly_or_rejected_as_unsupported_it_is_rejected(app: TestApp) {
        let (client, browser) = client_and_person(&app).await;
        let told = client.callback(&client.send(&browser, &[("request_uri", "https://elsewhere.example/r")]).await);
        assert_eq!((told["error"].as_str(), told["state"].as_str()), ("request_uri_not_supported", "some state"));
    }

    async fn oidcc_unsigned_request_object_supported_correctly_or_rejected_as_unsupported_it_is_rejected(app: TestApp) {
        let (client, browser) = client_and_person(&app).await;
        let told = client.callback(&client.send(&browser, &[("request", REQUEST_OBJECT)]).await);
        assert_eq!((told["error"].as_str(), told["state"].as_str()), ("request_not_supported", "some state"));
    }

    async fn oidcc_ensure_request_object_with_redirect_uri_one_that_is_only_in_there_is_not_gone_to(app: TestApp) {
        let (client, browser) = client_and_person(&app).await;
        for beside in ["https://elsewhere.example/callback", ""] {
            let page = client.send(&browser, &[("request", REQUEST_OBJECT), ("redirect_uri", beside)]).await;
            assert_eq!((page.status(), page.leads_to()), (400, None));
        }
    }
}
