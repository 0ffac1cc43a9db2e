//! One node, with everything around it that a story moves or looks at.

use std::collections::HashSet;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use portico::app::{App, Brand, Limits, Parts, letters};
use portico::audit::{self, Sealer};
use portico::demo::{Script, Sink};
use portico::deployment::{self, Kind};
use portico::invitations::SeatTaken;
use portico::lockout;
use portico::organizations::Preset;
use portico::password::{self, Cost, Hasher};
use portico::people;
use portico::platform::clock::Clock;
use portico::platform::dns::Resolver;
use portico::platform::entropy::Entropy;
use portico::platform::i18n::Locales;
use portico::platform::ids::AccountId;
use portico::platform::jobs::Turn;
use portico::platform::keys::Keys;
use portico::platform::mail::{Courier, Letterhead, PostOffice, Sender, Smtp, SmtpUrl, Supplies};
use portico::platform::outgoing::Outgoing;
use portico::platform::web::{Assets, CookieJarStyle};
use portico::provider::Provider;
use store::{Param, Tx};

use super::browser::Browser;
use super::dns::Zone;
use super::ground::Ground;
use super::mail::Mail;
use super::queries;
use super::world::{self, PUBLIC_URL, SENDER};

/// The subjects of the mails that a story need not read.
const NEW_BROWSER: &str = "A new browser signed in to your account";
const NEW_NETWORK: &str = "A sign-in to your account from a new network";
const AFTER_FAILURES: &str = "A sign-in to your account after failed attempts";
const ANSWERED: &str = "Your security questions were answered";

/// Clones are the same node.
#[derive(Clone)]
pub struct TestApp(pub(super) Arc<Node>);

pub(super) struct Node {
    pub(super) app: App,
    /// Made once, as a node makes it: putting all routes together takes longer than most requests.
    pub(super) router: Router,
    pub(super) courier: Courier,
    pub(super) shared: Arc<Shared>,
}

/// What all nodes of a story have in common.
pub(super) struct Shared {
    ground: Ground,
    clock: Clock,
    pub(super) sink: Sink,
    /// What the world's DNS says.
    pub(super) dns: Zone,
    /// Mails that a story has looked at.
    read: Mutex<HashSet<u64>>,
    leaves_mail: AtomicBool,
    leaves_broken_trail: AtomicBool,
    browsers: AtomicU32,
}

impl TestApp {
    /// What all nodes on a database have in common.
    pub(super) async fn around(ground: Ground, clock: Clock) -> Arc<Shared> {
        Arc::new(Shared {
            ground,
            sink: Sink::start(0, clock.clone()).await.unwrap(),
            dns: Zone::serve().await,
            clock,
            read: Mutex::default(),
            leaves_mail: AtomicBool::new(false),
            leaves_broken_trail: AtomicBool::new(false),
            browsers: AtomicU32::new(0),
        })
    }

    /// Another node on the same database, with the same keys and the same clock.
    pub async fn second_node(&self) -> TestApp {
        self.node_with(|_| ()).await
    }

    /// Another node, set up a little differently.
    pub async fn node_with(&self, change: impl FnOnce(&mut Parts)) -> TestApp {
        TestApp::node(self.0.shared.clone(), change).await
    }

    pub(super) async fn node(shared: Arc<Shared>, change: impl FnOnce(&mut Parts)) -> TestApp {
        let mut parts = parts(&shared).await;
        change(&mut parts);
        let app = App::new(parts);
        deployment::claim(&app.db, &app.keys, Kind::Production).await.unwrap();
        let courier = courier(&app, &shared, app.locales.clone());
        TestApp(Arc::new(Node { router: app.router(), app, courier, shared }))
    }

    pub fn app(&self) -> &App {
        &self.0.app
    }

    pub fn router(&self) -> Router {
        self.0.router.clone()
    }

    /// What the world's DNS says.
    pub fn dns(&self) -> &Zone {
        &self.0.shared.dns
    }

    pub fn clock(&self) -> &Clock {
        &self.0.shared.clock
    }

