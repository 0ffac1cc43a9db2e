//! What can be counted and timed of mails from outside, by whoever reads one mailbox or watches the line on a page, tells
//! nobody who is known.

use std::time::Duration;

use portico::doctor::{self, Report};
use portico::people::Identifier;
use portico::platform::clock::Time;
use store::Tx;

use crate::stories;
use crate::support::first_time::IRIS;
use crate::support::stranger::{assert_alike, seen};
use crate::support::{Page, TestApp};

const HOUR: Duration = Duration::from_secs(3_600);

/// The ways to a mail of somebody who is not signed in.
#[derive(Clone, Copy, Debug)]
enum Way {
    ForgotPassword,
    ForgotUserName,
    HelpMeSignIn,
}

const WAYS: [Way; 3] = [Way::ForgotPassword, Way::ForgotUserName, Way::HelpMeSignIn];

/// Known first, unknown of the same length second. Whatever can be true of an account is true of one of the first.
const PAIRS: [[&str; 2]; 9] = [
    ["omar@riverside.example", "omax@riverside.example"],
    // Locked, and without a product.
    ["nora@riverside.example", "nori@riverside.example"],
    // Switched off.
    ["dana@riverside.example", "danx@riverside.example"],
    // Without a password.
    ["ivan@riverside.example", "ivax@riverside.example"],
    // Invited: her mail has a temporary password.
    [IRIS, "irix@riverside.example"],
    // Two accounts.
    ["night@harbor.example", "nihgt@harbor.example"],
    // Shared.
    ["ed@harbor.example", "ex@harbor.example"],
    // Signs in elsewhere.
    ["lee@lakeshore.example", "leo@lakeshore.example"],
    ["kim@northwind.example", "kin@northwind.example"],
];

/// Everybody as they are above, with all mail of that read.
async fn settle(app: &TestApp) {
    app.execute("UPDATE accounts SET disabled_at = 1 WHERE id = 'dana@riverside.example'", &[]).await;
    app.lock("nora@riverside.example").await;
    app.invite(IRIS, "riverside").await.unwrap();
    for [known, _] in PAIRS {
        app.mails_to(known).await;
    }
}

async fn ask(app: &TestApp, way: Way, address: &str) -> Page {
    let (path, label, button) = match way {
        Way::ForgotPassword => return app.browser().ask_for_reset(address).await,
        Way::ForgotUserName => ("/recover/user-name", "Email", "Send My Username"),
        Way::HelpMeSignIn => ("/help/sign-in", "Email or username", "Help me sign in"),
    };
    let asking = app.browser().get(path).await.fill(label, address);
    asking.press(button).await.is_headed("Check your mail").clone()
}

/// A mail's row, as far as it can be seen from outside. Times are since the request.
#[derive(Debug, PartialEq, Eq)]
struct Life {
    state: String,
    attempts: i64,
    created: Duration,
    next_attempt: Option<Duration>,
    handed_over: Option<Duration>,
}

/// The mails to an address since it was typed.
async fn lives(app: &TestApp, address: &str, asked: Time) -> Vec<Life> {
    let sql = "SELECT state, attempts, created_at, next_attempt_at, handed_over_at FROM outbox
               WHERE recipient = $1 AND created_at >= $2 ORDER BY created_at, id";
    let rows = app.app().db.read("story", async |tx: &mut Tx| tx.all(sql, &[&address, &asked]).await).await.unwrap();
    let since = |time: Option<Time>| time.map(|time| time.since(asked));
    let life = |row: &store::Row| Life {
        state: row.get(0).unwrap(),
        attempts: row.get(1).unwrap(),
        created: row.get::<Time>(2).unwrap().since(asked),
        next_attempt: since(row.get(3).unwrap()),
        handed_over: since(row.get(4).unwrap()),
    };
    rows.iter().map(life).collect()
}

