//! What is asked of somebody, and whether the answers were right: one verdict on all of them.

use store::{Error, Tx};

use super::answers::{aad, peppered};
use super::catalog::Question;
use super::queries;
use super::rules::{decoys, may_stand_alone, the_one};
use crate::app::App;
use crate::audit::{self, Event};
use crate::lockout::{self, Attempt, Class, Counter, Factor, Lock, Permit, QUESTIONS};
use crate::notices::{self, Guessed};
use crate::password;
use crate::people::{self, Account, Identifier};
use crate::platform::clock::Time;
use crate::platform::entropy::Secret;
use crate::platform::ids::AccountId;
use crate::platform::web::{self, Visit};
use crate::sources;

/// The questions of somebody, or decoys of nobody; nothing outside of this file can tell which.
pub struct Challenge {
    /// Whose guesses are counted: the account, or the keyed pseudo-id of what was typed.
    subject: String,
    /// What was typed, in its one form.
    name: String,
    /// Whose answers they are; with decoys nobody's, whoever has the name.
    account: Option<Account>,
    asked: Vec<(Question, Option<Vec<u8>>)>,
}

impl Challenge {
    /// All questions of whoever was typed. For a name nobody has, and for accounts that answers alone may not open, the
    /// decoys of that name: as many, from the same catalog, the same at every time and on every node.
    ///
    /// # Errors
    /// When the database says no.
    pub async fn all_of(tx: &mut Tx, app: &App, identifier: &Identifier) -> Result<Challenge, Error> {
        let named = people::by_identifier(tx, identifier).await?;
        let id = named.as_ref().map_or_else(people::nobody, |account| account.id.clone());
        let stored = queries::of_account(tx, &id).await?;
        let name = identifier.as_str().to_owned();
        match named.filter(|account| account.has_questions && may_stand_alone(account)) {
            Some(account) => {
                let asked = stored.into_iter().map(|(question, sealed)| (question, Some(sealed))).collect();
                Ok(Challenge { subject: account.id.to_string(), name, account: Some(account), asked })
            }
            None => {
                let asked = decoys(&app.keys, identifier.as_str()).map(|question| (question, None)).into();
                Ok(Challenge { subject: app.pseudo_id(identifier), name, account: None, asked })
            }
        }
    }

    /// The one question of an account that is asked after a mailed link: always the same one, so that nobody can look for
    /// an easier one by asking for more links.
    ///
    /// # Errors
    /// When the database says no.
    pub async fn one_of(tx: &mut Tx, app: &App, account: &Account) -> Result<Challenge, Error> {
        let mut stored = queries::of_account(tx, &account.id).await?;
        let asked = match the_one(&app.keys, &account.id, stored.len()) {
            Some(index) => vec![stored.swap_remove(index)],
            None => Vec::new(),
        };
        let asked = asked.into_iter().map(|(question, sealed)| (question, Some(sealed))).collect();
        let name = account.sign_in_name().to_lowercase();
        Ok(Challenge { subject: account.id.to_string(), name, account: Some(account.clone()), asked })
    }

    pub fn account(&self) -> Option<&Account> {
        self.account.as_ref()
    }

    pub fn questions(&self) -> impl Iterator<Item = Question> {
        self.asked.iter().map(|(question, _)| *question)
    }

    /// Until when nobody may answer, if it is so: `Some(None)` is until a sign-in.
    ///
    /// # Errors
    /// When the database says no.
    pub async fn closed_until(&self, tx: &mut Tx) -> Result<Option<Option<Time>>, Error> {
        let closed = lockout::closed_of(tx, &self.subject, &QUESTIONS).await?;
        Ok(closed.into_iter().find(|one| one.factor == Factor::Questions).map(|one| one.until))
    }

