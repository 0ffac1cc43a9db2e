//! The courier: takes what is due out of the outbox to the mail server.

use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use store::{Db, Error, Tx};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep};

use super::desk::Used;
use super::life::{self, Happened};
use super::queries::{self, Claimed};
use super::render::render;
use super::rules::{self, Fate};
use super::smtp::{Failure, Reply, Smtp};
use super::weather::Weather;
use super::wire::{self, Envelope, Malformed};
use super::{Desk, Letterhead, Letters, PostOffice, typed};
use crate::platform::clock::Clock;
use crate::platform::entropy::{Entropy, Secret};
use crate::platform::i18n::Locales;
use crate::platform::ids::OneTimeId;
use crate::platform::jobs::Shutdown;
use crate::platform::keys::Keys;
use crate::platform::one_time;

/// How often a node looks for mail that another node has queued.
const TICK: Duration = Duration::from_secs(1);
/// A wake-up comes from within a transaction; its mail is there once that has committed.
const SOON: [Duration; 3] = [Duration::from_millis(15), Duration::from_millis(60), Duration::from_millis(250)];
/// Before the next claim, after the database failed.
const DATABASE_REST: Duration = Duration::from_secs(1);
const FINISH: Duration = Duration::from_secs(8);

/// Told, in the transaction that writes it, of every mail that is given up.
pub type OnRefused =
    for<'a> fn(&'a mut Tx, &'a Entropy, &'a Refusal) -> Pin<Box<dyn Future<Output = Result<(), Error>> + Send + 'a>>;

/// Makes of a temporary password what is kept of it: a PHC string. `None` when that cannot be done just now. It waits for nobody
/// but other couriers: there is a mail server at the other end of the line.
pub type HashTyped = Arc<dyn Fn(Secret) -> Pin<Box<dyn Future<Output = Option<String>> + Send>> + Send + Sync>;

/// A mail that was given up.
#[derive(Clone, Debug)]
pub struct Refusal {
    pub mail: String,
    pub kind: String,
    pub account: Option<String>,
    pub reply: Reply,
}

/// What a courier is equipped with.
pub struct Supplies {
    pub db: Db,
    pub clock: Clock,
    pub keys: Keys,
    pub locales: Locales,
    pub letters: Letters,
    pub letterhead: Letterhead,
    pub office: PostOffice,
    pub smtp: Smtp,
    pub on_refused: Option<OnRefused>,
    pub hash_typed: HashTyped,
}

/// One per node. Clones are the same courier.
#[derive(Clone)]
pub struct Courier(Arc<Inner>);

struct Inner {
    supplies: Supplies,
    letterhead: Arc<Letterhead>,
}

/// How an attempt ended, for the loop: whether to go on at full speed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Attempt {
    HandedOver,
    /// Refused, deferred by the server, or dropped: the server is there.
    Settled,
    /// The server could not be reached, or takes nothing from us.
    ServerAway,
    /// Somebody else has the mail now, or the database could not be asked.
    Left,
}

/// Why an attempt ended before DATA.
enum Early {
    Failed(Failure),
    /// The lease is somebody else's, or the database could not say.
    Left,
}

impl From<Failure> for Early {
    fn from(failure: Failure) -> Early {
        Early::Failed(failure)
    }
}

impl From<Malformed> for Early {
    fn from(malformed: Malformed) -> Early {
        Early::Failed(Failure::Refused(Reply::own(&malformed.to_string())))
    }
}

impl Courier {
    pub fn new(supplies: Supplies) -> Courier {
        let letterhead = Arc::new(supplies.letterhead.clone());
        Courier(Arc::new(Inner { supplies, letterhead }))
    }

    /// Delivers until a stop is asked for, and then finishes what is under way.
    pub async fn run(self, shutdown: Shutdown) {
        let mut under_way = JoinSet::new();
        let mut weather = Weather::default();
        while !shutdown.is_requested() {
            self.load(&mut under_way, &weather).await;
            tokio::select! {
                () = shutdown.requested() => {}
                Some(ended) = under_way.join_next() => weather.note(ended.unwrap_or(Attempt::Left), Instant::now()),
                () = self.something_queued() => {}
                () = sleep(TICK) => {}
            }
        }
        let finish = async { while under_way.join_next().await.is_some() {} };
        // What is not finished by then is somebody's after its lease.
        let _ = tokio::time::timeout(FINISH, finish).await;
        self.0.supplies.smtp.close().await;
    }

