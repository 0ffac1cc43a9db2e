//! An identity provider in other hands: what it, or whoever took an account over by it, has planted.

use portico::audit::Actor;
use portico::continuity::{self, By, Measures, NotNamed};
use portico::federation::{self, Role};
use portico::notices::Cause;
use portico::organizations;
use portico::people::Email;
use serde_json::json;
use store::Tx;

use crate::stories;
use crate::support::continuity::{LEE, LEE_ID, ROOT, SECOND, TOMAS, VERA, YES};
use crate::support::idp::{Idp, person};
use crate::support::{Browser, PASSWORD, TestApp};

const HERE: &str = "/account/secondary-email";
const SSO: &str = "/account/sso/lakeshore";
const BUTTON: &str = "This Is My Mailbox";
const EVE: &str = "eve@lakeshore.example";
const STAY: &str =
    "Your organization’s own sign-in page is out of order. Until it is back, second mailboxes stay as they are.";

async fn name_by_command(app: &TestApp, address: &str) -> Result<(), NotNamed> {
    let (node, account, email) = (app.app(), app.account_of(LEE).await, Email::parse(address).unwrap());
    let write = async |tx: &mut Tx| continuity::name(tx, node, By::command(), &account, &email, address).await;
    node.db.write("story.name", write).await.unwrap()
}

async fn confirmed(app: &TestApp) -> i64 {
    app.count("SELECT count(*) FROM secondary_addresses WHERE verified_at IS NOT NULL", &[]).await
}

async fn living(app: &TestApp) -> i64 {
    app.count("SELECT count(*) FROM sessions WHERE ended_at IS NULL", &[]).await
}

/// A connection that makes accounts, and License Owners of whom it likes.
async fn generous(app: &TestApp) -> Idp {
    let idp = Idp::start(app).await;
    idp.connect_with(app, "lakeshore-id", "lakeshore", "lakeshore.example", |settings| {
        settings.creates_accounts = true;
        let federation::Protocol::Oidc(oidc) = &mut settings.protocol;
        oidc.claims.roles = vec!["groups".into()];
        settings.roles = vec![("owners".into(), Role::LicenseOwner)];
    })
    .await;
    idp
}

/// Comes by the connection, and has an account from now on.
async fn comes(app: &TestApp, idp: &Idp, email: &str, groups: &[&str]) -> Browser {
    let browser = app.browser();
    let away = browser.name(email).await;
    let mut claims = person(email, email);
    claims.extend(json!({ "groups": groups }).as_object().unwrap().clone());
    browser.get(&idp.answer(&away, claims)).await.press("Accept").await.is_the_portal_of("Lee Castillo");
    browser
}

