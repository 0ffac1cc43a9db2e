//! Setting a connection up: by hand, with the organization's IT, and before its secret ends.

use std::time::Duration;

use portico::audit::Actor;
use portico::doctor;
use portico::federation::{self, Connection, DomainWish, May, Wanted};
use portico::people::{self, Account, Identifier};
use portico::platform::ids::ConnectionId;
use store::Tx;

use super::{DOMAIN, LEE, lakeshore, lee, linked_notice, sign_in_as};
use crate::stories;
use crate::support::TestApp;
use crate::support::idp::{Idp, person};

const ROOT: &str = "root@portico.example";
const DAY: Duration = Duration::from_secs(24 * 3_600);
const OPERATOR: May = May { loopback: true, private_network: true };

async fn connection(app: &TestApp) -> Connection {
    let read = async |tx: &mut Tx| federation::connection(tx, &ConnectionId::from("lakeshore-id")).await;
    app.app().db.read("story", read).await.unwrap().unwrap()
}

async fn account(app: &TestApp, name: &str) -> Account {
    let name = Identifier::parse(name).unwrap();
    let read = async |tx: &mut Tx| people::by_identifier(tx, &name).await;
    app.app().db.read("story", read).await.unwrap().unwrap()
}

async fn change(app: &TestApp, wanted: Wanted) -> Result<(), Vec<String>> {
    let connection = connection(app).await;
    let change = async |tx: &mut Tx| {
        federation::change_settings(tx, app.app(), Actor::Command, (&connection, &wanted, OPERATOR)).await
    };
    app.app().db.write("story", change).await.unwrap().map(drop)
}

async fn secret_ends_in(app: &TestApp, days: u32) {
    let ends = app.clock().now() + DAY * days;
    app.execute("UPDATE oidc_connections SET secret_expires_at = $1, secret_warned_at = NULL", &[&ends]).await;
}

async fn warn(app: &TestApp) {
    federation::warn_of_secrets(app.app()).await.unwrap();
}

