//! Pure: how long an address waits after so many names.

use std::time::Duration;

/// What is waited first. Each time after that it is twice as long.
pub const FIRST_PAUSE: Duration = Duration::from_secs(60);
/// Longer than this nobody waits: among those who tried nothing, in browsers they are not known in, are somebody's colleagues.
pub const LONGEST_PAUSE: Duration = Duration::from_secs(15 * 60);

/// The pause that begins with this many different names, where `most` begin the first. Each number begins one at most, and is met
/// once: of many who fail at the same moment one begins it.
pub fn pause(names: i64, most: i64) -> Option<Duration> {
    let over = names - most;
    let step = step(most);
    if over < 0 || over % step != 0 {
        return None;
    }
    let doubled = u32::try_from(over / step).unwrap_or(u32::MAX).min(8);
    Some((FIRST_PAUSE * 2_u32.pow(doubled)).min(LONGEST_PAUSE))
}

/// More names after which an address waits again.
pub fn step(most: i64) -> i64 {
    (most / 10).max(1)
}

/// The first one in a window is told; the others follow from it.
pub fn is_flagged(names: i64, most: i64) -> bool {
    names == most
}
