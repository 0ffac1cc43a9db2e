//! The outbox from queue to mailbox, with a real mail server in front of it.

mod answers;
mod outages;

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use store::Error;

use super::*;
use crate::demo::{Mail, Script, Sink, Status};
use crate::platform::i18n::Locales;
use crate::platform::ids::OneTimeId;
use crate::platform::jobs;
use crate::platform::one_time::{self, Issue, Purpose, Validity};
use crate::platform::test_db::TestDb;

const ANN: &str = "ann@riverside.example";
const MANY: usize = 100;
const HOUR: Duration = Duration::from_secs(3_600);

#[derive(Serialize, Deserialize)]
struct ResetLetter {
    link: OneTimeId,
    subject: String,
}

impl Letter for ResetLetter {
    const KIND: &'static str = "test.reset";

    fn compose(&self, desk: &Desk) -> Message {
        let url = desk.link("/recovery/reset", &self.link);
        Message {
            subject: self.subject.clone(),
            preview: "Choose a new one".to_owned(),
            blocks: vec![
                Block::Text("Somebody <b>asked</b> & you may answer.".to_owned()),
                Block::Button { label: "Reset Password".to_owned(), url },
                Block::Small(desk.time(desk.now)),
            ],
        }
    }
}

struct World {
    test: TestDb,
    sink: Sink,
    office: PostOffice,
    ann: AccountId,
    /// How often a courier had something hashed.
    hashed: Arc<AtomicUsize>,
    /// Nothing can be hashed.
    unable: Arc<AtomicBool>,
}

fn sender() -> Sender {
    "Portico <no-reply@door.example>".parse().unwrap()
}

impl World {
    async fn new() -> World {
        let test = TestDb::open().await;
        let ann = test.ann().await;
        World {
            sink: Sink::start(0, test.clock.clone()).await.unwrap(),
            office: PostOffice::new(test.entropy.clone(), &sender()),
            ann,
            hashed: Arc::default(),
            unable: Arc::default(),
            test,
        }
    }

    /// A courier of a node of its own.
    fn courier(&self) -> Courier {
        let url = SmtpUrl::parse(&self.sink.url()).unwrap();
        self.courier_to(url)
    }

    fn courier_to(&self, url: SmtpUrl) -> Courier {
        let (hashed, unable) = (self.hashed.clone(), self.unable.clone());
        Courier::new(Supplies {
            db: self.test.db.clone(),
            clock: self.test.clock.clone(),
            keys: self.test.keys.clone(),
            locales: Locales::embedded(),
            letters: Letters::new().with::<ResetLetter>().with::<answers::AnswerLetter>(),
            letterhead: Letterhead {
                from: sender(),
                bounces_to: None,
                brand: "Portico".to_owned(),
                accent: "#0b6e69".to_owned(),
                on_accent: "#ffffff".to_owned(),
                support: Some("+1 555 0100".to_owned()),
                public_url: "https://door.example".to_owned(),
                time_zone: TimeZone::UTC,
            },
            office: self.office.clone(),
            smtp: Smtp::with_patience(url, "door.example", smtp::Patience::short()).unwrap(),
            on_refused: Some(crate::audit::mail_refused),
            hash_typed: Arc::new(move |_| {
                hashed.fetch_add(1, Ordering::SeqCst);
                let hash = (!unable.load(Ordering::SeqCst)).then(|| "hashed".to_owned());
                Box::pin(async { hash })
            }),
        })
    }

    async fn queue(&self, to: Option<&str>) -> OutboxId {
        self.queue_with(to, "Reset your password").await.0
    }

