//! Checking a code of an authenticator app: counted before it is verified, and never taken twice.

use store::Tx;

use super::{queries, totp};
use crate::audit::{self, Event};
use crate::lockout::{self, Attempt, Class, Counter, Factor, Lock, Permit};
use crate::notices::{self, Guessed};
use crate::people::Account;
use crate::platform::web::{Error, Visit};
use crate::{password, session};

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
    /// With the authenticator and the time step the code is of, if it is of any.
    Verified(Permit, Option<(String, i64)>),
}

/// Counts and verifies a code typed for an account.
pub async fn guess(visit: &Visit, account: &Account, code: &str) -> Result<Guess, Error> {
    let app = &visit.app;
    let browser = visit.browser().map_or([0; 32], |browser| browser.hash);
    let (device, authenticators) = app
        .db
        .read("mfa.load", async |tx: &mut Tx| {
            let device = session::recognized(tx, &browser, account.id.as_str()).await?;
            Ok::<_, store::Error>((device, queries::authenticators_of(tx, &account.id).await?))
        })
        .await?;
    let class = device.map_or(Class::Unrecognized, Class::Device);
    let counter = Counter { subject: account.id.to_string(), factor: Factor::Totp, class };
    let rule = account.organization.policy.lock;
    // A code takes no place to verify: it is compared in a moment.
    let reserved = lockout::reserve(&app.db, &app.entropy, &app.lockout, counter.clone(), rule, || Some(()));
    let permit = match reserved.await? {
        Attempt::Permit(permit, ()) => permit,
        Attempt::Crowded => return Err(Error::Busy { retry_after: password::RETRY_AFTER }),
        Attempt::Locked { lock, began } => return Ok(Guess(Counted::Locked { counter, lock, began })),
    };
    let digits: String = code.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    let now = app.clock.now();
    let matching = authenticators.into_iter().find_map(|one| {
        let secret = app.keys.open(&super::secret_aad(&one.id), &one.secret).ok()?;
        totp::matching_step(&secret, &digits, now).map(|step| (one.id, step))
    });
    Ok(Guess(Counted::Verified(permit, matching)))
}

impl Guess {
    /// Uses the code up and settles the count. What follows from it belongs into the same transaction.
    pub async fn settle(&self, tx: &mut Tx, visit: &Visit, account: &Account) -> Result<Checked, store::Error> {
        let (permit, matching) = match &self.0 {
            Counted::Locked { counter, lock, began } => {
                lockout::record_refused(tx, visit, Some(account), counter).await?;
                if *began {
                    tell_lock(tx, visit, account, *lock).await?;
                }
                return Ok(Checked::Locked(*lock));
            }
            Counted::Verified(permit, matching) => (permit, matching),
        };
        // A conditional UPDATE takes the step: of many posts of one code, on however many nodes, one wins.
        let right = match matching {
            Some((id, step)) => queries::take_step(tx, id, *step).await?,
            None => false,
        };
        let event = if right { Event::SecondFactorVerified } else { Event::SecondFactorRefused };
        audit::record(tx, &visit.app.entropy, audit::Entry::of(event, account).from(visit)).await?;
        if right {
            permit.succeed(tx).await?;
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

/// Whoever gets as far as a wrong code knows the password: the trail must show it, and the owner must learn of it.
async fn tell_lock(tx: &mut Tx, visit: &Visit, account: &Account, lock: Lock) -> Result<(), store::Error> {
    let app = &visit.app;
    audit::record(tx, &app.entropy, audit::Entry::of(Event::LockoutLocked, account).from(visit)).await?;
    notices::locked(tx, app, Some(account), account.id.as_str(), Guessed::Codes, lock.until).await
}
