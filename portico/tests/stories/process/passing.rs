//! Time and chance.

use std::time::{Duration, Instant};

use portico::platform::clock::Clock;

/// Long enough for a machine that does three other things.
const PATIENCE: Duration = Duration::from_secs(60);
const LOOK_AGAIN: Duration = Duration::from_millis(5);

/// Looks until there is something to see.
pub async fn until<T, F: Future<Output = Option<T>>>(what: &str, look: impl Fn() -> F) -> T {
    let from = Instant::now();
    loop {
        if let Some(seen) = look().await {
            return seen;
        }
        assert!(from.elapsed() < PATIENCE, "{what}: not within {PATIENCE:?}");
        tokio::time::sleep(LOOK_AGAIN).await;
    }
}

/// Chance that can be repeated: the seed is printed, and taken from `STORIES_SEED` when that is set.
pub struct Dice(u64);

impl Dice {
    pub fn new() -> Dice {
        let named = std::env::var("STORIES_SEED").ok().and_then(|seed| seed.parse().ok());
        let seed = named.unwrap_or_else(|| Clock::system().now().0.unsigned_abs());
        eprintln!("STORIES_SEED={seed}");
        Dice(seed | 1)
    }

    /// A number from `low` up to and without `high` (xorshift64*).
    pub fn between(&mut self, low: u64, high: u64) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        low + (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) % (high - low)
    }
}
