use std::time::Duration;

use rstest::rstest;

use super::rules::{FIRST_PAUSE, LONGEST_PAUSE, is_flagged, pause};

const MOST: i64 = 200;

#[rstest]
#[case::few(1, None)]
#[case::one_less(199, None)]
#[case::as_many(200, Some(60))]
#[case::one_more(201, None)]
#[case::a_step_more(220, Some(120))]
#[case::two(240, Some(240))]
#[case::three(260, Some(480))]
#[case::the_longest(280, Some(900))]
#[case::and_again(300, Some(900))]
#[case::for_ever(2_000_000_000, Some(900))]
fn each_pause_is_twice_as_long_up_to_a_quarter_of_an_hour(#[case] names: i64, #[case] seconds: Option<u64>) {
    assert_eq!(pause(names, MOST), seconds.map(Duration::from_secs));
}

#[rstest]
#[case(1)]
#[case(5)]
#[case(9)]
fn where_few_names_are_allowed_each_one_more_is_a_step(#[case] most: i64) {
    assert_eq!(pause(most, most), Some(FIRST_PAUSE));
    assert_eq!(pause(most + 1, most), Some(FIRST_PAUSE * 2));
}

#[test]
fn no_pause_is_longer_than_the_longest_and_one_number_in_all_is_told() {
    assert!((0..5_000).filter_map(|names| pause(names, MOST)).all(|pause| pause <= LONGEST_PAUSE));
    assert_eq!((0..5_000).filter(|names| is_flagged(*names, MOST)).count(), 1);
}
