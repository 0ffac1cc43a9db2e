use rstest::rstest;

use super::rules::{Acquaintance, Offer, days_of_button};
use crate::platform::clock::Time;
use crate::platform::one_time::Status;

#[rstest]
#[case::known(true, true, Acquaintance::Known)]
#[case::just_registered(false, false, Acquaintance::First)]
#[case::a_second_browser(false, true, Acquaintance::New)]
fn a_browser_is_news_unless_it_is_known_or_the_very_first(
    #[case] known: bool,
    #[case] was_known_in_any: bool,
    #[case] expected: Acquaintance,
) {
    assert_eq!(Acquaintance::of(known, was_known_in_any), expected);
}

#[rstest]
#[case(Some(Status::Valid { expires_at: Time(1) }), Offer::Button)]
#[case(Some(Status::Used), Offer::Done)]
#[case(Some(Status::Expired), Offer::Expired)]
#[case(Some(Status::NotYet), Offer::Expired)]
#[case(None, Offer::Unknown)]
fn only_a_valid_link_is_offered_its_button(#[case] status: Option<Status>, #[case] expected: Offer) {
    assert_eq!(Offer::of(status), expected);
}

#[test]
fn the_days_that_are_told_are_the_days_it_works() {
    assert_eq!(days_of_button(), 7);
}
