//! Passkeys: added, used and removed by their owner.

use std::time::Duration;

use serde_json::json;

use crate::stories;
use crate::support::passkey::Authenticator;
use crate::support::product::{self, Product};
use crate::support::steps::{LOCKED, NEW_PASSWORD, WRONG};
use crate::support::{Browser, PASSWORD, Page, TestApp, code_now};

const OMAR: &str = "omar@riverside.example";
const KIM: &str = "kim@northwind.example";
pub const HERE: &str = "/account/passkeys";
pub const REFUSED: &str = "That passkey did not work. Try again, or sign in another way.";

/// Signs in and adds a passkey; its owner is told.
pub async fn with_passkey(app: &TestApp, who: &str, authenticator: Authenticator) -> (Browser, Authenticator) {
    let browser = app.browser();
    browser.sign_in(who).await;
    let authenticator = add(&browser, authenticator).await;
    app.mail_to(who).await.shows("A passkey was added");
    (browser, authenticator)
}

async fn add(browser: &Browser, mut authenticator: Authenticator) -> Authenticator {
    let page = browser.get(HERE).await;
    authenticator.add(page.is_headed("Your passkeys")).await.shows("Your passkey was added.");
    authenticator
}

/// The first page, in a browser that has never been here.
pub async fn first_page(app: &TestApp) -> Page {
    app.browser().get("/").await.is_the_first_page().clone()
}

async fn sessions(app: &TestApp, methods: &str) -> i64 {
    app.count("SELECT count(*) FROM sessions WHERE methods = $1", &[&methods]).await
}

