//! How far a provider's word goes, and whose account it opens.

use std::sync::Arc;

use portico::audit::Actor;
use portico::federation::{self, Role};
use portico::people;
use portico::people::StaffRole;
use portico::platform::ids::{AccountId, ConnectionId};
use serde_json::{Value, json};
use store::Tx;
use tokio::sync::Notify;

use super::{DOMAIN, LEE, lakeshore, lee, linked_notice, sign_in_as};
use crate::stories;
use crate::support::idp::{Idp, person, saying};
use crate::support::{TestApp, code_now};

const ADA: &str = "ada@lakeshore.example";
const ANN: &str = "ann@lakeshore.example";
const KIM: &str = "kim@northwind.example";
const BY_HAND: &str = "Your account has to be connected first";
const NO_ACCOUNT: &str = "You have no account here yet";
const SOMEBODY_ELSE: &str = "That is somebody else";

async fn nobody_got_in(app: &TestApp) {
    assert_eq!(app.events("session.started").await, 0);
    assert_eq!(app.count("SELECT count(*) FROM federated_identities", &[]).await, 0);
}

/// What administrators find under the reference of the last failure.
async fn told_of(app: &TestApp, cause: &str, part: &str) {
    let part = format!("%{part}%");
    let sql = "SELECT count(*) FROM federation_failures WHERE cause = $1 AND detail LIKE $2";
    assert_ne!(app.count(sql, &[&cause, &part]).await, 0, "{cause}: {part}");
}

