//! Mail servers that are away, busy or unwilling, and nodes that die while they send (security.md R9).

use std::collections::{BTreeMap, BTreeSet};

use rstest::rstest;

use super::mailbox::link_in;
use super::{Crowd, Deployment, Dice, Node, until};
use crate::support::{Engine, PASSWORD};

const OMAR: &str = "omar@riverside.example";
const HOUR: i64 = 3_600 * 1_000_000;
const WAITING: &str = "
SELECT (SELECT COUNT(*) FROM outbox WHERE state IN ('queued', 'deferred'))
     + (SELECT COUNT(*) FROM recoveries WHERE due_at IS NOT NULL)";

/// Everybody asks for a new password; the pages that tell of the mails, by address.
async fn all_forget(node: &Node, crowd: &Crowd, count: usize) -> BTreeMap<String, String> {
    let mut pages = BTreeMap::new();
    for _ in 0..count {
        let account = crowd.forgets().unwrap();
        let seen = node.visitor().ask_for_reset(&account).await.unwrap();
        assert_eq!(seen.heading(), "Check your mail");
        pages.insert(account, seen.path);
    }
    pages
}

/// Every mail has arrived, and none is known by two Message-IDs. Answers how many copies came.
fn each_arrived(deployment: &Deployment, expected: &BTreeSet<String>) -> usize {
    let mails = deployment.mailbox.all();
    let mut by_recipient: BTreeMap<String, BTreeSet<(String, String)>> = BTreeMap::new();
    for mail in &mails {
        by_recipient.entry(mail.to.clone()).or_default().insert((mail.message_id.clone(), link_in(mail)));
    }
    assert_eq!(&by_recipient.keys().cloned().collect::<BTreeSet<_>>(), expected, "not everybody got a mail");
    for (recipient, copies) in &by_recipient {
        assert_eq!(copies.len(), 1, "{recipient} got several mails, or several links: {copies:?}");
    }
    mails.len()
}

async fn until_all_are_out(deployment: &Deployment) {
    let app = deployment.app().await;
    until("all mails are handed over", async || {
        let row =
            app.db.read("process.waiting", async |tx: &mut store::Tx| tx.first(WAITING, &[]).await).await.unwrap();
        (row?.get::<i64>(0).ok()? == 0).then_some(())
    })
    .await;
}

