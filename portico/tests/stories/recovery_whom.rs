//! Which mail answers a forgotten password, by who it is that forgot it.

use portico::people::{self, Identifier, OutOfReach};
use portico::recovery;
use store::Tx;

use crate::stories;
use crate::support::steps::{NEW_PASSWORD, WRONG_PASSWORD};
use crate::support::{PASSWORD, TestApp};

/// What an administrator does, and nobody else can.
async fn administrators_reset(app: &TestApp, name: &str) -> Result<(), OutOfReach> {
    let named = Identifier::parse(name).unwrap();
    let send = async |tx: &mut Tx| {
        let account = people::by_identifier(tx, &named).await?.unwrap();
        recovery::send_reset(tx, app.app(), &account).await
    };
    app.app().db.write("story.reset", send).await.unwrap().map(drop)
}

stories! {
    async fn an_unknown_address_is_told_so_by_mail_only(app: TestApp) {
        let page = app.browser().ask_for_reset("nobody@elsewhere.example").await;
        page.shows("nobody@elsewhere.example").lacks("no account");
        let mail = app.mail_to("nobody@elsewhere.example").await;
        mail.shows("There is no account here with this address").link("Try again");
    }

    async fn a_user_name_is_answered_at_the_address_on_file(app: TestApp) {
        let page = app.browser().ask_for_reset("harbor-dispatch").await;
        page.shows("If it belongs to an account").lacks("harbor.example").lacks("On its way");
        let mail = app.mail_to("harbor-dispatch@harbor.example").await;
        let form = app.browser().get(&mail.shows("harbor-dispatch").link("Reset Password")).await;
        form.answer_the_one().await.choose_password(NEW_PASSWORD).await;
        app.mail_to("harbor-dispatch@harbor.example").await.shows("was changed");
        app.browser().try_password("harbor-dispatch", NEW_PASSWORD).await.is_the_portal_of("Harbor Dispatch");
    }

    async fn an_unknown_user_name_sends_nothing_and_leaves_a_row_that_is_dropped(app: TestApp) {
        app.browser().ask_for_reset("nobody-at-all").await.shows("If it belongs to an account");
        assert_eq!(app.deliver_mail().await, 0);
        assert_eq!(app.count("SELECT count(*) FROM outbox WHERE state = 'dropped'", &[]).await, 1);
    }

    async fn a_mailbox_that_several_share_gets_one_mail_with_a_link_for_each(app: TestApp) {
        app.execute("UPDATE organizations SET recovery = 'email' WHERE id = 'harbor'", &[]).await;
        app.browser().ask_for_reset("night@harbor.example").await;
        let mail = app.mail_to("night@harbor.example").await;
        mail.shows("Several usernames belong to night@harbor.example");
        let links = ["harbor-night", "harbor-relief"].map(|name| mail.link(&format!("Reset Password for {name}")));
        assert_ne!(links[0], links[1]);
        let form = app.browser().get(&links[1]).await;
        form.shows("harbor-relief").choose_password(NEW_PASSWORD).await;
        app.mail_to("night@harbor.example").await.shows("harbor-relief");
        app.browser().try_password("harbor-relief", NEW_PASSWORD).await.is_the_portal_of("Night Relief");
        app.browser().try_password("harbor-night", PASSWORD).await.is_the_portal_of("Night Shift");
        app.browser().get(&links[0]).await.is_headed("Set Up Password");
    }

    async fn somebody_whose_organization_signs_in_elsewhere_is_told_that_by_mail(app: TestApp) {
        for typed in ["lee@lakeshore.example", "lee-castillo"] {
            app.browser().ask_for_reset(typed).await;
            let mail = app.mail_to("lee@lakeshore.example").await;
            assert_eq!(mail.subject, "Sign in with Lakeshore Hospital");
            mail.shows("Lakeshore IT, it@lakeshore.example").lacks("/recover/link/");
        }
    }

    async fn a_shared_account_is_its_administrators_to_reset(app: TestApp) {
        app.browser().ask_for_reset("harbor-ed").await;
        let mail = app.mail_to("ed@harbor.example").await;
        mail.shows("only an administrator can reset its password").shows("Hugo Brandt, hugo@harbor.example");
        mail.lacks("/recover/link/");
    }

    async fn a_shared_account_is_reset_by_the_link_an_administrator_sends_to_its_mailbox(app: TestApp) {
        let member = app.browser();
        member.sign_in("harbor-ed").await;
        administrators_reset(&app, "harbor-ed").await.unwrap();
        let link = app.mail_to("ed@harbor.example").await.shows("harbor-ed").link("Reset Password");
        app.browser().get(&link).await.choose_password(NEW_PASSWORD).await.is_headed("Your password was successfully reset");
        app.mail_to("ed@harbor.example").await.shows("was changed");
        member.get("/").await.is_the_first_page();
        app.browser().try_password("harbor-ed", PASSWORD).await.complains(WRONG_PASSWORD);
        app.browser().try_password("harbor-ed", NEW_PASSWORD).await.is_the_portal_of("Emergency Department");
        app.browser().ask_for_reset("harbor-ed").await;
        app.mail_to("ed@harbor.example").await.lacks("/recover/link/");
        app.leaves_mail_behind();
    }

    async fn an_administrator_is_told_where_no_link_would_lead_to_a_password(app: TestApp) {
        let told = administrators_reset(&app, "lee-castillo").await.unwrap_err().to_string();
        assert!(told.contains("signs in at Lakeshore Hospital") && told.contains("Ask Lakeshore IT, it@"), "{told}");
        app.switch("omar@riverside.example", false).await;
        assert_eq!(administrators_reset(&app, "omar@riverside.example").await, Err(OutOfReach::Disabled));
        assert_eq!(app.count("SELECT count(*) FROM outbox", &[]).await, 0);
    }

    async fn an_administrators_link_opens_nothing_once_the_shared_account_is_switched_off(app: TestApp) {
        administrators_reset(&app, "harbor-ed").await.unwrap();
        let link = app.mail_to("ed@harbor.example").await.link("Reset Password");
        app.execute("UPDATE accounts SET disabled_at = 1 WHERE id = 'harbor-ed'", &[]).await;
        app.browser().get(&link).await.is_headed("This link has expired");
    }

    async fn an_account_switched_off_gets_no_link(app: TestApp) {
        app.execute("UPDATE accounts SET disabled_at = 1 WHERE id = 'omar@riverside.example'", &[]).await;
        app.browser().ask_for_reset("omar@riverside.example").await;
        let mail = app.mail_to("omar@riverside.example").await;
        mail.shows("This account has been switched off").shows("Lucia Moreno").shows("Dana Whitfield");
        mail.lacks("/recover/link/");
    }

    async fn a_link_of_an_account_switched_off_since_opens_nothing(app: TestApp) {
        let link = app.reset_link("omar@riverside.example").await;
        app.execute("UPDATE accounts SET disabled_at = 1 WHERE id = 'omar@riverside.example'", &[]).await;
        let page = app.browser().get(&link).await;
        page.is_headed("This link has expired");
    }

    async fn a_lock_mails_no_link_to_whom_a_reset_would_mail_none(app: TestApp) {
        app.execute("UPDATE accounts SET disabled_at = 1 WHERE id = 'omar@riverside.example'", &[]).await;
        let barred = [
            ("harbor-ed", "ed@harbor.example"),
            ("lee-castillo", "lee@lakeshore.example"),
            ("omar@riverside.example", "omar@riverside.example"),
        ];
        for (typed, mailbox) in barred {
            app.lock(typed).await;
            let mails = app.mails_to(mailbox).await;
            let notice = mails.iter().find(|mail| mail.subject == "Your account is locked for a while").unwrap();
            notice.shows("No link can reset the password of this account").lacks("/recover/link/");
        }
        let resets = "SELECT count(*) FROM one_time WHERE purpose = 'reset_password'";
        assert_eq!(app.count(resets, &[]).await, 0);
    }

    async fn a_link_of_an_account_that_several_share_since_opens_nothing(app: TestApp) {
        let link = app.reset_link("omar@riverside.example").await;
        let form = app.browser().get(&link).await;
        app.execute("UPDATE accounts SET shared_at = 1 WHERE id = 'omar@riverside.example'", &[]).await;
        app.browser().get(&link).await.is_headed("This link has expired");
        form.choose_password(NEW_PASSWORD).await.is_headed("This link has expired");
        assert_eq!(app.events("password.reset").await, 0);
    }

    async fn somebody_who_never_had_a_password_can_get_one(app: TestApp) {
        let link = app.reset_link("ivan@riverside.example").await;
        app.browser().get(&link).await.choose_password(NEW_PASSWORD).await;
        app.mail_to("ivan@riverside.example").await;
        // And meets what else he lacks.
        let page = app.browser().try_password("ivan@riverside.example", NEW_PASSWORD).await;
        page.press("Cancel").await.is_headed("Verify Your Email Address");
    }

    async fn what_cannot_be_mailed_to_is_asked_for_again(app: TestApp) {
        let asking = app.browser().get("/recover").await;
        for typed in ["omar@", "a b@riverside.example", "@riverside.example"] {
            let again = asking.clone().fill("Email or username", typed).press("Reset via Email").await;
            assert!(again.problem().is_some(), "{typed}: {}", again.text());
            assert_eq!(again.value_of("Email or username"), typed);
        }
        let empty = asking.fill("Email or username", "").press("Reset via Email").await;
        empty.complains("Please type your email or username.");
        assert_eq!(app.count("SELECT count(*) FROM outbox", &[]).await, 0);
    }
}
