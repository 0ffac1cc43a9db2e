//! What is done about something that is wanted.

use std::time::Duration;

use crate::platform::clock::Time;

/// How long what was read is believed.
#[derive(Clone, Copy, Debug)]
pub struct Ages {
    /// So long it is not asked for again.
    pub fresh: Duration,
    /// So long it is still believed when asking fails. What was taken back there holds here until then.
    pub kept: Duration,
    /// Between two questions, whoever wants whatever. Also how long a failure is remembered.
    pub floor: Duration,
}

/// What is known.
#[derive(Clone, Copy, Debug, Default)]
pub struct Known {
    /// When what there is was asked for, and which one it is.
    pub good: Option<(Time, u64)>,
    /// When it was asked for last, with whatever end.
    pub asked: Option<Time>,
    /// Somebody is asking right now.
    pub asking: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    Any,
    /// That one did not do.
    NewerThan(u64),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plan {
    Use,
    Ask,
    /// Wait with whoever asks.
    Join,
    /// There is nothing for this wish, and it is too early to ask.
    Without,
}

/// `waited`: an answer has just been awaited, so that nobody asks in circles.
pub fn plan(known: Known, wish: Wish, waited: bool, ages: Ages, now: Time) -> Plan {
    // What is of a later time was read before the clock was set back: how old it is, nobody knows.
    let within = |time: Time, age: Duration| time <= now && now.since(time) < age;
    let fits = match (known.good, wish) {
        (Some((read, edition)), Wish::NewerThan(seen)) => edition > seen && within(read, ages.kept),
        (Some((read, _)), Wish::Any) => within(read, ages.fresh),
        (None, _) => false,
    };
    let old = wish == Wish::Any && known.good.is_some_and(|(read, _)| within(read, ages.kept));
    let early = waited || known.asked.is_some_and(|asked| within(asked, ages.floor));
    match () {
        () if fits => Plan::Use,
        () if known.asking && !waited => Plan::Join,
        () if !early => Plan::Ask,
        () if old => Plan::Use,
        () => Plan::Without,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    const NOW: Time = Time::from_seconds(1_800_000_000);
    const AGES: Ages =
        Ages { fresh: Duration::from_secs(600), kept: Duration::from_secs(3_600), floor: Duration::from_secs(10) };

    fn ago(seconds: u64) -> Time {
        NOW - Duration::from_secs(seconds)
    }

    fn known(good: Option<u64>, asked: Option<u64>, asking: bool) -> Known {
        Known { good: good.map(|seconds| (ago(seconds), 3)), asked: asked.map(ago), asking }
    }

    #[rstest]
    #[case("nothing is known", known(None, None, false), Wish::Any, Plan::Ask)]
    #[case("somebody asks", known(None, Some(1), true), Wish::Any, Plan::Join)]
    #[case("it failed a moment ago", known(None, Some(9), false), Wish::Any, Plan::Without)]
    #[case("it failed a while ago", known(None, Some(10), false), Wish::Any, Plan::Ask)]
    #[case("it is fresh", known(Some(599), Some(599), false), Wish::Any, Plan::Use)]
    #[case("it is fresh, and somebody asks", known(Some(1), Some(0), true), Wish::Any, Plan::Use)]
    #[case("it is old", known(Some(600), Some(600), false), Wish::Any, Plan::Ask)]
    #[case("it is old, and they are away", known(Some(700), Some(5), false), Wish::Any, Plan::Use)]
    #[case("it is too old, and they are away", known(Some(3_600), Some(5), false), Wish::Any, Plan::Without)]
    #[case("it did not do", known(Some(60), Some(60), false), Wish::NewerThan(3), Plan::Ask)]
    #[case("it did not do, but is of now", known(Some(9), Some(9), false), Wish::NewerThan(3), Plan::Without)]
    #[case("it did not do, and somebody asks", known(Some(9), Some(9), true), Wish::NewerThan(3), Plan::Join)]
    #[case("another did not do", known(Some(9), Some(9), false), Wish::NewerThan(2), Plan::Use)]
    fn it_is_asked_for_when_that_can_help(
        #[case] why: &str,
        #[case] known: Known,
        #[case] wish: Wish,
        #[case] expected: Plan,
    ) {
        assert_eq!(plan(known, wish, false, AGES, NOW), expected, "{why}");
    }

    #[test]
    fn clock_that_was_set_back_makes_nothing_last_for_ever() {
        let ahead = |asking| Known { good: Some((NOW + AGES.kept, 3)), asked: Some(NOW + AGES.kept), asking };
        assert_eq!(plan(ahead(false), Wish::Any, false, AGES, NOW), Plan::Ask);
        assert_eq!(plan(ahead(false), Wish::Any, true, AGES, NOW), Plan::Without);
    }

    proptest! {
        #[test]
        fn nobody_asks_below_the_floor_or_twice_and_nobody_believes_what_is_too_old(
            good in prop::option::of(0_u64..8_000), asked in prop::option::of(0_u64..100),
            asking: bool, waited: bool, newer in prop::option::of(0_u64..6),
        ) {
            let wish = newer.map_or(Wish::Any, Wish::NewerThan);
            let known = known(good, asked, asking);
            match plan(known, wish, waited, AGES, NOW) {
                Plan::Ask => prop_assert!(!waited && !asking && asked.is_none_or(|seconds| seconds >= 10)),
                Plan::Join => prop_assert!(asking && !waited),
                Plan::Use => prop_assert!(good.is_some_and(|seconds| seconds < 3_600) && newer.is_none_or(|seen| seen < 3)),
                Plan::Without => {}
            }
        }
    }
}
