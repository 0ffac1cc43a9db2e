//! What products are told when single sign-on resumes.

use portico::platform::ids::OrganizationId;

use super::logout::{Listener, deliver, notices, told};
use crate::stories;
use crate::support::continuity::{LEE, LEE_ID, SECOND};
use crate::support::product::{self, Product};
use crate::support::steps::NEW_PASSWORD;

stories! {
    async fn back_channel_products_are_told_when_single_sign_on_resumes_and_their_tokens_end(app: TestApp) {
        let mut listener = Listener::start(&[200]).await;
        let mut client = product::try_it();
        client.organizations = vec![OrganizationId::from("lakeshore")];
        client.backchannel_logout_uri = Some(listener.uri.clone());
        let product = Product::register(&app, client).await;
        app.has_second_mailbox(LEE_ID, SECOND).await;
        app.at_lakeshore("pia@lakeshore.example", "Pia", None).await;
        let pia = app.signed_in_before_sso("pia@lakeshore.example").await;
        let hers = product.tokens(&pia).await;
        app.suspend().await;
        app.reset_through_both().await;
        let browser = app.browser();
        browser.try_password(LEE, NEW_PASSWORD).await.is_the_portal_of("Lee Castillo");
        let given = product.tokens(&browser).await;
        product.userinfo(&given.text("access_token")).await.is_good();
        app.resume().await;
        assert_eq!(notices(&app, "waiting").await, 1, "only what began under the suspension");
        deliver(&app).await;
        let claims = told(&app, &product, &listener.token().unwrap()).await;
        let id_token = product.claims_of(&given.text("id_token")).await;
        assert_eq!((&claims["sid"], &claims["sub"]), (&id_token["sid"], &id_token["sub"]));
        assert_eq!(product.userinfo(&given.text("access_token")).await.status, 401);
        product.userinfo(&hers.text("access_token")).await.is_good();
    }
}
