//! Setting a connection up: by hand, with the organization's IT, and before its secret ends.

use std::time::Duration;

use portico::audit::Actor;
use portico::doctor;
use portico::federation::{self, Connection, DomainWish, May, NotAdded, Wanted};
use portico::organizations::{self, Vouching};
use portico::people::{self, Account, Identifier};
use portico::platform::clock::Time;
use portico::platform::ids::ConnectionId;
use store::Tx;

use super::{DOMAIN, LEE, lakeshore, lee, linked_notice, sign_in_as};
use crate::stories;
use crate::support::TestApp;
use crate::support::idp::{Idp, SECRET, person, saying};

const ROOT: &str = "root@portico.example";
const DAY: Duration = Duration::from_secs(24 * 3_600);
const OPERATOR: May = May { loopback: true, operators: true };
const PROGRAM: May = May { loopback: true, operators: false };

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
    change_as(app, &connection(app).await, wanted, OPERATOR).await
}

/// Of a connection as somebody has read it.
async fn change_as(app: &TestApp, read: &Connection, wanted: Wanted, may: May) -> Result<(), Vec<String>> {
    let change =
        async |tx: &mut Tx| federation::change_settings(tx, app.app(), Actor::Command, (read, &wanted, may)).await;
    app.app().db.write("story", change).await.unwrap().map(drop)
}

async fn put_secret(app: &TestApp, secret: &str) {
    let connection = connection(app).await;
    let put = async |tx: &mut Tx| {
        let new = (None, secret.as_bytes(), None);
        federation::put_secret(tx, app.app(), Actor::Command, &connection, new).await
    };
    app.app().db.write("story", put).await.unwrap();
}

async fn secret(app: &TestApp) -> Option<Vec<u8>> {
    connection(app).await.secret(&app.app().keys).unwrap()
}

