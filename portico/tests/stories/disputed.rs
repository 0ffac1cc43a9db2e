//! "It wasn't me" where a question comes after the mailed link: the answers are taken back, and no mailbox alone gets by.

use portico::people;
use portico::platform::ids::AccountId;
use portico::{questions, recovery};
use store::Tx;

use crate::stories;
use crate::support::steps::{NEW_PASSWORD, WRONG_PASSWORD};
use crate::support::{ANSWERS, Mail, PASSWORD, TestApp, code_now};

const DISPATCH: &str = "harbor-dispatch@harbor.example";
const NIGHT: &str = "night@harbor.example";
const KIM: &str = "kim@northwind.example";
const BUTTON: &str = "It wasn’t me";
const ASK: &str = "Ask your administrator for a new password";

/// What an administrator sends, and nobody can ask for.
async fn administrators_link(app: &TestApp, account: &str, mailbox: &str) -> String {
    let id = AccountId::from(account);
    let send = async |tx: &mut Tx| {
        let account = people::by_id(tx, &id).await?.unwrap();
        recovery::send_reset(tx, app.app(), &account).await
    };
    app.app().db.write("story.reset", send).await.unwrap();
    app.mail_to(mailbox).await.link("Reset Password")
}

async fn answers_of(app: &TestApp, account: &str) -> i64 {
    app.count("SELECT count(*) FROM security_answers WHERE account_id = $1", &[&account]).await
}

/// Says of a notice that it wasn't them. Answers the mail that follows.
async fn disputed(app: &TestApp, notice: &Mail, mailbox: &str) -> Mail {
    let done = app.browser().get(&notice.link(BUTTON)).await.press(BUTTON).await;
    done.is_headed("It has been done").shows("Your Program Administrator or the License Owner").lacks("Hugo");
    app.mail_to(mailbox).await
}

/// A notice to somebody whose organization asks a question after the link.
async fn notice(app: &TestApp) -> Mail {
    for _ in 0..2 {
        app.browser().sign_in("harbor-dispatch").await;
    }
    app.told_of_new_browsers(DISPATCH).await.remove(0)
}

