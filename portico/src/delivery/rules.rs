//! Pure: when a mail server refuses us.

use std::time::Duration;

use crate::platform::mail::Trouble;

/// What is looked at.
pub const WINDOW: Duration = Duration::from_secs(24 * 3_600);
/// One person's mail can be turned away for many reasons; three people's for one.
const PEOPLE: i64 = 3;

/// Whether whoever writes to that server next will most likely be turned away.
pub fn refuses(trouble: &Trouble) -> bool {
    trouble.turned_away >= PEOPLE && trouble.turned_away > trouble.taken
}
