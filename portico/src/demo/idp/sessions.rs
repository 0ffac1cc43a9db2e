//! Who is signed in here, by the hash of the browser's cookie.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::staff::Colleague;
use crate::platform::clock::Time;
use crate::platform::hashes::sha256;

/// A shift.
const LIVES: Duration = Duration::from_secs(12 * 3_600);
const MOST: usize = 10_000;

#[derive(Clone, Debug)]
pub struct Session {
    pub person: &'static Colleague,
    /// As tokens name the session.
    pub sid: String,
    /// When the person last showed who it is.
    pub auth_time: Time,
    /// By a second factor, too.
    pub badge: bool,
}

#[derive(Default)]
pub struct Sessions(Mutex<HashMap<[u8; 32], Session>>);

impl Sessions {
    fn all(&self) -> MutexGuard<'_, HashMap<[u8; 32], Session>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn of(&self, cookie: &str, now: Time) -> Option<Session> {
        let found = self.all().get(&sha256(cookie.as_bytes())).cloned();
        found.filter(|session| now.since(session.auth_time) < LIVES)
    }

    pub fn open(&self, cookie: &str, session: Session) {
        let now = session.auth_time;
        let mut all = self.all();
        all.retain(|_, other| now.since(other.auth_time) < LIVES);
        if all.len() >= MOST {
            // Nobody comes near this on one machine; whoever does signs everybody out, and runs nothing full.
            all.clear();
        }
        all.insert(sha256(cookie.as_bytes()), session);
    }

    pub fn end(&self, cookie: &str) -> Option<Session> {
        self.all().remove(&sha256(cookie.as_bytes()))
    }

    /// Whether a session of this name still lives.
    pub fn lives(&self, sid: &str) -> bool {
        self.all().values().any(|session| session.sid == sid)
    }
}
