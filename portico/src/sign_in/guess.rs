//! One guess at a password: prepared in one read, counted, verified, settled in one write.

use axum::response::Response;
use secrecy::SecretString;
use store::Tx;

use super::dispatcher::{self, go_on_from};
use super::facts::{Method, Named, Proof, Refusal, SignIn};
use super::finish::{Finished, Newcomer, finish_within};
use super::queries;
use super::refused;
use super::rules::Step;
use crate::app::App;
use crate::audit::{self, Event};
use crate::invitations::{self, Pending};
use crate::lockout::{self, Attempt, Class, Counter, Factor, Lock, Permit};
use crate::notices::{self, Guessed};
use crate::organizations::{LockRule, Policy};
use crate::password::{self, Places, Stored, Verdict};
use crate::people::{self, Account, Identifier};
use crate::platform::clock::Time;
use crate::platform::ids::{OneTimeId, SignInId};
use crate::platform::one_time;
use crate::platform::web::{Error, Visit};
use crate::{recovery, session, sources};

/// Everything that must be known before what was typed is looked at: whose it would be, who guesses, and under which rule.
pub struct Guess {
    sign_in: SignIn,
    named: Named,
    account: Option<Account>,
    class: Class,
    rule: LockRule,
    pending: Option<Pending>,
}

pub enum Prepared {
    Guess(Box<Guess>),
    /// The page that was sent is not due, or was shown for somebody else.
    NotDue,
    /// There is no such sign-in in this browser.
    Gone,
}

/// Places among the hashes for what was typed, or the word to come back. Before anything is looked up: of a thousand who come at
/// once, those who must come back cost next to nothing.
pub fn places(visit: &Visit, typed: &SecretString) -> Result<Places, Error> {
    Places::take(&visit.app.hasher, typed).ok_or(Error::Busy { retry_after: password::RETRY_AFTER })
}

/// In one read, so that all of it was true at one time.
pub async fn prepare(
    visit: &Visit,
    id: &SignInId,
    shown_for: impl Fn(&Named) -> bool + Send + Sync,
) -> Result<Prepared, Error> {
    let app = &visit.app;
    let Some(browser) = visit.browser() else { return Ok(Prepared::Gone) };
    app.db
        .read("password.prepare", async |tx: &mut Tx| {
            let Some(opened) = dispatcher::open(tx, app, id, &browser.hash).await? else { return Ok(Prepared::Gone) };
            let sign_in = opened.sign_in;
            let Some(named) = sign_in.named.clone() else { return Ok(Prepared::NotDue) };
            if opened.step != Step::Password || !shown_for(&named) {
                return Ok(Prepared::NotDue);
            }
            let id = named.account();
            let (device, (account, newest)) = store::both(
                session::recognized(tx, &browser.hash, &named.subject),
                // For a name nobody has the same is looked up.
                store::both(people::by_id(tx, &id), invitations::newest(tx, &id)),
            )
            .await?;
            // Recognized browsers don't share their address's budget (a hospital's shift change is one address).
            if device.is_none() {
                sources::admit(tx, app, visit.address).await?;
            }
            Ok::<_, Error>(Prepared::Guess(Box::new(Guess {
                class: device.map_or(Class::Unrecognized, Class::Device),
                rule: policy_of(app, &named).lock,
                pending: newest
                    .zip(account.as_ref())
                    .map(|(newest, account)| invitations::pending(app, newest, account)),
                sign_in,
                named,
                account,
            })))
        })
        .await
}

impl Guess {
    /// Tries what was typed, for which there are places among the hashes, and says where that leads.
    pub async fn answer(self, visit: &Visit, typed: SecretString, places: Places) -> Result<Response, Error> {
        let id = self.sign_in.id.clone();
        let finished = self.try_out(visit, typed, places).await?;
        go_on_from(visit, &id, finished).await
    }

    async fn try_out(mut self, visit: &Visit, typed: SecretString, places: Places) -> Result<Finished, Error> {
        let app = &visit.app;
        let counter =
            Counter { subject: self.named.subject.clone(), factor: Factor::Password, class: self.class.clone() };
        let mut places = Some(places);
        // Without a place among the hashes load is shed before anything is counted, and alike for everybody.
        let place = || places.take().or_else(|| Places::take(&app.hasher, &typed));
        let reserved = lockout::reserve(&app.db, &app.entropy, &app.lockout, counter.clone(), self.rule, place);
        let (permit, places) = match reserved.await? {
            Attempt::Permit(permit, places) => (permit, places),
            Attempt::Crowded => return Err(crowded(visit).await),
            Attempt::Locked { lock, began } => {
                self.refuse_locked(visit, &counter, lock, began).await?;
                return Ok(Finished::NotDue);
            }
        };
        // Whoever signs in elsewhere has no password here, whatever is left of an old one.
        let here = self.account.as_ref().filter(|account| !account.signs_in_elsewhere());
        let pending = self.pending.take();
        let stored = Stored {
            password: here.and_then(|account| {
                account.password.as_deref().and_then(|sealed| password::unseal(&app.keys, &account.id, sealed))
            }),
            temporary: pending.as_ref().and_then(|pending| pending.phc.clone()),
        };
        // Where none is pending a failure is counted for nobody, in the same time.
        let nobodys = || OneTimeId::from("-");
        let secret = places.may_be_temporary().then(|| pending.map_or_else(nobodys, |pending| pending.secret));
        let verdict = password::verify(&app.hasher, places, &permit, typed, stored).await;
        // On the heap only now: hundreds may be waiting for their hash.
        let finished = Box::pin(self.settle(visit, secret.as_ref(), &permit, verdict)).await?;
        permit.settled(&app.lockout);
        Ok(finished)
    }

