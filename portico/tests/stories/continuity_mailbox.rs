//! A second mailbox: named by its owner or by command, confirmed by whoever reads there, never a name to sign in with.

use axum::http::{HeaderMap, Method};
use portico::continuity::{self, By, NotNamed};
use portico::notices::Cause;
use portico::people::Email;
use store::Tx;

use crate::stories;
use crate::support::continuity::{LEE, LEE_ID, SECOND};
use crate::support::steps::WRONG_PASSWORD;
use crate::support::{Browser, PASSWORD, Page, TestApp, all_at_once};

const HERE: &str = "/account/secondary-email";
const BUTTON: &str = "This Is My Mailbox";
const OMAR: &str = "omar@riverside.example";
const OMARS: &str = "omar.haddad@mail.example";

async fn name(browser: &Browser, address: &str) -> Page {
    browser.get(HERE).await.fill("Email", address).press("Send the Mail").await
}

/// As an administrator does by command.
async fn name_by_command(app: &TestApp, account: &str, address: &str) -> Result<(), NotNamed> {
    let (node, account, email) = (app.app(), app.account_of(account).await, Email::parse(address).unwrap());
    let write = async |tx: &mut Tx| continuity::name(tx, node, By::command(), &account, &email, address).await;
    node.db.write("story.name", write).await.unwrap()
}

async fn confirmed(app: &TestApp) -> i64 {
    app.count("SELECT count(*) FROM secondary_addresses WHERE verified_at IS NOT NULL", &[]).await
}

