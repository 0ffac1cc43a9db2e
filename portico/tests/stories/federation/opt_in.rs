//! Trying a connection before anybody is sent there.

use portico::federation::LINK_LIVES;

use super::{DOMAIN, LEE, lee, linked_notice};
use crate::stories;
use crate::support::TestApp;
use crate::support::idp::{Idp, person};

const TOKEN: &str = "bGFrZXNob3JlLXRyaWFsLWxpbmstMDEyMzQ1Njc4OWE";
const LINK: &str = "/sign-in/with/bGFrZXNob3JlLXRyaWFsLWxpbmstMDEyMzQ1Njc4OWE";

async fn on_trial(app: &TestApp) -> Idp {
    let idp = Idp::start(app).await;
    idp.connect(app, "lakeshore-id", "lakeshore", DOMAIN).await;
    app.execute("UPDATE connections SET state = 'trial'", &[]).await;
    app.execute("UPDATE organization_domains SET connection_id = NULL", &[]).await;
    app.execute("UPDATE organizations SET sign_in = 'password' WHERE id = 'lakeshore'", &[]).await;
    let hash = portico::platform::hashes::sha256(TOKEN.as_bytes());
    let until = app.clock().now() + LINK_LIVES;
    app.execute("UPDATE connections SET opt_in = $1, opt_in_until = $2", &[&hash, &until]).await;
    idp
}

stories! {
    async fn a_trial_is_for_whoever_has_its_link(app: TestApp) {
        let idp = on_trial(&app).await;
        app.browser().name(LEE).await.is_the_password_page_of(LEE);
        let browser = app.browser();
        let page = browser.get(LINK).await;
        page.shows("Lakeshore ID").shows("Lakeshore Hospital");
        page.clone().fill("Email or username", " ").press("Next").await.complains("Please type your email or username.");
        let away = page.fill("Email or username", LEE).press("Next").await;
        assert_eq!(idp.asked_by(&away)["login_hint"], LEE);
        browser.get(&idp.answer(&away, lee())).await.is_the_portal_of("Lee Castillo");
        linked_notice(&app, LEE).await;
        // Nobody else is affected: the password still opens.
        app.browser().sign_in(LEE).await;
    }

    async fn the_link_opens_nothing_but_the_way_to_its_own_organization(app: TestApp) {
        let idp = on_trial(&app).await;
        let browser = app.browser();
        for typed in ["omar@riverside.example", LEE] {
            let away = browser.get(LINK).await.fill("Email or username", typed).press("Next").await;
            browser.get(&idp.answer(&away, person("x", "omar@riverside.example"))).await
                .is_headed("That email address cannot be used here");
        }
        app.execute("UPDATE connections SET state = 'off'", &[]).await;
        assert_eq!(browser.get(LINK).await.status(), 404);
        assert_eq!(browser.get("/sign-in/with/nothing").await.status(), 404);
        assert_eq!(app.events("session.started").await, 0);
    }

    async fn clock_a_link_ends_after_two_weeks(app: TestApp) {
        let idp = on_trial(&app).await;
        let browser = app.browser();
        let two_weeks = 14 * 24 * 3_600;
        app.pass_seconds(two_weeks - 1);
        let away = browser.get(LINK).await.fill("Email or username", LEE).press("Next").await;
        let back = idp.answer(&away, lee());
        app.pass_seconds(1);
        assert_eq!(browser.get(LINK).await.status(), 404);
        // Also for whoever is on the way.
        browser.get(&back).await.is_headed("Sign in");
        assert_eq!(app.events("session.started").await, 0);
    }

    async fn what_began_by_a_link_ends_with_it(app: TestApp) {
        let idp = on_trial(&app).await;
        let browser = app.browser();
        let away = browser.get(LINK).await.fill("Email or username", LEE).press("Next").await;
        let back = idp.answer(&away, lee());
        app.execute("UPDATE connections SET opt_in = NULL, opt_in_until = NULL", &[]).await;
        browser.get(&back).await.is_headed("Sign in");
        // A link that is made anew is another one.
        app.pass_seconds(1);
        let until = app.clock().now() + LINK_LIVES;
        app.execute("UPDATE connections SET opt_in = $1, opt_in_until = $2", &[&[7; 32], &until]).await;
        browser.get(away.path()).await.is_headed("Sign in");
        assert_eq!(app.events("session.started").await, 0);
        assert_eq!(app.count("SELECT count(*) FROM federated_identities", &[]).await, 0);
    }

    async fn a_connection_on_trial_is_not_believed_about_people_who_are_sent_elsewhere(app: TestApp) {
        let idp = on_trial(&app).await;
        let contractor = Idp::start(&app).await;
        // Lakeshore's own people are sent to their own; a contractor's is being tried beside it.
        contractor.connect(&app, "contractor-id", "lakeshore", DOMAIN).await;
        let browser = app.browser();
        let away = browser.get(LINK).await.fill("Email or username", LEE).press("Next").await;
        browser.get(&idp.answer(&away, person("mallory", LEE))).await.is_headed("That email address cannot be used here");
        // On, a link widens nothing either.
        app.execute("UPDATE connections SET state = 'on' WHERE id = 'lakeshore-id'", &[]).await;
        app.execute("UPDATE organization_domains SET connection_id = NULL", &[]).await;
        let away = browser.get(LINK).await.fill("Email or username", LEE).press("Next").await;
        browser.get(&idp.answer(&away, person("mallory", LEE))).await.is_headed("That email address cannot be used here");
        assert_eq!(app.count("SELECT count(*) FROM federated_identities", &[]).await, 0);
    }

    async fn an_administrator_who_has_opened_an_invitation_here_is_linked_by_it(app: TestApp) {
        let idp = on_trial(&app).await;
        app.execute("INSERT INTO licenses (id, organization_id, product_id, seats, valid_from) VALUES ('l', 'lakeshore', 'tracer', 5, 0)", &[]).await;
        let ann = "ann@lakeshore.example";
        app.invite(ann, "lakeshore").await.unwrap();
        let invitation = app.mail_to(ann).await.link("Begin");
        app.execute("INSERT INTO administrators (id, organization_id, account_id, role)
                     SELECT 'a', 'lakeshore', id, 'program_administrator' FROM accounts WHERE email = $1", &[&ann]).await;
        let come = async |browser: &crate::support::Browser| {
            let away = browser.get(LINK).await.fill("Email or username", ann).press("Next").await;
            browser.get(&idp.answer(&away, person("ann-there", ann))).await
        };
        let elsewhere = app.browser();
        come(&elsewhere).await.is_headed("Your account has to be connected first");
        let browser = app.browser();
        browser.get(&invitation).await;
        come(&browser).await.is_headed("Terms");
        app.leaves_mail_behind();
    }
}
