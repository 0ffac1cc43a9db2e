use oidc::jose::Algorithm;
use rstest::rstest;

use super::rules::{KeyRow, KeyTimes, PUBLISHED_BEFORE, SIGNS, State, is_due, signing, state_of, waiting};
use crate::platform::clock::Time;

const NOW: Time = Time(1_800_000_000_000_000);

fn at(seconds: i64) -> Time {
    Time(NOW.0 + seconds * 1_000_000)
}

fn key(kid: &str, active: i64, gone: Option<i64>) -> KeyRow {
    let times = KeyTimes { created_at: at(-1_000_000), active_at: at(active), gone_at: gone.map(at) };
    KeyRow { kid: kid.into(), algorithm: Algorithm::Es256, times }
}

#[rstest]
#[case("published", key("c", 10, None), State::Next)]
#[case("to the microsecond", key("c", 0, None), State::Signing)]
#[case("an older one", key("c", -200, Some(100)), State::Retired)]
#[case("gone to the microsecond", key("c", 0, Some(0)), State::Gone)]
fn a_key_does_what_its_times_say(#[case] why: &str, #[case] row: KeyRow, #[case] expected: State) {
    let rows = [key("a", -100, None), row.clone()];
    assert_eq!(state_of(&row, &rows, NOW), expected, "{why}");
}

#[test]
fn one_key_signs_and_every_node_knows_which() {
    let rows = [key("b", -100, None), key("a", -100, None), key("c", 5, None)];
    assert_eq!(signing(&rows, Algorithm::Es256, NOW).unwrap().kid, "b");
    assert_eq!(signing(&rows, Algorithm::Es256, at(5)).unwrap().kid, "c");
    assert_eq!(signing(&rows, Algorithm::Rs256, NOW), None);
    assert_eq!(waiting(&rows, Algorithm::Es256, NOW), Some(at(5)));
    assert_eq!(waiting(&rows, Algorithm::Es256, at(5)), None);
}

#[test]
fn the_next_key_is_due_so_early_that_it_is_published_before_it_signs() {
    let old = KeyTimes { created_at: NOW, active_at: NOW, gone_at: None };
    let rows = [KeyRow { kid: "a".into(), algorithm: Algorithm::Es256, times: old }];
    let due = NOW + SIGNS - PUBLISHED_BEFORE;
    assert!(!is_due(&rows, Algorithm::Es256, Time(due.0 - 1)));
    assert!(is_due(&rows, Algorithm::Es256, due));
    let next = KeyTimes { created_at: due, active_at: due + PUBLISHED_BEFORE, gone_at: None };
    let both = [rows[0].clone(), KeyRow { kid: "b".into(), algorithm: Algorithm::Es256, times: next }];
    assert!(!is_due(&both, Algorithm::Es256, due));
}
