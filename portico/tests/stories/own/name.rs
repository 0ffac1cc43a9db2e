//! First and last name.

use super::{OMAR, STALE, Told, change_password, epoch, signed_in};
use crate::stories;
use crate::support::continuity::LEE;
use crate::support::idp::{Idp, person};

const HERE: &str = "/account/name";

stories! {
    async fn its_owner_changes_it_and_every_page_knows(app: TestApp) {
        let browser = signed_in(&app, OMAR).await;
        let before = epoch(&app, OMAR).await;
        let page = browser.get("/account").await;
        page.shows("Omar Haddad");
        let page = browser.get(HERE).await;
        assert_eq!((page.value_of("First name").as_str(), page.value_of("Last name").as_str()), ("Omar", "Haddad"));
        let page = page.fill("First name", "  Omar   Said ").fill("Last name", "O’Haddad").press("Save").await;
        page.tells("Your name was changed.").shows("Omar Said O’Haddad");
        assert_eq!(app.events("account.renamed").await, 1);
        assert_eq!(epoch(&app, OMAR).await, before, "nobody signs in with a name");
        browser.get("/").await.is_the_portal_of("Omar Said O’Haddad");
    }

    async fn the_rules_are_those_of_registration_and_nothing_typed_is_lost(app: TestApp) {
        let browser = signed_in(&app, OMAR).await;
        for (first, last, problem) in [
            ("", "Haddad", "Please type your first name."),
            ("Omar", " ", "Please type your last name."),
            ("evil.example", "Haddad", "That first name cannot be used. Please use letters, spaces, hyphens and apostrophes, at most 80."),
            ("Omar", "<b>", "That last name cannot be used. Please use letters, spaces, hyphens and apostrophes, at most 80."),
        ] {
            let page = browser.get(HERE).await.fill("First name", first).fill("Last name", last).press("Save").await;
            page.complains(problem);
            assert_eq!((page.value_of("First name").as_str(), page.value_of("Last name").as_str()), (first, last));
        }
        assert_eq!(app.events("account.renamed").await, 0);
    }

    async fn the_same_name_again_is_no_change(app: TestApp) {
        let browser = signed_in(&app, OMAR).await;
        browser.get(HERE).await.press("Save").await.tells("Your name was changed.");
        assert_eq!(app.events("account.renamed").await, 0);
    }

    async fn two_tabs_the_one_that_was_opened_before_a_change_of_credentials_saves_nothing(app: TestApp) {
        let browser = signed_in(&app, OMAR).await;
        let old = browser.get(HERE).await.fill("First name", "Old");
        change_password(&browser).await;
        app.mail_to(OMAR).await;
        old.press("Save").await.complains(STALE);
        browser.get("/account").await.shows("Omar Haddad");
    }

    async fn a_form_that_was_shown_to_somebody_else_changes_nothing(app: TestApp) {
        let browser = signed_in(&app, OMAR).await;
        let theirs = browser.get(HERE).await.fill("First name", "Omar the Second");
        browser.get("/").await.press("Sign out").await;
        browser.sign_in("nora@riverside.example").await;
        theirs.press("Save").await.complains(STALE);
        browser.get("/account").await.shows("Nora Lindqvist");
    }

    async fn people_of_an_organization_with_its_own_sign_in_keep_their_names(app: TestApp) {
        let idp = Idp::start(&app).await;
        idp.connect(&app, "lakeshore-id", "lakeshore", "lakeshore.example").await;
        let browser = app.browser();
        let away = browser.name(LEE).await;
        let at = |seconds: i64| {
            let mut claims = person("lee-there", LEE);
            claims.insert("auth_time".into(), seconds.into());
            claims
        };
        let now = app.clock().now().seconds();
        browser.get(&idp.answer(&away, at(now))).await.is_the_portal_of("Lee Castillo");
        app.mail_to(LEE).await;
        let page = browser.get(HERE).await;
        page.fill("First name", "Leo").press("Save").await.tells("Your name was changed.").shows("Leo Castillo");
        // The rest is kept there.
        let account = browser.get("/account").await;
        account.shows("Kept at Lakeshore Hospital");
        for (page, words) in [
            ("/account/email", "which says what your address is"),
            ("/account/user-name", "where a username from here is of no use"),
            ("/account/password", "That is where you change it"),
        ] {
            let page = browser.get(page).await;
            page.shows(words).shows("Lakeshore IT, it@lakeshore.example");
            assert!(!page.body().contains("<button class=\"button\""), "{}", page.text());
        }
        // And a form that is sent all the same changes nothing.
        for (path, field) in [("/account/email", "email"), ("/account/user-name", "user_name"), ("/account/password", "password")] {
            let shown = browser.get(HERE).await.form_of("Save").1[0].1.clone();
            browser.post(path, &[(field, "lee-elsewhere@mail.example"), ("current", "x"), ("again", "x"), ("shown", &shown)]).await;
        }
        assert_eq!(app.count("SELECT count(*) FROM accounts WHERE id = 'lee-castillo' AND email = $1 AND user_name = 'lee-castillo'", &[&LEE]).await, 1);
    }
}