    pub fn pass(&self, time: Duration) {
        self.clock().advance(time);
    }

    pub fn pass_seconds(&self, seconds: u64) {
        self.pass(Duration::from_secs(seconds));
    }

    pub fn set_back(&self, time: Duration) {
        let now = self.clock().now();
        self.clock().set(now - time);
    }

    /// A browser nobody has seen before, at an address of its own.
    pub fn browser(&self) -> Browser {
        let number = self.0.shared.browsers.fetch_add(1, Ordering::SeqCst);
        let [_, _, high, low] = number.to_be_bytes();
        Browser::new(self.clone(), IpAddr::V4(Ipv4Addr::new(203, 0, high, low)))
    }

    /// Changes how the mail server behaves from now on.
    pub async fn mail_server(&self, change: impl FnOnce(&mut Script)) {
        self.0.shared.sink.behave(change).await;
    }

    /// Lets this node's clerks look up whom requests are about, and queue their mails.
    pub async fn answer_requests(&self) {
        portico::recovery::answer_due(self.app()).await.unwrap();
        portico::support::tell_due(self.app()).await.unwrap();
    }

    /// Lets this node's courier hand over what is due, and says how many mails that were.
    pub async fn deliver_mail(&self) -> usize {
        self.answer_requests().await;
        self.0.courier.deliver_due().await
    }

    /// Delivers, and takes out the one mail there is for an address.
    pub async fn mail_to(&self, address: &str) -> Mail {
        let mut mails = self.mails_to(address).await;
        let subjects: Vec<_> = mails.iter().map(|mail| mail.subject.clone()).collect();
        assert_eq!(mails.len(), 1, "{address} should have got one mail, and got {subjects:?}");
        mails.remove(0)
    }

    /// Delivers, and takes out all mails for an address, oldest first; but those that tell of a sign-in, which come with every second
    /// browser of a story and after every lock, and of right answers.
    pub async fn mails_to(&self, address: &str) -> Vec<Mail> {
        self.take_out(address, |mail| !need_not_be_read(&mail.subject)).await
    }

    /// Delivers, and takes out the mails that tell an address of a new browser, oldest first.
    pub async fn told_of_new_browsers(&self, address: &str) -> Vec<Mail> {
        self.take_out(address, |mail| mail.subject == NEW_BROWSER).await
    }

    /// Delivers, and takes out the mails that tell an address of sign-ins that were not as always, oldest first.
    pub async fn told_of_sign_ins(&self, address: &str) -> Vec<Mail> {
        self.take_out(address, |mail| [NEW_BROWSER, NEW_NETWORK, AFTER_FAILURES].contains(&mail.subject.as_str())).await
    }

    /// Delivers, and takes out the mails that tell an address of right answers, oldest first.
    pub async fn told_of_answers(&self, address: &str) -> Vec<Mail> {
        self.take_out(address, |mail| mail.subject == ANSWERED).await
    }

    async fn take_out(&self, address: &str, wanted: fn(&portico::demo::Mail) -> bool) -> Vec<Mail> {
        self.deliver_mail().await;
        let mut read = self.0.shared.read.lock().unwrap();
        let mails = self.0.shared.sink.inbox().to(address);
        mails.iter().filter(|mail| wanted(mail) && read.insert(mail.id)).map(Mail::of).collect()
    }

    /// Delivers, and takes out whatever there is for anybody.
    pub async fn all_mail(&self) -> Vec<Mail> {
        self.deliver_mail().await;
        self.0.shared.sink.inbox().all().iter().map(Mail::of).collect()
    }

    fn unread(&self) -> Vec<String> {
        let read = self.0.shared.read.lock().unwrap();
        let mails = self.0.shared.sink.inbox().all();
        let unread = mails.iter().filter(|mail| !need_not_be_read(&mail.subject) && !read.contains(&mail.id));
        unread.map(|mail| format!("{} to {}", mail.subject, mail.to)).collect()
    }

    /// Says that this story does not read all of its mail.
    pub fn leaves_mail_behind(&self) {
        self.0.shared.leaves_mail.store(true, Ordering::SeqCst);
    }

