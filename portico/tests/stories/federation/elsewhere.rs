//! Whose password is elsewhere: a matter of each account, and of nothing that happens beside it.

use portico::audit::Actor;
use portico::federation::{self, Connection, DomainWish};
use portico::organizations::{self, NotReleased, Organization, SignInWay};
use portico::people::{self, OutOfReach};
use portico::platform::domain::Domain;
use portico::platform::ids::ConnectionId;
use store::Tx;

use super::{DOMAIN, lakeshore};
use crate::stories;
use crate::support::continuity::{LEE, LEE_ID, ROOT, SECOND, TOMAS, VERA};
use crate::support::idp::Idp;
use crate::support::steps::{NEW_PASSWORD, WRONG_PASSWORD};
use crate::support::{PASSWORD, TestApp};

const ANNEX: &str = "annex.example";
/// Of the other domain of Lakeshore, which leads nowhere.
const PIA: &str = "pia@annex.example";
const PROGRAM: Actor<'static> = Actor::Client("lakeshore-it");

/// Two domains, one of which leads to Lakeshore's identity provider. As a database may be that was never tidied: every password
/// from before is still there.
async fn two_domains(app: &TestApp) -> Idp {
    let idp = lakeshore(app).await;
    let annex = "INSERT INTO organization_domains (domain, organization_id, verified_at) VALUES ($1, 'lakeshore', 1)";
    app.execute(annex, &[&ANNEX]).await;
    app.at_lakeshore(PIA, "Pia", None).await;
    idp
}

async fn connection(app: &TestApp, id: &str) -> Connection {
    let read = async |tx: &mut Tx| federation::connection(tx, &ConnectionId::from(id)).await;
    app.app().db.read("story", read).await.unwrap().unwrap()
}

async fn organization(app: &TestApp) -> Organization {
    let read = async |tx: &mut Tx| organizations::by_slug(tx, "lakeshore").await;
    app.app().db.read("story", read).await.unwrap().unwrap()
}

async fn off(app: &TestApp, actor: Actor<'_>, domain: Option<&str>) -> Result<Option<federation::Moved>, String> {
    let (connection, domain) = (connection(app, "lakeshore-id").await, domain.map(|text| Domain::parse(text).unwrap()));
    let turn = async |tx: &mut Tx| federation::turn_off(tx, app.app(), actor, (&connection, domain.as_ref())).await;
    app.app().db.write("story", turn).await.map_err(|error| error.to_string())
}

async fn on(app: &TestApp, actor: Actor<'_>, id: &str, domain: &str) -> Result<federation::Switched, String> {
    let (connection, wish) = (connection(app, id).await, DomainWish::These(vec![Domain::parse(domain).unwrap()]));
    let turn = async |tx: &mut Tx| federation::turn_on(tx, app.app(), actor, (&connection, &wish)).await;
    app.app().db.write("story", turn).await.map_err(|error| error.to_string())
}

async fn release(app: &TestApp, actor: Actor<'_>, domain: &str) -> Result<Option<federation::Moved>, NotReleased> {
    let (organization, domain) = (organization(app).await, Domain::parse(domain).unwrap());
    let release =
        async |tx: &mut Tx| organizations::release_domain(tx, app.app(), actor, (&organization, &domain)).await;
    app.app().db.write("story", release).await
}

/// Whether each has a password elsewhere: lee, and pia of the other domain.
async fn elsewhere(app: &TestApp) -> [bool; 2] {
    [app.account_of(LEE).await.signs_in_elsewhere(), app.account_of(PIA).await.signs_in_elsewhere()]
}

async fn begin_anew(app: &TestApp) {
    app.execute("DELETE FROM attempt_counters", &[]).await;
}

async fn is_told(app: &TestApp, subject: &str) {
    for told in [VERA, TOMAS, ROOT] {
        assert_eq!(app.mail_to(told).await.subject, subject, "{told}");
    }
}

const HERE: &str = "People of Lakeshore Hospital sign in here again";

