//! What somebody without an account can cost a connection, and move at it.

use std::time::Duration;

use axum::http::{HeaderMap, Method};
use portico::federation::{self, Federation};
use portico::platform::ids::ConnectionId;
use portico::platform::outgoing::Outgoing;
use serde_json::json;
use store::Tx;

use super::{LEE, lakeshore, lee, linked_notice, sign_in_as};
use crate::stories;
use crate::support::idp::Idp;
use crate::support::{Browser, Page, TestApp, all_at_once};

const ROWS: &str = "SELECT count(*) FROM federation_failures";
const NOT_YOU: &str = "It is not you";
const SOMEWHERE: &str = "198.51.100.7";
const TOO_FAST: &str = "That was a little too fast";

/// Answers with an error that nobody has given, in words of its own each time.
fn made_up(idp: &Idp, away: &Page, number: usize) -> String {
    idp.refuse(away, &format!("error-{number}")) + &format!("&error_description=words-{number}")
}

/// Brings back one bad answer after another, as often as it is let, and says how often that was.
async fn floods(idp: &Idp, stranger: &Browser) -> usize {
    let mut away = stranger.name(LEE).await;
    for number in 0.. {
        if away.leads_to().is_none() {
            return number;
        }
        let again = away.path().to_owned();
        let back = match number % 2 {
            0 => made_up(idp, &away, number),
            _ => idp.answer(&away, lee()).replace("code=code-", "code=made-up-"),
        };
        if stranger.get(&back).await.status() == 429 {
            return number;
        }
        away = stranger.get(&again).await;
    }
    unreachable!("without an end")
}

async fn impatient(app: &TestApp, patience: Duration) -> TestApp {
    app.node_with(|parts| {
        let outgoing = Outgoing::new("http://127.0.0.1").unwrap();
        parts.federation = Federation::new(outgoing, parts.clock.clone()).with_patience(patience);
    })
    .await
}

/// A node on which an address is heard out a few times only.
async fn strict(app: &TestApp) -> TestApp {
    app.node_with(|parts| parts.limits.failures = 5).await
}