stories! {
    async fn an_account_is_made_for_whoever_typed_her_own_address_and_nobody_else(app: TestApp) {
        let idp = Idp::start(&app).await;
        idp.connect_with(&app, "lakeshore-id", "lakeshore", DOMAIN, |settings| settings.creates_accounts = true).await;
        let browser = app.browser();
        // At a ward's computer, where ann is signed in over there.
        let page = sign_in_as(&browser, &idp, "new@lakeshore.example", person("ann-there", ANN)).await;
        page.is_headed(SOMEBODY_ELSE);
        assert_eq!(app.events("account.created").await, 0);
        // Somebody's name and nobody's are answered alike.
        sign_in_as(&app.browser(), &idp, LEE, person("ann-there", ANN)).await.is_headed(SOMEBODY_ELSE);
        let away = page.press("Continue as ann@lakeshore.example").await;
        browser.get(&idp.answer(&away, person("ann-there", ANN))).await.is_headed("Terms");
        assert_eq!(app.events("account.created").await, 1);
    }

    async fn so_many_accounts_are_made_within_a_day(app: TestApp) {
        let idp = Idp::start(&app).await;
        idp.connect_with(&app, "lakeshore-id", "lakeshore", DOMAIN, |settings| {
            settings.creates_accounts = true;
            settings.accounts_a_day = 2;
        }).await;
        let come = async |number: u32| {
            let address = format!("new{number}@lakeshore.example");
            sign_in_as(&app.browser(), &idp, &address, person(&format!("s{number}"), &address)).await
        };
        come(1).await.is_headed("Terms");
        come(2).await.is_headed("Terms");
        come(3).await.is_headed(NO_ACCOUNT);
        come(4).await.is_headed(NO_ACCOUNT);
        assert_eq!([app.events("account.created").await, app.events("accounts.capped").await], [2, 1]);
        told_of(&app, "no_account_here", "2 accounts were made today").await;
        // Lakeshore has nobody who administers it; then only the operators are told, and once.
        assert_eq!(app.mail_to("root@portico.example").await.subject, "Lakeshore ID makes no more accounts today");
        // Whoever has one is let in as before.
        sign_in_as(&app.browser(), &idp, LEE, lee()).await.is_the_portal_of("Lee Castillo");
        linked_notice(&app, LEE).await;
        app.pass_seconds(24 * 3_600);
        come(5).await.is_headed("Terms");
    }

    async fn an_administrator_is_linked_by_hand_and_never_by_an_email(app: TestApp) {
        let idp = lakeshore(&app).await;
        app.at_lakeshore(ADA, "Ada", Some("license_owner")).await;
        // Anybody over there may write her address into their profile.
        let page = sign_in_as(&app.browser(), &idp, ADA, person("whoever", ADA)).await;
        page.is_headed(BY_HAND);
        told_of(&app, "not_by_email", "The subject is whoever").await;
        nobody_got_in(&app).await;
        let link = async |tx: &mut Tx| {
            let connection = federation::connection(tx, &ConnectionId::from("lakeshore-id")).await?.unwrap();
            let ada = people::by_id(tx, &AccountId::from(ADA)).await?.unwrap();
            let whom = (&connection, &ada, "ada-there");
            federation::link_person(tx, app.app(), Actor::Command, whom).await.map_err(|_| store::Error::Contended)
        };
        app.app().db.write("story", link).await.unwrap();
        sign_in_as(&app.browser(), &idp, ADA, person("ada-there", ADA)).await.is_the_portal_of("Ada Holm");
        sign_in_as(&app.browser(), &idp, ADA, person("whoever", ADA)).await
            .is_headed("Your account here belongs to another sign-in");
    }

    async fn whoever_is_of_the_staff_or_shared_by_now_is_not_let_in_by_a_link_of_before(app: TestApp) {
        let idp = lakeshore(&app).await;
        sign_in_as(&app.browser(), &idp, LEE, lee()).await.is_the_portal_of("Lee Castillo");
        linked_notice(&app, LEE).await;
        app.execute("UPDATE accounts SET shared_at = 1 WHERE id = 'lee-castillo'", &[]).await;
        sign_in_as(&app.browser(), &idp, LEE, lee()).await.is_headed(NO_ACCOUNT);
        app.execute("UPDATE accounts SET shared_at = NULL WHERE id = 'lee-castillo'", &[]).await;
        app.execute("INSERT INTO staff (account_id, role) VALUES ('lee-castillo', 'support')", &[]).await;
        sign_in_as(&app.browser(), &idp, LEE, lee()).await.is_headed(NO_ACCOUNT);
        app.execute("DELETE FROM staff WHERE account_id = 'lee-castillo'", &[]).await;
        let staff = async |tx: &mut Tx| people::set_staff(tx, &AccountId::from("lee-castillo"), StaffRole::Support).await;
        app.app().db.write("story", staff).await.unwrap();
        assert_eq!(app.count("SELECT count(*) FROM federated_identities", &[]).await, 0, "and whoever becomes it is unlinked");
        assert_eq!(app.events("session.started").await, 1);
    }

    async fn an_email_counts_where_the_provider_has_to_say_that_it_is_verified_and_says_so(app: TestApp) {
        let idp = Idp::start(&app).await;
        idp.connect_with(&app, "lakeshore-id", "lakeshore", DOMAIN, |settings| settings.requires_verified_email = true).await;
        sign_in_as(&app.browser(), &idp, LEE, lee()).await.is_headed(NO_ACCOUNT);
        told_of(&app, "no_account_here", "no word (`email_verified`)").await;
        // The userinfo endpoint's word is about the address that it tells itself.
        idp.behave(|script| script.userinfo = Arc::new(|told| {
            told.insert("email".into(), "mine@elsewhere.example".into());
            told.insert("email_verified".into(), true.into());
        }));
        sign_in_as(&app.browser(), &idp, LEE, lee()).await.is_headed(NO_ACCOUNT);
        nobody_got_in(&app).await;
        idp.behave(|script| script.userinfo = saying("email_verified", true));
        sign_in_as(&app.browser(), &idp, LEE, lee()).await.is_the_portal_of("Lee Castillo");
        linked_notice(&app, LEE).await;
        // Linked, it is the subject that counts.
        idp.behave(|script| script.userinfo = saying("email_verified", Value::Null));
        sign_in_as(&app.browser(), &idp, LEE, lee()).await.is_the_portal_of("Lee Castillo");
    }

    async fn an_authenticator_is_asked_for_once_before_a_providers_word_stands_for_it(app: TestApp) {
        let idp = Idp::start(&app).await;
        idp.connect_with(&app, "northwind-id", "northwind", "northwind.example", |settings| settings.trusts_mfa = true).await;
        idp.behave(|script| script.id_token = saying("amr", json!(["mfa"])));
        let come = async || sign_in_as(&app.browser(), &idp, KIM, person("kim-there", KIM)).await;
        // Whoever has taken the provider over gets no further by trying twice.
        come().await.shows("Enter code");
        app.mail_to(KIM).await.shows("connected");
        let page = come().await;
        page.enter_code(&code_now(&app)).await.is_the_portal_of("Kim Nakamura");
        come().await.is_the_portal_of("Kim Nakamura");
    }

    async fn for_administrators_and_guarded_products_a_factor_shown_there_takes_an_operators_word(app: TestApp) {
        let idp = Idp::start(&app).await;
        idp.connect_with(&app, "lakeshore-id", "lakeshore", DOMAIN, |settings| settings.trusts_mfa = true).await;
        app.execute("UPDATE organizations SET mfa = 'required' WHERE id = 'lakeshore'", &[]).await;
        idp.behave(|script| script.id_token = saying("amr", json!(["mfa"])));
        sign_in_as(&app.browser(), &idp, LEE, lee()).await.is_the_portal_of("Lee Castillo");
        linked_notice(&app, LEE).await;
        app.execute("INSERT INTO administrators (id, organization_id, account_id, role)
                     VALUES ('a', 'lakeshore', 'lee-castillo', 'program_administrator')", &[]).await;
        sign_in_as(&app.browser(), &idp, LEE, lee()).await.is_headed("Set up a second step");
        app.execute("UPDATE connections SET mfa_accepted_at = 1, mfa_accepted_by = 'root@portico.example'", &[]).await;
        sign_in_as(&app.browser(), &idp, LEE, lee()).await.is_the_portal_of("Lee Castillo");
        app.leaves_mail_behind();
    }

    async fn an_answer_that_was_judged_under_settings_of_before_is_asked_for_once_more(app: TestApp) {
        let idp = Idp::start(&app).await;
        idp.connect_with(&app, "lakeshore-id", "lakeshore", DOMAIN, |settings| {
            settings.creates_accounts = true;
            settings.roles = vec![("staff".into(), Role::ProgramAdministrator)];
        }).await;
        let browser = app.browser();
        let back = idp.answer(&browser.name(LEE).await, lee());
        let go_on = Arc::new(Notify::new());
        idp.behave(|script| script.holds = Some(go_on.clone()));
        let meanwhile = async {
            while idp.asked("token") == 0 {
                tokio::task::yield_now().await;
            }
            app.pass_seconds(1);
            let change = async |tx: &mut Tx| {
                let id = ConnectionId::from("lakeshore-id");
                let mut settings = federation::connection(tx, &id).await?.unwrap().settings;
                settings.creates_accounts = false;
                federation::change_connection(tx, &id, &settings).await
            };
            assert!(app.app().db.write("story", change).await.unwrap());
            go_on.notify_one();
        };
        let (page, ()) = tokio::join!(browser.get(&back), meanwhile);
        nobody_got_in(&app).await;
        // The person notices nothing: the browser goes there once more by itself.
        browser.get(&idp.answer(&page, lee())).await.is_the_portal_of("Lee Castillo");
        linked_notice(&app, LEE).await;
    }
}
