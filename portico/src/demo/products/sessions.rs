//! Who is at a product, in memory: gone when the demo is, and a sign-in that asks nothing brings it back.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::member::Member;
use crate::platform::clock::Time;
use crate::platform::hashes::sha256;

/// Sign-ins of one browser that wait for their answer: tabs.
const MOST_WAITING: usize = 8;
const WAITS: Duration = Duration::from_secs(2 * 3_600);
/// Longer than Portico's own session can be.
const LIVES: Duration = Duration::from_secs(24 * 3_600);
const MOST_SESSIONS: usize = 10_000;

/// A sign-in that was begun here: what only this browser's session knows of it.
pub struct Waiting {
    pub state: String,
    pub nonce: String,
    pub verifier: String,
    /// The page that was asked for: one of [`super::sheets`], and no text from outside.
    pub page: &'static str,
    pub since: Time,
}

/// Somebody who is signed in; the lock keeps two tabs from changing one refresh token twice.
pub type Seat = Arc<tokio::sync::Mutex<Member>>;

struct Session {
    waiting: Vec<Waiting>,
    member: Option<Taken>,
    since: Time,
}

struct Taken {
    seat: Seat,
    /// As a logout token names them.
    sub: String,
    sid: Option<String>,
}

/// By the hash of the cookie.
#[derive(Default)]
pub struct Sessions(Mutex<HashMap<[u8; 32], Session>>);

impl Sessions {
    fn all(&self) -> MutexGuard<'_, HashMap<[u8; 32], Session>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps what a sign-in will be judged by.
    pub fn wait(&self, cookie: &str, waiting: Waiting) {
        let now = waiting.since;
        let mut all = self.all();
        all.retain(|_, session| now.since(session.since) < LIVES);
        if all.len() >= MOST_SESSIONS {
            // Nobody comes near this on one machine; whoever does signs everybody out, and runs nothing full.
            all.clear();
        }
        let fresh = || Session { waiting: Vec::new(), member: None, since: now };
        let session = all.entry(sha256(cookie.as_bytes())).or_insert_with(fresh);
        session.waiting.retain(|other| now.since(other.since) < WAITS);
        if session.waiting.len() >= MOST_WAITING {
            session.waiting.remove(0);
        }
        session.waiting.push(waiting);
    }

    /// Takes out the sign-in with this state, once, if it was begun in this browser.
    pub fn take(&self, cookie: &str, state: &str, now: Time) -> Option<Waiting> {
        let mut all = self.all();
        let session = all.get_mut(&sha256(cookie.as_bytes()))?;
        let at = session.waiting.iter().position(|waiting| waiting.state == state)?;
        Some(session.waiting.remove(at)).filter(|waiting| now.since(waiting.since) < WAITS)
    }

    /// Seats somebody under a new cookie: one that was known before the sign-in is worth nothing after it. Other tabs' sign-ins
    /// move along.
    pub fn seat(&self, before: &str, cookie: &str, member: Member, now: Time) {
        let mut all = self.all();
        let waiting = all.remove(&sha256(before.as_bytes())).map(|session| session.waiting).unwrap_or_default();
        let taken = Taken { sub: member.sub.clone(), sid: member.sid.clone(), seat: Arc::new(member.into()) };
        all.insert(sha256(cookie.as_bytes()), Session { waiting, member: Some(taken), since: now });
    }

    pub fn knows(&self, cookie: &str) -> bool {
        self.all().contains_key(&sha256(cookie.as_bytes()))
    }

    pub fn seated(&self, cookie: &str, now: Time) -> Option<Seat> {
        let all = self.all();
        let session = all.get(&sha256(cookie.as_bytes())).filter(|session| now.since(session.since) < LIVES)?;
        session.member.as_ref().map(|taken| taken.seat.clone())
    }

    /// Nobody is signed in with this cookie any more.
    pub fn leave(&self, cookie: &str) {
        self.all().remove(&sha256(cookie.as_bytes()));
    }

    /// Ends what a logout token names: one session, or all of a person where it names none.
    pub fn end(&self, sub: Option<&str>, sid: Option<&str>) -> usize {
        let mut all = self.all();
        let before = all.len();
        all.retain(|_, session| {
            let Some(taken) = &session.member else { return true };
            let same_session = sid.is_none_or(|sid| taken.sid.as_deref() == Some(sid));
            let same_person = sub.is_none_or(|sub| taken.sub == sub);
            !(same_session && same_person)
        });
        before - all.len()
    }
}
