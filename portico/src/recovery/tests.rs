use rstest::rstest;

use super::rules::{REPEAT, Step, TicketFacts, Why, next_step};
use crate::platform::clock::Time;

const NOW: Time = Time(1_800_000_000_000_000);
const LATER: Time = Time(1_800_000_000_000_001);

const FRESH: TicketFacts = TicketFacts {
    expires_at: Some(LATER),
    used_at: None,
    used_here: false,
    epoch_holds: true,
    disabled: false,
    second_factor_due: false,
    second_factor_shown: false,
};

#[rstest]
#[case("a fresh link sets a password", FRESH, Step::NewPassword)]
#[case("at its last microsecond it is over", TicketFacts { expires_at: Some(NOW), ..FRESH }, Step::Dead(Why::Expired))]
#[case("before hand-over it is nobody's", TicketFacts { expires_at: None, ..FRESH }, Step::Dead(Why::Expired))]
#[case("other credentials make it worthless", TicketFacts { epoch_holds: false, ..FRESH }, Step::Dead(Why::Used))]
#[case("a disabled account resets nothing", TicketFacts { disabled: true, ..FRESH }, Step::Dead(Why::Expired))]
#[case("the second factor is not skipped", TicketFacts { second_factor_due: true, ..FRESH }, Step::SecondFactor)]
#[case(
    "once shown it goes on",
    TicketFacts { second_factor_due: true, second_factor_shown: true, ..FRESH },
    Step::NewPassword
)]
#[case("used elsewhere", TicketFacts { used_at: Some(NOW), ..FRESH }, Step::Dead(Why::Used))]
#[case(
    "posted twice",
    TicketFacts { used_at: Some(NOW), used_here: true, epoch_holds: false, ..FRESH },
    Step::Done
)]
fn a_link_leads_to(#[case] why: &str, #[case] ticket: TicketFacts, #[case] expected: Step) {
    assert_eq!(next_step(&ticket, NOW), expected, "{why}");
}

#[test]
fn a_repeat_is_answered_only_for_a_while() {
    let used = TicketFacts { used_at: Some(NOW), used_here: true, ..FRESH };
    assert_eq!(next_step(&used, NOW + REPEAT), Step::Dead(Why::Used));
}
