//! Reserve, then verify, then settle.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use store::{Db, Tx};
use tokio::sync::Notify;

use super::queries;
use super::rules::{Admission, Counter, Lock, Tally, admit};
use crate::organizations::LockRule;
use crate::platform::clock::Time;
use crate::platform::entropy::Entropy;

/// A verification that takes longer than this is taken for lost, and counts as a failure.
const LEASE: Duration = Duration::from_secs(15);
/// How often a waiting attempt looks again; the outcome may be settled on another node.
const LOOK_AGAIN: Duration = Duration::from_millis(50);
/// How many may wait for one counter on this node.
const QUEUE: usize = 32;
/// How often one attempt looks before it is told to come back.
const LOOKS: usize = 200;

/// The right to verify one guess. Only [`reserve`] makes one; it ends in [`Permit::succeed`], [`Permit::fail`] or
/// [`Permit::release`].
#[derive(Debug)]
pub struct Permit {
    counter: Counter,
    reservation: String,
    leased_until: Time,
    rule: LockRule,
    /// There were failures when it was made that the owner has not been told of.
    untold: bool,
}

#[derive(Debug)]
pub enum Attempt<S> {
    Permit(Permit, S),
    Locked {
        lock: Lock,
        /// It began just now, with attempts whose outcome nobody ever told: the caller audits it and tells the owner.
        began: bool,
    },
    /// Too many are waiting for this counter, or there is no place to verify: come back in a moment.
    Crowded,
}

/// Who waits for which counter on this node, so that a settled attempt wakes the next at once.
#[derive(Clone, Default)]
pub struct Queue(Arc<Mutex<HashMap<String, Waiting>>>);

struct Waiting {
    settled: Arc<Notify>,
    count: usize,
}

struct Place {
    queue: Queue,
    counter: String,
    settled: Arc<Notify>,
}

impl Queue {
    fn enter(&self, counter: &str) -> Option<Place> {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let entry = waiting.entry(counter.to_owned()).or_insert_with(|| Waiting { settled: Arc::default(), count: 0 });
        if entry.count >= QUEUE {
            return None;
        }
        entry.count += 1;
        Some(Place { queue: self.clone(), counter: counter.to_owned(), settled: entry.settled.clone() })
    }

