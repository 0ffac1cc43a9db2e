use rstest::rstest;

use super::rules::refuses;
use crate::platform::mail::Trouble;

#[rstest]
#[case::nothing_happened(0, 0, false)]
#[case::two_are_too_few(0, 2, false)]
#[case::three_people_and_nobody_got_through(0, 3, true)]
#[case::most_get_through(10, 4, false)]
#[case::most_do_not(3, 4, true)]
fn a_server_refuses_us_when_it_turns_away_more_people_than_it_takes(
    #[case] taken: i64,
    #[case] turned_away: i64,
    #[case] expected: bool,
) {
    let domain = "riverside.example".into();
    // Addresses that do not exist say nothing, however many strangers type.
    let trouble = Trouble { domain, taken, turned_away, bounced: turned_away, no_mailbox: 1_000, waiting: 0 };
    assert_eq!(refuses(&trouble), expected);
}