/// One stranger asks, waits, and asks once more: the mails there were at each look.
async fn watched(app: &TestApp, way: Way, address: &str) -> Vec<Vec<Life>> {
    let asked = app.clock().now();
    let check = ask(app, way, address).await;
    app.pass_seconds(2);
    app.answer_requests().await;
    let mut looks = vec![lives(app, address, asked).await];
    app.pass_seconds(3);
    app.deliver_mail().await;
    looks.push(lives(app, address, asked).await);
    app.pass_seconds(55);
    check.browser().reload().await.press("Resend").await;
    app.pass_seconds(1);
    app.deliver_mail().await;
    looks.push(lives(app, address, asked).await);
    assert_eq!(app.mails_to(address).await.len(), 2, "{address}: what the rows say is what arrives");
    looks
}

/// How many mails came after each of several requests.
async fn counted(app: &TestApp, way: Way, address: &str, times: usize) -> Vec<usize> {
    let mut arrived = Vec::new();
    for _ in 0..times {
        ask(app, way, address).await;
        arrived.push(app.mails_to(address).await.len());
    }
    arrived
}

async fn examined(app: &TestApp, typed: &str) -> Report {
    doctor::examine(app.app(), &Identifier::parse(typed).unwrap()).await.unwrap()
}

stories! {
    async fn stranger_cannot_tell_who_is_known_by_the_number_or_moment_of_mails(app: TestApp) {
        settle(&app).await;
        let from = app.clock().now();
        app.pass_seconds(1);
        for way in WAYS {
            for [known, unknown] in PAIRS {
                let [of_known, of_unknown] = [watched(&app, way, known).await, watched(&app, way, unknown).await];
                assert_eq!(of_known, of_unknown, "{way:?} of {known}");
                assert_eq!(of_known.iter().map(Vec::len).collect::<Vec<_>>(), [1, 1, 2], "{way:?} of {known}");
                app.pass(HOUR);
            }
        }
        // What takes a while at the hand-over, the hash of a temporary password, is done for every kind of them.
        let sql = "SELECT DISTINCT kind FROM outbox WHERE created_at > $1 ORDER BY kind";
        let rows = app.app().db.read("story", async |tx: &mut Tx| tx.all(sql, &[&from]).await).await.unwrap();
        let kinds: Vec<String> = rows.iter().map(|row| row.get(0).unwrap()).collect();
        assert!(kinds.len() > 5 && kinds.iter().all(|kind| portico::app::letters().answers(kind)), "{kinds:?}");
    }

    async fn stranger_cannot_tell_who_is_known_by_the_order_of_mails(app: TestApp) {
        settle(&app).await;
        for way in WAYS {
            let from = app.clock().now();
            // Turn about, so that who is known cannot be what the order follows.
            let asked: Vec<_> = PAIRS.iter().enumerate().flat_map(|(at, [known, unknown])| {
                if at % 2 == 0 { [*known, *unknown] } else { [*unknown, *known] }
            }).collect();
            for address in &asked {
                ask(&app, way, address).await;
                app.answer_requests().await;
                app.pass_seconds(1);
            }
            // As couriers take them up.
            let sql = "SELECT recipient FROM outbox WHERE state = 'queued' AND created_at >= $1 ORDER BY next_attempt_at, id";
            let rows = app.app().db.read("story", async |tx: &mut Tx| tx.all(sql, &[&from]).await).await.unwrap();
            let queued: Vec<String> = rows.iter().map(|row| row.get(0).unwrap()).collect();
            assert_eq!(queued, asked, "{way:?}");
            for address in asked {
                app.mail_to(address).await;
            }
            app.pass(HOUR);
        }
    }

    async fn stranger_cannot_tell_who_is_known_by_the_count_at_which_mails_stop(app: TestApp) {
        settle(&app).await;
        app.pass(HOUR);
        for way in WAYS {
            for [known, unknown] in [PAIRS[4], PAIRS[5]] {
                let counts = [counted(&app, way, known, 8).await, counted(&app, way, unknown, 8).await];
                assert_eq!(counts, [[1, 1, 1, 1, 1, 1, 0, 0]; 2], "{way:?} of {known}");
                app.pass(HOUR);
                let counts = [counted(&app, way, known, 1).await, counted(&app, way, unknown, 1).await];
                assert_eq!(counts, [[1]; 2], "{way:?} of {known}, an hour later");
                app.pass(HOUR);
            }
        }
    }

    async fn stranger_cannot_tell_who_is_known_by_the_count_at_which_resend_stops(app: TestApp) {
        settle(&app).await;
        for way in WAYS {
            for [known, unknown] in [PAIRS[4], PAIRS[5]] {
                let mut counts = Vec::new();
                for address in [known, unknown] {
                    let check = ask(&app, way, address).await;
                    let mut arrived = vec![app.mails_to(address).await.len()];
                    for _ in 0..6 {
                        app.pass_seconds(60);
                        check.browser().reload().await.press("Resend").await;
                        // Pressed twice, sent once.
                        check.browser().reload().await.press("Resend").await;
                        arrived.push(app.mails_to(address).await.len());
                    }
                    counts.push(arrived);
                }
                assert_eq!(counts, [[1, 1, 1, 1, 1, 0, 0]; 2], "{way:?} of {known}");
                app.pass(HOUR);
            }
        }
    }

    async fn stranger_cannot_tell_who_is_known_when_everybodys_mails_are_at_their_end(app: TestApp) {
        settle(&app).await;
        app.pass(HOUR);
        let node = app.node_with(|parts| parts.limits.mails_overall = 3).await;
        let [known, unknown] = PAIRS[4];
        for order in [[known, unknown, known, unknown, known], [unknown, known, unknown, known, unknown]] {
            let mut arrived = Vec::new();
            for address in order {
                ask(&node, Way::ForgotPassword, address).await;
                arrived.push(node.mails_to(address).await.len());
            }
            assert_eq!(arrived, [1, 1, 1, 0, 0], "{order:?}");
            app.pass(HOUR);
        }
    }

    async fn a_refusal_shows_to_whoever_typed_the_address_and_whole_to_the_help_desk(app: TestApp) {
        settle(&app).await;
        for way in WAYS {
            for pair in PAIRS {
                for address in pair {
                    app.mail_server(|server| server.answer(address, "550 5.1.1 no such mailbox")).await;
                }
                let pages = [ask(&app, way, pair[0]).await, ask(&app, way, pair[1]).await];
                app.deliver_mail().await;
                let [known, unknown] = [pages[0].browser().reload().await, pages[1].browser().reload().await];
                known.shows("Our mail server refused it (550).").lacks("no such mailbox");
                assert_alike(&[seen(&known, pair[0])], &[seen(&unknown, pair[1])]);
                for address in pair {
                    let mail = examined(&app, address).await.mails.remove(0);
                    let told = (mail.state, mail.code, mail.reply.as_deref());
                    assert_eq!(told, ("refused", Some(550), Some("5.1.1 no such mailbox")), "{way:?} of {address}");
                }
                app.mail_server(|server| server.heal()).await;
                app.pass(HOUR);
            }
        }
    }

    async fn greylisting_is_waited_for_alike_however_the_mail_was_asked_for(app: TestApp) {
        settle(&app).await;
        for way in WAYS {
            for pair in [PAIRS[0], PAIRS[4], PAIRS[5]] {
                for address in pair {
                    app.mail_server(|server| server.answer(address, "450 4.2.0 greylisted")).await;
                }
                let asked = app.clock().now();
                let pages = [ask(&app, way, pair[0]).await, ask(&app, way, pair[1]).await];
                app.deliver_mail().await;
                let [known, unknown] = [pages[0].browser().reload().await, pages[1].browser().reload().await];
                known.shows("asked us to come back later (450)").shows("We try again at");
                assert_alike(&[seen(&known, pair[0])], &[seen(&unknown, pair[1])]);
                app.mail_server(|server| server.heal()).await;
                app.pass_seconds(5);
                let arrived = [app.mails_to(pair[0]).await.len(), app.mails_to(pair[1]).await.len()];
                assert_eq!(arrived, [1; 2], "{way:?} of {}", pair[0]);
                assert_eq!(lives(&app, pair[0], asked).await, lives(&app, pair[1], asked).await, "{way:?}");
                app.pass(HOUR);
            }
        }
    }
}