    fn wake(&self, counter: &str) {
        let waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(entry) = waiting.get(counter) {
            entry.settled.notify_waiters();
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut waiting = self.queue.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(entry) = waiting.get_mut(&self.counter) {
            entry.count -= 1;
            if entry.count == 0 {
                waiting.remove(&self.counter);
            }
        }
    }
}

/// Counts an attempt before it is verified, in a write of its own, so that no rollback can undo the count.
///
/// `place` is where the verification will happen. It is taken anew at each look: whoever waits here for others must not
/// keep anybody else from verifying.
pub async fn reserve<S>(
    db: &Db,
    entropy: &Entropy,
    queue: &Queue,
    counter: Counter,
    rule: LockRule,
    mut place: impl FnMut() -> Option<S>,
) -> Result<Attempt<S>, store::Error> {
    let reservation = entropy.id();
    let id = counter.id();
    let mut waiting = None;
    for _ in 0..LOOKS {
        let Some(taken) = place() else { return Ok(Attempt::Crowded) };
        let Looked { admission, began, leased_until, untold } = look(db, &counter, &reservation, &rule).await?;
        match admission {
            Admission::Admit => {
                return Ok(Attempt::Permit(Permit { counter, reservation, leased_until, rule, untold }, taken));
            }
            Admission::Locked(lock) => return Ok(Attempt::Locked { lock, began }),
            Admission::Wait => drop(taken),
        }
        if waiting.is_none() {
            waiting = queue.enter(&id);
        }
        let Some(waiting) = &waiting else { return Ok(Attempt::Crowded) };
        // Whoever settles on this node wakes us; the time-out covers other nodes and expired leases.
        let _ = tokio::time::timeout(LOOK_AGAIN, waiting.settled.notified()).await;
    }
    Ok(Attempt::Crowded)
}

struct Looked {
    admission: Admission,
    /// A lock began with what was found.
    began: bool,
    leased_until: Time,
    /// The owner has not been told of all that is counted.
    untold: bool,
}

/// One look at the counter, and the reservation if it admits one.
async fn look(db: &Db, counter: &Counter, reservation: &str, rule: &LockRule) -> Result<Looked, store::Error> {
    let id = counter.id();
    // Nobody learns how a guess went before its outcome is written and synced, and this with it: what a power failure takes
    // from here told nobody anything.
    db.write_unsynced("lockout.reserve", async |tx: &mut Tx| {
        let now = Time(tx.now());
        let queries::Found { tally: stored, in_flight, lost } = queries::find(tx, &id, now).await?;
        let mut tally = stored.unwrap_or(Tally::fresh(now));
        // A reservation nobody settled is a guess whose outcome we never learned: it counts, when its lease ended.
        let lost = if lost > 0 { queries::expire_reservations(tx, &id, now).await? } else { Vec::new() };
        for ended in &lost {
            tally = tally.failed(rule, *ended);
        }
        let mut tally = tally.at(rule, now);
        let admission = admit(tally, in_flight, rule, now);
        let leased_until = now + LEASE;
        match admission {
            Admission::Admit => queries::insert_reservation(tx, reservation, counter, leased_until).await?,
            // Past the hard cap every try begins a lock like any other, so that its page can tell of it.
            Admission::Locked(lock) => tally.locked_until = Some(lock.until),
            Admission::Wait => {}
        }
        // Whatever the answer: what has just been counted must not be lost with it. No row says as much as a fresh one.
        if stored.unwrap_or(Tally::fresh(now)) != tally {
            queries::save_tally(tx, counter, tally, now).await?;
        }
        let began = !lost.is_empty() && matches!(admission, Admission::Locked(_));
        Ok(Looked { admission, began, leased_until, untold: tally.untold > 0 && counter.factor.is_told() })
    })
    .await
}

impl Permit {
    /// The guess was right: this counter starts anew. To be called in the write that records the proof.
    pub async fn succeed(&self, tx: &mut Tx) -> Result<(), store::Error> {
        let id = self.counter.id();
        queries::end_reservation(tx, &id, &self.reservation).await?;
        match self.untold {
            true => queries::empty_counter(tx, &id).await,
            false => queries::delete_counter(tx, &id).await,
        }
    }

    /// The guess was wrong: one failure more. Answers the lock if this (or an earlier one) locks.
    pub async fn fail(&self, tx: &mut Tx) -> Result<Option<Lock>, store::Error> {
        let id = self.counter.id();
        let now = Time(tx.now());
        let tally = queries::tally(tx, &id).await?.unwrap_or(Tally::fresh(now));
        // When the lease ran out meanwhile, somebody has counted this attempt already. When it did not, the database has lost
        // it with its last moment: then nobody has, and the guess still told its outcome.
        let gone = queries::delete_reservation(tx, &id, &self.reservation).await? == 0;
        let counted = gone && self.leased_until <= now;
        let tally = if counted { tally } else { tally.failed(&self.rule, now) };
        queries::save_tally(tx, &self.counter, tally, now).await?;
        Ok(tally.at(&self.rule, now).locked_until.map(|until| Lock { until }))
    }

    /// Nothing was guessed after all: what asked for it is not due any more. The failures before it stand.
    pub async fn release(&self, tx: &mut Tx) -> Result<(), store::Error> {
        queries::end_reservation(tx, &self.counter.id(), &self.reservation).await
    }

    /// To be called once the write that ended it has committed: lets those who wait look again.
    pub fn settled(self, queue: &Queue) {
        queue.wake(&self.counter.id());
    }

    pub fn counter(&self) -> &Counter {
        &self.counter
    }
}
