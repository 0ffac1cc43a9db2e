use std::time::Duration;

use rstest::rstest;

use super::asked::{About, Asked, LIVES};
use super::rules::{LONGEST_NAME, name, transports};
use crate::platform::clock::{Clock, Time};
use crate::platform::entropy::Entropy;
use crate::platform::ids::SignInId;
use crate::platform::keys::Keys;

const NOW: Time = Time::from_seconds(1_700_000_000);
const SECOND: Duration = Duration::from_secs(1);

fn asked(id: &str) -> (Keys, Asked) {
    let entropy = Entropy::new(Clock::fake(NOW));
    let asked = Asked::new(&entropy, NOW, About::SignIn(SignInId::from(id)));
    (Keys::new(&[7; 32], entropy), asked)
}

#[test]
fn what_is_asked_is_another_thing_each_time_and_in_each_browser() {
    let (keys, one) = asked("a");
    let (_, other) = asked("a");
    assert_ne!(one, other);
    assert_ne!(one.challenge(&keys, &[1; 32]), other.challenge(&keys, &[1; 32]));
    assert_ne!(one.challenge(&keys, &[1; 32]), one.challenge(&keys, &[2; 32]));
    let back = Asked::open(&keys, &one.seal(&keys)).unwrap();
    assert_eq!(back.challenge(&keys, &[1; 32]), one.challenge(&keys, &[1; 32]));
}

#[test]
fn nobody_else_asks() {
    let (_, one) = asked("a");
    let (keys, _) = asked("b");
    let others = Keys::new(&[8; 32], Entropy::new(Clock::fake(NOW)));
    assert_eq!(Asked::open(&keys, &one.seal(&others)), None);
    assert_eq!(Asked::open(&keys, ""), None);
}

#[test]
fn a_question_is_good_for_a_quarter_of_an_hour() {
    let (_, one) = asked("a");
    assert!(one.is_timely(NOW) && one.is_timely(NOW + LIVES - SECOND));
    assert!(!one.is_timely(NOW + LIVES));
    // Another node's clock may be a little behind, and no more than that.
    assert!(one.is_timely(NOW - SECOND) && !one.is_timely(NOW - Duration::from_secs(61)));
}

#[rstest]
#[case("Phone", "Phone")]
#[case("  my \n old\tphone ", "my old phone")]
#[case("", "Firefox, Linux")]
#[case("\u{7}", "Firefox, Linux")]
fn a_name_is_one_line(#[case] typed: &str, #[case] kept: &str) {
    assert_eq!(name(typed, "Firefox, Linux"), kept);
}

#[test]
fn a_name_is_short() {
    assert_eq!(name(&"é".repeat(500), "").chars().count(), LONGEST_NAME);
}

#[rstest]
#[case("internal hybrid", "hybrid internal")]
#[case("usb,nfc,usb", "nfc usb")]
#[case("<script> carrier-pigeon", "")]
fn only_known_ways_are_kept(#[case] told: &str, #[case] kept: &str) {
    assert_eq!(transports(told), kept);
}
