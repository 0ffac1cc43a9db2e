use std::time::Duration;

use proptest::prelude::*;
use rstest::rstest;

use super::rules::{Admission, Lock, QUESTIONS, Tally, admit};
use crate::organizations::{LockRule, Policy, Preset};
use crate::platform::clock::Time;

const START: Time = Time(1_800_000_000_000_000);
const MINUTE: Duration = Duration::from_secs(60);

fn rule() -> LockRule {
    Policy::preset(Preset::Classic).lock
}

fn failed(times: usize, now: Time) -> Tally {
    (0..times).fold(Tally::fresh(now), |tally, _| tally.failed(&rule(), now))
}

#[rstest]
#[case(0, 0, Admission::Admit)]
#[case(0, 2, Admission::Admit)]
#[case(0, 3, Admission::Wait)]
#[case(2, 0, Admission::Admit)]
#[case(2, 1, Admission::Wait)]
#[case(3, 0, Admission::Locked(Lock { until: Time(START.0 + 1_800_000_000) }))]
fn failures_and_attempts_under_way_never_pass_three(
    #[case] failures: usize,
    #[case] in_flight: i64,
    #[case] expected: Admission,
) {
    assert_eq!(admit(failed(failures, START), in_flight, &rule(), START), expected);
}

/// Failures in a row over many windows, and none in this one.
fn long_ago(total: i64) -> Tally {
    Tally { total, ..Tally::fresh(START) }
}

#[rstest]
#[case::none_under_way(rule(), 99, 0, Admission::Admit)]
#[case::the_hundredth_is_under_way(rule(), 99, 1, Admission::Wait)]
#[case::two_more_may_fail(rule(), 98, 1, Admission::Admit)]
#[case::both_are_under_way(rule(), 98, 2, Admission::Wait)]
#[case::the_tries_come_first(rule(), 0, 3, Admission::Wait)]
#[case::used_up(rule(), 100, 0, Admission::Locked(Lock { until: Time(START.0 + 1_800_000_000) }))]
#[case::answers(QUESTIONS, 9, 0, Admission::Admit)]
#[case::the_tenth_answers_are_under_way(QUESTIONS, 9, 1, Admission::Wait)]
#[case::answers_are_used_up(QUESTIONS, 10, 0, Admission::Locked(Lock { until: Time(START.0 + 86_400_000_000) }))]
fn failures_in_a_row_and_attempts_under_way_never_pass_the_cap(
    #[case] rule: LockRule,
    #[case] total: i64,
    #[case] in_flight: i64,
    #[case] expected: Admission,
) {
    assert_eq!(admit(long_ago(total), in_flight, &rule, START), expected);
}

#[test]
fn a_lock_lasts_exactly_its_length() {
    let locked = failed(3, START);
    let last = Time(START.0 + 1_800_000_000 - 1);
    assert!(matches!(admit(locked, 0, &rule(), last), Admission::Locked(_)));
    assert_eq!(admit(locked, 0, &rule(), START + 30 * MINUTE), Admission::Admit);
}

#[test]
fn failures_far_apart_do_not_add_up() {
    let old = failed(2, START);
    let later = START + 31 * MINUTE;
    assert_eq!(old.failed(&rule(), later).locked_until, None);
}

#[test]
fn a_hundred_failures_in_a_row_stay_locked_until_a_recovery() {
    let mut now = START;
    let mut tally = Tally::fresh(now);
    while tally.total < rule().cap {
        tally = tally.failed(&rule(), now);
        now = now + 31 * MINUTE;
    }
    assert!(matches!(admit(tally, 0, &rule(), now + 24 * 60 * MINUTE), Admission::Locked(_)));
}

proptest! {
    #[test]
    fn no_day_has_more_than_three_wrong_sets_of_answers(gaps in prop::collection::vec(0u32..30 * 60, 0..40)) {
        let rule = LockRule { cap: 100, ..QUESTIONS };
        let (mut tally, mut now) = (Tally::fresh(START), START);
        let mut failed = Vec::new();
        for gap in gaps {
            now = now + gap * MINUTE;
            if admit(tally, 0, &rule, now) == Admission::Admit {
                tally = tally.failed(&rule, now);
                failed.push(now);
            }
        }
        for fourth in failed.windows(4) {
            prop_assert!(fourth[3] >= fourth[0] + 24 * 60 * MINUTE, "{failed:?}");
        }
    }

    /// Whenever who comes, and in whatever order the verdicts fall: `Some(minutes)` comes after that time, `None` is the
    /// verdict (wrong) on whoever waits longest for one.
    #[test]
    fn however_attempts_overlap_the_cap_is_never_passed(
        events in prop::collection::vec(prop::option::of(0u32..45), 0..400),
        cap in 3i64..20,
    ) {
        let rule = LockRule { cap, ..rule() };
        let (mut tally, mut now, mut in_flight) = (Tally::fresh(START), START, 0);
        for event in events {
            match event {
                Some(minutes) => {
                    now = now + minutes * MINUTE;
                    if admit(tally, in_flight, &rule, now) == Admission::Admit {
                        in_flight += 1;
                    }
                }
                None if in_flight > 0 => {
                    in_flight -= 1;
                    tally = tally.failed(&rule, now);
                }
                None => {}
            }
            prop_assert!(tally.total + in_flight <= cap, "{tally:?}, {in_flight} under way");
        }
    }

    #[test]
    fn attempts_during_a_lock_never_extend_it(minutes in prop::collection::vec(0u32..29, 0..20)) {
        let mut tally = failed(3, START);
        for minute in minutes {
            tally = tally.failed(&rule(), START + minute * MINUTE);
        }
        prop_assert_eq!(tally.locked_until, Some(START + 30 * MINUTE));
    }
}