    /// Delivers everything that is due, once, and answers how many mails were handed over.
    pub async fn deliver_due(&self) -> usize {
        let mut under_way = JoinSet::new();
        let mut handed_over = 0;
        loop {
            self.load(&mut under_way, &Weather::default()).await;
            match under_way.join_next().await {
                Some(Ok(Attempt::HandedOver)) => handed_over += 1,
                Some(_) => {}
                None => return handed_over,
            }
        }
    }

    /// Claims and starts as many mails as may be under way at once.
    async fn load(&self, under_way: &mut JoinSet<Attempt>, weather: &Weather) {
        while under_way.len() < weather.at_once(Instant::now()) {
            let Some(mail) = self.claim().await else {
                return;
            };
            let courier = self.clone();
            under_way.spawn(async move { courier.attempt(mail).await });
        }
    }

    async fn something_queued(&self) {
        self.0.supplies.office.wake.notified().await;
        for pause in SOON {
            sleep(pause).await;
            if matches!(self.is_due().await, Ok(true)) {
                return;
            }
        }
    }

    async fn is_due(&self) -> Result<bool, Error> {
        let db = &self.0.supplies.db;
        db.read("mail.due", async |tx| queries::is_due(tx).await).await
    }

    async fn claim(&self) -> Option<Claimed> {
        let Supplies { db, office, .. } = &self.0.supplies;
        let lease = office.entropy.id();
        let claimed = async {
            if !self.is_due().await? {
                return Ok(None);
            }
            db.write("mail.claim", async |tx| queries::claim(tx, &lease).await).await
        };
        match claimed.await {
            Ok(mail) => mail,
            Err(error) => {
                let error: Error = error;
                tracing::warn!(%error, "the outbox could not be read");
                sleep(DATABASE_REST).await;
                None
            }
        }
    }

    async fn attempt(&self, mail: Claimed) -> Attempt {
        let Some(recipient) = mail.recipient.as_deref() else {
            return self.drop_silently(&mail).await;
        };
        let handed_over = match self.ready(&mail, recipient).await {
            Ok((accepted, message)) => accepted.send(&message).await,
            Err(Early::Failed(failure)) => Err(failure),
            Err(Early::Left) => return Attempt::Left,
        };
        match handed_over {
            Ok(reply) => self.conclude_success(&mail, &reply).await,
            Err(failure) => self.conclude_failure(&mail, &failure).await,
        }
    }

    /// Up to DATA: recipient accepted, words found, links valid.
    async fn ready(&self, mail: &Claimed, recipient: &str) -> Result<(super::smtp::Accepted, Vec<u8>), Early> {
        let to = wire::recipient(recipient)?;
        let from = self.0.letterhead.bounces_to.as_ref().unwrap_or(&self.0.letterhead.from).envelope();
        let accepted = self.0.supplies.smtp.address(from, &to).await?;
        let (message, used) = self.write(mail, &to)?;
        let hashes = typed::hashes(&self.0.supplies, &mail.kind, &used.typed).await?;
        self.pass_fence(mail, &used.secrets, &hashes).await?;
        Ok((accepted, message))
    }

    fn write(&self, mail: &Claimed, to: &lettre::Address) -> Result<(Vec<u8>, Used), Early> {
        let Supplies { clock, keys, locales, letters, .. } = &self.0.supplies;
        let now = clock.now();
        let desk = Desk::new(
            self.0.letterhead.clone(),
            locales.words(&mail.language),
            keys.clone(),
            mail.time_zone.as_deref(),
            now,
        );
        let unwritten = |why: String| Failure::Unwritten(why);
        let message = letters.compose(&mail.kind, &mail.facts, &desk).map_err(|error| unwritten(error.to_string()))?;
        let body = render(&message, &desk).map_err(|error| unwritten(error.to_string()))?;
        let envelope = Envelope {
            from: &self.0.letterhead.from,
            to,
            subject: &message.subject,
            message_id: &mail.message_id,
            date: now,
        };
        let bytes = wire::bytes(&envelope, body)?;
        Ok((bytes, desk.into_used()))
    }

