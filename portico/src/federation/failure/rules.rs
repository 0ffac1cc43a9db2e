//! What is kept of failures. Pure.

use std::time::Duration;

/// Within which the rows of a connection are counted.
pub const HOUR: Duration = Duration::from_secs(3_600);
/// More than go wrong in a bad hour of a large hospital and are still looked at one by one.
const MOST: i64 = 1_000;
/// Of what browsers can have made up: enough to see it, and too little to bury anything under it.
const MOST_BROUGHT: i64 = 100;

/// Rows of a connection in an hour. The two are counted apart: strangers must not keep out what administrators have to see.
pub fn most_rows(brought: bool) -> i64 {
    if brought { MOST_BROUGHT } else { MOST }
}

/// Of a list of so many, those that browsers can have made up: the others are not pushed out by them.
pub fn most_listed_of_brought(most: i64) -> i64 {
    most / 2
}

/// Whether the trail has a row of a failure that is kept: the first of each sign-in. A sign-in is counted where it comes from, and
/// goes away as often as it likes.
pub fn is_recorded(others_of_the_sign_in: i64) -> bool {
    others_of_the_sign_in == 0
}
