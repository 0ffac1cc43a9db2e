//! A code by mail where it is allowed, and asking for help where nothing is left.

use super::{MAX, OMAR, code_of, codes_of, key_of, set_up};
use crate::stories;
use crate::support::steps::NEW_PASSWORD;
use crate::support::world::shown_code;
use crate::support::{PASSWORD, Page, TestApp};

const ALLOW: &str = "UPDATE organizations SET mfa = 'offered', email_code = 'allowed' WHERE id = 'northwind'";

async fn ways(app: &TestApp) -> Page {
    app.browser().try_password(MAX, PASSWORD).await.click("Another way").await
}

async fn mailed_code(app: &TestApp) -> String {
    let mail = app.mail_to(MAX).await;
    assert_eq!(mail.subject, "Your code to sign in");
    let is_code = |word: &&str| word.len() == 8 && word.bytes().all(|byte| byte.is_ascii_digit());
    mail.text.split_whitespace().find(is_code).unwrap().to_owned()
}

stories! {
    async fn a_code_by_mail_lets_in_where_it_is_allowed_and_is_no_second_factor(app: TestApp) {
        set_up(&app, &app.browser(), MAX).await;
        ways(&app).await.lacks("Mail me a code");
        app.execute(ALLOW, &[]).await;
        let page = ways(&app).await.press("Mail me a code").await;
        page.is_headed("Type the code from our mail");
        let code = mailed_code(&app).await;
        page.enter_code("").await.complains("Please type the code from our mail.");
        page.enter_code("00000000").await.is_headed("Type the code from our mail");
        page.enter_code(&code).await.is_the_portal_of("Max Vogel");
        assert_eq!(app.count("SELECT count(*) FROM sessions WHERE methods = 'pwd email'", &[]).await, 1);
        // Another sign-in has asked for nothing.
        let other = ways(&app).await.press("Mail me a code").await;
        other.complains("We have sent a code less than a minute ago. Please look into your mailbox, and try again in a moment.");
        let here = other.path().replace("another-way", "email-code");
        other.browser().post(&here, &[("code", &code)]).await.is_headed("Another way");
        app.pass_seconds(60);
        let other = other.press("Mail me a code").await;
        let code = mailed_code(&app).await;
        app.pass_seconds(601);
        other.enter_code(&code).await.is_headed("Type the code from our mail");
        app.leaves_mail_behind();
    }

    async fn a_code_by_mail_is_nothing_where_a_second_step_is_required_or_for_administrators(app: TestApp) {
        set_up(&app, &app.browser(), MAX).await;
        app.execute(ALLOW, &[]).await;
        let offered = ways(&app).await;
        offered.shows("Mail me a code");
        let send = offered.path().replace("another-way", "email-code/send");
        app.execute("UPDATE organizations SET mfa = 'required' WHERE id = 'northwind'", &[]).await;
        // The form of a page that is open still is refused with the others.
        offered.press("Mail me a code").await.is_headed("One more step");
        offered.browser().post(&send, &[]).await.is_headed("One more step");
        ways(&app).await.lacks("Mail me a code");
        app.execute("UPDATE organizations SET mfa = 'offered' WHERE id = 'northwind'", &[]).await;
        let administrator = "INSERT INTO administrators (id, organization_id, account_id, role)
                             VALUES ('m', 'northwind', $1, 'program_administrator')";
        app.execute(administrator, &[&MAX]).await;
        ways(&app).await.lacks("Mail me a code");
        assert_eq!(app.count("SELECT count(*) FROM one_time WHERE purpose = 'second_factor'", &[]).await, 0);
    }

    async fn recovery_codes_that_nobody_has_kept_are_not_shown_to_whoever_came_by_mail(app: TestApp) {
        let page = app.browser().try_password(MAX, PASSWORD).await;
        let key = key_of(&page);
        let shown = page.enter_code(&shown_code(&app, &page)).await;
        let codes = codes_of(shown.is_headed("Keep your recovery codes"));
        app.mail_to(MAX).await;
        app.execute(ALLOW, &[]).await;
        app.pass_seconds(30);
        let sent = ways(&app).await.press("Mail me a code").await;
        let inside = sent.enter_code(&mailed_code(&app).await).await;
        inside.is_the_portal_of("Max Vogel");
        // Nor by asking for them: a code by mail is no proof of this moment.
        inside.browser().get("/account/second-factor/recovery-codes").await.is_the_first_page();
        let by_app = app.browser().try_password(MAX, PASSWORD).await.enter_code(&code_of(&app, &key)).await;
        assert_eq!(codes_of(by_app.is_headed("Keep your recovery codes")), codes);
        app.leaves_mail_behind();
    }

    async fn a_code_by_mail_does_not_follow_a_temporary_password_that_was_mailed(app: TestApp) {
        let kept = set_up(&app, &app.browser(), MAX).await;
        app.execute(ALLOW, &[]).await;
        app.make_temporary(MAX).await.unwrap();
        let temporary = app.mail_to(MAX).await.temporary_password();
        let code = app.browser().try_password(MAX, &temporary).await;
        let ways = code.is_headed("One more step").click("Another way").await;
        ways.is_headed("Another way").lacks("Mail me a code");
        ways.browser().post(&ways.path().replace("another-way", "email-code/send"), &[]).await.is_headed("One more step");
        assert_eq!(app.count("SELECT count(*) FROM one_time WHERE purpose = 'second_factor'", &[]).await, 0);
        code.enter_code(&code_of(&app, &kept.key)).await.choose_password(NEW_PASSWORD).await.is_the_portal_of("Max Vogel");
        app.leaves_mail_behind();
    }

    async fn a_password_is_never_reset_with_two_mails(app: TestApp) {
        set_up(&app, &app.browser(), MAX).await;
        app.execute(ALLOW, &[]).await;
        let link = app.reset_link(MAX).await;
        let code = app.browser().get(&link).await;
        code.is_headed("One more step").click("Another way").await.is_headed("Use a recovery code").lacks("Mail me a code");
        code.browser().post("/recover/email-code/send", &[]).await;
        code.browser().get("/recover/new-password").await.is_headed("One more step");
    }

    async fn whoever_has_lost_everything_asks_once_a_day_and_learns_who_can_help(app: TestApp) {
        app.execute("UPDATE organizations SET mfa = 'required' WHERE id = 'riverside'", &[]).await;
        set_up(&app, &app.browser(), OMAR).await;
        app.execute("DELETE FROM recovery_codes", &[]).await;
        let code = app.browser().try_password(OMAR, PASSWORD).await;
        let ways = code.click("Another way").await;
        ways.lacks("Use a recovery code").shows("You have no recovery code left either").shows("That takes 24 hours");
        ways.shows("Riverside service desk, extension 4711").lacks("Dana");
        let asked = ways.press("Ask for help").await;
        asked.shows("Your administrators have a mail").lacks("Ask for help");
        ways.press("Ask for help").await;
        let mail = app.mail_to(OMAR).await;
        assert_eq!(mail.subject, "Who can help you to sign in again");
        mail.shows("Dana Whitfield, dana@riverside.example").shows("after 24 hours");
        for administrator in ["dana@riverside.example", "lucia@riverside.example"] {
            app.mail_to(administrator).await.shows("Somebody who knows the password of omar@riverside.example");
        }
        assert_eq!(app.events("factor_help.requested").await, 1);
    }
}
