//! An organization's own sign-in is out: suspended, passwords reset through two mailboxes, resumed.

use axum::http::{HeaderMap, Method};

use crate::stories;
use crate::support::continuity::{LEE, LEE_ID, ROOT, SECOND, YES};
use crate::support::idp::{Idp, person};
use crate::support::steps::{NEW_PASSWORD, WRONG_PASSWORD};
use crate::support::{Browser, PASSWORD, TestApp};

const DONE: &str = "Your password was successfully reset";
const OTHER: &str = "Now your other mailbox";
const NOT_YET: &str = "The mail in your other mailbox has not been answered in this browser. Was it on another device? Then type its \
                       number below.";

/// With the password that was set under the suspension.
async fn signed_in(app: &TestApp) -> Browser {
    let browser = app.browser();
    browser.try_password(LEE, NEW_PASSWORD).await.is_the_portal_of("Lee Castillo");
    browser
}

stories! {
    async fn a_person_resets_through_both_mailboxes_while_sso_is_suspended_and_after_it_resumes_the_password_is_useless(
        app: TestApp
    ) {
        let idp = Idp::start(&app).await;
        idp.connect(&app, "lakeshore-id", "lakeshore", "lakeshore.example").await;
        app.has_second_mailbox(LEE_ID, SECOND).await;
        app.browser().ask_for_reset(LEE).await;
        app.mail_to(LEE).await.shows("your password is kept there");
        app.suspend().await;
        let browser = app.browser();
        let page = browser.name(LEE).await;
        page.is_the_password_page_of(LEE).shows("own sign-in page is out of order");
        let check = page.click("Forgot Password?").await.by_mail().await;
        check.is_headed("Check your mail").shows("both mailboxes get a mail");
        let first = app.mail_to(LEE).await;
        assert_eq!(first.subject, "Reset your password: mail 1 of 2");
        first.shows("Lakeshore Hospital").shows("l•••@mail.example").lacks(SECOND);
        let second = app.mail_to(SECOND).await;
        assert_eq!(second.subject, "Reset your password: mail 2 of 2");
        second.shows("l•••@lakeshore.example");
        let page = browser.get(&first.link("Reset Password")).await;
        page.asks_whether_this_mailbox_is_mine(LEE);
        let page = page.press(YES).await;
        page.is_headed(OTHER).shows("l•••@mail.example").lacks(SECOND);
        page.click("I Have Pressed It").await.complains(NOT_YET);
        let page = browser.get(&second.link("Reset Password")).await;
        page.asks_whether_this_mailbox_is_mine(SECOND);
        let form = page.press(YES).await;
        form.is_headed("Set Up Password").choose_password(NEW_PASSWORD).await.is_headed(DONE);
        for mailbox in [LEE, SECOND] {
            app.mail_to(mailbox).await.shows("was changed");
        }
        browser.try_password(LEE, NEW_PASSWORD).await.is_the_portal_of("Lee Castillo");
        app.resume().await;
        browser.get("/").await.is_the_first_page();
        // Sent to where they sign in again, and in.
        let browser = app.browser();
        let away = browser.name(LEE).await;
        let back = browser.get(&idp.answer(&away, person("lee-there", LEE))).await;
        back.is_the_portal_of("Lee Castillo");
        app.mail_to(LEE).await.shows("connected");
        app.browser().try_password("lee-castillo", NEW_PASSWORD).await.complains(WRONG_PASSWORD);
        app.mail_to(LEE).await.shows("your password is kept there");
        assert_eq!(app.account_of(LEE).await.password, None);
        assert_eq!((app.events("sso.suspended").await, app.events("sso.resumed").await), (1, 1));
        assert_eq!(app.events("mailbox.confirmed").await, 2);
    }

    async fn a_link_of_an_earlier_request_goes_with_one_of_a_later(app: TestApp) {
        app.has_second_mailbox(LEE_ID, SECOND).await;
        app.suspend().await;
        let [first, _] = app.both_links().await;
        let [_, second] = app.both_links().await;
        let browser = app.browser();
        browser.get(&first).await.press(YES).await;
        browser.get(&second).await.press(YES).await.is_headed("Set Up Password");
    }

    async fn a_scanner_that_opens_both_links_has_said_nothing(app: TestApp) {
        app.has_second_mailbox(LEE_ID, SECOND).await;
        app.suspend().await;
        let [first, second] = app.both_links().await;
        for link in [&first, &second] {
            let scanner = app.browser().calling_itself("SafeLinks/1.0");
            for method in [Method::HEAD, Method::GET] {
                assert_eq!(scanner.send(method, link, &HeaderMap::new(), "").await.status(), 303);
            }
            scanner.get(link).await.is_headed("Is this your mailbox?");
        }
        app.browser().get(&first).await.press(YES).await.is_headed(OTHER);
        assert_eq!(app.events("mailbox.confirmed").await, 1);
    }

    async fn one_mailbox_alone_sets_no_password_whatever_is_posted(app: TestApp) {
        app.has_second_mailbox(LEE_ID, SECOND).await;
        app.suspend().await;
        let fields = [("password", NEW_PASSWORD), ("again", NEW_PASSWORD)];
        for which in [0, 1] {
            let links = app.both_links().await;
            for _ in 0..2 {
                let thief = app.browser();
                thief.get(&links[which]).await.press(YES).await.is_headed(OTHER);
                thief.post("/recover/new-password", &fields).await.is_headed(OTHER);
                thief.post("/recover/mailbox", &[]).await.is_headed(OTHER);
                thief.get("/recover/new-password").await.is_headed(OTHER);
            }
            // Said an hour ago, it is over with its link.
            app.pass_seconds(3_600);
        }
        assert_eq!(app.events("password.reset").await, 0);
    }

    async fn a_browser_that_has_said_nothing_itself_may_not_go_on(app: TestApp) {
        app.has_second_mailbox(LEE_ID, SECOND).await;
        app.suspend().await;
        let [first, second] = app.both_links().await;
        app.browser().get(&first).await.press(YES).await;
        app.browser().get(&second).await.press(YES).await;
        let scanner = app.browser();
        scanner.get(&first).await.is_headed("Is this your mailbox?");
        let fields = [("password", NEW_PASSWORD), ("again", NEW_PASSWORD)];
        scanner.post("/recover/new-password", &fields).await.is_headed("Is this your mailbox?");
    }

    async fn who_has_no_second_mailbox_is_told_by_mail_whom_to_ask(app: TestApp) {
        app.at_lakeshore("vera@lakeshore.example", "Vera", Some("program_administrator")).await;
        app.try_suspend(false).await.unwrap();
        app.mail_to(ROOT).await;
        app.mail_to("vera@lakeshore.example").await.shows("be ready for their calls");
        app.browser().ask_for_reset(LEE).await;
        let mail = app.mail_to(LEE).await;
        mail.shows("this account has none").shows("Vera Holm, vera@lakeshore.example");
        app.browser().post("/help/sign-in", &[("identifier", LEE)]).await.is_headed("Check your mail");
        app.mail_to(LEE).await.shows("this account has none");
    }

    async fn a_second_mailbox_that_was_confirmed_too_late_or_lies_at_the_organization_counts_for_nothing(app: TestApp) {
        app.suspend().await;
        app.execute("UPDATE organizations SET sso_suspended_at = sso_suspended_at - 7200000000", &[]).await;
        app.has_second_mailbox(LEE_ID, SECOND).await;
        app.browser().ask_for_reset(LEE).await;
        app.mail_to(LEE).await.shows("this account has none");
        app.resume().await;
        app.pass_seconds(60);
        app.suspend().await;
        app.both_links().await;
        app.execute(
            "INSERT INTO organization_domains (domain, organization_id) VALUES ('mail.example', 'lakeshore')", &[]
        ).await;
        app.browser().ask_for_reset(LEE).await;
        app.mail_to(LEE).await.shows("this account has none");
    }

    async fn where_the_first_mailbox_is_out_too_the_second_alone_is_enough(app: TestApp) {
        app.has_second_mailbox(LEE_ID, SECOND).await;
        app.execute("UPDATE organizations SET continuity = 'secondary' WHERE id = 'lakeshore'", &[]).await;
        app.suspend().await;
        let check = app.browser().ask_for_reset(LEE).await;
        check.shows("the link goes there");
        app.mail_to(LEE).await.shows("we have sent the link to your second mailbox, l•••@mail.example").lacks("/recover/link/");
        let link = app.mail_to(SECOND).await.link("Reset Password");
        app.browser().get(&link).await.choose_password(NEW_PASSWORD).await.is_headed(DONE);
        for mailbox in [LEE, SECOND] {
            app.mail_to(mailbox).await.shows("was changed");
        }
        signed_in(&app).await;
    }

    async fn a_password_from_before_the_organization_had_its_own_sign_in_opens_nothing_any_more(app: TestApp) {
        app.signed_in_before_sso(LEE).await;
        app.browser().try_password("lee-castillo", PASSWORD).await.complains(WRONG_PASSWORD);
        app.mail_to(LEE).await.shows("your password is kept there");
        app.execute("DELETE FROM attempt_counters", &[]).await;
        app.suspend().await;
        for name in [LEE, "lee-castillo"] {
            app.browser().try_password(name, PASSWORD).await.complains(WRONG_PASSWORD);
        }
        app.execute("DELETE FROM attempt_counters", &[]).await;
        app.resume().await;
        app.browser().try_password("lee-castillo", PASSWORD).await.complains(WRONG_PASSWORD);
        // Nor did the row outlive it: it is not theirs again on the day when the organization gives up its own sign-in.
        app.has_sso(false).await;
        app.execute("DELETE FROM attempt_counters", &[]).await;
        app.browser().try_password(LEE, PASSWORD).await.complains(WRONG_PASSWORD);
    }

    async fn before_the_next_suspension_everything_starts_anew(app: TestApp) {
        app.has_second_mailbox(LEE_ID, SECOND).await;
        app.suspend().await;
        app.reset_through_both().await;
        let [first, second] = app.both_links().await;
        let confirmed = app.browser();
        confirmed.get(&second).await.press(YES).await.is_headed(OTHER);
        let session = signed_in(&app).await;
        app.resume().await;
        app.suspend().await;
        session.get("/").await.is_the_first_page();
        app.browser().try_password(LEE, NEW_PASSWORD).await.complains(WRONG_PASSWORD);
        for link in [&first, &second] {
            app.browser().get(link).await.is_headed("This link has already been used");
        }
        // What the second mailbox has said belonged to the other suspension.
        let [first, _] = app.both_links().await;
        app.browser().get(&first).await.press(YES).await.is_headed(OTHER);
        confirmed.get("/recover/mailbox").await.is_headed("This link has already been used");
        app.reset_through_both().await;
        signed_in(&app).await;
    }

    async fn sessions_from_before_stay_unless_the_operator_ends_them_and_outlive_the_suspension(app: TestApp) {
        app.has_second_mailbox(LEE_ID, SECOND).await;
        app.at_lakeshore("vera@lakeshore.example", "Vera", None).await;
        let (lee, vera) = (app.signed_in_before_sso(LEE).await, app.signed_in_before_sso("vera@lakeshore.example").await);
        app.suspend().await;
        for browser in [&lee, &vera] {
            assert_eq!(browser.get("/").await.path(), "/");
        }
        app.reset_through_both().await;
        lee.get("/").await.is_the_first_page();
        app.resume().await;
        assert_eq!(vera.get("/").await.path(), "/", "it did not begin under the suspension");
        app.try_suspend(true).await.unwrap();
        app.mail_to(ROOT).await;
        vera.get("/").await.is_the_first_page();
    }

    async fn whoever_was_on_the_way_to_the_organizations_page_goes_on_here_and_whoever_comes_from_there_is_not_believed(
        app: TestApp
    ) {
        let idp = Idp::start(&app).await;
        idp.connect(&app, "lakeshore-id", "lakeshore", "lakeshore.example").await;
        app.has_second_mailbox(LEE_ID, SECOND).await;
        let (waiting, coming) = (app.browser(), app.browser());
        let away = waiting.name(LEE).await;
        let answer = idp.answer(&coming.name(LEE).await, person("lee-there", LEE));
        app.suspend().await;
        coming.get(&answer).await.lacks("Lee Castillo");
        assert_eq!(app.count("SELECT count(*) FROM sessions", &[]).await, 0);
        app.reset_through_both().await;
        let page = waiting.get(away.path()).await.press("Next").await;
        page.is_the_password_page_of(LEE).try_password(NEW_PASSWORD).await.is_the_portal_of("Lee Castillo");
    }

    async fn a_sign_in_that_was_half_done_when_sso_resumed_leads_nowhere(app: TestApp) {
        app.has_second_mailbox(LEE_ID, SECOND).await;
        app.suspend().await;
        app.reset_through_both().await;
        app.execute("UPDATE accounts SET email_verified_at = NULL WHERE id = $1", &[&LEE_ID]).await;
        let browser = app.browser();
        let page = browser.try_password(LEE, NEW_PASSWORD).await;
        page.is_headed("Verify Your Email Address");
        app.resume().await;
        let page = page.press("Send Verification Code").await;
        assert!(!page.has("Verify Your Email Address"), "{}", page.text());
        assert_eq!(app.count("SELECT count(*) FROM sessions WHERE ended_at IS NULL", &[]).await, 0);
    }

    async fn one_mailbox_gets_no_temporary_password_either(app: TestApp) {
        // Invited in the days before, and never registered: the invitation is open still.
        app.has_sso(false).await;
        app.execute("INSERT INTO licenses (id, organization_id, product_id, seats, valid_from)
                     VALUES ('lakeshore/tracer', 'lakeshore', 'tracer', 9, 1)", &[]).await;
        app.invite("ida@lakeshore.example", "lakeshore").await.unwrap();
        app.mail_to("ida@lakeshore.example").await;
        app.has_sso(true).await;
        let ida = app.id_of("ida@lakeshore.example").await;
        app.execute("UPDATE accounts SET first_browser_at = 1, email_verified_at = 1 WHERE id = $1", &[&ida]).await;
        app.suspend().await;
        app.browser().ask_for_reset("ida@lakeshore.example").await;
        app.mail_to("ida@lakeshore.example").await.shows("this account has none");
        app.browser().post("/help/sign-in", &[("identifier", "ida@lakeshore.example")]).await;
        app.mail_to("ida@lakeshore.example").await.shows("this account has none");
        // Whoever is really new is invited as ever, and ends with the suspension.
        app.invite("new@lakeshore.example", "lakeshore").await.unwrap();
        let mail = app.mail_to("new@lakeshore.example").await;
        app.browser().try_password("new@lakeshore.example", &mail.temporary_password()).await.is_headed("What is your name?");
        app.browser().ask_for_reset("new@lakeshore.example").await;
        app.mail_to("new@lakeshore.example").await.shows("emporary password");
        app.resume().await;
        app.browser().ask_for_reset("new@lakeshore.example").await;
        app.mail_to("new@lakeshore.example").await.shows("your password is kept there");
    }

    async fn an_administrators_link_asks_one_mailbox_as_ever(app: TestApp) {
        app.suspend().await;
        let account = app.account_of(LEE).await;
        let node = app.app();
        let send = async |tx: &mut store::Tx| portico::recovery::send_reset(tx, node, &account).await;
        assert!(node.db.write("story.reset", send).await.unwrap().is_ok());
        let link = app.mail_to(LEE).await.link("Reset Password");
        app.browser().get(&link).await.choose_password(NEW_PASSWORD).await.is_headed(DONE);
        app.mail_to(LEE).await.shows("was changed");
        signed_in(&app).await;
    }

    async fn clock_a_password_counts_though_a_node_was_behind_when_it_was_set(app: TestApp) {
        app.has_second_mailbox(LEE_ID, SECOND).await;
        app.suspend().await;
        app.set_back(std::time::Duration::from_secs(30));
        app.reset_through_both().await;
        signed_in(&app).await;
        app.resume().await;
        assert_eq!(app.count("SELECT count(*) FROM sessions WHERE ended_at IS NULL", &[]).await, 0);
    }

    async fn it_was_not_me_takes_the_second_mailbox_away_where_it_alone_is_enough(app: TestApp) {
        app.has_second_mailbox(LEE_ID, SECOND).await;
        app.suspend().await;
        let [first, second] = app.both_links().await;
        let thief = app.browser();
        thief.get(&first).await.press(YES).await;
        thief.get(&second).await.press(YES).await.choose_password(NEW_PASSWORD).await.is_headed(DONE);
        app.mail_to(SECOND).await;
        app.execute("UPDATE organizations SET continuity = 'secondary' WHERE id = 'lakeshore'", &[]).await;
        let not_me = app.mail_to(LEE).await.link("It wasn’t me");
        app.browser().get(&not_me).await.press("It wasn’t me").await.is_headed("It has been done");
        app.mail_to(LEE).await.shows("this account has none now");
        app.mail_to(SECOND).await.shows("no longer the second mailbox");
        app.browser().try_password(LEE, NEW_PASSWORD).await.complains(WRONG_PASSWORD);
        app.browser().ask_for_reset(LEE).await;
        app.mail_to(LEE).await.shows("this account has none");
    }
}
