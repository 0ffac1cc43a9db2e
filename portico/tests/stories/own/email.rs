//! Another address: asked for, shown to be its owner's, and only then the account's.

use super::{
    BUTTON, NEW, OMAR, STALE, Told, ask, change_password, choose_password, epoch, move_to, other_than, prove, sessions,
    signed_in, type_code,
};
use crate::stories;
use crate::support::steps::{NEW_PASSWORD, WRONG_PASSWORD};
use crate::support::{PASSWORD, TestApp};

const HERE: &str = "/account/email";
const SECOND: &str = "omar.private@mail.example";
const OVER: &str = "That code does not work any more. Please have a new one sent.";

/// A change that waits, with its code; the notice to the present address is taken out.
async fn waiting(app: &TestApp) -> (crate::support::Page, String) {
    let browser = signed_in(app, OMAR).await;
    let page = ask(&browser, NEW).await;
    app.mail_to(OMAR).await;
    (page, app.mail_to(NEW).await.code())
}

async fn all_read(app: &TestApp) {
    for read in [OMAR, NEW] {
        app.mails_to(read).await;
    }
}

stories! {
    async fn it_counts_once_the_code_was_typed_and_the_old_one_is_told(app: TestApp) {
        app.has_second_mailbox(OMAR, SECOND).await;
        let elsewhere = signed_in(&app, OMAR).await;
        let browser = signed_in(&app, OMAR).await;
        let before = epoch(&app, OMAR).await;
        let page = ask(&browser, "Omar.Haddad@Mail.example").await;
        page.shows(OMAR).shows("We have sent an 8-digit code to").shows("Omar.Haddad@Mail.example");
        let mail = app.mail_to(NEW).await;
        assert_eq!(mail.subject, "Your code for a new email address");
        mail.shows("Riverside Health").lacks("Haddad,").lacks("omar@riverside").lacks("/recover/");
        for present in [OMAR, SECOND] {
            let told = app.mail_to(present).await;
            assert_eq!(told.subject, "Your email address is about to change");
            told.shows("o•••@mail.example").shows("Nothing has changed yet").lacks(NEW).link(BUTTON);
        }
        assert_eq!(epoch(&app, OMAR).await, before);
        app.browser().sign_in(OMAR).await;
        app.browser().try_password(NEW, PASSWORD).await.complains(WRONG_PASSWORD);
        let page = type_code(&page, &mail.code()).await;
        page.tells("Your email address was changed. You are signed out everywhere else.").shows("Omar.Haddad@Mail.example");
        let old = app.mail_to(OMAR).await;
        assert_eq!(old.subject, "Your email address was changed");
        old.shows(OMAR).lacks("haddad@").link(BUTTON);
        app.mail_to(SECOND).await.shows("used to go to omar@riverside.example").link(BUTTON);
        elsewhere.get("/").await.is_the_first_page();
        browser.get("/").await.is_the_portal_of("Omar Haddad");
        assert_eq!((sessions(&app).await, app.events("email.changed").await), (1, 1));
        app.browser().try_password(OMAR, PASSWORD).await.complains(WRONG_PASSWORD);
        // No code is asked for at the next sign-in: it has been shown.
        app.browser().sign_in(NEW).await;
        app.reset_password(NEW, NEW_PASSWORD).await;
        app.mail_to(SECOND).await.shows("was changed");
    }

    async fn a_wrong_code_changes_nothing_and_five_burn_it(app: TestApp) {
        let (page, code) = waiting(&app).await;
        type_code(&page, " ").await.complains("Please type the code from the mail.");
        let wrong = "That is not the code we sent last. Please check it, and type the one from the newest mail.";
        let burnt = "There were too many wrong codes, so that this one does not work any more. Please have a new one sent.";
        for number in 1..=5 {
            type_code(&page, &other_than(&code)).await.complains(if number < 5 { wrong } else { burnt });
        }
        type_code(&page, &code).await.complains(burnt);
        assert_eq!((app.events("email_code.refused").await, app.events("email.changed").await), (5, 0));
        app.pass_seconds(60);
        let page = page.browser().get(HERE).await.press("Resend Now").await;
        let code = app.mail_to(NEW).await.code();
        type_code(&page, &code).await.tells("Your email address was changed. You are signed out everywhere else.");
        app.mail_to(OMAR).await;
    }

    async fn clock_a_code_lives_ten_minutes_and_codes_are_a_minute_apart_and_five_an_hour(app: TestApp) {
        let (page, code) = waiting(&app).await;
        let browser = page.browser().clone();
        browser.get(HERE).await.press("Resend Now").await.complains(
            "A code was sent less than a minute ago. Please look for it first, then try again.");
        app.pass_seconds(250);
        browser.get(HERE).await;
        for _ in 0..4 {
            let page = browser.get(HERE).await;
            page.press("Resend Now").await.lacks("less than a minute");
            app.mail_to(NEW).await;
            // The newest only.
            type_code(&browser.get(HERE).await, &code).await;
            app.pass_seconds(60);
            prove(&browser, HERE).await;
        }
        browser.get(HERE).await.press("Resend Now").await.complains(
            "We have sent 5 codes within an hour. Please look for the newest of them, or wait an hour and have another one sent.");
        app.pass_seconds(3_600);
        let page = prove(&browser, HERE).await;
        type_code(&page, &code).await.complains(OVER);
        assert_eq!(app.events("email.changed").await, 0);
    }

    async fn a_code_counts_only_in_the_browser_it_was_asked_for_in(app: TestApp) {
        let (page, code) = waiting(&app).await;
        let elsewhere = signed_in(&app, OMAR).await;
        let there = elsewhere.get(HERE).await;
        there.shows("asked for in another browser").shows(NEW);
        assert!(there.texts_of("label").is_empty());
        let shown = there.form_of("Keep the Present Address").1[0].1.clone();
        elsewhere.post("/account/email/verify", &[("code", &code), ("shown", &shown)]).await.complains(OVER);
        elsewhere.post("/account/email/send", &[("shown", &shown)]).await.complains(OVER);
        app.execute("DELETE FROM attempt_counters", &[]).await;
        // Nor for anybody else in the same browser.
        page.browser().get("/").await.press("Sign out").await;
        page.browser().sign_in("nora@riverside.example").await;
        type_code(&page, &code).await.complains(STALE);
        assert_eq!(app.events("email.changed").await, 0);
        // Whoever sees it there can end it.
        elsewhere.get(HERE).await.press("Keep the Present Address").await.tells("Your email address stays as it is.");
        assert_eq!(app.events("email_change.cancelled").await, 1);
    }

    async fn what_is_cancelled_is_void(app: TestApp) {
        let (page, code) = waiting(&app).await;
        let browser = page.browser().clone();
        page.press("Keep the Present Address").await.tells("Your email address stays as it is.");
        type_code(&page, &code).await.complains(OVER);
        let form = browser.get(HERE).await;
        assert_eq!(form.texts_of("label"), ["New email address"]);
        browser.get("/account").await.shows(OMAR);
    }

    async fn what_waits_is_void_after_a_reset_and_after_any_change_of_a_credential(app: TestApp) {
        let (page, code) = waiting(&app).await;
        app.reset_password(OMAR, NEW_PASSWORD).await;
        page.browser().try_password(OMAR, NEW_PASSWORD).await;
        type_code(&page, &code).await.complains(STALE);
        let form = page.browser().get(HERE).await;
        assert_eq!(form.texts_of("label"), ["New email address"]);
        app.pass_seconds(60);
        let page = ask(page.browser(), NEW).await;
        app.mail_to(OMAR).await;
        let code = app.mail_to(NEW).await.code();
        let browser = page.browser().clone();
        choose_password(&browser, NEW_PASSWORD, PASSWORD).await.tells(
            "Your password was changed. You are signed out everywhere else.");
        app.mail_to(OMAR).await;
        let shown = browser.get(HERE).await.form_of("Send Verification Code").1[0].1.clone();
        browser.post("/account/email/verify", &[("code", &code), ("shown", &shown)]).await.complains(OVER);
        assert_eq!(app.events("email.changed").await, 0);
    }

    async fn the_present_mailbox_stops_it(app: TestApp) {
        let thief = signed_in(&app, OMAR).await;
        let page = ask(&thief, "thief@mail.example").await;
        let code = app.mail_to("thief@mail.example").await.code();
        let notice = app.mail_to(OMAR).await;
        app.browser().get(&notice.link(BUTTON)).await.press(BUTTON).await.is_headed("Check your mail");
        type_code(&page, &code).await.is_the_first_page();
        let link = app.mail_to(OMAR).await.link("Reset Password");
        app.browser().get(&link).await.choose_password(NEW_PASSWORD).await.is_headed("Your password was successfully reset");
        app.mail_to(OMAR).await.shows("was changed");
        app.browser().try_password(OMAR, NEW_PASSWORD).await.is_headed("Set up security questions");
        assert_eq!(app.events("email.changed").await, 0);
    }

    async fn the_old_mailbox_ends_sessions_and_the_administrators_hear_of_it(app: TestApp) {
        let browser = signed_in(&app, OMAR).await;
        move_to(&app, &browser, NEW).await;
        let [_, changed] = app.mails_to(OMAR).await.try_into().ok().unwrap();
        app.browser().get(&changed.link(BUTTON)).await.press(BUTTON).await.is_headed("It has been done");
        browser.get("/").await.is_the_first_page();
        for administrator in ["dana@riverside.example", "lucia@riverside.example"] {
            app.mail_to(administrator).await.shows(OMAR);
        }
        app.mail_to(OMAR).await;
    }

    async fn odd_addresses_and_those_that_cannot_be_theirs_are_refused_and_given_back(app: TestApp) {
        app.has_second_mailbox(OMAR, SECOND).await;
        let browser = signed_in(&app, OMAR).await;
        for (typed, problem) in [
            ("", "Please type the new email address."),
            ("omar@", "That does not look like an email address. It should be like name@mail.example."),
            ("OMAR@riverside.example", "That is your address already. Please type another one."),
            (SECOND, "That is your second mailbox. It would be of no help if both were the same: please remove it there first, or type another address."),
            ("omar@harbor.example", "That address is of another organization, so that it cannot be an account’s of yours. Please type another one."),
        ] {
            let page = ask(&browser, typed).await;
            page.complains(problem);
            assert_eq!(page.value_of("New email address"), typed);
        }
        assert_eq!(app.count("SELECT count(*) FROM outbox", &[]).await, 0);
    }

    async fn an_account_of_several_people_keeps_its_address(app: TestApp) {
        let browser = signed_in(&app, "harbor-ed").await;
        for page in ["name", "email", "user-name", "password"] {
            let page = browser.get(&format!("/account/{page}")).await;
            page.shows("Several people use this account");
            assert!(page.texts_of("label").is_empty(), "{}", page.text());
        }
    }

    async fn what_is_never_confirmed_is_forgotten(app: TestApp) {
        let (page, _) = waiting(&app).await;
        page.shows(NEW);
        app.pass_seconds(24 * 3_600 + 1);
        portico::serve::forget_once(app.app()).await.unwrap();
        assert_eq!(app.count("SELECT count(*) FROM email_changes", &[]).await, 0);
    }

    async fn a_changed_password_in_this_browser_leaves_it_signed_in(app: TestApp) {
        let browser = signed_in(&app, OMAR).await;
        change_password(&browser).await;
        app.mail_to(OMAR).await;
        move_to(&app, &browser, NEW).await;
        assert_eq!(app.mails_to(OMAR).await.len(), 2);
    }

    async fn what_has_become_the_second_mailbox_meanwhile_does_not_become_the_first_one(app: TestApp) {
        let (page, code) = waiting(&app).await;
        let browser = page.browser();
        browser.get("/account/secondary-email").await.fill("Email", NEW).press("Send the Mail").await;
        let link = app.mail_to(NEW).await.link("This Is My Mailbox");
        browser.get(&link).await.press("This Is My Mailbox").await.is_headed("Your second mailbox is confirmed");
        all_read(&app).await;
        let refused = type_code(&page, &code).await;
        refused.complains(
            "That is your second mailbox. It would be of no help if both were the same: please remove it there first, or \
             type another address.",
        );
        assert_eq!(app.events("email.changed").await, 0);
        // Nothing is lost: with the second mailbox away, the same code does.
        browser.get("/account/secondary-email").await.press("Remove It").await;
        all_read(&app).await;
        type_code(&refused, &code).await.tells("Your email address was changed. You are signed out everywhere else.");
        app.mail_to(OMAR).await;
    }

    async fn what_has_become_the_first_one_meanwhile_does_not_become_the_second_mailbox(app: TestApp) {
        let browser = signed_in(&app, OMAR).await;
        browser.get("/account/secondary-email").await.fill("Email", NEW).press("Send the Mail").await;
        let link = app.mail_to(NEW).await.link("This Is My Mailbox");
        move_to(&app, &browser, NEW).await;
        all_read(&app).await;
        app.browser().get(&link).await.is_headed("This link does not work any more");
        app.browser().post("/account/secondary-email/confirm", &[]).await;
        assert_eq!(app.events("secondary_email.verified").await, 0);
    }
}
