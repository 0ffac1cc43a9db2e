//! While single sign-on is suspended a stranger is shown, and can time, the same of every name: with a second mailbox, without one,
//! and of nobody.

use std::sync::{Arc, Mutex};

use crate::stories;
use crate::support::continuity::{LEE, LEE_ID, SECOND};
use crate::support::steps::WRONG;
use crate::support::stranger::{assert_alike, seen};
use crate::support::{Browser, TestApp};

/// Of one length: with a second mailbox, without one, nobody.
const MAX: &str = "max@lakeshore.example";
const LEO: &str = "leo@lakeshore.example";

type Ran = (&'static str, Option<u64>);

async fn listened_to(app: &TestApp) -> (TestApp, Arc<Mutex<Vec<Ran>>>) {
    let ran: Arc<Mutex<Vec<Ran>>> = Arc::default();
    let heard = Arc::clone(&ran);
    let node = app
        .node_with(move |parts| {
            let ear = Arc::new(move |sql, rows| heard.lock().unwrap().push((sql, rows)));
            parts.db = parts.db.clone().heard_by(ear);
        })
        .await;
    (node, ran)
}

async fn post(browser: &Browser, ran: &Mutex<Vec<Ran>>, path: &str, fields: &[(&str, &str)]) -> (String, Vec<Ran>) {
    ran.lock().unwrap().clear();
    let answer = browser.post_and_stay(path, fields).await;
    let work = std::mem::take(&mut *ran.lock().unwrap());
    (answer.leads_to().unwrap(), work)
}

async fn people(app: &TestApp) {
    app.at_lakeshore(MAX, "Max", None).await;
    app.has_second_mailbox(LEE_ID, SECOND).await;
    app.suspend().await;
}

stories! {
    async fn stranger_cannot_tell_who_could_reset_by_what_is_shown(app: TestApp) {
        people(&app).await;
        let mut shown = Vec::new();
        for name in [LEE, MAX, LEO] {
            let browser = app.browser();
            let password = browser.name(name).await;
            let wrong = password.try_password(WRONG).await;
            let asking = wrong.click("Forgot Password?").await;
            let check = asking.by_mail().await;
            app.deliver_mail().await;
            let handed_over = check.browser().reload().await;
            shown.push([password, wrong, asking, check, handed_over].map(|page| seen(&page, name)).to_vec());
        }
        assert_alike(&shown[0], &shown[2]);
        assert_alike(&shown[1], &shown[2]);
        app.leaves_mail_behind();
    }

    async fn stranger_cannot_tell_who_could_reset_by_what_the_database_does(app: TestApp) {
        people(&app).await;
        let (node, ran) = listened_to(&app).await;
        let mut done = Vec::new();
        for name in [LEE, MAX, LEO] {
            let browser = node.browser();
            let (password, named) = post(&browser, &ran, "/sign-in", &[("identifier", name)]).await;
            let (_, guessed) = post(&browser, &ran, &password, &[("password", WRONG)]).await;
            let (check, asked) = post(&browser, &ran, "/recover", &[("identifier", name), ("way", "email")]).await;
            node.answer_requests().await;
            node.pass_seconds(61);
            let (_, again) = post(&browser, &ran, &format!("{check}/resend"), &[]).await;
            let (_, help) = post(&browser, &ran, "/help/sign-in", &[("identifier", name)]).await;
            done.push([named, guessed, asked, again, help]);
        }
        assert_eq!(done[0], done[2]);
        assert_eq!(done[1], done[2]);
        app.leaves_mail_behind();
    }

    async fn stranger_cannot_tell_who_could_reset_by_the_mails_at_the_address_that_was_typed(app: TestApp) {
        people(&app).await;
        let mut arrived = Vec::new();
        for name in [LEE, MAX, LEO] {
            let mut counts = Vec::new();
            for _ in 0..8 {
                app.browser().ask_for_reset(name).await;
                counts.push(app.mails_to(name).await.len());
            }
            arrived.push(counts);
        }
        assert_eq!(arrived, vec![[1, 1, 1, 1, 1, 1, 0, 0].to_vec(); 3]);
        // Nor can anybody fill the second mailbox.
        assert_eq!(app.mails_to(SECOND).await.len(), 6);
    }
}
