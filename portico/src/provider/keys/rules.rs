//! From times to what a key does. Pure.

use std::time::Duration;

use oidc::jose::Algorithm;

use crate::platform::clock::Time;

/// How long a key signs before the next one takes over.
pub const SIGNS: Duration = Duration::from_secs(90 * 24 * 3_600);
/// How long it is published before it signs: longer than others keep our keys in memory (`Cache-Control` says five minutes).
pub const PUBLISHED_BEFORE: Duration = Duration::from_secs(15 * 60);
/// How long it stays published after it has signed for the last time: longer than any token lives.
pub const PUBLISHED_AFTER: Duration = Duration::from_secs(24 * 3_600);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyTimes {
    pub created_at: Time,
    pub active_at: Time,
    pub gone_at: Option<Time>,
}

/// A key without its secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyRow {
    pub kid: String,
    pub algorithm: Algorithm,
    pub times: KeyTimes,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Published, and signs later.
    Next,
    Signing,
    /// Signs no more, and is still published.
    Retired,
    Gone,
}

impl State {
    pub fn name(self) -> &'static str {
        match self {
            State::Next => "next",
            State::Signing => "signing",
            State::Retired => "retired",
            State::Gone => "gone",
        }
    }
}

fn is_gone(row: &KeyRow, now: Time) -> bool {
    row.times.gone_at.is_some_and(|gone| gone <= now)
}

/// The one key of an algorithm that signs: of those that may, the one that began last.
pub fn signing(rows: &[KeyRow], algorithm: Algorithm, now: Time) -> Option<&KeyRow> {
    let may = rows.iter().filter(|row| row.algorithm == algorithm && row.times.active_at <= now && !is_gone(row, now));
    may.max_by(|a, b| (a.times.active_at, &a.kid).cmp(&(b.times.active_at, &b.kid)))
}

/// When the next key of an algorithm takes over, if there is one.
pub fn waiting(rows: &[KeyRow], algorithm: Algorithm, now: Time) -> Option<Time> {
    let next = rows.iter().filter(|row| row.algorithm == algorithm && row.times.active_at > now && !is_gone(row, now));
    next.map(|row| row.times.active_at).min()
}

pub fn is_published(row: &KeyRow, now: Time) -> bool {
    !is_gone(row, now)
}

pub fn state_of(row: &KeyRow, rows: &[KeyRow], now: Time) -> State {
    if is_gone(row, now) {
        State::Gone
    } else if row.times.active_at > now {
        State::Next
    } else if signing(rows, row.algorithm, now).is_some_and(|signing| signing.kid == row.kid) {
        State::Signing
    } else {
        State::Retired
    }
}

/// Whether the next key is to be published now, so that it can take over in time.
pub fn is_due(rows: &[KeyRow], algorithm: Algorithm, now: Time) -> bool {
    let old = signing(rows, algorithm, now).is_some_and(|row| row.times.active_at + SIGNS <= now + PUBLISHED_BEFORE);
    old && waiting(rows, algorithm, now).is_none()
}
