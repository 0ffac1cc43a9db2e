//! Who somebody is who comes back.

use portico::doctor;
use portico::federation::Role;
use portico::people::Identifier;
use serde_json::{Value, json};

use super::{DOMAIN, LEE, lakeshore, lee, linked_notice, sign_in_as};
use crate::stories;
use crate::support::idp::{Idp, person, saying};
use crate::support::world::shown_code;

const NO_ACCOUNT: &str = "You have no account here yet";
const SOMEBODY_ELSE: &str = "That is somebody else";
const FOREIGN: &str = "That email address cannot be used here";

stories! {
    async fn somebody_from_over_there_sets_up_a_second_factor_here_without_going_there_again(app: TestApp) {
        let idp = lakeshore(&app).await;
        idp.behave(|script| script.id_token = saying("auth_time", app.clock().now().seconds()));
        let browser = app.browser();
        sign_in_as(&browser, &idp, LEE, lee()).await.is_the_portal_of("Lee Castillo");
        linked_notice(&app, LEE).await;
        let page = browser.post_own("/account/second-factor", &[]).await;
        page.is_headed("Set up a second step").enter_code(&shown_code(&app, &page)).await.is_headed("Keep your recovery codes");
        app.mail_to(LEE).await;
    }

    async fn somebody_else_than_was_typed_can_go_on_as_who_they_are_or_choose(app: TestApp) {
        let idp = lakeshore(&app).await;
        app.execute("INSERT INTO organization_domains (domain, organization_id, verified_at, connection_id)
                     VALUES ('lake.example', 'lakeshore', 1, 'lakeshore-id')", &[]).await;
        let browser = app.browser();
        let page = sign_in_as(&browser, &idp, "castillo@lake.example", lee()).await;
        page.is_headed(SOMEBODY_ELSE).shows("castillo@lake.example");
        let choosing = page.click("Choose another account there").await;
        assert_eq!(idp.asked_by(&choosing)["prompt"], "select_account");
        let away = page.press("Continue as lee@lakeshore.example").await;
        assert_eq!(idp.asked_by(&away)["login_hint"], LEE);
        browser.get(&idp.answer(&away, lee())).await.is_the_portal_of("Lee Castillo");
        linked_notice(&app, LEE).await;
    }

    async fn nobody_comes_in_by_an_address_that_is_not_theirs(app: TestApp) {
        let idp = lakeshore(&app).await;
        for (claims, heading) in [
            (person("a", "omar@riverside.example"), FOREIGN),
            (person("b", "new@lakeshore.example"), NO_ACCOUNT),
            (person("c", "no address"), NO_ACCOUNT),
            (person("d", "lee-castillo"), NO_ACCOUNT),
        ] {
            sign_in_as(&app.browser(), &idp, LEE, claims).await.is_headed(heading);
        }
        for value in [json!(false), json!("false")] {
            idp.behave(|script| script.id_token = saying("email_verified", value.clone()));
            sign_in_as(&app.browser(), &idp, LEE, lee()).await.is_headed(NO_ACCOUNT);
        }
        assert_eq!(app.events("session.started").await, 0);
    }

    async fn a_second_subject_with_the_same_address_is_not_let_in(app: TestApp) {
        let idp = lakeshore(&app).await;
        sign_in_as(&app.browser(), &idp, LEE, lee()).await.is_the_portal_of("Lee Castillo");
        linked_notice(&app, LEE).await;
        sign_in_as(&app.browser(), &idp, LEE, person("another", LEE)).await
            .is_headed("Your account here belongs to another sign-in");
    }

    async fn an_account_that_is_switched_off_says_so_after_the_proof(app: TestApp) {
        let idp = lakeshore(&app).await;
        app.execute("UPDATE accounts SET disabled_at = 1 WHERE id = 'lee-castillo'", &[]).await;
        sign_in_as(&app.browser(), &idp, LEE, lee()).await
            .is_headed("You cannot sign in with this account").shows("switched off");
        assert_eq!(app.events("session.started").await, 0);
        app.leaves_mail_behind();
    }

    async fn whoever_has_no_account_gets_one_where_the_organization_wants_that(app: TestApp) {
        let idp = Idp::start(&app).await;
        idp.connect_with(&app, "lakeshore-id", "lakeshore", DOMAIN, |settings| {
            settings.creates_accounts = true;
            let portico::federation::Protocol::Oidc(oidc) = &mut settings.protocol;
            oidc.claims.user_name = vec!["preferred_username".into()];
            oidc.claims.roles = vec!["groups".into()];
            settings.roles = vec![("portico-admins".into(), Role::ProgramAdministrator)];
        }).await;
        let mut claims = person("new-there", "ann@lakeshore.example");
        claims.extend(json!({ "given_name": "Ann", "family_name": "Lake", "preferred_username": "ann.lake",
                              "groups": ["staff", "portico-admins"] }).as_object().unwrap().clone());
        let browser = app.browser();
        let page = sign_in_as(&browser, &idp, "ann@lakeshore.example", claims.clone()).await;
        page.is_headed("Terms");
        page.press("Accept").await.is_the_portal_of("Ann Lake");
        assert_eq!(app.events("account.created").await, 1);
        let sql = "SELECT count(*) FROM administrators m JOIN accounts a ON a.id = m.account_id
                   WHERE a.email = 'ann@lakeshore.example' AND m.role = 'program_administrator' AND m.organization_id = 'lakeshore'";
        assert_eq!(app.count(sql, &[]).await, 1);
        // The same person again is the same account; a user name that somebody has stays theirs.
        sign_in_as(&app.browser(), &idp, "ann@lakeshore.example", claims).await.is_the_portal_of("Ann Lake");
        let mut taken = person("other-there", "ben@lakeshore.example");
        taken.insert("preferred_username".into(), Value::from("lee-castillo"));
        sign_in_as(&app.browser(), &idp, "ben@lakeshore.example", taken).await.press("Accept").await;
        assert_eq!(app.count("SELECT count(*) FROM accounts WHERE user_name = 'lee-castillo'", &[]).await, 1);
        assert_eq!(app.events("account.created").await, 2);
        // For somebody who was named none is made.
        sign_in_as(&app.browser(), &idp, LEE, person("third", "cleo@lakeshore.example")).await.is_headed(SOMEBODY_ELSE);
        assert_eq!(app.events("account.created").await, 2);
    }

    async fn names_that_could_be_clicked_are_asked_for(app: TestApp) {
        let idp = Idp::start(&app).await;
        idp.connect_with(&app, "lakeshore-id", "lakeshore", DOMAIN, |settings| settings.creates_accounts = true).await;
        let mut claims = person("new-there", "ann@lakeshore.example");
        claims.insert("given_name".into(), Value::from("https://evil.example"));
        sign_in_as(&app.browser(), &idp, "ann@lakeshore.example", claims).await.shows("First name");
    }

    async fn what_the_id_token_lacks_is_asked_of_the_userinfo_endpoint(app: TestApp) {
        let idp = lakeshore(&app).await;
        idp.behave(|script| script.id_token = std::sync::Arc::new(|claims| drop(claims.remove("email"))));
        idp.behave(|script| script.userinfo = saying("sub", "somebody else"));
        sign_in_as(&app.browser(), &idp, LEE, lee()).await.is_headed("The answer did not fit");
        idp.behave(|script| script.userinfo = saying("email_verified", false));
        sign_in_as(&app.browser(), &idp, LEE, lee()).await.is_headed(NO_ACCOUNT);
        idp.behave(|script| script.userinfo = saying("email_verified", true));
        sign_in_as(&app.browser(), &idp, LEE, lee()).await.is_the_portal_of("Lee Castillo");
        linked_notice(&app, LEE).await;
    }

    async fn whoever_says_it_was_not_them_is_connected_to_nobody_any_more(app: TestApp) {
        let idp = lakeshore(&app).await;
        let browser = app.browser();
        sign_in_as(&browser, &idp, LEE, lee()).await.is_the_portal_of("Lee Castillo");
        let mail = app.mail_to(LEE).await;
        let page = app.browser().get(&mail.link("It wasn’t me")).await;
        page.press("It wasn’t me").await;
        browser.get("/").await.is_the_first_page();
        assert_eq!(app.count("SELECT count(*) FROM federated_identities", &[]).await, 0);
        app.leaves_mail_behind();
    }

    async fn the_doctor_tells_what_went_wrong_on_the_way(app: TestApp) {
        let idp = lakeshore(&app).await;
        let browser = app.browser();
        let page = browser.get(&idp.refuse(&browser.name(LEE).await, "access_denied")).await;
        let report = doctor::examine(app.app(), &Identifier::parse("lee-castillo").unwrap()).await.unwrap();
        let told = format!("{report:?}");
        for wanted in ["Lakeshore ID says who they are", "says_no", &page.texts_of("code").concat(), "type lee@lakeshore.example"] {
            assert!(told.contains(wanted), "{wanted}: {told}");
        }
        let report = doctor::examine(app.app(), &Identifier::parse(LEE).unwrap()).await.unwrap();
        assert!(format!("{report:?}").contains("leads to its own sign-in, Lakeshore ID"));
    }

    async fn a_second_factor_shown_there_counts_where_it_is_trusted_and_is_asked_here_otherwise(app: TestApp) {
        let idp = Idp::start(&app).await;
        idp.connect_with(&app, "northwind-id", "northwind", "northwind.example", |settings| settings.trusts_mfa = true).await;
        let kim = || person("kim-there", "kim@northwind.example");
        let code = app.browser();
        // Not shown there: the code of her app is asked for here.
        let page = sign_in_as(&code, &idp, "kim@northwind.example", kim()).await;
        page.enter_code(&crate::support::code_now(&app)).await.is_the_portal_of("Kim Nakamura");
        app.mail_to("kim@northwind.example").await;
        let asked = idp.asked_by(&app.browser().name("kim@northwind.example").await);
        assert_eq!(asked["acr_values"], "urn:lakeshore:two");
        for (name, value) in [("acr", json!("urn:lakeshore:two")), ("amr", json!(["pwd", "otp"])), ("amr", json!(["mfa"]))] {
            idp.behave(|script| script.id_token = saying(name, value.clone()));
            sign_in_as(&app.browser(), &idp, "kim@northwind.example", kim()).await.is_the_portal_of("Kim Nakamura");
        }
        idp.behave(|script| script.id_token = saying("amr", json!(["pwd"])));
        sign_in_as(&app.browser(), &idp, "kim@northwind.example", kim()).await.shows("Enter code");
        app.execute("UPDATE connections SET trusts_mfa_at = NULL", &[]).await;
        idp.behave(|script| script.id_token = saying("amr", json!(["mfa"])));
        sign_in_as(&app.browser(), &idp, "kim@northwind.example", kim()).await.shows("Enter code");
    }
}
