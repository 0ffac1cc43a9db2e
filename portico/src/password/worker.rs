//! One thread that hashes: what it does with a job, and between two.
//!
//! - Its memory is kept from one hash to the next; before the first one it has none.
//! - While others wait, the answers of guesses are held and given together. What follows one (the count, the session, the trail)
//!   finds cold caches where a hash has gone through its memory, and syncs the disk; of four that come together, one pays for that.
//!   The first of them waits for three hashes more, as all do who are in line, and about [`HELD`] at the most.
//! - They are held for others of their kind and cost only: not for a mail's, nor for a dear one.
//! - Nor are they held for a job that another thread may take first: the next one is at hand, or all are answered before it is
//!   waited for.

use std::time::{Duration, Instant};

use argon2::{Algorithm, Argon2, Block, Params, Version};
use secrecy::ExposeSecret;
use tokio::runtime::Builder;
use tokio::sync::mpsc::Receiver;
use tokio::sync::{Mutex, oneshot};
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

use super::phc::Cost;
use crate::platform::entropy::Secret;

/// How long an answer may be held. Where a hash takes longer, what is around it weighs less, and each is given at once.
const HELD: Duration = Duration::from_millis(60);

/// `None` when it could not be computed.
pub type Hash = Option<Vec<u8>>;

/// One password to be hashed as `phc` says; its hash is the answer.
pub struct Job {
    pub password: Secret,
    pub cost: Cost,
    pub salt: Vec<u8>,
    pub length: usize,
    /// Its answer may be held.
    pub settles: bool,
    pub answer: oneshot::Sender<Hash>,
}

/// Both lines, as the threads see them.
pub struct Jobs {
    pub couriers: Receiver<Job>,
    pub people: Receiver<Job>,
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

    /// One that waits already.
    fn at_hand(&mut self) -> Option<Job> {
        self.couriers.try_recv().or_else(|_| self.people.try_recv()).ok()
    }
}

/// Hashes that were made and not yet given to those who wait for them.
pub struct Made {
    usual: Cost,
    most: usize,
    held: Duration,
    answers: Vec<(oneshot::Sender<Hash>, Hash)>,
    /// When the first of them was.
    since: Instant,
    /// How long the last of them took.
    took: Duration,
}

impl Made {
    pub fn new(usual: Cost, most: usize) -> Made {
        Made { usual, most, held: HELD, answers: Vec::with_capacity(most), since: Instant::now(), took: Duration::ZERO }
    }

    fn make(&mut self, job: Job, memory: &mut Vec<Block>) {
        let alone = !job.settles || job.cost != self.usual;
        if alone {
            self.give_out();
        }
        let begun = Instant::now();
        let hash = argon2id(&job, memory);
        if self.answers.is_empty() {
            self.since = Instant::now();
        }
        self.took = begun.elapsed();
        self.answers.push((job.answer, hash));
        if alone {
            self.give_out();
        }
    }

    /// Whether one more may be made before these are given out.
    fn may_wait(&self) -> bool {
        self.answers.is_empty() || (self.answers.len() < self.most && self.since.elapsed() + self.took <= self.held)
    }

    fn give_out(&mut self) {
        for (asker, hash) in self.answers.drain(..) {
            let _ = asker.send(hash);
        }
    }
}

/// The thread's life: the next job, as long as there is a [`super::Hasher`].
pub fn work(jobs: &Mutex<Jobs>, mut made: Made) {
    let waiting = match Builder::new_current_thread().build() {
        Ok(waiting) => waiting,
        Err(error) => return tracing::error!(%error, "a thread that checks passwords cannot work"),
    };
    let mut memory = Vec::new();
    while let Some(job) = waiting.block_on(next(jobs, &mut made)) {
        // Whoever asked may have gone away meanwhile; nobody should pay for that.
        if job.answer.is_closed() {
            continue;
        }
        made.make(job, &mut memory);
        // An old hash may have wanted more than the usual; it shall not cost memory for ever.
        let usual = blocks(made.usual);
        if memory.len() > usual {
            memory.truncate(usual);
            memory.shrink_to_fit();
        }
    }
}

async fn next(jobs: &Mutex<Jobs>, made: &mut Made) -> Option<Job> {
    // Another thread that has the lock waits for a job that is not there, or has just got the next one.
    if made.may_wait()
        && let Some(job) = jobs.try_lock().ok().and_then(|mut jobs| jobs.at_hand())
    {
        return Some(job);
    }
    made.give_out();
    // The idle threads wait for the lock, one of them for a job; it gives the lock back before it works.
    jobs.lock().await.next().await
}

fn argon2id(job: &Job, memory: &mut Vec<Block>) -> Hash {
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
#[path = "worker_tests.rs"]
mod tests;
