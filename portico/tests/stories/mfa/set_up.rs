//! Setting an authenticator app up on the way in.

use super::{MAX, OMAR, code_of, codes_of, key_of, set_up};
use crate::stories;
use crate::support::world::shown_code;
use crate::support::{PASSWORD, all_at_once};

const WRONG: &str = "That code did not work. Check that the app shows the account you have just added";

stories! {
    async fn max_sets_up_an_app_on_the_way_in_and_needs_it_from_then_on(app: TestApp) {
        let browser = app.browser();
        let page = browser.try_password(MAX, PASSWORD).await;
        page.is_headed("Set up a second step").shows("The app will list it as Portico, max@northwind.example");
        assert!(page.attributes("img.qr", "src").concat().starts_with("data:image/svg+xml;base64,"));
        let address = page.links().into_iter().find(|(text, _)| text.contains("open it")).unwrap().1;
        let key = key_of(&page).replace(' ', "");
        assert!(address.starts_with(&format!("otpauth://totp/Portico:max@northwind.example?secret={key}&")), "{address}");
        // Nothing counts before a code was typed.
        assert_eq!(app.count("SELECT count(*) FROM authenticators WHERE account_id = $1", &[&MAX]).await, 0);
        browser.get("/").await.is_the_first_page();
        page.enter_code("").await.complains("Please enter the code from your authenticator app.");
        let wrong = page.enter_code("000000").await;
        assert!(wrong.problem().is_some_and(|told| told.starts_with(WRONG)), "{}", wrong.text());
        assert_eq!(key_of(&wrong).replace(' ', ""), key, "a page that is looked at again shows the same key");
        let codes = page.enter_code(&shown_code(&app, &page)).await;
        codes.is_headed("Keep your recovery codes").shows("We show them only now");
        assert_eq!(codes_of(&codes).len(), 10);
        codes.press("I have kept them").await.is_the_portal_of("Max Vogel");
        assert_eq!(app.count("SELECT count(*) FROM sessions WHERE methods = 'pwd otp'", &[]).await, 1);
        let told = app.mail_to(MAX).await;
        assert_eq!(told.subject, "A second step was set up for your account");
        // The code that showed it works nowhere else.
        let again = app.browser().try_password(MAX, PASSWORD).await;
        again.is_headed("One more step").enter_code(&code_of(&app, &key)).await.is_headed("One more step");
        app.pass_seconds(30);
        again.enter_code(&code_of(&app, &key)).await.is_the_portal_of("Max Vogel");
    }

    async fn codes_that_nobody_has_kept_are_shown_at_the_next_sign_in_and_then_never_again(app: TestApp) {
        let page = app.browser().try_password(MAX, PASSWORD).await;
        let key = key_of(&page);
        let first = page.enter_code(&shown_code(&app, &page)).await;
        let shown = codes_of(&first);
        app.pass_seconds(30);
        // The browser is closed here. Both factors come first.
        let next = app.browser().try_password(MAX, PASSWORD).await;
        let codes = next.is_headed("One more step").enter_code(&code_of(&app, &key)).await;
        assert_eq!(codes_of(codes.is_headed("Keep your recovery codes")), shown);
        codes.press("I have kept them").await.is_the_portal_of("Max Vogel");
        let sealed = "SELECT count(*) FROM recovery_code_sets WHERE shown IS NOT NULL";
        assert_eq!(app.count(sealed, &[]).await, 0);
        // The tab that was left open.
        first.browser().reload().await.lacks(&shown[0]);
        app.mail_to(MAX).await;
    }

    async fn nothing_of_a_key_or_a_code_rests_in_clear(app: TestApp) {
        let kept = set_up(&app, &app.browser(), MAX).await;
        let key = portico::mfa::parse_secret(&kept.key).unwrap();
        assert_eq!(app.count("SELECT count(*) FROM authenticators WHERE secret = $1", &[&key.as_slice()]).await, 0);
        for code in &kept.codes {
            let bare = code.replace('-', "");
            let hash = "SELECT count(*) FROM recovery_codes WHERE hash = $1";
            assert_eq!(app.count(hash, &[&bare.as_bytes()]).await, 0);
            let told = "SELECT count(*) FROM audit WHERE details LIKE '%' || $1 || '%'";
            assert_eq!(app.count(told, &[&bare]).await, 0);
        }
        assert_eq!(app.count("SELECT count(*) FROM recovery_codes", &[]).await, 10);
    }

    async fn race_one_code_posted_many_times_sets_up_one_app(app: TestApp) {
        let page = app.browser().try_password(MAX, PASSWORD).await;
        let filled = page.clone().fill("Enter code", &shown_code(&app, &page));
        all_at_once((0..8).map(|_| filled.press_and_stay("Verify")).collect::<Vec<_>>()).await;
        assert_eq!(app.count("SELECT count(*) FROM authenticators WHERE account_id = $1", &[&MAX]).await, 1);
        assert_eq!(app.count("SELECT count(*) FROM recovery_codes", &[]).await, 10);
        assert_eq!(app.events("authenticator.added").await, 1);
        page.browser().reload().await.is_headed("Keep your recovery codes").press("I have kept them").await;
        app.mail_to(MAX).await;
    }

    async fn two_tabs_in_two_browsers_set_up_one_app_and_the_other_is_asked_for_it(app: TestApp) {
        let one = app.browser().try_password(MAX, PASSWORD).await;
        let other = app.browser().try_password(MAX, PASSWORD).await;
        assert_ne!(key_of(&one), key_of(&other), "each place shows a key of its own");
        let key = key_of(&one);
        one.enter_code(&shown_code(&app, &one)).await.is_headed("Keep your recovery codes");
        // What was proved there was proved before the credentials changed.
        other.enter_code(&shown_code(&app, &other)).await.is_the_password_page_of(MAX);
        app.pass_seconds(30);
        let code = other.browser().reload().await.try_password(PASSWORD).await;
        code.is_headed("One more step").enter_code(&code_of(&app, &key)).await.is_headed("Keep your recovery codes");
        app.mail_to(MAX).await;
    }

    async fn a_policy_that_becomes_required_leads_the_next_sign_in_to_a_second_step(app: TestApp) {
        let here = app.browser();
        here.sign_in(OMAR).await;
        app.execute("UPDATE organizations SET mfa = 'required' WHERE id = 'riverside'", &[]).await;
        // Whoever is in stays in, until somebody sets a factor up: that ends all other sessions.
        here.get("/").await.is_the_portal_of("Omar Haddad");
        set_up(&app, &app.browser(), OMAR).await;
        here.get("/").await.is_the_first_page();
    }

    async fn omar_is_offered_a_second_step_once_and_ever_after_in_my_account(app: TestApp) {
        let browser = app.browser();
        let portal = browser.sign_in(OMAR).await;
        portal.shows("Protect your account with a second step").press("Not now").await.lacks("Protect your account");
        app.browser().sign_in(OMAR).await.lacks("Protect your account");
        // Whoever finds the browser open later has to sign in first.
        app.pass_seconds(600);
        let first = browser.get("/account/second-factor").await;
        let again = first.is_the_first_page().press("Next").await.try_password(PASSWORD).await;
        again.is_headed("Your second step").shows("None is set up.").lacks("Recovery codes");
        let page = again.press("Set Up an App").await;
        page.is_headed("Set up a second step");
        let codes = page.enter_code(&shown_code(&app, &page)).await;
        let done = codes.press("I have kept them").await;
        assert_eq!(done.path(), "/account");
        done.shows("An authenticator app. Recovery codes left: 10");
        assert_eq!(app.mail_to(OMAR).await.subject, "A second step was set up for your account");
    }

    async fn where_the_policy_is_off_nobody_is_offered_a_second_step(app: TestApp) {
        app.execute("UPDATE organizations SET mfa = 'off' WHERE id = 'riverside'", &[]).await;
        app.browser().sign_in(OMAR).await.lacks("Protect your account");
    }

    async fn it_was_not_me_takes_a_thiefs_app_away_and_a_mailbox_alone_still_opens_nothing(app: TestApp) {
        let page = app.browser().try_password(MAX, PASSWORD).await;
        let thief = page.browser().clone();
        page.enter_code(&shown_code(&app, &page)).await.press("I have kept them").await.is_the_portal_of("Max Vogel");
        let notice = app.mail_to(MAX).await;
        notice.shows("it takes the app away, too").shows("mails you who can help you to a new one");
        let asked = app.browser().get(&notice.link("It wasn’t me")).await;
        asked.shows("The second step is taken away").shows("The present password stops working");
        asked.press("It wasn’t me").await.is_headed("It has been done");
        app.mail_to(MAX).await.shows("A mailbox alone must not open an account that had a second step");
        thief.get("/").await.is_the_first_page();
        assert_eq!(app.count("SELECT count(*) FROM authenticators WHERE account_id = $1", &[&MAX]).await, 0);
        app.browser().ask_for_reset(MAX).await.is_headed("Check your mail");
        let mail = app.mail_to(MAX).await;
        mail.shows("Its second step was taken away").lacks("/recover/link/");
    }
}
