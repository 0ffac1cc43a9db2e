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
    kept: Mutex<Kept<K, V>>,
    freshness: Duration,
    most: usize,
}

/// What was read lately, in two heaps: when the younger one was begun a freshness ago, nothing in the older one is fresh, and
/// it goes as a whole. Memory is therefore bounded by what was read in two freshnesses, and nobody looks through all of it.
struct Kept<K, V> {
    begun: Instant,
    young: HashMap<K, (Instant, V)>,
    old: HashMap<K, (Instant, V)>,
}

impl<K: Eq + Hash, V: Clone> Fresh<K, V> {
    /// Keeps at most twice `most` values. With a freshness of zero it keeps none.
    pub fn new(freshness: Duration, most: usize) -> Fresh<K, V> {
        let kept = Kept { begun: Instant::now(), young: HashMap::new(), old: HashMap::new() };
        Fresh { kept: Mutex::new(kept), freshness, most }
    }

    pub fn get<Q: Eq + Hash + ?Sized>(&self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let found = kept.young.get(key).or_else(|| kept.old.get(key));
        found.filter(|(read, _)| read.elapsed() < self.freshness).map(|(_, value)| value.clone())
    }

    /// Keeps a value that was read at `read`: the time before the question was asked, not after it was answered.
    pub fn put(&self, key: K, read: Instant, value: V) {
        if self.freshness.is_zero() {
            return;
        }
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let gone = (kept.begun.elapsed() >= self.freshness).then(|| kept.turn());
        // Full of what is still fresh: this one is read again the next time.
        if kept.young.len() < self.most || kept.young.contains_key(&key) {
            kept.young.insert(key, (read, value));
        }
        drop(kept);
        // Outside of the lock: it may be much.
        drop(gone);
    }

    /// Forgets one before its time.
    pub fn forget<Q: Eq + Hash + ?Sized>(&self, key: &Q)
    where
        K: Borrow<Q>,
    {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.young.remove(key);
        kept.old.remove(key);
    }
}

impl<K, V> Kept<K, V> {
    /// Begins a heap, and gives up the one before the last.
    fn turn(&mut self) -> HashMap<K, (Instant, V)> {
        self.begun = Instant::now();
        let young = std::mem::take(&mut self.young);
        std::mem::replace(&mut self.old, young)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

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
    fn what_is_stale_is_not_given() {
        let fresh = Fresh::new(Duration::from_secs(1), 2);
        let Some(long_ago) = Instant::now().checked_sub(Duration::from_secs(2)) else { return };
        fresh.put("a", long_ago, 1);
        assert_eq!(fresh.get("a"), None);
        fresh.put("a", Instant::now(), 2);
        assert_eq!(fresh.get("a"), Some(2));
    }

    #[test]
    fn a_value_that_is_read_again_takes_no_more_room_and_one_that_is_forgotten_is_gone() {
        let fresh = Fresh::new(Duration::from_secs(3_600), 1);
        fresh.put("a", Instant::now(), 1);
        fresh.put("a", Instant::now(), 2);
        assert_eq!(fresh.get("a"), Some(2));
        fresh.forget("a");
        assert_eq!(fresh.get("a"), None);
    }

    #[test]
    fn what_was_not_read_for_two_freshnesses_is_not_in_memory_any_more() {
        let fresh = Fresh::new(Duration::from_nanos(1), 10);
        let held = Arc::new(());
        for name in ["a", "b", "c"] {
            fresh.put(name, Instant::now(), held.clone());
        }
        assert_eq!(Arc::strong_count(&held), 3, "itself, and two heaps of one");
    }
}
