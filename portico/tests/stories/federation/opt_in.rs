//! Trying a connection before anybody is sent there.

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
    app.execute("UPDATE connections SET opt_in = $1", &[&hash]).await;
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
}
