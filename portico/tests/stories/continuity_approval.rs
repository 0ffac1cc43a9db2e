//! A License Owner asks to suspend single sign-on, and a second person approves.

use crate::stories;
use crate::support::continuity::{LEE, ROOT, TOMAS, VERA};
use crate::support::{Browser, Page, TestApp};

const HERE: &str = "/account/sso/lakeshore";
const HEADING: &str = "Single sign-on";

/// Vera has asked; who can approve it has a mail, which is read.
async fn asked(app: &TestApp) -> [Browser; 2] {
    app.two_license_owners().await;
    let [vera, tomas] = [app.signed_in_before_sso(VERA).await, app.signed_in_before_sso(TOMAS).await];
    let page = vera.get("/account").await.click(HEADING).await;
    page.is_headed(HEADING).shows("Lakeshore Hospital");
    let page = page.fill("Reason", "Their page is out since four").press("Ask to Suspend").await;
    page.shows("It waits for a second person").shows("Their page is out since four").lacks("Approve and Suspend");
    for mailbox in [TOMAS, ROOT] {
        let mail = app.mail_to(mailbox).await;
        mail.shows("Vera Holm asks to suspend").shows("Their page is out since four");
        assert_eq!(mail.link("Look at It"), HERE);
    }
    [vera, tomas]
}

async fn is_suspended(app: &TestApp) -> bool {
    app.count("SELECT count(*) FROM organizations WHERE sso_suspended_at IS NOT NULL", &[]).await == 1
}

async fn told_of_the_suspension(app: &TestApp) {
    for mailbox in [VERA, TOMAS, ROOT] {
        app.mail_to(mailbox).await.shows("is suspended").shows("Their page is out since four");
    }
}

fn is_not_there(page: &Page) {
    assert_eq!(page.status(), 404, "{}", page.text());
}