#[rstest]
#[case::on_sqlite(Engine::Sqlite)]
#[case::on_postgres(Engine::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_mail_server_that_is_away_gets_every_mail_once_when_it_is_back(#[case] engine: Engine) {
    let deployment = Deployment::new(engine).await;
    let crowd = Crowd::settle(&deployment).await;
    deployment.mailbox.behave(|script| script.refuse_connections = true).await;
    let node = deployment.start();
    let mut visitor = node.visitor();
    let omars = visitor.ask_for_reset(OMAR).await.unwrap().path;
    let waits = visitor.until_mail_is(&omars, "deferred").await;
    assert!(waits.text_of(".delivery").unwrap().contains("cannot take it yet. We keep trying."));
    let mut expected: BTreeSet<String> = all_forget(&node, &crowd, 30).await.into_keys().collect();
    expected.insert(OMAR.into());
    // Signing in does not depend on the mail server.
    assert!(node.visitor().sign_in("dana@riverside.example", PASSWORD).await.unwrap().who().is_some());
    // As if it had been away for an hour by now: what was asked for then has not run out.
    let sqls = ["UPDATE outbox SET created_at = created_at - $1", "UPDATE one_time SET created_at = created_at - $1"];
    for sql in sqls {
        deployment.execute(sql, &[&HOUR]).await;
    }

    deployment.mailbox.behave(|script| script.heal()).await;
    until_all_are_out(&deployment).await;
    assert_eq!(each_arrived(&deployment, &expected), expected.len(), "something was sent twice");
    let shortest = "SELECT MIN(l.expires_at - o.handed_over_at) FROM one_time l JOIN outbox o ON o.id = l.outbox_id";
    let (shortest, second) = (deployment.count(shortest, &[]).await, HOUR / 3_600);
    assert!(shortest > HOUR - second, "a link had only {} s left when it was handed over", shortest / second);
    let told = visitor.until_mail_is(&omars, "handed_over").await.text_of(".delivery").unwrap();
    assert!(told.starts_with("Our mail server has taken it, for riverside.example"), "{told}");
    for (number, account) in expected.iter().enumerate() {
        let mail = deployment.mailbox.mail_to(account).await;
        let link = link_in(&mail);
        let done = node.visitor().use_link(&link, &format!("tangerine-lantern-{number}")).await.unwrap();
        assert_eq!(done.path, "/recover/done", "{account}: {}", done.heading());
    }
    node.stop().await;
    deployment.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_that_is_put_off_is_accepted_later_once() {
    let deployment = Deployment::new(Engine::Sqlite).await;
    deployment.mailbox.behave(|script| script.answer(OMAR, "451 4.7.1 come back later")).await;
    let node = deployment.start();
    let mut visitor = node.visitor();
    let page = visitor.ask_for_reset(OMAR).await.unwrap().path;
    visitor.until_mail_is(&page, "deferred").await;
    assert_eq!(deployment.mailbox.count(), 0);
    deployment.mailbox.behave(|script| script.heal()).await;
    visitor.until_mail_is(&page, "handed_over").await;
    assert_eq!(each_arrived(&deployment, &[OMAR.to_owned()].into()), 1);
    node.stop().await;
    deployment.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_mail_shows_on_the_page_and_is_not_tried_again() {
    let deployment = Deployment::new(Engine::Sqlite).await;
    let typo = "omar@riverside-typo.example";
    let node = deployment.start();
    // A stranger's typing mistake, and somebody whose mailbox is gone and who can sign in all the same.
    for (typed, verdict) in [(typo, 2), (OMAR, 0)] {
        deployment.mailbox.behave(|script| script.answer(typed, "550 5.1.1 no such mailbox")).await;
        let mut visitor = node.visitor();
        let page = visitor.ask_for_reset(typed).await.unwrap().path;
        let seen = visitor.until_mail_is(&page, "refused").await;
        let told = seen.text_of(".delivery").unwrap();
        assert!(told.contains("refused it (550). Please check the address for a typing mistake."), "{told}");
        deployment.run(&["doctor", typed]).await.exits(verdict).says("550 5.1.1 no such mailbox");
    }
    assert_eq!(deployment.count("SELECT MAX(attempts) FROM outbox", &[]).await, 1);
    assert_eq!(deployment.count("SELECT COUNT(*) FROM audit WHERE event = 'mail.refused'", &[]).await, 2);
    node.stop().await;
    deployment.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_whose_acceptance_got_lost_comes_again_as_the_same_mail() {
    let deployment = Deployment::new(Engine::Sqlite).await;
    deployment.mailbox.behave(|script| script.lose_replies = 1).await;
    let node = deployment.start();
    let mut visitor = node.visitor();
    let page = visitor.ask_for_reset(OMAR).await.unwrap().path;
    visitor.until_mail_is(&page, "handed_over").await;
    assert_eq!(each_arrived(&deployment, &[OMAR.to_owned()].into()), 2);
    node.stop().await;
    deployment.finish().await;
}

const MAILS: usize = 100;
const KILLS: usize = 5;
/// As many mails are under way at once.
const AT_ONCE: usize = 4;

#[rstest]
#[case::on_sqlite(Engine::Sqlite)]
#[case::on_postgres(Engine::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_node_killed_while_it_sends_loses_no_mail(#[case] engine: Engine) {
    let mut dice = Dice::new();
    let deployment = Deployment::new(engine).await;
    let crowd = Crowd::settle(&deployment).await;
    deployment.mailbox.behave(|script| script.refuse_connections = true).await;
    let mut node = deployment.start();
    let expected: BTreeSet<String> = all_forget(&node, &crowd, MAILS).await.into_keys().collect();
    node.kill();
    deployment.mailbox.behave(|script| script.heal()).await;
    for kill in 0..KILLS {
        end_leases(&deployment).await;
        node = deployment.start();
        let enough = kill * MAILS / KILLS + usize::try_from(dice.between(2, 18)).unwrap();
        until("mails come in", async || (deployment.mailbox.count() >= enough).then_some(())).await;
        node.kill();
    }
    end_leases(&deployment).await;
    node = deployment.start();
    until_all_are_out(&deployment).await;
    let copies = each_arrived(&deployment, &expected);
    eprintln!("{} mails came twice after {KILLS} kills", copies - MAILS);
    assert!(copies <= MAILS + AT_ONCE * KILLS, "{copies} copies of {MAILS} mails");
    node.stop().await;
    deployment.finish().await;
}

/// What a minute does: the leases of the dead courier are over, and what was put off is due.
async fn end_leases(deployment: &Deployment) {
    let sql = "UPDATE outbox SET leased_until = 0, next_attempt_at = 0 WHERE state IN ('queued', 'deferred')";
    deployment.execute(sql, &[]).await;
}
