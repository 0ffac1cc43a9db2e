//! The one clock.
//!
//! A [`Time`] is an instant, in microseconds since the epoch: what the database holds and what rules compare. Nobody
//! asks the operating system for it but [`Clock`], so that a test can move it.

use std::ops::{Add, Sub};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::{Column, Param, Value};

/// An instant: microseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Time(pub i64);

impl Time {
    pub const fn from_seconds(seconds: i64) -> Time {
        Time(seconds.saturating_mul(1_000_000))
    }

    /// Whole seconds since the epoch, rounded down.
    pub const fn seconds(self) -> i64 {
        self.0.div_euclid(1_000_000)
    }

    /// As programs write it, to the second: `2026-11-26T00:00:00Z`.
    pub fn to_text(self) -> String {
        let stamp = Timestamp::from_microsecond(self.0).unwrap_or(Timestamp::UNIX_EPOCH);
        stamp.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
    }

    /// How long after `earlier` this is; zero when it is not after it (clocks do go back).
    pub fn since(self, earlier: Time) -> Duration {
        Duration::from_micros(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0))
    }
}

impl Param for Time {
    fn value(&self) -> Value<'_> {
        Value::Int(self.0)
    }
}

impl Column for Time {
    fn read(value: Value<'_>) -> Result<Self, store::Error> {
        i64::read(value).map(Time)
    }
}

/// Microseconds of a duration, as the database stores lifetimes. Too long for that is the longest there is.
pub fn micros(duration: Duration) -> i64 {
    i64::try_from(duration.as_micros()).unwrap_or(i64::MAX)
}

// Saturating: "expires in a thousand years" must not become "expired long ago" by overflow.
impl Add<Duration> for Time {
    type Output = Time;

    fn add(self, duration: Duration) -> Time {
        Time(self.0.saturating_add(micros(duration)))
    }
}

impl Sub<Duration> for Time {
    type Output = Time;

    fn sub(self, duration: Duration) -> Time {
        Time(self.0.saturating_sub(micros(duration)))
    }
}

/// Says what time it is: the system's clock, in a demo one that runs with it and can be put ahead, in tests one that stands
/// still until it is moved.
#[derive(Clone, Debug)]
pub struct Clock(Source);

#[derive(Clone, Debug)]
enum Source {
    System,
    /// By how much it is ahead of the system's.
    Ahead(Arc<AtomicI64>),
    Fake(Arc<AtomicI64>),
}

impl Clock {
    pub fn system() -> Clock {
        Clock(Source::System)
    }

    /// A clock that runs with the system's until it is put ahead. Its clones move together. Only a demo makes one: whoever
    /// can move the clock of a production can end its locks.
    pub fn movable() -> Clock {
        Clock(Source::Ahead(Arc::new(AtomicI64::new(0))))
    }

    /// A clock that stands at `time`. Its clones move together.
    pub fn fake(time: Time) -> Clock {
        Clock(Source::Fake(Arc::new(AtomicI64::new(time.0))))
    }

    pub fn now(&self) -> Time {
        match &self.0 {
            Source::System => system_time(),
            Source::Ahead(micros) => Time(system_time().0.saturating_add(micros.load(Ordering::SeqCst))),
            Source::Fake(micros) => Time(micros.load(Ordering::SeqCst)),
        }
    }

    /// The same clock as the storage layer wants it: a function that gives microseconds.
    pub fn as_micros(&self) -> Arc<dyn Fn() -> i64 + Send + Sync> {
        let clock = self.clone();
        Arc::new(move || clock.now().0)
    }

    /// Moves a clock forward that can be moved; the system's clock is nobody's to move.
    pub fn advance(&self, duration: Duration) {
        match &self.0 {
            Source::System => {}
            Source::Ahead(time) | Source::Fake(time) => {
                time.fetch_add(micros(duration), Ordering::SeqCst);
            }
        }
    }

    /// Sets a fake clock, forward or back.
    pub fn set(&self, to: Time) {
        if let Source::Fake(time) = &self.0 {
            time.store(to.0, Ordering::SeqCst);
        }
    }
}

#[allow(clippy::disallowed_methods, reason = "the one place that asks the operating system for the time")]
fn system_time() -> Time {
    match SystemTime::now().duration_since(UNIX_EPOCH) {
        Ok(since) => Time(micros(since)),
        Err(before) => Time(-micros(before.duration())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: Duration = Duration::from_secs(60);

    #[test]
    fn a_fake_clock_stands_until_it_is_moved_and_its_clones_move_with_it() {
        let clock = Clock::fake(Time::from_seconds(1_000));
        let other = clock.clone();
        clock.advance(MINUTE);
        assert_eq!(other.now(), Time::from_seconds(1_060));
        other.set(Time::from_seconds(5));
        assert_eq!(clock.now().seconds(), 5);
        assert_eq!((clock.as_micros())(), 5_000_000);
    }

    #[test]
    fn time_never_overflows_and_never_runs_negative() {
        assert_eq!(Time(i64::MAX) + MINUTE, Time(i64::MAX));
        assert_eq!(Time(5).since(Time(9)), Duration::ZERO);
        assert_eq!((Time(0) + MINUTE).since(Time(0)), MINUTE);
        assert_eq!(Time(0) - MINUTE, Time::from_seconds(-60));
        assert_eq!(Time(-1).seconds(), -1);
    }

    #[test]
    fn a_movable_clock_runs_with_the_systems_and_its_clones_are_put_ahead_together() {
        let clock = Clock::movable();
        let other = clock.clone();
        assert!(other.now().since(Clock::system().now()) < MINUTE);
        clock.advance(60 * MINUTE);
        let ahead = other.now().since(Clock::system().now());
        assert!(ahead > 59 * MINUTE && ahead <= 60 * MINUTE, "{ahead:?}");
        assert!((clock.as_micros())() >= other.now().0 - 60_000_000);
    }

    #[test]
    fn the_system_clock_is_nobodys_to_move() {
        let clock = Clock::system();
        clock.advance(60 * MINUTE);
        assert!(clock.now().since(Clock::system().now()) < MINUTE);
    }

    #[test]
    fn the_system_clock_is_past_2020() {
        assert!(Clock::system().now() > Time::from_seconds(1_577_836_800));
    }
}
