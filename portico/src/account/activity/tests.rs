use rstest::rstest;
use serde_json::json;

use super::rules::*;
use crate::audit::{Doer, Event, Told};
use crate::people::StaffRole;
use crate::platform::clock::Time;
use crate::platform::i18n::Locales;

fn told(event: Event, seconds: i64, address: &str, browser: &str) -> Told {
    Told {
        id: String::new(),
        at: Time::from_seconds(seconds),
        event: Some(event),
        name: event.name().to_owned(),
        doer: Doer::Browser,
        address: Some(address.to_owned()),
        details: json!({ "browser": browser }),
    }
}

#[test]
fn every_line_has_its_words_in_every_language() {
    let locales = Locales::embedded();
    for event in Event::ALL {
        let (Telling::Line { key, about, .. } | Telling::Step { key, about, .. }) = telling(*event) else { continue };
        for language in ["en", "es", "fr"] {
            let words = locales.words(language);
            let text = match about {
                About::Nothing => words.t(key).into_owned(),
                About::Client => words.with(key, &[("client", "Bed Board")]),
                About::Version => words.with(key, &[("version", "7")]),
            };
            assert!(!text.contains(key), "{language}: {key}");
            assert_eq!(text.contains("Bed Board"), about == About::Client, "{language}: {text}");
        }
    }
}

#[rstest]
#[case::at_once(0, "192.0.2.1", "Firefox", true)]
#[case::a_code_later(60, "192.0.2.1", "Firefox", true)]
#[case::too_late(1_801, "192.0.2.1", "Firefox", false)]
#[case::before_it(-1, "192.0.2.1", "Firefox", false)]
#[case::elsewhere(0, "192.0.2.2", "Firefox", false)]
#[case::in_another_browser(0, "192.0.2.1", "Chrome", false)]
fn a_right_password_is_told_where_no_session_came_of_it(
    #[case] later: i64,
    #[case] address: &str,
    #[case] browser: &str,
    #[case] expected: bool,
) {
    let step = told(Event::PasswordVerified, 1_000, "192.0.2.1", "Firefox");
    let end = told(Event::SessionStarted, 1_000 + later, address, browser);
    assert_eq!(came_to_something(&step, &[end]), expected);
}

#[rstest]
#[case(Some(StaffRole::Operator), true, Part::House)]
#[case(Some(StaffRole::Support), false, Part::HelpDesk)]
#[case(None, true, Part::Administrator)]
#[case(None, false, Part::Somebody)]
fn whoever_did_it_is_told_by_their_part(
    #[case] staff: Option<StaffRole>,
    #[case] is_of_the_organization: bool,
    #[case] expected: Part,
) {
    assert_eq!(part_of(staff, is_of_the_organization), expected);
}
