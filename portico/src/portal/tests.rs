use rstest::rstest;

use super::cards::{Entry, State, group};
use crate::platform::clock::Time;

const NOW: Time = Time(1_800_000_000_000_000);
const BEFORE: Option<Time> = Some(Time(NOW.0 - 1));
const AFTER: Option<Time> = Some(Time(NOW.0 + 1));

#[rstest]
#[case("licensed without end", BEFORE, None, None, None, State::Open)]
#[case("no license at all", None, None, None, None, State::Ended)]
#[case("not begun", AFTER, None, None, None, State::Ended)]
#[case("ended to the microsecond", BEFORE, Some(NOW), None, None, State::Ended)]
#[case("not moved", BEFORE, None, Some("legacy"), None, State::Legacy)]
#[case("moves tomorrow", BEFORE, None, Some("scheduled"), AFTER, State::Scheduled)]
#[case("its day has come", BEFORE, None, Some("scheduled"), BEFORE, State::Open)]
#[case("moved", BEFORE, None, Some("moved"), None, State::Open)]
fn a_product_is(
    #[case] why: &str,
    #[case] licensed_from: Option<Time>,
    #[case] licensed_until: Option<Time>,
    #[case] move_state: Option<&str>,
    #[case] moves_at: Option<Time>,
    #[case] expected: State,
) {
    let move_state = move_state.map(str::to_owned);
    let entry = Entry { licensed_from, licensed_until, move_state, moves_at, ..Entry::of("Bed Board", None) };
    assert_eq!(entry.state(NOW), expected, "{why}");
}

#[test]
fn cards_stand_by_site_last_used_first() {
    let used = Entry { last_opened_at: BEFORE, ..Entry::of("Tracer", Some("Main Campus")) };
    let entries = vec![Entry::of("Bed Board", Some("Main Campus")), Entry::of("Bed Board", Some("East Clinic")), used];
    let groups = group(entries, "UTC", NOW);
    let names: Vec<_> = groups
        .iter()
        .map(|group| (group.site.as_deref(), group.cards.iter().map(|card| card.name.as_str()).collect::<Vec<_>>()))
        .collect();
    assert_eq!(names, [(Some("East Clinic"), vec!["Bed Board"]), (Some("Main Campus"), vec!["Tracer", "Bed Board"])]);
}
