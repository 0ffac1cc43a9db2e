//! What a stranger is shown must not tell whether somebody has an account.

use crate::stories;
use crate::support::steps::WRONG;
use crate::support::stranger::{Seen, assert_alike, seen};
use crate::support::{Browser, Page, TestApp};

/// Everything a browser was shown of one name.
struct Walk {
    browser: Browser,
    name: &'static str,
    seen: Vec<Seen>,
}

impl Walk {
    fn new(app: &TestApp, name: &'static str) -> Walk {
        // From one address each, so that the addresses cannot be what differs.
        Walk { browser: app.browser(), name, seen: Vec::new() }
    }

    fn look(&mut self, page: &Page) {
        self.seen.push(seen(page, self.name));
    }

    /// Names somebody, with the bare answer and the page it leads to.
    async fn name(&mut self) -> Page {
        let first = self.browser.get("/sign-in").await.fill("Email or username", self.name);
        self.look(&first.press_and_stay("Next").await);
        let page = first.press("Next").await;
        self.look(&page);
        page
    }

    async fn try_passwords(&mut self, times: usize) {
        let mut page = self.name().await;
        for _ in 0..times {
            let filled = page.clone().fill("Password", WRONG);
            self.look(&filled.press_and_stay("Sign In").await);
            page = self.browser.get(page.path()).await;
            self.look(&page);
        }
    }

    async fn ask(&mut self, path: &str, label: &str, button: &str) -> Page {
        let asking = self.browser.get(path).await;
        let page = asking.fill(label, self.name).press(button).await;
        self.look(&page);
        page
    }

    async fn ask_for_reset(&mut self) -> Page {
        let page = self.browser.get("/recover").await.fill("Email or username", self.name).by_mail().await;
        self.look(&page);
        page
    }
}

/// Known first, unknown of the same length second.
const ADDRESSES: [&str; 2] = ["omar@riverside.example", "omax@riverside.example"];
const ELSEWHERE: [&str; 2] = ["night@harbor.example", "nihgt@harbor.example"];
const USER_NAMES: [&str; 2] = ["harbor-night", "harbor-nihgt"];
const SSO: [&str; 2] = ["lee@lakeshore.example", "leo@lakeshore.example"];

fn alike(walks: &[Walk]) {
    assert_alike(&walks[0].seen, &walks[1].seen);
}

async fn rows(app: &TestApp, sql: &'static str) -> i64 {
    app.count(sql, &[]).await
}

