//! Lines that people wait in: of those who come for the same thing so many go in at once, and the next one when one is back.
//!
//! In memory of each node, and of each line only while somebody stands in it. How long one waits is the caller's to say: whoever
//! leaves has not been there.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Lines by what is waited for. Clones share them.
#[derive(Clone)]
pub struct Lines {
    at_once: usize,
    lines: Arc<Mutex<HashMap<String, Arc<Semaphore>>>>,
}

/// One who has gone in, or still waits; the next one's turn when it is dropped.
pub struct Turn {
    lines: Lines,
    name: String,
    line: Arc<Semaphore>,
    gone_in: Option<OwnedSemaphorePermit>,
}

impl Lines {
    pub fn new(at_once: usize) -> Lines {
        Lines { at_once, lines: Arc::default() }
    }

    /// Waits for a turn, in the order in which people came.
    pub async fn enter(&self, name: &str) -> Turn {
        let mut turn = self.join(name);
        // A line is never closed.
        turn.gone_in = turn.line.clone().acquire_owned().await.ok();
        turn
    }

    fn join(&self, name: &str) -> Turn {
        let mut lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        let line = lines.entry(name.to_owned()).or_insert_with(|| Arc::new(Semaphore::new(self.at_once))).clone();
        Turn { lines: self.clone(), name: name.to_owned(), line, gone_in: None }
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let mut lines = self.lines.lines.lock().unwrap_or_else(PoisonError::into_inner);
        drop(self.gone_in.take());
        // The table's own and this one's: nobody else stands in it, and nobody comes while the table is held.
        if Arc::strong_count(&self.line) == 2 {
            lines.remove(&self.name);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::time::timeout;

    use super::*;

    const SOON: Duration = Duration::from_millis(20);

    #[tokio::test]
    async fn one_goes_in_and_the_next_when_it_is_back() {
        let lines = Lines::new(1);
        let first = lines.enter("a").await;
        assert!(timeout(SOON, lines.enter("a")).await.is_err());
        let other = lines.enter("b").await;
        let waiting = tokio::spawn({
            let lines = lines.clone();
            async move { drop(lines.enter("a").await) }
        });
        drop(first);
        waiting.await.unwrap();
        drop(other);
        assert!(lines.lines.lock().unwrap().is_empty(), "nothing is kept of a line that nobody stands in");
    }

    #[tokio::test]
    async fn whoever_leaves_the_line_takes_nobodys_turn() {
        let lines = Lines::new(2);
        let both = (lines.enter("a").await, lines.enter("a").await);
        for _ in 0..3 {
            assert!(timeout(SOON, lines.enter("a")).await.is_err());
        }
        drop(both);
        let again = (lines.enter("a").await, lines.enter("a").await);
        drop(again);
        assert!(lines.lines.lock().unwrap().is_empty());
    }
}
