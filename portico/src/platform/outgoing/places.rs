//! How many are on their way to one place.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// On this node. A place that hangs costs so many tasks and connections, whoever asks of it.
pub const AT_ONCE: usize = 50;
/// What one source has of them: or one host could keep everybody else waiting outside.
pub const OF_ONE_SOURCE: usize = 25;

#[derive(Clone, Default)]
pub struct Places(Arc<Mutex<HashMap<String, usize>>>);

/// One of those who are on their way; free again when it is dropped.
pub struct Seat {
    places: Places,
    place: String,
}

impl Places {
    /// `None` when so many are taken already.
    pub fn enter(&self, place: &str, most: usize) -> Option<Seat> {
        let mut taken = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let count = taken.entry(place.to_owned()).or_default();
        if *count >= most {
            return None;
        }
        *count += 1;
        Some(Seat { places: self.clone(), place: place.to_owned() })
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut taken = self.places.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = taken.get_mut(&self.place) {
            *count -= 1;
            if *count == 0 {
                taken.remove(&self.place);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn so_many_go_to_one_place_and_one_more_when_one_is_back() {
        let places = Places::default();
        let mut seats: Vec<Seat> = (0..AT_ONCE).map(|_| places.enter("a", AT_ONCE).unwrap()).collect();
        assert!(places.enter("a", AT_ONCE).is_none());
        assert!(places.enter("b", AT_ONCE).is_some(), "another place has seats of its own");
        seats.pop();
        assert!(places.enter("a", AT_ONCE).is_some());
        drop(seats);
        assert!(places.0.lock().unwrap().is_empty(), "nothing is kept of a place that nobody goes to");
    }
}
