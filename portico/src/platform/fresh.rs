//! What was read a moment ago need not be read again: a cache that forgets by time alone.
//!
//! Nobody tells it of a change, so it needs no message between nodes: whatever was changed is seen on every node when the
//! time is over. What it holds is therefore never older than its freshness, which is chosen below the second within which a
//! revocation has to hold everywhere.

use std::borrow::Borrow;
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Values by key, each for as long as it is fresh.
pub struct Fresh<K, V> {
    kept: Mutex<HashMap<K, (Instant, V)>>,
    freshness: Duration,
    most: usize,
}

impl<K: Eq + Hash, V: Clone> Fresh<K, V> {
    /// Keeps at most `most` values. With a freshness of zero it keeps none.
    pub fn new(freshness: Duration, most: usize) -> Fresh<K, V> {
        Fresh { kept: Mutex::default(), freshness, most }
    }

    pub fn get<Q: Eq + Hash + ?Sized>(&self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.get(key).filter(|(read, _)| read.elapsed() < self.freshness).map(|(_, value)| value.clone())
    }

    /// Keeps a value that was read at `read`: the time before the question was asked, not after it was answered.
    pub fn put(&self, key: K, read: Instant, value: V) {
        if self.freshness.is_zero() {
            return;
        }
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= self.most {
            kept.retain(|_, (read, _)| read.elapsed() < self.freshness);
        }
        // Full of what is still fresh: this one is read again the next time.
        if kept.len() < self.most {
            kept.insert(key, (read, value));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_kept_while_it_is_fresh_and_there_is_room() {
        let fresh = Fresh::new(Duration::from_secs(3_600), 2);
        let now = Instant::now();
        fresh.put("a", now, 1);
        fresh.put("b", now, 2);
        fresh.put("c", now, 3);
        assert_eq!((fresh.get("a"), fresh.get("b"), fresh.get("c")), (Some(1), Some(2), None));
        let none = Fresh::new(Duration::ZERO, 2);
        none.put("a", now, 1);
        assert_eq!(none.get("a"), None);
    }

    #[test]
    fn what_is_stale_is_not_given_and_makes_room() {
        let fresh = Fresh::new(Duration::from_secs(1), 1);
        let Some(long_ago) = Instant::now().checked_sub(Duration::from_secs(2)) else { return };
        fresh.put("a", long_ago, 1);
        assert_eq!(fresh.get("a"), None);
        fresh.put("b", Instant::now(), 2);
        assert_eq!(fresh.get("b"), Some(2));
    }
}