stories! {
    async fn the_issuer_stays_once_somebody_is_linked(app: TestApp) {
        let idp = lakeshore(&app).await;
        let other = Idp::start(&app).await;
        let moved = || Wanted { issuer: Some(other.issuer().to_owned()), ..Wanted::default() };
        change(&app, moved()).await.unwrap();
        change(&app, Wanted { issuer: Some(idp.issuer().to_owned()), ..Wanted::default() }).await.unwrap();
        sign_in_as(&app.browser(), &idp, LEE, lee()).await.is_the_portal_of("Lee Castillo");
        linked_notice(&app, LEE).await;
        let refused = change(&app, moved()).await.unwrap_err();
        assert!(refused[0].contains("people are linked"), "{refused:?}");
        assert_eq!(app.events("connection.changed").await, 2);
    }

    async fn one_domain_after_the_other_is_sent_there(app: TestApp) {
        let idp = lakeshore(&app).await;
        let annex = "INSERT INTO organization_domains (domain, organization_id, verified_at) VALUES ('annex.example', 'lakeshore', 1)";
        app.execute(annex, &[]).await;
        let connection = connection(&app).await;
        let off = async |tx: &mut Tx| federation::turn_off(tx, app.app(), Actor::Command, (&connection, None)).await;
        assert!(app.app().db.write("story", off).await.unwrap().is_some());
        app.mail_to(ROOT).await.shows("sign in here");
        app.browser().name(LEE).await.is_the_password_page_of(LEE);
        let on = async |wish: DomainWish| {
            let turn = async |tx: &mut Tx| federation::turn_on(tx, app.app(), Actor::Command, (&connection, &wish)).await;
            app.app().db.write("story", turn).await.unwrap()
        };
        let some = on(DomainWish::AsBefore).await;
        assert_eq!((some.domains, some.others), (vec![DOMAIN.to_owned()], vec!["annex.example".to_owned()]));
        idp.asked_by(&app.browser().name(LEE).await);
        app.browser().name("new@annex.example").await.is_the_password_page_of("new@annex.example");
        app.mail_to(ROOT).await.shows("sign in through Lakeshore ID");
        app.at_lakeshore("new@annex.example", "Nell", None).await;
        assert!(!account(&app, "new@annex.example").await.signs_in_elsewhere());
        assert_eq!(on(DomainWish::All).await.others, [""; 0]);
        app.mail_to(ROOT).await.shows("sign in through Lakeshore ID");
        assert!(account(&app, "new@annex.example").await.signs_in_elsewhere());
        idp.asked_by(&app.browser().name("new@annex.example").await);
    }

    async fn somebody_is_linked_and_unlinked_by_hand(app: TestApp) {
        let idp = lakeshore(&app).await;
        let (connection, lee_here) = (connection(&app).await, account(&app, LEE).await);
        let link = async |account: &Account, subject: &str| {
            let both = (&connection, account, subject);
            let link = async |tx: &mut Tx| federation::link_person(tx, app.app(), Actor::Command, both).await;
            app.app().db.write("story", link).await.map_err(|error| error.to_string())
        };
        link(&lee_here, "spelled-otherwise").await.unwrap();
        assert!(link(&lee_here, "twice").await.unwrap_err().contains("unlink first"));
        assert!(link(&account(&app, "omar@riverside.example").await, "omar").await.unwrap_err().contains("another organization"));
        assert!(link(&account(&app, "root@portico.example").await, "root").await.is_err());
        // Whatever email comes with it.
        let browser = app.browser();
        sign_in_as(&browser, &idp, LEE, person("spelled-otherwise", "lee.castillo@elsewhere.example")).await
            .is_the_portal_of("Lee Castillo");
        let unlink = async |tx: &mut Tx| {
            federation::unlink_person(tx, app.app(), Actor::Command, (&connection, &lee_here)).await
        };
        assert!(app.app().db.write("story", unlink).await.unwrap());
        assert!(browser.get("/").await.path().starts_with("/sign-in"), "signed out");
        assert!(!app.app().db.write("story", unlink).await.unwrap());
        assert_eq!([app.events("account.linked").await, app.events("account.unlinked").await], [1, 1]);
    }

    async fn the_page_for_it_has_every_value_and_no_secret(app: TestApp) {
        lakeshore(&app).await;
        let page = app.browser().get("/federation/lakeshore-id/setup").await;
        page.is_headed("Connecting Lakeshore Hospital to Portico");
        for value in ["callback", "signed-out", "backchannel-logout"] {
            page.shows(&format!("https://login.portico.example/federation/lakeshore-id/{value}"));
        }
        page.shows("client_secret_basic").shows("openid email profile").lacks("JWKS URI");
        app.execute("UPDATE oidc_connections SET auth_method = 'private_key_jwt'", &[]).await;
        app.browser().get("/federation/lakeshore-id/setup").await.shows("/federation/lakeshore-id/jwks");
        assert_eq!(app.browser().get("/federation/nothing/setup").await.status(), 404);
    }

    async fn clock_an_organization_is_told_thirty_and_seven_days_and_one_before_its_secret_ends(app: TestApp) {
        lakeshore(&app).await;
        // Lakeshore has nobody who administers it: then the operators are told.
        let told = ROOT;
        let soon = "The sign-in secret of Lakeshore Hospital ends soon";
        secret_ends_in(&app, 31).await;
        warn(&app).await;
        app.pass(DAY * 2);
        for _ in 0..2 {
            warn(&app).await;
        }
        assert_eq!(app.mail_to(told).await.subject, soon);
        app.pass(DAY * 10);
        warn(&app).await;
        app.pass(DAY * 13);
        warn(&app).await;
        assert_eq!(app.mail_to(told).await.subject, soon, "six days before");
        app.pass(DAY * 3);
        warn(&app).await;
        app.pass(DAY * 2 + DAY / 2);
        warn(&app).await;
        assert_eq!(app.mail_to(told).await.subject, soon, "half a day before");
        app.pass(DAY + Duration::from_secs(60));
        warn(&app).await;
        assert_eq!(app.mail_to(told).await.subject, "The sign-in secret of Lakeshore Hospital has ended");
        app.pass(DAY * 10);
        warn(&app).await;
    }

    async fn race_of_nodes_that_look_at_a_secret_tells_of_it_once(app: TestApp) {
        lakeshore(&app).await;
        secret_ends_in(&app, 3).await;
        let nodes = [app.clone(), app.second_node().await];
        crate::support::all_at_once(nodes.map(|node| async move { warn(&node).await })).await;
        app.mail_to("root@portico.example").await;
    }

    async fn the_doctor_says_why_nobody_gets_in_there(app: TestApp) {
        lakeshore(&app).await;
        let examined = async || doctor::examine(app.app(), &Identifier::parse(LEE).unwrap()).await.unwrap();
        assert_eq!(examined().await.verdict, doctor::Verdict::Can);
        secret_ends_in(&app, 0).await;
        let report = examined().await;
        assert_eq!(report.verdict, doctor::Verdict::Cannot);
        assert!(report.sentence.contains("Nobody gets in through Lakeshore ID: The secret ended"), "{}", report.sentence);
        assert_eq!(report.acts, ["portico connection test lakeshore-id"]);
    }
}
