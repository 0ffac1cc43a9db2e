//! Plans "RP-Initiated Logout OP" and "Back-Channel Logout OP".

use data_encoding::BASE64URL_NOPAD;
use oidc::jose::{self, Algorithm, SigningKey};
use serde_json::{Value, json};

use super::{OMAR, client_and_person, id_token_of, tokens_for};
use crate::provider::logout::{Listener, address, deliver, is_signed_in, told};
use crate::stories;
use crate::support::product::{self, Product};
use crate::support::{Browser, Page};

const BYE: &str = "http://127.0.0.1:9999/";

/// Whatever the page says, the client is not gone to; and after its button nobody is signed in.
async fn is_asked_first(browser: &Browser, page: &Page) {
    page.is_headed("Do you want to sign out?");
    assert_eq!(page.leads_to(), None);
    assert!(is_signed_in(browser).await);
    page.press("Sign out").await.is_headed("You are signed out");
    assert!(!is_signed_in(browser).await);
}

/// A request that is not believed: with this hint, to this address.
async fn is_not_believed(browser: &Browser, hint: &str, back: &str) {
    let asked = [("id_token_hint", hint), ("post_logout_redirect_uri", back), ("state", "s")];
    is_asked_first(browser, &browser.get(&address(&asked)).await).await;
}

/// A request that is: the person is out, and the client told so by `prompt=none`.
async fn is_signed_out(client: &Product, browser: &Browser) {
    assert!(!is_signed_in(browser).await);
    let silent = client.callback(&client.send(browser, &[("prompt", "none")]).await);
    assert_eq!(silent["error"], "login_required");
}

stories! {
    async fn oidcc_rp_initiated_logout_signs_out_and_leads_back_with_the_state(app: TestApp) {
        let (client, browser) = client_and_person(&app).await;
        let hint = tokens_for(&client, &browser, &[]).await.text("id_token");
        let asked = [("id_token_hint", hint.as_str()), ("post_logout_redirect_uri", BYE), ("state", "some state")];
        let out = browser.get(&address(&asked)).await;
        assert_eq!(out.leads_to().as_deref(), Some("http://127.0.0.1:9999/?state=some%20state"));
        is_signed_out(&client, &browser).await;
    }

    async fn oidcc_rp_initiated_logout_bad_post_logout_redirect_uri_is_not_gone_to(app: TestApp) {
        let (client, browser) = client_and_person(&app).await;
        let hint = tokens_for(&client, &browser, &[]).await.text("id_token");
        is_not_believed(&browser, &hint, "http://127.0.0.1:9999/random").await;
    }

    async fn oidcc_rp_initiated_logout_query_added_to_post_logout_redirect_uri_is_not_gone_to(app: TestApp) {
        let (client, browser) = client_and_person(&app).await;
        let hint = tokens_for(&client, &browser, &[]).await.text("id_token");
        is_not_believed(&browser, &hint, "http://127.0.0.1:9999/?foo=bar").await;
    }

    async fn oidcc_rp_initiated_logout_modified_id_token_hint_without_a_signature_is_not_believed(app: TestApp) {
        let (client, browser) = client_and_person(&app).await;
        let hint = tokens_for(&client, &browser, &[]).await.text("id_token");
        let header = BASE64URL_NOPAD.encode(br#"{"alg":"none","typ":"JWT"}"#);
        let claims = hint.split('.').nth(1).unwrap();
        is_not_believed(&browser, &format!("{header}.{claims}."), BYE).await;
    }

    async fn oidcc_rp_initiated_logout_bad_id_token_hint_signed_by_somebody_else_is_not_believed(app: TestApp) {
        let (client, browser) = client_and_person(&app).await;
        let hint = tokens_for(&client, &browser, &[]).await;
        let claims = Value::from(id_token_of(&client, &hint).await);
        let key = SigningKey::from_pkcs8(Algorithm::Es256, &SigningKey::generate(Algorithm::Es256).unwrap()).unwrap();
        is_not_believed(&browser, &jose::sign(&key, "JWT", &claims).unwrap(), BYE).await;
    }

    async fn oidcc_rp_initiated_logout_no_id_token_hint_asks_first_and_leads_nowhere(app: TestApp) {
        let (_, browser) = client_and_person(&app).await;
        let page = browser.get(&address(&[("post_logout_redirect_uri", BYE), ("state", "s")])).await;
        is_asked_first(&browser, &page).await;
    }

    async fn oidcc_rp_initiated_logout_no_params_asks_first_and_signs_out(app: TestApp) {
        let (client, browser) = client_and_person(&app).await;
        let page = browser.get(&address(&[])).await;
        is_asked_first(&browser, &page).await;
        is_signed_out(&client, &browser).await;
    }

    async fn oidcc_rp_initiated_logout_only_state_asks_first_and_signs_out(app: TestApp) {
        let (client, browser) = client_and_person(&app).await;
        let page = browser.get(&address(&[("state", "s")])).await;
        is_asked_first(&browser, &page).await;
        is_signed_out(&client, &browser).await;
    }

    async fn oidcc_rp_initiated_logout_no_post_logout_redirect_uri_signs_out_and_says_so(app: TestApp) {
        let (client, browser) = client_and_person(&app).await;
        let hint = tokens_for(&client, &browser, &[]).await.text("id_token");
        browser.get(&address(&[("id_token_hint", &hint)])).await.is_headed("You are signed out");
        is_signed_out(&client, &browser).await;
    }

    async fn oidcc_rp_initiated_logout_no_state_leads_back_without_one(app: TestApp) {
        let (client, browser) = client_and_person(&app).await;
        let hint = tokens_for(&client, &browser, &[]).await.text("id_token");
        let out = browser.get(&address(&[("id_token_hint", &hint), ("post_logout_redirect_uri", BYE)])).await;
        assert_eq!(out.leads_to().as_deref(), Some(BYE));
        is_signed_out(&client, &browser).await;
    }

    async fn oidcc_backchannel_rp_initiated_logout_tells_the_client_of_the_session_it_was_told_of(app: TestApp) {
        let mut listener = Listener::start(&[200]).await;
        let mut new = product::try_it();
        new.backchannel_logout_uri = Some(listener.uri.clone());
        let client = Product::register(&app, new).await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        let tokens = tokens_for(&client, &browser, &[]).await;
        let id_token = id_token_of(&client, &tokens).await;
        let hint = tokens.text("id_token");
        let asked = [("id_token_hint", hint.as_str()), ("post_logout_redirect_uri", BYE), ("state", "s")];
        let out = browser.get(&address(&asked)).await;
        assert_eq!(out.leads_to().as_deref(), Some("http://127.0.0.1:9999/?state=s"));
        deliver(&app).await;
        let notice = listener.token().expect("a notice");
        assert_eq!(jose::Unverified::parse(&notice).unwrap().header.algorithm, Algorithm::Rs256);
        let claims = told(&app, &client, &notice).await;
        assert_eq!((&claims["sub"], &claims["sid"]), (&id_token["sub"], &id_token["sid"]));
        assert_eq!(claims["events"], json!({ "http://schemas.openid.net/event/backchannel-logout": {} }));
        assert!(claims["jti"].is_string() && claims.get("nonce").is_none());
        is_signed_out(&client, &browser).await;
    }
}