stories! {
    async fn where_one_of_two_domains_leads_elsewhere_its_people_have_no_password_here(app: TestApp) {
        two_domains(&app).await;
        assert_eq!(elsewhere(&app).await, [true, false]);
        assert_eq!(organization(&app).await.sign_in, SignInWay::Sso, "there is something to suspend");
        app.browser().try_password("lee-castillo", PASSWORD).await.complains(WRONG_PASSWORD);
        app.mail_to(LEE).await.shows("your password is kept there").link("Sign In");
        for typed in [LEE, "lee-castillo"] {
            app.browser().ask_for_reset(typed).await;
            app.mail_to(LEE).await.shows("your password is kept there").lacks("/recover/link/");
        }
        let lee = app.account_of(LEE).await;
        assert_eq!(lee.password, None);
        assert!(matches!(lee.takes_new_password(), Err(OutOfReach::Elsewhere { .. })));
        let send = async |tx: &mut Tx| portico::recovery::send_reset(tx, app.app(), &lee).await;
        assert!(app.app().db.write("story", send).await.unwrap().is_err());
        app.browser().post("/help/sign-in", &[("identifier", "lee-castillo")]).await;
        app.mail_to(LEE).await.shows("through Lakeshore Hospital");
    }

    async fn the_people_of_the_other_domain_keep_their_passwords(app: TestApp) {
        two_domains(&app).await;
        app.browser().name(PIA).await.is_the_password_page_of(PIA);
        app.browser().try_password(PIA, PASSWORD).await.is_the_portal_of("Pia Holm");
        app.browser().ask_for_reset(PIA).await;
        let link = app.mail_to(PIA).await.link("Reset Password");
        app.browser().get(&link).await.choose_password(NEW_PASSWORD).await;
        app.mail_to(PIA).await.shows("was changed");
        app.browser().try_password(PIA, NEW_PASSWORD).await.is_the_portal_of("Pia Holm");
    }

    async fn a_suspension_is_nothing_to_the_people_of_the_other_domain(app: TestApp) {
        two_domains(&app).await;
        app.has_second_mailbox(LEE_ID, SECOND).await;
        app.suspend().await;
        let pia = app.browser();
        pia.try_password(PIA, PASSWORD).await.is_the_portal_of("Pia Holm");
        app.browser().ask_for_reset(PIA).await;
        app.mail_to(PIA).await.link("Reset Password");
        app.browser().try_password(LEE, PASSWORD).await.complains(WRONG_PASSWORD);
        begin_anew(&app).await;
        app.reset_through_both().await;
        app.browser().try_password(LEE, NEW_PASSWORD).await.is_the_portal_of("Lee Castillo");
        app.resume().await;
        pia.get("/").await.is_the_portal_of("Pia Holm");
        app.browser().try_password(PIA, PASSWORD).await.is_the_portal_of("Pia Holm");
        assert_eq!(elsewhere(&app).await, [true, false]);
    }

    async fn nothing_that_happens_beside_it_moves_anybody(app: TestApp) {
        let idp = two_domains(&app).await;
        let (organization, clinic) = (organization(&app).await, Domain::parse("clinic.example").unwrap());
        let claim = async |tx: &mut Tx| {
            organizations::claim_domain(tx, app.app(), Actor::Command, (&organization, &clinic)).await
        };
        app.app().db.write("story", claim).await.unwrap();
        release(&app, PROGRAM, "clinic.example").await.unwrap().unwrap();
        let other = ConnectionId::from("other-id");
        let add = async |tx: &mut Tx| {
            federation::insert_connection(tx, &other, &organization.id, &idp.settings()).await?;
            federation::set_state(tx, &other, federation::State::Off).await
        };
        app.app().db.write("story", add).await.unwrap();
        let connection = connection(&app, "other-id").await;
        let link = async |tx: &mut Tx| federation::new_link(tx, app.app(), PROGRAM, &connection).await;
        app.app().db.write("story", link).await.unwrap();
        assert_eq!(elsewhere(&app).await, [true, false]);
        // The annex is let go of: pia's address is of no domain of theirs, and her password is as good as before.
        release(&app, PROGRAM, ANNEX).await.unwrap().unwrap();
        assert_eq!(elsewhere(&app).await, [true, false]);
        app.browser().try_password(PIA, PASSWORD).await.is_the_portal_of("Pia Holm");
        app.browser().try_password("lee-castillo", PASSWORD).await.complains(WRONG_PASSWORD);
        app.mail_to(LEE).await;
    }

    async fn what_is_said_of_an_organization_whose_sign_in_is_not_connected_holds_whatever_is_tried(app: TestApp) {
        let idp = lakeshore(&app).await;
        // Connected, but nobody is sent there.
        app.execute("UPDATE connections SET state = 'trial'", &[]).await;
        app.execute("UPDATE organization_domains SET connection_id = NULL", &[]).await;
        let connection = connection(&app, "lakeshore-id").await;
        let link = async |tx: &mut Tx| federation::new_link(tx, app.app(), Actor::Command, &connection).await;
        app.app().db.write("story", link).await.unwrap();
        off(&app, PROGRAM, None).await.unwrap().unwrap();
        assert!(app.account_of(LEE).await.signs_in_elsewhere());
        drop(idp);
    }

    async fn passwords_from_before_are_put_away_when_people_are_sent_elsewhere(app: TestApp) {
        app.two_license_owners().await;
        two_domains(&app).await;
        let ward = app.signed_in_before_sso(LEE).await;
        app.execute("UPDATE organizations SET sign_in = 'password' WHERE id = 'lakeshore'", &[]).await;
        app.execute("UPDATE connections SET state = 'trial'", &[]).await;
        let moved = on(&app, PROGRAM, "lakeshore-id", DOMAIN).await.unwrap().moved;
        assert_eq!((moved.there, moved.here, moved.passwords_put_away), (3, 0, 3));
        for told in [VERA, TOMAS, ROOT] {
            let mail = app.mail_to(told).await;
            assert_eq!(mail.subject, "People of Lakeshore Hospital sign in through Lakeshore ID");
            mail.shows("The program lakeshore-it of the organization").shows("3");
        }
        ward.get("/").await.is_the_portal_of("Lee Castillo");
        let left = "SELECT count(*) FROM accounts WHERE password IS NOT NULL AND organization_id = 'lakeshore'";
        assert_eq!(app.count(left, &[]).await, 1, "pia's");
        // Once more: nobody is moved, and nobody told.
        on(&app, PROGRAM, "lakeshore-id", DOMAIN).await.unwrap();
    }

    async fn after_off_no_password_from_before_counts_and_nobody_is_stranded(app: TestApp) {
        app.two_license_owners().await;
        two_domains(&app).await;
        // Who signs in by user name alone.
        app.execute("DELETE FROM identifiers WHERE name = $1", &[&LEE]).await;
        let moved = off(&app, Actor::Command, None).await.unwrap().unwrap();
        assert_eq!((moved.there, moved.here, moved.passwords_put_away), (0, 3, 3));
        is_told(&app, HERE).await;
        let trail = "SELECT count(*) FROM audit WHERE event = 'connection.switched' AND actor = 'command'
                     AND details LIKE '%\"here\":3%'";
        assert_eq!(app.count(trail, &[]).await, 1);
        for name in ["lee-castillo", VERA] {
            app.browser().try_password(name, PASSWORD).await.complains(WRONG_PASSWORD);
        }
        app.browser().ask_for_reset("lee-castillo").await;
        let link = app.mail_to(LEE).await.link("Reset Password");
        app.browser().get(&link).await.choose_password(NEW_PASSWORD).await;
        app.mail_to(LEE).await.shows("was changed");
        begin_anew(&app).await;
        app.browser().try_password("lee-castillo", NEW_PASSWORD).await.is_the_portal_of("Lee Castillo");
        app.browser().try_password(PIA, PASSWORD).await.is_the_portal_of("Pia Holm");
    }

    async fn off_for_one_domain_and_a_released_one_are_told_and_open_no_old_password(app: TestApp) {
        app.two_license_owners().await;
        two_domains(&app).await;
        let annex = connection(&app, "lakeshore-id").await.id;
        app.execute("UPDATE organization_domains SET connection_id = $1 WHERE domain = $2", &[&annex, &ANNEX]).await;
        assert_eq!(elsewhere(&app).await, [true, true]);
        assert_eq!(off(&app, Actor::Command, Some(ANNEX)).await.unwrap().unwrap().here, 1);
        is_told(&app, HERE).await;
        assert_eq!(elsewhere(&app).await, [true, false]);
        app.browser().try_password(PIA, PASSWORD).await.complains(WRONG_PASSWORD);
        assert_eq!(release(&app, Actor::Command, DOMAIN).await.unwrap().unwrap().here, 3);
        is_told(&app, HERE).await;
        assert_eq!(elsewhere(&app).await, [false, false]);
        app.browser().try_password("lee-castillo", PASSWORD).await.complains(WRONG_PASSWORD);
    }

    async fn off_during_a_suspension_opens_no_password_of_before_nor_of_the_suspension(app: TestApp) {
        two_domains(&app).await;
        app.has_second_mailbox(LEE_ID, SECOND).await;
        app.suspend().await;
        app.reset_through_both().await;
        off(&app, Actor::Command, None).await.unwrap().unwrap();
        assert_eq!(app.mail_to(ROOT).await.subject, HERE);
        for password in [PASSWORD, NEW_PASSWORD] {
            app.browser().try_password(LEE, password).await.complains(WRONG_PASSWORD);
        }
        app.browser().ask_for_reset(LEE).await;
        app.mail_to(LEE).await.link("Reset Password");
        app.resume().await;
        begin_anew(&app).await;
        for password in [PASSWORD, NEW_PASSWORD] {
            app.browser().try_password(LEE, password).await.complains(WRONG_PASSWORD);
        }
    }

    async fn a_program_brings_nobody_back_here_nor_to_another_identity_provider(app: TestApp) {
        let idp = two_domains(&app).await;
        let refused = off(&app, PROGRAM, None).await.unwrap_err();
        assert!(refused.contains("takes an operator"), "{refused}");
        off(&app, PROGRAM, Some(DOMAIN)).await.unwrap_err();
        assert!(matches!(release(&app, PROGRAM, DOMAIN).await, Err(NotReleased::TakesAnOperator(_))));
        let other = ConnectionId::from("other-id");
        let organization = organization(&app).await.id;
        let add = async |tx: &mut Tx| federation::insert_connection(tx, &other, &organization, &idp.settings()).await;
        app.app().db.write("story", add).await.unwrap();
        on(&app, PROGRAM, "other-id", DOMAIN).await.unwrap_err();
        app.suspend().await;
        off(&app, PROGRAM, None).await.unwrap_err();
        app.resume().await;
        assert_eq!(elsewhere(&app).await, [true, false]);
        assert_eq!(app.events("connection.switched").await + app.events("domain.released").await, 0);
        idp.asked_by(&app.browser().name(LEE).await);
        // What moves nobody, it may.
        release(&app, PROGRAM, ANNEX).await.unwrap().unwrap();
    }

    async fn who_is_linked_by_hand_under_an_address_of_no_domain_of_theirs_has_no_password_here(app: TestApp) {
        two_domains(&app).await;
        const RAY: &str = "ray@agency.example";
        app.at_lakeshore(RAY, "Ray", None).await;
        app.browser().try_password(RAY, PASSWORD).await.is_the_portal_of("Ray Holm");
        let (connection, ray) = (connection(&app, "lakeshore-id").await, app.account_of(RAY).await);
        let link = async |tx: &mut Tx| {
            federation::link_person(tx, app.app(), Actor::Command, (&connection, &ray, "ray-there")).await
        };
        app.app().db.write("story", link).await.unwrap();
        app.browser().try_password(RAY, PASSWORD).await.complains(WRONG_PASSWORD);
        app.mail_to(RAY).await.shows("your password is kept there");
        let unlink =
            async |tx: &mut Tx| federation::unlink_person(tx, app.app(), Actor::Command, (&connection, &ray)).await;
        assert!(app.app().db.write("story", unlink).await.unwrap());
        app.browser().try_password(RAY, PASSWORD).await.complains(WRONG_PASSWORD);
        app.browser().ask_for_reset(RAY).await;
        app.mail_to(RAY).await.link("Reset Password");
    }

    async fn whoever_tries_a_connection_from_a_domain_that_leads_nowhere_keeps_the_password(app: TestApp) {
        two_domains(&app).await;
        let (connection, pia) = (connection(&app, "lakeshore-id").await, app.account_of(PIA).await);
        let link = async |tx: &mut Tx| {
            federation::link(tx, &connection.id, "pia-there", &pia, federation::LinkedBy::FirstSignIn).await
        };
        assert!(app.app().db.write("story", link).await.unwrap());
        app.browser().try_password(PIA, PASSWORD).await.is_the_portal_of("Pia Holm");
    }

    async fn an_address_that_is_changed_to_one_that_leads_elsewhere_takes_no_password_along(app: TestApp) {
        two_domains(&app).await;
        let (pia, new) = (app.account_of(PIA).await, people::Email::parse("pia@lakeshore.example").unwrap());
        let change = async |tx: &mut Tx| {
            people::change_email(tx, app.app(), Actor::Command, &pia, &new, new.as_str()).await
        };
        assert!(app.app().db.write("story", change).await.unwrap().unwrap());
        let kept = "SELECT count(*) FROM accounts WHERE id = $1 AND password IS NOT NULL";
        assert_eq!(app.count(kept, &[&PIA]).await, 0);
        app.leaves_mail_behind();
    }
}
