use rstest::rstest;

use super::Topic;
use super::rules::{Draft, Kind, LONGEST_MESSAGE, Lack, reference};

fn question() -> Draft {
    Draft {
        kind: "question".into(),
        topic: "locked".into(),
        name: "Omar Haddad".into(),
        email: "omar@riverside.example".into(),
        message: "It says locked.".into(),
        ..Draft::default()
    }
}

fn call_back() -> Draft {
    Draft {
        kind: "call_back".into(),
        phone: "+1 555 0142".into(),
        email: String::new(),
        message: String::new(),
        ..question()
    }
}

#[rstest]
#[case("without a name", Draft { name: " \u{200b} ".into(), ..question() }, Lack::Name)]
#[case("a question without an address", Draft { email: String::new(), ..question() }, Lack::Email)]
#[case("an odd address", Draft { email: "omar@".into(), ..question() }, Lack::EmailOdd)]
#[case("an odd address, for a call", Draft { email: "omar@".into(), ..call_back() }, Lack::EmailOdd)]
#[case("a call without a number", Draft { phone: String::new(), ..call_back() }, Lack::Phone)]
#[case("a call to no number", Draft { phone: "the ward".into(), ..call_back() }, Lack::Phone)]
#[case("a question without one", Draft { message: "\n\t ".into(), ..question() }, Lack::Message)]
#[case("too much", Draft { message: "é".repeat(LONGEST_MESSAGE + 1), ..question() }, Lack::MessageLong)]
fn a_form_cannot_be_sent(#[case] why: &str, #[case] draft: Draft, #[case] lack: Lack) {
    assert_eq!(draft.read(), Err(lack), "{why}");
    // What was typed is the same after it has been kept.
    assert_eq!(draft.tidied().tidied(), draft.tidied(), "{why}");
}

#[test]
fn a_form_that_can_be_sent_says_what_was_typed() {
    let request = question().read().unwrap();
    assert_eq!((request.kind, request.topic), (Kind::Question, Topic::Locked));
    assert_eq!(request.phone, None);
    let request = call_back().read().unwrap();
    assert_eq!((request.kind, request.email, request.phone.as_deref()), (Kind::CallBack, None, Some("+1 555 0142")));
    let strange = Draft { kind: "shout".into(), topic: "<b>".into(), ..question() }.read().unwrap();
    assert_eq!((strange.kind, strange.topic), (Kind::Question, Topic::Other));
}

#[test]
fn what_cannot_be_seen_is_left_out_and_lines_stay_lines() {
    let draft = Draft {
        name: "Omar\r\nBcc: all@riverside.example\u{202e}".into(),
        message: "one\r\ntwo\rthree\u{0}\u{1b}[31m\u{2066}four\u{2069}".into(),
        ..question()
    };
    let request = draft.read().unwrap();
    assert_eq!(request.name, "Omar Bcc: all@riverside.example");
    assert_eq!(request.message, "one\ntwo\nthree[31mfour");
    let long = Draft { name: "x".repeat(500), ..question() }.read().unwrap();
    assert_eq!(long.name.len(), 100);
}

#[rstest]
#[case(" ab12-cd34 ", Some("AB12-CD34"))]
#[case("AB12-CD34-EF56", None)]
#[case("AB12CD34", None)]
#[case("<b>1-cd34", None)]
#[case("", None)]
fn a_reference_is_one_of_ours_or_none(#[case] typed: &str, #[case] expected: Option<&str>) {
    assert_eq!(reference(typed).as_deref(), expected);
}

#[test]
fn every_topic_reads_back() {
    for topic in Topic::ALL {
        assert_eq!(topic.as_str().parse::<Topic>().ok(), Some(topic));
    }
    assert_eq!(Topic::ALL.iter().filter(|topic| topic.is_for_administrators()).count(), 4);
}
