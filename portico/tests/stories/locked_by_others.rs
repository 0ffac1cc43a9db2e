//! Somebody locks an account from outside, and makes the owner's own address wait: the owner gets in all the same.

use crate::passkeys::{first_page, with_passkey};
use crate::stories;
use crate::support::passkey::Authenticator;
use crate::support::steps::{LOCKED, NEW_PASSWORD, WRONG};
use crate::support::{Browser, PASSWORD, TestApp, code_now};

const OMAR: &str = "omar@riverside.example";
const KIM: &str = "kim@northwind.example";
const ROOT: &str = "root@portico.example";
/// The way out that the owner shares with whoever attacks.
const SHARED: &str = "198.51.100.7";

/// Locks an account in every way there is for a stranger, from the owner's own address, which has to wait after it.
async fn besiege(app: &TestApp, who: &str) -> TestApp {
    app.lock(who).await;
    app.mails_to(who).await;
    let node = app
        .node_with(|parts| {
            parts.limits.names = 2;
            parts.limits.failures = 2;
        })
        .await;
    for number in 0..2 {
        node.browser().at_address(SHARED).try_password(&format!("nobody-{number}"), WRONG).await;
    }
    app.mail_to(ROOT).await.shows(SHARED);
    assert_eq!(node.browser().at_address(SHARED).try_password(who, PASSWORD).await.status(), 429);
    node
}

fn there(browser: &Browser, node: &TestApp) -> Browser {
    browser.on(node).at_address(SHARED)
}

stories! {
    async fn locked_by_others_the_owner_gets_in_with_a_known_browser(app: TestApp) {
        let known = app.browser();
        known.sign_in(OMAR).await.press("Sign out").await;
        let node = besiege(&app, OMAR).await;
        there(&known, &node).try_password(OMAR, PASSWORD).await.is_the_portal_of("Omar Haddad");
        app.browser().try_password(OMAR, PASSWORD).await.complains(LOCKED);
    }

    async fn locked_by_others_the_owner_gets_in_with_a_known_browser_and_a_code(app: TestApp) {
        let known = app.browser();
        known.sign_in_with_code(KIM).await.press("Sign out").await;
        app.pass_seconds(30);
        let node = besiege(&app, KIM).await;
        let code = there(&known, &node).try_password(KIM, PASSWORD).await;
        code.enter_code(&code_now(&app)).await.is_the_portal_of("Kim Nakamura");
    }

    async fn locked_by_others_the_owner_gets_in_with_a_passkey_in_any_browser(app: TestApp) {
        let (_, mut phone) = with_passkey(&app, OMAR, Authenticator::new(1)).await;
        let node = besiege(&app, OMAR).await;
        phone.use_on(&first_page(&app).await).await.is_the_portal_of("Omar Haddad");
        let page = there(&app.browser(), &node).get("/").await;
        phone.use_on(&page).await.is_the_portal_of("Omar Haddad");
        assert_eq!(app.events("lockout.cleared").await, 0, "a passkey opens its own way, and not that of passwords");
        app.browser().try_password(OMAR, PASSWORD).await.complains(LOCKED);
        app.leaves_mail_behind();
    }

    async fn locked_by_others_the_owner_resets_the_password_and_is_in(app: TestApp) {
        let node = besiege(&app, OMAR).await;
        let owner = there(&app.browser(), &node);
        owner.ask_for_reset(OMAR).await;
        let link = app.mail_to(OMAR).await.link("Reset Password");
        owner.get(&link).await.choose_password(NEW_PASSWORD).await;
        app.mail_to(OMAR).await.shows("was changed");
        owner.try_password(OMAR, NEW_PASSWORD).await.is_the_portal_of("Omar Haddad");
    }

    async fn locked_by_others_a_running_session_goes_on(app: TestApp) {
        let here = app.browser();
        here.sign_in(OMAR).await;
        let node = besiege(&app, OMAR).await;
        there(&here, &node).get("/").await.is_the_portal_of("Omar Haddad");
    }
}
