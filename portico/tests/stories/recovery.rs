//! A forgotten password: asked for, mailed, opened, set.

use axum::http::{HeaderMap, Method};

use crate::stories;
use crate::support::steps::{NEW_PASSWORD, WRONG_PASSWORD};
use crate::support::{PASSWORD, code_now};

const OMAR: &str = "omar@riverside.example";
const KIM: &str = "kim@northwind.example";
const DONE: &str = "Your password was successfully reset";

const SHORT: &str = "That password is too short. Please use at least 8 characters; three or four words that only you would \
     put together are long enough.";
const COMMON: &str = "Many people use that password, or it has been stolen before, so it is tried first. Adding a number \
     does not help. Please put together a few words of your own.";
const NAMED: &str = "That password is a name: yours, or that of your organization or of this service. Other people would \
     try it first. Please choose something that has nothing to do with them.";

stories! {
    async fn a_forgotten_password_is_reset_by_mail(app: TestApp) {
        let browser = app.browser();
        let asking = browser.name(OMAR).await.click("Forgot Password?").await;
        asking.is_headed("Reset Password");
        assert_eq!(asking.value_of("Email or username"), OMAR);
        let check = asking.by_mail().await;
        check.is_headed("Check your mail").shows(OMAR).shows("no-reply@portico.example");
        check.shows("once, for 60 minutes").shows("spam and junk folders").shows("Resend");
        let mail = app.mail_to(OMAR).await;
        assert_eq!(mail.subject, "Reset your password");
        mail.shows(OMAR).shows("for 60 minutes").shows("Bed Board").shows("Incident Desk").shows("Tracer");
        let form = browser.get(&mail.link("Reset Password")).await;
        form.is_headed("Set Up Password").shows(OMAR).shows("Bed Board").shows("At least 8 characters");
        let done = form.choose_password(NEW_PASSWORD).await;
        done.is_headed(DONE).shows(OMAR);
        app.mail_to(OMAR).await.shows("was changed");
        browser.get("/").await.is_the_first_page();
        let asking = done.click("Sign In").await;
        assert_eq!(asking.value_of("Email or username"), OMAR);
        let password = asking.press("Next").await;
        password.is_the_password_page_of(OMAR);
        password.try_password(PASSWORD).await.complains(WRONG_PASSWORD);
        password.try_password(NEW_PASSWORD).await.is_the_portal_of("Omar Haddad");
    }

    async fn a_link_opened_by_a_mail_scanner_still_works_once_and_ends_other_sessions(app: TestApp) {
        let elsewhere = app.browser();
        elsewhere.sign_in(OMAR).await;
        let link = app.reset_link(OMAR).await;
        for _ in 0..2 {
            let scanner = app.browser().calling_itself("SafeLinks/1.0");
            for method in [Method::HEAD, Method::GET] {
                let answer = scanner.send(method, &link, &HeaderMap::new(), "").await;
                assert_eq!(answer.status(), 303);
            }
            scanner.get(&link).await.is_headed("Set Up Password");
        }
        elsewhere.reload().await.is_the_portal_of("Omar Haddad");
        app.browser().get(&link).await.choose_password(NEW_PASSWORD).await.is_headed(DONE);
        app.mail_to(OMAR).await.shows("was changed");
        elsewhere.reload().await.is_the_first_page();
        let again = app.browser().get(&link).await;
        again.is_headed("This link has already been used");
        app.browser().try_password(OMAR, NEW_PASSWORD).await.is_the_portal_of("Omar Haddad");
    }

    async fn a_link_does_not_stay_in_the_address_bar(app: TestApp) {
        let link = app.reset_link(OMAR).await;
        let form = app.browser().get(&link).await;
        assert_eq!(form.path(), "/recover/new-password");
        assert_eq!(form.header("referrer-policy"), "no-referrer");
        assert!(!form.body().contains(link.rsplit('/').next().unwrap()), "nor in the page");
    }

    async fn a_link_works_in_any_browser_and_the_browser_that_asked_gets_nothing_by_it(app: TestApp) {
        let asked = app.browser();
        asked.ask_for_reset(OMAR).await;
        let link = app.mail_to(OMAR).await.link("Reset Password");
        let other = app.browser();
        other.get(&link).await.choose_password(NEW_PASSWORD).await.is_headed(DONE);
        app.mail_to(OMAR).await;
        asked.get("/recover/new-password").await.is_headed("This link does not work");
        asked.get("/").await.is_the_first_page();
        other.get("/").await.is_the_first_page();
    }

    async fn an_expired_link_says_so_and_a_fresh_one_is_sent_from_there(app: TestApp) {
        let link = app.reset_link(OMAR).await;
        app.pass_seconds(3_600);
        let browser = app.browser();
        let expired = browser.get(&link).await;
        expired.is_headed("This link has expired").shows(OMAR);
        expired.press("Send a Fresh Link").await.is_headed("Check your mail");
        let fresh = app.mail_to(OMAR).await.link("Reset Password");
        assert_ne!(fresh, link);
        browser.get(&fresh).await.choose_password(NEW_PASSWORD).await.is_headed(DONE);
        app.mail_to(OMAR).await;
    }

    async fn a_used_link_offers_a_fresh_one(app: TestApp) {
        let link = app.reset_link(OMAR).await;
        app.browser().get(&link).await.choose_password(NEW_PASSWORD).await;
        app.mail_to(OMAR).await;
        app.browser().get(&link).await.press("Send a Fresh Link").await.is_headed("Check your mail");
        app.mail_to(OMAR).await.link("Reset Password");
    }

    async fn a_link_cut_off_by_the_mail_program_says_so(app: TestApp) {
        for link in ["/recover/link/abc".to_owned(), format!("/recover/link/{}", "A".repeat(43))] {
            let page = app.browser().get(&link).await;
            page.is_headed("This link does not work");
            let check = page.fill("Email or username", OMAR).press("Send a Fresh Link").await;
            check.is_headed("Check your mail");
            app.mail_to(OMAR).await;
        }
    }

    async fn asking_again_leaves_earlier_links_alive_and_a_finished_reset_ends_them(app: TestApp) {
        let first = app.reset_link(OMAR).await;
        let second = app.reset_link(OMAR).await;
        app.browser().get(&first).await.choose_password(NEW_PASSWORD).await.is_headed(DONE);
        let not_me = app.mail_to(OMAR).await.link("It wasn’t me");
        app.browser().get(&second).await.is_headed("This link has already been used");
        app.browser().get(&not_me).await.is_headed("Was it not you?");
    }

    async fn it_was_not_me_takes_the_account_back(app: TestApp) {
        let thief = app.reset_password_and_keep_the_mail(OMAR, "the-thiefs-own-words").await;
        thief.try_password(OMAR, "the-thiefs-own-words").await.is_the_portal_of("Omar Haddad");
        let notice = app.mail_to(OMAR).await;
        assert_eq!(notice.subject, "Your password was changed");
        notice.shows("Firefox, Linux").shows("203.0.0.");
        let owner = app.browser();
        let check = owner.get(&notice.link("It wasn’t me")).await.press("It wasn’t me").await;
        check.is_headed("Check your mail").shows(OMAR);
        thief.get("/").await.is_the_first_page();
        thief.try_password(OMAR, "the-thiefs-own-words").await.complains(WRONG_PASSWORD);
        let link = app.mail_to(OMAR).await.link("Reset Password");
        owner.get(&link).await.choose_password(NEW_PASSWORD).await.is_headed(DONE);
        app.mail_to(OMAR).await;
        thief.get("/").await.is_the_first_page();
        thief.try_password(OMAR, "the-thiefs-own-words").await.complains(WRONG_PASSWORD);
        owner.try_password(OMAR, NEW_PASSWORD).await.press("Cancel").await.is_the_portal_of("Omar Haddad");
    }

    async fn the_sign_in_that_waited_goes_on_where_it_led(app: TestApp) {
        let browser = app.browser();
        let waiting = browser.get("/account").await.fill("Email or username", OMAR).press("Next").await;
        waiting.click("Forgot Password?").await.by_mail().await;
        let link = app.mail_to(OMAR).await.link("Reset Password");
        let done = browser.get(&link).await.choose_password(NEW_PASSWORD).await;
        app.mail_to(OMAR).await;
        let password = done.click("Sign In").await.press("Next").await;
        assert_eq!(password.path(), waiting.path());
        password.try_password(NEW_PASSWORD).await.is_headed("My account");
    }

    async fn a_reset_asked_for_on_the_help_page_leads_on_where_the_sign_in_was_to_lead(app: TestApp) {
        let browser = app.browser();
        let help = browser.get("/account").await.click("Need help signing in?").await;
        let asking = help.click("Forgot Password?").await.fill("Email or username", OMAR);
        let check = asking.by_mail().await;
        let back = check.click("Back to sign-in").await.press("Next").await;
        back.try_password(PASSWORD).await.is_headed("My account").shows("Omar");
        let another = check.click("Use another one").await;
        assert_eq!(another.value_of("Email or username"), OMAR);
        let old = app.mail_to(OMAR).await.link("Reset Password");
        app.pass_seconds(3_600);
        let fresh = browser.get(&old).await.press("Send a Fresh Link").await;
        fresh.is_headed("Check your mail");
        browser.forget_cookie("session");
        let link = app.mail_to(OMAR).await.link("Reset Password");
        let done = browser.get(&link).await.choose_password(NEW_PASSWORD).await;
        app.mail_to(OMAR).await.shows("was changed");
        let password = done.click("Sign In").await.press("Next").await;
        password.try_password(NEW_PASSWORD).await.is_headed("My account");
    }

    async fn cancel_leads_back_to_the_sign_in(app: TestApp) {
        let browser = app.browser();
        let waiting = browser.get("/account").await.fill("Email or username", OMAR).press("Next").await;
        let back = waiting.click("Forgot Password?").await.click("Cancel").await;
        assert_eq!(back.path(), waiting.path());
        back.try_password(PASSWORD).await.is_headed("My account");
    }

    async fn the_help_page_tells_the_numbers_of_the_typed_domain(app: TestApp) {
        let sql = "UPDATE organizations SET lock_failures = 5, lock_minutes = 10 WHERE id = 'riverside'";
        app.execute(sql, &[]).await;
        for (typed, told) in [
            (OMAR, "After 5 wrong tries we pause sign-in for 10 minutes"),
            ("nobody@riverside.example", "After 5 wrong tries we pause sign-in for 10 minutes"),
            ("harbor-night", "After 3 wrong tries we pause sign-in for 30 minutes"),
        ] {
            app.browser().name(typed).await.click("Need help signing in?").await.shows(told);
        }
    }

    async fn the_help_page_keeps_name_and_destination(app: TestApp) {
        let browser = app.browser();
        let password = browser.get("/account").await.fill("Email or username", OMAR).press("Next").await;
        let help = password.click("Need help signing in?").await;
        help.is_headed("Need help signing in?").shows("After 3 wrong tries").shows("no-reply@portico.example");
        assert_eq!(help.click("Forgot Password?").await.value_of("Email or username"), OMAR);
        let again = help.click("Back to sign-in").await;
        assert_eq!(again.value_of("Email or username"), OMAR);
        again.press("Next").await.try_password(PASSWORD).await.is_headed("My account");
    }

    async fn a_mailbox_alone_does_not_reset_who_has_a_second_factor(app: TestApp) {
        let link = app.reset_link(KIM).await;
        let thief = app.browser();
        let code = thief.get(&link).await;
        code.is_headed("One more step");
        let skipped = thief.post("/recover/new-password", &[("password", NEW_PASSWORD), ("again", NEW_PASSWORD)]).await;
        skipped.is_headed("One more step");
        let page = code.enter_code("000000").await;
        assert!(page.problem().is_some());
        assert_eq!(app.events("password.reset").await, 0);
        let owner = app.browser();
        let form = owner.get(&link).await.enter_code(&code_now(&app)).await;
        form.is_headed("Set Up Password");
        thief.get(&link).await.is_headed("One more step");
        let done = form.choose_password(NEW_PASSWORD).await;
        done.is_headed(DONE).shows("the code from your authenticator app");
        app.mail_to(KIM).await.shows("was changed");
        app.pass_seconds(30);
        let second = owner.try_password(KIM, NEW_PASSWORD).await;
        second.is_headed("One more step");
        second.enter_code(&code_now(&app)).await.is_the_portal_of("Kim Nakamura");
    }

    async fn wrong_codes_on_the_way_to_a_new_password_are_counted_too(app: TestApp) {
        let link = app.reset_link(KIM).await;
        let page = app.browser().get(&link).await;
        for _ in 0..3 {
            page.enter_code("000000").await;
        }
        let locked = page.enter_code(&code_now(&app)).await;
        assert!(locked.problem().is_some_and(|told| told.contains("too many wrong codes")), "{}", locked.text());
        let sign_in = app.browser().try_password(KIM, PASSWORD).await.enter_code(&code_now(&app)).await;
        assert!(sign_in.problem().is_some_and(|told| told.contains("too many wrong codes")), "{}", sign_in.text());
        app.mail_to(KIM).await.shows("several wrong codes");
    }

    async fn no_address_makes_the_code_page_tell_of_a_lock_there_is_not(app: TestApp) {
        let link = app.reset_link(KIM).await;
        let browser = app.browser();
        browser.get(&link).await.is_headed("One more step");
        for query in ["problem=locked&until=4102444800000000", "problem=locked&until=x", "problem=locked&problem=wrong"] {
            let page = browser.get(&format!("/recover/code?{query}")).await;
            page.is_headed("One more step");
            assert_eq!(page.problem(), None, "{query}: {}", page.text());
        }
    }

    async fn a_password_that_cannot_be_taken_is_told_why_and_uses_nothing_up(app: TestApp) {
        let link = app.reset_link(OMAR).await;
        let form = app.browser().get(&link).await;
        let refused = [
            ("", "Please type a new password."),
            ("short-7", SHORT),
            ("password123", COMMON),
            ("omar@riverside.example", NAMED),
            ("Riverside2026!", NAMED),
            ("BedBoard!2026", NAMED),
            ("east clinic 7", NAMED),
            ("Portico-2026", NAMED),
        ];
        for (password, why) in refused {
            let page = form.choose_password(password).await;
            page.is_headed("Set Up Password");
            assert_eq!(page.problem().as_deref(), Some(why), "{password}");
            assert!(!page.body().contains("value=\"short-7\""));
        }
        let different = form.clone().fill("New Password", NEW_PASSWORD).fill("Verify Password", PASSWORD);
        different.press("Submit").await.complains("The two passwords are not the same. Please type both again.");
        let long = form.choose_password(&"long enough ".repeat(100)).await;
        assert!(long.problem().is_some_and(|told| told.contains("too long")), "{}", long.text());
        assert_eq!(app.events("password.reset").await, 0);
        form.choose_password(NEW_PASSWORD).await.is_headed(DONE);
        app.mail_to(OMAR).await;
    }

    async fn where_a_password_stands_alone_it_is_longer(app: TestApp) {
        app.execute("UPDATE organizations SET mfa = 'off' WHERE id = 'northwind'", &[]).await;
        let link = app.reset_link("max@northwind.example").await;
        let form = app.browser().get(&link).await;
        form.shows("At least 15 characters");
        let short = form.choose_password("fourteen-chars").await;
        short.complains(&SHORT.replace("least 8", "least 15"));
        form.choose_password("fifteen-letters").await.is_headed(DONE);
        app.mail_to("max@northwind.example").await;
    }

    async fn resend_sends_again_after_a_minute_and_not_before(app: TestApp) {
        let check = app.browser().ask_for_reset(OMAR).await;
        let first = app.mail_to(OMAR).await;
        check.press("Resend").await.is_headed("Check your mail");
        app.pass_seconds(59);
        check.press("Resend").await.is_headed("Check your mail");
        assert!(app.mails_to(OMAR).await.is_empty());
        app.pass_seconds(1);
        check.press("Resend").await.is_headed("Check your mail");
        let second = app.mail_to(OMAR).await;
        assert_ne!(first.message_id, second.message_id);
        app.browser().get(&first.link("Reset Password")).await.is_headed("Set Up Password");
        app.browser().get(&second.link("Reset Password")).await.is_headed("Set Up Password");
    }

    async fn a_mailbox_gets_so_many_mails_an_hour_and_the_page_shows_no_difference(app: TestApp) {
        let mut pages = Vec::new();
        for _ in 0..8 {
            pages.push(app.browser().ask_for_reset(OMAR).await);
        }
        assert_eq!(app.mails_to(OMAR).await.len(), 6);
        let heading = pages.iter().map(|page| page.heading());
        assert!(heading.into_iter().all(|heading| heading == "Check your mail"));
        app.pass_seconds(3_600);
        app.browser().ask_for_reset(OMAR).await;
        app.mail_to(OMAR).await;
    }

    async fn one_address_cannot_make_us_send_without_end(app: TestApp) {
        let node = app.node_with(|parts| parts.limits.mails_per_address = 3).await;
        let browser = node.browser();
        for number in 0..3 {
            browser.ask_for_reset(&format!("nobody{number}@elsewhere.example")).await;
        }
        let page = browser.get("/recover").await.fill("Email or username", OMAR).by_mail().await;
        assert_eq!(page.status(), 429);
        page.is_headed("That was a little too fast");
        assert_eq!(app.deliver_mail().await, 3);
        assert!(app.mails_to(OMAR).await.is_empty());
        app.leaves_mail_behind();
    }

    async fn resending_is_asking_too(app: TestApp) {
        let node = app.node_with(|parts| parts.limits.mails_per_address = 2).await;
        let check = node.browser().ask_for_reset(OMAR).await;
        app.mail_to(OMAR).await;
        app.pass_seconds(60);
        check.press("Resend").await.is_headed("Check your mail");
        app.mail_to(OMAR).await;
        app.pass_seconds(60);
        assert_eq!(check.press("Resend").await.status(), 429);
        assert_eq!(app.mails_to(OMAR).await.len(), 0);
    }

    async fn there_is_an_end_to_what_all_together_can_make_us_send(app: TestApp) {
        let node = app.node_with(|parts| parts.limits.mails_overall = 3).await;
        for number in 0..5 {
            node.browser().ask_for_reset(&format!("nobody{number}@elsewhere.example")).await;
        }
        assert_eq!(node.deliver_mail().await, 3);
        app.pass_seconds(3_600);
        node.browser().ask_for_reset(OMAR).await;
        assert_eq!(app.mails_to(OMAR).await.len(), 1);
        app.leaves_mail_behind();
    }

    async fn the_user_names_of_one_mailbox_share_its_count_and_the_page_shows_no_difference(app: TestApp) {
        for _ in 0..6 {
            app.browser().ask_for_reset("harbor-night").await;
        }
        let known = app.browser().ask_for_reset("harbor-relief").await;
        let unknown = app.browser().ask_for_reset("harbor-relieg").await;
        assert_eq!(known.text(), unknown.text().replace("relieg", "relief"));
        assert_eq!(app.mails_to("night@harbor.example").await.len(), 6);
    }

    async fn the_page_says_how_the_mail_is_doing(app: TestApp) {
        let check = app.browser().ask_for_reset(OMAR).await;
        check.shows("On its way out of our system");
        app.mail_to(OMAR).await;
        let handed_over = check.browser().reload().await;
        handed_over.shows("Our mail server has taken it, for riverside.example");
        let address = handed_over.attributes("[data-delivery]", "data-delivery").remove(0);
        let line = check.browser().get(&address).await;
        let line: serde_json::Value = serde_json::from_str(line.body()).unwrap();
        assert_eq!((line["state"].as_str(), line["done"].as_bool()), (Some("handed_over"), Some(false)));
        // It may come back, and mostly at once: after three minutes the page asks no more.
        app.pass_seconds(181);
        let line = check.browser().get(&address).await;
        let line: serde_json::Value = serde_json::from_str(line.body()).unwrap();
        assert_eq!(line["done"].as_bool(), Some(true));
    }

    async fn the_page_of_one_browser_is_nobody_elses(app: TestApp) {
        let check = app.browser().ask_for_reset(OMAR).await;
        app.mail_to(OMAR).await;
        let other = app.browser();
        other.get("/sign-in").await;
        other.get(check.path()).await.is_headed("Reset Password");
        assert_eq!(other.get(&format!("{}/delivery", check.path())).await.status(), 404);
        app.pass_seconds(60);
        other.post(&format!("{}/resend", check.path()), &[]).await;
        assert!(app.mails_to(OMAR).await.is_empty());
    }
}
