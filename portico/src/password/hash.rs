//! Hashing passwords with Argon2id, on threads of its own.
//!
//! - As many threads as cores, a bounded queue before them, and nothing is hashed anywhere else: a flood of sign-ins costs
//!   bounded memory, and other requests keep their share of the machine.
//! - A place in the queue is taken *before* an attempt is counted ([`Hasher::reserve`]); when there is none the answer is
//!   "busy, try again", for known and unknown people alike.
//! - Couriers stand in a line of their own and go first ([`Hasher::hash_for_mail`]): whoever floods the door with sign-ins holds no
//!   mail up. The threads are the same, so that the memory is.
//! - Nobody's password costs exactly what somebody's does: [`Slot::verify`] without a hash does the same work.
//! - What a thread does between two hashes is told in [`super::worker`].

use std::sync::Arc;
use std::{io, thread};

use secrecy::ExposeSecret;
use subtle::ConstantTimeEq;
use thiserror::Error;
use tokio::sync::mpsc::{self, OwnedPermit, Sender};
use tokio::sync::{Mutex, oneshot};

use super::phc::{HASH_LEN, Phc, SALT_LEN};
use super::worker::{Job, Jobs, Made, work};
use crate::platform::entropy::{Entropy, Secret};
use crate::platform::mail;

pub use super::phc::Cost;

/// Longer ones are refused before any work is done for them.
pub const MAX_PASSWORD_BYTES: usize = 1024;

pub struct Options {
    pub cost: Cost,
    pub threads: usize,
    /// How many may wait. More are refused.
    pub queue: usize,
    /// How many answers a thread gives at once while others wait; see [`super::worker`].
    pub together: usize,
}

/// Among transactions that take turns: more gain little, and keep the first one waiting.
pub const TOGETHER: usize = 4;

/// All places in the queue are taken: answer 503 and ask to come back in a second or two.
#[derive(Debug, PartialEq, Eq, Error)]
#[error("too many passwords are being checked at the moment")]
pub struct Busy;

#[derive(Debug, PartialEq, Eq, Error)]
pub enum HashError {
    #[error("a password has at most {MAX_PASSWORD_BYTES} bytes")]
    TooLong,
    #[error("the password could not be hashed")]
    Failed,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Wrong,
    Right,
    /// Right, and the stored hash was made at another cost than today's: hash it again while the password is at hand.
    RightButStale,
}

/// The pool. Clones share it; when the last is dropped, its threads end.
#[derive(Clone)]
pub struct Hasher {
    people: Sender<Job>,
    couriers: Sender<Job>,
    cost: Cost,
    entropy: Entropy,
}

/// A place in the queue, for one password.
pub struct Slot {
    place: OwnedPermit<Job>,
    /// See [`Slot::that_settles`].
    settles: bool,
    cost: Cost,
    entropy: Entropy,
}

impl Hasher {
    /// # Errors
    /// When the operating system gives no threads.
    pub fn start(options: &Options, entropy: Entropy) -> io::Result<Hasher> {
        let (people, from_people) = mpsc::channel(options.queue.max(1));
        let (couriers, from_couriers) = mpsc::channel(mail::AT_ONCE);
        let jobs = Arc::new(Mutex::new(Jobs { couriers: from_couriers, people: from_people }));
        for number in 1..=options.threads.max(1) {
            let jobs = Arc::clone(&jobs);
            let made = Made::new(options.cost, options.together);
            thread::Builder::new().name(format!("password-{number}")).spawn(move || work(&jobs, made))?;
        }
        Ok(Hasher { people, couriers, cost: options.cost, entropy })
    }

    /// A place in the queue, at once or not at all.
    ///
    /// # Errors
    /// [`Busy`] when all are taken.
    pub fn reserve(&self) -> Result<Slot, Busy> {
        match self.people.clone().try_reserve_owned() {
            Ok(place) => Ok(self.slot(place)),
            Err(_) => {
                metrics::counter!("portico_password_busy_total").increment(1);
                Err(Busy)
            }
        }
    }

    /// The PHC string of what a mail is about to bring, before whatever people wait for: a courier holds a connection to the
    /// mail server meanwhile, and there are few couriers.
    ///
    /// # Errors
    /// When the password is too long.
    pub async fn hash_for_mail(&self, password: Secret) -> Result<String, HashError> {
        let place = self.couriers.clone().reserve_owned().await.map_err(|_| HashError::Failed)?;
        self.slot(place).hash(password).await
    }

    fn slot(&self, place: OwnedPermit<Job>) -> Slot {
        Slot { place, settles: false, cost: self.cost, entropy: self.entropy.clone() }
    }
}

impl Slot {
    /// For the last hash of a guess: behind it comes the write that settles it, which gains by company. Its answer may be held for
    /// those of others.
    pub fn that_settles(self) -> Slot {
        Slot { settles: true, ..self }
    }

    /// The PHC string to store for a new password.
    ///
    /// # Errors
    /// When the password is too long.
    pub async fn hash(self, password: Secret) -> Result<String, HashError> {
        if password.expose_secret().len() > MAX_PASSWORD_BYTES {
            return Err(HashError::TooLong);
        }
        let cost = self.cost;
        let salt = self.entropy.bytes::<SALT_LEN>().to_vec();
        let hash = self.run(password, cost, salt.clone(), HASH_LEN).await.ok_or(HashError::Failed)?;
        Ok(Phc { cost, salt, hash }.to_string())
    }

    /// Whether `password` is the one that `phc` was made of. Without a `phc` (nobody by that name, or a person without a
    /// password) the same work is done and the verdict is Wrong.
    pub async fn verify(self, password: Secret, phc: Option<String>) -> Verdict {
        // Nobody gets in by a hash that could not be computed.
        self.compare(password, phc).await.unwrap_or(Verdict::Wrong)
    }

    /// Whether `password` may be the one that `phc` was made of: also when that could not be found out, for whoever must not
    /// set the same.
    pub async fn may_be(self, password: Secret, phc: Option<String>) -> bool {
        self.compare(password, phc).await != Some(Verdict::Wrong)
    }

    /// `None` when the hash could not be computed.
    async fn compare(self, password: Secret, phc: Option<String>) -> Option<Verdict> {
        // This depends on what was typed and not on whose it is, so being quick about it tells nothing.
        if password.expose_secret().len() > MAX_PASSWORD_BYTES {
            return Some(Verdict::Wrong);
        }
        let usual = self.cost;
        let stored = phc.and_then(|phc| {
            phc.parse::<Phc>().inspect_err(|error| tracing::error!(%error, "a password cannot be checked")).ok()
        });
        let known = stored.is_some();
        let stored = stored.unwrap_or_else(|| dummy(usual));
        let hash = self.run(password, stored.cost, stored.salt, stored.hash.len()).await?;
        let right = bool::from(hash.ct_eq(&stored.hash)) & known;
        Some(match right {
            false => Verdict::Wrong,
            true if stored.cost == usual => Verdict::Right,
            true => Verdict::RightButStale,
        })
    }

    async fn run(self, password: Secret, cost: Cost, salt: Vec<u8>, length: usize) -> Option<Vec<u8>> {
        let (answer, hash) = oneshot::channel();
        self.place.send(Job { password, cost, salt, length, settles: self.settles, answer });
        hash.await.ok().flatten()
    }
}

/// What a password is compared with when there is nothing to compare it with.
fn dummy(cost: Cost) -> Phc {
    Phc { cost, salt: vec![0; SALT_LEN], hash: vec![0; HASH_LEN] }
}

#[cfg(test)]
#[path = "hash_tests.rs"]
mod tests;
