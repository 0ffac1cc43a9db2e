//! After a change, what was given before is worth nothing, on every node: sessions, links, codes, half a sign-in, a known browser.

use super::{NEW, OMAR, Told, change_password, choose_user_name, move_to, signed_in};
use crate::stories;
use crate::support::passkey::Authenticator;
use crate::support::steps::NEW_PASSWORD;
use crate::support::{Browser, PASSWORD, Page, TestApp};

/// The changes of a credential that owners make here.
#[derive(Clone, Copy, Debug)]
enum Deed {
    Password,
    Email,
    UserName,
    Questions,
    Passkey,
}

impl Deed {
    async fn act(self, app: &TestApp, browser: &Browser) {
        match self {
            Deed::Password => drop(change_password(browser).await),
            Deed::Email => drop(move_to(app, browser, NEW).await),
            Deed::UserName => {
                choose_user_name(browser, "omar-haddad")
                    .await
                    .tells("Your username was saved. You are signed out everywhere else.");
            }
            Deed::Passkey => {
                let page = browser.get("/account/passkeys").await;
                Authenticator::new(1).add(&page).await.shows("Your passkey was added.");
            }
            Deed::Questions => {
                let page = browser.get("/account/questions").await.press("Remove Them").await;
                page.tells("Your security questions were removed. You are signed out everywhere else.");
            }
        }
    }
}

/// What somebody holds before: a session in another browser, a reset link, and a sign-in of which one step is done.
struct Before {
    sessions: Vec<Browser>,
    secrets: Vec<String>,
    link: String,
    second: String,
    half: Page,
}

async fn before(app: &TestApp, node: &TestApp, here: &Browser) -> Before {
    let [one, two] = [signed_in(app, OMAR).await, signed_in(node, OMAR).await];
    let link = app.reset_link(OMAR).await;
    let second = {
        let page = one.get("/account/secondary-email").await.fill("Email", "omar.private@mail.example");
        page.press("Send the Mail").await;
        app.mail_to("omar.private@mail.example").await.link("This Is My Mailbox")
    };
    app.execute("UPDATE accounts SET email_verified_at = NULL WHERE id = $1", &[&OMAR]).await;
    let half = node.browser().try_password(OMAR, PASSWORD).await;
    half.is_headed("Verify Your Email Address");
    app.execute("UPDATE accounts SET email_verified_at = 1 WHERE id = $1", &[&OMAR]).await;
    let secrets = [&one, &two, here].map(|browser| browser.cookie("session").unwrap()).to_vec();
    Before { sessions: vec![one, two], secrets, link, second, half }
}

async fn is_worthless_after(app: &TestApp, deed: Deed) {
    let node = app.second_node().await;
    let here = signed_in(app, OMAR).await;
    let before = before(app, &node, &here).await;
    deed.act(app, &here).await;
    for browser in &before.sessions {
        for node in [app, &node] {
            browser.on(node).get("/account").await.is_the_first_page();
        }
    }
    for secret in &before.secrets {
        for node in [app, &node] {
            let thief = node.browser();
            thief.plant_cookie("session", secret);
            thief.get("/account").await.is_the_first_page();
        }
    }
    for node in [app, &node] {
        node.browser().get(&before.link).await.is_headed("This link has already been used");
        node.browser().get(&before.second).await.is_headed("This link does not work any more");
        here.on(node).get("/account").await.is_headed("My account");
    }
    let page = before.half.browser().reload().await;
    assert_ne!(page.path(), "/", "{deed:?}: half a sign-in is none");
    assert_eq!(super::sessions(app).await, 1, "{deed:?}");
    app.leaves_mail_behind();
}

stories! {
    async fn what_was_before_a_changed_password(app: TestApp) {
        is_worthless_after(&app, Deed::Password).await;
    }

    async fn what_was_before_a_changed_address(app: TestApp) {
        is_worthless_after(&app, Deed::Email).await;
    }

    async fn what_was_before_a_changed_user_name(app: TestApp) {
        is_worthless_after(&app, Deed::UserName).await;
    }

    async fn what_was_before_questions_were_taken_away(app: TestApp) {
        is_worthless_after(&app, Deed::Questions).await;
    }

    async fn what_was_before_a_passkey_was_added(app: TestApp) {
        is_worthless_after(&app, Deed::Passkey).await;
    }

    async fn a_reset_that_was_asked_for_before_the_address_changed_goes_nowhere(app: TestApp) {
        let browser = signed_in(&app, OMAR).await;
        let link = app.reset_link(OMAR).await;
        move_to(&app, &browser, NEW).await;
        app.browser().get(&link).await.is_headed("This link has already been used").lacks("haddad");
        app.mails_to(OMAR).await;
        app.browser().ask_for_reset(OMAR).await;
        app.mail_to(OMAR).await.shows("There is no account here with this address");
        app.reset_password(NEW, NEW_PASSWORD).await;
        browser.get("/").await.is_the_first_page();
    }
}
