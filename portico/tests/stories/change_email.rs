//! A corrected address: what it ends, who is told, and what each of the two mailboxes can do then.

use portico::audit::Actor;
use portico::people::{self, Email, EmailRefused};
use portico::platform::ids::AccountId;
use portico::recovery;
use store::Tx;

use crate::stories;
use crate::support::first_time::{IRIS, STEPS};
use crate::support::steps::{NEW_PASSWORD, WRONG_PASSWORD};
use crate::support::{Mail, PASSWORD, Page, TestApp, all_at_once};

const OMAR: &str = "omar@riverside.example";
const NEW: &str = "omar.haddad@riverside.example";
const ADMINISTRATORS: [&str; 2] = ["dana@riverside.example", "lucia@riverside.example"];
const DISPATCH: &str = "dispatch@harbor.example";
const BUTTON: &str = "It wasn’t me";

/// What `portico account change-email` does.
async fn change(app: &TestApp, account: &str, to: &str) -> Result<bool, EmailRefused> {
    let (id, email, node) = (AccountId::from(account), Email::parse(to).unwrap(), app.app());
    let change = async |tx: &mut Tx| {
        let account = people::by_id(tx, &id).await?.unwrap();
        people::change_email(tx, node, Actor::Command, &account, &email, to).await
    };
    node.db.write("story.change_email", change).await.unwrap()
}

/// Changes omar's address, and takes both mails out: to the old mailbox and to the new one.
async fn changed(app: &TestApp) -> [Mail; 2] {
    assert_eq!(change(app, OMAR, NEW).await, Ok(true));
    [app.mail_to(OMAR).await, app.mail_to(NEW).await]
}

/// Signs in at the new address, and confirms it.
async fn confirm(app: &TestApp, password: &str) -> Page {
    let page = app.browser().try_password(NEW, password).await;
    let page = page.is_headed("Verify Your Email Address").press("Send Verification Code").await;
    page.type_code(&app.mail_to(NEW).await.code()).await
}

async fn administrators_are_told(app: &TestApp) {
    for administrator in ADMINISTRATORS {
        let told = app.mail_to(administrator).await;
        assert_eq!(told.subject, "Omar Haddad disputes a change of address");
        told.shows(OMAR).shows(NEW).shows("changed nothing else");
    }
}

async fn sessions(app: &TestApp) -> i64 {
    app.count("SELECT count(*) FROM sessions WHERE ended_at IS NULL", &[]).await
}

