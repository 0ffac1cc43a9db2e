//! In which language a person is spoken to who comes from a product.

use axum::http::{HeaderMap, Method};

use crate::stories;
use crate::support::PASSWORD;
use crate::support::product::{self, Product, program};

const OMAR: &str = "omar@riverside.example";

stories! {
    async fn the_first_of_the_wanted_languages_that_there_is_is_spoken_to_the_end(app: TestApp) {
        let bed = Product::register(&app, product::of("bed-board")).await;
        let browser = app.browser();
        let first = bed.send(&browser, &[("ui_locales", "de es-MX en"), ("login_hint", OMAR)]).await;
        assert!(first.body().contains("<html lang=\"es\">"), "{}", first.text());
        let password = first.press("Siguiente").await;
        let back = password.fill("Contraseña", PASSWORD).press("Iniciar sesión").await;
        bed.redeem(&bed.callback(&back)["code"]).await.is_good();
        assert!(browser.get("/").await.body().contains("<html lang=\"es\">"));
        // Another product wants another.
        let desk = Product::register(&app, product::of("incident-desk")).await;
        let page = desk.send(&browser, &[("ui_locales", "en"), ("prompt", "consent")]).await;
        page.is_headed("Sign in to incident-desk?");
    }

    async fn a_language_that_nobody_speaks_here_changes_nothing(app: TestApp) {
        let bed = Product::register(&app, product::of("bed-board")).await;
        let page = bed.send(&app.browser(), &[("ui_locales", "se xx-YY")]).await;
        page.is_the_first_page();
        let document = program(&app, Method::GET, "/.well-known/openid-configuration", HeaderMap::new(), &[]).await;
        assert_eq!(document.body["ui_locales_supported"], serde_json::json!(["en", "es", "fr"]));
    }
}
