//! Presets and the values an organization may change in them.

use std::time::Duration;

pub use crate::config::Preset;
use crate::password::{MIN_ALONE, MIN_WITH_SECOND_FACTOR};
use crate::platform::spelled::spelled;

const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(3_600);

/// Where an organization's people prove who they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignInWay {
    Password,
    Sso,
}

/// Who needs a second factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mfa {
    Off,
    Offered,
    Required,
}

/// Whether a code by mail may stand in for a second factor that is not at hand (security.md C7).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EmailCode {
    Off,
    Allowed,
}

/// How a forgotten password is recovered (product.md C2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recovery {
    Email,
    QuestionsOrEmail,
    EmailThenQuestion,
}

/// Which mailboxes a reset takes while single sign-on is suspended (product.md C9).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Continuity {
    /// The primary and the secondary one.
    Both,
    /// The primary one is down, too.
    Secondary,
}

/// When guessing is paused, and for how long (security.md C3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LockRule {
    /// Failures in a row that lock.
    pub failures: i64,
    /// Failures count together when they fall within this.
    pub window: Duration,
    pub length: Duration,
    /// Failures in a row, over all windows, after which only a recovery opens the class again (NIST 3.2.2).
    pub cap: i64,
    /// The window begins anew with each failure, so that no two of them can be had at its edges.
    pub sliding: bool,
}

/// Everything an organization decides about signing in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    pub preset: Preset,
    pub lock: LockRule,
    pub mfa: Mfa,
    /// Required of administrators whatever `mfa` says for the others.
    pub mfa_for_administrators: Mfa,
    /// Never for administrators, and never where a second factor is required: see `mfa`.
    pub email_code: EmailCode,
    /// How long a reset of a second factor waits, so that its owner can stop it.
    pub factor_reset: Duration,
    pub recovery: Recovery,
    pub continuity: Continuity,
    /// Life of a mailed link, counted from its hand-over.
    pub reset_link: Duration,
    pub session_idle: Duration,
    pub session_absolute: Duration,
}

/// An organization's own values; `None` is the preset's.
#[derive(Clone, Copy, Debug, Default)]
pub struct Departures {
    pub mfa: Option<Mfa>,
    pub lock_failures: Option<i64>,
    pub lock_minutes: Option<i64>,
    pub reset_minutes: Option<i64>,
    pub continuity: Option<Continuity>,
    pub email_code: Option<EmailCode>,
    pub factor_reset_hours: Option<i64>,
}

/// What an organization changes about second factors; `None` stays as it is.
#[derive(Clone, Copy, Debug, Default)]
pub struct FactorPolicy {
    pub mfa: Option<Mfa>,
    pub email_code: Option<EmailCode>,
    pub factor_reset_hours: Option<i64>,
}

impl Policy {
    pub fn preset(preset: Preset) -> Policy {
        Policy {
            preset,
            lock: LockRule { failures: 3, window: 30 * MINUTE, length: 30 * MINUTE, cap: 100, sliding: false },
            mfa: Mfa::Offered,
            mfa_for_administrators: match preset {
                Preset::Classic => Mfa::Offered,
                Preset::Modern => Mfa::Required,
            },
            email_code: EmailCode::Off,
            factor_reset: 24 * HOUR,
            recovery: Recovery::Email,
            continuity: Continuity::Both,
            reset_link: 60 * MINUTE,
            session_idle: match preset {
                Preset::Classic => 12 * HOUR,
                Preset::Modern => HOUR,
            },
            session_absolute: match preset {
                Preset::Classic => 7 * 24 * HOUR,
                Preset::Modern => 24 * HOUR,
            },
        }
    }

    /// The preset with an organization's departures, each kept within the range policy allows.
    pub fn of(preset: Preset, recovery: Recovery, own: Departures) -> Policy {
        let base = Policy::preset(preset);
        let minutes = |value: i64, low: i64, high: i64| MINUTE * value.clamp(low, high).unsigned_abs() as u32;
        Policy {
            lock: LockRule {
                failures: own.lock_failures.map_or(base.lock.failures, |n| n.clamp(3, 10)),
                length: own.lock_minutes.map_or(base.lock.length, |n| minutes(n, 5, 1_440)),
                ..base.lock
            },
            mfa: own.mfa.unwrap_or(base.mfa),
            email_code: own.email_code.unwrap_or(base.email_code),
            // An hour at least: notices must have time to be read.
            factor_reset: own
                .factor_reset_hours
                .map_or(base.factor_reset, |n| minutes(n.saturating_mul(60), 60, 20_160)),
            recovery,
            continuity: own.continuity.unwrap_or(base.continuity),
            reset_link: own.reset_minutes.map_or(base.reset_link, |n| minutes(n, 15, 1_440)),
            ..base
        }
    }

    /// The least characters of a password: 15 where nothing else is asked, 8 with MFA or in `classic`.
    pub fn password_floor(&self, second_factor: bool) -> usize {
        match self.preset {
            Preset::Classic => MIN_WITH_SECOND_FACTOR,
            Preset::Modern if second_factor || self.mfa == Mfa::Required => MIN_WITH_SECOND_FACTOR,
            Preset::Modern => MIN_ALONE,
        }
    }
}

spelled!(SignInWay { Password = "password", Sso = "sso" });
spelled!(Mfa { Off = "off", Offered = "offered", Required = "required" });
spelled!(EmailCode { Off = "off", Allowed = "allowed" });
spelled!(Continuity { Both = "both", Secondary = "secondary" });
spelled!(Recovery {
    Email = "email",
    QuestionsOrEmail = "questions_or_email",
    EmailThenQuestion = "email_then_question",
});