/// What the provider is found to lack when it is asked.
async fn found(app: &TestApp) -> String {
    let connection = connection(app).await;
    let look = federation::look_at(app.app(), &connection).await;
    format!("{:?}", federation::findings(&connection, &[], Some(&look), app.clock().now()))
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
        put_secret(&app, SECRET).await;
        sign_in_as(&app.browser(), &idp, LEE, lee()).await.is_the_portal_of("Lee Castillo");
        linked_notice(&app, LEE).await;
        let refused = change(&app, moved()).await.unwrap_err();
        assert!(refused[0].contains("people are linked"), "{refused:?}");
        assert_eq!(app.events("connection.changed").await, 2);
    }

    async fn a_secret_goes_with_its_issuer_and_its_client(app: TestApp) {
        let idp = lakeshore(&app).await;
        // Somebody's own host would be handed it by the first look.
        let mine = Idp::start(&app).await;
        change(&app, Wanted { issuer: Some(mine.issuer().to_owned()), ..Wanted::default() }).await.unwrap();
        assert_eq!(secret(&app).await, None);
        assert!(found(&app).await.contains("There is no secret"));
        assert_eq!(mine.asked("token"), 0);
        change(&app, Wanted { issuer: Some(idp.issuer().to_owned()), ..Wanted::default() }).await.unwrap();
        assert_eq!(secret(&app).await, None, "nor does it come back");
        put_secret(&app, SECRET).await;
        change(&app, Wanted { client_id: Some("another".into()), ..Wanted::default() }).await.unwrap();
        assert_eq!(secret(&app).await, None);
        let dropped = "SELECT count(*) FROM audit WHERE event = 'connection.changed' AND details LIKE '%\"secret_dropped\":true%'";
        assert_eq!(app.count(dropped, &[]).await, 2);
    }

    async fn a_change_does_not_bring_back_what_was_changed_meanwhile(app: TestApp) {
        lakeshore(&app).await;
        let read = connection(&app).await;
        put_secret(&app, "the new one").await;
        change(&app, Wanted { creates_accounts: Some(true), ..Wanted::default() }).await.unwrap();
        change_as(&app, &read, Wanted { name: Some("Another name".into()), ..Wanted::default() }, PROGRAM).await.unwrap();
        let now = connection(&app).await;
        assert_eq!(secret(&app).await.as_deref(), Some(b"the new one".as_slice()));
        assert!(now.settings.creates_accounts && now.settings.name == "Another name");
        // What an operator has said since holds, too.
        change(&app, Wanted { private_network: Some(true), ..Wanted::default() }).await.unwrap();
        let moved = Wanted { issuer: Some("https://10.0.0.5:8443".into()), ..Wanted::default() };
        assert!(change_as(&app, &read, moved, PROGRAM).await.unwrap_err()[0].starts_with("`private_network`"));
    }

    async fn a_providers_own_document_does_not_lead_around_in_the_private_network(app: TestApp) {
        let idp = lakeshore(&app).await;
        change(&app, Wanted { private_network: Some(true), ..Wanted::default() }).await.unwrap();
        assert!(found(&app).await.contains("may lie in the private network"));
        for (name, address) in [("token_endpoint", "https://10.9.8.7/token"), ("jwks_uri", "https://192.168.1.1:8443/keys")] {
            idp.behave(|script| script.metadata = saying(name, address));
            let told = found(&app).await;
            assert!(told.contains("leads into a private network, which is out of reach here"), "{name}: {told}");
        }
    }

    async fn an_operator_takes_it_upon_them_by_name_that_a_factor_shown_there_counts_for_everybody(app: TestApp) {
        lakeshore(&app).await;
        let root = account(&app, "root@portico.example").await;
        let accept = async |yes: bool| {
            let connection = connection(&app).await;
            let vouching = Vouching { operator: &root, because: "contract 4711" };
            let accept = async |tx: &mut Tx| {
                federation::accept_mfa(tx, app.app(), &connection, yes.then_some(&vouching)).await
            };
            app.app().db.write("story", accept).await
        };
        assert!(accept(true).await.unwrap_err().to_string().contains("counts for nobody"));
        change(&app, Wanted { trusts_mfa: Some(true), ..Wanted::default() }).await.unwrap();
        assert!(accept(true).await.unwrap());
        assert!(!accept(true).await.unwrap(), "it was so before");
        assert_eq!(connection(&app).await.settings.mfa_accepted.unwrap().by, root.id);
        assert!(found(&app).await.contains("counts here for everybody"));
        let actor = format!("account:{}", root.id);
        let sql = "SELECT count(*) FROM audit WHERE event = 'connection_mfa.accepted' AND actor = $1 AND details LIKE '%contract 4711%'";
        assert_eq!(app.count(sql, &[&actor]).await, 1);
        let weaker = || Wanted { mfa_acr: Some(vec!["pwd".into()]), ..Wanted::default() };
        let read = connection(&app).await;
        assert!(change_as(&app, &read, weaker(), PROGRAM).await.unwrap_err()[0].starts_with("`trusts_mfa`"));
        change(&app, weaker()).await.unwrap();
        assert_eq!(connection(&app).await.settings.mfa_accepted, None, "another factor wants another word");
        assert!(accept(true).await.unwrap() && accept(false).await.unwrap() && !accept(false).await.unwrap());
        assert_eq!(app.events("connection_mfa.withdrawn").await, 1);
    }

    async fn the_people_who_run_this_have_no_connection(app: TestApp) {
        let idp = Idp::start(&app).await;
        let add = async |tx: &mut Tx| {
            let organization = organizations::by_slug(tx, "portico").await?.unwrap();
            let new = (idp.settings(), None, None);
            federation::add_connection(tx, app.app(), Actor::Command, &organization, new).await
        };
        let refused = app.app().db.write("story", add).await;
        assert!(matches!(refused, Err(NotAdded::Operators)), "{refused:?}");
        assert_eq!(app.count("SELECT count(*) FROM connections", &[]).await, 0);
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
        assert!(link(&Account { shared_at: Some(Time(0)), ..lee_here.clone() }, "all").await.unwrap_err().contains("several people"));
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
        page.shows("client_secret_basic").shows("openid email profile").lacks("JWKS URI").lacks("email_verified");
        change(&app, Wanted { requires_verified_email: Some(true), ..Wanted::default() }).await.unwrap();
        app.browser().get("/federation/lakeshore-id/setup").await.shows("email_verified");
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
