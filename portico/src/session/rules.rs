//! When a session is over, and which of too many ends: pure.

use std::time::Duration;

use crate::organizations::SessionRule;
use crate::platform::clock::Time;
use crate::platform::ids::SessionId;

/// What the length of a session is measured by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Life {
    pub created_at: Time,
    pub seen_at: Time,
    /// The latest end it was given when it began.
    pub expires_at: Time,
}

impl Life {
    /// By what the organization says today, so that a shorter limit bites sessions that have begun. A longer one is not theirs: whoever
    /// signed in was promised less.
    pub fn ends_at(&self, rule: &SessionRule) -> Time {
        self.expires_at.min(self.created_at + rule.absolute)
    }

    /// Too old, or not used for too long. A clock that was set back lengthens nothing beyond the latest end.
    pub fn is_over(&self, rule: &SessionRule, now: Time) -> bool {
        now >= self.ends_at(rule) || now.since(self.seen_at) >= rule.idle
    }

    /// How long it can still be left alone.
    pub fn unseen(&self, now: Time) -> Duration {
        now.since(self.seen_at)
    }
}

/// Of the sessions that an account has beside its newest, those that are too many: the ones used longest ago.
pub fn too_many(mut others: Vec<(SessionId, Time)>, at_once: usize) -> Vec<SessionId> {
    // Of two that were used in the same instant the older one ends: ids grow with time.
    others.sort_by(|(a, seen_a), (b, seen_b)| (seen_b, b).cmp(&(seen_a, a)));
    others.into_iter().skip(at_once.saturating_sub(1)).map(|(id, _)| id).collect()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    const BEGAN: Time = Time(1_800_000_000_000_000);
    const MINUTE: u64 = 60;
    const HOUR: u64 = 60 * MINUTE;

    fn after(seconds: u64) -> Time {
        BEGAN + Duration::from_secs(seconds)
    }

    fn rule(idle: u64, absolute: u64) -> SessionRule {
        SessionRule { idle: Duration::from_secs(idle), absolute: Duration::from_secs(absolute), at_once: None }
    }

    #[rstest]
    #[case::just_begun(0, 24 * HOUR, 0, false)]
    #[case::used_within_the_hour(HOUR, 24 * HOUR, 2 * HOUR - 1, false)]
    #[case::not_used_for_an_hour(HOUR, 24 * HOUR, 2 * HOUR, true)]
    #[case::used_to_the_last(24 * HOUR - 1, 24 * HOUR, 24 * HOUR - 1, false)]
    #[case::a_day_old(24 * HOUR - 1, 24 * HOUR, 24 * HOUR, true)]
    #[case::promised_less_than_today(HOUR, 2 * HOUR, 2 * HOUR, true)]
    #[case::promised_more_than_today(25 * HOUR, 48 * HOUR, 25 * HOUR, true)]
    #[case::used_in_the_future(30 * HOUR, 48 * HOUR, 23 * HOUR, false)]
    #[case::used_in_the_future_and_too_old(30 * HOUR, 48 * HOUR, 24 * HOUR, true)]
    fn a_session_is_over_by_the_shorter_of_two_promises(
        #[case] seen: u64,
        #[case] promised: u64,
        #[case] now: u64,
        #[case] over: bool,
    ) {
        let life = Life { created_at: BEGAN, seen_at: after(seen), expires_at: after(promised) };
        assert_eq!(life.is_over(&rule(HOUR, 24 * HOUR), after(now)), over);
    }

    #[rstest]
    #[case::one_at_a_time(1, &["a", "b", "c"])]
    #[case::two(2, &["a", "c"])]
    #[case::as_many_as_there_are(4, &[])]
    #[case::more_than_there_are(100, &[])]
    fn the_ones_used_longest_ago_are_too_many(#[case] at_once: usize, #[case] ended: &[&str]) {
        let used = [("a", 2 * MINUTE), ("b", 9 * MINUTE), ("c", 9 * MINUTE - 1)];
        let others = used.map(|(id, seen)| (SessionId::from(id), after(seen))).to_vec();
        let mut over: Vec<_> = too_many(others, at_once).iter().map(ToString::to_string).collect();
        over.sort();
        assert_eq!(over, ended);
    }

    #[test]
    fn of_two_used_in_the_same_instant_the_older_one_ends() {
        let others = ["b", "a"].map(|id| (SessionId::from(id), BEGAN)).to_vec();
        assert_eq!(too_many(others, 2), [SessionId::from("a")]);
    }
}
