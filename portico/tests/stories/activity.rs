//! Recent activity: what happened to an account, in words, for nobody but its owner.

use std::path::Path;
use std::time::Duration;

use portico::platform::clock::Time;
use store::Tx;

use crate::statements::literals;
use crate::stories;
use crate::support::steps::{NEW_PASSWORD, WRONG};
use crate::support::{Page, TestApp, code_now};

const OMAR: &str = "omar@riverside.example";
const MIA: &str = "mia@riverside.example";
const KIM: &str = "kim@northwind.example";
const HERE: &str = "/account/activity";
const DAY: Duration = Duration::from_secs(24 * 3_600);

/// What the lines say, newest first.
fn lines(page: &Page) -> Vec<String> {
    page.is_headed("Recent activity").texts_of(".rows strong")
}

/// A row of the trail as a feature would have written it.
async fn happened(app: &TestApp, number: i64, account: &str, event: &str, actor: &str) {
    let id = format!("01920000-0000-7000-8000-{number:012x}");
    let sql = "INSERT INTO audit (id, at, event, actor, account_id, details) VALUES ($1, $2, $3, $4, $5, '{}')";
    let at = Time(app.clock().now().0 + number);
    app.execute(sql, &[&id, &at, &event, &actor, &account]).await;
}

stories! {
    async fn what_happened_is_told_in_words_with_browser_and_address(app: TestApp) {
        let stranger = app.browser().at_address("198.51.100.7").calling_itself("Call us at once! Chrome/1.0 Windows");
        stranger.try_password(OMAR, WRONG).await;
        app.pass_seconds(1);
        app.reset_password(OMAR, NEW_PASSWORD).await;
        app.pass_seconds(1);
        let browser = app.browser().at_address("198.51.100.8");
        browser.try_password(OMAR, NEW_PASSWORD).await.is_the_portal_of("Omar Haddad");
        let page = browser.get("/account").await.click("Recent activity").await;
        assert_eq!(lines(&page), ["Signed in", "A new password was set, after a reset", "A wrong password was typed"]);
        page.shows("from 198.51.100.7").shows("Chrome, Windows").shows("from 198.51.100.8").shows("Firefox, Linux").shows("04:00 CST");
        page.lacks("Call us").lacks(WRONG);
        assert_eq!(page.attributes(".rows .aside-link", "href"), ["/account/sessions", "/account/password"]);
        app.leaves_mail_behind();
    }

    async fn a_session_that_ended_without_being_signed_out_says_why(app: TestApp) {
        app.execute("UPDATE organizations SET sessions_at_once = 1 WHERE id = 'riverside'", &[]).await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        browser.close();
        app.pass_seconds(1);
        browser.sign_in(OMAR).await;
        app.pass_seconds(1);
        let other = app.browser();
        let portal = other.sign_in(OMAR).await;
        app.pass_seconds(1);
        portal.press("Sign out").await;
        app.pass_seconds(1);
        let page = other.sign_in(OMAR).await.browser().get(HERE).await;
        let mut told = lines(&page);
        told.retain(|line| line != "Signed in");
        let limit = "Ended, because there were too many sessions at once";
        assert_eq!(told, ["Signed out", limit, "Ended by a new sign-in in the same browser"]);
        app.leaves_mail_behind();
    }

    async fn steps_of_a_sign_in_are_told_where_nothing_came_of_it(app: TestApp) {
        let stranger = app.browser().at_address("198.51.100.7");
        stranger.try_password(KIM, crate::support::PASSWORD).await;
        app.pass_seconds(60);
        let browser = app.browser();
        let code = browser.try_password(KIM, crate::support::PASSWORD).await.enter_code("000000").await;
        app.pass_seconds(1);
        code.enter_code(&code_now(&app)).await;
        let told = [
            "Signed in",
            "A wrong code was typed",
            "The right password was typed, and the sign-in was not finished",
        ];
        assert_eq!(lines(&browser.get(HERE).await), told);
    }

    async fn whoever_did_it_is_told_by_their_part_and_by_no_name(app: TestApp) {
        for (number, actor) in ["account:dana@riverside.example", "account:root@portico.example", "command",
            "client:hr-feed", "account:kim@northwind.example", "system"].into_iter().enumerate() {
            happened(&app, 10 - i64::try_from(number).unwrap(), OMAR, "questions.cleared", actor).await;
        }
        app.pass_seconds(1);
        let browser = app.browser();
        browser.sign_in(OMAR).await.press("Sign out").await;
        app.pass_seconds(1);
        browser.sign_in(OMAR).await;
        let page = browser.get(HERE).await;
        let metas = page.texts_of(".rows .meta");
        let told = [
            "by you",
            "by an administrator of Riverside Health",
            "by those who run Portico",
            "by those who run Portico",
            "by a program of Riverside Health",
            "by somebody else",
            "by itself",
        ];
        assert_eq!(metas.iter().filter(|meta| meta.contains(" by ")).count(), told.len(), "{metas:#?}");
        for (meta, part) in metas.iter().filter(|meta| meta.contains(" by ")).zip(told) {
            assert!(meta.contains(part), "{meta}: {part}");
        }
        page.lacks("Dana").lacks("dana@").lacks("hr-feed").lacks("kim@");
    }

    async fn nobody_reads_what_happened_to_another(app: TestApp) {
        for number in 0..40 {
            happened(&app, number, MIA, "email.changed", "command").await;
        }
        let mia = app.browser();
        mia.sign_in(MIA).await;
        let hers = mia.get(HERE).await;
        let older = hers.links().into_iter().find(|(text, _)| text == "Older").unwrap().1;
        let omar = app.browser();
        omar.sign_in(OMAR).await;
        for address in [HERE.to_owned(), older, format!("{HERE}?before=9999999999999999.ffffffff-ffff-7fff-8fff-ffffffffffff")] {
            omar.get(&address).await.lacks("The email address was changed");
        }
        app.browser().get(HERE).await.is_the_first_page();
    }

    async fn there_is_a_page_for_every_twenty_five_and_each_line_is_on_one(app: TestApp) {
        // In one moment, so that the order hangs on more than the time; with what takes no line between.
        for number in 0..60 {
            let event = if number % 7 == 0 { "product.opened" } else { "password.refused" };
            happened(&app, number / 30, OMAR, event, "browser").await;
            let sql = "UPDATE audit SET id = $1, source = $2 WHERE id = $3";
            let old = format!("01920000-0000-7000-8000-{:012x}", number / 30);
            let id = format!("01920001-0000-7000-8000-{number:012x}");
            app.execute(sql, &[&id, &format!("198.51.100.{number}"), &old]).await;
        }
        app.pass_seconds(1);
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        let mut page = browser.get(HERE).await;
        page.lacks("Back to the newest");
        let mut seen = Vec::new();
        let mut counts = Vec::new();
        loop {
            let addresses: Vec<_> = page.texts_of(".rows .meta span").into_iter().filter(|text| text.starts_with("from")).collect();
            counts.push(addresses.len());
            seen.extend(addresses);
            if !page.links().iter().any(|(text, _)| text == "Older") {
                break;
            }
            page = page.click("Older").await;
            page.shows("Back to the newest");
        }
        // 51 wrong passwords and the sign-in.
        assert_eq!(counts, [25, 25, 2]);
        let different: std::collections::HashSet<_> = seen.iter().collect();
        assert_eq!(different.len(), 52, "{seen:?}");
        assert_eq!(lines(&page.click("Back to the newest").await)[0], "Signed in");
    }

    async fn an_address_that_is_no_place_begins_with_the_newest(app: TestApp) {
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        for odd in ["", "x", "1.2", "-1.01920000-0000-7000-8000-00000000abcd'", "99999999999999999999.x", "%ff", "%00"] {
            let page = browser.get(&format!("{HERE}?before={odd}")).await;
            assert_eq!(lines(&page), ["Signed in"], "{odd}");
        }
        let nothing = browser.get(&format!("{HERE}?before=0.01920000-0000-7000-8000-00000000abcd")).await;
        nothing.shows("Nothing happened in this time.").click("Back to the newest").await.shows("Signed in");
    }

    async fn clock_after_ninety_days_it_is_told_no_more(app: TestApp) {
        app.browser().try_password(OMAR, WRONG).await;
        app.pass(DAY * 90);
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        assert_eq!(lines(&browser.get(HERE).await), ["Signed in", "A wrong password was typed"]);
        app.pass_seconds(1);
        assert_eq!(lines(&browser.get(HERE).await), ["Signed in"]);
    }

    async fn it_is_found_by_an_index_and_not_by_reading_the_whole_trail(app: TestApp) {
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/audit/queries.rs");
        let source = std::fs::read_to_string(source).unwrap();
        let found = literals(&source).into_iter().find(|sql| sql.contains("ORDER BY at DESC, id DESC")).unwrap();
        let sqlite = app.app().db.engine() == store::Engine::Sqlite;
        let explain: &'static str = Box::leak(format!("EXPLAIN {}{found}", if sqlite { "QUERY PLAN " } else { "" }).into());
        let plan = async |tx: &mut Tx| {
            if !sqlite {
                // So small a trail is read whole otherwise.
                tx.execute("SET LOCAL enable_seqscan = off", &[]).await?;
                tx.execute("SET LOCAL enable_bitmapscan = off", &[]).await?;
            }
            tx.all(explain, &[&OMAR, &0_i64, &1_i64, &"", &10_i64]).await
        };
        let rows = app.app().db.write("story", plan).await.unwrap();
        let told: Vec<String> = rows.iter().map(|row| row.get::<String>(if sqlite { 3 } else { 0 }).unwrap()).collect();
        let told = told.join("\n");
        assert!(told.contains("audit_by_account"), "{told}");
        assert!(!sqlite || told.contains("account_id=? AND at>? AND at<?"), "{told}");
    }
}
