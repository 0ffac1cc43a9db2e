//! A forgotten user name: one page for all, and the answer by mail.

use crate::stories;
use crate::support::{Page, TestApp};

const HEADING: &str = "Check your mail";

async fn ask(app: &TestApp, address: &str) -> Page {
    let page = app.browser().get("/sign-in").await.click("Need help signing in?").await;
    let asking = page.click("Forgot username?").await;
    let check = asking.fill("Email", address).press("Send My Username").await;
    check.is_headed(HEADING).clone()
}

stories! {
    async fn the_mail_lists_every_user_name_of_the_address(app: TestApp) {
        ask(&app, "Night@Harbor.example").await.shows("Night@Harbor.example").lacks("harbor-night");
        let mail = app.mail_to("night@harbor.example").await;
        mail.shows("harbor-night").shows("harbor-relief").lacks("harbor-dispatch");
        app.browser().get(&mail.link("Sign In")).await.is_the_first_page();
    }

    async fn who_signs_in_with_the_address_is_told_that_it_is_enough(app: TestApp) {
        ask(&app, "omar@riverside.example").await;
        app.mail_to("omar@riverside.example").await.shows("You need none: sign in with this email address.");
    }

    async fn an_unknown_address_gets_a_mail_that_says_so(app: TestApp) {
        let known = ask(&app, "omar@riverside.example").await;
        let unknown = ask(&app, "omax@riverside.example").await;
        assert_eq!(known.text().replace("omar", "omax"), unknown.text());
        app.mail_to("omar@riverside.example").await;
        app.mail_to("omax@riverside.example").await.shows("There is no account here with this address");
    }

    async fn what_is_no_address_is_asked_for_again(app: TestApp) {
        let asking = app.browser().get("/recover/user-name").await;
        let again = asking.fill("Email", "harbor-night").press("Send My Username").await;
        again.is_headed("Forgot username?");
        assert!(again.problem().is_some(), "{}", again.text());
        assert_eq!(again.value_of("Email"), "harbor-night");
        assert_eq!(app.count("SELECT count(*) FROM outbox", &[]).await, 0);
    }

    async fn somebody_whose_organization_signs_in_elsewhere_gets_the_name_too(app: TestApp) {
        ask(&app, "lee@lakeshore.example").await;
        app.mail_to("lee@lakeshore.example").await.shows("lee-castillo");
    }

    async fn whoever_asked_for_the_name_goes_on_where_they_wanted_to(app: TestApp) {
        let help = app.browser().get("/account").await.click("Need help signing in?").await;
        let asking = help.click("Forgot username?").await.fill("Email", "omar@riverside.example");
        let check = asking.press("Send My Username").await;
        app.mail_to("omar@riverside.example").await;
        check.click("Use another one").await.is_headed("Forgot username?");
        let password = check.click("Back to sign-in").await.press("Next").await;
        password.try_password(crate::support::PASSWORD).await.is_headed("My account");
    }

    async fn resend_sends_the_names_again(app: TestApp) {
        let check = ask(&app, "night@harbor.example").await;
        app.mail_to("night@harbor.example").await;
        app.pass_seconds(60);
        check.press("Resend").await.is_headed(HEADING);
        app.mail_to("night@harbor.example").await.shows("harbor-night");
    }
}
