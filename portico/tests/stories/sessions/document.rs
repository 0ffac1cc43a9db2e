//! docs/operate/sessions.md is true: its numbers are those of the program.

use std::time::Duration;

use portico::organizations::{Preset, SESSION_HOURS, SESSION_IDLE_MINUTES, SESSIONS_AT_ONCE, SessionRule};

const DOCUMENT: &str = include_str!("../../../../docs/operate/sessions.md");

/// A time as a reader says it.
fn said(duration: Duration) -> String {
    let minutes = duration.as_secs() / 60;
    let (count, unit) = match minutes {
        minutes if minutes.is_multiple_of(1_440) && minutes > 1_440 => (minutes / 1_440, "day"),
        minutes if minutes.is_multiple_of(60) => (minutes / 60, "hour"),
        minutes => (minutes, "minute"),
    };
    format!("{count} {unit}{}", if count == 1 { "" } else { "s" })
}

fn minutes(count: i64) -> Duration {
    Duration::from_secs(60 * u64::try_from(count).unwrap())
}

#[test]
fn the_limits_of_the_document_are_those_of_the_program() {
    for preset in [Preset::Classic, Preset::Modern] {
        let rule = SessionRule::preset(preset);
        assert_eq!(rule.at_once, None);
        let line = format!("| `{}` | {} | {} | any number |\n", preset.as_str(), said(rule.idle), said(rule.absolute));
        assert!(DOCUMENT.contains(&line), "the document tells it otherwise: {line}");
    }
    let (idle, hours, most) = (SESSION_IDLE_MINUTES, SESSION_HOURS, SESSIONS_AT_ONCE);
    let line = format!(
        "| what an organization may choose | {} to {} | {} to {} | {} to {}, or any number |\n",
        said(minutes(*idle.start())),
        said(minutes(*idle.end())),
        said(minutes(60 * hours.start())),
        said(minutes(60 * hours.end())),
        most.start(),
        most.end()
    );
    assert!(DOCUMENT.contains(&line), "the document tells it otherwise: {line}");
}