    /// Says that this story has tampered with the audit trail.
    pub fn leaves_a_broken_trail(&self) {
        self.0.shared.leaves_broken_trail.store(true, Ordering::SeqCst);
    }

    /// Runs one statement past all features.
    pub async fn execute(&self, sql: &'static str, parameters: &[&dyn Param]) -> u64 {
        self.0.app.db.write("story", async |tx: &mut Tx| tx.execute(sql, parameters).await).await.unwrap()
    }

    /// Asks the tables for one number.
    pub async fn count(&self, sql: &'static str, parameters: &[&dyn Param]) -> i64 {
        let counted = self.0.app.db.read("story", async |tx: &mut Tx| queries::count(tx, sql, parameters).await).await;
        counted.unwrap()
    }

    /// Switches an account off or on, as an operator does.
    pub async fn switch(&self, account: &str, on: bool) {
        let id = AccountId::from(account);
        let disable = async |tx: &mut Tx| people::disable(tx, &id).await;
        let changed = match on {
            true => self.enable(account).await.unwrap(),
            false => self.0.app.db.write("story", disable).await.unwrap(),
        };
        assert!(changed);
    }

    /// The same, where it may be refused; whether it changed anything.
    pub async fn enable(&self, account: &str) -> Result<bool, SeatTaken> {
        let id = AccountId::from(account);
        let enable = async |tx: &mut Tx| {
            let account = people::by_id(tx, &id).await?.unwrap();
            people::enable(tx, &account).await
        };
        self.0.app.db.write("story", enable).await.unwrap()
    }

    /// What adding a factor or correcting an address does to everything that was proved before.
    pub async fn change_a_credential_of(&self, account: &str) {
        let sql = "UPDATE accounts SET credentials_epoch = credentials_epoch + 1 WHERE id = $1";
        assert_eq!(self.execute(sql, &[&account]).await, 1);
    }

    /// The stored form of somebody's password, opened.
    pub async fn password_of(&self, account: &str) -> String {
        let app = &self.0.app;
        let id = AccountId::from(account);
        let found = app.db.read("story", async |tx: &mut Tx| people::by_id(tx, &id).await).await.unwrap();
        password::unseal(&app.keys, &id, &found.unwrap().password.unwrap()).unwrap()
    }

    /// The id of whoever signs in with this name.
    pub async fn id_of(&self, name: &str) -> String {
        let named = people::Identifier::parse(name).unwrap();
        let find = async |tx: &mut Tx| people::by_identifier(tx, &named).await;
        self.0.app.db.read("story", find).await.unwrap().unwrap().id.to_string()
    }

    /// How often an event stands in the audit trail.
    pub async fn events(&self, event: &str) -> i64 {
        self.count("SELECT count(*) FROM audit WHERE event = $1", &[&event]).await
    }

    /// Chains what the audit trail has got, as the sealer does within a second.
    pub async fn seal_audit(&self) {
        let app = &self.0.app;
        let sealer = Sealer::new(app.db.clone(), app.keys.clone(), &app.entropy);
        while sealer.turn().await.unwrap() == Turn::Again {}
        // Another sealer of this story can take over only when this one's lease is over.
        self.execute("DELETE FROM leases WHERE name = 'audit'", &[]).await;
    }

    /// The same as one of several, who may find that another is at it.
    pub async fn seal_audit_if_free(&self) {
        let app = &self.0.app;
        // Whoever loses a race is told so, and tries again a second later.
        let _ = Sealer::new(app.db.clone(), app.keys.clone(), &app.entropy).turn().await;
    }

    pub async fn audit_verdict(&self) -> audit::Verdict {
        audit::verify(&self.0.app.db, &self.0.app.keys).await.unwrap()
    }