stories! {
    async fn its_owner_names_one_and_it_counts_once_the_mail_there_was_answered(app: TestApp) {
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        let page = browser.get("/account").await;
        page.shows("None yet");
        browser.get(HERE).await.is_headed("Second Mailbox").shows(OMAR);
        let page = name(&browser, OMARS).await;
        page.shows("We have sent a mail to").shows(OMARS);
        let mail = app.mail_to(OMARS).await;
        mail.shows("wants this to be the second mailbox of omar@riverside.example");
        let link = mail.link(BUTTON);
        for method in [Method::HEAD, Method::GET] {
            assert_eq!(app.browser().send(method, &link, &HeaderMap::new(), "").await.status(), 303);
        }
        let elsewhere = app.browser();
        let page = elsewhere.get(&link).await;
        page.is_headed("Is this your mailbox?").shows(OMARS).shows(OMAR);
        assert_eq!(page.path(), "/account/secondary-email/confirm", "the token is in no address");
        assert_eq!(confirmed(&app).await, 0);
        page.press(BUTTON).await.is_headed("Your second mailbox is confirmed");
        assert_eq!(confirmed(&app).await, 1);
        app.mail_to(OMAR).await.shows("o•••@mail.example is now the second mailbox").lacks(OMARS);
        browser.get("/account").await.shows(OMARS);
        elsewhere.get(&link).await.is_headed("Your second mailbox is confirmed");
        assert_eq!(app.events("secondary_email.verified").await, 1);
    }

    async fn it_is_no_name_to_sign_in_with_and_nothing_is_recovered_by_it(app: TestApp) {
        app.has_second_mailbox(OMAR, OMARS).await;
        app.has_second_mailbox(LEE_ID, SECOND).await;
        app.suspend().await;
        for second in [OMARS, SECOND] {
            app.browser().try_password(second, PASSWORD).await.complains(WRONG_PASSWORD);
            app.browser().ask_for_reset(second).await;
            app.mail_to(second).await.shows("There is no account here with this address");
            app.browser().post("/recover/user-name", &[("email", second)]).await;
            app.mail_to(second).await.shows("There is no account here with this address");
        }
    }

    async fn an_address_of_the_organizations_or_the_primary_one_is_refused(app: TestApp) {
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        let theirs = "That mailbox lies at your organization. When its mail is out, it would be out, too: please name one that \
                      has nothing to do with your organization.";
        for (address, problem) in [
            ("", "Please type your email address."),
            ("a@", "That does not look like an email address. It should be like name@mail.example."),
            ("Omar@Riverside.example", "That is the address you have here already. Please name another mailbox."),
            ("o@riverside.example", theirs),
            ("o@mail.riverside.example", theirs),
        ] {
            name(&browser, address).await.complains(problem);
        }
        let sql = "INSERT INTO organization_domains (domain, organization_id) VALUES ('claimed.example', 'riverside')";
        app.execute(sql, &[]).await;
        name(&browser, "o@claimed.example").await.complains(theirs);
        assert_eq!(app.count("SELECT count(*) FROM secondary_addresses", &[]).await, 0);
    }

    async fn the_one_that_counts_stays_until_the_next_is_confirmed_and_is_told_then(app: TestApp) {
        app.has_second_mailbox(OMAR, OMARS).await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        name(&browser, "other@mail.example").await.shows(OMARS).shows("other@mail.example");
        app.pass_seconds(60);
        name(&browser, "third@mail.example").await.lacks("other@mail.example");
        let stale = app.mail_to("other@mail.example").await.link(BUTTON);
        app.browser().get(&stale).await.is_headed("This link does not work any more");
        let link = app.mail_to("third@mail.example").await.link(BUTTON);
        assert_eq!(confirmed(&app).await, 1);
        for warning in app.mails_to(OMARS).await {
            warning.shows("has named another second mailbox for omar@riverside.example");
        }
        app.browser().get(&link).await.press(BUTTON).await;
        app.mail_to(OMARS).await.shows("no longer the second mailbox of omar@riverside.example");
        app.mail_to(OMAR).await.shows("t•••@mail.example is now");
        browser.get(HERE).await.shows("third@mail.example").lacks(OMARS);
        assert_eq!(confirmed(&app).await, 1);
    }

    async fn it_is_taken_away_and_both_mailboxes_are_told(app: TestApp) {
        app.has_second_mailbox(OMAR, OMARS).await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        browser.get(HERE).await.press("Remove It").await.shows("None yet").lacks(OMARS);
        app.mail_to(OMARS).await.shows("no longer the second mailbox");
        app.mail_to(OMAR).await.shows("has no second mailbox any more");
        browser.post_own("/account/secondary-email/remove", &[]).await.shows("None yet");
        assert_eq!(app.events("secondary_email.removed").await, 1);
    }

    async fn an_administrator_names_one_and_cannot_confirm_it(app: TestApp) {
        name_by_command(&app, LEE, SECOND).await.unwrap();
        assert_eq!(confirmed(&app).await, 0);
        let mail = app.mail_to(SECOND).await;
        mail.shows("An administrator has named this as the second mailbox").shows("Only you can confirm it");
        app.browser().get(&mail.link(BUTTON)).await.press(BUTTON).await.is_headed("Your second mailbox is confirmed");
        app.mail_to(LEE).await.shows("l•••@mail.example is now the second mailbox");
        assert_eq!(name_by_command(&app, LEE, SECOND).await, Err(NotNamed::Already));
        assert_eq!(name_by_command(&app, "harbor-ed", SECOND).await, Err(NotNamed::Shared));
        let (node, account) = (app.app(), app.account_of(LEE).await);
        let write = async |tx: &mut Tx| {
            continuity::remove(tx, &Cause::command(node), By::command(), &account).await
        };
        assert!(node.db.write("story.remove", write).await.unwrap());
        for mailbox in [LEE, SECOND] {
            app.mail_to(mailbox).await.shows("second mailbox");
        }
    }

    async fn mails_to_name_one_are_a_minute_apart_and_five_an_hour(app: TestApp) {
        for number in 0..5 {
            name_by_command(&app, OMAR, &format!("one{number}@mail.example")).await.unwrap();
            assert_eq!(name_by_command(&app, OMAR, OMARS).await, Err(NotNamed::Soon));
            app.mail_to(&format!("one{number}@mail.example")).await;
            app.pass_seconds(60);
        }
        assert_eq!(name_by_command(&app, OMAR, OMARS).await, Err(NotNamed::Often));
        app.pass_seconds(3_600);
        name_by_command(&app, OMAR, OMARS).await.unwrap();
        app.mail_to(OMARS).await;
    }

    async fn the_button_works_for_a_day_and_not_after_a_change_of_credentials(app: TestApp) {
        name_by_command(&app, OMAR, OMARS).await.unwrap();
        let link = app.mail_to(OMARS).await.link(BUTTON);
        app.pass_seconds(24 * 3_600);
        app.browser().get(&link).await.is_headed("This link does not work any more");
        name_by_command(&app, OMAR, OMARS).await.unwrap();
        let page = app.browser().get(&app.mail_to(OMARS).await.link(BUTTON)).await;
        app.change_a_credential_of(OMAR).await;
        page.press(BUTTON).await.is_headed("This link does not work any more");
        app.browser().get("/account/secondary-email/confirm/abc").await.is_headed("This link does not work any more");
        assert_eq!(confirmed(&app).await, 0);
    }

    async fn a_notice_of_it_takes_it_back(app: TestApp) {
        let thief = app.browser();
        thief.sign_in(OMAR).await;
        name(&thief, "thief@mail.example").await;
        let link = app.mail_to("thief@mail.example").await.link(BUTTON);
        thief.get(&link).await.press(BUTTON).await;
        let not_me = app.mail_to(OMAR).await.link("It wasn’t me");
        app.browser().get(&not_me).await.press("It wasn’t me").await.is_headed("Check your mail");
        app.mail_to(OMAR).await.link("Reset Password");
        app.mail_to("thief@mail.example").await.shows("no longer the second mailbox");
        assert_eq!(confirmed(&app).await, 0);
    }

    async fn race_many_presses_confirm_once(app: TestApp) {
        name_by_command(&app, OMAR, OMARS).await.unwrap();
        let link = app.mail_to(OMARS).await.link(BUTTON);
        let nodes = [app.clone(), app.second_node().await];
        let mut pages = Vec::new();
        for number in 0..12 {
            pages.push(nodes[number % 2].browser().get(&link).await);
        }
        let headings = all_at_once(pages.into_iter().map(|page| async move { page.press(BUTTON).await.heading() })).await;
        assert!(headings.iter().all(|heading| heading == "Your second mailbox is confirmed"), "{headings:?}");
        assert_eq!((confirmed(&app).await, app.events("secondary_email.verified").await), (1, 1));
        app.mail_to(OMAR).await;
    }
}
