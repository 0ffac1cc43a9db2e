//! What a stranger is shown on the way of the questions must not tell whether somebody has an account, or of which kind.

use crate::stories;
use crate::support::stranger::{Seen, assert_alike, seen};
use crate::support::{Page, TestApp};

/// Has questions; nobody; an administrator; nobody; without questions; nobody. Each of one length with the next.
const PAIRS: [[&str; 2]; 3] = [
    ["omar@riverside.example", "omax@riverside.example"],
    ["dana@riverside.example", "danx@riverside.example"],
    ["ivan@riverside.example", "ivax@riverside.example"],
];

/// The questions themselves differ from name to name, for names nobody has, too.
fn without_questions(page: &Page, name: &str) -> Seen {
    let mut seen = seen(page, name);
    for question in page.texts_of("form .field label") {
        if question.ends_with('?') {
            seen.body = seen.body.replace(&question, "QUESTION");
            seen.bytes -= page.html().root_element().html().matches(&question).count() * question.len();
        }
    }
    // As long as the body is, in which the questions are of any length.
    seen.headers.retain(|(header, _)| header != "content-length");
    seen
}

async fn walk(app: &TestApp, name: &str, sets: usize) -> Vec<Seen> {
    let browser = app.browser();
    let mut shown = Vec::new();
    let ways = browser.get("/recover").await.fill("Email or username", name).press("Reset via Email").await;
    shown.push(seen(&ways, name));
    shown.push(seen(&ways.press_and_stay("Continue").await, name));
    let page = ways.press("Continue").await;
    shown.push(without_questions(&page, name));
    shown.push(without_questions(&page.answer(["", "", ""]).await, name));
    for _ in 0..sets {
        // One right answer of three must not show, either.
        let answered = page.answer(["blue", "wrong", "wrong"]).await;
        shown.push(without_questions(&answered, name));
    }
    shown.push(seen(&page.click("Cancel").await, name));
    shown
}

stories! {
    async fn stranger_cannot_tell_who_has_questions_by_any_page_of_them(app: TestApp) {
        for [known, unknown] in PAIRS {
            assert_alike(&walk(&app, known, 5).await, &walk(&app, unknown, 5).await);
        }
        app.leaves_mail_behind();
    }

    async fn stranger_cannot_tell_who_has_questions_by_the_rows_that_are_written(app: TestApp) {
        let tables = [
            "SELECT count(*) FROM audit",
            "SELECT count(*) FROM recoveries",
            "SELECT count(*) FROM outbox",
            "SELECT count(*) FROM attempt_counters",
            "SELECT count(*) FROM attempt_reservations",
            "SELECT count(*) FROM rate_counters",
        ];
        let mut grown = Vec::new();
        // The first is nobody, too: with her come the rows that all share.
        for name in ["olga@riverside.example", "omar@riverside.example", "omax@riverside.example", "dana@riverside.example"] {
            let mut before = Vec::new();
            for table in tables {
                before.push(app.count(table, &[]).await);
            }
            walk(&app, name, 4).await;
            let mut after = Vec::new();
            for (table, before) in tables.into_iter().zip(before) {
                after.push(app.count(table, &[]).await - before);
            }
            grown.push(after);
        }
        assert_eq!(grown[1], grown[2], "{tables:?}");
        assert_eq!(grown[3], grown[2], "{tables:?}");
        app.leaves_mail_behind();
    }

    async fn stranger_cannot_tell_by_the_number_of_mails_who_has_no_questions(app: TestApp) {
        for name in ["harbor-dispatch", "harbor-night", "harbor-ed", "harbor-xx"] {
            let before = app.count("SELECT count(*) FROM outbox", &[]).await;
            app.browser().ask_for_reset(name).await;
            app.answer_requests().await;
            assert_eq!(app.count("SELECT count(*) FROM outbox", &[]).await - before, 1, "{name}");
        }
        app.leaves_mail_behind();
    }
}
