//! Two mailboxes that say yes to one person: in one browser, or with a number that goes from one to the other.

use crate::stories;
use crate::support::Page;
use crate::support::continuity::{LEE, LEE_ID, SECOND, YES};
use crate::support::steps::NEW_PASSWORD;

const DONE: &str = "Your password was successfully reset";
const OTHER: &str = "Now your other mailbox";
const NOT_THE_NUMBER: &str = "That is not the number. Please compare it with your other device, where the button has to be pressed \
                              first.";
const BURNT: &str = "Too many wrong numbers. Open both mails in one browser, or ask for new ones.";

/// The number that a page shows, to be typed at another device.
fn number_of(page: &Page) -> String {
    page.texts_of(".code").concat()
}

async fn type_number(page: &Page, number: &str) -> Page {
    page.clone().fill("Number on the other device", number).press("Go On").await
}

stories! {
    async fn both_links_are_opened_in_any_order_and_in_different_browsers_and_the_one_in_which_the_number_is_typed_goes_on(
        app: TestApp
    ) {
        app.has_second_mailbox(LEE_ID, SECOND).await;
        app.suspend().await;
        for (one, other) in [(0, 1), (1, 0)] {
            let links = app.both_links().await;
            let (here, there) = (app.browser(), app.browser());
            let shown = here.get(&links[one]).await.press(YES).await;
            shown.is_headed(OTHER);
            let waiting = there.get(&links[other]).await.press(YES).await;
            waiting.is_headed(OTHER);
            here.reload().await.is_headed(OTHER);
            let form = type_number(&waiting, &number_of(&shown)).await;
            here.reload().await.is_headed(OTHER);
            form.is_headed("Set Up Password").choose_password(NEW_PASSWORD).await.is_headed(DONE);
            here.reload().await.is_headed("This link has already been used");
            app.mails_to(LEE).await;
            app.mails_to(SECOND).await;
        }
        assert_eq!(app.events("mailboxes.paired").await, 2);
    }

    async fn whoever_reads_one_mailbox_gains_nothing_by_its_owners_yes_in_the_other(app: TestApp) {
        app.has_second_mailbox(LEE_ID, SECOND).await;
        app.suspend().await;
        let thief = app.browser();
        let [first, second] = app.both_links().await;
        thief.get(&first).await.press(YES).await.is_headed(OTHER);
        // A tired owner answers the thief's request, and her own.
        let owner = app.browser();
        let hers = owner.get(&second).await.press(YES).await;
        hers.is_headed(OTHER);
        let fields = [("password", NEW_PASSWORD), ("again", NEW_PASSWORD)];
        thief.post("/recover/new-password", &fields).await.is_headed(OTHER);
        // Pressing it again, or a fresh link, is no better.
        thief.get(&first).await.is_headed(OTHER);
        let [again, _] = app.both_links().await;
        let page = thief.get(&again).await.press(YES).await;
        page.is_headed(OTHER);
        // The number of one's own page, which the owner's page would take, opens nothing here.
        type_number(&page, &number_of(&page)).await.complains(NOT_THE_NUMBER);
        thief.post("/recover/new-password", &fields).await.is_headed(OTHER);
        assert_eq!(app.events("password.reset").await, 0);
        // Even she who types the thief's number into her page goes on herself.
        let form = type_number(&hers, &number_of(&page)).await;
        thief.reload().await.is_headed(OTHER);
        form.is_headed("Set Up Password").choose_password(NEW_PASSWORD).await.is_headed(DONE);
        thief.reload().await.is_headed("This link has already been used");
        for mailbox in [LEE, SECOND] {
            app.mail_to(mailbox).await.shows("was changed");
        }
    }

    async fn a_link_takes_five_numbers_and_a_fresh_one_takes_its_own(app: TestApp) {
        app.has_second_mailbox(LEE_ID, SECOND).await;
        app.suspend().await;
        let [first, second] = app.both_links().await;
        let (here, there) = (app.browser(), app.browser());
        let shown = here.get(&first).await.press(YES).await;
        let page = there.get(&second).await.press(YES).await;
        type_number(&page, " ").await.complains("Please type the number that your other device shows.");
        for _ in 0..4 {
            type_number(&page, "0000 0000").await.complains(NOT_THE_NUMBER);
        }
        type_number(&page, "0000 0000").await.complains(BURNT);
        type_number(&page, &number_of(&shown)).await.complains(BURNT);
        let [_, fresh] = app.both_links().await;
        let page = there.get(&fresh).await.press(YES).await;
        type_number(&page, &number_of(&shown)).await.is_headed("Set Up Password");
        assert_eq!(app.events("mailbox_number.refused").await, 5);
    }

    async fn a_number_that_was_typed_in_one_browser_is_worth_nothing_in_another(app: TestApp) {
        app.has_second_mailbox(LEE_ID, SECOND).await;
        app.suspend().await;
        let [first, second] = app.both_links().await;
        let shown = app.browser().get(&first).await.press(YES).await;
        let page = app.browser().get(&second).await.press(YES).await;
        type_number(&page, &number_of(&shown)).await.is_headed("Set Up Password");
        app.browser().get(&second).await.press(YES).await.is_headed(OTHER);
        page.browser().reload().await.is_headed("Is this your mailbox?");
    }
}
