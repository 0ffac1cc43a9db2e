//! A lost second step, and the administrators of an organization who help.

use super::{KIM, OMAR, set_up};
use crate::stories;
use crate::support::passkey::Authenticator;
use crate::support::world::shown_code;
use crate::support::{Browser, PASSWORD, Page, TestApp};

const HERE: &str = "/account/lost-factors";
const DANA: &str = "dana@riverside.example";
const LUCIA: &str = "lucia@riverside.example";
const DAY: u64 = 24 * 3_600;

async fn administrator(app: &TestApp, who: &str) -> (Browser, Page) {
    let browser = app.browser();
    browser.sign_in(who).await;
    let page = browser.get(HERE).await;
    page.is_headed("Lost second steps").shows("Riverside Health");
    (browser, page)
}

/// Omar has an app, has lost it, and has asked for help.
async fn omar_asks(app: &TestApp) {
    set_up_by_wish(app, OMAR).await;
    app.execute("DELETE FROM recovery_codes", &[]).await;
    let ways = app.browser().try_password(OMAR, PASSWORD).await.click("Another way").await;
    ways.press("Ask for help").await.shows("Your administrators have a mail");
    app.mail_to(OMAR).await;
}

async fn set_up_by_wish(app: &TestApp, who: &str) {
    app.execute("UPDATE organizations SET mfa = 'required' WHERE id = 'riverside'", &[]).await;
    set_up(app, &app.browser(), who).await;
    app.execute("UPDATE organizations SET mfa = NULL WHERE id = 'riverside'", &[]).await;
}

async fn begin(page: &Page, who: &str, how: &str) -> Page {
    page.clone().fill("Email or username", who).fill("How did you make sure?", how).press("Have It Taken Away").await
}

