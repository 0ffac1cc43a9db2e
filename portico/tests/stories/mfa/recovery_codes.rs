//! Recovery codes: each once.

use super::{MAX, code_of, codes_of, key_of, set_up};
use crate::stories;
use crate::support::steps::NEW_PASSWORD;
use crate::support::world::shown_code;
use crate::support::{PASSWORD, Page, TestApp, all_at_once};

const WRONG: &str =
    "That code did not work. It may be mistyped, or have been used before. Try another one of your codes.";

/// The page that takes one, for somebody whose second step is due.
async fn asked_for_one(app: &TestApp) -> Page {
    let code = app.browser().try_password(MAX, PASSWORD).await;
    let ways = code.is_headed("One more step").click("Another way").await;
    ways.is_headed("Another way").click("Use a recovery code").await
}

async fn enter(page: &Page, code: &str) -> Page {
    page.clone().fill("Recovery code", code).press("Verify").await
}

stories! {
    async fn a_recovery_code_lets_in_once_and_its_owner_is_told(app: TestApp) {
        let kept = set_up(&app, &app.browser(), MAX).await;
        let page = asked_for_one(&app).await;
        page.is_headed("Use a recovery code");
        enter(&page, " ").await.complains("Please type one of your recovery codes.");
        let typed = kept.codes[3].to_uppercase().replace('-', " ");
        enter(&page, &typed).await.is_the_portal_of("Max Vogel");
        assert_eq!(app.count("SELECT count(*) FROM sessions WHERE methods = 'pwd recovery'", &[]).await, 1);
        let told = app.mail_to(MAX).await;
        assert_eq!(told.subject, "A recovery code was used");
        told.shows("Codes that are left: 9");
        enter(&asked_for_one(&app).await, &kept.codes[3]).await.complains(WRONG);
        enter(&asked_for_one(&app).await, &kept.codes[4]).await.is_the_portal_of("Max Vogel");
        app.mail_to(MAX).await.shows("Codes that are left: 8");
    }

    async fn race_one_recovery_code_in_many_browsers_on_two_nodes_lets_one_in(app: TestApp) {
        let kept = set_up(&app, &app.browser(), MAX).await;
        let other = app.second_node().await;
        let mut pages = Vec::new();
        for number in 0..6 {
            let page = asked_for_one(if number % 2 == 0 { &app } else { &other }).await;
            pages.push(page.fill("Recovery code", &kept.codes[0]));
        }
        app.execute("UPDATE organizations SET lock_failures = 10 WHERE id = 'northwind'", &[]).await;
        let ends = all_at_once(pages.into_iter().map(|page| page.press("Verify")).collect::<Vec<_>>()).await;
        assert_eq!(ends.iter().filter(|page| page.path() == "/").count(), 1);
        assert_eq!(app.count("SELECT count(*) FROM recovery_codes WHERE used_at IS NOT NULL", &[]).await, 1);
        app.leaves_mail_behind();
    }

    async fn three_wrong_recovery_codes_lock_them_and_not_the_app(app: TestApp) {
        let kept = set_up(&app, &app.browser(), MAX).await;
        for _ in 0..2 {
            enter(&asked_for_one(&app).await, "aaaa-bbbb-cccc").await.complains(WRONG);
        }
        let locked = enter(&asked_for_one(&app).await, "not one at all").await;
        assert!(locked.problem().is_some_and(|told| told.contains("too many wrong codes")), "{}", locked.text());
        let still = enter(&locked, &kept.codes[0]).await;
        assert!(still.problem().is_some_and(|told| told.contains("too many wrong codes")), "{}", still.text());
        let app_page = app.browser().try_password(MAX, PASSWORD).await;
        app_page.enter_code(&code_of(&app, &kept.key)).await.is_the_portal_of("Max Vogel");
        app.mail_to(MAX).await.shows("several wrong codes");
    }

    async fn whoever_has_lost_the_phone_shows_a_recovery_code_and_sets_up_another_app(app: TestApp) {
        let elsewhere = app.browser();
        let kept = set_up(&app, &elsewhere, MAX).await;
        let page = asked_for_one(&app).await.check("I have lost my phone: let me set up another app next", true);
        let next = enter(&page, &kept.codes[0]).await;
        next.is_headed("Set up a second step").shows("Your old one stops working");
        app.mail_to(MAX).await.shows("Codes that are left: 9");
        // Nobody is in before it is done, and the old app works until then.
        next.browser().get("/").await.is_the_first_page();
        let key = key_of(&next);
        assert_ne!(key, kept.key);
        let codes = next.enter_code(&shown_code(&app, &next)).await;
        let new = codes_of(&codes);
        codes.press("I have kept them").await.is_the_portal_of("Max Vogel");
        app.mail_to(MAX).await.shows("Another authenticator app was set up");
        elsewhere.get("/").await.is_the_first_page();
        app.pass_seconds(30);
        let old = app.browser().try_password(MAX, PASSWORD).await;
        old.enter_code(&code_of(&app, &kept.key)).await.is_headed("One more step");
        enter(&asked_for_one(&app).await, &kept.codes[1]).await.complains(WRONG);
        old.enter_code(&code_of(&app, &key)).await.is_the_portal_of("Max Vogel");
        assert_ne!(new, kept.codes);
    }

    async fn a_mailed_link_and_a_recovery_code_set_a_password_where_app_and_password_are_lost(app: TestApp) {
        let kept = set_up(&app, &app.browser(), MAX).await;
        let link = app.reset_link(MAX).await;
        let code = app.browser().get(&link).await;
        // A mailbox alone is not enough.
        let recovery = code.is_headed("One more step").click("Another way").await;
        recovery.is_headed("Use a recovery code").lacks("I have lost my phone");
        enter(&recovery, "aaaa-bbbb-cccc").await.complains(WRONG);
        let form = enter(&recovery, &kept.codes[0]).await;
        form.is_headed("Set Up Password").choose_password(NEW_PASSWORD).await.is_headed("Your password was successfully reset");
        let mut told: Vec<_> = app.mails_to(MAX).await.into_iter().map(|mail| mail.subject).collect();
        told.sort();
        assert_eq!(told, ["A recovery code was used", "Your password was changed"]);
        // And signing in still asks for a second step.
        let page = app.browser().try_password(MAX, NEW_PASSWORD).await;
        page.is_headed("One more step");
    }

    async fn two_tabs_of_a_reset_spend_one_recovery_code(app: TestApp) {
        let kept = set_up(&app, &app.browser(), MAX).await;
        let other = app.second_node().await;
        let link = app.reset_link(MAX).await;
        let first = app.browser().get(&link).await.is_headed("One more step").click("Another way").await;
        let [one, two] = [0, 1].map(|number| first.clone().fill("Recovery code", &kept.codes[number]));
        let there = two.browser().on(&other).get(first.path()).await.fill("Recovery code", &kept.codes[1]);
        one.press("Verify").await.is_headed("Set Up Password");
        two.press("Verify").await.is_headed("Set Up Password");
        there.press("Verify").await.is_headed("Set Up Password");
        let spent = "SELECT count(*) FROM recovery_codes WHERE used_at IS NOT NULL";
        assert_eq!(app.count(spent, &[]).await, 1);
        app.leaves_mail_behind();
    }

    async fn race_two_recovery_codes_in_two_tabs_of_a_reset_spend_one(app: TestApp) {
        let kept = set_up(&app, &app.browser(), MAX).await;
        let other = app.second_node().await;
        let link = app.reset_link(MAX).await;
        let first = app.browser().get(&link).await.is_headed("One more step").click("Another way").await;
        let there = first.browser().on(&other).get(first.path()).await;
        let tabs = [(first, 0), (there, 1)].map(|(page, number)| page.fill("Recovery code", &kept.codes[number]));
        let ends = all_at_once(tabs.iter().map(|page| page.press("Verify")).collect::<Vec<_>>()).await;
        assert!(ends.iter().all(|page| page.heading() == "Set Up Password"));
        let spent = "SELECT count(*) FROM recovery_codes WHERE used_at IS NOT NULL";
        assert_eq!(app.count(spent, &[]).await, 1);
        app.leaves_mail_behind();
    }
}
