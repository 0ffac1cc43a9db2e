//! Whether somebody has been invited is nobody's business but hers.

use crate::stories;
use crate::support::first_time::IRIS;
use crate::support::steps::WRONG;
use crate::support::stranger::{Seen, assert_alike, seen};
use crate::support::{Browser, Page, TestApp};

/// Invited; unknown, of the same length; registered, of the same length.
const NAMES: [&str; 3] = [IRIS, "irix@riverside.example", "omar@riverside.example"];
/// What could be a temporary password, and is nobody's.
const NOBODYS: &str = "aaaaa-bbbbb-ccccc-ddddd";

struct Walk {
    browser: Browser,
    name: &'static str,
    seen: Vec<Seen>,
}

impl Walk {
    fn new(app: &TestApp, name: &'static str) -> Walk {
        Walk { browser: app.browser(), name, seen: Vec::new() }
    }

    fn look(&mut self, page: &Page) {
        self.seen.push(seen(page, self.name));
    }

    async fn try_password(&mut self, password: &str) {
        let page = self.browser.name(self.name).await;
        self.look(&page);
        let filled = page.fill("Password", password);
        self.look(&filled.press_and_stay("Sign In").await);
        let page = self.browser.reload().await;
        self.look(&page);
    }

    async fn ask_for_reset(&mut self) {
        let page = self.browser.ask_for_reset(self.name).await;
        self.look(&page);
    }

    async fn look_again(&mut self) {
        let page = self.browser.reload().await;
        self.look(&page);
    }
}

fn all_alike(walks: &[Walk]) {
    for other in &walks[1..] {
        assert_alike(&walks[0].seen, &other.seen);
    }
}

stories! {
    async fn stranger_cannot_tell_who_is_invited_by_wrong_passwords_of_either_kind(app: TestApp) {
        app.invite_iris().await;
        let mut walks = Vec::new();
        for name in NAMES {
            let mut walk = Walk::new(&app, name);
            for password in [WRONG, NOBODYS, WRONG, NOBODYS] {
                walk.try_password(password).await;
            }
            walks.push(walk);
        }
        all_alike(&walks);
        app.leaves_mail_behind();
    }

    async fn stranger_cannot_tell_who_is_invited_by_asking_for_a_reset(app: TestApp) {
        app.invite_iris().await;
        let mut walks = Vec::new();
        for name in NAMES {
            let mut walk = Walk::new(&app, name);
            walk.ask_for_reset().await;
            walks.push(walk);
        }
        all_alike(&walks);
        // Every typed address gets exactly one mail, and how it is doing tells nothing either.
        for (walk, name) in walks.iter_mut().zip(NAMES) {
            assert_eq!(app.mails_to(name).await.len(), 1, "{name}");
            walk.look_again().await;
        }
        app.pass_seconds(60);
        for (walk, name) in walks.iter_mut().zip(NAMES) {
            let page = walk.browser.reload().await.press("Resend").await;
            walk.look(&page);
            assert_eq!(app.mails_to(name).await.len(), 1, "{name}");
        }
        all_alike(&walks);
    }

    async fn stranger_cannot_tell_who_is_invited_after_the_invitation_is_over(app: TestApp) {
        app.invite_iris().await;
        app.pass_seconds(3_600);
        let mut walks = Vec::new();
        for name in NAMES {
            let mut walk = Walk::new(&app, name);
            walk.try_password(NOBODYS).await;
            walk.ask_for_reset().await;
            walks.push(walk);
            assert_eq!(app.mails_to(name).await.len(), 1, "{name}");
        }
        all_alike(&walks);
    }

    async fn stranger_cannot_tell_who_is_invited_by_the_rows_that_are_written(app: TestApp) {
        app.invite_iris().await;
        let tables = [
            "SELECT count(*) FROM audit",
            "SELECT count(*) FROM outbox",
            "SELECT count(*) FROM attempt_counters",
            "SELECT count(*) FROM rate_counters",
        ];
        let mut grown = Vec::new();
        // The first is nobody, too: with her come the rows that all share.
        for name in ["olga@riverside.example", NAMES[0], NAMES[1], NAMES[2]] {
            let mut before = Vec::new();
            for table in tables {
                before.push(app.count(table, &[]).await);
            }
            app.browser().try_password(name, NOBODYS).await;
            app.browser().ask_for_reset(name).await;
            let mut after = Vec::new();
            for (table, before) in tables.into_iter().zip(before) {
                after.push(app.count(table, &[]).await - before);
            }
            grown.push(after);
        }
        assert_eq!(grown[1], grown[2], "{tables:?}");
        assert_eq!(grown[2], grown[3], "{tables:?}");
        app.leaves_mail_behind();
    }

    async fn an_administrator_cannot_tell_by_an_invitation_who_had_an_account(app: TestApp) {
        for name in NAMES {
            assert_eq!(app.invite(name, "riverside").await, Ok(()));
            assert_eq!(app.mail_to(name).await.subject, "Tracer Access");
        }
    }
}
