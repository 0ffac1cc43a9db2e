//! Answers that are stolen, replayed, mixed up, forged, late, or none.

use std::time::Duration;

use axum::http::{HeaderMap, Method};
use portico::federation::Federation;
use portico::platform::outgoing::Outgoing;
use serde_json::{Value, json};

use super::{DOMAIN, LEE, lakeshore, lee, linked_notice, sign_in_as};
use crate::stories;
use crate::support::idp::{Idp, key, person, saying};
use crate::support::{Page, TestApp, all_at_once};

const OUT_OF_DATE: &str = "This page is out of date";
const DID_NOT_FIT: &str = "The answer did not fit";
const NOT_ANSWERING: &str = "Lakeshore ID does not answer";

async fn nobody_got_in(app: &TestApp) {
    assert_eq!(app.events("session.started").await, 0);
    assert_eq!(app.count("SELECT count(*) FROM federated_identities", &[]).await, 0);
}

/// What administrators find under the reference that the page tells.
async fn kept(app: &TestApp, page: &Page, cause: &str) {
    let reference = page.texts_of("code").concat();
    let sql = "SELECT count(*) FROM federation_failures WHERE reference = $1 AND cause = $2 AND detail <> ''";
    assert_eq!(app.count(sql, &[&reference, &cause]).await, 1, "{reference}: {cause}");
}

