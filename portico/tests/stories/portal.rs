//! The portal: what a person may open, and whom to ask for more.

use axum::http::{HeaderMap, HeaderName, HeaderValue, Method};

use crate::stories;
use crate::support::Browser;
use crate::support::steps::WRONG;

const OMAR: &str = "omar@riverside.example";
const NORA: &str = "nora@riverside.example";
const MIA: &str = "mia@riverside.example";
const NO_SITES: &str = "There are no sites associated to your account. Please contact your Program Administrator or the \
     License Owner within your organization for further assistance.";

/// Follows a product's link, and answers where it leads.
async fn open(browser: &Browser, product: &str) -> Option<String> {
    browser.get("/").await.click(product).await.leads_to()
}

stories! {
    async fn a_product_opens_at_its_own_address_and_moves_to_the_front(app: TestApp) {
        let browser = app.browser();
        browser.sign_in(OMAR).await.lacks("Last used");
        assert_eq!(open(&browser, "Incident Desk").await.as_deref(), Some("https://incident-desk.example/start"));
        let portal = browser.get("/").await;
        portal.shows("Last used");
        assert_eq!(portal.texts_of(".tile .name"), ["Tracer", "Incident Desk", "Bed Board"]);
    }

    async fn a_product_that_a_browser_looks_at_ahead_of_its_person_was_not_used(app: TestApp) {
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        let ahead = HeaderMap::from_iter([(HeaderName::from_static("sec-purpose"), HeaderValue::from_static("prefetch;prerender"))]);
        browser.send(Method::GET, "/open/omar-incident-desk", &ahead, "").await;
        assert_eq!(app.events("product.opened").await, 0);
        browser.get("/").await.lacks("Last used");
    }

    async fn products_on_their_way_are_shown_with_their_old_page(app: TestApp) {
        let browser = app.browser();
        let portal = browser.sign_in(MIA).await;
        portal.shows("Moves here 2026-12-01").shows("Not moved here yet");
        let open = portal.texts_of(".tile a.name");
        assert_eq!(open, ["Bed Board"], "what has not moved cannot be opened here");
        let links = portal.links();
        let old = links.iter().find(|(text, _)| text == "Sign in at Tracer").unwrap();
        assert_eq!(old.1, "https://old.tracer.example/");
        app.pass_seconds(10 * 24 * 3_600);
        browser.sign_in(MIA).await;
        assert_eq!(browser.get("/").await.texts_of(".tile a.name"), ["Bed Board", "Incident Desk"]);
    }

    async fn a_product_that_has_not_moved_cannot_be_opened_by_its_address(app: TestApp) {
        let browser = app.browser();
        browser.sign_in(MIA).await;
        for (product, name) in [("tracer", "Tracer"), ("incident-desk", "Incident Desk")] {
            let page = browser.get(&format!("/open/mia-{product}")).await;
            assert_eq!(page.status(), 200, "{:?}", page.leads_to());
            page.shows(&format!("{name} has not moved here yet.")).lacks("license").lacks("Ask for access");
            let old = page.links().into_iter().find(|(text, _)| text == &format!("Sign in at {name}")).unwrap();
            assert_eq!(old.1, format!("https://old.{product}.example/"));
        }
        browser.get("/open/mia-incident-desk").await.shows("Moves here 2026-12-01");
        browser.get("/open/mia-tracer").await.lacks("Moves here");
    }

    async fn a_license_that_ended_says_so_and_who_can_renew_it(app: TestApp) {
        let now = app.clock().now().0;
        app.execute("UPDATE licenses SET valid_until = $1 WHERE product_id = 'tracer'", &[&now]).await;
        let browser = app.browser();
        browser.sign_in(OMAR).await.shows("License ended");
        let refused = browser.get("/").await.click("Tracer").await;
        refused.is_headed("You cannot open Tracer").shows("license for Tracer has ended");
        refused.shows("Lucia Moreno").shows("License Owner").shows("dana@riverside.example");
        refused.press("Ask for access").await.is_headed("You cannot open Tracer").shows("Your request was sent.");
        for administrator in ["lucia@riverside.example", "dana@riverside.example"] {
            app.mail_to(administrator).await.shows("Omar Haddad").shows("Tracer");
        }
        browser.get("/").await.click("Tracer").await.shows("Your request was sent.");
    }

    async fn whoever_asks_for_a_product_that_is_open_again_is_led_on_to_it(app: TestApp) {
        app.execute("UPDATE licenses SET valid_until = valid_from WHERE product_id = 'tracer'", &[]).await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        let refused = browser.get("/").await.click("Tracer").await;
        app.execute("UPDATE licenses SET valid_until = NULL WHERE product_id = 'tracer'", &[]).await;
        let between = refused.press_and_stay("Ask for access").await;
        assert_eq!(between.is_headed("One moment").status(), 200);
        let there = between.click("Continue").await.leads_to();
        assert_eq!(there.as_deref(), Some("https://tracer.example/start"));
        app.leaves_mail_behind();
    }

    async fn a_license_that_has_not_begun_opens_nothing(app: TestApp) {
        let tomorrow = app.clock().now().0 + 24 * 3_600 * 1_000_000;
        app.execute("UPDATE licenses SET valid_from = $1 WHERE product_id = 'tracer'", &[&tomorrow]).await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        assert_eq!(open(&browser, "Tracer").await, None);
    }

    async fn somebody_elses_way_to_a_product_leads_back_to_the_portal(app: TestApp) {
        let browser = app.browser();
        browser.sign_in(NORA).await;
        for access in ["omar-bed-board", "nothing", "%00", "../omar-bed-board"] {
            let page = browser.get(&format!("/open/{access}")).await;
            assert!(page.leads_to().is_none(), "{access}");
        }
        let opened = app.count("SELECT count(*) FROM access WHERE last_opened_at IS NOT NULL", &[]).await;
        assert_eq!(opened, 0);
    }

    async fn nora_sees_that_she_has_no_sites_who_can_help_and_her_request_arrives(app: TestApp) {
        let browser = app.browser();
        let page = browser.sign_in(NORA).await;
        page.is_the_portal_of("Nora Lindqvist").shows(NO_SITES);
        page.shows("Who can help").shows("Lucia Moreno").shows("License Owner").shows("lucia@riverside.example");
        page.shows("Dana Whitfield").shows("Program Administrator").shows("dana@riverside.example");
        let asked = page.press("Ask for access").await;
        asked.shows("Your request was sent.");
        for administrator in ["lucia@riverside.example", "dana@riverside.example"] {
            let mail = app.mail_to(administrator).await;
            assert_eq!(mail.subject, "Nora Lindqvist asks for access");
            mail.shows("Nora Lindqvist").shows(NORA);
            app.browser().get(&mail.link("Sign In")).await.is_the_first_page();
        }
        assert_eq!(app.count("SELECT count(*) FROM access_requests WHERE account_id = $1", &[&NORA]).await, 1);
        assert_eq!(app.events("access.requested").await, 1);
    }

    async fn a_request_pressed_again_and_again_is_one_request(app: TestApp) {
        let browser = app.browser();
        let page = browser.sign_in(NORA).await;
        for _ in 0..3 {
            page.press("Ask for access").await.shows("Your request was sent.");
        }
        app.pass_seconds(3_600);
        page.press("Ask for access").await.shows("Your request was sent.");
        app.mail_to("lucia@riverside.example").await;
        app.mail_to("dana@riverside.example").await;
        assert_eq!(app.count("SELECT count(*) FROM access_requests", &[]).await, 1);
    }

    async fn an_administrator_of_several_sites_is_named_and_mailed_once(app: TestApp) {
        for site in ["main-campus", "east-clinic"] {
            app.execute(
                "INSERT INTO administrators (id, organization_id, account_id, site_id, role)
                 VALUES ($1, 'riverside', 'dana@riverside.example', $1, 'program_administrator')",
                &[&site],
            )
            .await;
        }
        let page = app.browser().sign_in(NORA).await;
        assert_eq!(page.texts_of(".people strong"), ["Lucia Moreno", "Dana Whitfield"]);
        page.press("Ask for access").await;
        app.mail_to("lucia@riverside.example").await;
        app.mail_to("dana@riverside.example").await;
    }

    async fn a_product_the_organization_does_not_have_cannot_be_asked_for(app: TestApp) {
        app.execute("DELETE FROM licenses WHERE product_id = 'night-log'", &[]).await;
        let browser = app.browser();
        browser.sign_in(NORA).await;
        for product in ["night-log", "nothing"] {
            browser.post(&format!("/access-requests?product={product}"), &[]).await;
        }
        assert_eq!(app.count("SELECT count(*) FROM access_requests", &[]).await, 0);
        browser.post("/access-requests?product=tracer", &[]).await;
        assert_eq!(app.count("SELECT count(*) FROM access_requests WHERE product_id = 'tracer'", &[]).await, 1);
        app.leaves_mail_behind();
    }

    async fn access_given_meanwhile_is_there_at_the_next_look(app: TestApp) {
        let browser = app.browser();
        browser.sign_in(NORA).await.shows(NO_SITES);
        app.execute(
            "INSERT INTO access (id, organization_id, account_id, product_id, created_at)
             VALUES ('nora-tracer', 'riverside', $1, 'tracer', 0)",
            &[&NORA],
        )
        .await;
        browser.get("/").await.shows("Tracer").lacks("no sites");
        assert_eq!(open(&browser, "Tracer").await.as_deref(), Some("https://tracer.example/start"));
        app.execute("DELETE FROM access WHERE id = 'nora-tracer'", &[]).await;
        browser.get("/").await.shows(NO_SITES);
        browser.get("/open/nora-tracer").await.shows(NO_SITES);
    }

    async fn people_are_named_only_to_somebody_who_is_signed_in(app: TestApp) {
        let pages = [
            app.browser().get("/").await,
            app.browser().name(NORA).await,
            app.browser().try_password(NORA, WRONG).await,
            app.browser().get("/help").await,
            app.browser().name("lee@lakeshore.example").await,
        ];
        for page in pages {
            page.lacks("Lucia").lacks("Dana").lacks("lucia@").lacks("dana@");
        }
    }

    async fn an_administrator_of_one_organization_is_not_named_in_another(app: TestApp) {
        let page = app.browser().try_password("harbor-night", crate::support::PASSWORD).await;
        page.press("Cancel").await.shows("Hugo Brandt").lacks("Lucia");
    }

    async fn an_administrator_switched_off_is_neither_named_nor_mailed(app: TestApp) {
        app.execute("UPDATE accounts SET disabled_at = 1 WHERE id = 'dana@riverside.example'", &[]).await;
        let page = app.browser().sign_in(NORA).await;
        page.lacks("Dana Whitfield").press("Ask for access").await;
        app.mail_to("lucia@riverside.example").await;
    }

    async fn more_than_twelve_products_can_be_searched(app: TestApp) {
        let search = "#find";
        let browser = app.browser();
        assert!(browser.sign_in(OMAR).await.attributes(search, "type").is_empty());
        for number in 0..10 {
            let id = format!("more-{number}");
            app.execute(
                "INSERT INTO products (id, slug, name, line, url, created_at) VALUES ($1, $1, $1, 'One of many', 'https://more.example/', 0)",
                &[&id],
            )
            .await;
            app.execute(
                "INSERT INTO access (id, organization_id, account_id, product_id, created_at)
                 VALUES ($1, 'riverside', $2, $1, 0)",
                &[&id, &OMAR],
            )
            .await;
        }
        assert_eq!(browser.get("/").await.attributes(search, "type"), ["search"]);
    }
}
