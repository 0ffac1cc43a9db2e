//! What `policy set` changes about sessions.

use std::ops::RangeInclusive;

use clap::Args;
use serde_json::{Value, json};
use store::{Error, Tx};

use crate::organizations::{
    self, Organization, SESSION_HOURS, SESSION_IDLE_MINUTES, SESSIONS_AT_ONCE, SessionDepartures, SessionRule,
};

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;

#[derive(Args)]
pub struct SessionOptions {
    /// After how many minutes without use a session ends: 5 to 1440, or preset
    #[arg(long, value_name = "MINUTES", value_parser = idle)]
    session_idle: Option<Own>,
    /// After how many hours it ends at the latest: 1 to 720, or preset
    #[arg(long, value_name = "HOURS", value_parser = hours)]
    session_hours: Option<Own>,
    /// How many sessions an account has at a time: 1 to 100, or off for any number; one more ends the one used longest ago
    #[arg(long, value_name = "NUMBER", value_parser = at_once)]
    sessions: Option<Own>,
}

/// A value of the organization's own, or again the preset's.
#[derive(Clone, Copy)]
enum Own {
    Value(i64),
    Preset,
}

impl Own {
    fn parse(word: &str, preset: &str, range: &RangeInclusive<i64>) -> Result<Own, String> {
        let number = || word.parse().ok().filter(|number| range.contains(number)).map(Own::Value);
        let own = if word == preset { Some(Own::Preset) } else { number() };
        own.ok_or_else(|| format!("it is {} to {}, or {preset}", range.start(), range.end()))
    }

    fn value(self) -> Option<i64> {
        match self {
            Own::Value(value) => Some(value),
            Own::Preset => None,
        }
    }
}

fn idle(word: &str) -> Result<Own, String> {
    Own::parse(word, "preset", &SESSION_IDLE_MINUTES)
}

fn hours(word: &str) -> Result<Own, String> {
    Own::parse(word, "preset", &SESSION_HOURS)
}

fn at_once(word: &str) -> Result<Own, String> {
    Own::parse(word, "off", &SESSIONS_AT_ONCE)
}

impl SessionOptions {
    /// Changes what is named, and leaves the rest.
    pub async fn set(&self, tx: &mut Tx, organization: &Organization) -> Result<(), Error> {
        let before = organizations::session_departures(tx, &organization.id).await?;
        let changed = |own: Option<Own>, before| own.map_or(before, Own::value);
        let after = SessionDepartures {
            idle_minutes: changed(self.session_idle, before.idle_minutes),
            hours: changed(self.session_hours, before.hours),
            at_once: changed(self.sessions, before.at_once),
        };
        if after == before { Ok(()) } else { organizations::set_session_departures(tx, &organization.id, after).await }
    }
}

/// What holds, for programs.
pub fn as_json(rule: &SessionRule) -> Value {
    json!({
        "idle_minutes": rule.idle.as_secs() / MINUTE, "hours": rule.absolute.as_secs() / HOUR,
        "at_once": rule.at_once,
    })
}

/// What holds, for people.
pub fn as_rows(rule: &SessionRule) -> [(&'static str, String); 3] {
    [
        ("A session ends unused after", format!("{} minutes", rule.idle.as_secs() / MINUTE)),
        ("And at the latest after", format!("{} hours", rule.absolute.as_secs() / HOUR)),
        ("Sessions at a time", rule.at_once.map_or_else(|| "any number".into(), |most| most.to_string())),
    ]
}
