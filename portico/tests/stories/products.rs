//! Registered products: where they open, and what stands before their names.

use axum::http::HeaderMap;

use crate::stories;
use crate::support::{Browser, TestApp};

const OMAR: &str = "omar@riverside.example";
const NORA: &str = "nora@riverside.example";

/// Follows a product's link, and answers where it leads.
async fn open(browser: &Browser, product: &str) -> String {
    browser.get("/").await.click(product).await.leads_to().unwrap()
}

async fn give_bed_board_a_logo(app: &TestApp) -> String {
    let id = "ab".repeat(32);
    let bytes = b"\x89PNG any".to_vec();
    app.execute("INSERT INTO logos (id, bytes, source, created_at) VALUES ($1, $2, $1, 0)", &[&id, &bytes]).await;
    app.execute("UPDATE products SET logo_id = $1 WHERE slug = 'bed-board'", &[&id]).await;
    format!("/logos/{id}.png")
}

stories! {
    async fn a_product_opens_at_its_default_view(app: TestApp) {
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        let set = "UPDATE products SET default_view = 'https://tracer.example/today' WHERE slug = 'tracer'";
        app.execute(set, &[]).await;
        assert_eq!(open(&browser, "Tracer").await, "https://tracer.example/today");
        let begins = "UPDATE products SET initiate_login_uri = 'https://tracer.example/in' WHERE slug = 'tracer'";
        app.execute(begins, &[]).await;
        assert_eq!(
            open(&browser, "Tracer").await,
            "https://tracer.example/in?iss=https%3A%2F%2Flogin.portico.example\
             &target_link_uri=https%3A%2F%2Ftracer.example%2Ftoday"
        );
    }

    async fn a_site_may_have_a_view_of_its_own(app: TestApp) {
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        let set = "UPDATE products SET default_view = 'https://bed-board.example/all'";
        app.execute(set, &[]).await;
        let view = "INSERT INTO product_views (product_id, site_id, url)
                    VALUES ('bed-board', 'main-campus', 'https://bed-board.example/main')";
        app.execute(view, &[]).await;
        assert_eq!(open(&browser, "Bed Board").await, "https://bed-board.example/main");
        assert_eq!(open(&browser, "Incident Desk").await, "https://bed-board.example/all");
    }

    async fn what_opens_from_menus_only_is_not_on_the_portal(app: TestApp) {
        app.execute("UPDATE products SET menu_only_at = 1 WHERE slug = 'tracer'", &[]).await;
        let browser = app.browser();
        let portal = browser.sign_in(OMAR).await;
        assert!(!portal.texts_of(".tile .name").contains(&"Tracer".to_owned()));
        portal.shows("Some products open from another product only.");
    }

    async fn a_retired_product_is_gone_from_everywhere(app: TestApp) {
        let browser = app.browser();
        browser.sign_in(OMAR).await.shows("Tracer");
        let link = browser.get("/").await.links().into_iter().find(|(text, _)| text == "Tracer").unwrap().1;
        app.execute("UPDATE products SET retired_at = 1 WHERE slug = 'tracer'", &[]).await;
        browser.get("/").await.lacks("Tracer");
        assert_eq!(browser.get(&link).await.path(), "/");
    }

    async fn a_logo_stands_before_the_name_and_initials_where_there_is_none(app: TestApp) {
        let address = give_bed_board_a_logo(&app).await;
        let browser = app.browser();
        let portal = browser.sign_in(OMAR).await;
        assert!(portal.body().contains(&format!("<img class=\"mark logo\" src=\"{address}\" alt=\"\"")));
        assert!(portal.texts_of(".mark").contains(&"ID".to_owned()), "{:?}", portal.texts_of(".mark"));
    }

    async fn a_logo_is_kept_for_good_and_can_only_be_a_picture(app: TestApp) {
        let address = give_bed_board_a_logo(&app).await;
        let answer = app.browser().get(&address).await;
        assert_eq!(answer.status(), 200);
        let header = |headers: &HeaderMap, name: &str| headers[name].to_str().unwrap().to_owned();
        let headers = answer.headers();
        assert_eq!(header(headers, "content-type"), "image/png");
        assert_eq!(header(headers, "cache-control"), "public, max-age=31536000, immutable");
        assert_eq!(header(headers, "x-content-type-options"), "nosniff");
        assert_eq!(header(headers, "content-security-policy"), "default-src 'none'; sandbox; frame-ancestors 'none'");
        // Products show it in their menus, and they are other sites.
        assert_eq!(header(headers, "cross-origin-resource-policy"), "cross-origin");
        assert!(!headers.contains_key("set-cookie"));
        for nothing in ["/logos/x.png", &format!("/logos/{}.png", "cd".repeat(32)), &address.replace(".png", "")] {
            assert_eq!(app.browser().get(nothing).await.status(), 404, "{nothing}");
        }
    }

    async fn a_product_somebody_has_no_access_to_opens_nowhere(app: TestApp) {
        let browser = app.browser();
        browser.sign_in(NORA).await;
        assert_eq!(browser.get("/open/omar-tracer").await.path(), "/");
    }
}