stories! {
    async fn an_administrator_at_an_unconfirmed_address_is_named_to_nobody_and_learns_of_nobody(app: TestApp) {
        let [dana, new] = ["dana@riverside.example", "dana.whitfield@riverside.example"];
        assert_eq!(change(&app, dana, new).await, Ok(true));
        app.mail_to(dana).await;
        app.mail_to(new).await;
        let page = app.browser().sign_in("nora@riverside.example").await;
        let page = page.shows("Lucia Moreno").lacks("Whitfield").press("Ask for access").await;
        page.shows("Your request was sent.");
        app.mail_to("lucia@riverside.example").await.shows("Nora Lindqvist");
        let told = app.mail_to(new).await;
        assert_eq!(told.subject, "Please confirm your email address");
        told.lacks("Nora").lacks("nora@");
        // Whoever asks for help is sent to those who can be reached.
        app.browser().post("/help/sign-in", &[("identifier", "nora@riverside.example")]).await;
        app.mail_to("nora@riverside.example").await.shows("Lucia Moreno").lacks("Whitfield");
    }

    async fn a_corrected_address_signs_in_once_it_is_confirmed(app: TestApp) {
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        let link = app.reset_link(OMAR).await;
        let [old, new] = changed(&app).await;
        assert_eq!(old.subject, "Your email address was changed");
        old.shows(OMAR).shows("Those who run Portico").lacks("haddad").link(BUTTON);
        assert_eq!(new.subject, "This is now the address of your account");
        new.shows(NEW).shows("Riverside Health").lacks(BUTTON).lacks("/recover/");
        browser.reload().await.is_the_first_page();
        let dead = app.browser().get(&link).await;
        dead.is_headed("This link has already been used").lacks("haddad");
        assert_eq!(dead.value_of("Email or username"), "", "an old mailbox learns no new address");
        dead.click("Need help signing in?").await.lacks("haddad");
        app.browser().try_password(OMAR, PASSWORD).await.complains(WRONG_PASSWORD);
        confirm(&app, PASSWORD).await.is_the_portal_of("Omar Haddad");
        app.told_of_new_browsers(NEW).await;
        browser.sign_in(NEW).await;
        assert_eq!(app.told_of_new_browsers(NEW).await.len(), 1, "whose it is has to be seen anew");
        for event in ["email.changed", "email.verified"] {
            assert_eq!(app.events(event).await, 1, "{event}");
        }
        app.browser().sign_in(NEW).await;
    }

    async fn no_link_goes_to_an_address_before_it_is_confirmed(app: TestApp) {
        changed(&app).await;
        app.browser().ask_for_reset(NEW).await;
        let mail = app.mail_to(NEW).await;
        assert_eq!(mail.subject, "Please confirm your email address");
        mail.shows("nobody has confirmed yet that it is yours").shows("Program Administrator");
        mail.lacks("Lucia").lacks("/recover/link/");
        app.browser().ask_for_reset(OMAR).await;
        app.mail_to(OMAR).await.shows("There is no account here with this address");
        // Three wrong guesses bring no link either.
        app.lock(NEW).await;
        app.mail_to(NEW).await.shows("nobody has confirmed yet").lacks("/recover/").lacks(BUTTON);
        app.pass_seconds(1_800);
        confirm(&app, PASSWORD).await.is_the_portal_of("Omar Haddad");
        app.reset_password(NEW, NEW_PASSWORD).await;
    }

    async fn an_administrators_link_goes_to_an_unconfirmed_address(app: TestApp) {
        changed(&app).await;
        let send = async |tx: &mut Tx| {
            let account = people::by_id(tx, &AccountId::from(OMAR)).await?.unwrap();
            recovery::send_reset(tx, app.app(), &account).await
        };
        app.app().db.write("story.reset", send).await.unwrap().unwrap();
        let link = app.mail_to(NEW).await.link("Reset Password");
        app.browser().get(&link).await.choose_password(NEW_PASSWORD).await;
        app.mail_to(NEW).await.shows("nobody has confirmed yet").lacks("Firefox").lacks(BUTTON);
        confirm(&app, NEW_PASSWORD).await.is_the_portal_of("Omar Haddad");
    }

    async fn an_address_that_leads_to_somebody_else_is_refused(app: TestApp) {
        app.execute("INSERT INTO identifiers (name, account_id) VALUES ('old.dana@elsewhere.example', 'dana@riverside.example')",
            &[]).await;
        let before = app.count("SELECT credentials_epoch FROM accounts WHERE id = $1", &[&OMAR]).await;
        for taken in ["dana@riverside.example", "Dana@Riverside.EXAMPLE", "old.dana@elsewhere.example",
                      "anna@riverside.example", "ivan@riverside.example"] {
            assert_eq!(change(&app, OMAR, taken).await, Err(EmailRefused::Taken), "{taken}");
        }
        for theirs in ["omar@harbor.example", "night@harbor.example", "omar@lakeshore.example"] {
            let refused = change(&app, OMAR, theirs).await.unwrap_err();
            assert!(matches!(refused, EmailRefused::Domain(_)), "{theirs}: {refused}");
        }
        // The mailbox of several, of its own organization.
        assert_eq!(change(&app, "hugo@harbor.example", "night@harbor.example").await, Err(EmailRefused::Taken));
        assert_eq!(change(&app, OMAR, "OMAR@riverside.example").await, Ok(false), "it is that already");
        assert_eq!(app.count("SELECT credentials_epoch FROM accounts WHERE id = $1", &[&OMAR]).await, before);
        assert_eq!((app.events("email.changed").await, app.count("SELECT count(*) FROM outbox", &[]).await), (0, 0));
        // A domain that nobody has verified is nobody's.
        app.execute("INSERT INTO organization_domains (domain, organization_id) VALUES ('open.example', 'harbor')", &[]).await;
        assert_eq!(change(&app, OMAR, "omar@open.example").await, Ok(true));
        app.mail_to(OMAR).await;
        app.mail_to("omar@open.example").await;
    }

    async fn the_old_mailbox_ends_sessions_and_nothing_else_and_the_administrators_are_told(app: TestApp) {
        let [old, _] = changed(&app).await;
        confirm(&app, PASSWORD).await.is_the_portal_of("Omar Haddad");
        let page = app.browser().get(&old.link(BUTTON)).await;
        page.is_headed("Was it not you?").shows(OMAR).shows("Everybody is signed out").lacks("haddad");
        page.shows("We tell the administrators of your organization").lacks("stops working").lacks("stop working");
        let done = page.press(BUTTON).await;
        done.is_headed("It has been done").shows("only they can put an address right").lacks("haddad").lacks("Lucia");
        done.lacks("Ask for Another Mail").shows("Riverside service desk, extension 4711");
        assert_eq!(sessions(&app).await, 0);
        administrators_are_told(&app).await;
        let told = app.mail_to(OMAR).await;
        told.shows(OMAR).shows("Lucia Moreno").shows("Dana Whitfield").lacks("haddad").lacks("/recover/link/");
        assert!(app.mails_to(NEW).await.is_empty());
        assert_eq!((app.events("account.disputed").await, app.count("SELECT count(*) FROM recoveries", &[]).await), (1, 0));
        app.browser().sign_in(NEW).await;
        assert_eq!(app.count("SELECT count(*) FROM security_answers WHERE account_id = $1", &[&OMAR]).await, 3);
        app.browser().get(&old.link(BUTTON)).await.is_headed("It has been done").lacks("haddad");
    }

    async fn the_button_of_an_older_notice_does_no_more_at_the_old_address(app: TestApp) {
        app.browser().sign_in(OMAR).await;
        app.browser().sign_in(OMAR).await;
        let notice = app.told_of_new_browsers(OMAR).await.remove(0);
        notice.shows("mails you a link to choose a new one");
        changed(&app).await;
        confirm(&app, PASSWORD).await.is_the_portal_of("Omar Haddad");
        app.browser().get(&notice.link(BUTTON)).await.press(BUTTON).await.is_headed("It has been done");
        app.mail_to(OMAR).await.shows("Lucia Moreno").lacks("/recover/link/");
        administrators_are_told(&app).await;
        assert_eq!(sessions(&app).await, 0);
        app.browser().sign_in(NEW).await;
    }

    async fn neither_mailbox_silences_the_other(app: TestApp) {
        let [old, _] = changed(&app).await;
        confirm(&app, PASSWORD).await;
        app.browser().sign_in(NEW).await;
        let notice = app.told_of_new_browsers(NEW).await.remove(0);
        app.browser().get(&notice.link(BUTTON)).await.press(BUTTON).await.is_headed("Check your mail");
        let reset = app.mail_to(NEW).await.link("Reset Password");
        app.browser().get(&old.link(BUTTON)).await.press(BUTTON).await.is_headed("It has been done");
        administrators_are_told(&app).await;
        app.mail_to(OMAR).await;
        // Sessions alone: the link of the one who has the account now still works.
        app.browser().get(&reset).await.choose_password(NEW_PASSWORD).await;
        let after = app.mail_to(NEW).await;
        app.browser().get(&after.link(BUTTON)).await.is_headed("Was it not you?").shows("The present password stops working");
    }

    async fn a_mailbox_that_is_not_confirmed_learns_nothing_of_the_account(app: TestApp) {
        assert_eq!(change(&app, "harbor-dispatch", DISPATCH).await, Ok(true));
        app.mails_to("harbor-dispatch@harbor.example").await;
        app.mail_to(DISPATCH).await;
        for (page, button) in [("/recover", "Reset via Email"), ("/recover/user-name", "Send My Username"), ("/help/sign-in", "Help me sign in")] {
            let field = if page == "/recover/user-name" { "Email" } else { "Email or username" };
            let asked = app.browser().get(page).await.fill(field, DISPATCH).press(button).await;
            asked.is_headed("Check your mail").shows(DISPATCH);
            let mail = app.mail_to(DISPATCH).await;
            mail.shows("nobody has confirmed yet").lacks("harbor-dispatch").lacks("Hugo").lacks("/recover/");
        }
        app.lock("harbor-dispatch").await;
        app.mail_to(DISPATCH).await.lacks("harbor-dispatch").lacks("Hugo").lacks(BUTTON);
    }

    async fn an_address_that_was_never_proved_is_not_told_of_the_next_one(app: TestApp) {
        changed(&app).await;
        let third = "omar@haddad.example";
        assert_eq!(change(&app, OMAR, third).await, Ok(true));
        app.mail_to(third).await;
        assert!(app.mails_to(NEW).await.is_empty(), "it may be a stranger's");
    }

    async fn where_nobody_else_administers_the_deployments_help_is_told(app: TestApp) {
        assert_eq!(change(&app, "hugo@harbor.example", "hugo@brandt.example").await, Ok(true));
        app.mail_to("hugo@brandt.example").await;
        let old = app.mail_to("hugo@harbor.example").await;
        app.browser().get(&old.link(BUTTON)).await.press(BUTTON).await;
        app.mail_to("help@portico.example").await.shows("Hugo Brandt").shows("Harbor County EMS");
        let told = app.mail_to("hugo@harbor.example").await;
        told.shows("those who help for this service").shows("we have told them").lacks("brandt.example");
        app.browser().get(&old.link(BUTTON)).await.shows("We have told those who help for this service");
        assert!(app.mails_to("hugo@brandt.example").await.is_empty());
    }

    async fn where_there_is_nobody_to_tell_nobody_is_said_to_know(app: TestApp) {
        let app = app.node_with(|parts| parts.brand.support_mail = None).await;
        assert_eq!(change(&app, "hugo@harbor.example", "hugo@brandt.example").await, Ok(true));
        app.mail_to("hugo@brandt.example").await;
        let old = app.mail_to("hugo@harbor.example").await;
        let page = app.browser().get(&old.link(BUTTON)).await;
        let done = page.lacks("We tell").press(BUTTON).await;
        done.shows("There is nobody whom we could tell").lacks("We have told");
        app.mail_to("hugo@harbor.example").await.shows("there was nobody whom we could tell").lacks("we have told");
    }

    async fn what_is_said_at_the_present_address_is_reported_as_no_dispute_about_a_change(app: TestApp) {
        app.browser().sign_in(OMAR).await;
        app.browser().sign_in(OMAR).await;
        let notice = app.told_of_new_browsers(OMAR).await.remove(0);
        changed(&app).await;
        // Back again, and nobody has confirmed it since.
        assert_eq!(change(&app, OMAR, OMAR).await, Ok(true));
        app.mail_to(OMAR).await.shows("This is now the address");
        app.browser().get(&notice.link(BUTTON)).await.press(BUTTON).await.is_headed("It has been done");
        for administrator in ADMINISTRATORS {
            let told = app.mail_to(administrator).await;
            assert_eq!(told.subject, "Omar Haddad says: it wasn’t me");
            told.shows("Nobody has confirmed yet that omar@riverside.example");
        }
        app.mail_to(OMAR).await.lacks("Lucia").lacks("/recover/link/");
    }

    async fn a_user_name_goes_on_to_sign_in(app: TestApp) {
        assert_eq!(change(&app, "harbor-dispatch", "dispatch@harbor.example").await, Ok(true));
        app.mail_to("harbor-dispatch@harbor.example").await.shows("harbor-dispatch").lacks("dispatch@harbor.example ");
        app.mail_to(DISPATCH).await.shows("Harbor County EMS").lacks("harbor-dispatch");
        // It never signed in by address, and does not now.
        app.browser().try_password("dispatch@harbor.example", PASSWORD).await.complains(WRONG_PASSWORD);
        let page = app.browser().try_password("harbor-dispatch", PASSWORD).await;
        page.is_headed("Verify Your Email Address").shows("dispatch@harbor.example");
    }

    async fn an_invitation_to_the_wrong_address_is_void_and_the_next_one_goes_to_the_right_one(app: TestApp) {
        let wrong = app.invite_iris().await;
        let (right, id) = ("iris.novak@riverside.example", app.id_of(IRIS).await);
        assert_eq!(change(&app, &id, right).await, Ok(true));
        app.mail_to(right).await;
        let unknown = app.browser().get(&wrong.link("Begin")).await;
        unknown.is_headed("This link does not work").lacks("iris.novak").lacks(IRIS);
        unknown.click("Back to sign-in").await.is_the_first_page().lacks("iris.novak");
        app.browser().try_password(right, &wrong.temporary_password()).await.complains(WRONG_PASSWORD);
        app.browser().try_password(IRIS, &wrong.temporary_password()).await.complains(WRONG_PASSWORD);
        app.invite(right, "riverside").await.unwrap();
        let mail = app.mail_to(right).await;
        app.browser().follow(&mail).await.is_headed(STEPS[0]);
        assert_eq!(app.count("SELECT count(*) FROM accounts WHERE first_name = ''", &[]).await, 1, "the same account");
    }

    async fn an_old_invitation_says_nothing_of_the_address_of_somebody_who_has_registered(app: TestApp) {
        let (mail, right) = (app.invite_iris().await, "iris.novak@riverside.example");
        let id = app.id_of(IRIS).await;
        let registered = "UPDATE accounts SET password = (SELECT o.password FROM accounts o WHERE o.id = $2), password_set_at = 1
                          WHERE id = $1";
        app.execute(registered, &[&id, &OMAR]).await;
        app.browser().get(&mail.link("Begin")).await.lacks("does not work");
        assert_eq!(change(&app, &id, right).await, Ok(true));
        app.mail_to(right).await;
        app.browser().get(&mail.link("Begin")).await.is_headed("This link does not work").lacks("iris.novak");
    }

    async fn race_of_two_accounts_for_one_address_has_one_winner(app: TestApp) {
        let other = app.second_node().await;
        let whose = [OMAR, "nora@riverside.example", "mia@riverside.example", "anna-riverside"];
        let racers = (0..).zip(whose).map(|(number, account)| {
            let node = if number % 2 == 0 { app.clone() } else { other.clone() };
            async move { change(&node, account, "one@riverside.example").await }
        });
        let changed = all_at_once(racers.collect::<Vec<_>>()).await;
        assert_eq!(changed.iter().filter(|one| **one == Ok(true)).count(), 1, "{changed:?}");
        let there = "SELECT count(*) FROM accounts WHERE email = 'one@riverside.example'";
        assert_eq!((app.count(there, &[]).await, app.events("email.changed").await), (1, 1));
        app.leaves_mail_behind();
    }
}