stories! {
    async fn a_license_owner_asks_another_approves_and_one_resumes_with_a_click(app: TestApp) {
        let [vera, tomas] = asked(&app).await;
        let page = tomas.get(HERE).await;
        page.shows("Vera Holm has asked,").shows("speak with whoever asked");
        assert!(!is_suspended(&app).await, "looking at it does nothing");
        page.press("Approve and Suspend").await.shows("Suspended since");
        assert!(is_suspended(&app).await);
        told_of_the_suspension(&app).await;
        app.pass_seconds(60);
        let page = vera.get(HERE).await;
        page.shows("Their page is out since four").press("Resume Single Sign-On").await.shows("own page");
        assert!(!is_suspended(&app).await);
        for mailbox in [VERA, TOMAS, ROOT] {
            app.mail_to(mailbox).await.shows("has resumed").shows("Vera Holm");
        }
        let events = ["sso_suspension.requested", "sso.suspended", "sso.resumed"];
        for event in events {
            assert_eq!(app.events(event).await, 1, "{event}");
        }
        let began = "SELECT count(*) FROM suspensions WHERE asked_by = $1 AND begun_by = $2 AND ended_by = $1";
        assert_eq!(app.count(began, &[&VERA, &TOMAS]).await, 1);
    }

    async fn whoever_asked_cannot_approve_whatever_is_posted(app: TestApp) {
        let [vera, _] = asked(&app).await;
        vera.post_own(&format!("{HERE}/approve"), &[]).await.complains("You have asked for it yourself. Somebody else has to approve.");
        vera.post_own(&format!("{HERE}/suspend"), &[("reason", "because")]).await.complains("Only a License Owner may ask for it.");
        assert!(!is_suspended(&app).await);
    }

    async fn an_operator_approves_too_and_may_act_at_once(app: TestApp) {
        let [vera, _] = asked(&app).await;
        let root = app.browser();
        root.sign_in_with_code(ROOT).await;
        let page = root.get("/account/sso").await;
        page.is_headed("Organizations to look at").click("Lakeshore Hospital").await.press("Approve and Suspend").await;
        told_of_the_suspension(&app).await;
        root.get(HERE).await.press("Resume Single Sign-On").await;
        let page = root.get(HERE).await.fill("Reason", "Their page is out since four").press("Suspend Now").await;
        page.shows("Suspended since");
        assert_eq!(vera.get(HERE).await.heading(), HEADING);
        for mailbox in [VERA, TOMAS, ROOT] {
            assert_eq!(app.mails_to(mailbox).await.len(), 2, "resumed and suspended");
        }
    }

    async fn a_request_lives_for_a_day(app: TestApp) {
        let [_, tomas] = asked(&app).await;
        app.pass_seconds(11 * 3_600);
        tomas.get("/").await;
        app.pass_seconds(11 * 3_600);
        let page = tomas.get(HERE).await;
        page.shows("Approve and Suspend");
        app.pass_seconds(2 * 3_600);
        page.press("Approve and Suspend").await.complains("Nobody asks for it any more: it was taken back or declined, or a day is over.");
        assert!(!is_suspended(&app).await);
        tomas.get(HERE).await.lacks("has asked").shows("Ask to Suspend");
    }

    async fn a_request_is_taken_back_or_declined_and_then_nobody_can_approve_it(app: TestApp) {
        let [vera, tomas] = asked(&app).await;
        let late = tomas.get(HERE).await;
        vera.get(HERE).await.press("Take It Back").await.shows("Ask to Suspend");
        late.press("Approve and Suspend").await.complains("Nobody asks for it any more: it was taken back or declined, or a day is over.");
        vera.get(HERE).await.fill("Reason", "again").press("Ask to Suspend").await;
        for mailbox in [TOMAS, ROOT] {
            app.mail_to(mailbox).await;
        }
        tomas.get(HERE).await.press("Decline").await.shows("Ask to Suspend");
        assert!(!is_suspended(&app).await);
        assert_eq!(app.events("sso_suspension.declined").await, 2);
    }

    async fn what_somebody_asked_for_who_owns_no_license_any_more_is_over(app: TestApp) {
        let [vera, tomas] = asked(&app).await;
        let page = tomas.get(HERE).await;
        app.execute("DELETE FROM administrators WHERE account_id = $1", &[&VERA]).await;
        page.press("Approve and Suspend").await.complains("Nobody asks for it any more: it was taken back or declined, or a day is over.");
        is_not_there(&vera.get(HERE).await);
        assert!(!is_suspended(&app).await);
    }

    async fn nobody_else_sees_the_page_or_acts(app: TestApp) {
        asked(&app).await;
        app.at_lakeshore("pia@lakeshore.example", "Pia", Some("program_administrator")).await;
        let pia = app.signed_in_before_sso("pia@lakeshore.example").await;
        let lee = app.signed_in_before_sso(LEE).await;
        let lucia = app.browser();
        lucia.sign_in("lucia@riverside.example").await;
        for browser in [&pia, &lee, &lucia] {
            is_not_there(&browser.get(HERE).await);
            for act in ["ask", "approve", "decline", "suspend", "resume", "anything"] {
                is_not_there(&browser.post_own(&format!("{HERE}/{act}"), &[("reason", "because")]).await);
            }
        }
        is_not_there(&pia.get("/account/sso").await);
        pia.get("/account").await.lacks(HEADING);
        app.browser().get(HERE).await.is_the_first_page();
        lucia.get("/account/sso").await.shows("Its people sign in here, so that there is nothing to suspend.");
        assert!(!is_suspended(&app).await);
    }

    async fn whoever_signs_in_on_the_way_arrives_at_the_page(app: TestApp) {
        let root = app.browser();
        let page = root.get("/account/sso").await;
        let page = page.fill("Email or username", ROOT).press("Next").await.try_password(crate::support::PASSWORD).await;
        let page = page.enter_code(&crate::support::code_now(&app)).await;
        page.is_headed("Organizations to look at").shows("No single sign-on is suspended");
    }

    async fn asking_needs_a_reason_and_happens_once(app: TestApp) {
        let [vera, tomas] = asked(&app).await;
        tomas.post_own(&format!("{HERE}/ask"), &[("reason", "me too")]).await.complains("Somebody has asked already. It waits for a second person.");
        vera.get(HERE).await.press("Take It Back").await;
        for reason in ["", "no", &"x".repeat(301)] {
            let page = vera.post_own(&format!("{HERE}/ask"), &[("reason", reason)]).await;
            page.complains("Please say why, in 3 to 300 characters.");
        }
    }
}