stories! {
    async fn omar_adds_a_passkey_and_signs_in_with_nothing_else(app: TestApp) {
        let (_, mut phone) = with_passkey(&app, OMAR, Authenticator::new(1).that_syncs()).await;
        let page = first_page(&app).await;
        phone.use_on(&page).await.is_the_portal_of("Omar Haddad");
        assert_eq!(sessions(&app, "swk").await, 1);
        assert_eq!(app.events("passkey.verified").await, 1);
        let list = page.browser().get(HERE).await;
        list.shows("My phone").shows("On several devices").shows("Last used").shows("Firefox, Linux, 203.0.");
        app.leaves_mail_behind();
    }

    async fn it_leads_where_the_sign_in_was_going(app: TestApp) {
        let (_, mut key) = with_passkey(&app, OMAR, Authenticator::new(1)).await;
        let page = app.browser().get("/account").await;
        let there = key.use_on(page.is_the_first_page()).await;
        assert_eq!(there.path(), "/account");
        assert_eq!(sessions(&app, "hwk").await, 1);
    }

    async fn from_then_on_a_password_alone_opens_nothing(app: TestApp) {
        let (_, mut phone) = with_passkey(&app, OMAR, Authenticator::new(1).that_syncs()).await;
        let page = app.browser().try_password(OMAR, PASSWORD).await;
        page.is_headed("One more step").shows("Use your passkey").lacks("authenticator app");
        page.browser().get("/").await.is_the_first_page();
        phone.use_on(&page).await.is_the_portal_of("Omar Haddad");
        assert_eq!(sessions(&app, "pwd swk").await, 1);
        assert_eq!(app.events("second_factor.verified").await, 1);
    }

    async fn kim_uses_a_passkey_in_the_place_of_her_code(app: TestApp) {
        let browser = app.browser();
        browser.sign_in_with_code(KIM).await;
        let mut key = add(&browser, Authenticator::new(1)).await;
        app.mail_to(KIM).await.shows("A passkey was added");
        let page = app.browser().try_password(KIM, PASSWORD).await;
        let page = page.is_headed("One more step").click("Use a passkey instead").await;
        key.use_on(&page).await.is_the_portal_of("Kim Nakamura");
        app.pass_seconds(30);
        // And the code still works.
        let page = app.browser().try_password(KIM, PASSWORD).await;
        page.enter_code(&code_now(&app)).await.is_the_portal_of("Kim Nakamura");
    }

    async fn a_removed_passkey_is_useless_on_every_node_at_once(app: TestApp) {
        let (browser, mut phone) = with_passkey(&app, OMAR, Authenticator::new(1)).await;
        let other = app.second_node().await;
        let [asked, asked_there] = [first_page(&app).await, first_page(&other).await];
        browser.get(HERE).await.press("Remove").await.shows("The passkey was removed.").shows("You have none yet.");
        app.mail_to(OMAR).await.shows("A passkey was removed");
        phone.use_on(&asked).await.complains(REFUSED);
        phone.use_on(&asked_there).await.complains(REFUSED);
        assert_eq!(app.events("passkey.refused").await, 2);
        // It is no second factor any more, either.
        app.browser().sign_in(OMAR).await;
    }

    async fn adding_one_ends_every_other_session_and_keeps_this_one(app: TestApp) {
        let elsewhere = app.browser();
        elsewhere.sign_in(OMAR).await;
        let (here, _) = with_passkey(&app, OMAR, Authenticator::new(1)).await;
        elsewhere.get("/").await.is_the_first_page();
        here.get("/").await.is_the_portal_of("Omar Haddad");
        here.get(HERE).await.shows("My phone");
        assert_eq!(app.events("passkey.added").await, 1);
    }

    async fn adding_and_removing_ask_for_a_proof_of_just_now(app: TestApp) {
        let (browser, mut phone) = with_passkey(&app, OMAR, Authenticator::new(1)).await;
        let open = browser.get(HERE).await;
        app.pass(Duration::from_secs(15 * 60));
        let page = open.press("Remove").await;
        page.is_the_first_page();
        assert!(browser.get(HERE).await.attributes("form[data-passkey]", "action").is_empty());
        assert_eq!(app.events("passkey.removed").await, 0);
        let again = browser.get(HERE).await.press("Sign In Again").await;
        let back = phone.use_on(&again).await;
        assert_eq!(back.path(), HERE);
        back.press("Remove").await.shows("The passkey was removed.");
        app.mail_to(OMAR).await;
    }

    async fn a_passkey_bears_the_name_its_owner_gives_it(app: TestApp) {
        let (browser, _) = with_passkey(&app, OMAR, Authenticator::new(1)).await;
        let page = browser.get(HERE).await;
        let action = page.attributes("details form", "action").into_iter().find(|action| action.ends_with("/name")).unwrap();
        browser.post_own(&action, &[("name", "  Ward   tablet ")]).await.shows("The new name was saved.").shows("Ward tablet");
        browser.post_own(&action, &[("name", " ")]).await.complains("Please type a name.");
        // Nobody else names it.
        let dana = app.browser();
        dana.sign_in("dana@riverside.example").await;
        dana.post_own(&action, &[("name", "Mine")]).await.lacks("Ward tablet");
        dana.post_own(&action.replace("/name", "/remove"), &[]).await;
        browser.get(HERE).await.shows("Ward tablet");
    }

    async fn a_lock_does_not_touch_passkeys(app: TestApp) {
        let (_, mut phone) = with_passkey(&app, OMAR, Authenticator::new(1)).await;
        let page = app.browser().name(OMAR).await;
        page.try_password(WRONG).await;
        page.try_password(WRONG).await;
        let locked = page.try_password(WRONG).await;
        locked.complains(LOCKED);
        // From the page of the lock itself, and from the first one.
        phone.use_on(&locked).await.is_the_portal_of("Omar Haddad");
        phone.use_on(&first_page(&app).await).await.is_the_portal_of("Omar Haddad");
        app.mail_to(OMAR).await.shows("several wrong passwords");
    }

    async fn a_disabled_account_is_told_so_after_its_passkey(app: TestApp) {
        let (_, mut phone) = with_passkey(&app, OMAR, Authenticator::new(1)).await;
        let omar = app.id_of(OMAR).await;
        app.switch(&omar, false).await;
        let page = phone.use_on(&first_page(&app).await).await;
        page.is_headed("You cannot sign in with this account").shows("switched off");
        page.browser().get("/").await.is_the_first_page();
        assert_eq!(app.events("sign_in.refused").await, 1);
    }

    async fn an_organizations_own_sign_in_leaves_no_passkey_beside_it(app: TestApp) {
        let (browser, mut phone) = with_passkey(&app, OMAR, Authenticator::new(1)).await;
        for sql in [
            "UPDATE organizations SET sign_in = 'sso' WHERE slug = 'riverside'",
            // Suspended: passwords that were set meanwhile count, and passkeys of before do not.
            "UPDATE organizations SET sso_suspended_at = 1 WHERE slug = 'riverside'",
        ] {
            app.execute(sql, &[]).await;
            phone.use_on(&first_page(&app).await).await.complains(REFUSED);
        }
        browser.get(HERE).await.shows("This account takes no passkeys");
        browser.get("/account").await.lacks("Passkeys");
    }

    async fn it_was_not_me_takes_a_thiefs_passkey_away(app: TestApp) {
        let (owner, mut phone) = with_passkey(&app, OMAR, Authenticator::new(1)).await;
        app.pass(Duration::from_secs(8 * 24 * 3_600));
        // Somebody at an open session, a moment after its owner had signed in.
        phone.use_on(&owner.get("/sign-in").await).await.is_the_portal_of("Omar Haddad");
        let mut thiefs = add(&owner, Authenticator::new(2)).await;
        let notice = app.mail_to(OMAR).await;
        let done = app.browser().get(&notice.link("It wasn’t me")).await.press("It wasn’t me").await;
        done.is_headed("It has been done");
        thiefs.use_on(&first_page(&app).await).await.complains(REFUSED);
        // Which of them is the owner's nobody can tell: an administrator helps on.
        phone.use_on(&first_page(&app).await).await.complains(REFUSED);
        assert_eq!(app.count("SELECT count(*) FROM passkeys", &[]).await, 0);
        app.leaves_mail_behind();
    }

    async fn a_shared_account_takes_none(app: TestApp) {
        let (browser, mut phone) = with_passkey(&app, OMAR, Authenticator::new(1)).await;
        let open = browser.get(HERE).await;
        app.execute("UPDATE accounts SET shared_at = 1 WHERE email = 'omar@riverside.example'", &[]).await;
        phone.use_on(&first_page(&app).await).await.complains(REFUSED);
        let mut other = Authenticator::new(2);
        other.add(&open).await.shows("This account takes no passkeys").lacks("was added.");
        assert_eq!(app.count("SELECT count(*) FROM passkeys", &[]).await, 1);
    }

    async fn a_reset_by_mail_asks_for_the_passkey(app: TestApp) {
        let (_, mut phone) = with_passkey(&app, OMAR, Authenticator::new(1)).await;
        app.browser().ask_for_reset(OMAR).await;
        let link = app.mail_to(OMAR).await.link("Reset Password");
        let page = app.browser().get(&link).await;
        page.is_headed("One more step").shows("Use your passkey");
        page.browser().get("/recover/new-password").await.is_headed("One more step");
        let page = phone.use_on(&page).await;
        page.choose_password(NEW_PASSWORD).await.shows("successfully reset");
        app.mail_to(OMAR).await.shows("password was changed");
        // The passkey is still there, and still asked for.
        let page = app.browser().try_password(OMAR, NEW_PASSWORD).await;
        phone.use_on(page.is_headed("One more step")).await.is_the_portal_of("Omar Haddad");
    }

    async fn products_of_this_session_go_on(app: TestApp) {
        let product = Product::register(&app, product::try_it()).await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        let before = product.tokens(&browser).await.is_good().text("access_token");
        add(&browser, Authenticator::new(1)).await;
        app.mail_to(OMAR).await;
        product.userinfo(&before).await.is_good();
    }

    async fn products_are_told_how_it_was_shown(app: TestApp) {
        let product = Product::register(&app, product::try_it()).await;
        let (_, mut phone) = with_passkey(&app, OMAR, Authenticator::new(1).that_syncs()).await;
        let page = first_page(&app).await;
        phone.use_on(&page).await.is_the_portal_of("Omar Haddad");
        let told = product.tokens(page.browser()).await.is_good().text("id_token");
        let claims = product.claims_of(&told).await;
        assert_eq!(claims["amr"], json!(["swk", "user", "mfa"]));
        assert_eq!(claims["acr"], "urn:portico:acr:two-factors");
    }

    async fn where_a_deployment_has_no_name_there_are_no_passkeys(app: TestApp) {
        let node = app.node_with(|parts| parts.public_url = "https://192.0.2.7".into()).await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        browser.on(&node).get(HERE).await.shows("There are no passkeys here");
        let page = node.browser().get("/sign-in").await;
        assert!(page.attributes("form[data-passkey]", "action").is_empty());
        // Whoever had one before is told, and goes round in no circle.
        add(&browser, Authenticator::new(1)).await;
        app.mail_to(OMAR).await;
        let page = node.browser().try_password(OMAR, PASSWORD).await;
        page.is_headed("One more step").shows("This browser offers no passkeys");
    }
}