    async fn queue_with(&self, to: Option<&str>, subject: &str) -> (OutboxId, OneTimeId) {
        let TestDb { db, keys, entropy, .. } = &self.test;
        let queued: Result<_, Error> = db
            .write("test.queue", async |tx| {
                let id = self.office.next_id();
                let issue = Issue {
                    purpose: Purpose::ResetPassword,
                    account: &self.ann,
                    credentials_epoch: 1,
                    sent_to: to.unwrap_or_default(),
                    validity: Validity::FromHandOver(&id),
                    lifetime: HOUR,
                };
                let link = one_time::issue(tx, keys, entropy, issue).await?;
                let letter = ResetLetter { link: link.clone(), subject: subject.to_owned() };
                let post = Post { to, letter: &letter, account: Some(&self.ann), language: "en" };
                queue_as(tx, &self.office, &id, post).await?;
                Ok((id, link))
            })
            .await;
        queued.unwrap()
    }

    async fn line(&self, id: &OutboxId) -> Line {
        let read = self.test.db.read("test", async |tx| life_line(tx, id).await);
        read.await.unwrap().unwrap()
    }

    async fn link(&self, mail: &Mail) -> one_time::State {
        let hash = one_time::hash(token_in(mail));
        let read: Result<_, Error> =
            self.test.db.read("test", async |tx| one_time::peek(tx, Purpose::ResetPassword, &hash).await).await;
        read.unwrap().unwrap()
    }

    fn only_mail(&self) -> Mail {
        let mut mails = self.sink.inbox().all();
        assert_eq!(mails.len(), 1);
        mails.remove(0)
    }
}

fn token_in(mail: &Mail) -> &str {
    let marker = "https://door.example/recovery/reset/";
    let at = mail.text.find(marker).unwrap() + marker.len();
    &mail.text[at..at + 43]
}

