//! What becomes of a mail after an attempt. Pure.

use std::time::Duration;

use super::life::Happened;
use super::smtp::Failure;
use crate::platform::clock::Time;

const SECOND: Duration = Duration::from_secs(1);
const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(3_600);

/// After so long a mail is given up: what it says has lost its sense, and its reader has asked again.
pub const GIVE_UP_AFTER: Duration = Duration::from_secs(48 * 3_600);

/// How an attempt ends that did not hand the mail over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Tried again at that time.
    Deferred(Time),
    /// Final.
    Refused,
}

impl Fate {
    pub fn happened(self) -> Happened {
        match self {
            Fate::Deferred(_) => Happened::Deferred,
            Fate::Refused => Happened::Refused,
        }
    }
}

/// Decides after attempt number `attempts` (the first is 1) of a mail written at `written`.
pub fn after(failure: &Failure, attempts: i64, written: Time, now: Time) -> Fate {
    match failure {
        Failure::Refused(_) => Fate::Refused,
        Failure::Deferred(_)
        | Failure::Closed(_)
        | Failure::Unreachable(_)
        | Failure::Tls(_)
        | Failure::Unwritten(_) => later(attempts, written, now),
    }
}

fn later(attempts: i64, written: Time, now: Time) -> Fate {
    let age = now.since(written);
    if age >= GIVE_UP_AFTER {
        return Fate::Refused;
    }
    Fate::Deferred(now + pause(attempts, age))
}

/// Four minutes at most while somebody may still be waiting: when a server comes back after an hour, all that waited for
/// it must be out within five minutes.
fn pause(attempts: i64, age: Duration) -> Duration {
    match attempts {
        ..=1 => 5 * SECOND,
        2 => 15 * SECOND,
        3 => MINUTE,
        _ if age < 2 * HOUR => 4 * MINUTE,
        _ => 15 * MINUTE,
    }
}

/// How long a node leaves a server alone that it could not reach `failures` times in a row. Meanwhile mail stays as it is:
/// a thousand of them must not each find out by themselves, ten seconds each.
pub fn quiet(failures: u32) -> Duration {
    match failures {
        0 => Duration::ZERO,
        1 => 5 * SECOND,
        2 => 15 * SECOND,
        _ => 30 * SECOND,
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::super::smtp::Reply;
    use super::*;

    const WRITTEN: Time = Time::from_seconds(1_000_000);

    fn greylisted() -> Failure {
        Failure::Deferred(Reply::new(451, "4.7.1 come back later"))
    }

    #[rstest]
    #[case::first(1, 0, 5)]
    #[case::second(2, 5, 15)]
    #[case::third(3, 20, 60)]
    #[case::fourth(4, 80, 240)]
    #[case::within_two_hours(30, 7_199, 240)]
    #[case::after_two_hours(31, 7_200, 900)]
    #[case::on_the_second_day(200, 172_799, 900)]
    fn a_deferred_mail_is_tried_again_after(#[case] attempts: i64, #[case] age: u64, #[case] pause: u64) {
        let now = WRITTEN + Duration::from_secs(age);
        let next = Fate::Deferred(now + Duration::from_secs(pause));
        assert_eq!(after(&greylisted(), attempts, WRITTEN, now), next);
        let away = Failure::Unreachable("connection refused".to_owned());
        assert_eq!(after(&away, attempts, WRITTEN, now), next);
    }

    #[test]
    fn two_days_are_enough() {
        let now = WRITTEN + GIVE_UP_AFTER;
        assert_eq!(after(&greylisted(), 200, WRITTEN, now), Fate::Refused);
    }

    #[test]
    fn a_refusal_is_final_at_the_first_attempt() {
        let unknown = Failure::Refused(Reply::new(550, "5.1.1 no such mailbox"));
        assert_eq!(after(&unknown, 1, WRITTEN, WRITTEN), Fate::Refused);
    }

    #[test]
    fn clock_set_back_neither_gives_up_nor_waits_longer() {
        let now = WRITTEN - HOUR;
        assert_eq!(after(&greylisted(), 1, WRITTEN, now), Fate::Deferred(now + 5 * SECOND));
    }

    #[test]
    fn a_server_that_is_back_is_found_within_half_a_minute() {
        assert!((0..100).all(|failures| quiet(failures) <= 30 * SECOND));
    }
}