stories! {
    async fn an_answer_counts_in_the_browser_that_left_and_in_no_other(app: TestApp) {
        let idp = lakeshore(&app).await;
        let browser = app.browser();
        let away = browser.name(LEE).await;
        let back = idp.answer(&away, lee());
        let thief = app.browser();
        thief.get("/sign-in").await;
        thief.get(&back).await.is_headed(OUT_OF_DATE);
        let bare = app.browser().get(&back).await;
        bare.is_the_first_page().shows("does not keep cookies");
        nobody_got_in(&app).await;
        // And whoever left has lost nothing by it.
        browser.get(&back).await.is_the_portal_of("Lee Castillo");
        linked_notice(&app, LEE).await;
    }

    async fn an_answer_without_a_question_is_told_and_not_written_down(app: TestApp) {
        lakeshore(&app).await;
        let browser = app.browser();
        browser.name(LEE).await;
        for answer in ["code=c&state=made-up", "code=c", "", "state=a&state=b&code=c", "error=access_denied&state=x"] {
            let page = browser.get(&format!("/federation/lakeshore-id/callback?{answer}")).await;
            assert_eq!(page.is_headed(OUT_OF_DATE).status(), 400);
        }
        browser.get("/federation/nobody/callback?code=c&state=s").await.is_headed(OUT_OF_DATE);
        assert_eq!(app.count("SELECT count(*) FROM federation_failures", &[]).await, 0);
    }

    async fn an_answer_of_one_identity_provider_is_worth_nothing_at_another(app: TestApp) {
        let honest = lakeshore(&app).await;
        let attacker = Idp::start(&app).await;
        app.execute("INSERT INTO organization_domains (domain, organization_id, verified_at) VALUES ('evil.example', 'harbor', 1)", &[]).await;
        attacker.connect(&app, "evil-id", "harbor", "evil.example").await;
        let browser = app.browser();
        let away = browser.name(LEE).await;
        let back = honest.answer(&away, lee());
        browser.get(&back.replace("lakeshore-id", "evil-id")).await.is_headed(OUT_OF_DATE);
        assert_eq!(attacker.asked("token"), 0, "no code goes to somebody else");
        // The other way round: an answer at the right address that names who gives it.
        let named = back.replace(&form_urlencoded::byte_serialize(honest.issuer().as_bytes()).collect::<String>(),
            &form_urlencoded::byte_serialize(attacker.issuer().as_bytes()).collect::<String>());
        assert_ne!(named, back);
        let page = browser.get(&named).await;
        page.is_headed(DID_NOT_FIT);
        kept(&app, &page, "wrong_answer").await;
        assert_eq!(honest.asked("token"), 0);
        nobody_got_in(&app).await;
    }

    async fn an_id_token_that_is_not_the_answer_lets_nobody_in(app: TestApp) {
        let idp = lakeshore(&app).await;
        let now = app.clock().now().seconds();
        let wrong: [(&str, Value, &str, &str); 9] = [
            ("nonce", json!("another"), DID_NOT_FIT, "wrong_answer"),
            ("nonce", Value::Null, DID_NOT_FIT, "wrong_answer"),
            ("iss", json!("https://evil.example"), DID_NOT_FIT, "wrong_answer"),
            ("aud", json!("somebody"), DID_NOT_FIT, "wrong_answer"),
            ("aud", json!(["portico", "somebody"]), DID_NOT_FIT, "wrong_answer"),
            ("azp", json!("somebody"), DID_NOT_FIT, "wrong_answer"),
            ("exp", json!(now - 61), "Two clocks disagree", "clock_off"),
            ("iat", json!(now + 120), "Two clocks disagree", "clock_off"),
            ("sub", json!(""), DID_NOT_FIT, "wrong_answer"),
        ];
        for (name, value, heading, cause) in wrong {
            idp.behave(|script| script.id_token = saying(name, value.clone()));
            let page = sign_in_as(&app.browser(), &idp, LEE, lee()).await;
            page.is_headed(heading).shows("Lakeshore IT, it@lakeshore.example");
            kept(&app, &page, cause).await;
        }
        nobody_got_in(&app).await;
    }

    async fn clock_of_an_identity_provider_may_be_a_minute_off(app: TestApp) {
        let idp = lakeshore(&app).await;
        let now = app.clock().now().seconds();
        idp.behave(|script| script.id_token = saying("exp", now - 59));
        sign_in_as(&app.browser(), &idp, LEE, lee()).await.is_the_portal_of("Lee Castillo");
        linked_notice(&app, LEE).await;
    }

    async fn new_keys_are_found_and_forged_signatures_are_not_believed(app: TestApp) {
        let idp = lakeshore(&app).await;
        sign_in_as(&app.browser(), &idp, LEE, lee()).await.is_the_portal_of("Lee Castillo");
        linked_notice(&app, LEE).await;
        // Nobody knows this one.
        idp.behave(|script| script.key = key());
        app.pass_seconds(600);
        let page = sign_in_as(&app.browser(), &idp, LEE, lee()).await;
        page.is_headed("We could not check the answer");
        kept(&app, &page, "signature_unknown").await;
        // Published, it is found without anybody's doing.
        idp.behave(|script| script.published = vec![script.key.clone()]);
        app.pass_seconds(600);
        sign_in_as(&app.browser(), &idp, LEE, lee()).await.is_the_portal_of("Lee Castillo");
    }

    async fn what_the_identity_provider_says_no_to_is_told_as_such_and_tried_again(app: TestApp) {
        let idp = lakeshore(&app).await;
        let browser = app.browser();
        let away = browser.name(LEE).await;
        let page = browser.get(&idp.refuse(&away, "access_denied")).await;
        page.is_headed("Lakeshore ID did not let you in").shows(LEE);
        kept(&app, &page, "says_no").await;
        let again = page.click("Try again").await;
        browser.get(&idp.answer(&again, lee())).await.is_the_portal_of("Lee Castillo");
        linked_notice(&app, LEE).await;
    }

    async fn a_secret_that_has_ended_is_told_as_a_setting(app: TestApp) {
        let idp = lakeshore(&app).await;
        idp.behave(|script| script.token = Some((401, json!({ "error": "invalid_client" }))));
        let page = sign_in_as(&app.browser(), &idp, LEE, lee()).await;
        page.is_headed("This sign-in page is not set up right");
        kept(&app, &page, "not_set_up").await;
        idp.behave(|script| script.token = Some((503, json!({}))));
        sign_in_as(&app.browser(), &idp, LEE, lee()).await.is_headed(NOT_ANSWERING);
    }

    async fn an_identity_provider_that_hangs_costs_its_own_people_a_moment_and_nobody_else(app: TestApp) {
        let node = app.node_with(|parts| {
            let outgoing = Outgoing::new("http://127.0.0.1").unwrap();
            parts.federation = Federation::new(outgoing, parts.clock.clone()).with_patience(Duration::from_millis(200));
        }).await;
        let idp = lakeshore(&app).await;
        let browser = node.browser();
        let away = browser.name(LEE).await;
        let back = idp.answer(&away, lee());
        idp.behave(|script| script.hangs = true);
        let page = browser.get(&back).await;
        page.is_headed(NOT_ANSWERING).shows("Your account is fine");
        kept(&app, &page, "not_answering").await;
        node.browser().sign_in("omar@riverside.example").await;
        idp.behave(|script| script.hangs = false);
        let again = page.click("Try again").await;
        browser.get(&idp.answer(&again, lee())).await.is_the_portal_of("Lee Castillo");
        linked_notice(&app, LEE).await;
    }

    async fn of_many_who_wait_for_one_that_hangs_the_next_is_told_at_once(app: TestApp) {
        let node = app.node_with(|parts| {
            let outgoing = Outgoing::new("http://127.0.0.1").unwrap();
            parts.federation = Federation::new(outgoing, parts.clock.clone()).with_patience(Duration::from_secs(2));
        }).await;
        let idp = lakeshore(&app).await;
        let mut waiting = Vec::new();
        for _ in 0..60 {
            let browser = node.browser();
            let back = idp.answer(&browser.name(LEE).await, lee());
            waiting.push(async move { browser.send(Method::GET, &back, &HeaderMap::new(), "").await });
        }
        idp.behave(|script| script.hangs = true);
        let answers = all_at_once(waiting).await;
        let crowded: Vec<_> = answers.iter().filter(|page| page.status() == 503).collect();
        assert_eq!((crowded.len(), answers.iter().filter(|page| page.status() == 303).count()), (10, 50));
        assert_eq!(crowded[0].is_headed(NOT_ANSWERING).header("retry-after"), "10");
        assert_eq!(app.count("SELECT count(*) FROM federation_failures", &[]).await, 50);
    }

    async fn nobody_is_there(app: TestApp) {
        let idp = Idp::start(&app).await;
        idp.connect_with(&app, "lakeshore-id", "lakeshore", DOMAIN, |settings| {
            let portico::federation::Protocol::Oidc(oidc) = &mut settings.protocol;
            oidc.issuer = "http://127.0.0.1:9".into();
        }).await;
        let page = app.browser().name(LEE).await;
        page.is_headed(NOT_ANSWERING).lacks("It is not you");
        kept(&app, &page, "not_answering").await;
        // Three people are many, and each of them is told so.
        app.browser().name("ann@lakeshore.example").await;
        let third = app.browser();
        third.name("ben@lakeshore.example").await.shows("It is not you");
        let first = third.back();
        let page = page.click("Use another account").await;
        page.shows("It is not you");
        first.lacks("It is not you");
        app.pass_seconds(601);
        app.browser().name(LEE).await.is_headed(NOT_ANSWERING).lacks("It is not you");
    }

    async fn a_page_that_tells_a_failure_is_of_its_browser(app: TestApp) {
        let idp = lakeshore(&app).await;
        let browser = app.browser();
        let away = browser.name(LEE).await;
        let page = browser.get(&idp.refuse(&away, "access_denied")).await;
        let other = app.browser();
        other.get("/sign-in").await;
        other.get(page.path()).await.is_headed(OUT_OF_DATE);
        browser.reload().await.is_headed("Lakeshore ID did not let you in");
        let contact = browser.get(page.path()).await.click("Contact Form").await;
        assert_eq!(contact.value_of("What is it about?"), "refused");
        contact.shows(&page.texts_of("code").concat());
    }

    async fn what_a_stranger_says_is_on_no_page(app: TestApp) {
        let idp = lakeshore(&app).await;
        let browser = app.browser();
        let away = browser.name(LEE).await;
        let back = idp.refuse(&away, "access_denied") + "&error_description=Dial%209999%20now%3Cscript%3E";
        let page = browser.get(&back).await;
        assert!(!page.body().contains("9999") && !page.body().contains("Dial"));
        let sql = "SELECT count(*) FROM federation_failures WHERE detail LIKE '%Dial 9999 now%'";
        assert_eq!(app.count(sql, &[]).await, 1);
    }

    async fn a_subject_of_one_connection_is_nobody_at_another(app: TestApp) {
        let idp = lakeshore(&app).await;
        sign_in_as(&app.browser(), &idp, LEE, lee()).await.is_the_portal_of("Lee Castillo");
        linked_notice(&app, LEE).await;
        let attacker = Idp::start(&app).await;
        app.execute("INSERT INTO organization_domains (domain, organization_id, verified_at) VALUES ('evil.example', 'harbor', 1)", &[]).await;
        attacker.connect_with(&app, "evil-id", "harbor", "evil.example", |settings| settings.creates_accounts = true).await;
        for (claims, heading) in [
            (person("lee-there", LEE), "That email address cannot be used here"),
            (person("lee-there", "omar@riverside.example"), "That email address cannot be used here"),
            (person("lee-there", "root@portico.example"), "That email address cannot be used here"),
            (person("lee-there", ""), "You have no account here yet"),
        ] {
            let page = sign_in_as(&app.browser(), &attacker, "me@evil.example", claims).await;
            page.is_headed(heading);
        }
        assert_eq!(app.events("session.started").await, 1);
    }
}