stories! {
    async fn a_flood_of_made_up_answers_leaves_a_few_rows_and_switches_nothing_on(app: TestApp) {
        let idp = lakeshore(&app).await;
        for _ in 0..4 {
            assert_eq!(floods(&idp, &app.browser()).await, 30, "and no more ways in one sign-in");
        }
        // Of each sign-in one row for each cause, whatever was said.
        assert_eq!(app.count(ROWS, &[]).await, 8);
        assert_eq!(app.count("SELECT count(*) FROM federation_failures WHERE times = 15", &[]).await, 8);
        assert_eq!(app.events("federation.refused").await, 4, "the trail has the first of each sign-in");
        assert_eq!(idp.asked("token"), 60);
        // Nobody is told of an outage that there is not.
        let person = app.browser();
        let page = person.get(&idp.refuse(&person.name(LEE).await, "access_denied")).await;
        page.lacks(NOT_YOU);
        page.click("Use another account").await.lacks(NOT_YOU);
        sign_in_as(&app.browser(), &idp, LEE, lee()).await.is_the_portal_of("Lee Castillo");
        linked_notice(&app, LEE).await;
    }

    async fn beyond_a_hundred_made_up_answers_in_an_hour_only_the_metric_counts(app: TestApp) {
        let idp = lakeshore(&app).await;
        let mut told = Vec::new();
        for number in 0..102 {
            let stranger = app.browser();
            let back = made_up(&idp, &stranger.name(LEE).await, number);
            let page = stranger.get(&back).await;
            page.is_headed("This sign-in page is not set up right").shows("Lakeshore IT, it@lakeshore.example");
            assert_eq!(page.texts_of("code").is_empty(), number >= 100, "{number}");
            told.extend(page.texts_of("code"));
            if number == 0 {
                app.pass_seconds(1);
            }
        }
        assert_eq!((app.count(ROWS, &[]).await, app.events("federation.refused").await), (100, 100));
        // What administrators have to see is kept all the same, and not pushed out of sight.
        idp.behave(|script| script.token = Some((401, json!({ "error": "invalid_client" }))));
        let page = sign_in_as(&app.browser(), &idp, LEE, lee()).await;
        let reference = page.texts_of("code").concat();
        let id = ConnectionId::from("lakeshore-id");
        app.pass_seconds(1);
        let newest = app.browser();
        newest.get(&made_up(&idp, &newest.name(LEE).await, 0)).await;
        let read = async |tx: &mut Tx| federation::failures_of(tx, &id, 10).await;
        let listed = app.app().db.read("story", read).await.unwrap();
        assert!(listed.iter().any(|one| one.reference == reference), "{listed:?}");
        assert_eq!(listed.len(), 6, "one, and half of ten");
        // One that is out of the list is still found by what its person was told.
        assert!(listed.iter().all(|one| one.reference != told[0]));
        let read = async |tx: &mut Tx| federation::failure_of(tx, &id, &told[0].to_lowercase()).await;
        assert_eq!(app.app().db.read("story", read).await.unwrap().unwrap().reference, told[0]);
        app.pass_seconds(3_600);
        let page = newest.get(&made_up(&idp, &newest.name(LEE).await, 0)).await;
        assert!(!page.texts_of("code").is_empty(), "another hour");
    }

    async fn people_of_the_same_address_get_in_while_one_of_them_floods_it(app: TestApp) {
        let node = strict(&app).await;
        let idp = lakeshore(&app).await;
        let stranger = node.browser().at_address(SOMEWHERE);
        assert_eq!(floods(&idp, &stranger).await, 5, "then it is enough");
        // Another sign-in has its first answer, and then none.
        assert_eq!(floods(&idp, &stranger).await, 1);
        let neighbor = node.browser().at_address(SOMEWHERE);
        let page = neighbor.get(&idp.refuse(&neighbor.name(LEE).await, "access_denied")).await;
        page.is_headed("Lakeshore ID did not let you in");
        page.clone().click("Try again").await.is_headed(TOO_FAST);
        // Named once more, it is heard out; and whoever is known here always is.
        sign_in_as(&neighbor, &idp, LEE, lee()).await.is_the_portal_of("Lee Castillo");
        linked_notice(&app, LEE).await;
        neighbor.get("/").await.press("Sign out").await;
        let page = neighbor.get(&idp.refuse(&neighbor.name(LEE).await, "access_denied")).await;
        let away = page.click("Try again").await;
        neighbor.get(&idp.answer(&away, lee())).await.is_the_portal_of("Lee Castillo");
        // Nobody's password is paused for it, and nobody's elsewhere.
        node.browser().at_address(SOMEWHERE).sign_in("omar@riverside.example").await;
        let elsewhere = node.browser();
        let page = elsewhere.get(&idp.refuse(&elsewhere.name(LEE).await, "access_denied")).await;
        assert_eq!(page.click("Try again").await.status(), 303);
        app.pass_seconds(601);
        assert_eq!(floods(&idp, &node.browser().at_address(SOMEWHERE)).await, 5, "it ends by itself");
    }

    async fn an_outage_is_nobodys_fault_who_sits_before_a_page(app: TestApp) {
        let node = strict(&app).await;
        let idp = lakeshore(&app).await;
        idp.behave(|script| script.token = Some((503, json!({}))));
        let person = node.browser().at_address(SOMEWHERE);
        let mut away = person.name(LEE).await;
        for _ in 0..10 {
            let page = person.get(&idp.answer(&away, lee())).await;
            page.is_headed("Lakeshore ID does not answer");
            away = page.click("Try again").await;
        }
        idp.behave(|script| script.token = None);
        person.get(&idp.answer(&away, lee())).await.is_the_portal_of("Lee Castillo");
        linked_notice(&app, LEE).await;
        assert_eq!(app.count("SELECT times FROM federation_failures", &[]).await, 10);
    }

    async fn two_tabs_of_one_sign_in_keep_both_ways_back(app: TestApp) {
        let idp = lakeshore(&app).await;
        let browser = app.browser();
        let away = browser.name(LEE).await;
        let first = idp.answer(&away, lee());
        let mut last = String::new();
        for _ in 1..30 {
            last = idp.answer(&browser.get(away.path()).await, lee());
        }
        // One too many: named anew, there are as many again.
        let page = browser.get(away.path()).await;
        page.is_the_first_page();
        assert_eq!(page.value_of("Email or username"), LEE);
        assert_eq!(app.count("SELECT count(*) FROM departures", &[]).await, 30);
        let other = browser.clone();
        other.get(&first).await.is_the_portal_of("Lee Castillo");
        browser.get(&last).await.is_the_portal_of("Lee Castillo");
        assert_eq!(page.press("Next").await.status(), 303);
        linked_notice(&app, LEE).await;
    }

    async fn a_browser_that_sends_many_answers_at_once_waits_in_its_own_line(app: TestApp) {
        let node = impatient(&app, Duration::from_secs(1)).await;
        let idp = lakeshore(&app).await;
        let stranger = node.browser();
        let away = stranger.name(LEE).await;
        let mut answers = vec![idp.answer(&away, lee())];
        for _ in 1..30 {
            answers.push(idp.answer(&stranger.get(away.path()).await, lee()));
        }
        idp.behave(|script| script.hangs = true);
        let sent = answers.clone().into_iter().map(|back| {
            let stranger = stranger.clone();
            async move { stranger.send(Method::GET, &back, &HeaderMap::new(), "").await }
        });
        let told = all_at_once(sent).await;
        assert!(idp.asked("token") <= 2, "{} were asked at once", idp.asked("token"));
        let busy = told.iter().filter(|page| page.status() == 503).count();
        assert!(busy >= 28, "{busy}");
        // None of those is used up.
        idp.behave(|script| script.hangs = false);
        stranger.get(&answers[29]).await;
        let unused = "SELECT count(*) FROM departures WHERE used_at IS NULL";
        assert!(app.count(unused, &[]).await >= 27);
        app.leaves_mail_behind();
    }

    async fn strangers_of_one_address_leave_half_of_the_seats_to_others(app: TestApp) {
        let node = impatient(&app, Duration::from_secs(2)).await;
        let idp = lakeshore(&app).await;
        let mut waiting = Vec::new();
        for number in 0..40 {
            let browser = match number {
                0..30 => node.browser().at_address(SOMEWHERE),
                _ => node.browser(),
            };
            let back = idp.answer(&browser.name(LEE).await, lee());
            waiting.push(async move { (number, browser.send(Method::GET, &back, &HeaderMap::new(), "").await) });
        }
        idp.behave(|script| script.hangs = true);
        let answers = all_at_once(waiting).await;
        let crowded = |own: bool| answers.iter().filter(|(number, page)| (*number < 30) == own && page.status() == 503).count();
        assert_eq!((crowded(true), crowded(false)), (5, 0));
    }
}
