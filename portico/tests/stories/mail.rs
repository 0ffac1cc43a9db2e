//! Mail that is not lost, over real SMTP.

use std::time::Duration;

use portico::password::{Cost, Hasher, Options};

use crate::stories;
use crate::support::{Mail, TestApp};

const OMAR: &str = "omar@riverside.example";

/// Lets mail that was put off become due, and a courier try.
async fn try_later(app: &TestApp) {
    app.pass(Duration::from_secs(900));
    app.deliver_mail().await;
}

/// The links of mails that were sent more than once, as the mailbox shows them.
fn links(mails: &[Mail]) -> Vec<String> {
    mails.iter().map(|mail| mail.link("Reset Password")).collect()
}

stories! {
    async fn mail_is_handed_over_while_the_door_is_full_of_sign_ins(app: TestApp) {
        let crowded = app.node_with(|parts| {
            let options = Options { cost: Cost { m_kib: 16, t: 1, p: 1 }, threads: 1, queue: 8, together: 1 };
            parts.hasher = Hasher::start(&options, parts.entropy.clone()).unwrap();
        }).await;
        let full: Vec<_> = std::iter::from_fn(|| crowded.app().hasher.reserve().ok()).collect();
        assert_eq!(full.len(), 8);
        // One mail with a temporary password, one that answers a typed name.
        crowded.invite_iris().await.link("Begin");
        crowded.browser().ask_for_reset(OMAR).await;
        let link = crowded.mail_to(OMAR).await.link("Reset Password");
        drop(full);
        crowded.browser().get(&link).await.is_headed("Set Up Password");
    }

    async fn with_the_mail_server_down_for_the_whole_run_every_mail_arrives_once_and_its_link_is_fresh(app: TestApp) {
        app.mail_server(|server| server.refuse_connections = true).await;
        let people = [OMAR, "dana@riverside.example", "harbor-dispatch@harbor.example", "kim@northwind.example"];
        for address in people {
            app.browser().ask_for_reset(address).await.shows("On its way out of our system");
        }
        app.browser().ask_for_reset("nobody@elsewhere.example").await;
        app.lock("nora@riverside.example").await;
        for _ in 0..8 {
            try_later(&app).await;
        }
        app.mail_server(|server| server.heal()).await;
        try_later(&app).await;
        for address in people {
            let link = app.mail_to(address).await.link("Reset Password");
            app.browser().get(&link).await.lacks("expired").lacks("does not work");
        }
        app.mail_to("nobody@elsewhere.example").await;
        app.mail_to("nora@riverside.example").await.link("Reset Password");
        // From hand-over, not from asking: they asked more than two hours ago.
        let link = app.reset_link(OMAR).await;
        app.pass_seconds(3_599);
        app.browser().get(&link).await.is_headed("Set Up Password");
    }

    async fn a_mail_server_that_asks_to_wait_is_asked_again_and_the_page_says_so(app: TestApp) {
        app.mail_server(|server| server.answer(OMAR, "451 4.7.1 greylisted, come back later")).await;
        let check = app.browser().ask_for_reset(OMAR).await;
        app.deliver_mail().await;
        check.browser().reload().await.shows("The mail server asked us to come back later (451)");
        app.pass_seconds(5);
        app.deliver_mail().await;
        app.mail_server(|server| server.heal()).await;
        app.pass_seconds(14);
        assert_eq!(app.deliver_mail().await, 0, "not before its time");
        app.pass_seconds(1);
        app.mail_to(OMAR).await;
        check.browser().reload().await.shows("Our mail server has taken it, for riverside.example");
    }

    async fn a_mailbox_that_does_not_exist_is_told_on_the_page_and_in_the_audit_trail(app: TestApp) {
        app.mail_server(|server| server.answer(OMAR, "550 5.1.1 no such mailbox")).await;
        let check = app.browser().ask_for_reset(OMAR).await;
        app.deliver_mail().await;
        check.browser().reload().await.shows("Our mail server refused it (550). Please check the address");
        assert_eq!(app.events("mail.refused").await, 1);
        let kept = "SELECT count(*) FROM outbox WHERE state = 'refused' AND smtp_code = 550 AND smtp_reply LIKE '%no such mailbox%'";
        assert_eq!(app.count(kept, &[]).await, 1);
        app.mail_server(|server| server.heal()).await;
        try_later(&app).await;
        assert!(app.mails_to(OMAR).await.is_empty(), "a refusal is final");
    }

    async fn a_reply_lost_after_the_message_means_the_same_mail_again_with_the_same_link(app: TestApp) {
        app.mail_server(|server| server.lose_replies = 1).await;
        app.browser().ask_for_reset(OMAR).await;
        app.deliver_mail().await;
        app.pass_seconds(3_000);
        app.deliver_mail().await;
        let mails = app.mails_to(OMAR).await;
        assert_eq!(mails.len(), 2);
        assert_eq!(mails[0].message_id, mails[1].message_id);
        let links = links(&mails);
        assert_eq!(links[0], links[1]);
        app.pass_seconds(3_599);
        app.browser().get(&links[0]).await.is_headed("Set Up Password");
        app.pass_seconds(1);
        app.browser().get(&links[0]).await.is_headed("This link has expired");
    }

    async fn couriers_of_two_nodes_deliver_each_mail_once(app: TestApp) {
        let other = app.second_node().await;
        let people: Vec<_> = (0..12).map(|number| format!("person-{number}@elsewhere.example")).collect();
        for address in &people {
            app.browser().ask_for_reset(address).await;
        }
        let (here, there) = tokio::join!(app.deliver_mail(), other.deliver_mail());
        assert_eq!(here + there, 12);
        for address in &people {
            app.mail_to(address).await;
        }
    }

    async fn a_courier_that_died_with_a_mail_in_its_hands_loses_nothing(app: TestApp) {
        app.browser().ask_for_reset(OMAR).await;
        app.answer_requests().await;
        let until = app.clock().now().0 + 60_000_000;
        let sql = "UPDATE outbox SET lease = 'of-a-courier-that-died', leased_until = $1, attempts = 1";
        app.execute(sql, &[&until]).await;
        assert_eq!(app.deliver_mail().await, 0);
        app.pass_seconds(60);
        app.mail_to(OMAR).await.link("Reset Password");
    }

    async fn no_link_works_before_its_mail_is_handed_over(app: TestApp) {
        app.mail_server(|server| server.message = Some("452 4.3.1 no room".into())).await;
        app.browser().ask_for_reset(OMAR).await;
        app.mail_server(|server| server.refuse_connections = true).await;
        app.deliver_mail().await;
        let valid = "SELECT count(*) FROM one_time WHERE expires_at IS NOT NULL";
        assert_eq!(app.count(valid, &[]).await, 0);
        app.leaves_mail_behind();
    }

    async fn nothing_that_opens_an_account_rests_in_the_outbox(app: TestApp) {
        let link = app.reset_link(OMAR).await;
        let token = link.rsplit('/').next().unwrap().to_owned();
        let looks = "SELECT count(*) FROM outbox WHERE facts LIKE '%' || $1 || '%'";
        assert_eq!(app.count(looks, &[&token]).await, 0);
        let plain = "SELECT count(*) FROM one_time WHERE hash = $1";
        assert_eq!(app.count(plain, &[&token.as_bytes()]).await, 0);
        let kept = portico::platform::one_time::hash(&token);
        assert_eq!(app.count(plain, &[&kept]).await, 1, "only its hash is kept");
    }

    async fn a_mail_nobody_could_deliver_for_two_days_is_given_up(app: TestApp) {
        app.mail_server(|server| server.refuse_connections = true).await;
        let check = app.browser().ask_for_reset(OMAR).await;
        app.deliver_mail().await;
        app.pass_seconds(48 * 3_600);
        app.deliver_mail().await;
        let page = check.browser().reload().await;
        page.shows("We could not hand it over, and gave up").lacks("typing mistake");
        assert_eq!(app.events("mail.refused").await, 1);
    }

    async fn an_address_with_a_line_break_or_a_list_reaches_nobody_else(app: TestApp) {
        let asking = app.browser().get("/recover").await;
        for typed in ["omar@riverside.example\r\nBcc: x@evil.example", "omar@riverside.example,x@evil.example"] {
            let again = asking.clone().fill("Email or username", typed).by_mail().await;
            assert!(again.problem().is_some(), "{typed:?}: {}", again.text());
        }
        assert_eq!(app.deliver_mail().await, 0);
    }

    async fn a_mail_is_about_the_deployment_it_comes_from_whatever_the_request_says(app: TestApp) {
        let mut headers = crate::support::form_headers();
        headers.insert("host", "evil.example".parse().unwrap());
        headers.insert("x-forwarded-host", "evil.example".parse().unwrap());
        headers.insert("forwarded", "host=evil.example;proto=http".parse().unwrap());
        let body = "identifier=omar%40riverside.example&way=email";
        let browser = app.browser();
        let answer = browser.send(axum::http::Method::POST, "/recover", &headers, body).await;
        assert!(answer.leads_to().is_some_and(|to| to.starts_with("/recover/")));
        app.mail_to(OMAR).await.lacks("evil.example").link("Reset Password");
    }
}
