//! The audit trail: what happened is there, once, in order, and nobody can take it out unseen.

use portico::audit::Verdict;

use crate::stories;
use crate::support::steps::{NEW_PASSWORD, WRONG};
use crate::support::{PASSWORD, TestApp, code_now};

const OMAR: &str = "omar@riverside.example";
const KIM: &str = "kim@northwind.example";

async fn some_events(app: &TestApp) {
    app.browser().try_password(OMAR, WRONG).await;
    app.browser().sign_in(OMAR).await.press("Sign out").await;
    app.seal_audit().await;
}

stories! {
    async fn a_sign_in_is_told_step_by_step(app: TestApp) {
        let page = app.browser().at_address("198.51.100.7").try_password(KIM, WRONG).await;
        let code = page.try_password(PASSWORD).await.enter_code("000000").await;
        code.enter_code(&code_now(&app)).await.press("Sign out").await;
        let told = [
            "password.refused",
            "password.verified",
            "second_factor.refused",
            "second_factor.verified",
            "session.started",
            "session.ended",
        ];
        for event in told {
            let sql = "SELECT count(*) FROM audit WHERE event = $1 AND account_id = $2 AND source = '198.51.100.7'";
            assert_eq!(app.count(sql, &[&event, &KIM]).await, 1, "{event}");
        }
    }

    async fn a_lock_and_a_reset_are_told(app: TestApp) {
        app.lock(OMAR).await;
        app.mail_to(OMAR).await;
        app.reset_password(OMAR, NEW_PASSWORD).await;
        for (event, times) in [("password.refused", 3), ("lockout.locked", 1), ("password.reset", 1)] {
            let sql = "SELECT count(*) FROM audit WHERE event = $1 AND account_id = $2";
            assert_eq!(app.count(sql, &[&event, &OMAR]).await, times, "{event}");
        }
        assert_eq!(app.events("recovery.requested").await, 1);
    }

    async fn whoever_is_refused_after_a_right_password_is_told_with_the_reason(app: TestApp) {
        let max = "max@northwind.example";
        app.execute("UPDATE accounts SET shared_at = 1 WHERE id = 'max@northwind.example'", &[]).await;
        let refused = app.browser().try_password(max, PASSWORD).await;
        for _ in 0..2 {
            refused.browser().reload().await;
        }
        app.execute("UPDATE accounts SET disabled_at = 1 WHERE id = $1", &[&OMAR]).await;
        app.browser().try_password(OMAR, PASSWORD).await;
        for (account, why) in [(max, "no_factor"), (OMAR, "disabled")] {
            let sql = "SELECT count(*) FROM audit WHERE event = 'sign_in.refused' AND account_id = $1
                       AND details LIKE '%' || $2 || '%'";
            assert_eq!(app.count(sql, &[&account, &why]).await, 1, "{account}");
        }
    }

    async fn a_browser_is_told_when_it_becomes_a_known_one_and_not_again(app: TestApp) {
        let browser = app.browser();
        for _ in 0..2 {
            browser.sign_in(OMAR).await.press("Sign out").await;
        }
        assert_eq!(app.events("device.recognized").await, 1);
        app.reset_password(OMAR, NEW_PASSWORD).await;
        assert_eq!(app.events("device.recognized").await, 2);
        app.leaves_mail_behind();
    }

    async fn a_session_that_another_sign_in_replaces_is_told_to_have_ended(app: TestApp) {
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        assert_eq!(app.events("session.ended").await, 0);
        let first = browser.get("/sign-in").await;
        first.fill("Email or username", OMAR).press("Next").await.try_password(PASSWORD).await;
        assert_eq!((app.events("session.started").await, app.events("session.ended").await), (2, 1));
    }

    async fn an_opened_product_and_a_forgotten_user_name_are_told(app: TestApp) {
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        browser.get("/open/omar-tracer").await;
        let sql = "SELECT count(*) FROM audit WHERE event = 'product.opened' AND account_id = $1 AND details LIKE '%tracer%'";
        assert_eq!(app.count(sql, &[&OMAR]).await, 1);
        let page = app.browser().get("/recover/user-name").await;
        page.fill("Email", "night@harbor.example").press("Send My Username").await;
        assert_eq!((app.events("user_name.requested").await, app.events("recovery.requested").await), (1, 0));
        app.leaves_mail_behind();
    }

    async fn an_unknown_name_is_told_by_its_pseudonym(app: TestApp) {
        app.lock("nobody@riverside.example").await;
        assert_eq!(app.events("password.refused").await, 3);
        assert_eq!(app.events("lockout.locked").await, 1);
        let named = "SELECT count(*) FROM audit WHERE details LIKE '%nobody%' OR account_id LIKE '%nobody%'";
        assert_eq!(app.count(named, &[]).await, 0);
    }

    async fn no_secret_stands_in_the_trail(app: TestApp) {
        let link = app.reset_link(OMAR).await;
        app.browser().get(&link).await.choose_password(NEW_PASSWORD).await;
        app.mail_to(OMAR).await;
        let browser = app.browser();
        browser.try_password(OMAR, WRONG).await.try_password(NEW_PASSWORD).await;
        let token = link.rsplit('/').next().unwrap().to_owned();
        let secrets = [WRONG.into(), NEW_PASSWORD.into(), PASSWORD.into(), token, browser.cookie("session").unwrap()];
        for secret in secrets {
            let sql = "SELECT count(*) FROM audit WHERE details LIKE '%' || $1 || '%'";
            assert_eq!(app.count(sql, &[&secret]).await, 0, "{secret}");
        }
    }

    async fn a_row_taken_out_is_noticed(app: TestApp) {
        some_events(&app).await;
        assert!(matches!(app.audit_verdict().await, Verdict::Verified { .. }));
        let taken = app.execute("DELETE FROM audit WHERE sequence = 2", &[]).await;
        assert_eq!(taken, 1);
        assert!(matches!(app.audit_verdict().await, Verdict::Broken { .. }));
        app.leaves_a_broken_trail();
    }

    async fn the_last_row_taken_out_is_noticed(app: TestApp) {
        some_events(&app).await;
        app.execute("DELETE FROM audit WHERE sequence = (SELECT max(sequence) FROM audit)", &[]).await;
        assert!(matches!(app.audit_verdict().await, Verdict::Broken { .. }));
        app.leaves_a_broken_trail();
    }

    async fn a_row_changed_is_noticed(app: TestApp) {
        some_events(&app).await;
        app.execute("UPDATE audit SET source = '192.0.2.1' WHERE sequence = 1", &[]).await;
        assert!(matches!(app.audit_verdict().await, Verdict::Broken { .. }));
        app.leaves_a_broken_trail();
    }

    async fn looking_is_no_event(app: TestApp) {
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        let before = app.count("SELECT count(*) FROM audit", &[]).await;
        for path in ["/", "/account", "/help", "/recover", "/sign-in", "/nowhere"] {
            browser.get(path).await;
        }
        assert_eq!(app.count("SELECT count(*) FROM audit", &[]).await, before);
    }
}