    /// During a lock right and wrong get the same answer, unverified; nothing is counted and the lock is not made longer.
    async fn refuse_locked(&self, visit: &Visit, counter: &Counter, lock: Lock, began: bool) -> Result<(), Error> {
        let refusal = Refusal::PasswordLocked { until: lock.until };
        let recorded = async |tx: &mut Tx| lockout::is_recorded(tx, visit, counter).await;
        // Whoever goes on typing into a locked page must not cost a synced write each time.
        if !began && self.sign_in.refusal == Some(refusal) && visit.app.db.read("password.recorded", recorded).await? {
            return Ok(());
        }
        let account = self.account.as_ref();
        let write = async |tx: &mut Tx| {
            queries::refuse(tx, &self.sign_in.id, &counter.subject, refusal).await?;
            lockout::record_refused(tx, visit, account, counter).await?;
            if began { self.tell_lock(tx, visit, lock).await } else { Ok(()) }
        };
        Ok(visit.app.db.write("password.locked", write).await?)
    }

    /// What was typed, in its one form.
    fn name(&self) -> String {
        let typed = Identifier::parse(&self.named.identifier);
        typed.map_or_else(|| self.named.subject.clone(), |identifier| identifier.as_str().to_owned())
    }

    /// A lock has begun: the trail and the owner learn of it.
    async fn tell_lock(&self, tx: &mut Tx, visit: &Visit, lock: Lock) -> Result<(), store::Error> {
        let (account, subject) = (self.account.as_ref(), self.named.subject.as_str());
        let entry = audit::Entry::about(Event::LockoutLocked, account, subject).from(visit);
        audit::record(tx, &visit.app.entropy, entry).await?;
        notices::locked(tx, &visit.app, account, subject, Guessed::Passwords, lock.until).await
    }

    /// One write: the count, the proof or the refusal, what is told to whom, and the session if nothing else is missing.
    /// `secret`: the temporary password that what was typed has been compared with.
    async fn settle(
        &self,
        visit: &Visit,
        secret: Option<&OneTimeId>,
        permit: &Permit,
        verdict: Verdict,
    ) -> Result<Finished, Error> {
        let id = &self.sign_in.id;
        let newcomer = Newcomer::of(visit, id);
        let write = async |tx: &mut Tx| match (&verdict, &self.account, &newcomer) {
            (Verdict::Right | Verdict::RightButStale(_) | Verdict::Temporary, Some(account), Some(newcomer)) => {
                permit.succeed(tx).await?;
                self.record_proof(tx, visit, account, secret, &verdict).await?;
                finish_within(tx, visit, id, newcomer).await
            }
            _ => {
                let lock = permit.fail(tx).await?;
                self.record_failure(tx, visit, secret, lock).await?;
                Ok(Finished::NotDue)
            }
        };
        Ok(visit.app.db.write("password.settle", write).await?)
    }

    async fn record_proof(
        &self,
        tx: &mut Tx,
        visit: &Visit,
        account: &Account,
        secret: Option<&OneTimeId>,
        verdict: &Verdict,
    ) -> Result<(), store::Error> {
        let epoch = account.credentials_epoch;
        let (method, secret, event) = match verdict {
            Verdict::Temporary => (Method::TemporaryPassword, secret, Event::TemporaryPasswordVerified),
            _ => (Method::Password, None, Event::PasswordVerified),
        };
        let proof = Proof { method, epoch, at: Time(tx.now()) };
        queries::prove_first(tx, &self.sign_in.id, &self.named.subject, proof, secret).await?;
        refused::record_if_refused(tx, visit, &self.sign_in, account, proof).await?;
        if let Verdict::RightButStale(fresh) = verdict {
            let sealed = password::seal(&visit.app.keys, &account.id, fresh);
            people::rehash_password(tx, &account.id, epoch, &sealed).await?;
        }
        audit::record(tx, &visit.app.entropy, audit::Entry::of(event, account).from(visit)).await
    }

    async fn record_failure(
        &self,
        tx: &mut Tx,
        visit: &Visit,
        secret: Option<&OneTimeId>,
        lock: Option<Lock>,
    ) -> Result<(), store::Error> {
        let app = &visit.app;
        let (account, subject) = (self.account.as_ref(), self.named.subject.as_str());
        // Nor do they spend it: their mistakes are their owners'.
        if self.class == Class::Unrecognized {
            sources::failed(tx, app, visit.address, &self.name()).await?;
        }
        if let Some(secret) = secret {
            one_time::count_failure(tx, secret).await?;
        }
        let refusal = match lock {
            None => Refusal::WrongPassword,
            Some(lock) => Refusal::PasswordLocked { until: lock.until },
        };
        queries::refuse(tx, &self.sign_in.id, subject, refusal).await?;
        let entry = audit::Entry::about(Event::PasswordRefused, account, subject).from(visit);
        audit::record(tx, &app.entropy, entry).await?;
        recovery::tell_where_to_sign_in(tx, app, account, subject).await?;
        match lock {
            Some(lock) => self.tell_lock(tx, visit, lock).await,
            None => Ok(()),
        }
    }
}

/// The numbers a stranger can see follow what was typed: its domain's organization, or the deployment's preset.
fn policy_of(app: &App, named: &Named) -> Policy {
    let organization = named.organization.as_ref();
    organization.map_or_else(|| Policy::preset(app.preset), |organization| organization.policy.clone())
}

/// Whoever crowds a counter spends the budget of its address, or it could keep everybody waiting for nothing.
async fn crowded(visit: &Visit) -> Error {
    let app = &visit.app;
    let counted = app
        .db
        .write("password.crowded", async |tx: &mut Tx| sources::failed_unread(tx, app, visit.address).await)
        .await;
    counted.map_or_else(Error::from, |()| Error::Busy { retry_after: password::RETRY_AFTER })
}
