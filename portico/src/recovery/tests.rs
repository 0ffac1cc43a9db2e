use rstest::rstest;

use super::rules::{REPEAT, Stage, Step, TicketFacts, Way, Why, next_step, stage};
use crate::platform::clock::Time;
use crate::platform::one_time::Status;

const NOW: Time = Time(1_800_000_000_000_000);
const LATER: Time = Time(1_800_000_000_000_001);

const FRESH: TicketFacts = TicketFacts {
    status: Status::Valid { expires_at: LATER },
    used_here_at: None,
    barred: false,
    is_half: false,
    mailbox_shown: false,
    other_mailbox_shown: false,
    second_factor_due: false,
    second_factor_shown: false,
    question_due: false,
    question_answered: false,
};

const USED_HERE: TicketFacts = TicketFacts { status: Status::Used, used_here_at: Some(NOW), ..FRESH };

#[rstest]
#[case("a fresh link sets a password", FRESH, Step::NewPassword)]
#[case("expired", TicketFacts { status: Status::Expired, ..FRESH }, Step::Dead(Why::Expired))]
#[case("before hand-over it is nobody's", TicketFacts { status: Status::NotYet, ..FRESH }, Step::Dead(Why::Expired))]
#[case("other credentials make it worthless", TicketFacts { status: Status::Void, ..FRESH }, Step::Dead(Why::Used))]
#[case("an account no link may reset resets nothing", TicketFacts { barred: true, ..FRESH }, Step::Dead(Why::Expired))]
#[case("the second factor is not skipped", TicketFacts { second_factor_due: true, ..FRESH }, Step::SecondFactor)]
#[case(
    "once shown it goes on",
    TicketFacts { second_factor_due: true, second_factor_shown: true, ..FRESH },
    Step::NewPassword
)]
#[case("opened is not said", TicketFacts { is_half: true, ..FRESH }, Step::Mailbox)]
#[case(
    "of the other mailbox alone nothing is known here",
    TicketFacts { is_half: true, other_mailbox_shown: true, ..FRESH },
    Step::Mailbox
)]
#[case("one of two", TicketFacts { is_half: true, mailbox_shown: true, ..FRESH }, Step::OtherMailbox)]
#[case(
    "both",
    TicketFacts { is_half: true, mailbox_shown: true, other_mailbox_shown: true, ..FRESH },
    Step::NewPassword
)]
#[case(
    "both, and the second factor",
    TicketFacts { is_half: true, mailbox_shown: true, other_mailbox_shown: true, second_factor_due: true, ..FRESH },
    Step::SecondFactor
)]
#[case("half of one that is over", TicketFacts { is_half: true, status: Status::Void, ..FRESH }, Step::Dead(Why::Used))]
#[case("a link is half of it", TicketFacts { question_due: true, ..FRESH }, Step::Question)]
#[case("answered", TicketFacts { question_due: true, question_answered: true, ..FRESH }, Step::NewPassword)]
#[case("an old link asks nothing", TicketFacts { question_due: true, barred: true, ..FRESH }, Step::Dead(Why::Expired))]
#[case("used elsewhere", TicketFacts { status: Status::Used, ..FRESH }, Step::Dead(Why::Used))]
#[case("posted twice", USED_HERE, Step::Done)]
fn a_link_leads_to(#[case] why: &str, #[case] ticket: TicketFacts, #[case] expected: Step) {
    assert_eq!(next_step(&ticket, NOW), expected, "{why}");
}

#[test]
fn a_request_asks_until_it_has_been_answered() {
    assert_eq!(stage(Way::Email, false), Stage::CheckMail);
    assert_eq!(stage(Way::Questions, false), Stage::Questions);
    assert_eq!(stage(Way::Questions, true), Stage::Granted);
}

#[test]
fn a_repeat_is_answered_only_for_a_while() {
    assert_eq!(next_step(&USED_HERE, NOW + REPEAT), Step::Dead(Why::Used));
}