stories! {
    async fn dana_helps_omar_after_making_sure_and_it_takes_a_day(app: TestApp) {
        omar_asks(&app).await;
        let mail = app.mail_to(DANA).await;
        app.mail_to(LUCIA).await;
        let (browser, page) = administrator(&app, DANA).await;
        assert!(mail.link("See Who Asks").ends_with(HERE));
        let chosen = page.shows("omar@riverside.example").click("Help Omar Haddad").await;
        assert_eq!(chosen.value_of("Email or username"), OMAR);
        begin(&chosen, OMAR, " ").await.complains("Please say how you made sure who it is, in 3 to 300 characters.");
        let begun = begin(&chosen, OMAR, "seen at the desk, badge 4711").await;
        begun.shows("It has begun.").shows("Begun by Dana Whitfield").shows("seen at the desk").lacks("Help Omar");
        begin(&begun, OMAR, "once more").await.complains("It is going to be taken away already.");
        let told = app.mail_to(OMAR).await;
        assert_eq!(told.subject, "Your second step is going to be taken away");
        told.shows("Dana Whitfield");
        let trail = "SELECT count(*) FROM audit WHERE event = 'factor_reset.started' AND details LIKE '%badge 4711%'";
        assert_eq!(app.count(trail, &[]).await, 1);
        app.pass_seconds(DAY - 60);
        portico::mfa::end_due_resets(app.app()).await.unwrap();
        app.browser().try_password(OMAR, PASSWORD).await.is_headed("One more step");
        app.pass_seconds(60);
        portico::mfa::end_due_resets(app.app()).await.unwrap();
        assert_eq!(app.mail_to(OMAR).await.subject, "The second step of your account was taken away");
        app.browser().sign_in(OMAR).await;
        browser.get("/account").await;
    }

    async fn an_administrator_stops_one_and_its_owner_too(app: TestApp) {
        omar_asks(&app).await;
        let (_, page) = administrator(&app, DANA).await;
        let begun = begin(&page, OMAR, "seen at the desk").await;
        let (_, lucias) = administrator(&app, LUCIA).await;
        lucias.press("Stop it for Omar Haddad").await.shows("It is stopped.").lacks("Begun by");
        begun.press("Stop it for Omar Haddad").await.complains("It was over already: stopped, or done.");
        let begun = begin(&page, OMAR, "seen once more").await;
        let notice = app.mails_to(OMAR).await.into_iter().rfind(|mail| mail.subject.contains("going to be")).unwrap();
        app.browser().get(&notice.link("It wasn’t me")).await.press("It wasn’t me").await.is_headed("It has been done");
        begun.press("Stop it for Omar Haddad").await.complains("It was over already: stopped, or done.");
        app.leaves_mail_behind();
    }

    async fn nobody_acts_for_themselves_for_staff_for_others_people_or_for_whoever_is_more(app: TestApp) {
        set_up_by_wish(&app, LUCIA).await;
        let (_, page) = administrator(&app, DANA).await;
        let nobody = "Of this name there is nobody whose second step you can have taken away.";
        // Oneself, a License Owner, somebody of another organization, staff, and a name that nobody has.
        for who in [DANA, LUCIA, KIM, "root@portico.example", "nobody@riverside.example", "", "no such name"] {
            begin(&page, who, "seen at the desk").await.complains(nobody);
        }
        begin(&page, "nora@riverside.example", "seen at the desk").await.complains("This account has no second step.");
        let omar = app.browser();
        omar.sign_in(OMAR).await;
        assert_eq!(omar.get(HERE).await.status(), 404);
        assert_eq!(omar.post(HERE, &[("identifier", "nora@riverside.example"), ("reason", "seen")]).await.status(), 404);
        omar.get("/account").await.lacks("Lost second steps");
        assert_eq!(app.count("SELECT count(*) FROM factor_resets", &[]).await, 0);
    }

    async fn a_license_owner_acts_for_administrators(app: TestApp) {
        set_up_by_wish(&app, DANA).await;
        let (_, page) = administrator(&app, LUCIA).await;
        begin(&page, DANA, "seen at the desk").await.shows("It has begun.");
        app.mail_to(DANA).await.shows("Lucia");
    }

    async fn who_administers_a_site_acts_for_those_who_have_access_there(app: TestApp) {
        set_up_by_wish(&app, OMAR).await;
        set_up_by_wish(&app, "nora@riverside.example").await;
        let narrow = "UPDATE administrators SET site_id = (SELECT MIN(x.site_id) FROM access x WHERE x.account_id = $1)
                      WHERE account_id = $2";
        let (omar, dana) = (app.id_of(OMAR).await, app.id_of(DANA).await);
        app.execute(narrow, &[&omar, &dana]).await;
        let (_, page) = administrator(&app, DANA).await;
        begin(&page, "nora@riverside.example", "seen at the desk").await.lacks("It has begun.");
        begin(&page, OMAR, "seen at the desk").await.shows("It has begun.");
        app.leaves_mail_behind();
    }

    async fn it_takes_a_proof_of_just_now_and_the_administrators_own_second_step(app: TestApp) {
        omar_asks(&app).await;
        let (browser, page) = administrator(&app, DANA).await;
        app.pass_seconds(300);
        let again = begin(&page, OMAR, "seen at the desk").await;
        again.is_the_first_page().press("Next").await.try_password(PASSWORD).await.is_headed("Lost second steps");
        // A passkey was added in this session, which has shown only the password.
        let mut phone = Authenticator::new(1);
        phone.add(&browser.get("/account/passkeys").await).await;
        let asked = begin(&page, OMAR, "seen at the desk").await;
        let back = phone.use_on(asked.is_headed("One more step")).await;
        back.is_headed("Lost second steps").lacks("It has begun.");
        begin(&back, OMAR, "seen at the desk").await.shows("It has begun.");
        app.leaves_mail_behind();
    }

    async fn whoever_is_no_administrator_any_more_stops_and_begins_nothing(app: TestApp) {
        omar_asks(&app).await;
        let (_, page) = administrator(&app, DANA).await;
        app.execute("DELETE FROM administrators WHERE account_id = $1", &[&app.id_of(DANA).await]).await;
        assert_eq!(begin(&page, OMAR, "seen at the desk").await.status(), 404);
        app.leaves_mail_behind();
    }

    async fn whoever_is_back_in_asks_no_more_and_a_passkey_stops_a_reset(app: TestApp) {
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        let mut phone = Authenticator::new(1);
        phone.add(&browser.get("/account/passkeys").await).await;
        let ways = app.browser().try_password(OMAR, PASSWORD).await.click("Another way").await;
        ways.press("Ask for help").await;
        let (dana, page) = administrator(&app, DANA).await;
        begin(page.shows("Help Omar Haddad"), OMAR, "seen at the desk").await.shows("It has begun.");
        ways.press("Ask for help").await;
        phone.use_on(&app.browser().get("/sign-in").await).await.is_the_portal_of("Omar Haddad");
        dana.get(HERE).await.shows("Nobody has asked").lacks("Begun by");
        assert_eq!(app.events("factor_reset.stopped").await, 1);
        app.leaves_mail_behind();
    }

    async fn what_is_set_up_with_a_recovery_code_is_not_taken_away_by_a_reset_of_before(app: TestApp) {
        app.execute("UPDATE organizations SET mfa = 'required' WHERE id = 'riverside'", &[]).await;
        let kept = set_up(&app, &app.browser(), OMAR).await;
        let (_, page) = administrator_with_app(&app).await;
        begin(&page, OMAR, "seen at the desk").await.shows("It has begun.");
        let ways = app.browser().try_password(OMAR, PASSWORD).await.click("Another way").await;
        let lost = ways.click("Use a recovery code").await.check("I have lost my phone: let me set up another app next", true);
        let next = lost.fill("Recovery code", &kept.codes[0]).press("Verify").await;
        next.enter_code(&shown_code(&app, &next)).await.press("I have kept them").await.is_the_portal_of("Omar Haddad");
        app.pass_seconds(DAY);
        portico::mfa::end_due_resets(app.app()).await.unwrap();
        assert_eq!(app.events("second_factor.removed").await, 0);
        app.leaves_mail_behind();
    }

    async fn what_an_administrator_began_and_could_not_begin_any_more_is_stopped_and_told(app: TestApp) {
        set_up_by_wish(&app, OMAR).await;
        let (omar, dana) = (app.id_of(OMAR).await, app.id_of(DANA).await);
        let lost_part = "UPDATE administrators SET organization_id = 'harbor' WHERE account_id = $1";
        let part_again = "UPDATE administrators SET organization_id = 'riverside' WHERE account_id = $1";
        let staff = "INSERT INTO staff (account_id, role) VALUES ($1, 'support')";
        let off = "UPDATE accounts SET disabled_at = 1 WHERE id = $1";
        for (change, whose, back) in [
            (lost_part, &dana, part_again),
            (staff, &omar, "DELETE FROM staff WHERE account_id = $1"),
            (off, &dana, "UPDATE accounts SET disabled_at = NULL WHERE id = $1"),
        ] {
            let (_, page) = administrator(&app, DANA).await;
            begin(&page, OMAR, "seen at the desk").await.shows("It has begun.");
            app.execute(change, &[whose]).await;
            app.pass_seconds(DAY);
            for read in [OMAR, DANA, LUCIA] {
                app.mails_to(read).await;
            }
            portico::mfa::end_due_resets(app.app()).await.unwrap();
            assert_eq!(app.mail_to(OMAR).await.subject, "Your second step stays");
            // Who is switched off is told nothing: the administrators of today are.
            let told = app.mail_to(if change == off { LUCIA } else { DANA }).await;
            assert_eq!(told.subject, "The second step of Omar Haddad was not taken away");
            told.shows("Whoever began it may not do so for this account any more.");
            app.execute(back, &[whose]).await;
        }
        assert_eq!((app.events("factor_reset.stopped").await, app.events("second_factor.removed").await), (3, 0));
        app.leaves_mail_behind();
    }

    async fn whoever_reads_a_mailbox_of_both_accounts_is_one_person(app: TestApp) {
        set_up_by_wish(&app, OMAR).await;
        let nobody = "Of this name there is nobody whose second step you can have taken away.";
        let (_, page) = administrator(&app, DANA).await;
        for (whose, address) in [(DANA, OMAR), (OMAR, DANA)] {
            app.has_second_mailbox(&app.id_of(whose).await, address).await;
            begin(&page, OMAR, "seen at the desk").await.complains(nobody);
            app.execute("DELETE FROM secondary_addresses", &[]).await;
        }
        begin(&page, OMAR, "seen at the desk").await.shows("It has begun.");
        app.leaves_mail_behind();
    }

    async fn an_administrator_who_needs_a_second_step_sets_one_up_before_anything_else(app: TestApp) {
        set_up_by_wish(&app, OMAR).await;
        let (browser, page) = administrator(&app, DANA).await;
        // The session is older than the rule.
        app.execute("UPDATE organizations SET mfa = 'required' WHERE id = 'riverside'", &[]).await;
        browser.get(HERE).await.is_headed("Set up a second step");
        begin(&page, OMAR, "seen at the desk").await.is_headed("Set up a second step");
        assert_eq!(app.events("factor_reset.started").await, 0);
    }
}

/// Dana, who needs an app herself.
async fn administrator_with_app(app: &TestApp) -> (Browser, Page) {
    let browser = app.browser();
    set_up(app, &browser, DANA).await;
    let page = browser.get(HERE).await;
    (browser, page.is_headed("Lost second steps").clone())
}
