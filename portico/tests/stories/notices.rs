//! Notices of what was done to an account, and "it wasn't me".

use axum::http::{HeaderMap, Method};
use portico::notices::{self, Cause};
use portico::people::{self, Account};
use portico::platform::ids::AccountId;
use store::Tx;

use crate::stories;
use crate::support::steps::{LOCKED, NEW_PASSWORD, WRONG_PASSWORD};
use crate::support::{ANSWERS, Mail, PASSWORD, Page, TestApp, all_at_once, code_now};

const OMAR: &str = "omar@riverside.example";
const KIM: &str = "kim@northwind.example";
const BUTTON: &str = "It wasn’t me";
const ASKED: &str = "Was it not you?";
const DAY: u64 = 24 * 3_600;

async fn account(app: &TestApp, id: &str) -> Account {
    let id = AccountId::from(id);
    app.app().db.read("story.account", async |tx: &mut Tx| people::by_id(tx, &id).await).await.unwrap().unwrap()
}

/// A notice of a new browser, whose button nobody has pressed.
async fn notice(app: &TestApp) -> Mail {
    app.browser().sign_in(OMAR).await;
    app.browser().sign_in(OMAR).await;
    app.told_of_new_browsers(OMAR).await.remove(0)
}

async fn sessions(app: &TestApp) -> i64 {
    app.count("SELECT count(*) FROM sessions WHERE ended_at IS NULL", &[]).await
}