stories! {
    async fn it_was_not_me_takes_the_answer_after_the_link_back_and_says_whom_to_ask(app: TestApp) {
        let notice = notice(&app).await;
        notice.shows("makes the present password useless, and mails you who can help you to a new one");
        let page = app.browser().get(&notice.link(BUTTON)).await;
        page.shows("The present password stops working").shows("The answers to your security questions stop working");
        page.shows("We mail you who can help you further").lacks("We mail you a link");
        let mail = disputed(&app, &notice, DISPATCH).await;
        assert_eq!(mail.subject, "Ask your administrator to go on");
        mail.shows("harbor-dispatch").shows("Hugo Brandt, hugo@harbor.example").lacks("/recover/link/");
        assert_eq!(answers_of(&app, "harbor-dispatch").await, 0);
        app.browser().try_password("harbor-dispatch", PASSWORD).await.complains(WRONG_PASSWORD);
        // What an administrator sends asks no question, and after it three new ones are set.
        let link = administrators_link(&app, "harbor-dispatch", DISPATCH).await;
        app.browser().get(&link).await.choose_password(NEW_PASSWORD).await.is_headed("Your password was successfully reset");
        app.mail_to(DISPATCH).await.shows("was changed");
        let page = app.browser().try_password("harbor-dispatch", NEW_PASSWORD).await;
        page.is_headed("Set up security questions").set_questions().await.is_the_portal_of("Harbor Dispatch");
        app.mails_to(DISPATCH).await;
    }

    async fn the_page_names_the_organizations_public_contact(app: TestApp) {
        app.execute("UPDATE organizations SET contact = 'Harbor front desk, extension 7' WHERE id = 'harbor'", &[]).await;
        let link = notice(&app).await.link(BUTTON);
        let done = app.browser().get(&link).await.press(BUTTON).await;
        done.shows("Whom to ask: Harbor front desk, extension 7").lacks("Hugo").lacks("Ask for Another Mail");
        app.browser().get(&link).await.is_headed("It has been done").shows("extension 7");
        app.mail_to(DISPATCH).await.shows("Hugo Brandt");
    }

    async fn no_mailbox_alone_gets_by_the_question_after_it_was_not_me(app: TestApp) {
        let link = app.reset_link("harbor-dispatch@harbor.example").await;
        let answered = app.browser().get(&link).await.answer_the_one().await;
        answered.is_headed("Set Up Password");
        let notice = notice(&app).await;
        disputed(&app, &notice, DISPATCH).await;
        answered.choose_password(NEW_PASSWORD).await.is_headed("This link has already been used");
        for name in ["harbor-dispatch", DISPATCH] {
            app.browser().ask_for_reset(name).await;
            let told = app.mail_to(DISPATCH).await;
            assert_eq!(told.subject, ASK);
            told.shows("this account has none").shows("Hugo Brandt").lacks("/recover/link/");
        }
        let help = app.browser().get("/help/sign-in").await.fill("Email or username", "harbor-dispatch");
        help.press("Help me sign in").await.is_headed("Check your mail");
        app.mail_to(DISPATCH).await.shows("Hugo Brandt").lacks("/recover/link/").lacks("emporary");
        // Access to one more product brings no temporary password.
        app.execute("INSERT INTO licenses (id, organization_id, product_id, seats, valid_from)
                     VALUES ('l', 'harbor', 'tracer', 5, 0)", &[]).await;
        app.execute("INSERT INTO identifiers (name, account_id) VALUES ($1, 'harbor-dispatch')", &[&DISPATCH]).await;
        app.invite(DISPATCH, "harbor").await.unwrap();
        app.mail_to(DISPATCH).await.shows("has given you access to Tracer").lacks("emporary").lacks("/invitation");
        assert_eq!(app.events("password.reset").await, 0);
    }

    async fn a_lock_notices_button_brings_no_link_to_whom_an_administrator_had_ended_the_password(app: TestApp) {
        assert!(app.make_temporary("harbor-dispatch").await);
        app.mail_to(DISPATCH).await.shows("Temporary password");
        app.pass_seconds(16 * 60);
        app.lock("harbor-dispatch").await;
        let notice = app.mail_to(DISPATCH).await;
        disputed(&app, &notice, DISPATCH).await.lacks("/recover/link/");
        assert_eq!(answers_of(&app, "harbor-dispatch").await, 0);
        app.browser().ask_for_reset("harbor-dispatch").await;
        assert_eq!(app.mail_to(DISPATCH).await.subject, ASK);
    }

    async fn an_account_that_never_had_questions_loses_its_password_too(app: TestApp) {
        app.lock("harbor-night").await;
        let notice = app.mail_to(NIGHT).await;
        disputed(&app, &notice, NIGHT).await.shows("harbor-night").shows("Hugo Brandt");
        app.execute("DELETE FROM attempt_counters", &[]).await;
        app.browser().try_password("harbor-night", PASSWORD).await.complains(WRONG_PASSWORD);
        app.browser().ask_for_reset("harbor-night").await;
        assert_eq!(app.mail_to(NIGHT).await.subject, ASK);
    }

    async fn whoever_is_registering_goes_on_with_the_mail_of_the_invitation(app: TestApp) {
        app.execute("INSERT INTO licenses (id, organization_id, product_id, seats, valid_from)
                     VALUES ('l', 'harbor', 'tracer', 5, 0)", &[]).await;
        let new = "new@harbor.example";
        app.invite(new, "harbor").await.unwrap();
        let mail = app.mail_to(new).await;
        let page = app.browser().try_password(new, &mail.temporary_password()).await.give_name("New", "Comer").await;
        page.set_questions().await.is_headed("Set Up Password");
        app.lock(new).await;
        let notice = app.mail_to(new).await;
        app.browser().get(&notice.link(BUTTON)).await.press(BUTTON).await.is_headed("Check your mail");
        let again = app.mail_to(new).await;
        assert_eq!(again.subject, "Continue your registration");
        let page = app.browser().get(&again.link("Continue")).await.try_password(&again.temporary_password()).await;
        page.is_headed("Set up security questions");
    }

    async fn a_second_factor_brings_the_link_and_the_answers_go_all_the_same(app: TestApp) {
        for policy in ["email_then_question", "email", "questions_or_email"] {
            let set = "UPDATE organizations SET recovery = $1 WHERE id = 'northwind'";
            app.execute(set, &[&policy]).await;
            app.execute("INSERT INTO security_answers (account_id, question, hash, set_at)
                         SELECT $1, question, hash, set_at FROM security_answers
                         WHERE account_id = 'omar@riverside.example' AND question NOT IN
                             (SELECT s.question FROM security_answers s WHERE s.account_id = $1)", &[&KIM]).await;
            app.execute("DELETE FROM rate_counters", &[]).await;
            app.execute("DELETE FROM attempt_counters", &[]).await;
            app.lock(KIM).await;
            let link = app.mail_to(KIM).await.link(BUTTON);
            app.browser().get(&link).await.press(BUTTON).await.is_headed("Check your mail");
            assert_eq!(answers_of(&app, KIM).await, 0, "{policy}");
            let page = app.browser().get(&app.mail_to(KIM).await.link("Reset Password")).await;
            let page = page.is_headed("One more step").enter_code(&code_now(&app)).await;
            page.is_headed("Set Up Password");
            app.pass_seconds(60);
        }
    }

    async fn questions_an_administrator_has_cleared_open_nothing_to_a_mailbox_alone(app: TestApp) {
        let id = AccountId::from("harbor-dispatch");
        let clear = async |tx: &mut Tx| {
            let account = people::by_id(tx, &id).await?.unwrap();
            questions::clear(tx, app.app(), &account).await
        };
        let browser = app.browser();
        browser.sign_in("harbor-dispatch").await;
        let link = app.reset_link(DISPATCH).await;
        assert!(app.app().db.write("story.clear", clear).await.unwrap());
        assert_eq!(app.mail_to(DISPATCH).await.subject, "Your security questions were changed");
        browser.reload().await.is_the_first_page();
        app.browser().get(&link).await.is_headed("This link has already been used");
        app.browser().ask_for_reset("harbor-dispatch").await;
        assert_eq!(app.mail_to(DISPATCH).await.subject, ASK);
        let page = app.browser().try_password("harbor-dispatch", PASSWORD).await;
        page.is_headed("Set up security questions");
        assert!(!app.app().db.write("story.clear", clear).await.unwrap());
    }

    async fn answers_taken_back_are_nobodys_any_more(app: TestApp) {
        let notice = notice(&app).await;
        disputed(&app, &notice, DISPATCH).await;
        // Whatever the policy is tomorrow.
        app.execute("UPDATE organizations SET recovery = 'questions_or_email' WHERE id = 'harbor'", &[]).await;
        app.execute("INSERT INTO identifiers (name, account_id) VALUES ($1, 'harbor-dispatch')", &[&DISPATCH]).await;
        let page = app.browser().ask_for_questions(DISPATCH).await.answer(ANSWERS).await;
        page.is_headed("Answer your security questions");
        assert_eq!(app.events("questions.answered").await, 0);
    }
}
