//! Hashing passwords with Argon2id, on threads of its own.
//!
//! - As many threads as cores, a bounded queue before them, and nothing is hashed anywhere else: a flood of sign-ins costs
//!   bounded memory, and other requests keep their share of the machine.
//! - A place in the queue is taken *before* an attempt is counted ([`Hasher::reserve`]); when there is none the answer is
//!   "busy, try again", for known and unknown people alike.
//! - Couriers stand in a line of their own and go first ([`Hasher::hash_for_mail`]): whoever floods the door with sign-ins holds no
//!   mail up. The threads are the same, so that the memory is.
//! - Nobody's password costs exactly what somebody's does: [`Slot::verify`] without a hash does the same work.
//! - A thread keeps its memory from one hash to the next; before the first one it has none.

use std::sync::Arc;
use std::{io, thread};

use argon2::{Algorithm, Argon2, Block, Params, Version};
use secrecy::ExposeSecret;
use subtle::ConstantTimeEq;
use thiserror::Error;
use tokio::runtime::Builder;
use tokio::sync::mpsc::{self, OwnedPermit, Receiver, Sender};
use tokio::sync::{Mutex, oneshot};
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

use super::phc::{HASH_LEN, Phc, SALT_LEN};
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
}

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
    cost: Cost,
    entropy: Entropy,
}

/// One password to be hashed as `phc` says; its hash is the answer.
struct Job {
    password: Secret,
    cost: Cost,
    salt: Vec<u8>,
    length: usize,
    answer: oneshot::Sender<Option<Vec<u8>>>,
}

/// Both lines, as the threads see them.
struct Jobs {
    couriers: Receiver<Job>,
    people: Receiver<Job>,
}

impl Jobs {
    /// `None` when nobody can bring another.
    async fn next(&mut self) -> Option<Job> {
        tokio::select! {
            biased;
            Some(job) = self.couriers.recv() => Some(job),
            Some(job) = self.people.recv() => Some(job),
            else => None,
        }
    }
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
            let usual = options.cost;
            thread::Builder::new().name(format!("password-{number}")).spawn(move || work(&jobs, usual))?;
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
        Slot { place, cost: self.cost, entropy: self.entropy.clone() }
    }
}

impl Slot {
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
        self.place.send(Job { password, cost, salt, length, answer });
        hash.await.ok().flatten()
    }
}

/// What a password is compared with when there is nothing to compare it with.
fn dummy(cost: Cost) -> Phc {
    Phc { cost, salt: vec![0; SALT_LEN], hash: vec![0; HASH_LEN] }
}

/// One thread's life: the next job, as long as there is a [`Hasher`].
fn work(jobs: &Mutex<Jobs>, usual: Cost) {
    let waiting = match Builder::new_current_thread().build() {
        Ok(waiting) => waiting,
        Err(error) => return tracing::error!(%error, "a thread that checks passwords cannot work"),
    };
    let mut memory = Vec::new();
    // The idle threads wait for the lock, one of them for a job; it gives the lock back before it works.
    while let Some(job) = waiting.block_on(async { jobs.lock().await.next().await }) {
        // Whoever asked may have gone away meanwhile; nobody should pay for that.
        if job.answer.is_closed() {
            continue;
        }
        let hash = argon2id(&job, &mut memory);
        let _ = job.answer.send(hash);
        // An old hash may have wanted more than the usual; it shall not cost memory for ever.
        if memory.len() > blocks(usual) {
            memory.truncate(blocks(usual));
            memory.shrink_to_fit();
        }
    }
}

fn argon2id(job: &Job, memory: &mut Vec<Block>) -> Option<Vec<u8>> {
    let Cost { m_kib, t, p } = job.cost;
    let params = Params::new(m_kib, t, p, Some(job.length)).ok()?;
    let needed = params.block_count();
    if memory.len() < needed {
        memory.reserve_exact(needed - memory.len());
        memory.resize(needed, Block::new());
    }
    // Keyboards write the same letter in more than one way; NFC makes it the same bytes (NIST SP 800-63B-4, 3.1.1.2).
    let password = Zeroizing::new(job.password.expose_secret().nfc().collect::<String>());
    let mut hash = vec![0; job.length];
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let memory = memory.get_mut(..needed)?;
    argon2.hash_password_into_with_memory(password.as_bytes(), &job.salt, &mut hash, memory).ok()?;
    Some(hash)
}

fn blocks(cost: Cost) -> usize {
    Params::new(cost.m_kib, cost.t, cost.p, None).map_or(0, |params| params.block_count())
}

#[cfg(test)]
#[path = "hash_tests.rs"]
mod tests;