    fn counter(&self) -> Counter {
        Counter { subject: self.subject.clone(), factor: Factor::Questions, class: Class::Unrecognized }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Checked {
    /// All of them, and they are those of [`Challenge::account`].
    Right,
    Wrong,
    Locked,
}

/// Answers that have been counted and verified, and now want to be settled in the caller's write.
pub struct Guess(Counted);

enum Counted {
    Locked { lock: Lock, began: bool },
    Verified { permit: Permit, right: bool },
}

/// Counts and verifies a set of answers. Every hash is computed, whatever the others say; for decoys, too.
///
/// # Errors
/// Busy, when there is no place for all hashes or too many wait; then nothing was counted.
pub async fn guess(visit: &Visit, challenge: &Challenge, answers: &[Secret]) -> Result<Guess, web::Error> {
    let app = &visit.app;
    app.db.read("questions.source", async |tx: &mut Tx| sources::admit(tx, app, visit.address).await).await?;
    let places = || challenge.asked.iter().map(|_| app.hasher.reserve().ok()).collect::<Option<Vec<_>>>();
    let counter = challenge.counter();
    let attempt = lockout::reserve(&app.db, &app.entropy, &app.lockout, counter, QUESTIONS, places).await?;
    let (permit, slots) = match attempt {
        Attempt::Permit(permit, slots) => (permit, slots),
        Attempt::Crowded => return Err(web::Error::Busy { retry_after: password::RETRY_AFTER }),
        Attempt::Locked { lock, began } => return Ok(Guess(Counted::Locked { lock, began })),
    };
    let nothing = Secret::from(String::new());
    let answers = answers.iter().chain(std::iter::repeat(&nothing));
    let mut running = Vec::new();
    for ((slot, (question, sealed)), typed) in slots.into_iter().zip(&challenge.asked).zip(answers) {
        let stored = sealed.as_deref().and_then(|sealed| challenge.unseal(app, *question, sealed));
        let typed = peppered(&app.keys, *question, typed);
        running.push(tokio::spawn(password::matches(slot, &permit, typed, stored)));
    }
    let mut right = !running.is_empty();
    for one in running {
        right &= one.await.unwrap_or(false);
    }
    Ok(Guess(Counted::Verified { permit, right }))
}

impl Challenge {
    fn unseal(&self, app: &App, question: Question, sealed: &[u8]) -> Option<String> {
        let account = &self.account.as_ref()?.id;
        let opened =
            app.keys.open(&aad(account, question), sealed).ok().and_then(|plain| String::from_utf8(plain).ok());
        if opened.is_none() {
            tracing::error!(%account, "a stored answer does not open with this master key");
        }
        opened
    }
}

impl Guess {
    /// Settles the count. What follows from right answers belongs into the same transaction.
    ///
    /// # Errors
    /// When the database says no.
    pub async fn settle(&self, tx: &mut Tx, visit: &Visit, challenge: &Challenge) -> Result<Checked, Error> {
        let app = &visit.app;
        let account = challenge.account.as_ref();
        let entry = |event| audit::Entry::about(event, account, &challenge.subject).from(visit);
        let lock = match (&self.0, account) {
            (Counted::Locked { lock, began }, _) => {
                lockout::record_refused(tx, visit, account, &challenge.counter()).await?;
                began.then_some(*lock)
            }
            (Counted::Verified { permit, right: true }, Some(_)) => {
                permit.succeed(tx).await?;
                audit::record(tx, &app.entropy, entry(Event::QuestionsAnswered)).await?;
                return Ok(Checked::Right);
            }
            (Counted::Verified { permit, .. }, _) => {
                let lock = permit.fail(tx).await?;
                sources::failed(tx, app, visit.address, &challenge.name).await?;
                audit::record(tx, &app.entropy, entry(Event::QuestionsRefused)).await?;
                lock
            }
        };
        if let Some(lock) = lock {
            audit::record(tx, &app.entropy, entry(Event::QuestionsLocked)).await?;
            notices::locked(tx, app, account, &challenge.subject, Guessed::Answers, lock.until).await?;
        }
        let locked = matches!(self.0, Counted::Locked { .. }) || lock.is_some();
        Ok(if locked { Checked::Locked } else { Checked::Wrong })
    }

    /// To be called once the write with `settle` has committed.
    pub fn settled(self, visit: &Visit) {
        if let Counted::Verified { permit, .. } = self.0 {
            permit.settled(&visit.app.lockout);
        }
    }
}

/// A finished sign-in begins the count of ten anew, and leaves that of the day, or each of the owner's own sign-ins gave whoever
/// guesses three tries more (security.md C1).
///
/// # Errors
/// When the database says no.
pub async fn reopen(tx: &mut Tx, account: &AccountId) -> Result<(), Error> {
    let counter = Counter { subject: account.to_string(), factor: Factor::Questions, class: Class::Unrecognized };
    lockout::restart_total(tx, &counter, QUESTIONS.failures).await
}
