//! A second factor that is lost for good: taken away after a while, told to everybody, and stopped by whoever it was not.

use portico::audit::{Actor, Entry, Event};
use portico::mfa::{self, MadeSure, ResetNotBegun};
use portico::notices::Cause;
use portico::people::{self, Email};
use portico::platform::clock::Time;
use portico::platform::ids::AccountId;
use store::Tx;

use super::{KIM, MAX, OMAR, set_up};
use crate::stories;
use crate::support::continuity::SECOND;
use crate::support::{PASSWORD, TestApp, code_now};

async fn begin(app: &TestApp, account: &str) -> Result<Time, ResetNotBegun> {
    begin_sure_of_address(app, account, false).await
}

async fn begin_sure_of_address(app: &TestApp, account: &str, of_address: bool) -> Result<Time, ResetNotBegun> {
    let made_sure = MadeSure { reason: "seen at the desk, by badge", of_address };
    let (node, id) = (app.app(), AccountId::from(account));
    let begin = async |tx: &mut Tx| {
        let account = people::by_id(tx, &id).await?.unwrap();
        mfa::begin_reset(tx, &Cause::command(node), Actor::Command, &account, made_sure).await
    };
    node.db.write("story.reset", begin).await.map_err(|error: store::Error| error.to_string()).unwrap()
}

async fn stop(app: &TestApp, account: &str) -> bool {
    let (node, id) = (app.app(), AccountId::from(account));
    let stop = async |tx: &mut Tx| {
        let account = people::by_id(tx, &id).await?.unwrap();
        mfa::stop_reset(tx, &Cause::command(node), Entry::of(Event::FactorResetStopped, &account), &account).await
    };
    node.db.write("story.reset", stop).await.map_err(|error: store::Error| error.to_string()).unwrap()
}

async fn factors_of(app: &TestApp, account: &str) -> i64 {
    app.count("SELECT count(*) FROM authenticators WHERE account_id = $1", &[&account]).await
}

const DAY: u64 = 24 * 3_600;