stories! {
    async fn a_sign_in_in_a_second_browser_is_told_with_when_where_and_which(app: TestApp) {
        let first = app.browser();
        first.sign_in(OMAR).await;
        assert!(app.told_of_new_browsers(OMAR).await.is_empty(), "whoever has just come need not be told");
        app.browser().at_address("198.51.100.7").sign_in(OMAR).await;
        let told = app.told_of_new_browsers(OMAR).await.remove(0);
        told.shows("omar@riverside.example").shows("198.51.100.7").shows("Firefox, Linux").shows("04:00");
        told.shows("7 days").link(BUTTON);
        first.forget_cookie("session");
        first.sign_in(OMAR).await;
        assert!(app.told_of_new_browsers(OMAR).await.is_empty(), "a known browser is no news");
    }

    async fn half_a_sign_in_is_not_told(app: TestApp) {
        app.browser().sign_in_with_code(KIM).await;
        app.pass_seconds(30);
        let stranger = app.browser();
        stranger.try_password(KIM, PASSWORD).await.is_headed("One more step");
        assert!(app.told_of_new_browsers(KIM).await.is_empty());
        app.pass_seconds(30);
        stranger.try_password(KIM, PASSWORD).await.enter_code(&code_now(&app)).await;
        assert_eq!(app.told_of_new_browsers(KIM).await.len(), 1);
    }

    async fn a_known_browser_is_no_news_after_any_change_of_credentials(app: TestApp) {
        let old = app.browser();
        old.sign_in(OMAR).await;
        let owner = app.reset_password(OMAR, NEW_PASSWORD).await;
        owner.try_password(OMAR, NEW_PASSWORD).await.is_the_portal_of("Omar Haddad");
        old.try_password(OMAR, NEW_PASSWORD).await.is_the_portal_of("Omar Haddad");
        for _ in 0..2 {
            app.change_a_credential_of(OMAR).await;
            old.try_password(OMAR, NEW_PASSWORD).await.is_the_portal_of("Omar Haddad");
        }
        app.switch(OMAR, false).await;
        app.switch(OMAR, true).await;
        old.try_password(OMAR, NEW_PASSWORD).await.is_the_portal_of("Omar Haddad");
        assert!(app.told_of_new_browsers(OMAR).await.is_empty(), "the same browser, the same person");
        app.browser().try_password(OMAR, NEW_PASSWORD).await.is_the_portal_of("Omar Haddad");
        assert_eq!(app.told_of_new_browsers(OMAR).await.len(), 1);
    }

    async fn a_browser_forgotten_by_it_was_not_me_is_new_again(app: TestApp) {
        let owner = app.browser();
        owner.sign_in(OMAR).await;
        let link = notice(&app).await.link(BUTTON);
        app.browser().get(&link).await.press(BUTTON).await;
        let reset = app.mail_to(OMAR).await.link("Reset Password");
        let elsewhere = app.browser();
        elsewhere.get(&reset).await.choose_password(NEW_PASSWORD).await;
        app.mail_to(OMAR).await.shows("was changed");
        let questions = owner.try_password(OMAR, NEW_PASSWORD).await;
        questions.press("Cancel").await.is_the_portal_of("Omar Haddad");
        assert_eq!(app.told_of_new_browsers(OMAR).await.len(), 1, "whose it was is forgotten");
        app.change_a_credential_of(OMAR).await;
        owner.try_password(OMAR, NEW_PASSWORD).await.press("Cancel").await.is_the_portal_of("Omar Haddad");
        assert!(app.told_of_new_browsers(OMAR).await.is_empty(), "and known from then on");
    }

    async fn who_comes_back_after_a_year_is_told(app: TestApp) {
        app.browser().sign_in(OMAR).await;
        app.pass_seconds(400 * DAY);
        portico::serve::forget_once(app.app()).await.unwrap();
        app.browser().sign_in(OMAR).await;
        assert_eq!(app.told_of_new_browsers(OMAR).await.len(), 1);
    }

    async fn it_was_not_me_ends_everything_and_mails_the_way_back(app: TestApp) {
        let [owner, thief] = [app.browser(), app.browser()];
        owner.sign_in(OMAR).await;
        thief.sign_in(OMAR).await;
        let link = app.told_of_new_browsers(OMAR).await.remove(0).link(BUTTON);
        let page = app.browser().get(&link).await;
        page.is_headed(ASKED).shows("Everybody is signed out").shows("The present password stops working").shows(OMAR);
        assert_eq!(sessions(&app).await, 2, "looking changes nothing");
        let check = page.press(BUTTON).await;
        check.is_headed("Check your mail").shows(OMAR).shows("On its way out of our system");
        assert_eq!(sessions(&app).await, 0);
        for browser in [&owner, &thief] {
            browser.get("/").await.is_the_first_page();
            browser.try_password(OMAR, PASSWORD).await.complains(WRONG_PASSWORD);
        }
        assert_eq!(app.events("account.disputed").await, 1);
        let link = app.mail_to(OMAR).await.link("Reset Password");
        app.browser().get(&link).await.choose_password(NEW_PASSWORD).await;
        app.mail_to(OMAR).await.shows("was changed");
        let questions = owner.try_password(OMAR, NEW_PASSWORD).await;
        questions.is_headed("Set up security questions").press("Cancel").await.is_the_portal_of("Omar Haddad");
    }

    async fn it_was_not_me_takes_answers_back_that_alone_open_the_account(app: TestApp) {
        let browser = app.browser();
        browser.ask_for_questions(OMAR).await.answer(ANSWERS).await.choose_password(NEW_PASSWORD).await;
        let notice = app.mail_to(OMAR).await;
        app.browser().get(&notice.link(BUTTON)).await.press(BUTTON).await;
        let again = app.browser().ask_for_questions(OMAR).await.answer(ANSWERS).await;
        assert!(again.problem().is_some(), "{}", again.text());
        app.mail_to(OMAR).await.link("Reset Password");
    }

    async fn a_mail_scanner_presses_nothing(app: TestApp) {
        let link = notice(&app).await.link(BUTTON);
        for method in [Method::GET, Method::HEAD, Method::GET] {
            app.browser().send(method, &link, &HeaderMap::new(), "").await;
            app.browser().get(&link).await.is_headed(ASKED);
        }
        assert_eq!(sessions(&app).await, 2);
        app.browser().get(&link).await.press(BUTTON).await.is_headed("Check your mail");
        app.mail_to(OMAR).await;
    }

    async fn a_stolen_button_opens_nothing(app: TestApp) {
        let link = notice(&app).await.link(BUTTON);
        let stranger = app.browser();
        let check = stranger.get(&link).await.press(BUTTON).await;
        check.is_headed("Check your mail");
        stranger.get("/").await.is_the_first_page();
        stranger.get("/recover/new-password").await.is_headed("This link does not work");
        // The token is none of a reset, and a reset's is none of a notice.
        stranger.get(&link.replace("not-me", "link")).await.is_headed("This link does not work");
        let reset = app.mail_to(OMAR).await.link("Reset Password");
        stranger.get(&reset.replace("link", "not-me")).await.is_headed("This link does not work");
        assert_eq!(app.events("password.reset").await, 0);
    }

    async fn the_button_works_once_and_for_seven_days(app: TestApp) {
        let link = notice(&app).await.link(BUTTON);
        app.pass_seconds(7 * DAY - 1);
        let page = app.browser().get(&link).await;
        page.is_headed(ASKED);
        app.pass_seconds(1);
        app.browser().get(&link).await.is_headed("This button has expired").click("Reset Password").await.is_headed("Reset Password");
        page.press(BUTTON).await.is_headed("This button has expired");
        let link = {
            app.browser().sign_in(OMAR).await;
            app.told_of_new_browsers(OMAR).await.remove(0).link(BUTTON)
        };
        let page = app.browser().get(&link).await;
        page.press(BUTTON).await.is_headed("Check your mail");
        page.press(BUTTON).await.is_headed("It has been done");
        app.browser().get(&link).await.is_headed("It has been done");
        app.mail_to(OMAR).await;
    }

    async fn once_pressed_the_buttons_of_earlier_notices_are_done_too(app: TestApp) {
        let first = notice(&app).await.link(BUTTON);
        app.browser().sign_in(OMAR).await;
        let second = app.told_of_new_browsers(OMAR).await.remove(0).link(BUTTON);
        app.browser().get(&second).await.press(BUTTON).await.is_headed("Check your mail");
        app.browser().get(&first).await.is_headed("It has been done");
        app.mail_to(OMAR).await;
    }

    async fn a_thief_cannot_void_the_button_by_changing_more(app: TestApp) {
        let link = notice(&app).await.link(BUTTON);
        app.reset_password(OMAR, "the-thiefs-own-words").await;
        app.change_a_credential_of(OMAR).await;
        app.browser().get(&link).await.press(BUTTON).await.is_headed("Check your mail");
        app.browser().try_password(OMAR, "the-thiefs-own-words").await.complains(WRONG_PASSWORD);
        app.mail_to(OMAR).await.link("Reset Password");
    }

    async fn links_made_before_it_was_not_me_open_nothing_after_it(app: TestApp) {
        let thiefs = app.reset_link(OMAR).await;
        let link = notice(&app).await.link(BUTTON);
        app.browser().get(&link).await.press(BUTTON).await;
        app.browser().get(&thiefs).await.is_headed("This link has already been used");
        app.mail_to(OMAR).await;
    }

    async fn a_sign_in_half_done_by_a_thief_does_not_finish_after_it_was_not_me(app: TestApp) {
        app.browser().sign_in_with_code(KIM).await;
        app.pass_seconds(30);
        app.browser().sign_in_with_code(KIM).await;
        let link = app.told_of_new_browsers(KIM).await.remove(0).link(BUTTON);
        app.pass_seconds(30);
        let half = app.browser().try_password(KIM, PASSWORD).await;
        app.browser().get(&link).await.press(BUTTON).await;
        half.enter_code(&code_now(&app)).await.is_headed("Enter your password");
        // The way back asks for the code, as every reset of hers does.
        let reset = app.mail_to(KIM).await.link("Reset Password");
        app.browser().get(&reset).await.is_headed("One more step");
    }

    async fn race_of_one_button_pressed_on_two_nodes_starts_one_recovery(app: TestApp) {
        let link = notice(&app).await.link(BUTTON);
        let other = app.second_node().await;
        let mut pages = Vec::new();
        for number in 0..16 {
            let node = if number % 2 == 0 { &app } else { &other };
            pages.push(node.browser().get(&link).await);
        }
        let posts = pages.iter().map(|page| page.press_and_stay(BUTTON));
        let answers: Vec<Page> = all_at_once(posts).await;
        let led: Vec<String> = answers.iter().filter_map(Page::leads_to).collect();
        assert_eq!(led.len(), 16, "each is led on");
        assert_eq!(led.iter().filter(|to| *to != "/recover/not-me").count(), 1, "{led:?}");
        assert_eq!(app.events("account.disputed").await, 1);
        app.mail_to(OMAR).await.link("Reset Password");
    }

    async fn a_shared_account_keeps_its_password_and_is_told_whom_to_ask(app: TestApp) {
        app.browser().sign_in("harbor-ed").await;
        app.browser().sign_in("harbor-ed").await;
        let link = app.told_of_new_browsers("ed@harbor.example").await.remove(0).link(BUTTON);
        let page = app.browser().get(&link).await;
        page.lacks("The present password stops working").shows("who can help you further");
        page.press(BUTTON).await.is_headed("It has been done").lacks("Hugo Brandt");
        assert_eq!(sessions(&app).await, 0);
        app.mail_to("ed@harbor.example").await.shows("Hugo Brandt").shows("Several people share this account");
        app.browser().try_password("harbor-ed", PASSWORD).await.is_the_portal_of("Emergency Department");
    }

    async fn changed_questions_are_told(app: TestApp) {
        let (account, cause) = (account(&app, OMAR).await, Cause::command(app.app()));
        let change = async |tx: &mut Tx| notices::questions_changed(tx, &cause, &account).await;
        app.app().db.write("story.change", change).await.unwrap();
        let told = app.mail_to(OMAR).await;
        assert_eq!(told.subject, "Your security questions were changed");
        told.link(BUTTON);
    }

    async fn a_notice_is_written_with_its_cause_or_not_at_all(app: TestApp) {
        let (account, cause) = (account(&app, OMAR).await, Cause::command(app.app()));
        let change = async |tx: &mut Tx| {
            notices::password_changed(tx, &cause, &account).await?;
            tx.execute("INSERT INTO leases (name, holder, leased_until) VALUES ('a', NULL, 1)", &[]).await
        };
        let failed = app.app().db.write("story.rolled_back", change).await;
        assert!(failed.is_err());
        assert_eq!(app.count("SELECT count(*) FROM outbox", &[]).await, 0);
        assert_eq!(app.count("SELECT count(*) FROM one_time", &[]).await, 0);
    }

    async fn wrong_codes_that_lock_are_told_and_share_the_one_notice_a_day(app: TestApp) {
        let stranger = app.browser();
        let page = stranger.try_password(KIM, PASSWORD).await;
        for _ in 0..3 {
            page.enter_code("000000").await;
        }
        let told = app.mail_to(KIM).await;
        assert_eq!(told.subject, "Your account is locked for a while");
        told.shows("several wrong codes").shows("somebody knows your password").lacks("Reset Password");
        let link = told.link(BUTTON);
        app.pass_seconds(1_800);
        app.lock(KIM).await;
        assert!(app.mails_to(KIM).await.is_empty(), "one notice a day, whatever was guessed");
        app.browser().get(&link).await.press(BUTTON).await.is_headed("Check your mail");
        app.mail_to(KIM).await;
        page.browser().get("/").await.is_the_first_page();
    }

    async fn the_button_of_a_lock_notice_signs_everybody_out(app: TestApp) {
        let owner = app.browser();
        owner.sign_in(OMAR).await;
        app.lock(OMAR).await.complains(LOCKED);
        let told = app.mail_to(OMAR).await;
        told.link("Reset Password");
        app.browser().get(&told.link(BUTTON)).await.press(BUTTON).await.is_headed("Check your mail");
        owner.get("/").await.is_the_first_page();
        app.mail_to(OMAR).await;
    }

    async fn a_button_without_a_browser_behind_it_does_nothing(app: TestApp) {
        let link = notice(&app).await.link(BUTTON);
        for token in ["x", &"a".repeat(43), "%2e%2e%2fetc"] {
            app.browser().get(&format!("/recover/not-me/{token}")).await.is_headed("This link does not work");
        }
        let page = app.browser().get(&link).await;
        page.browser().forget_cookie("browser");
        page.press(BUTTON).await.is_headed(ASKED);
        assert_eq!(sessions(&app).await, 2);
        app.browser().post("/recover/not-me", &[]).await.is_headed("This link does not work");
    }
}
