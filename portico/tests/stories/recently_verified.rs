//! What could open an account to somebody else wants a proof of the last five minutes.

use crate::stories;
use crate::support::continuity::{LEE, SECOND};
use crate::support::idp::{Idp, person};
use crate::support::{PASSWORD, TestApp};

const HERE: &str = "/account/secondary-email";
const AGAIN: &str = "Please show once more that it is you.";
const OMAR: &str = "omar@riverside.example";
const OMARS: &str = "omar.haddad@mail.example";

async fn named(app: &TestApp) -> i64 {
    app.count("SELECT count(*) FROM secondary_addresses", &[]).await
}

stories! {
    async fn whoever_proved_it_longer_ago_proves_it_once_more_and_comes_back(app: TestApp) {
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        app.pass_seconds(299);
        let page = browser.get(HERE).await;
        page.is_headed("Second Mailbox");
        app.pass_seconds(1);
        let page = page.fill("Email", OMARS).press("Send the Mail").await;
        page.is_the_first_page().shows(AGAIN);
        assert_eq!(page.value_of("Email or username"), OMAR);
        browser.post("/account/secondary-email/remove", &[]).await.is_the_first_page();
        assert_eq!(named(&app).await, 0);
        let page = page.press("Next").await.try_password(PASSWORD).await;
        assert_eq!(page.is_headed("Second Mailbox").path(), HERE);
        assert_eq!(app.count("SELECT count(*) FROM sessions WHERE ended_at IS NULL", &[]).await, 1, "it was replaced");
        page.fill("Email", OMARS).press("Send the Mail").await.shows("We have sent a mail to");
        app.mail_to(OMARS).await;
    }

    async fn a_session_goes_on_meanwhile_and_whoever_cannot_prove_it_has_changed_nothing(app: TestApp) {
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        app.pass_seconds(300);
        let page = browser.get(HERE).await.press("Next").await.try_password("wrong").await;
        page.complains(crate::support::steps::WRONG_PASSWORD);
        browser.get("/").await.is_the_portal_of("Omar Haddad");
        browser.get(HERE).await.is_the_first_page();
    }

    async fn whoever_is_not_signed_in_signs_in_and_is_asked_no_second_time(app: TestApp) {
        let browser = app.browser();
        let page = browser.get(HERE).await.fill("Email or username", OMAR).press("Next").await;
        page.try_password(PASSWORD).await.is_headed("Second Mailbox");
    }

    async fn a_password_that_was_typed_before_a_long_pause_is_an_old_proof(app: TestApp) {
        app.execute("UPDATE accounts SET email_verified_at = NULL WHERE email = $1", &[&OMAR]).await;
        let browser = app.browser();
        let page = browser.get(HERE).await.fill("Email or username", OMAR).press("Next").await;
        let page = page.try_password(PASSWORD).await;
        page.is_headed("Verify Your Email Address");
        app.pass_seconds(300);
        app.execute("UPDATE accounts SET email_verified_at = 1 WHERE email = $1", &[&OMAR]).await;
        page.browser().reload().await.is_the_first_page().shows(AGAIN);
    }

    async fn an_organizations_people_prove_it_there_anew(app: TestApp) {
        let idp = Idp::start(&app).await;
        idp.connect(&app, "lakeshore-id", "lakeshore", "lakeshore.example").await;
        let browser = app.browser();
        let away = browser.name(LEE).await;
        browser.get(&idp.answer(&away, person("lee-there", LEE))).await.is_the_portal_of("Lee Castillo");
        app.mail_to(LEE).await.shows("connected");
        // Their provider has not said when: it may have been yesterday, and at this computer anybody.
        let page = browser.get(HERE).await;
        page.is_the_first_page().shows(AGAIN);
        // Not by the user name, which leads to no page of theirs.
        assert_eq!(page.value_of("Email or username"), LEE);
        let away = page.press("Next").await;
        let asked = idp.asked_by(&away);
        assert_eq!((asked["prompt"].as_str(), asked["max_age"].as_str()), ("login", "0"));
        let unsaid = idp.answer(&away, person("lee-there", LEE));
        assert_ne!(browser.get(&unsaid).await.path(), HERE);
        let away = browser.get(HERE).await.press("Next").await;
        let old = app.clock().now().seconds() - 3_600;
        let at = |seconds: i64| {
            let mut claims = person("lee-there", LEE);
            claims.insert("auth_time".into(), seconds.into());
            claims
        };
        assert_ne!(browser.get(&idp.answer(&away, at(old))).await.path(), HERE);
        let away = browser.get(HERE).await.press("Next").await;
        let page = browser.get(&idp.answer(&away, at(app.clock().now().seconds()))).await;
        page.is_headed("Second Mailbox").clone().fill("Email", SECOND).press("Send the Mail").await.shows(SECOND);
        app.mail_to(SECOND).await;
    }
}
