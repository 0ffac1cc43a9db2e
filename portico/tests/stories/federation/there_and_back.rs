//! lee types an email and nothing else.

use std::time::Duration;

use axum::http::{HeaderMap, Method};

use super::{DOMAIN, LEE, lakeshore, lee, linked_notice, sign_in_as};
use crate::stories;
use crate::support::idp::{Idp, person};
use crate::support::steps::WRONG_PASSWORD;
use crate::support::{PASSWORD, all_at_once};

stories! {
    async fn whoever_types_an_address_of_the_domain_is_sent_away_with_it(app: TestApp) {
        let idp = lakeshore(&app).await;
        for typed in [LEE, "nobody@lakeshore.example", "LEE@Lakeshore.Example"] {
            let away = app.browser().name(typed).await;
            let asked = idp.asked_by(&away);
            assert_eq!(away.status(), 303);
            assert_eq!(asked["login_hint"], typed);
            assert_eq!((asked["response_type"].as_str(), asked["code_challenge_method"].as_str()), ("code", "S256"));
            assert_eq!(asked["redirect_uri"], "https://login.portico.example/federation/lakeshore-id/callback");
            assert!(asked["state"].len() >= 43 && asked["nonce"].len() >= 43);
            assert!(!asked.contains_key("prompt") && !asked.contains_key("max_age"));
        }
        app.browser().name("lee-castillo").await.is_the_password_page_of("lee-castillo");
    }

    async fn nothing_is_stored_before_the_first_post_and_no_way_repeats_itself(app: TestApp) {
        let idp = lakeshore(&app).await;
        let browser = app.browser();
        browser.get("/sign-in").await;
        assert_eq!(app.count("SELECT count(*) FROM departures", &[]).await, 0);
        let away = browser.name(LEE).await;
        let again = browser.get(away.path()).await;
        let (first, second) = (idp.asked_by(&away), idp.asked_by(&again));
        for name in ["state", "nonce", "code_challenge"] {
            assert_ne!(first[name], second[name], "{name}");
        }
    }

    async fn lee_types_only_an_email_and_is_in(app: TestApp) {
        let idp = lakeshore(&app).await;
        let browser = app.browser();
        sign_in_as(&browser, &idp, LEE, lee()).await.is_the_portal_of("Lee Castillo");
        linked_notice(&app, LEE).await;
        assert_eq!(app.events("federation.verified").await, 1);
        // From then on it is the subject that counts, and nothing is told any more.
        browser.get("/").await.press("Sign out").await;
        sign_in_as(&app.browser(), &idp, LEE, person("lee-there", "somebody.else@lakeshore.example")).await
            .is_the_portal_of("Lee Castillo");
        assert_eq!(app.count("SELECT count(*) FROM federated_identities", &[]).await, 1);
    }

    async fn two_tabs_come_back_each_to_its_own_sign_in(app: TestApp) {
        let idp = lakeshore(&app).await;
        let (one, other) = (app.browser(), app.browser());
        let (first, second) = (one.name(LEE).await, one.name(LEE).await);
        let (to_first, to_second) = (idp.answer(&first, lee()), idp.answer(&second, lee()));
        one.get(&to_second).await.is_the_portal_of("Lee Castillo");
        one.get(&to_first).await.is_the_portal_of("Lee Castillo");
        assert_eq!(app.count("SELECT count(*) FROM sign_ins WHERE finished_at IS NOT NULL", &[]).await, 2);
        other.get("/").await.is_the_first_page();
        linked_notice(&app, LEE).await;
    }

    async fn back_button_and_reload_after_coming_back_lead_on(app: TestApp) {
        let idp = lakeshore(&app).await;
        let browser = app.browser();
        let away = browser.name(LEE).await;
        let back = idp.answer(&away, lee());
        browser.get(&back).await.is_the_portal_of("Lee Castillo");
        browser.get(&back).await.is_the_portal_of("Lee Castillo");
        browser.get(away.path()).await.is_the_portal_of("Lee Castillo");
        assert_eq!((app.events("session.started").await, idp.asked("token")), (1, 1));
        linked_notice(&app, LEE).await;
    }

    async fn back_button_from_the_identity_provider_is_the_first_page_where_somebody_else_can_be_named(app: TestApp) {
        let idp = lakeshore(&app).await;
        let browser = app.browser();
        let away = browser.name(LEE).await;
        let page = browser.get(&away.path().replace("/sso", "/identify")).await;
        page.is_the_first_page();
        assert_eq!(page.value_of("Email or username"), LEE);
        page.fill("Email or username", "omar@riverside.example").press("Next").await
            .is_the_password_page_of("omar@riverside.example");
        // What comes back now is to a question that nobody asks any more.
        browser.get(&idp.answer(&away, lee())).await.is_the_password_page_of("omar@riverside.example");
        assert_eq!(idp.asked("token"), 0);
    }

    async fn an_answer_that_took_too_long_goes_there_once_more(app: TestApp) {
        let idp = lakeshore(&app).await;
        let browser = app.browser();
        let away = browser.name(LEE).await;
        let late = idp.answer(&away, lee());
        app.pass(Duration::from_secs(15 * 60));
        let again = browser.get(&late).await;
        assert_eq!(idp.asked("token"), 0);
        browser.get(&idp.answer(&again, lee())).await.is_the_portal_of("Lee Castillo");
        linked_notice(&app, LEE).await;
    }

    async fn what_is_past_its_time_is_forgotten(app: TestApp) {
        let idp = lakeshore(&app).await;
        sign_in_as(&app.browser(), &idp, LEE, lee()).await.is_the_portal_of("Lee Castillo");
        let browser = app.browser();
        let page = browser.get(&idp.refuse(&browser.name(LEE).await, "access_denied")).await;
        linked_notice(&app, LEE).await;
        let rows = async || {
            let mut counted = Vec::new();
            for sql in ["SELECT count(*) FROM departures", "SELECT count(*) FROM federated_sessions",
                        "SELECT count(*) FROM federation_failures", "SELECT count(*) FROM federated_identities"] {
                counted.push(app.count(sql, &[]).await);
            }
            counted
        };
        for (days, left) in [(0, [2, 1, 1, 1]), (2, [0, 1, 1, 1]), (29, [0, 0, 1, 1]), (60, [0, 0, 0, 1])] {
            app.pass(Duration::from_secs(days * 24 * 3_600));
            portico::serve::forget_once(app.app()).await.unwrap();
            assert_eq!(rows().await, left, "after {days} days more");
        }
        // What was told is out of date by now, and says so.
        browser.get(page.path()).await.is_headed("This page is out of date");
    }

    async fn race_of_one_answer_sent_ten_times_makes_one_session(app: TestApp) {
        let idp = lakeshore(&app).await;
        let browser = app.browser();
        let away = browser.name(LEE).await;
        let back = idp.answer(&away, lee());
        let other = app.second_node().await;
        let racers = (0..10).map(|number| {
            let browser = if number % 2 == 0 { browser.clone() } else { browser.on(&other) };
            let back = back.clone();
            async move { browser.send(Method::GET, &back, &HeaderMap::new(), "").await.status() }
        });
        assert!(all_at_once(racers).await.into_iter().all(|status| status == 303 || status == 200));
        assert_eq!((app.events("session.started").await, idp.asked("token")), (1, 1));
        linked_notice(&app, LEE).await;
    }

    async fn somebody_of_such_an_organization_never_signs_in_by_password(app: TestApp) {
        lakeshore(&app).await;
        let page = app.browser().try_password("lee-castillo", PASSWORD).await;
        page.complains(WRONG_PASSWORD).lacks("Lakeshore");
        let mail = app.mail_to(LEE).await;
        mail.shows("You sign in through Lakeshore Hospital");
        assert_eq!(app.events("session.started").await, 0);
    }

    async fn whoever_leaves_while_it_is_switched_off_names_themselves_again(app: TestApp) {
        let idp = lakeshore(&app).await;
        let browser = app.browser();
        let away = browser.name(LEE).await;
        app.execute("UPDATE connections SET state = 'off'", &[]).await;
        let page = browser.get(&idp.answer(&away, lee())).await;
        page.is_the_first_page();
        page.press("Next").await.is_the_password_page_of(LEE);
        assert_eq!(idp.asked("token"), 0);
    }

    async fn a_suspended_sign_on_leads_to_the_password_page_and_nobody_in(app: TestApp) {
        let idp = lakeshore(&app).await;
        let browser = app.browser();
        let away = browser.name(LEE).await;
        app.execute("UPDATE organizations SET sso_suspended_at = 1 WHERE id = 'lakeshore'", &[]).await;
        browser.get(&idp.answer(&away, lee())).await.is_the_first_page();
        let page = browser.name(LEE).await;
        // A password counts if it was set under this very suspension: `continuity` has the stories.
        app.execute("UPDATE accounts SET password_suspended_at = 1 WHERE id = 'lee-castillo'", &[]).await;
        page.is_the_password_page_of(LEE);
        page.try_password(PASSWORD).await.is_the_portal_of("Lee Castillo");
        app.execute("UPDATE organizations SET sso_suspended_at = NULL WHERE id = 'lakeshore'", &[]).await;
        assert_eq!(app.browser().name(LEE).await.status(), 303);
    }

    async fn a_domain_that_leads_nowhere_gets_the_password_page(app: TestApp) {
        let idp = Idp::start(&app).await;
        app.execute("INSERT INTO organization_domains (domain, organization_id, verified_at) VALUES ('lake.example', 'lakeshore', 1)", &[]).await;
        idp.connect(&app, "lakeshore-id", "lakeshore", DOMAIN).await;
        app.browser().name("lee@lake.example").await.is_the_password_page_of("lee@lake.example");
        app.execute("UPDATE organization_domains SET connection_id = 'lakeshore-id' WHERE domain = 'lake.example'", &[]).await;
        assert_eq!(app.browser().name("lee@lake.example").await.status(), 303);
        // Another organization's connection is nobody's way.
        app.execute("UPDATE organization_domains SET connection_id = 'lakeshore-id' WHERE domain = 'riverside.example'", &[]).await;
        app.browser().name("omar@riverside.example").await.is_the_password_page_of("omar@riverside.example");
    }
}