stories! {
    async fn a_reset_waits_a_day_tells_at_begin_and_end_and_leaves_the_password(app: TestApp) {
        let here = app.browser();
        let kept = set_up(&app, &here, MAX).await;
        let due = begin(&app, MAX).await.unwrap();
        assert_eq!(due.since(app.clock().now()).as_secs(), DAY);
        assert_eq!(begin(&app, MAX).await, Err(ResetNotBegun::Waits));
        let told = app.mail_to(MAX).await;
        assert_eq!(told.subject, "Your second step is going to be taken away");
        told.shows("It stops that, and changes nothing else");
        app.pass_seconds(DAY - 1);
        mfa::end_due_resets(app.app()).await.unwrap();
        assert_eq!(factors_of(&app, MAX).await, 1);
        app.browser().try_password(MAX, PASSWORD).await.is_headed("One more step").click("Another way").await
            .shows("Your second step is going to be taken away");
        app.pass_seconds(1);
        mfa::end_due_resets(app.app()).await.unwrap();
        mfa::end_due_resets(app.app()).await.unwrap();
        assert_eq!((factors_of(&app, MAX).await, app.events("second_factor.removed").await), (0, 1));
        assert_eq!(app.mail_to(MAX).await.subject, "The second step of your account was taken away");
        here.get("/").await.is_the_first_page();
        // A mailbox alone opens nothing in between.
        app.browser().ask_for_reset(MAX).await;
        app.mail_to(MAX).await.shows("Its second step was taken away").lacks("/recover/link/");
        let again = set_up(&app, &app.browser(), MAX).await;
        assert_ne!(again.key, kept.key);
        app.reset_link(MAX).await;
    }

    async fn it_was_not_me_stops_a_reset_and_changes_nothing_else(app: TestApp) {
        let here = app.browser();
        set_up(&app, &here, MAX).await;
        begin(&app, MAX).await.unwrap();
        let notice = app.mail_to(MAX).await;
        let page = app.browser().get(&notice.link("It wasn’t me")).await;
        page.shows("Your second step stays as it is").lacks("Everybody is signed out").lacks("password stops");
        page.press("It wasn’t me").await.is_headed("It has been done").shows("Please tell your administrator");
        assert_eq!(app.mail_to(MAX).await.subject, "Your second step stays");
        app.pass_seconds(2 * DAY);
        mfa::end_due_resets(app.app()).await.unwrap();
        assert_eq!(factors_of(&app, MAX).await, 1);
        assert_eq!(app.events("factor_reset.stopped").await, 1);
    }

    async fn it_was_not_me_after_a_reset_was_done_ends_everything_and_asks_an_administrator(app: TestApp) {
        set_up(&app, &app.browser(), MAX).await;
        begin(&app, MAX).await.unwrap();
        let begun = app.mail_to(MAX).await;
        app.pass_seconds(DAY);
        mfa::end_due_resets(app.app()).await.unwrap();
        app.mail_to(MAX).await;
        let page = app.browser().get(&begun.link("It wasn’t me")).await;
        page.shows("Everybody is signed out").shows("The present password stops working");
        page.press("It wasn’t me").await.is_headed("It has been done");
        app.mail_to(MAX).await.shows("An administrator can send you one");
        app.browser().try_password(MAX, PASSWORD).await.is_the_password_page_of(MAX);
    }

    async fn whoever_uses_the_app_meanwhile_stops_a_reset(app: TestApp) {
        begin(&app, KIM).await.unwrap();
        app.browser().try_password(KIM, PASSWORD).await.enter_code(&code_now(&app)).await.is_the_portal_of("Kim Nakamura");
        let mut told: Vec<_> = app.mails_to(KIM).await.into_iter().map(|mail| mail.subject).collect();
        told.sort();
        assert_eq!(told, ["Your second step is going to be taken away", "Your second step stays"]);
        assert!(!stop(&app, KIM).await);
    }

    async fn an_administrator_stops_a_reset_and_may_begin_another(app: TestApp) {
        begin(&app, KIM).await.unwrap();
        assert!(stop(&app, KIM).await && !stop(&app, KIM).await);
        begin(&app, KIM).await.unwrap();
        app.leaves_mail_behind();
    }

    async fn a_reset_is_told_to_the_second_mailbox_too_which_can_stop_it(app: TestApp) {
        app.has_second_mailbox(KIM, SECOND).await;
        begin(&app, KIM).await.unwrap();
        app.mail_to(KIM).await;
        let notice = app.mail_to(SECOND).await;
        app.browser().get(&notice.link("It wasn’t me")).await.press("It wasn’t me").await.is_headed("It has been done");
        assert!(!stop(&app, KIM).await);
        for to in [KIM, SECOND] {
            assert_eq!(app.mail_to(to).await.subject, "Your second step stays");
        }
    }

    async fn there_is_no_reset_of_what_is_not_there_or_without_a_way_to_tell(app: TestApp) {
        assert_eq!(begin(&app, OMAR).await, Err(ResetNotBegun::NoFactor));
        app.execute("UPDATE accounts SET email_verified_at = NULL, email_changed_at = 1 WHERE id = $1", &[&KIM]).await;
        assert_eq!(begin(&app, KIM).await, Err(ResetNotBegun::Unproved));
        app.execute("UPDATE accounts SET disabled_at = 1 WHERE id = $1", &[&KIM]).await;
        assert_eq!(begin(&app, KIM).await, Err(ResetNotBegun::Disabled));
    }

    async fn an_address_that_is_changed_meanwhile_stops_a_reset_and_locks_nobody_out_for_ever(app: TestApp) {
        const OTHER: &str = "kim.nakamura@mail.example";
        const ROOT: &str = "root@portico.example";
        app.has_second_mailbox(KIM, SECOND).await;
        begin(&app, KIM).await.unwrap();
        app.pass_seconds(60);
        let (node, id, new) = (app.app(), AccountId::from(KIM), Email::parse(OTHER).unwrap());
        let change = async |tx: &mut Tx| {
            let account = people::by_id(tx, &id).await?.unwrap();
            people::change_email(tx, node, Actor::Command, &account, &new, OTHER).await
        };
        let changed: Result<_, store::Error> = node.db.write("story.email", change).await;
        assert!(changed.is_ok_and(|changed| changed.is_ok()));
        app.pass_seconds(DAY);
        for read in [KIM, OTHER, SECOND] {
            app.mails_to(read).await;
        }
        mfa::end_due_resets(node).await.unwrap();
        mfa::end_due_resets(node).await.unwrap();
        assert_eq!((factors_of(&app, KIM).await, app.events("factor_reset.stopped").await), (1, 1));
        // Nothing is said to an address that nobody has confirmed; the second mailbox is told, and those who ran the command.
        assert_eq!(app.mail_to(SECOND).await.subject, "Your second step stays");
        assert_eq!(app.mail_to(OTHER).await.subject, "Please confirm your email address");
        let told = app.mail_to(ROOT).await;
        assert_eq!(told.subject, "The second step of Kim Nakamura was not taken away");
        told.shows("Its email address was changed meanwhile");
        // The new address is confirmed after the second step alone, which is lost: whoever knows the person says so.
        assert_eq!(begin(&app, KIM).await, Err(ResetNotBegun::Unproved));
        begin_sure_of_address(&app, KIM, true).await.unwrap();
        assert_eq!(app.mail_to(SECOND).await.subject, "Your second step is going to be taken away");
        app.pass_seconds(DAY);
        mfa::end_due_resets(node).await.unwrap();
        assert_eq!(factors_of(&app, KIM).await, 0);
        app.leaves_mail_behind();
    }

    async fn an_account_that_is_switched_off_or_moves_meanwhile_keeps_its_second_step(app: TestApp) {
        for (change, back, why) in [
            ("UPDATE accounts SET disabled_at = 1 WHERE id = $1", "UPDATE accounts SET disabled_at = NULL WHERE id = $1", "disabled"),
            ("UPDATE factor_resets SET organization_id = 'harbor' WHERE open_key = $1", "DELETE FROM sessions WHERE account_id = $1", "organization"),
        ] {
            begin(&app, KIM).await.unwrap();
            app.execute(change, &[&KIM]).await;
            app.pass_seconds(DAY);
            mfa::end_due_resets(app.app()).await.unwrap();
            app.execute(back, &[&KIM]).await;
            assert_eq!(factors_of(&app, KIM).await, 1, "{why}");
            let trail = "SELECT count(*) FROM audit WHERE event = 'factor_reset.stopped' AND details LIKE '%' || $1 || '%'";
            assert_eq!(app.count(trail, &[&why]).await, 1, "{why}");
        }
        app.leaves_mail_behind();
    }
}