#[tokio::test(flavor = "multi_thread")]
async fn a_queued_mail_is_handed_over_and_its_life_line_tells() {
    let world = World::new().await;
    let id = world.queue(Some(ANN)).await;
    let line = world.line(&id).await;
    assert_eq!((line.state, line.attempts), (State::Queued, 0));
    assert_eq!(world.courier().deliver_due().await, 1);
    let line = world.line(&id).await;
    assert_eq!((line.state, line.attempts), (State::HandedOver, 1));
    assert_eq!(line.handed_over_at, Some(world.test.clock.now()));
    assert_eq!(line.smtp_code, Some(250));
    assert_eq!(line.smtp_reply.as_deref(), Some("2.0.0 kept"));
    assert_eq!(line.next_attempt_at, None);
    assert_eq!(world.courier().deliver_due().await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_says_what_it_is_and_comes_in_both_forms() {
    let world = World::new().await;
    let id = world.queue_with(Some(ANN), "Déjà vu").await.0;
    world.courier().deliver_due().await;
    let mail = world.only_mail();
    assert_eq!((mail.to.as_str(), mail.from.as_str()), (ANN, "no-reply@door.example"));
    assert_eq!(mail.subject, "Déjà vu");
    assert_eq!(mail.message_id, format!("{id}@door.example"));
    let raw = String::from_utf8(mail.raw.clone()).unwrap();
    for header in [
        "From: Portico <no-reply@door.example>\r\n",
        "To: ann@riverside.example\r\n",
        "Auto-Submitted: auto-generated\r\n",
        "X-Auto-Response-Suppress: DR, RN, NRN, OOF, AutoReply\r\n",
        "Date: Tue, 14 Nov 2023 22:13:20 +0000\r\n",
        "MIME-Version: 1.0\r\n",
        "multipart/alternative",
        "text/plain; charset=utf-8",
        "text/html; charset=utf-8",
    ] {
        assert!(raw.contains(header), "{header} in {raw}");
    }
    assert!(raw.is_ascii());
    assert!(mail.text.contains("Somebody <b>asked</b> & you may answer."));
    assert!(mail.html.contains("Somebody &#60;b&#62;asked&#60;/b&#62; &#38; you may answer."));
    assert!(mail.html.contains(token_in(&mail)));
    assert!(mail.text.contains("2023-11-14 23:13 CET"));
    assert!(mail.text.contains("Need a person? +1 555 0100"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_counts_its_minutes_from_the_hand_over() {
    let world = World::new().await;
    let (_, secret) = world.queue_with(Some(ANN), "Reset").await;
    world.test.clock.advance(5 * HOUR);
    world.courier().deliver_due().await;
    let link = world.link(&world.only_mail()).await;
    assert_eq!(link.id, secret);
    let expires_at = world.test.clock.now() + HOUR;
    assert_eq!(link.status, one_time::Status::Valid { expires_at });
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deferred_mail_comes_later_once_with_the_message_id_and_secret_it_had() {
    let world = World::new().await;
    let (id, secret) = world.queue_with(Some(ANN), "Reset").await;
    let courier = world.courier();
    world.sink.behave(|script| script.answer(ANN, "451 4.7.1 greylisted")).await;
    assert_eq!(courier.deliver_due().await, 0);
    let line = world.line(&id).await;
    assert_eq!((line.state, line.attempts), (State::Deferred, 1));
    assert_eq!(line.smtp_code, Some(451));
    assert_eq!(line.smtp_reply.as_deref(), Some("4.7.1 greylisted"));
    let next = world.test.clock.now() + Duration::from_secs(5);
    assert_eq!(line.next_attempt_at, Some(next));
    world.sink.behave(Script::heal).await;
    assert_eq!(courier.deliver_due().await, 0, "not due yet");
    world.test.clock.advance(Duration::from_secs(5));
    assert_eq!(courier.deliver_due().await, 1);
    let mail = world.only_mail();
    assert_eq!(mail.message_id, format!("{id}@door.example"));
    assert_eq!(world.link(&mail).await.id, secret);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_reply_means_the_same_mail_again_with_a_link_that_lives_its_whole_time() {
    let world = World::new().await;
    let id = world.queue(Some(ANN)).await;
    let courier = world.courier();
    world.sink.behave(|script| script.lose_replies = 1).await;
    assert_eq!(courier.deliver_due().await, 0);
    assert_eq!(world.line(&id).await.state, State::Deferred);
    assert_eq!(world.only_mail().status, Status::ReplyLost);
    world.test.clock.advance(Duration::from_secs(5));
    assert_eq!(courier.deliver_due().await, 1);
    let mails = world.sink.inbox().take();
    assert_eq!(mails.len(), 2);
    assert_eq!(mails[0].message_id, mails[1].message_id);
    assert_eq!(token_in(&mails[0]), token_in(&mails[1]));
    let expires_at = world.test.clock.now() + HOUR;
    assert_eq!(world.link(&mails[0]).await.status, one_time::Status::Valid { expires_at });
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_mail_is_final_and_on_record() {
    let world = World::new().await;
    let id = world.queue(Some(ANN)).await;
    world.sink.behave(|script| script.answer(ANN, "550 5.1.1 no such mailbox")).await;
    assert_eq!(world.courier().deliver_due().await, 0);
    let line = world.line(&id).await;
    assert_eq!((line.state, line.smtp_code), (State::Refused, Some(550)));
    assert_eq!(line.next_attempt_at, None);
    world.sink.behave(Script::heal).await;
    world.test.clock.advance(HOUR);
    assert_eq!(world.courier().deliver_due().await, 0);
    assert!(world.sink.inbox().is_empty());
    let recorded = "UPDATE audit SET at = at WHERE event = 'mail.refused' AND account_id = 'ann'";
    assert_eq!(world.test.write(recorded).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn race_two_couriers_deliver_each_mail_once() {
    let world = World::new().await;
    for _ in 0..12 {
        world.queue(Some(ANN)).await;
    }
    let (one, other) = (world.courier(), world.courier());
    let (first, second) = tokio::join!(one.deliver_due(), other.deliver_due());
    assert_eq!(first + second, 12);
    let mut ids: Vec<_> = world.sink.inbox().take().into_iter().map(|mail| mail.message_id).collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 12);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_whose_courier_died_is_anothers_when_the_lease_is_over() {
    let world = World::new().await;
    let id = world.queue(Some(ANN)).await;
    let dead = world.test.db.write("test", async |tx| queries::claim(tx, "dead").await);
    let dead = dead.await.unwrap().unwrap();
    let courier = world.courier();
    assert_eq!(courier.deliver_due().await, 0);
    world.test.clock.advance(LEASE);
    assert_eq!(courier.deliver_due().await, 1);
    // The dead one wakes up: neither his fence nor his outcome counts any more.
    let late: Result<_, Error> = world
        .test
        .db
        .write("test", async |tx| {
            let renewed = queries::renew(tx, &dead).await?;
            let reply = Reply::new(550, "too late");
            Ok((renewed, queries::failed(tx, &dead, &reply, rules::Fate::Refused).await?))
        })
        .await;
    assert_eq!(late.unwrap(), (false, false));
    let line = world.line(&id).await;
    assert_eq!((line.state, line.attempts), (State::HandedOver, 2));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_without_recipient_is_dropped_and_no_server_is_asked() {
    let world = World::new().await;
    world.sink.behave(|script| script.refuse_connections = true).await;
    let id = world.queue(None).await;
    assert_eq!(world.courier().deliver_due().await, 0);
    assert_eq!(world.line(&id).await.state, State::Dropped);
}

#[tokio::test(flavor = "multi_thread")]
async fn line_breaks_begin_no_header_and_no_command() {
    let world = World::new().await;
    let subject = world.queue_with(Some(ANN), "Hello\r\nBcc: all@example.org").await.0;
    let address = world.queue(Some("ann@riverside.example>\r\nRCPT TO:<eve@example.org")).await;
    let word = world.queue(Some("ann at riverside")).await;
    assert_eq!(world.courier().deliver_due().await, 0);
    for id in [subject, address, word] {
        let line = world.line(&id).await;
        assert_eq!((line.state, line.smtp_code), (State::Refused, None));
    }
    assert!(world.sink.inbox().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn no_server_no_tls_and_a_wrong_password_lose_no_mail() {
    let world = World::new().await;
    let id = world.queue(Some(ANN)).await;
    let address = world.sink.address();
    type Attempt = (&'static str, fn(&mut Script), &'static str);
    let attempts: [Attempt; 8] = [
        ("smtp://ADDR", |script| script.hang = true, "longer than"),
        ("smtp://ADDR", |script| script.slow_banner = Some(Duration::from_secs(1)), "longer than"),
        ("smtp://ADDR", |script| script.refuse_connections = true, "refused"),
        ("smtp://ADDR", |script| script.greeting = Some("421 4.3.2 busy".to_owned()), "4.3.2 busy"),
        ("smtp://ADDR", |script| script.greeting = Some("554 5.3.2 no service".to_owned()), "5.3.2 no service"),
        ("smtp://ADDR?tls=required", |_| {}, "does not offer STARTTLS"),
        ("smtps://ADDR", |_| {}, ""),
        (
            "smtp://robot:wrong@ADDR",
            |script| script.auth = Some("535 5.7.8 wrong password".to_owned()),
            "5.7.8 wrong password",
        ),
    ];
    for (url, misbehave, told) in attempts {
        world.sink.behave(Script::heal).await;
        world.sink.behave(misbehave).await;
        let url = SmtpUrl::parse(&url.replace("ADDR", &address.to_string())).unwrap();
        assert_eq!(world.courier_to(url.clone()).deliver_due().await, 0);
        let line = world.line(&id).await;
        assert_eq!(line.state, State::Deferred, "{url:?}");
        let reply = line.smtp_reply.unwrap();
        assert!(reply.contains(told), "{url:?}: {reply}");
        world.test.clock.advance(HOUR);
    }
    world.sink.behave(Script::heal).await;
    assert_eq!(world.courier().deliver_due().await, 1);
    assert_eq!(world.line(&id).await.attempts, 9);
    assert_eq!(world.only_mail().to, ANN);
}
