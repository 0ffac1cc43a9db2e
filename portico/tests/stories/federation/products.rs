//! Sign-ins that begin at a product.

use serde_json::json;

use super::{LEE, lakeshore, lee, linked_notice};
use crate::stories;
use crate::support::idp::saying;
use crate::support::product::{self, Product};
use crate::support::{Page, TestApp};

async fn open_to_lakeshore(app: &TestApp, slug: &str) -> Product {
    app.execute("INSERT INTO licenses (id, organization_id, product_id, seats, valid_from) SELECT 'l-' || id, 'lakeshore', id, 5, 0
                 FROM products WHERE id NOT IN (SELECT product_id FROM licenses WHERE organization_id = 'lakeshore')", &[]).await;
    app.execute(
        "INSERT INTO access (id, organization_id, account_id, product_id, created_at)
                 SELECT 'lee-' || id, 'lakeshore', 'lee-castillo', id, 0 FROM products WHERE id = $1",
        &[&slug],
    )
    .await;
    Product::register(app, product::of(slug)).await
}

stories! {
    async fn two_tabs_to_two_products_come_back_each_to_its_own(app: TestApp) {
        let idp = lakeshore(&app).await;
        let (bed, desk) = (open_to_lakeshore(&app, "bed-board").await, open_to_lakeshore(&app, "incident-desk").await);
        let browser = app.browser();
        let at_bed = bed.send(&browser, &[("state", "bed")]).await;
        let at_desk = desk.send(&browser, &[("state", "desk")]).await;
        let away = |page: &Page| page.clone().fill("Email or username", LEE).press("Next");
        let (from_bed, from_desk) = (away(&at_bed).await, away(&at_desk).await);
        let to_desk = browser.get(&idp.answer(&from_desk, lee())).await;
        assert_eq!(desk.callback(&to_desk)["state"], "desk");
        let to_bed = browser.get(&idp.answer(&from_bed, lee())).await;
        assert_eq!(bed.callback(&to_bed)["state"], "bed");
        let tokens = bed.redeem(&bed.callback(&to_bed)["code"]).await;
        let claims = bed.claims_of(&tokens.text("id_token")).await;
        assert_eq!(claims["amr"], json!(["fed"]));
        linked_notice(&app, LEE).await;
    }

    async fn what_a_product_asks_of_the_sign_in_is_asked_there_and_checked(app: TestApp) {
        let idp = lakeshore(&app).await;
        let bed = open_to_lakeshore(&app, "bed-board").await;
        let browser = app.browser();
        let now = app.clock().now().seconds();
        idp.behave(|script| script.id_token = saying("auth_time", now - 3_600));
        let away = async |changes: &[(&str, &str)]| {
            let page = bed.send(&browser, changes).await;
            page.fill("Email or username", LEE).press("Next").await
        };
        // Signed in there an hour ago: good enough for whoever asks for nothing, and told honestly.
        let plain = browser.get(&idp.answer(&away(&[]).await, lee())).await;
        let tokens = bed.redeem(&bed.callback(&plain)["code"]).await;
        assert_eq!(bed.claims_of(&tokens.text("id_token")).await["auth_time"], now - 3_600);
        // Not for whoever asks for more.
        let asked = away(&[("max_age", "600")]).await;
        assert_eq!(idp.asked_by(&asked)["max_age"], "600");
        browser.get(&idp.answer(&asked, lee())).await.is_headed("The answer did not fit");
        let asked = away(&[("prompt", "login")]).await;
        assert_eq!((idp.asked_by(&asked)["prompt"].as_str(), idp.asked_by(&asked)["max_age"].as_str()), ("login", "0"));
        browser.get(&idp.answer(&asked, lee())).await.is_headed("The answer did not fit");
        // Whoever takes the wish out of the address on the way gets no answer that counts, either.
        idp.behave(|script| script.id_token = saying("auth_time", json!(null)));
        browser.get(&idp.answer(&away(&[("prompt", "login")]).await, lee())).await.is_headed("The answer did not fit");
        // Proved on this way it is of this moment, whatever the clock there says.
        idp.behave(|script| script.id_token = saying("auth_time", now - 20));
        let back = browser.get(&idp.answer(&away(&[("prompt", "login")]).await, lee())).await;
        let tokens = bed.redeem(&bed.callback(&back)["code"]).await;
        assert_eq!(bed.claims_of(&tokens.text("id_token")).await["auth_time"], now);
        linked_notice(&app, LEE).await;
    }
}