stories! {
    async fn stranger_cannot_tell_who_is_known_by_wrong_passwords_and_the_lock(app: TestApp) {
        for names in [ADDRESSES, USER_NAMES, ["kim@northwind.example", "kin@northwind.example"]] {
            let mut walks = Vec::new();
            for name in names {
                let mut walk = Walk::new(&app, name);
                walk.try_passwords(5).await;
                app.pass_seconds(0);
                walks.push(walk);
            }
            alike(&walks);
        }
        app.leaves_mail_behind();
    }

    async fn stranger_cannot_tell_who_is_known_while_an_account_is_locked(app: TestApp) {
        let mut walks = Vec::new();
        for name in ADDRESSES {
            app.lock(name).await;
        }
        app.pass_seconds(61);
        for name in ADDRESSES {
            let mut walk = Walk::new(&app, name);
            walk.try_passwords(2).await;
            walks.push(walk);
        }
        alike(&walks);
        app.mail_to(ADDRESSES[0]).await;
    }

    async fn stranger_cannot_tell_who_has_no_password_or_is_switched_off_or_must_go_elsewhere(app: TestApp) {
        app.execute("UPDATE accounts SET disabled_at = 1 WHERE id = 'dana@riverside.example'", &[]).await;
        for names in [
            ["ivan@riverside.example", "ivax@riverside.example"],
            ["dana@riverside.example", "danx@riverside.example"],
            ["lee-castillo", "leo-castillo"],
            ["harbor-ed", "harbor-ex"],
        ] {
            let mut walks = Vec::new();
            for name in names {
                let mut walk = Walk::new(&app, name);
                walk.try_passwords(4).await;
                walks.push(walk);
            }
            alike(&walks);
        }
        app.leaves_mail_behind();
    }

    async fn stranger_cannot_tell_who_is_known_at_an_organization_that_signs_in_elsewhere(app: TestApp) {
        let mut walks = Vec::new();
        for name in SSO {
            let mut walk = Walk::new(&app, name);
            walk.name().await;
            walks.push(walk);
        }
        alike(&walks);
    }

    async fn stranger_cannot_tell_who_is_known_by_asking_for_a_reset_by_address(app: TestApp) {
        for names in [ADDRESSES, ELSEWHERE, SSO] {
            let mut walks = Vec::new();
            for name in names {
                let mut walk = Walk::new(&app, name);
                walk.ask_for_reset().await;
                walks.push(walk);
            }
            alike(&walks);
            for name in names {
                assert_eq!(app.mails_to(name).await.len(), 1, "every typed address gets exactly one mail: {name}");
            }
            // How the mail is doing tells nothing either: before hand-over, after it, after Resend and at the cap.
            for walk in &mut walks {
                let path = walk.browser.reload().await;
                walk.look(&path);
            }
            app.pass_seconds(60);
            for walk in &mut walks {
                let page = walk.browser.reload().await;
                let page = page.press("Resend").await;
                walk.look(&page);
            }
            alike(&walks);
            for name in names {
                assert_eq!(app.mails_to(name).await.len(), 1);
            }
        }
    }

    async fn stranger_cannot_tell_who_is_known_at_the_cap_of_mails(app: TestApp) {
        let mut walks = Vec::new();
        for name in ADDRESSES {
            let mut walk = Walk::new(&app, name);
            for _ in 0..8 {
                walk.ask_for_reset().await;
            }
            walks.push(walk);
        }
        alike(&walks);
        let counts = [app.mails_to(ADDRESSES[0]).await.len(), app.mails_to(ADDRESSES[1]).await.len()];
        assert_eq!(counts[0], counts[1]);
    }

    async fn stranger_cannot_tell_who_is_known_by_asking_for_a_reset_by_user_name(app: TestApp) {
        let mut walks = Vec::new();
        for name in USER_NAMES {
            let before = rows(&app, "SELECT count(*) FROM outbox").await;
            let mut walk = Walk::new(&app, name);
            walk.ask_for_reset().await;
            walks.push(walk);
            assert_eq!(rows(&app, "SELECT count(*) FROM outbox").await, before, "the request looks nobody up");
            app.answer_requests().await;
            assert_eq!(rows(&app, "SELECT count(*) FROM outbox").await, before + 1, "one row, sent or not");
        }
        app.mail_to("night@harbor.example").await;
        for walk in &mut walks {
            let page = walk.browser.reload().await;
            walk.look(&page);
            let line = walk.browser.get(&format!("{}/delivery", page.path())).await;
            assert_eq!(line.status(), 404, "a user name has no delivery line");
        }
        alike(&walks);
    }

    async fn stranger_cannot_tell_who_is_known_by_asking_for_a_user_name(app: TestApp) {
        for names in [ADDRESSES, ELSEWHERE] {
            let mut walks = Vec::new();
            for name in names {
                let mut walk = Walk::new(&app, name);
                walk.ask("/recover/user-name", "Email", "Send My Username").await;
                walks.push(walk);
            }
            alike(&walks);
            for name in names {
                assert_eq!(app.mails_to(name).await.len(), 1, "{name}");
            }
        }
    }

    async fn stranger_cannot_tell_who_is_known_when_the_mail_server_is_away(app: TestApp) {
        app.mail_server(|server| server.refuse_connections = true).await;
        let mut walks = Vec::new();
        for name in ADDRESSES {
            let mut walk = Walk::new(&app, name);
            walk.ask_for_reset().await;
            walks.push(walk);
        }
        app.deliver_mail().await;
        for walk in &mut walks {
            let page = walk.browser.reload().await;
            walk.look(&page);
        }
        alike(&walks);
        app.leaves_mail_behind();
    }

    async fn stranger_cannot_tell_who_is_known_by_the_load_that_is_shed(app: TestApp) {
        let node = app.node_with(|parts| parts.limits.failures = 1).await;
        let mut walks = Vec::new();
        for name in ADDRESSES {
            let mut walk = Walk::new(&node, name);
            walk.browser.try_password("nobody", WRONG).await;
            let page = walk.name().await;
            let refused = page.try_password(WRONG).await;
            assert_eq!(refused.status(), 429);
            let reference = refused.texts_of("code").concat();
            let mut seen = seen(&refused, name);
            seen.body = seen.body.replace(&reference, "REFERENCE");
            walk.seen.push(seen);
            walks.push(walk);
        }
        alike(&walks);
        assert_eq!(app.events("password.refused").await, 2);
    }

    async fn stranger_cannot_tell_by_the_rows_that_are_written(app: TestApp) {
        let tables = [
            "SELECT count(*) FROM audit",
            "SELECT count(*) FROM outbox",
            "SELECT count(*) FROM attempt_counters",
            "SELECT count(*) FROM rate_counters",
        ];
        let mut grown = Vec::new();
        // The first is nobody, too: with her come the rows that all share.
        for name in ["olga@riverside.example", "omar@riverside.example", "omax@riverside.example"] {
            let mut before = Vec::new();
            for table in tables {
                before.push(rows(&app, table).await);
            }
            app.lock(name).await;
            app.browser().ask_for_reset(name).await;
            let mut after = Vec::new();
            for (table, before) in tables.into_iter().zip(before) {
                after.push(rows(&app, table).await - before);
            }
            grown.push(after);
        }
        assert_eq!(grown[1], grown[2], "{tables:?}");
        app.leaves_mail_behind();
    }
}