    /// What every story must leave behind: nothing.
    pub async fn finish(self) {
        if !self.0.shared.leaves_mail.load(Ordering::SeqCst) {
            self.deliver_mail().await;
            assert!(self.unread().is_empty(), "nobody has read {:?}", self.unread());
            let sql = "SELECT count(*) FROM outbox WHERE state IN ('queued', 'deferred')";
            assert_eq!(self.count(sql, &[]).await, 0, "mails wait in the outbox");
        }
        let under_way = self.count("SELECT count(*) FROM attempt_reservations", &[]).await;
        assert_eq!(under_way, 0, "attempts were reserved and never settled");
        if !self.0.shared.leaves_broken_trail.load(Ordering::SeqCst) {
            self.seal_audit().await;
            let verdict = self.audit_verdict().await;
            assert!(matches!(verdict, audit::Verdict::Verified { unsealed: 0, .. }), "{verdict:?}");
        }
        self.0.shared.ground.clear_away().await;
    }
}

fn need_not_be_read(subject: &str) -> bool {
    [NEW_BROWSER, NEW_NETWORK, AFTER_FAILURES, ANSWERED].contains(&subject)
}

pub(super) async fn parts(shared: &Shared) -> Parts {
    let clock = shared.clock.clone();
    let entropy = Entropy::new(clock.clone());
    let sender: Sender = SENDER.parse().unwrap();
    // As cheap as Argon2 can be: what it costs is tested where it is made.
    let cost = Cost { m_kib: 16, t: 1, p: 1 };
    let options = password::Options { cost, threads: 2, queue: 256, together: password::TOGETHER };
    let outgoing = Outgoing::new("http://127.0.0.1").unwrap();
    Parts {
        public_url: PUBLIC_URL.into(),
        db: shared.ground.open(&clock).await,
        keys: Keys::new(&[7; 32], entropy.clone()),
        hasher: Hasher::start(&options, entropy.clone()).unwrap(),
        lockout: lockout::Queue::default(),
        locales: Locales::embedded(),
        brand: Brand {
            name: "Portico".into(),
            support_phone: Some("+1 555 0100".into()),
            support_mail: Some("help@portico.example".into()),
            ..Brand::default()
        },
        assets: Assets::new(None, None),
        cookies: CookieJarStyle::new(PUBLIC_URL),
        trusted_proxies: Vec::new(),
        known_networks: Vec::new(),
        preset: Preset::Classic,
        terms: Some(world::terms()),
        limits: Limits {
            failures: 300,
            window: Duration::from_secs(600),
            names: 200,
            names_window: Duration::from_secs(3_600),
            sign_ins: 1000,
            mails_per_mailbox: 6,
            mails_per_address: 60,
            mails_overall: 600,
        },
        office: PostOffice::new(entropy.clone(), &sender),
        clerk: portico::recovery::Bell::default(),
        dns: Resolver::new(Some(shared.dns.address()), entropy.clone()),
        // Everything is read every time, so that a story may change it past all features. Products are on loopback here.
        provider: Provider::new(Duration::ZERO, outgoing.clone()),
        federation: portico::federation::Federation::new(outgoing, clock.clone()),
        switcher: portico::switcher::Script::default(),
        sender: SENDER.into(),
        bounce_address: None,
        demo: None,
        clock,
        entropy,
    }
}

pub(super) fn courier(app: &App, shared: &Shared, locales: Locales) -> Courier {
    let from: Sender = SENDER.parse().unwrap();
    let smtp = Smtp::new(SmtpUrl::parse(&shared.sink.url()).unwrap(), from.domain()).unwrap();
    Courier::new(Supplies {
        db: app.db.clone(),
        clock: app.clock.clone(),
        keys: app.keys.clone(),
        locales,
        letters: letters(),
        letterhead: Letterhead {
            from,
            bounces_to: Some("bounces@portico.example".parse().unwrap()),
            brand: app.brand.name.clone(),
            accent: "#0b5cad".into(),
            on_accent: "#ffffff".into(),
            support: None,
            public_url: app.public_url.clone(),
            time_zone: jiff::tz::TimeZone::UTC,
        },
        office: app.office.clone(),
        smtp,
        on_refused: Some(audit::mail_refused),
        hash_typed: password::hash_typed(&app.hasher),
    })
}
