//! Checking what somebody shows for a second factor: counted before it is verified, and never taken twice.

use secrecy::ExposeSecret;
use serde_json::json;
use store::Tx;
use subtle::ConstantTimeEq;

use super::authenticator::{self, matching_step};
use super::recovery_codes::{self, Kept};
use super::resets;
use crate::audit::{self, Event};
use crate::lockout::{self, Attempt, Class, Counter, Factor, Lock, Permit};
use crate::notices::{self, Cause, Guessed};
use crate::password::{self, Slot};
use crate::people::Account;
use crate::platform::clock::Time;
use crate::platform::ids::OneTimeId;
use crate::platform::one_time::{self, Purpose, Status};
use crate::platform::web::{Error, Visit};
use crate::session;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Checked {
    Right,
    Wrong,
    Locked(Lock),
}

/// A guess that has been counted and verified, and now wants to be settled in the caller's write.
pub struct Guess(Counted);

enum Counted {
    Locked {
        counter: Counter,
        lock: Lock,
        began: bool,
    },
    /// With what it takes to use up what was shown, if it was right.
    Verified(Permit, Option<Shown>),
}

/// What was shown, and is used up by it.
enum Shown {
    /// A code of an authenticator app, and the time step it is of.
    Step {
        authenticator: String,
        step: i64,
    },
    RecoveryCode(Kept),
    MailedCode(OneTimeId),
}

/// Counts and verifies a code of an authenticator app.
///
/// # Errors
/// Busy, when too many guess at this account at once.
pub async fn guess(visit: &Visit, account: &Account, code: &str) -> Result<Guess, Error> {
    let app = &visit.app;
    // A code takes no place to verify: it is compared in a moment.
    let permit = match reserve(visit, account, Factor::Totp, || Some(())).await? {
        Ok((permit, ())) => permit,
        Err(locked) => return Ok(Guess(locked)),
    };
    let read = async |tx: &mut Tx| authenticator::authenticators_of(tx, &account.id).await;
    let authenticators = app.db.read("mfa.load", read).await?;
    let digits = digits(code);
    let now = app.clock.now();
    let matching = authenticators.into_iter().find_map(|one| {
        let secret = app.keys.open(&authenticator::secret_aad(&one.id), &one.secret).ok()?;
        matching_step(&secret, &digits, now).map(|step| Shown::Step { authenticator: one.id, step })
    });
    Ok(Guess(Counted::Verified(permit, matching)))
}

/// The same of a recovery code. One hash is computed whatever was typed.
///
/// # Errors
/// Busy, when there is no place among the hashes, or too many guess at this account at once.
pub async fn guess_recovery_code(visit: &Visit, account: &Account, typed: &str) -> Result<Guess, Error> {
    let app = &visit.app;
    let place = || app.hasher.reserve().ok();
    let (permit, slot): (Permit, Slot) = match reserve(visit, account, Factor::RecoveryCode, place).await? {
        Ok(admitted) => admitted,
        Err(locked) => return Ok(Guess(locked)),
    };
    let Some(typed) = recovery_codes::read(typed) else { return Ok(Guess(Counted::Verified(permit, None))) };
    let read = async |tx: &mut Tx| recovery_codes::of_name(tx, &account.id, &typed.name).await;
    let kept = app.db.read("mfa.recovery_code", read).await?;
    let phc = kept.as_ref().and_then(|kept| kept.phc(&app.keys, &account.id));
    let right = password::matches(slot, &permit, typed.code, phc).await;
    Ok(Guess(Counted::Verified(permit, kept.filter(|_| right).map(Shown::RecoveryCode))))
}

/// The same of a code that was mailed; `newest`: the one that counts where it is typed.
///
/// # Errors
/// Busy, when too many guess at this account at once.
pub async fn guess_mailed_code(
    visit: &Visit,
    account: &Account,
    newest: Option<&OneTimeId>,
    typed: &str,
) -> Result<Guess, Error> {
    let app = &visit.app;
    let permit = match reserve(visit, account, Factor::EmailCode, || Some(())).await? {
        Ok((permit, ())) => permit,
        Err(locked) => return Ok(Guess(locked)),
    };
    let read = async |tx: &mut Tx| one_time::open_of(tx, Purpose::SecondFactor, &account.id).await;
    let open = app.db.read("mfa.mailed_code", read).await?;
    let open = open.filter(|open| Some(&open.id) == newest && matches!(open.status, Status::Valid { .. }));
    let right = open.filter(|open| {
        let code = one_time::code(&app.keys, &open.id);
        bool::from(code.expose_secret().as_bytes().ct_eq(digits(typed).as_bytes()))
    });
    Ok(Guess(Counted::Verified(permit, right.map(|open| Shown::MailedCode(open.id)))))
}

/// As people read it off a screen.
fn digits(typed: &str) -> String {
    typed.chars().filter(|c| !c.is_whitespace() && *c != '-').collect()
}

/// The counter of this browser's guesses at a factor of an account.
pub(super) async fn counter(visit: &Visit, account: &Account, factor: Factor) -> Result<Counter, store::Error> {
    let browser = visit.browser().map_or([0; 32], |browser| browser.hash);
    let read = async |tx: &mut Tx| session::recognized(tx, &browser, account.id.as_str()).await;
    let device = visit.app.db.read("mfa.counter", read).await?;
    let class = device.map_or(Class::Unrecognized, Class::Device);
    Ok(Counter { subject: account.id.to_string(), factor, class })
}