stories! {
    async fn while_sso_is_suspended_second_mailboxes_stay_as_they_are(app: TestApp) {
        app.has_second_mailbox(LEE_ID, SECOND).await;
        name_by_command(&app, "new@mail.example").await.unwrap();
        app.mail_to(SECOND).await.shows("has named another second mailbox for lee-castillo");
        let link = app.mail_to("new@mail.example").await.link(BUTTON);
        let lee = app.signed_in_before_sso(LEE).await;
        app.suspend().await;
        app.browser().get(&link).await.is_headed("Not yet").lacks(BUTTON);
        let late = app.browser();
        late.get(&link).await;
        late.post("/account/secondary-email/confirm", &[]).await.is_headed("Not yet");
        lee.get(HERE).await.shows(STAY).shows(SECOND).lacks("Remove It");
        lee.post_own(HERE, &[("email", "third@mail.example")]).await.complains(STAY);
        lee.post_own("/account/secondary-email/remove", &[]).await.shows(SECOND);
        assert_eq!(name_by_command(&app, "third@mail.example").await, Err(NotNamed::Suspended));
        assert_eq!((confirmed(&app).await, app.events("secondary_email.removed").await), (1, 0));
        app.both_links().await;
        app.resume().await;
        app.browser().get(&link).await.press(BUTTON).await.is_headed("Your second mailbox is confirmed");
        app.mail_to(SECOND).await.shows("no longer the second mailbox");
        app.mail_to(LEE).await.shows("n•••@mail.example is now");
    }

    async fn an_operator_takes_a_thiefs_away_even_then(app: TestApp) {
        app.has_second_mailbox(LEE_ID, SECOND).await;
        app.suspend().await;
        let (node, account) = (app.app(), app.account_of(LEE).await);
        let remove = async |tx: &mut Tx| continuity::remove(tx, &Cause::command(node), By::command(), &account).await;
        assert!(node.db.write("story.remove", remove).await.unwrap());
        assert_eq!(confirmed(&app).await, 0);
        assert_eq!((app.mails_to(LEE).await.len(), app.mails_to(SECOND).await.len()), (1, 2));
    }

    async fn whoever_reads_the_one_mailbox_cannot_take_the_other_away_in_a_suspension(app: TestApp) {
        app.has_second_mailbox(LEE_ID, SECOND).await;
        app.suspend().await;
        let [first, second] = app.both_links().await;
        let browser = app.browser();
        browser.get(&first).await.press(YES).await;
        let form = browser.get(&second).await.press(YES).await;
        form.choose_password("seven quiet lanterns").await;
        app.mail_to(SECOND).await.shows("was changed");
        let not_me = app.mail_to(LEE).await.link("It wasn’t me");
        app.browser().get(&not_me).await.press("It wasn’t me").await.is_headed("Check your mail");
        assert_eq!(app.account_of(LEE).await.password, None, "all else ends");
        assert_eq!(confirmed(&app).await, 1);
        assert_eq!(app.mail_to(LEE).await.subject, "Reset your password: mail 1 of 2");
        assert_eq!(app.mail_to(SECOND).await.subject, "Reset your password: mail 2 of 2");
    }

    async fn what_was_confirmed_and_linked_since_the_theft_counts_for_nothing(app: TestApp) {
        let idp = Idp::start(&app).await;
        idp.connect(&app, "lakeshore-id", "lakeshore", "lakeshore.example").await;
        app.has_second_mailbox(LEE_ID, SECOND).await;
        let browser = app.browser();
        let away = browser.name(LEE).await;
        browser.get(&idp.answer(&away, person("a-thief", LEE))).await.is_the_portal_of("Lee Castillo");
        app.mail_to(LEE).await.shows("connected");
        let linked = "SELECT count(*) FROM federated_identities";
        // Both are older than that.
        app.pass_seconds(60);
        let now = app.clock().now();
        app.try_suspend_with(Measures { distrust_since: Some(now), ..Measures::default() }).await.unwrap();
        app.mail_to(ROOT).await;
        assert_eq!((confirmed(&app).await, app.count(linked, &[]).await), (1, 1));
        app.both_links().await;
        app.resume().await;
        name_by_command(&app, "thief@mail.example").await.unwrap();
        let link = app.mail_to("thief@mail.example").await.link(BUTTON);
        app.mail_to(SECOND).await.shows("has named another");
        let hours_ago = portico::platform::clock::Time(now.0 - 2 * 3_600_000_000);
        let measures = Measures { distrust_since: Some(hours_ago), end_sessions: true };
        app.try_suspend_with(measures).await.unwrap();
        app.mail_to(ROOT).await;
        assert_eq!((confirmed(&app).await, app.count(linked, &[]).await, living(&app).await), (0, 0, 0));
        app.browser().ask_for_reset(LEE).await;
        app.mail_to(LEE).await.shows("this account has none");
        app.resume().await;
        app.browser().get(&link).await.is_headed("This link does not work any more");
        // The same in the next one, until somebody confirms it anew.
        app.suspend().await;
        app.browser().ask_for_reset(LEE).await;
        app.mail_to(LEE).await.shows("this account has none");
    }

    async fn what_the_provider_has_said_before_a_suspension_counts_no_more_after_it(app: TestApp) {
        let idp = Idp::start(&app).await;
        idp.connect(&app, "lakeshore-id", "lakeshore", "lakeshore.example").await;
        app.execute("DELETE FROM terms_acceptances WHERE account_id = $1", &[&LEE_ID]).await;
        let (half, away) = (app.browser(), app.browser());
        let page = half.name(LEE).await;
        let page = half.get(&idp.answer(&page, person("a-thief", LEE))).await;
        page.is_headed("Terms");
        app.mail_to(LEE).await.shows("connected");
        let answer = idp.answer(&away.name(LEE).await, person("a-thief", LEE));
        app.suspend().await;
        app.resume().await;
        let page = page.press("Accept").await;
        idp.asked_by(&page);
        let page = away.get(&answer).await;
        idp.asked_by(&page);
        assert_eq!((living(&app).await, idp.asked("token")), (0, 1));
        // And goes on there once more, as ever.
        half.get(&idp.answer(&page, person("a-thief", LEE))).await;
        away.get(&idp.answer(&page, person("a-thief", LEE))).await.is_headed("Terms");
    }

    async fn what_a_connection_has_made_is_listed_and_undone(app: TestApp) {
        let idp = generous(&app).await;
        let before = app.clock().now();
        app.pass_seconds(60);
        let lee = app.browser();
        let away = lee.name(LEE).await;
        lee.get(&idp.answer(&away, person("lee-there", LEE))).await.is_the_portal_of("Lee Castillo");
        app.mail_to(LEE).await.shows("connected");
        app.pass_seconds(1);
        let eve = comes(&app, &idp, EVE, &["owners"]).await;
        let node = app.app();
        let made = async |tx: &mut Tx| {
            let organization = organizations::by_slug(tx, "lakeshore").await?.unwrap();
            federation::made_since(tx, &organization.id, before).await
        };
        let made = node.db.read("story.made", made).await.unwrap();
        let told: Vec<_> = made.iter().map(|one| (one.account.email.as_str(), one.identity.linked_by.as_str())).collect();
        assert_eq!(told, [(LEE, "first_sign_in"), (EVE, "created")]);
        assert_eq!(made[1].roles, ["license_owner"]);
        for one in &made {
            let undo = async |tx: &mut Tx| federation::undo_made(tx, node, Actor::Command, one).await;
            node.db.write("story.undo", undo).await.unwrap();
        }
        for browser in [&lee, &eve] {
            browser.get("/").await.is_the_first_page();
        }
        let counts = [
            app.count("SELECT count(*) FROM federated_identities", &[]).await,
            app.count("SELECT count(*) FROM administrators WHERE organization_id = 'lakeshore'", &[]).await,
            app.count("SELECT count(*) FROM accounts WHERE email = $1 AND disabled_at IS NOT NULL", &[&EVE]).await,
            app.count("SELECT count(*) FROM accounts WHERE id = $1 AND disabled_at IS NULL", &[&LEE_ID]).await,
        ];
        assert_eq!(counts, [0, 0, 1, 1]);
        assert_eq!((app.events("account.unlinked").await, app.events("account.disabled").await), (2, 1));
    }

    async fn whom_a_connection_has_made_a_license_owner_neither_asks_nor_approves(app: TestApp) {
        let idp = generous(&app).await;
        let eve = comes(&app, &idp, EVE, &["owners"]).await;
        assert_eq!(eve.get(SSO).await.status(), 404);
        assert_eq!(eve.post(&format!("{SSO}/ask"), &[("reason", "because")]).await.status(), 404);
        // Made one by a person, but by the connection's account of today: in a week.
        app.execute("UPDATE administrators SET connection_id = NULL WHERE organization_id = 'lakeshore'", &[]).await;
        assert_eq!(eve.get(SSO).await.status(), 404);
        app.execute("UPDATE federated_identities SET linked_at = linked_at - $1", &[&(7 * 86_400_000_000_i64)]).await;
        assert_eq!(eve.get(SSO).await.status(), 200);
    }

    async fn whoever_owns_the_licenses_of_one_site_does_not_speak_for_the_organization(app: TestApp) {
        app.two_license_owners().await;
        app.execute("INSERT INTO sites (id, organization_id, name) VALUES ('pier', 'lakeshore', 'Pier')", &[]).await;
        app.execute("UPDATE administrators SET site_id = 'pier' WHERE account_id = $1", &[&VERA]).await;
        let vera = app.signed_in_before_sso(VERA).await;
        assert_eq!(vera.get(SSO).await.status(), 404);
        vera.get("/account").await.lacks("Single sign-on");
    }

    async fn two_accounts_of_one_mailbox_are_one_person(app: TestApp) {
        app.two_license_owners().await;
        app.has_second_mailbox(VERA, "vera@mail.example").await;
        app.has_second_mailbox(TOMAS, "vera@mail.example").await;
        let [vera, tomas] = [app.signed_in_before_sso(VERA).await, app.signed_in_before_sso(TOMAS).await];
        vera.get(SSO).await.fill("Reason", "Their page is out").press("Ask to Suspend").await;
        tomas.get(SSO).await.press("Approve and Suspend").await
            .complains("You read the same mailbox as whoever asked. It takes a second person, with mailboxes of their own.");
        assert_eq!(app.events("sso.suspended").await, 0);
        app.leaves_mail_behind();
    }

    async fn the_audit_trail_says_who_typed_and_calls_one_operator_no_two_people(app: TestApp) {
        app.two_license_owners().await;
        let (node, vera, root) = (app.app(), app.account_of(VERA).await, app.account_of(ROOT).await);
        for operator in [None, Some(&root)] {
            let both = async |tx: &mut Tx| {
                let organization = organizations::by_slug(tx, "lakeshore").await?.unwrap();
                let by = By::on_behalf_of(&vera).typed_by(operator);
                let asking = continuity::admit(tx, by, &organization).await?.unwrap();
                continuity::request(tx, node, &asking, "by telephone").await?.unwrap();
                let approving = continuity::admit(tx, By::command().typed_by(operator), &organization).await?.unwrap();
                continuity::approve(tx, node, &approving).await
            };
            node.db.write("story.both", both).await.unwrap().unwrap();
            app.try_resume().await.unwrap();
            app.pass_seconds(1);
        }
        let told = "SELECT count(*) FROM audit WHERE event = 'sso.suspended' AND details LIKE $1";
        assert_eq!(app.count(told, &[&"%\"two_people\":false%"]).await, 2);
        assert_eq!(app.count(told, &[&format!("%\"typed_by\":\"{}\"%", root.id).as_str()]).await, 1);
        app.leaves_mail_behind();
    }

    async fn a_domain_that_is_only_claimed_is_refused_and_what_lies_below_a_verified_one_counts_for_nothing(app: TestApp) {
        app.execute("INSERT INTO domain_claims (organization_id, domain, challenge, claimed_at)
                     VALUES ('lakeshore', 'claimed.example', 'x', 1)", &[]).await;
        assert!(matches!(name_by_command(&app, "lee@in.claimed.example").await, Err(NotNamed::NotSecond(_))));
        app.has_second_mailbox(LEE_ID, "lee@in.harborside.example").await;
        app.execute("INSERT INTO organization_domains (domain, organization_id) VALUES ('harborside.example', 'lakeshore')",
                    &[]).await;
        let ready = async |tx: &mut Tx| {
            let organization = organizations::by_slug(tx, "lakeshore").await?.unwrap();
            continuity::readiness(tx, &organization.id).await
        };
        assert_eq!(app.app().db.read("story.ready", ready).await.unwrap().with_second, 0);
        app.suspend().await;
        app.browser().ask_for_reset(LEE).await;
        app.mail_to(LEE).await.shows("this account has none");
        assert_eq!(app.app().db.read("story.ready", ready).await.unwrap().with_second, 0);
        app.browser().try_password("lee-castillo", PASSWORD).await;
        app.leaves_mail_behind();
    }
}
