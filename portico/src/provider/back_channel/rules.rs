//! From an answer to what becomes of a notice. Pure.

use std::time::Duration;

use super::queries::Notice;
use crate::platform::clock::Time;

/// Longer than a product's own session should outlive ours without anybody noticing.
const TRIED_FOR: Duration = Duration::from_secs(24 * 3_600);
const FIRST_PAUSE: Duration = Duration::from_secs(2);
const LONGEST_PAUSE: Duration = Duration::from_secs(300);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    Delivered,
    Later(Time),
    GivenUp,
}

impl Fate {
    pub fn name(self) -> &'static str {
        match self {
            Fate::Delivered => "delivered",
            Fate::Later(_) => "waiting",
            Fate::GivenUp => "given_up",
        }
    }
}

/// `status`: what the client answered, if it did.
pub fn after(status: Option<u16>, notice: &Notice, now: Time) -> Fate {
    match status {
        Some(200 | 204) => Fate::Delivered,
        // It has understood and says no (section 2.8): asked again it would say the same.
        Some(400) => Fate::GivenUp,
        _ if now.since(notice.created_at) >= TRIED_FOR => Fate::GivenUp,
        _ => Fate::Later(now + pause(notice.attempts)),
    }
}

fn pause(attempts: i64) -> Duration {
    let doublings = u32::try_from(attempts.clamp(0, 16)).unwrap_or(16);
    FIRST_PAUSE.saturating_mul(2_u32.saturating_pow(doublings)).min(LONGEST_PAUSE)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Time = Time(1_800_000_000_000_000);

    fn notice(attempts: i64, age: u64) -> Notice {
        Notice {
            id: "1".into(),
            client: "bed".into(),
            subject: "s".into(),
            sid: "i".into(),
            attempts,
            created_at: NOW - Duration::from_secs(age),
            lease: "l".into(),
        }
    }

    #[test]
    fn an_answer_decides_and_silence_is_tried_again_later_and_later() {
        assert_eq!(after(Some(200), &notice(0, 0), NOW), Fate::Delivered);
        assert_eq!(after(Some(204), &notice(0, 0), NOW), Fate::Delivered);
        assert_eq!(after(Some(400), &notice(0, 0), NOW), Fate::GivenUp);
        for status in [None, Some(302), Some(404), Some(500), Some(503)] {
            assert_eq!(after(status, &notice(0, 0), NOW), Fate::Later(NOW + Duration::from_secs(2)));
        }
        assert_eq!(after(None, &notice(3, 60), NOW), Fate::Later(NOW + Duration::from_secs(16)));
        assert_eq!(after(None, &notice(400, 3_600), NOW), Fate::Later(NOW + Duration::from_secs(300)));
        assert_eq!(after(None, &notice(400, 24 * 3_600), NOW), Fate::GivenUp);
    }
}
