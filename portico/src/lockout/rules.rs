//! The admission rule: pure, of one counter at one time.

use std::time::Duration;

use crate::organizations::LockRule;
use crate::platform::clock::Time;
use crate::platform::ids::DeviceId;
use crate::platform::spelled::spelled;

/// A factor that can be guessed; each has its own counter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Factor {
    Password,
    Totp,
    RecoveryCode,
    /// A code that was mailed. Where it confirms an address its subject is the code, so that a newer one has tries of its own;
    /// where it stands in for a second factor, the account.
    EmailCode,
    /// Answers to security questions, counted per set.
    Questions,
    /// The number that another browser shows in a reset through two mailboxes; its subject is the link at which it is typed.
    MailboxNumber,
}

spelled!(Factor {
    Password = "password",
    Totp = "totp",
    RecoveryCode = "recovery_code",
    EmailCode = "email_code",
    Questions = "questions",
    MailboxNumber = "mailbox_number",
});

impl Factor {
    /// The rule a factor is counted by, where an organization's is `lock`.
    pub fn rule(self, lock: LockRule) -> LockRule {
        match self {
            Factor::Password | Factor::Totp | Factor::RecoveryCode | Factor::EmailCode | Factor::MailboxNumber => lock,
            Factor::Questions => QUESTIONS,
        }
    }
}

/// Answers are guessed more easily than anything else, and there is always the way by mail: three wrong sets in a day, ten
/// until somebody signs in, whatever an organization's own rule is.
pub const QUESTIONS: LockRule = LockRule { failures: 3, window: DAY, length: DAY, cap: 10, sliding: true };
const DAY: Duration = Duration::from_secs(24 * 3_600);

/// Who is guessing: a browser the account is known in, or anybody else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Class {
    Unrecognized,
    Device(DeviceId),
}

/// Names one counter.
#[derive(Clone, Debug)]
pub struct Counter {
    /// Account id, or the keyed pseudo-id of a name nobody has.
    pub subject: String,
    pub factor: Factor,
    pub class: Class,
}

impl Counter {
    /// The row's key, `subject/factor/class`.
    pub fn id(&self) -> String {
        let factor = self.factor.as_str();
        match &self.class {
            Class::Unrecognized => format!("{}/{factor}/-", self.subject),
            Class::Device(device) => format!("{}/{factor}/{device}", self.subject),
        }
    }
}

/// What a counter's row says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tally {
    pub failures: i64,
    pub total: i64,
    pub window_started_at: Time,
    pub locked_until: Option<Time>,
}

impl Tally {
    pub fn fresh(now: Time) -> Tally {
        Tally { failures: 0, total: 0, window_started_at: now, locked_until: None }
    }

    /// The tally as it counts now: a lock that has ended, or a window that has passed, starts a new window.
    pub fn at(self, rule: &LockRule, now: Time) -> Tally {
        let lock_ended = self.locked_until.is_some_and(|until| until <= now);
        let window_passed = self.locked_until.is_none() && self.window_started_at + rule.window <= now;
        if lock_ended || window_passed { Tally { total: self.total, ..Tally::fresh(now) } } else { self }
    }

    /// One failure more; the one that reaches the rule's number locks.
    pub fn failed(self, rule: &LockRule, now: Time) -> Tally {
        let before = self.at(rule, now);
        let failures = before.failures + 1;
        // A lock that runs is not made longer: attempts during it must not extend it.
        let locked_until = match before.locked_until {
            None if failures >= rule.failures => Some(now + rule.length),
            unchanged => unchanged,
        };
        let window_started_at = if rule.sliding { now } else { before.window_started_at };
        Tally { failures, total: before.total + 1, window_started_at, locked_until }
    }
}

/// A lock that runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lock {
    pub until: Time,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Admission {
    Admit,
    /// As many as may fail are being verified right now; their outcome decides.
    Wait,
    Locked(Lock),
}

/// May one more attempt be verified, with `in_flight` others under way?
pub fn admit(tally: Tally, in_flight: i64, rule: &LockRule, now: Time) -> Admission {
    let tally = tally.at(rule, now);
    if let Some(until) = tally.locked_until {
        return Admission::Locked(Lock { until });
    }
    if tally.total >= rule.cap {
        // Told like any other lock; a recovery opens it (NIST 800-63B-4, 3.2.2).
        return Admission::Locked(Lock { until: now + rule.length });
    }
    // Each of those under way may fail, so each counts against the cap as it counts against the tries.
    let room = tally.failures + in_flight < rule.failures && tally.total + in_flight < rule.cap;
    if room { Admission::Admit } else { Admission::Wait }
}
