use super::Facts;
use super::topics::Topic;
use crate::platform::i18n::Locales;

fn facts(every_way: bool) -> Facts {
    Facts {
        tries: 7,
        lock_minutes: 45,
        link_minutes: 90,
        floor: 12,
        mail_first: true,
        questions: every_way,
        question_after_link: every_way,
        sso: every_way,
        contact: None,
        url: "https://door.example".into(),
        sender: "Door <no-reply@door.example>".into(),
        sender_domains: "mail.door.example".into(),
    }
}

/// Everything a topic says.
fn said(topic: Topic, facts: &Facts) -> String {
    let words = Locales::embedded().words("en");
    let arguments = facts.arguments();
    let arguments: Vec<(&str, &str)> = arguments.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let keys = [vec![topic.title(), topic.text()], topic.steps(facts), topic.notes(facts)].concat();
    keys.into_iter().map(|key| words.with(key, &arguments) + "\n").collect()
}

#[test]
fn every_word_of_every_topic_is_there() {
    for topic in Topic::ALL {
        for facts in [facts(true), facts(false)] {
            let said = said(topic, &facts);
            assert!(!said.contains("help-") && !said.contains('{'), "{topic:?}: {said}");
            assert!(topic.steps(&facts).len() >= 2, "{topic:?}");
        }
        assert_eq!(topic.as_str().parse::<Topic>().ok(), Some(topic));
    }
}

#[test]
fn numbers_and_senders_are_those_in_force() {
    let facts = facts(true);
    assert!(said(Topic::Locked, &facts).contains("After 7 wrong tries we pause sign-in for 45 minutes"));
    assert!(said(Topic::Password, &facts).contains("The link works once, for 90 minutes"));
    assert!(said(Topic::Password, &facts).contains("at least 12 characters"));
    assert!(said(Topic::Mail, &facts).contains("allow mail.door.example"));
    assert!(said(Topic::Allow, &facts).contains("Allow mail from Door <no-reply@door.example>."));
    assert!(said(Topic::SigningIn, &facts).contains("Open https://door.example"));
    assert!(said(Topic::FirstTime, &facts).contains("The temporary password works for 15 minutes"));
    assert!(said(Topic::FirstTime, &facts).contains("the subject “… Access”"));
    assert!(
        said(Topic::Code, &facts)
            .contains("60 seconds after the last, 5 an hour. Only the newest works, for 10 minutes")
    );
}

#[test]
fn buttons_are_called_what_they_are_called() {
    let words = Locales::embedded().words("en");
    let facts = facts(true);
    for (topic, keys) in [
        (
            Topic::SigningIn,
            &["sign-in-identifier", "sign-in-remember", "sign-in-next", "sign-in-submit", "mfa-verify"][..],
        ),
        (Topic::Password, &["sign-in-forgot", "recovery-by-mail", "mail-reset-button", "recovery-set-submit"]),
        (Topic::UserName, &["recovery-forgot-name", "recovery-name-send"]),
        (Topic::FirstTime, &["mail-invite-button", "registration-email-send", "registration-terms-accept"]),
        (Topic::Code, &["registration-email-send", "registration-email-resend", "mfa-code", "support-heading"]),
        (Topic::Mail, &["recovery-resend"]),
        (Topic::Sites, &["portal-ask", "portal-no-sites"]),
        (Topic::Locked, &["sign-in-locked", "sign-in-forgot"]),
    ] {
        for key in keys {
            assert!(said(topic, &facts).contains(&*words.t(key)), "{topic:?} does not name {key}");
        }
    }
}

#[test]
fn the_button_that_comes_first_is_named() {
    let questions = Facts { mail_first: false, ..facts(true) };
    assert!(said(Topic::Password, &questions).contains("username, and press “Continue”"));
    assert!(!said(Topic::Password, &questions).contains("Reset via Email"));
    assert!(said(Topic::Password, &facts(true)).contains("Reset via Email"));
}

#[test]
fn what_nobody_here_offers_is_not_told() {
    let (all, none) = (facts(true), facts(false));
    assert!(said(Topic::Password, &all).contains("security questions"));
    assert!(!said(Topic::Password, &none).contains("question"));
    assert!(said(Topic::SigningIn, &all).contains("its own sign-in page"));
    assert!(!said(Topic::SigningIn, &none).contains("its own sign-in page"));
}