    /// The commit between the two halves of a hand-over. After it the mail may arrive at any moment, so its links are
    /// valid; and whoever held up so long that his lease has gone to another stops here.
    async fn pass_fence(
        &self,
        mail: &Claimed,
        links: &[OneTimeId],
        hashes: &[(OneTimeId, String)],
    ) -> Result<(), Early> {
        let Supplies { db, keys, letters, .. } = &self.0.supplies;
        // A mail that answers a typed name and has no link writes as often as one that has.
        let none = (links.is_empty() && letters.answers(&mail.kind)).then(typed::nobodys);
        let passed = db
            .write("mail.fence", async |tx| {
                if !queries::renew(tx, mail).await? {
                    return Ok(false);
                }
                for (id, phc) in hashes {
                    one_time::keep_phc(tx, keys, id, phc).await?;
                }
                for link in links.iter().chain(&none) {
                    one_time::start(tx, link).await?;
                }
                Ok(true)
            })
            .await;
        match passed {
            Ok(true) => Ok(()),
            Ok(false) => Err(Early::Left),
            Err(error) => {
                let error: Error = error;
                tracing::warn!(mail = mail.id, %error, "a mail was not sent: its links could not be made valid");
                Err(Early::Left)
            }
        }
    }

    async fn drop_silently(&self, mail: &Claimed) -> Attempt {
        let db = &self.0.supplies.db;
        let dropped = db.write("mail.drop", async |tx| queries::dropped(tx, mail).await).await;
        match dropped {
            Ok(true) => Attempt::Settled,
            Ok(false) => Attempt::Left,
            Err(error) => {
                let error: Error = error;
                tracing::warn!(mail = mail.id, %error, "a mail could not be dropped");
                Attempt::Left
            }
        }
    }

    async fn conclude_success(&self, mail: &Claimed, reply: &Reply) -> Attempt {
        count("handed_over");
        tracing::info!(mail = mail.id, kind = mail.kind, attempts = mail.attempts, "a mail was handed over");
        let db = &self.0.supplies.db;
        let write = async |tx: &mut Tx| {
            let written = queries::handed_over(tx, mail, reply).await?;
            if written {
                life::note(tx, &mail.id, Happened::HandedOver, reply).await?;
            }
            Ok(written)
        };
        persist(|| db.write("mail.handed_over", write)).await;
        Attempt::HandedOver
    }

    async fn conclude_failure(&self, mail: &Claimed, failure: &Failure) -> Attempt {
        count(failure.kind());
        let reply = failure.reply();
        let now = self.0.supplies.clock.now();
        let fate = rules::after(failure, mail.attempts, mail.created_at, now);
        tracing::warn!(
            mail = mail.id,
            kind = mail.kind,
            outcome = failure.kind(),
            code = reply.code,
            given_up = (fate == Fate::Refused),
            "a mail was not handed over"
        );
        persist(|| self.write_failure(mail, &reply, fate)).await;
        match failure.is_the_servers() {
            true => Attempt::ServerAway,
            false => Attempt::Settled,
        }
    }

    async fn write_failure(&self, mail: &Claimed, reply: &Reply, fate: Fate) -> Result<bool, Error> {
        let Supplies { db, office, on_refused, .. } = &self.0.supplies;
        let refusal = Refusal {
            mail: mail.id.clone(),
            kind: mail.kind.clone(),
            account: mail.account.clone(),
            reply: reply.clone(),
        };
        db.write("mail.failed", async |tx| {
            let written = queries::failed(tx, mail, reply, fate).await?;
            if written {
                life::note(tx, &mail.id, fate.happened(), reply).await?;
            }
            if let (true, Fate::Refused, Some(tell)) = (written, fate, on_refused) {
                tell(tx, &office.entropy, &refusal).await?;
            }
            Ok(written)
        })
        .await
    }
}

/// Writes an outcome, several times if need be: an outcome that is not written means that the mail is sent again. When
/// even this fails, the lease ends and somebody does just that, under the same Message-ID.
async fn persist<F, R>(write: F)
where
    F: Fn() -> R,
    R: Future<Output = Result<bool, Error>>,
{
    for pause in [1, 2, 4, 8] {
        match write().await {
            Ok(true) => return,
            Ok(false) => {
                tracing::warn!("the outcome of a mail came too late: its lease was another's");
                return;
            }
            Err(error) => {
                tracing::warn!(%error, "the outcome of a mail could not be written yet");
                sleep(Duration::from_secs(pause)).await;
            }
        }
    }
}

fn count(outcome: &'static str) {
    metrics::counter!("portico_mail_attempts_total", "outcome" => outcome).increment(1);
}
