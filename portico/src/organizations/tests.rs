use std::time::Duration;

use rstest::rstest;

use super::policy::Departures;
use super::{Mfa, Policy, Preset, Recovery};

const MINUTE: Duration = Duration::from_secs(60);

fn policy(own: Departures) -> Policy {
    Policy::of(Preset::Classic, Recovery::Email, own)
}

#[test]
fn an_organization_without_departures_has_the_presets_values() {
    let lock = policy(Departures::default()).lock;
    assert_eq!((lock.failures, lock.length, lock.cap), (3, 30 * MINUTE, 100));
}

#[rstest]
#[case(1, 3)]
#[case(5, 5)]
#[case(1_000, 10)]
fn the_number_of_failures_stays_between_three_and_ten(#[case] own: i64, #[case] failures: i64) {
    let own = Departures { lock_failures: Some(own), ..Departures::default() };
    assert_eq!(policy(own).lock.failures, failures);
}

#[rstest]
#[case(1, 15)]
#[case(60, 60)]
#[case(100_000, 1_440)]
fn a_link_lives_between_a_quarter_of_an_hour_and_a_day(#[case] own: i64, #[case] minutes: u32) {
    let own = Departures { reset_minutes: Some(own), ..Departures::default() };
    assert_eq!(policy(own).reset_link, minutes * MINUTE);
}

#[rstest]
#[case(Preset::Classic, Mfa::Off, false, 8)]
#[case(Preset::Modern, Mfa::Off, false, 15)]
#[case(Preset::Modern, Mfa::Offered, true, 8)]
#[case(Preset::Modern, Mfa::Required, false, 8)]
fn a_password_that_stands_alone_is_longer(
    #[case] preset: Preset,
    #[case] mfa: Mfa,
    #[case] second_factor: bool,
    #[case] floor: usize,
) {
    let own = Departures { mfa: Some(mfa), ..Departures::default() };
    assert_eq!(Policy::of(preset, Recovery::Email, own).password_floor(second_factor), floor);
}
