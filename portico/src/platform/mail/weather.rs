//! What one node knows of the mail server, and what it dares.
//!
//! After a failure that is the server's own, nothing is sent for a while; then one mail goes ahead of the others. So an hour
//! without a server costs a few mails an attempt, not all of them, and all of them are due when it is back.

use tokio::time::Instant;

use super::rules;
use super::worker::Attempt;

/// Mails under way at once while all is well.
pub const AT_ONCE: usize = 4;

#[derive(Default)]
pub(super) struct Weather {
    failures: u32,
    quiet_until: Option<Instant>,
}

impl Weather {
    pub fn note(&mut self, ended: Attempt, now: Instant) {
        match ended {
            Attempt::HandedOver | Attempt::Settled => *self = Weather::default(),
            // Those that were under way together say the same thing once.
            Attempt::ServerAway if self.quiet_until.is_some_and(|until| now < until) => {}
            Attempt::ServerAway => {
                self.failures = self.failures.saturating_add(1);
                self.quiet_until = Some(now + rules::quiet(self.failures));
            }
            Attempt::Left => {}
        }
    }

    /// How many mails may be under way now.
    pub fn at_once(&self, now: Instant) -> usize {
        match self.quiet_until {
            None => AT_ONCE,
            Some(until) if now < until => 0,
            Some(_) => 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn one_mail_goes_ahead_after_each_quiet_time_and_all_follow_when_it_gets_through() {
        let second = Duration::from_secs(1);
        let mut now = Instant::now();
        let mut weather = Weather::default();
        assert_eq!(weather.at_once(now), 4);
        for _ in 0..4 {
            weather.note(Attempt::ServerAway, now);
        }
        for quiet in [5, 15, 30, 30] {
            assert_eq!(weather.at_once(now + (quiet - 1) * second), 0);
            now += quiet * second;
            assert_eq!(weather.at_once(now), 1);
            weather.note(Attempt::ServerAway, now);
        }
        weather.note(Attempt::Left, now);
        assert_eq!(weather.at_once(now), 0);
        weather.note(Attempt::HandedOver, now);
        assert_eq!(weather.at_once(now), 4);
    }
}