async fn reserve<S>(
    visit: &Visit,
    account: &Account,
    factor: Factor,
    place: impl FnMut() -> Option<S>,
) -> Result<Result<(Permit, S), Counted>, Error> {
    let app = &visit.app;
    let counter = counter(visit, account, factor).await?;
    let rule = account.organization.policy.lock;
    match lockout::reserve(&app.db, &app.entropy, &app.lockout, counter.clone(), rule, place).await? {
        Attempt::Permit(permit, place) => Ok(Ok((permit, place))),
        Attempt::Crowded => Err(Error::Busy { retry_after: password::RETRY_AFTER }),
        Attempt::Locked { lock, began } => Ok(Err(Counted::Locked { counter, lock, began })),
    }
}

impl Shown {
    /// A conditional UPDATE takes it: of many posts of one code, on however many nodes, one wins.
    async fn take(&self, tx: &mut Tx, visit: &Visit, account: &Account) -> Result<bool, store::Error> {
        match self {
            Shown::Step { authenticator, step } => authenticator::take_step(tx, authenticator, *step).await,
            Shown::RecoveryCode(kept) => recovery_codes::take(tx, &account.id, kept).await,
            Shown::MailedCode(id) => {
                let browser = visit.browser().map_or([0; 32], |browser| browser.hash);
                one_time::consume(tx, Purpose::SecondFactor, id, &browser).await
            }
        }
    }

    /// What else follows from it.
    async fn taken(&self, tx: &mut Tx, visit: &Visit, account: &Account) -> Result<(), store::Error> {
        match self {
            // Whoever has the app has not lost it: what somebody else may have told an administrator ends.
            Shown::Step { .. } => resets::ends_by_use(tx, visit, account).await,
            Shown::RecoveryCode(_) => {
                // Whoever is back in needs no help. A reset that waits goes on: one code is not the factor.
                resets::close_request(tx, &account.id).await?;
                let left = recovery_codes::left(tx, &account.id).await?;
                notices::recovery_code_used(tx, &Cause::of(visit), account, left).await
            }
            Shown::MailedCode(_) => Ok(()),
        }
    }
}

impl Guess {
    /// Uses the code up and settles the count. What follows from it belongs into the same transaction.
    pub async fn settle(&self, tx: &mut Tx, visit: &Visit, account: &Account) -> Result<Checked, store::Error> {
        let (permit, shown) = match &self.0 {
            Counted::Locked { counter, lock, began } => {
                lockout::record_refused(tx, visit, Some(account), counter).await?;
                if *began {
                    tell_lock(tx, visit, account, *lock).await?;
                }
                return Ok(Checked::Locked(*lock));
            }
            Counted::Verified(permit, shown) => (permit, shown),
        };
        let taken = match shown {
            Some(shown) => shown.take(tx, visit, account).await?.then_some(shown),
            None => None,
        };
        let event = if taken.is_some() { Event::SecondFactorVerified } else { Event::SecondFactorRefused };
        let entry = audit::Entry::of(event, account).from(visit);
        let details = json!({ "with": permit.counter().factor.as_str() });
        audit::record(tx, &visit.app.entropy, audit::Entry { details, ..entry }).await?;
        if let Some(shown) = taken {
            permit.succeed(tx).await?;
            shown.taken(tx, visit, account).await?;
            return Ok(Checked::Right);
        }
        match permit.fail(tx).await? {
            None => Ok(Checked::Wrong),
            Some(lock) => {
                tell_lock(tx, visit, account, lock).await?;
                Ok(Checked::Locked(lock))
            }
        }
    }

    /// The same where no code is asked for any more: it was posted twice, and the other one was first.
    pub async fn drop_within(&self, tx: &mut Tx) -> Result<(), store::Error> {
        match &self.0 {
            Counted::Verified(permit, _) => permit.release(tx).await,
            Counted::Locked { .. } => Ok(()),
        }
    }

    /// To be called once the write that settles it has committed.
    pub fn settled(self, visit: &Visit) {
        if let Counted::Verified(permit, _) = self.0 {
            permit.settled(&visit.app.lockout);
        }
    }
}

/// The end of the lock that keeps this browser from trying codes of an account. Asked of the database: a lock may have
/// been ended before its time, and what stands in an address is nobody's word.
///
/// # Errors
/// When the database says no.
pub async fn locked_until(visit: &Visit, account: &Account, factor: Factor) -> Result<Option<Time>, store::Error> {
    let counter = counter(visit, account, factor).await?.id();
    let read = async |tx: &mut Tx| lockout::locks_of(tx, account.id.as_str()).await;
    let locks = visit.app.db.read("mfa.locked_until", read).await?;
    Ok(locks.into_iter().find(|(id, _)| *id == counter).map(|(_, until)| until))
}

/// Whoever gets as far as a wrong code knows the password: the trail must show it, and the owner must learn of it.
async fn tell_lock(tx: &mut Tx, visit: &Visit, account: &Account, lock: Lock) -> Result<(), store::Error> {
    let app = &visit.app;
    audit::record(tx, &app.entropy, audit::Entry::of(Event::LockoutLocked, account).from(visit)).await?;
    notices::locked(tx, app, Some(account), account.id.as_str(), Guessed::Codes, lock.until).await
}
